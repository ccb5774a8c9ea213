"""What is known at one release, in the words of the field: places, measures, sets, groups and their values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from data.reference import curated_measures, measure_sets, places, tile_positions
from data.store.figures import Figures
from domain.errors import UnknownMeasureError, UnknownPlaceError, UnknownSetError
from domain.group import Group, GroupKind, GroupReference
from domain.measure import Basis, CountModel, CuratedMeasure, Direction, Measure, MeasureSet
from domain.place import NATION_CODE, Place, PlaceKind, alphabetical
from domain.release import Release
from domain.suggestion import did_you_mean
from domain.unit import read_title
from domain.value import Gender
from pipelines.answers import groups
from pipelines.answers.cells import Cells, as_cells, asked_ids, hidden_cells
from pipelines.answers.search import SearchIndex

MOST_KEPT_CELLS: Final = 24  # a page asks for a handful of measures; one takes some 100 kB
_GONE: Final = {
    "unit": "",
    "description": "",
    "is_divided_by_gender": True,
    "operating_area": "",
    "publication_date": None,
}  # what the catalogue would say of a measure that it no longer holds
_PER: Final = re.compile(r"\bper\s(?P<base>\d[\d\s]*)")


class Library:
    """Everything that can be asked at one release. What it has read it keeps: a release never changes.

    `translate`, a gettext function, is the language of short titles, sentences, units and the names of sets; what
    the source has written (titles, descriptions, places) stays as it is.
    """

    def __init__(self, figures: Figures, release: Release, translate: Callable[[str], str] = str) -> None:
        self.figures = figures
        self.release = release
        self._translate = translate

    # Places and groups

    @cached_property
    def all_places(self) -> Mapping[str, Place]:
        """Every place by code: the reference, and whatever else the release names."""
        kept = self.figures.municipalities(self.release)
        unknown = {
            code: Place(code, title, PlaceKind.REGION if kind == "L" else PlaceKind.MUNICIPALITY)
            for code, title, kind in kept[["id", "title", "type"]].itertuples(index=False)
            if code not in places()
        }
        nation = places()[NATION_CODE]
        nation = replace(nation, name=self._said(nation.name))
        return MappingProxyType({**places(), **unknown, NATION_CODE: nation})

    def place(self, code_or_name: str) -> Place:
        """The place with this code or name. Raises `UnknownPlaceError`, which suggests the nearest."""
        word = " ".join(code_or_name.split())
        found = self.all_places.get(word) or self._places_by_name.get(word.casefold())
        if found is None:
            near = did_you_mean(word, self._suggestable_places)
            raise UnknownPlaceError(place=code_or_name, suggestion=near)
        return found

    def municipalities(self) -> tuple[Place, ...]:
        """The municipalities, by name in Swedish order."""
        return self._of_kind[PlaceKind.MUNICIPALITY]

    def regions(self) -> tuple[Place, ...]:
        """The regions, by name in Swedish order."""
        return self._of_kind[PlaceKind.REGION]

    def tile_positions(self) -> Mapping[str, tuple[int, int]]:
        """Each municipality's (column, row) on the map of equal tiles."""
        return tile_positions()

    def group(self, reference: GroupReference) -> Group:
        """The group that a reference stands for; `pipelines.answers.groups.resolved` says what it raises."""
        if reference not in self._resolved_groups:
            self._resolved_groups[reference] = groups.resolved(self, reference)
        return self._resolved_groups[reference]

    def groups_with(self, code: str) -> tuple[Group, ...]:
        """The source's own groups that hold a place, without its lists of similar places, the smallest first."""
        rows = self.figures.groups_holding(self.release, code)
        networks = rows[~rows["title"].map(groups.is_like_someone).astype(bool)]
        for group_id, members in networks.groupby("group_id")["municipality_id"]:
            self._listed_members[str(group_id)] = tuple(members)
        found = [
            self.group(GroupReference(GroupKind.KOLADA, group_id))
            for group_id in networks["group_id"].unique().tolist()
            if len(self._listed_members[group_id]) >= groups.SMALLEST_GROUP
        ]
        return tuple(sorted(found, key=lambda one: (len(one.codes), alphabetical(one.name))))

    @cached_property
    def listed_groups(self) -> pd.DataFrame:
        """The source's own groups: group_id, title, member_count."""
        return self.figures.municipality_groups(self.release)

    def listed_members(self, group_id: str) -> tuple[str, ...]:
        """The codes of one of the source's own groups, as it lists them."""
        if group_id not in self._listed_members:
            self._listed_members[group_id] = self.figures.group_members(self.release, group_id)
        return self._listed_members[group_id]

    # Measures and sets

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id or short title. Raises `UnknownMeasureError`, which suggests the nearest."""
        word = measure_id.strip().upper()
        if word not in self._catalogue:
            by_short_title = {
                title.upper(): one.kpi_id
                for one in curated_measures().values()
                for title in (one.short_title, self._said(one.short_title))
            }
            word = by_short_title.get(" ".join(word.split()), word)
        if word not in self._catalogue:
            curated_first = [one for one in curated_measures() if one in self._catalogue]
            near = did_you_mean(word, [*curated_first, *self._catalogue]) or did_you_mean(
                measure_id, self._nameable
            )
            raise UnknownMeasureError(measure=measure_id, suggestion=near)
        if word not in self._measures:
            self._measures[word] = self._in_language(
                _measure(self._catalogue[word], curated_measures().get(word), self._set_ids.get(word, ()))
            )
        return self._measures[word]

    def measure_or_its_id(self, measure_id: str) -> Measure:
        """The measure, or one that is only its id where the source has taken it out of the catalogue."""
        if measure_id in self._catalogue:
            return self.measure(measure_id)
        return self._in_language(
            _measure({**_GONE, "id": measure_id, "title": measure_id}, curated_measures().get(measure_id), ())
        )

    def measures(self) -> tuple[Measure, ...]:
        """Every measure of the catalogue, in the catalogue's order."""
        return tuple(self.measure(one) for one in self._catalogue)

    def measure_sets(self) -> tuple[MeasureSet, ...]:
        """The ready-made sets, with those of their measures that the catalogue of this release holds."""
        return tuple(one for one in map(self._in_catalogue, measure_sets()) if one.sections)

    def measure_set(self, name: str) -> MeasureSet:
        """The set with this id or name. Raises `UnknownSetError`."""
        known = {word.casefold(): one for one in self.measure_sets() for word in (one.id, one.name)}
        if name.strip().casefold() not in known:
            raise UnknownSetError(name=name, suggestion=did_you_mean(name, known))
        return known[name.strip().casefold()]

    def search(self, text: str) -> tuple[Measure, ...]:
        """The measures that fit words as people write them, or an id, the best first."""
        if text.strip().upper() in self._catalogue:
            return (self.measure(text),)
        everything = self.measures()
        return tuple(everything[place] for place in self._search_index.best(text))

    # Values

    def cells(self, measures: tuple[Measure, ...], gender: Gender) -> Cells:
        """Every place and year of some measures, with the denominators behind them."""
        key = (tuple(one.id for one in measures), gender)
        if key not in self._cells:
            while len(self._cells) >= MOST_KEPT_CELLS:
                self._cells.pop(next(iter(self._cells)), None)
            rows = self.rows(asked_ids(measures), gender)
            self._cells[key] = as_cells(rows, measures=measures, gender=gender, places=self.all_places)
        return self._cells[key]

    def rows(
        self,
        measure_ids: Sequence[str],
        gender: Gender,
        *,
        years: Sequence[int] | None = None,
        codes: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The rows that cells of one gender are made of; `None` means all years, all places."""
        genders = [gender] if gender is Gender.TOTAL else list(Gender)
        return self.figures.indicator_values(
            self.release, kpi_ids=measure_ids, years=years, municipality_ids=codes, genders=genders
        )

    def hidden_cells(self, measure_id: str, gender: Gender) -> frozenset[tuple[str, int]]:
        """The (code, year) of the published cells that are hidden to protect those of another gender."""
        frame = self.rows([measure_id], gender)
        return hidden_cells(frame, measure_id, gender, places=self.all_places)

    # Breaks

    def break_years(self, measure_id: str) -> tuple[int, ...]:
        """The first years of a new level or definition, rising."""
        return tuple(sorted({year for year, _ in self._breaks.get(measure_id, ()) if year is not None}))

    def rescaling_factors(self, measure_id: str) -> tuple[float, ...]:
        """The factors by which the measure's whole history has been moved under the same id."""
        return tuple(factor for year, factor in self._breaks.get(measure_id, ()) if year is None)

    # What is read once

    @cached_property
    def _of_kind(self) -> Mapping[PlaceKind, tuple[Place, ...]]:
        in_order = sorted(self.all_places.values(), key=lambda one: alphabetical(one.name))
        return {kind: tuple(one for one in in_order if one.kind is kind) for kind in PlaceKind}

    @cached_property
    def _places_by_name(self) -> Mapping[str, Place]:
        return {one.name.casefold(): one for one in self.all_places.values()}

    @cached_property
    def _suggestable_places(self) -> list[str]:
        return [*(one.name for one in self.all_places.values()), *self.all_places]

    @cached_property
    def _breaks(self) -> Mapping[str, list[tuple[int | None, float]]]:
        """Every known jump in level: first year (none where the whole history was moved) and factor."""
        found: dict[str, list[tuple[int | None, float]]] = {}
        table = self.figures.level_breaks(self.release)
        for kpi_id, year, factor in table[["kpi_id", "first_year", "factor"]].itertuples(index=False):
            found.setdefault(kpi_id, []).append((None if pd.isna(year) else int(year), float(factor)))
        return found

    @cached_property
    def _cells(self) -> dict[tuple[tuple[str, ...], Gender], Cells]:
        return {}

    @cached_property
    def _resolved_groups(self) -> dict[GroupReference, Group]:
        return {}

    @cached_property
    def _listed_members(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {}

    @cached_property
    def _catalogue(self) -> Mapping[str, Mapping[str, Any]]:
        catalogue = self.figures.kpis(self.release)
        names = catalogue.columns.tolist()
        rows = zip(*(catalogue[name].tolist() for name in names), strict=True)
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows}

    @cached_property
    def _nameable(self) -> list[str]:
        """The short titles that lead to a measure of this release."""
        named = (one for one in curated_measures().values() if one.kpi_id in self._catalogue)
        return [self._said(one.short_title) for one in named]

    @cached_property
    def _set_ids(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one in measure_sets():
            for measure_id in one.measure_ids:
                found[measure_id] = (*found.get(measure_id, ()), one.id)
        return found

    @cached_property
    def _search_index(self) -> SearchIndex:
        everything = self.measures()
        return SearchIndex(
            [f"{one.short_title} {one.title} {one.operating_area}" for one in everything],
            [f"{one.description} {one.resident_sentence}" for one in everything],
        )

    def _in_catalogue(self, one: MeasureSet) -> MeasureSet:
        kept = ((name, tuple(id_ for id_ in ids if id_ in self._catalogue)) for name, ids in one.sections)
        sections = tuple((self._said(name), ids) for name, ids in kept if ids)
        return replace(one, name=self._said(one.name), sections=sections)

    def _in_language(self, measure: Measure) -> Measure:
        return replace(
            measure,
            short_title=self._said(measure.short_title),
            unit=self._said(measure.unit),
            resident_sentence=self._said(measure.resident_sentence),
        )

    def _said(self, text: str) -> str:
        """The text in the library's language; gettext answers the empty text with its header."""
        return self._translate(text) if text else ""


def _measure(row: Mapping[str, Any], curated: CuratedMeasure | None, set_ids: tuple[str, ...]) -> Measure:
    """The catalogue's row with what people have decided about it."""
    reading = read_title(str(row["title"]))
    unit = str(row["unit"] or reading.unit)
    return Measure(
        id=str(row["id"]),
        title=reading.title,
        short_title=curated.short_title if curated else reading.title,
        unit=unit,
        decimals=curated.decimals if curated else reading.decimals,
        direction=curated.direction if curated else Direction.NEUTRAL,
        description=str(row["description"] or ""),
        resident_sentence=curated.resident_sentence if curated else "",
        is_divided_by_gender=bool(row["is_divided_by_gender"]),
        operating_area=str(row["operating_area"] or ""),
        next_publication=None if pd.isna(row["publication_date"]) else str(row["publication_date"])[:10],
        basis=_basis_in(unit, curated.basis) if curated and curated.basis else None,
        set_ids=set_ids,
    )


def _basis_in(unit: str, basis: Basis) -> Basis:
    """The basis with the multiplier that the unit names: the same id is per 1 000 one year, per 100 000 another."""
    named = _PER.search(unit)
    if basis.model is not CountModel.RATE or named is None:
        return basis
    return replace(basis, multiplier=float("".join(named["base"].split())))
