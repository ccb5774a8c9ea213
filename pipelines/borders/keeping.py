"""Stores the simplified borders beside the figures, where the map page reads them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.reference import places
from data.settings import made_folder
from domain.place import PlaceKind
from pipelines.borders.reading import read_borders
from pipelines.borders.simplifying import as_map

FILE_NAME: Final = "borders.geojson"


@dataclass(frozen=True, slots=True)
class KeptBorders:
    """The stored file of borders, and the municipalities that it lacks."""

    file: Path
    size_bytes: int
    n_municipalities: int
    missing: tuple[str, ...]


def keep_borders(file: Path, home: Path) -> KeptBorders:
    """Read, simplify and store a file of borders; the previous file stays until the new one is complete.

    Raises `UnreadableBordersError` and `HomeNotWritableError`.
    """
    borders = read_borders(file, places())
    content = as_map(borders)
    path = made_folder(home) / FILE_NAME
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    codes = {border.code for border in borders}
    missing = tuple(
        place.name
        for place in places().values()
        if place.kind is PlaceKind.MUNICIPALITY and place.code not in codes
    )
    return KeptBorders(path, len(content), len(codes), missing)
