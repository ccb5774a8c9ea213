"""Fewer points, the same map: neighbours keep a common border, since each shared stretch is simplified once.

Visvalingam & Whyatt (1993), "Line generalisation by repeated elimination of points": the point that spans the smallest
triangle with its neighbours goes first. Stretches run between the points where three areas meet, or from one end
of a shared border to the other, so nothing tears.
"""

import heapq
import json
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from pipelines.borders.reading import Border, Point, Ring

DECIMALS: Final = 3  # about 100 metres, a third of a pixel when Sweden is 1 000 pixels high
LARGEST_BYTES: Final = 150_000  # a page sends the map again at every rerun
SEARCH_STEPS: Final = 24

_Weighted = list[tuple[Point, float]]


def as_map(borders: Sequence[Border], *, largest_bytes: int = LARGEST_BYTES) -> bytes:
    """GeoJSON of at most so many bytes, one feature per municipality with its code as id, as detailed as fits."""
    stretches = _Stretches(borders)
    fitting = _write_geojson(borders, stretches, 0.0)
    if len(fitting) <= largest_bytes:
        return fitting
    low, high = (
        -12.0,
        2.0,
    )  # powers of ten of a triangle in square degrees: from nothing to larger than Sweden
    for _ in range(SEARCH_STEPS):
        middle = (low + high) / 2
        written = _write_geojson(borders, stretches, 10.0**middle)
        if len(written) <= largest_bytes:
            fitting, high = written, middle
        else:
            low = middle
    return fitting if len(fitting) <= largest_bytes else _write_geojson(borders, stretches, 10.0**high)


class _Stretches:
    """The borders cut where areas meet, each stretch with the weight of its points, stored once for both sides."""

    def __init__(self, borders: Sequence[Border]) -> None:
        neighbours: dict[Point, set[Point]] = {}
        for ring in _rings(borders):
            for here, there in pairwise(ring):
                neighbours.setdefault(here, set()).add(there)
                neighbours.setdefault(there, set()).add(here)
        self._junctions = {point for point, others in neighbours.items() if len(others) > 2}
        self._weighted: dict[tuple[Point, ...], _Weighted] = {}

    def simplified(self, ring: Ring, smallest_triangle: float) -> Ring:
        """The ring without the points that span less than so many square degrees; empty if too little is left."""
        line: Ring = []
        for stretch in self._cut(_without_repeats(ring)):
            forward = tuple(stretch)
            is_turned = forward[::-1] < forward
            key = forward[::-1] if is_turned else forward
            if key not in self._weighted:
                self._weighted[key] = _weigh_points(key)
            points = [point for point, weight in self._weighted[key] if weight >= smallest_triangle]
            line += points[::-1][bool(line) :] if is_turned else points[bool(line) :]
        closed = _without_repeats([(round(x, DECIMALS), round(y, DECIMALS)) for x, y in line])
        return closed if len(closed) > 3 and _area(closed) > 0 else []

    def _cut(self, ring: Ring) -> Iterator[Ring]:
        """The ring from junction to junction; without any, from its least point round to it again."""
        around = ring[:-1]
        cuts = [place for place, point in enumerate(around) if point in self._junctions]
        if not cuts:
            cuts = [min(range(len(around)), key=around.__getitem__)]
        start = cuts[0]
        turned = [*around[start:], *around[:start], around[start]]
        places = [place - start for place in cuts] + [len(around)]
        for first, last in pairwise(places):
            yield turned[first : last + 1]


def _weigh_points(stretch: Sequence[Point]) -> _Weighted:
    """Each point with the area of the triangle it spans when its turn to go comes; the ends never go."""
    n = len(stretch)
    weights = [math.inf] * n
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    areas = [math.inf, *(_triangle(*stretch[i - 1 : i + 2]) for i in range(1, n - 1)), math.inf]
    queue = [(areas[i], i) for i in range(1, n - 1)]
    heapq.heapify(queue)
    largest = 0.0
    while queue:
        area, i = heapq.heappop(queue)
        if area != areas[i] or weights[i] != math.inf:
            continue
        largest = max(largest, area)  # a point never goes before one that went earlier
        weights[i] = largest
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < n - 1:
                areas[j] = _triangle(stretch[before[j]], stretch[j], stretch[after[j]])
                heapq.heappush(queue, (areas[j], j))
    return list(zip(stretch, weights, strict=True))


def _write_geojson(borders: Sequence[Border], stretches: _Stretches, smallest_triangle: float) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": border.code,
            "properties": {"code": border.code},
            "geometry": {"type": "MultiPolygon", "coordinates": _shape(border, stretches, smallest_triangle)},
        }
        for border in borders
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _shape(border: Border, stretches: _Stretches, smallest_triangle: float) -> list[Any]:
    """Return a simplified area. Its largest part always stays, so that no municipality vanishes."""
    polygons = []
    for polygon in border.polygons:
        outer, *holes = (stretches.simplified(ring, smallest_triangle) for ring in polygon)
        if outer:
            polygons.append([outer, *(hole for hole in holes if hole)])
    if polygons:
        return polygons
    largest = max((polygon[0] for polygon in border.polygons), key=_area)
    return [[_box(largest)]]


def _box(ring: Ring) -> Ring:
    """The four corners around a ring, at least one step of the rounding wide."""
    step = 10.0**-DECIMALS
    west, south = (round(min(point[axis] for point in ring), DECIMALS) for axis in (0, 1))
    east, north = (round(max(point[axis] for point in ring) + step, DECIMALS) for axis in (0, 1))
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def _rings(borders: Sequence[Border]) -> Iterator[Ring]:
    for border in borders:
        for polygon in border.polygons:
            for ring in polygon:
                yield _without_repeats(ring)


def _without_repeats(ring: Ring) -> Ring:
    return [point for place, point in enumerate(ring) if place == 0 or point != ring[place - 1]]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
