"""Municipalities, regions and the nation."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NATION_CODE: Final = "0000"


class PlaceKind(StrEnum):
    MUNICIPALITY = "municipality"
    REGION = "region"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, a region or the nation, by its four-digit code.

    `population` maps a year to inhabitants on 31 December, for the years that the reference knows.
    """

    code: str
    name: str
    kind: PlaceKind
    county_code: str = ""
    county_name: str = ""
    skr_group: str = ""
    population: tuple[tuple[int, int], ...] = ()


_AFTER_Z: Final = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})


def alphabetical(name: str) -> str:
    """The key that puts names in Swedish order, å, ä and ö last."""
    return name.casefold().translate(_AFTER_Z)
