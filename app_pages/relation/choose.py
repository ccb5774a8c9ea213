"""Read from the address the two measures, the year of each, and the group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import kept
from app_pages.parts.address import Address, Name
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View, offered_sets
from app_pages.parts.words import _
from domain.errors.choices import YearWithoutValuesError
from domain.group import Group, GroupKind, GroupReference
from domain.measure import Direction, Measure, MeasureKind

SECOND: Final = "och"
SECOND_YEAR: Final = "ar2"
AMONG: Final = "bland"
ALL_WORD: Final = "alla"
GROUP_WORD: Final = "gruppen"


@dataclass(frozen=True, slots=True)
class Choice:
    """Two measures, each with its year (`None`: the latest), among `group`."""

    view: View
    first: Measure
    second: Measure
    first_year: int | None
    second_year: int | None
    first_years: tuple[int, ...]
    second_years: tuple[int, ...]
    group: Group

    @property
    def is_among_all(self) -> bool:
        return self.group.reference.kind is GroupKind.ALL


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    words = view.address
    default_first, default_second = default_pair(view)
    first = words.read(Name.MEASURE, view.library.catalogue.measure, default_first, kind=_("mått"))
    second = words.read(SECOND, view.library.catalogue.measure, default_second, kind=_("mått"))
    if second.id == first.id:
        second = default_first if first.id != default_first.id else default_second
    first_years, second_years = kept.years(view, first), kept.years(view, second)
    return Choice(
        view=view,
        first=first,
        second=second,
        first_year=words.read(Name.YEAR, _year_of(first, first_years), None, kind=_("år")),
        second_year=words.read(SECOND_YEAR, _year_of(second, second_years), None, kind=_("år")),
        first_years=first_years,
        second_years=second_years,
        group=_among(words, view),
    )


def default_pair(view: View) -> tuple[Measure, Measure]:
    """A cost and a result of the same set that both have values, the chosen set first; else two of its measures."""
    table = kept.kpis(view)
    with_values = set(table.loc[table["value_count"] > 0, "kpi_id"])

    def has_values(measure: Measure) -> bool:
        return (
            bool(view.library.values.years_with_values(measure))
            if measure.is_own
            else measure.id in with_values
        )

    for measure_set in (view.measure_set, *view.library.catalogue.ready_made_sets()):
        measures = [
            measure
            for id_ in measure_set.measure_ids
            if has_values(measure := view.library.catalogue.measure(id_))
        ]
        costs = [measure for measure in measures if _is_cost(measure)]
        results = [
            measure
            for measure in measures
            if measure.direction is not Direction.NEUTRAL and not _is_cost(measure)
        ]
        if costs and results:
            return costs[0], results[0]
    chosen = [view.library.catalogue.measure(id_) for id_ in view.measure_set.measure_ids]
    known = [measure for measure in chosen if has_values(measure)]
    return (known[0], known[1]) if len(known) > 1 else (chosen[0], chosen[-1])


def _is_cost(measure: Measure) -> bool:
    return measure.kind is MeasureKind.COST or measure.unit.startswith("kr")


def _among(words: Address, view: View) -> Group:
    everybody = view.library.groups.resolve(GroupReference(GroupKind.ALL, ""))
    groups = {ALL_WORD: everybody, GROUP_WORD: view.group}
    default = everybody if view.municipality.code in everybody.codes else view.group
    hint = _("Möjliga ord: {words}.").format(words=", ".join(groups))
    return words.read(AMONG, groups.__getitem__, default, kind=_("grupp"), hint=hint)


def _year_of(measure: Measure, years: tuple[int, ...]) -> Callable[[str], int]:
    def parse(word: str) -> int:
        if int(word) not in years:
            raise YearWithoutValuesError(
                measure=measure.short_title, year=word, years=", ".join(map(str, years)) or "–"
            )
        return int(word)

    return parse


def controls(chosen: Choice) -> None:
    """Show the two measures with their years, and the group, in one row."""
    names = _names(chosen)
    with st.container(horizontal=True, key="two-measures-choices", vertical_alignment="bottom", gap="small"):
        select(Name.MEASURE, _("Vågrätt"), names, chosen.first.id, also=lambda _word: {Name.YEAR: None})
        select(Name.YEAR, _("År, vågrätt"), _years(chosen.first_years), _word_of(chosen.first_year))
        select(SECOND, _("Lodrätt"), names, chosen.second.id, also=lambda _word: {SECOND_YEAR: None})
        select(SECOND_YEAR, _("År, lodrätt"), _years(chosen.second_years), _word_of(chosen.second_year))
        words = {ALL_WORD: _("alla kommuner"), GROUP_WORD: _("gruppen")}
        select(AMONG, _("Visa"), words, ALL_WORD if chosen.is_among_all else GROUP_WORD)


def _names(chosen: Choice) -> dict[str, str]:
    library = chosen.view.library
    ids = dict.fromkeys([chosen.first.id, chosen.second.id, *chosen.view.measure_set.measure_ids])
    for measure_set in offered_sets(library, chosen.view.municipality):
        ids.update(dict.fromkeys(measure_set.measure_ids))
    return {measure_id: library.catalogue.measure(measure_id).short_title for measure_id in ids}


def _years(years: tuple[int, ...]) -> dict[str, str]:
    return {"": _("senaste")} | {str(year): str(year) for year in reversed(years)}


def _word_of(year: int | None) -> str:
    return "" if year is None else str(year)
