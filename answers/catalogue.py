"""Every measure of one release, published or a network's own, found by id, by name and by search; and the sets of them."""

from collections.abc import Mapping
from functools import cached_property

from answers.kpis import Kpis
from answers.network_snapshot import SET_PREFIX
from answers.own_measures import OwnMeasures
from answers.search.measures import SearchIndex
from domain.errors.choices import UnknownMeasureError, UnknownSetError
from domain.measure import Measure, MeasureSet
from domain.network_measure import MeasureSource, NetworkMeasure
from domain.suggestion import suggest_similar


class Catalogue:
    """KPIs and own measures under one roof. A KPI goes before an own measure of the same id or name."""

    def __init__(self, kpis: Kpis, own_measures: OwnMeasures) -> None:
        self._kpis = kpis
        self._own = own_measures

    def measure(self, id_or_title: str) -> Measure:
        """Return the measure with this id or short title.

        Raises `UnknownMeasureError`, which suggests the nearest, and what an own measure's formulas raise.
        """
        word = id_or_title.strip().upper()
        if word in self._kpis:
            return self._kpis.measure(word)
        if (own := self.find_own(id_or_title)) is not None:
            return self._own.as_measure(own, own.definition)
        kpi_id = self._kpis.id_by_short_title(" ".join(word.split()))
        if kpi_id is None or kpi_id not in self._kpis:
            searched = kpi_id or word
            suggestion = suggest_similar(searched, [*self._kpis.curated_ids, *self._kpis]) or suggest_similar(
                id_or_title, [*self._kpis.short_titles, *self._own_names]
            )
            raise UnknownMeasureError(measure=id_or_title, suggestion=suggestion)
        return self._kpis.measure(kpi_id)

    def find_own(self, id_or_name: str) -> NetworkMeasure | None:
        """Return the own measure with this id, or with this name where only one has it and no KPI has it."""
        word = " ".join(id_or_name.split()).casefold()
        by_id = self._own.snapshot.by_id
        if word in by_id:
            return by_id[word]
        named = [own for own in by_id.values() if own.definition.name.casefold() == word]
        if len(named) != 1 or any(title.casefold() == word for title in self._kpis.short_titles):
            return None
        return named[0]

    def measure_for_year(self, measure: Measure, year: int) -> Measure:
        """Return the measure as its definition for one year has it."""
        if not measure.is_own:
            return measure
        own = self._own.snapshot.by_id[measure.id]
        return self._own.as_measure(own, own.definition_for(year))

    def measure_or_placeholder(self, measure_id: str) -> Measure:
        """Return the KPI with this id, or one without a title where the source has removed it from its catalogue."""
        return self._kpis.find(measure_id) or self._kpis.placeholder(measure_id)

    def published_measures(self) -> tuple[Measure, ...]:
        """Return every KPI in the order of the source's catalogue."""
        return tuple(map(self._kpis.measure, self._kpis))

    def ready_made_sets(self) -> tuple[MeasureSet, ...]:
        """Return the ready-made sets with those of their measures that the release holds."""
        return self._kpis.sets

    def network_sets(self, code: str | None = None) -> tuple[MeasureSet, ...]:
        """Return the measures in use of every network, or of those that a place is a member of, as sets."""
        return self._own.measure_sets(code)

    def measure_set(self, id_or_name: str) -> MeasureSet:
        """Return the set with this id or name, a network's as `natverk:ID`. Raises `UnknownSetError`."""
        searched = id_or_name.strip().casefold()
        sets = {
            word.casefold(): measure_set
            for measure_set in self.ready_made_sets()
            for word in (measure_set.id, measure_set.name)
        }
        if searched not in sets:
            sets |= {
                word.casefold(): network_set
                for network_set in self.network_sets()
                for word in (network_set.id, f"{SET_PREFIX}{network_set.name}")
            }
        if searched not in sets:
            raise UnknownSetError(name=id_or_name, suggestion=suggest_similar(id_or_name, sets))
        return sets[searched]

    def search(self, text: str) -> tuple[Measure, ...]:
        """Return the measures that match words as people write them, or an id, the best match first."""
        if text.strip().upper() in self._kpis:
            return (self.measure(text),)
        return tuple(self._searchable[position] for position in self._search_index.best(text))

    def break_years(self, measure_id: str) -> tuple[int, ...]:
        """Return the first years of a new level or definition, ascending."""
        own = self._own_by_id(measure_id)
        return self._kpis.break_years(measure_id) if own is None else self._own.formulas.break_years(own)

    def rescaling_factors(self, measure_id: str) -> tuple[float, ...]:
        """Return the factors by which the measure's whole history has been multiplied under the same id."""
        own = self._own_by_id(measure_id)
        if own is None:
            return self._kpis.rescaling_factors(measure_id)
        newest = own.definition
        return self.rescaling_factors(newest.expression) if newest.source is MeasureSource.KPI else ()

    def _own_by_id(self, measure_id: str) -> NetworkMeasure | None:
        return None if measure_id in self._kpis else self._own.snapshot.by_id.get(measure_id)

    @cached_property
    def _own_names(self) -> list[str]:
        by_id: Mapping[str, NetworkMeasure] = self._own.snapshot.by_id
        return [word for own in by_id.values() for word in (own.definition.name, own.id)]

    @cached_property
    def _searchable(self) -> tuple[Measure, ...]:
        """Networks' measures before those that are only published."""
        by_id = self._own.snapshot.by_id
        own = (measure for measure in by_id.values() if self._own.is_computable(measure.id))
        return (
            *(self._own.as_measure(measure, measure.definition) for measure in own),
            *self.published_measures(),
        )

    @cached_property
    def _search_index(self) -> SearchIndex:
        return SearchIndex(
            [
                f"{measure.short_title} {measure.title} {measure.operating_area}"
                for measure in self._searchable
            ],
            [f"{measure.description} {measure.resident_sentence}" for measure in self._searchable],
        )
