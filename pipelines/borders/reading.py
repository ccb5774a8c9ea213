"""Reads a GeoJSON file of municipal borders strictly: what cannot be a map of municipalities is refused and named."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from domain.errors.source import UnreadableBordersError
from domain.message import Message, Value, to_translate
from domain.place import Place, PlaceKind

LARGEST_FILE_BYTES: Final = 20 * 1024 * 1024
LONGITUDES: Final = (10.0, 25.0)  # Sweden, with room around it
LATITUDES: Final = (54.0, 70.0)
FEWEST_POINTS: Final = 4  # a closed ring repeats its first point

_CODE: Final = re.compile(r"^\d{3,4}$")
_NAME_ENDINGS: Final = re.compile(r"s? (?:kommun|stad)$", re.IGNORECASE)

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


@dataclass(frozen=True, slots=True)
class Border:
    """One municipality's area: polygons of rings, the outer one first; longitude and latitude in degrees."""

    code: str
    polygons: tuple[Polygon, ...]


def read_borders(file: Path, places: Mapping[str, Place]) -> tuple[Border, ...]:
    """The borders of the municipalities that the file names, by code. Raises `UnreadableBordersError`."""
    municipalities = {code: place for code, place in places.items() if place.kind is PlaceKind.MUNICIPALITY}
    features = _features(file)
    code_of = _naming_property(file, features, municipalities)
    polygons: dict[str, list[Polygon]] = {}
    for number, feature in enumerate(features, start=1):
        code = code_of(feature)
        if code is not None:
            polygons.setdefault(code, []).extend(_polygons(file, feature.get("geometry"), number))
    return tuple(Border(code, tuple(polygons[code])) for code in sorted(polygons))


def refused(file: Path, text: str, **values: Value) -> UnreadableBordersError:
    """Return an error that says what is wrong with the file."""
    return UnreadableBordersError(path=file, reason=Message(text, **values))


def _features(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        raise refused(file, to_translate("Det finns ingen sådan fil."))
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise refused(
                file,
                to_translate("Den är {size} MB; högst {most} MB tas emot."),
                size=math.ceil(size / 1024**2),
                most=LARGEST_FILE_BYTES // 1024**2,
            )
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise refused(
            file, to_translate("Den går inte att öppna: {problem}."), problem=str(error.strerror)
        ) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise refused(file, to_translate("Den är ingen JSON: {problem}."), problem=str(error)) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise refused(file, to_translate("Den ska vara en GeoJSON av typen FeatureCollection."))
    features = content.get("features")
    if (
        not isinstance(features, list)
        or not features
        or not all(isinstance(feature, dict) for feature in features)
    ):
        raise refused(file, to_translate("Den innehåller inga områden (features)."))
    return features


def _naming_property(
    file: Path, features: list[dict[str, Any]], municipalities: Mapping[str, Place]
) -> Callable[[dict[str, Any]], str | None]:
    """How to tell a feature's municipality: by the property that names most of them, codes before names."""
    names = {municipality.name.casefold(): code for code, municipality in municipalities.items()}

    def as_code(value: object) -> str | None:
        text = str(value).strip()
        return text.zfill(4) if _CODE.match(text) and text.zfill(4) in municipalities else None

    def as_name(value: object) -> str | None:
        text = str(value).strip()
        return names.get(text.casefold()) or names.get(_NAME_ENDINGS.sub("", text).casefold())

    properties = Counter(name for feature in features for name in _properties(feature))
    best: tuple[int, int, str, Callable[[object], str | None]] | None = None
    for name in properties:
        for order, read in ((1, as_code), (0, as_name)):
            codes = {code for feature in features if (code := read(_properties(feature).get(name)))}
            if codes and (best is None or (len(codes), order) > best[:2]):
                best = (len(codes), order, name, read)
    if best is None:
        raise refused(
            file,
            to_translate("Ingen egenskap har kommunkoder eller kommunnamn. Egenskaperna är: {names}."),
            names=", ".join(sorted(properties)) or "–",
        )
    _count, _order, chosen, read_chosen = best
    return lambda feature: read_chosen(_properties(feature).get(chosen))


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    own = properties if isinstance(properties, dict) else {}
    return {**own, "id": feature["id"]} if "id" in feature and "id" not in own else own


def _polygons(file: Path, geometry: object, number: int) -> list[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise refused(
            file,
            to_translate("Område {number} är {kind}; bara Polygon och MultiPolygon går att rita."),
            number=number,
            kind=kind or "–",
        )
    try:
        parts = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        polygons = [[_ring(ring) for ring in part] for part in parts]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise refused(
            file, to_translate("Område {number} har koordinater som inte går att läsa."), number=number
        ) from error
    points = [point for polygon in polygons for ring in polygon for point in ring]
    if not points or any(len(ring) < FEWEST_POINTS for polygon in polygons for ring in polygon):
        raise refused(file, to_translate("Område {number} har en gräns med för få punkter."), number=number)
    if not all(_is_in_sweden(point) for point in points):
        raise refused(
            file,
            to_translate(
                "Område {number} ligger utanför Sverige. Koordinaterna ska vara longitud och latitud i grader (WGS 84), "
                "inte meter (SWEREF 99)."
            ),
            number=number,
        )
    return polygons


def _ring(points: Iterable[Any]) -> Ring:
    ring = [(float(point[0]), float(point[1])) for point in points]
    return ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]


def _is_in_sweden(point: Point) -> bool:
    return LONGITUDES[0] <= point[0] <= LONGITUDES[1] and LATITUDES[0] <= point[1] <= LATITUDES[1]
