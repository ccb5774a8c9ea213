"""The nation, the 21 regions and the 290 municipalities, from `regions.csv` and `municipalities.csv`."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from domain.place import NATION_CODE, Place, PlaceKind

_HERE: Final = Path(__file__).parent
_INHABITANTS: Final = "inhabitants_"


@cache
def places() -> Mapping[str, Place]:
    """Every place by its four-digit code: the nation, then regions, then municipalities, each in rising code."""
    regions = _rows("regions.csv")
    county_names = {row["county_code"]: row["county_name"] for row in regions}
    all_places = [
        Place(
            code=row["code"],
            name=row["name"],
            kind=PlaceKind.NATION if row["code"] == NATION_CODE else PlaceKind.REGION,
            county_code=row["county_code"],
            county_name=row["county_name"],
        )
        for row in regions
    ]
    all_places.extend(
        Place(
            code=row["code"],
            name=row["name"],
            kind=PlaceKind.MUNICIPALITY,
            county_code=row["county_code"],
            county_name=county_names[row["county_code"]],
            skr_group=row["skr_group"],
            population=tuple(
                (int(column.removeprefix(_INHABITANTS)), int(count))
                for column, count in row.items()
                if column.startswith(_INHABITANTS)
            ),
        )
        for row in _rows("municipalities.csv")
    )
    return MappingProxyType({place.code: place for place in all_places})


def _rows(file_name: str) -> list[dict[str, str]]:
    with (_HERE / file_name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
