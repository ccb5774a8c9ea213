"""What is known at one release, in the words of the field: places, measures, sets, groups and their values."""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Self

import pandas as pd

from answers import groups
from answers.cells import Cells, as_cells, hidden_cells
from answers.own import NOTHING_OWN, SET_PREFIX, OwnMeasures
from answers.recipes import Recipes, all_kpi_ids, reported_basis
from answers.reported import Reported
from answers.search.measures import SearchIndex
from data.reference import curated_measures, measure_sets, places, tile_positions
from data.store.figures import Figures
from domain.comparability import ComparabilityStatement
from domain.errors import UnknownMeasureError, UnknownPlaceError, UnknownSetError, UserError
from domain.group import Group, GroupKind, GroupReference
from domain.measure import Basis, CountModel, CuratedMeasure, Direction, Measure, MeasureSet
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure, Target
from domain.place import NATION_CODE, Place, PlaceKind, alphabetical
from domain.release import Release
from domain.suggestion import did_you_mean
from domain.unit import read_title
from domain.value import Gender
from domain.wording import to_translate

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

    `own` is what the networks have of their own, or how to read it, which is done when it is first needed.
    `translate`, a gettext function, is the language of short titles, sentences, units and the names of sets; what
    the source and the networks have written (titles, descriptions, places) stays as it is.
    """

    def __init__(
        self,
        figures: Figures,
        release: Release,
        own: OwnMeasures | Callable[[], OwnMeasures] = NOTHING_OWN,
        translate: Callable[[str], str] = str,
    ) -> None:
        self.figures = figures
        self.release = release
        self._translate = translate
        self._given_own = own

    def knowing(self, own: OwnMeasures) -> Self:
        """The same release with something else of the networks' own; what was read from the store is shared."""
        _ = (
            self._catalogue,
            self.all_places,
            self._cells,
            self._measures,
            self._resolved_groups,
            self._listed_members,
        )
        other = copy.copy(self)
        for name in ("own", "recipes", "_own_cells", "_own_nameable", "_searchable", "_search_index"):
            other.__dict__.pop(name, None)
        if (
            own.state != self.own.state
        ):  # something may have been published since that hides more of old releases
            other.__dict__.pop("reported", None)
        other._given_own = own
        return other

    def with_reported(self, cells: pd.DataFrame) -> Self:
        """The same with some reported cells otherwise, to see what they would change. Nothing is kept anywhere.

        cells: the columns of `Figures.reported_values`; a row with neither value nor reason takes its cell away. The `key`
        is the same, so answers of it must not be kept beside those of this library.
        """
        other = self.knowing(self.own)
        other.__dict__["reported"] = self.reported.replaced_by(cells)
        return other

    def trying(self, draft: NetworkMeasure) -> Self:
        """The same with one more measure, or another wording of one, that is not kept anywhere."""
        others = tuple(one for one in self.own.measures if one.id != draft.id)
        return self.knowing(replace(self.own, measures=(*others, draft)))

    @cached_property
    def own(self) -> OwnMeasures:
        """What the networks have of their own, as known at this library's moment; the demonstration's only beside its values."""
        own = self._given_own() if callable(self._given_own) else self._given_own
        return own if self.release.is_made_up else own.of_real_networks()

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Tells this library's answers from those of any other moment or state of the networks' own."""
        return *self.release_key, self.own.state, str(self.own.day)

    @property
    def release_key(self) -> tuple[str, int]:
        """Tells the release from any other."""
        return self.release.run_id, self.release.number

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
        """The group that a reference stands for; `answers.groups.resolved` says what it raises."""
        if reference.kind is GroupKind.NETWORK:
            return groups.resolved(self, reference)
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

    def networks_with(self, code: str) -> tuple[Group, ...]:
        """Our own networks that a place belongs to and that have somebody to compare with."""
        return tuple(
            self.group(GroupReference(GroupKind.NETWORK, one.id))
            for one in self.own.networks_with(code)
            if len(self.own.members(one)) >= groups.SMALLEST_GROUP
        )

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
        if word not in self._catalogue and (own := self.own_measure(measure_id)) is not None:
            return self._as_measure(own, own.definition)
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
                measure_id, [*self._nameable, *self._own_nameable]
            )
            raise UnknownMeasureError(measure=measure_id, suggestion=near)
        if word not in self._measures:
            self._measures[word] = self._in_language(
                _measure(self._catalogue[word], curated_measures().get(word), self._set_ids.get(word, ()))
            )
        return self._measures[word]

    def measure_in(self, measure: Measure, year: int) -> Measure:
        """The measure as its definition for one year has it."""
        if not measure.is_own:
            return measure
        own = self.own.by_id[measure.id]
        return self._as_measure(own, own.definition_for(year))

    def own_measure(self, id_or_name: str) -> NetworkMeasure | None:
        """The networks' measure with this id, or with this name where only one has it and no KPI has it."""
        word = " ".join(id_or_name.split()).casefold()
        if word in self.own.by_id:
            return self.own.by_id[word]
        named = [one for one in self.own.by_id.values() if one.definition.name.casefold() == word]
        is_curated = any(one.casefold() == word for one in self._nameable)
        return named[0] if len(named) == 1 and not is_curated else None

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
        in_catalogue = (_with_those(one, self._catalogue.__contains__) for one in measure_sets())
        return tuple(self._said_set(one) for one in in_catalogue if one.sections)

    def network_sets(self, code: str | None = None) -> tuple[MeasureSet, ...]:
        """The measures in use of every network, or of those that a place belongs to, as sets.

        A measure that cannot be worked out is left out of them, so that it does not take the others with it; asked for by
        itself it says what is wrong.
        """
        asked = self.own.networks if code is None else self.own.networks_with(code)
        found = (self.own.measure_set(one) for one in asked)
        kept = (_with_those(one, self._can_be_worked_out) for one in found if one is not None)
        return tuple(one for one in kept if one.sections)

    def measure_set(self, name: str) -> MeasureSet:
        """The set with this id or name, a network's as `natverk:ID`. Raises `UnknownSetError`."""
        known = {word.casefold(): one for one in self.measure_sets() for word in (one.id, one.name)}
        if name.strip().casefold() not in known:
            known |= {
                word.casefold(): one
                for one in self.network_sets()
                for word in (one.id, f"{SET_PREFIX}{one.name}")
            }
        if name.strip().casefold() not in known:
            raise UnknownSetError(name=name, suggestion=did_you_mean(name, known))
        return known[name.strip().casefold()]

    def search(self, text: str) -> tuple[Measure, ...]:
        """The measures that fit words as people write them, or an id, the best first."""
        if text.strip().upper() in self._catalogue:
            return (self.measure(text),)
        everything = self._searchable
        return tuple(everything[place] for place in self._search_index.best(text))

    # Values

    def cells(self, measures: tuple[Measure, ...], gender: Gender) -> Cells:
        """Every place and year of some measures, with the denominators behind them."""
        key = (tuple(one.id for one in measures), gender)
        kept = self._own_cells if any(one.is_own for one in measures) else self._cells
        if key not in kept:
            while len(kept) >= MOST_KEPT_CELLS:
                kept.pop(next(iter(kept)), None)
            kept[key] = self.cells_from(self.rows(self.kpi_ids(measures), gender), measures, gender)
        return kept[key]

    def cells_from(
        self,
        rows: pd.DataFrame,
        measures: Sequence[Measure],
        gender: Gender,
        codes: Sequence[str] | None = None,
    ) -> Cells:
        """The cells that some rows make; own measures are worked out, over some places or all."""
        return as_cells(
            rows,
            measures=measures,
            kpi_ids=self.kpi_ids(measures),
            gender=gender,
            places=self.all_places if codes is None else {code: self.all_places[code] for code in codes},
            recipes=self.recipes,
            own=lambda measure_id: self.own.by_id[measure_id],
            reported=lambda: self.reported,
        )

    @cached_property
    def reported(self) -> Reported:
        """What members have reported themselves; what is suppressed today is so at every release."""
        return Reported(self.figures.reported_values(self.release))

    def kpi_ids(self, measures: Sequence[Measure]) -> list[str]:
        """The KPIs to read for some measures: themselves or what they are worked out from, and the denominators."""
        return all_kpi_ids(
            self.recipes, self.own.by_id if any(one.is_own for one in measures) else {}, measures
        )

    def years_with_values(self, measure: Measure) -> tuple[int, ...]:
        """The years in which anybody has a number, rising."""
        if not measure.is_own:
            return tuple(self.figures.years_with_values(self.release, measure.id))
        cells = self.cells((measure,), Gender.TOTAL)
        return cells.grid.years_with_values(0, cells.grid.at(list(self.all_places)))

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
        if measure_id not in self._catalogue and measure_id in self.own.by_id:
            return self.recipes.break_years(self.own.by_id[measure_id])
        return tuple(sorted({year for year, _ in self._breaks.get(measure_id, ()) if year is not None}))

    def rescaling_factors(self, measure_id: str) -> tuple[float, ...]:
        """The factors by which the measure's whole history has been moved under the same id."""
        if measure_id not in self._catalogue and measure_id in self.own.by_id:
            newest = self.own.by_id[measure_id].definition
            return self.rescaling_factors(newest.expression) if newest.source is MeasureSource.KPI else ()
        return tuple(factor for year, factor in self._breaks.get(measure_id, ()) if year is None)

    # What members and networks have said of a measure

    def statements(self, measure: Measure, group: Group, year: int) -> Mapping[str, ComparabilityStatement]:
        """By code what each member says of how its values may be compared.

        A network's own word goes before that of the measure's owner, and that before any other's. A KPI that is shown
        as it is has the statements of the group's network on the measures that are that KPI.
        """
        if not (measure.is_own or group.network_id):
            return {}
        asked = self._told_as(measure, group, year)
        ranked = sorted(
            (one for one in self.own.statements if one.measure_id in asked),
            key=lambda one: self._trusted(one.network_id, measure, group),
            reverse=True,
        )
        return {one.municipality_code: one for one in ranked}

    def targets(self, measure: Measure, group: Group, year: int) -> tuple[Target, ...]:
        """Where the group's network and its members want to be; without a network, where the measure's owner does."""
        if not (measure.is_own or group.network_id):
            return ()
        network_id = group.network_id or measure.owner_network
        asked = self._told_as(measure, group, year)
        return tuple(
            one for one in self.own.targets if one.measure_id in asked and one.network_id == network_id
        )

    def _told_as(self, measure: Measure, group: Group, year: int) -> set[str]:
        """The ids under which networks speak of a measure."""
        if measure.is_own:
            return {measure.id}
        return {
            one.id
            for one in self.own.of_network(group.network_id or "")
            if (holds := one.definition_for(year)).source is MeasureSource.KPI
            and holds.expression == measure.id
        }

    @staticmethod
    def _trusted(network_id: str, measure: Measure, group: Group) -> tuple[int, str]:
        order = (group.network_id, measure.owner_network)
        return (order.index(network_id) if network_id in order else len(order)), network_id

    # What is read once

    @cached_property
    def recipes(self) -> Recipes:
        """How the networks' measures are worked out."""
        return Recipes(lambda: self.own, self._kpi, self.break_years)

    def _kpi(self, kpi_id: str) -> Measure | None:
        return self.measure(kpi_id) if kpi_id in self._catalogue else None

    def _as_measure(self, own: NetworkMeasure, definition: MeasureDefinition) -> Measure:
        """One definition in the form that every measure has."""
        behind = [self._kpi(one) for one in self.recipes.kpi_ids(own)]
        bases = {self._basis_of(one) for one in own.definitions}
        return Measure(
            id=own.id,
            title=definition.name,
            short_title=definition.name,
            unit=definition.unit,
            decimals=definition.decimals,
            direction=definition.direction,
            description=definition.included,
            resident_sentence=definition.resident_sentence,
            is_divided_by_gender=all(kpi is not None and kpi.is_divided_by_gender for kpi in behind)
            and all(self.reported.is_divided_by_gender(one) for one in self.recipes.variables(own)),
            basis=bases.pop() if len(bases) == 1 else None,
            set_ids=tuple(SET_PREFIX + one.network_id for one in self.own.measures if one.id == own.id),
            kind=definition.kind,
            owner_network=own.owner_network,
            version=definition.version,
            facts=facts_of(definition),
        )

    def _basis_of(self, definition: MeasureDefinition) -> Basis | None:
        """What stands behind the values of one definition."""
        if definition.source is MeasureSource.OWN:
            return reported_basis(definition)
        kpi = self._kpi(definition.expression) if definition.source is MeasureSource.KPI else None
        return kpi.basis if kpi is not None else None

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
    def _own_cells(self) -> dict[tuple[tuple[str, ...], Gender], Cells]:
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
    def _own_nameable(self) -> list[str]:
        return [word for one in self.own.by_id.values() for word in (one.definition.name, one.id)]

    @cached_property
    def _set_ids(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one in measure_sets():
            for measure_id in one.measure_ids:
                found[measure_id] = (*found.get(measure_id, ()), one.id)
        return found

    @cached_property
    def _search_index(self) -> SearchIndex:
        everything = self._searchable
        return SearchIndex(
            [f"{one.short_title} {one.title} {one.operating_area}" for one in everything],
            [f"{one.description} {one.resident_sentence}" for one in everything],
        )

    @cached_property
    def _searchable(self) -> tuple[Measure, ...]:
        """What networks use before what is only published."""
        own = (one for one in self.own.by_id.values() if self._can_be_worked_out(one.id))
        return (*(self._as_measure(one, one.definition) for one in own), *self.measures())

    def _can_be_worked_out(self, measure_id: str) -> bool:
        try:
            self.recipes.kpi_ids(self.own.by_id[measure_id])
        except UserError:
            return False
        return True

    def _said_set(self, one: MeasureSet) -> MeasureSet:
        """A ready-made set in the library's language; a network's set is in the network's own words."""
        sections = tuple((self._said(name), ids) for name, ids in one.sections)
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


def _with_those(one: MeasureSet, is_kept: Callable[[str], bool]) -> MeasureSet:
    """The set with only some of its measures, and only the sections that still hold any."""
    kept = ((name, tuple(filter(is_kept, ids))) for name, ids in one.sections)
    return replace(one, sections=tuple((name, ids) for name, ids in kept if ids))


def _measure(row: Mapping[str, Any], curated: CuratedMeasure | None, set_ids: tuple[str, ...]) -> Measure:
    """The catalogue's row with what people have decided about it."""
    reading = read_title(str(row["title"]))
    unit = str(row["unit"] or reading.unit)
    return Measure(
        id=str(row["id"]),
        title=reading.title,
        short_title=curated.short_title if curated else reading.title,
        kind=curated.kind if curated else None,
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


FACT_NAMES: Final = {
    "included": to_translate("Ingår"),
    "not_included": to_translate("Ingår inte"),
    "service_and_overheads": to_translate("Egen och köpt verksamhet, gemensamma kostnader"),
    "numerator": to_translate("Täljare"),
    "denominator": to_translate("Nämnare"),
    "data_source": to_translate("Uppgifterna kommer från"),
    "responsible": to_translate("Ansvarig"),
    "not_to_be_used_for": to_translate("Ska inte användas till"),
    "changed_because": to_translate("Ändrat därför att"),
}


def facts_of(definition: MeasureDefinition) -> tuple[tuple[str, str], ...]:
    """What a definition says of itself, as heading and text, without what is left empty."""
    return tuple((name, text) for field, name in FACT_NAMES.items() if (text := getattr(definition, field)))


def _basis_in(unit: str, basis: Basis) -> Basis:
    """The basis with the multiplier that the unit names: the same id is per 1 000 one year, per 100 000 another."""
    named = _PER.search(unit)
    if basis.model is not CountModel.RATE or named is None:
        return basis
    return replace(basis, multiplier=float("".join(named["base"].split())))
