"""The comparison of one measure, in one year and for one gender, between the members of a group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from answers.cells import Cells
from answers.groups import group_notes
from answers.library import Library
from domain.comparability import Comparability, ComparabilityStatement
from domain.comparison import ColourAmong, Comparison, Member
from domain.errors.choices import (
    MeasureWithoutValuesError,
    NotDividedByGenderError,
    NothingReportedError,
    OwnMeasureWithoutValuesError,
    YearWithoutValuesError,
)
from domain.errors.user_error import UserError
from domain.group import Group
from domain.measure import Measure
from domain.message import Factor, Message
from domain.network_measure import MeasureSource
from domain.place import NATION_CODE, PlaceKind
from domain.value import Gender
from language import comparison_texts as texts
from language.comparison_method import describe_method
from metrics.arrays import Words
from metrics.comparison import ComparisonInput, compute_comparisons


def compare_measure(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
    colour_among: ColourAmong = ColourAmong.GROUP,
) -> Comparison:
    """Compare a measure; without a year, in the latest one in which a member of the group has a value.

    Raises `UnknownMeasureError`, `NotDividedByGenderError`, `MeasureWithoutValuesError`,
    `OwnMeasureWithoutValuesError`, `YearWithoutValuesError`, `UnknownPlaceError` and `UnusableGroupError`.
    """
    measure = require_gender(library.catalogue.measure(measure_id), gender)
    focus = None if focus is None else library.groups.find_focus(group, focus)
    cells = library.values.cells((measure,), gender)
    chosen = (
        latest_year(library, cells, measure, codes_of_same_kind(library, group), group)
        if year is None
        else year
    )
    check_year(library, cells, measure, codes_of_same_kind(library, group), chosen)
    (comparison,) = compare_measures(
        library,
        cells,
        measures=(measure,),
        years=(chosen,),
        group=group,
        gender=gender,
        focus=focus,
        colour_among=colour_among,
    )
    return comparison


def compare_measures(
    library: Library,
    cells: Cells,
    *,
    measures: Sequence[Measure],
    years: Sequence[int],
    group: Group,
    gender: Gender,
    focus: str | None,
    colour_among: ColourAmong,
) -> tuple[Comparison, ...]:
    """Compare several measures, each in its own year, from cells that hold them all."""
    grid, codes = cells.grid, codes_of_same_kind(library, group)
    members, everybody = grid.at(group.codes), grid.at(codes)
    rows = np.arange(len(measures))
    at_year = np.asarray(years) - grid.years[0]
    breaks = tuple(library.catalogue.break_years(measure.id) for measure in measures)
    definitions = tuple(
        library.catalogue.measure_for_year(measure, year)
        for measure, year in zip(measures, years, strict=True)
    )
    statements_by_measure = [
        library.own_measures.statements(measure, group, year)
        for measure, year in zip(measures, years, strict=True)
    ]
    all_values = grid.numbers[rows, at_year][:, everybody]
    for row, statements in enumerate(statements_by_measure):
        all_values[
            row, [position for position, code in enumerate(codes) if is_not_comparable(statements, code)]
        ] = np.nan
    inputs = ComparisonInput(
        measures=definitions,
        years=grid.years,
        compared_years=tuple(years),
        gender=gender,
        group=group,
        names=tuple(library.places.by_code[code].name for code in group.codes),
        values=grid.numbers[:, :, members],
        statuses=grid.statuses(years, members),
        release=library.release,
        sources=tuple(source_line(library, definition) for definition in definitions),
        national_values=grid.numbers[rows, at_year, grid.at([NATION_CODE])[0]],
        all_values=all_values,
        denominators=None if cells.denominators is None else cells.denominators[:, :, members],
        break_years=breaks,
        comparability=_flags(statements_by_measure, group) if any(statements_by_measure) else None,
        footnotes=tuple(
            tuple(statements[code].text if code in statements else "" for code in group.codes)
            for statements in statements_by_measure
        ),
        colour_among=colour_among,
        focus=focus,
    )
    notes_on_group = group_notes(group)
    return tuple(
        replace(
            comparison,
            members=_with_explanations(cells, row, comparison),
            method=(
                *definition_sentences(library, comparison.measure, comparison.year),
                *describe_method(comparison),
                *sentences,
            ),
            notes=(*notes_on_group, *level_notes(library, comparison.measure)),
            targets=library.own_measures.targets(comparison.measure, group, comparison.year),
        )
        for row, (comparison, sentences) in enumerate(
            zip(compute_comparisons(inputs), cells.methods, strict=True)
        )
    )


def _with_explanations(cells: Cells, row: int, comparison: Comparison) -> tuple[Member, ...]:
    """Return the members with the explanations that were reported with their values."""
    explanations = {
        member.code: cells.explanation(row, comparison.year, member.code) for member in comparison.members
    }
    if not any(explanations.values()):
        return comparison.members
    return tuple(
        replace(member, explanation=explanations[member.code]) if explanations[member.code] else member
        for member in comparison.members
    )


def is_not_comparable(statements: Mapping[str, ComparabilityStatement], code: str) -> bool:
    """Return whether a place states that its value must not be compared with the others'."""
    return code in statements and statements[code].flag is Comparability.NOT_COMPARABLE


def source_line(library: Library, measure: Measure) -> Message:
    """Return the source of a measure: the publisher for an unchanged KPI, the members for what they report, the network
    for what it computes."""
    if not measure.is_own or is_unchanged_kpi(library, measure):
        return library.release.source
    names = [
        network.name
        for network in library.own_measures.snapshot.networks
        if network.id == measure.owner_network
    ]
    text = _source(library, measure)
    return Message(text, network=names[0] if names else measure.owner_network or "")


