"""The places of one release: municipalities, regions and the nation, by code and by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from data import reference
from data.store.figures import Figures
from domain.errors.choices import UnknownPlaceError
from domain.place import NATION_CODE, Place, PlaceKind, alphabetical
from domain.release import Release
from domain.suggestion import suggest_similar


class Places:
    """The places of the reference, and any other that the release names.

    translate: a gettext function for the name of the nation; other places keep their own names.
    """

    def __init__(self, figures: Figures, release: Release, translate: Callable[[str], str] = str) -> None:
        self._figures = figures
        self._release = release
        self._translate = translate

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """Every place by its four-digit code."""
        known = reference.places()
        rows = self._figures.municipalities(self._release)[["id", "title", "type"]]
        added = {
            code: Place(code, title, PlaceKind.REGION if kind == "L" else PlaceKind.MUNICIPALITY)
            for code, title, kind in rows.itertuples(index=False)
            if code not in known
        }
        nation = known[NATION_CODE]
        nation = replace(nation, name=self._translate(nation.name))
        return MappingProxyType({**known, **added, NATION_CODE: nation})

    def find(self, code_or_name: str) -> Place:
        """Return the place with this code or name. Raises `UnknownPlaceError`, which suggests the nearest name."""
        word = " ".join(code_or_name.split())
        place = self.by_code.get(word) or self._by_name.get(word.casefold())
        if place is None:
            raise UnknownPlaceError(
                place=code_or_name, suggestion=suggest_similar(word, self._codes_and_names)
            )
        return place

    def municipalities(self) -> tuple[Place, ...]:
        """Return the municipalities, sorted by name in Swedish order."""
        return self._by_kind[PlaceKind.MUNICIPALITY]

    def regions(self) -> tuple[Place, ...]:
        """Return the regions, sorted by name in Swedish order."""
        return self._by_kind[PlaceKind.REGION]

    def tile_positions(self) -> Mapping[str, tuple[int, int]]:
        """Return each municipality's (column, row) on the map of equal tiles."""
        return reference.tile_positions()

    @cached_property
    def _by_name(self) -> Mapping[str, Place]:
        return {place.name.casefold(): place for place in self.by_code.values()}

    @cached_property
    def _by_kind(self) -> Mapping[PlaceKind, tuple[Place, ...]]:
        by_name = sorted(self.by_code.values(), key=lambda place: alphabetical(place.name))
        return {kind: tuple(place for place in by_name if place.kind is kind) for kind in PlaceKind}

    @cached_property
    def _codes_and_names(self) -> list[str]:
        return [*(place.name for place in self.by_code.values()), *self.by_code]
