"""Municipalities and regions as cells name them: by code, by name, by both, in the variants that people write.

A name that is only nearly right is left unread, since the wrong municipality's value would be the worst of mistakes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from domain.place import NATION_CODE, Place, PlaceKind
from spreadsheets.normalised_text import normalise_text

_FORMER: Final = MappingProxyType(
    {"malung": "2023", "region gotlands kommun": "0980"}
)  # names that a place has had
_FORMER_CODES: Final = MappingProxyType({"1917": "0331"})  # Heby, before it changed county in 2007
_ISLAND: Final = ("0009", "0980")  # Gotland is both a region and a municipality, by one name
_KIND: Final = re.compile(r" (?:kommun(?:en|s)?|kn|k:n|stad|stads)\.?$|^kommun(?:en)? |^k:n ")
_REGION: Final = re.compile(r"\b(?:region(?:en)?|landsting(?:et)?|regionen)\b|regionen\b")
_REGION_WORDS: Final = re.compile(r"\b(?:region(?:en)?|landsting(?:et)?|läns?|i)\b|regionen\b")
_CODE: Final = re.compile(r"(?:se)?(\d{3,4})(?:\.0+)?", re.ASCII)
_CODE_FIRST: Final = re.compile(r"(\d{4}|\d{3})\s*[-:.,]?\s*([^\d\s].*)", re.ASCII)
_CODE_LAST: Final = re.compile(r"(.*\D)[\s(\[,:-]+(\d{4})[)\]]?", re.ASCII)
_MEAN: Final = re.compile(
    r"\b(?:ovägt|vägt|oviktat|viktat|aritmetiskt) (?:medel|medelvärde|snitt)|\bmedel\b|medelvärde|genomsnitt|\bsnitt(?:et)?\b|\bmedian(?:en)?\b"
    r"|^(?:hela )?riket\b|^sverige$|^(?:del)?summa\b|^(?:total(?:t|en)?|tot\.?)\b|^samtliga\b|^alla(?: |$)|\balla kommuner\b"
    r"|kommuner(?:na|s)?(?: \(|$)|^liknande kommuner|\bkommungrupp|^nätverket|^(?:hela )?länet$|\blän$|^gruppen$"
    r"|^(?:average|mean|total|sum)\b"
)


@dataclass(frozen=True, slots=True)
class PlaceInText:
    """What a cell names: one place by its code, or a group of them (`is_mean`), whose figure is no member's."""

    code: str = ""
    is_mean: bool = False


class PlaceNames:
    """The names of all places, made ready for looking up. members: whose kind decides what Gotland means."""

    def __init__(self, places: Mapping[str, Place], members: Iterable[str] = ()) -> None:
        self._places = places
        self._has_regions = any(places[code].kind is PlaceKind.REGION for code in members if code in places)
        self._readings: dict[object, PlaceInText | None] = {}

    def read(self, cell: object) -> PlaceInText | None:
        """The place or group that a whole cell names, or None where it names neither."""
        if cell not in self._readings:
            self._readings[cell] = self._read(cell)
        return self._readings[cell]

    def _read(self, cell: object) -> PlaceInText | None:
        if isinstance(cell, bool) or not isinstance(cell, str | float | int):
            return None
        if not isinstance(cell, str):
            return (
                self._by_code(f"{int(cell):04}")
                if cell == cell and 0 < cell < 10_000 and cell == int(cell)
                else None
            )
        text = normalise_text(cell).strip(" .,;:*")
        if not text or len(text) > 120:
            return None
        if (match := _CODE.fullmatch(text)) and match[1] != "000":
            return self._by_code(match[1].zfill(4))
        for pattern, order in ((_CODE_FIRST, (1, 2)), (_CODE_LAST, (2, 1))):
            if match := pattern.fullmatch(text):
                by_code = self._by_code(match[order[0]].zfill(4))
                by_name = self._by_name(match[order[1]].strip(" -:,("))
                return by_code if by_code is not None and by_code == by_name else None
        return self._by_name(text)

    def _by_code(self, code: str) -> PlaceInText | None:
        code = _FORMER_CODES.get(code, code)
        if code not in self._places:
            return None
        return PlaceInText(is_mean=True) if code == NATION_CODE else PlaceInText(self._here(code))

    def _by_name(self, text: str) -> PlaceInText | None:
        if code := self._of_municipality(text):
            return PlaceInText(self._here(code))
        if _REGION.search(text) and (code := self._regions.get(_region_key(text), "")):
            return PlaceInText(self._here(code))
        return PlaceInText(is_mean=True) if _MEAN.search(text) else None

    def _of_municipality(self, text: str) -> str:
        for name in (text, _KIND.sub("", text).strip()):
            key = _name_key(name)
            for variant in (key, key.removesuffix("s")):
                if code := self._names.get(variant) or self._without_dots.get(variant):
                    return code
        return ""

    def _here(self, code: str) -> str:
        return _ISLAND[0 if self._has_regions else 1] if code in _ISLAND else code

    @cached_property
    def _names(self) -> dict[str, str]:
        named = {_name_key(text): code for text, code in _FORMER.items()}
        named |= {
            _name_key(place.name): code
            for code, place in self._places.items()
            if place.kind is not PlaceKind.NATION
        }
        return named

    @cached_property
    def _without_dots(self) -> dict[str, str]:
        """Names as systems write them that know no å, ä and ö; none that is another place's own name."""
        bare: dict[str, set[str]] = {}
        for name, code in self._names.items():
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            if plain not in self._names:
                bare.setdefault(plain, set()).add(code)
        return {name: min(codes) for name, codes in bare.items() if len(codes) == 1}

    @cached_property
    def _regions(self) -> dict[str, str]:
        regions = [place for place in self._places.values() if place.kind is PlaceKind.REGION]
        named = {_region_key(place.county_name): place.code for place in regions if place.county_name}
        return named | {_region_key(place.name): place.code for place in regions}


def _name_key(name: str) -> str:
    return re.sub(r"[\s\-]+", " ", normalise_text(name)).strip()


def _region_key(name: str) -> str:
    """What is left of `Stockholms läns landsting`, `Region Stockholm` and `Stockholms län`: `stockholm`."""
    rest = _name_key(_REGION_WORDS.sub(" ", normalise_text(name)))
    return " ".join(word.removesuffix("s") for word in rest.split())