def source_lines(library: Library, measures: Iterable[Measure]) -> tuple[Message, ...]:
    """Return the distinct sources of some measures, or the release's own where there is no measure."""
    return tuple(dict.fromkeys(source_line(library, measure) for measure in measures)) or (
        library.release.source,
    )


def _source(library: Library, measure: Measure) -> str:
    own, is_made_up = library.own_measures.snapshot.by_id[measure.id], library.release.is_made_up
    version = next(
        version
        for version in library.own_measures.formulas.versions(own)
        if version.definition.version == measure.version
    )
    if version.formula is None:
        return texts.REPORTED_IN_PRACTICE if is_made_up else texts.REPORTED
    kinds = library.own_measures.formulas.sources_of(version)
    if MeasureSource.OWN not in kinds:
        return texts.OWN_WORK_ON_MADE_UP if is_made_up else texts.OWN_WORK
    if is_made_up:
        return texts.OWN_WORK_ON_PRACTICE
    return texts.OWN_WORK_ON_BOTH if MeasureSource.KPI in kinds else texts.OWN_WORK_ON_REPORTED


def is_unchanged_kpi(library: Library, measure: Measure) -> bool:
    """Return whether the version of an own measure is a published KPI as it is."""
    own = library.own_measures.snapshot.by_id[measure.id]
    return any(
        definition.version == measure.version and definition.source is MeasureSource.KPI
        for definition in own.definitions
    )


def definition_sentences(library: Library, measure: Measure, year: int) -> tuple[Message, ...]:
    """Describe the definition for a year in words; empty for a KPI, which its publisher defines."""
    return (
        library.own_measures.formulas.describe(library.own_measures.snapshot.by_id[measure.id], year)
        if measure.is_own
        else ()
    )


def _flags(statements_by_measure: Sequence[Mapping[str, ComparabilityStatement]], group: Group) -> Words:
    flags = np.empty((len(statements_by_measure), len(group.codes)), dtype=object)
    flags.fill(Comparability.COMPARABLE)
    for row, statements in enumerate(statements_by_measure):
        for position, code in enumerate(group.codes):
            if code in statements:
                flags[row, position] = statements[code].flag
    return flags


def require_gender(measure: Measure, gender: Gender) -> Measure:
    """Return the measure if it has values for this gender. Raises `NotDividedByGenderError`."""
    if gender is not Gender.TOTAL and not measure.is_divided_by_gender:
        raise NotDividedByGenderError(measure=measure.id)
    return measure


def codes_of_same_kind(library: Library, group: Group) -> tuple[str, ...]:
    """Return every municipality for a group of municipalities, every region for a group of regions."""
    if library.places.by_code[group.codes[0]].kind is PlaceKind.REGION:
        return tuple(region.code for region in library.places.regions())
    return tuple(municipality.code for municipality in library.places.municipalities())


def latest_year(
    library: Library, cells: Cells, measure: Measure, everybody: Sequence[str], group: Group
) -> int:
    """Return the latest year in which a member has a value, else in which anybody has. Raises as `check_year`."""
    row = cells.grid.measure_ids.index(measure.id)
    for codes in (group.codes, everybody):
        if years := cells.grid.years_with_values(row, cells.grid.at(codes)):
            return years[-1]
    raise no_values_error(library, measure)


def no_values_error(library: Library, measure: Measure) -> UserError:
    """Return the error for a measure without values."""
    if not measure.is_own:
        return MeasureWithoutValuesError(measure=measure.id)
    own = library.own_measures.snapshot.by_id[measure.id]
    if own.definition.source is MeasureSource.OWN:
        return NothingReportedError(measure=measure.short_title)
    inputs = library.own_measures.formulas.input_names(own)
    return OwnMeasureWithoutValuesError(measure=measure.short_title, inputs=", ".join(inputs))


def check_year(library: Library, cells: Cells, measure: Measure, everybody: Sequence[str], year: int) -> None:
    """Raise `MeasureWithoutValuesError`, or `YearWithoutValuesError`, which lists the years that have values."""
    row = cells.grid.measure_ids.index(measure.id)
    years = cells.grid.years_with_values(row, cells.grid.at(everybody))
    if not years:
        raise no_values_error(library, measure)
    if year not in years:
        raise YearWithoutValuesError(measure=measure.id, year=year, years=format_years(years))


def format_years(years: Sequence[int]) -> str:
    """Format ascending years as briefly as possible: `2010–2014, 2016`."""
    runs = [
        [year for _, year in run]
        for _, run in groupby(enumerate(years), key=lambda numbered: numbered[1] - numbered[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def level_notes(library: Library, measure: Measure) -> tuple[Message, ...]:
    """Return notes on the breaks in a measure's level."""
    years = library.catalogue.break_years(measure.id)
    redefined = set(library.own_measures.snapshot.by_id[measure.id].break_years) if measure.is_own else set()
    breaks = [
        Message(text, years=", ".join(map(str, break_years)))
        for text, break_years in (
            (texts.NEW_DEFINITION, [year for year in years if year in redefined]),
            (texts.BREAK, [year for year in years if year not in redefined]),
        )
        if break_years
    ]
    factors = map(Factor, library.catalogue.rescaling_factors(measure.id))
    return (*breaks, *(Message(texts.RESCALED, factor=factor) for factor in factors))
