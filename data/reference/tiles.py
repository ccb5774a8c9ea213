"""Sweden's municipalities as equal squares, from `tile_map.csv`: an own layout, north up."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType


@cache
def tile_positions() -> Mapping[str, tuple[int, int]]:
    """Each municipality's (column, row), counted from zero at the north-west corner."""
    with (Path(__file__).parent / "tile_map.csv").open(encoding="utf-8", newline="") as source:
        return MappingProxyType(
            {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(source)}
        )
