"""Real borders: what is refused, and that a simplified map keeps its neighbours together."""

import json
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors.source import UnreadableBordersError
from pipelines.borders.keeping import FILE_NAME, keep_borders
from pipelines.borders.reading import Border
from pipelines.borders.simplifying import LARGEST_BYTES, as_map


def square(west, south, side=0.5):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(ring, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write_map(tmp_path, *features, **top):
    file = tmp_path / "gränser.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features, **top}), encoding="utf-8")
    return file


def stored_borders(home):
    return json.loads((home / FILE_NAME).read_text(encoding="utf-8"))


BOTKYRKA, HUDDINGE = square(17.0, 59.0), square(17.5, 59.0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"KOMMUNKOD": "0127", "yta": 1234}, {"KOMMUNKOD": "0126", "yta": 1489}),
        ({"kom": 127}, {"kom": 126}),
        ({"namn": "Botkyrka"}, {"namn": "Huddinge"}),
        ({"namn": "Botkyrka kommun", "typ": "K"}, {"namn": "Huddinge kommun", "typ": "K"}),
    ],
)
def test_the_property_with_codes_or_names_is_found_by_looking(tmp_path, first, second):
    outcome = keep_borders(
        write_map(tmp_path, feature(BOTKYRKA, **first), feature(HUDDINGE, **second)), tmp_path / "home"
    )
    assert [border["properties"]["code"] for border in stored_borders(tmp_path / "home")["features"]] == [
        "0126",
        "0127",
    ]
    assert (outcome.n_municipalities, len(outcome.missing)) == (2, 288)


def test_several_areas_of_one_municipality_become_one_feature(tmp_path):
    keep_borders(
        write_map(tmp_path, feature(BOTKYRKA, code="0127"), feature(HUDDINGE, code="0127")), tmp_path
    )
    (only,) = stored_borders(tmp_path)["features"]
    assert len(only["geometry"]["coordinates"]) == 2


@pytest.mark.parametrize(
    ("features", "top", "words"),
    [
        ([], {}, "inga områden"),
        ([feature(BOTKYRKA, code="0127")], {"type": "Topology"}, "FeatureCollection"),
        ([feature(BOTKYRKA, a="x", b=1)], {}, "Egenskaperna är: a, b"),
        ([feature(square(674_000, 6_580_000, 1_000), code="0127")], {}, "SWEREF 99"),
        ([feature(BOTKYRKA[:2], code="0127")], {}, "för få punkter"),
        ([feature([["a", "b"]] * 4, code="0127")], {}, "inte går att läsa"),
        (
            [
                {
                    "type": "Feature",
                    "properties": {"code": "0127"},
                    "geometry": {"type": "Point", "coordinates": [17, 59]},
                }
            ],
            {},
            "Point",
        ),
        ([{"type": "Feature", "properties": {"code": "0127"}, "geometry": None}], {}, "Polygon"),
    ],
)
def test_an_invalid_map_is_refused_and_the_stored_map_stays(tmp_path, features, top, words):
    keep_borders(write_map(tmp_path, feature(BOTKYRKA, code="0127")), tmp_path)
    before = stored_borders(tmp_path)
    with pytest.raises(UnreadableBordersError, match=words):
        keep_borders(write_map(tmp_path, *features, **top), tmp_path)
    assert stored_borders(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_files_that_are_absent_too_large_or_no_json_are_refused(tmp_path):
    with pytest.raises(UnreadableBordersError, match="ingen sådan fil"):
        keep_borders(tmp_path / "borta.geojson", tmp_path)
    (tmp_path / "bild.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(UnreadableBordersError, match="ingen JSON"):
        keep_borders(tmp_path / "bild.png", tmp_path)
    with (tmp_path / "stor.geojson").open("wb") as large:
        large.truncate(21 * 1024 * 1024)
    with pytest.raises(UnreadableBordersError, match="högst 20 MB"):
        keep_borders(tmp_path / "stor.geojson", tmp_path)


def jagged(start, end, steps, seed):
    """A coast of many small steps between two corners."""
    chance = random.Random(seed)
    along = [
        (start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps)
        for i in range(steps + 1)
    ]
    return [
        along[0],
        *((x + chance.uniform(-0.01, 0.01), y + chance.uniform(-0.01, 0.01)) for x, y in along[1:-1]),
        along[-1],
    ]


def grid_of_borders(n, steps):
    """n × n squares whose sides are jagged, each side shared by the two that meet there."""

    def side(a, b):
        seed = hash((min(a, b), max(a, b)))
        line = jagged(min(a, b), max(a, b), steps, seed)
        return line if a < b else line[::-1]

    borders = []
    for row in range(n):
        for column in range(n):
            corners = [
                (15 + column, 58 + row),
                (16 + column, 58 + row),
                (16 + column, 59 + row),
                (15 + column, 59 + row),
            ]
            ring = [
                point
                for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
                for point in side(a, b)[:-1]
            ]
            borders.append(Border(f"{row}{column}".zfill(4), ([[*ring, ring[0]]],)))
    return borders


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 3), st.integers(2, 60), st.integers(1_500, 40_000))
def test_neighbours_share_their_border_after_simplifying(n, steps, largest):
    """Nothing tears or overlaps: the areas add up to that of the outline, and each inner edge is used twice."""
    written = as_map(grid_of_borders(n, steps), largest_bytes=largest)
    rings = [tuple(map(tuple, f["geometry"]["coordinates"][0][0])) for f in json.loads(written)["features"]]
    edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
    assert len(edges) == len(set(edges))
    outline = [edge for edge in edges if edge[::-1] not in set(edges)]
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in outline) / 2 == pytest.approx(sum(map(area, rings)))
    assert len(rings) == n * n


def test_a_detailed_map_is_cut_down_to_what_a_page_may_send(tmp_path):
    borders = grid_of_borders(6, 400)
    assert len(json.dumps([border.polygons for border in borders])) > 500_000
    written = as_map(borders)
    assert LARGEST_BYTES * 0.9 < len(written) <= LARGEST_BYTES


def test_no_municipality_vanishes_however_small(tmp_path):
    speck = Border("0127", ([[(17.0, 59.0), (17.0001, 59.0), (17.0001, 59.0001), (17.0, 59.0)]],))
    (only,) = json.loads(as_map([speck], largest_bytes=10))["features"]
    assert len(only["geometry"]["coordinates"][0][0]) == 5
