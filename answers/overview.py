"""Several measures side by side for one group, each in the group's own latest year."""

from collections.abc import Mapping, Sequence

from answers.comparison import compare_measures
from answers.library import Library
from data.store.guarded import GuardedValues
from domain.comparison import ColourAmong
from domain.group import Group
from domain.measure import Measure
from domain.message import Message
from domain.overview import Overview, OverviewRow
from domain.place import NATION_CODE
from domain.value import Gender


def build_overview(
    library: Library,
    *,
    measure_ids: Sequence[str],
    group: Group,
    focus: str,
    gender: Gender = Gender.TOTAL,
    colour_among: ColourAmong = ColourAmong.ALL,
    sections: Mapping[str, Message | str] | None = None,
) -> Overview:
    """Compare the measures in the given order; those without a value in the group are listed apart.

    sections: the section of each measure; by default that of the first ready-made set that holds them all. For women
    or men, measures that are not divided by gender count as measures without values. Raises
    `UnknownMeasureError`, `UnknownPlaceError` and `UnusableGroupError`.
    """
    code = library.groups.find_focus(group, focus)
    measures = tuple(library.catalogue.measure(measure_id) for measure_id in dict.fromkeys(measure_ids))
    requested = tuple(
        measure for measure in measures if gender is Gender.TOTAL or measure.is_divided_by_gender
    )
    published = [measure.id for measure in requested if not measure.is_own]
    likely_years = library.values.latest_years(published, gender)
    guarded = library.values.rows(
        library.own_measures.kpi_ids(requested),
        gender,
        codes=[*group.codes, NATION_CODE],
        years_of_all_places=sorted(likely_years),
    )
    years = _latest_years(library, guarded, requested, group, gender)
    shown = tuple(measure for measure in requested if measure.id in years)
    of_section = _sections(library, [measure.id for measure in measures]) if sections is None else sections
    rows: tuple[OverviewRow, ...] = ()
    if shown:
        if other_years := {years[measure.id] for measure in shown if not measure.is_own} - likely_years:
            guarded = guarded.joined_with(library.values.rows(published, gender, years=sorted(other_years)))
        if own := [measure for measure in shown if measure.is_own]:  # computed from other years too
            guarded = guarded.joined_with(library.values.rows(library.own_measures.kpi_ids(own), gender))
        cells = library.values.cells_from_rows(guarded, shown, gender)
        comparisons = compare_measures(
            library,
            cells,
            measures=shown,
            years=[years[measure.id] for measure in shown],
            group=group,
            gender=gender,
            focus=code,
            colour_among=colour_among,
        )
        name = library.places.by_code[code].name
        rows = tuple(
            OverviewRow(
                section=of_section.get(comparison.measure.id, ""),
                comparison=comparison,
                focus_series=cells.series(row, code, name, comparison.break_years),
            )
            for row, comparison in enumerate(comparisons)
        )
    return Overview(
        focus=library.places.by_code[code],
        group=group,
        gender=gender,
        colour_among=colour_among,
        release=library.release,
        rows=rows,
        without_values=tuple(measure.id for measure in measures if measure not in shown),
    )


def _latest_years(
    library: Library,
    rows: GuardedValues,
    measures: Sequence[Measure],
    group: Group,
    gender: Gender,
) -> dict[str, int]:
    """Return for each measure the latest year in which a member has a number that may be shown."""
    grid = library.values.cells_from_rows(rows, measures, gender, group.codes).grid
    years_by_measure = {
        measure.id: grid.years_with_values(row, grid.at(group.codes)) for row, measure in enumerate(measures)
    }
    return {measure_id: years[-1] for measure_id, years in years_by_measure.items() if years}


def _sections(library: Library, measure_ids: Sequence[str]) -> dict[str, Message | str]:
    """Return the section of each measure in the first ready-made set that holds them all."""
    for measure_set in (*library.catalogue.ready_made_sets(), *library.catalogue.network_sets()):
        if set(measure_ids) <= set(measure_set.measure_ids):
            return {measure_id: name for name, ids in measure_set.sections for measure_id in ids}
    return {}
