"""The cells of some measures, for every place and year, together with the denominators behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from answers.measure_formulas import REPORTED_BESIDE, ComputedCells, MeasureFormulas
from answers.reported import NOTHING_REPORTED, Explanations, Reported
from data.store.guarded import GuardedValues
from disclosure.genders import GENDERS
from disclosure.grid import STATUSES, Grid, ShownGrid, disclose_grids
from disclosure.values import disclose_values
from domain.measure import Measure
from domain.message import Message
from domain.network_measure import NetworkMeasure
from domain.place import Place
from domain.series import Series
from domain.value import Gender, Status
from language import comparison_texts as texts
from metrics.arrays import Floats

INHABITANTS: Final = "N01951"  # the one denominator that the reference knows too
MOST_YEARS_AWAY: Final = 2  # a municipality's inhabitants change by about a percent a year


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read. denominators: (m, y, p), NaN where none is known, `None` if no measure has any.

    methods: for each measure what must be said of how it was read. explanations: for each measure, by year and code,
    what those who reported have written of single values.
    """

    grid: ShownGrid
    denominators: Floats | None
    methods: tuple[tuple[Message, ...], ...]
    explanations: tuple[Explanations, ...] = ()

    def explanation(self, row: int, year: int, code: str) -> str:
        """Return the explanation of one value of the measure in this row, or an empty string."""
        return self.explanations[row].get((year, code), "") if self.explanations else ""

    def series(self, row: int, code: str, name: str, break_years: tuple[int, ...]) -> Series:
        """Return a place's points with their explanations."""
        series = self.grid.series(row, code, name, break_years)
        by_place_and_year = self.explanations[row] if self.explanations else {}
        of_place = tuple(
            sorted((year, text) for (year, place), text in by_place_and_year.items() if place == code)
        )
        return replace(series, explanations=of_place) if of_place else series


def as_cells(
    guarded: GuardedValues,
    *,
    measures: Sequence[Measure],
    kpi_ids: Sequence[str],
    gender: Gender,
    places: Mapping[str, Place],
    formulas: MeasureFormulas,
    own: Callable[[str], NetworkMeasure],
    reported: Callable[[], Reported] = lambda: NOTHING_REPORTED,
) -> Cells:
    """The cells of one gender that may be shown, denominators among them, over every place.

    For women or men the rows of all three are needed, so that a suppressed one does not follow from the others. kpi_ids:
    what the measures are made of. Own measures are computed from what may be shown, and disclosed again, since too small
    a basis suppresses more. reported: how to get at what members report, for measures that are made of it.
    """
    variables = [
        variable
        for measure in measures
        if measure.is_own
        for variable in formulas.reported_variables(own(measure.id))
    ]
    told_by_members = reported() if variables else NOTHING_REPORTED
    genders = (gender,) if gender is Gender.TOTAL else GENDERS
    kpis = disclose_values(
        guarded,
        kpi_ids=kpi_ids,
        codes=tuple(places),
        gender=gender,
        more_years=told_by_members.years(variables),
    )
    years = kpis[0].years
    reference = _inhabitants(years, places) if gender is Gender.TOTAL and INHABITANTS in kpi_ids else None
    filled = _with_inhabitants(kpis[0], reference) if reference is not None else kpis[0]
    worked = [
        {
            measure.id: formulas.compute(own(measure.id), grid, told_by_members, of_gender)
            for measure in measures
            if measure.is_own
        }
        for grid, of_gender in zip((filled, *kpis[1:]), genders, strict=True)
    ]
    composed = [_compose_rows(grid, measures, values) for grid, values in zip(kpis, worked, strict=True)]
    at = genders.index(gender)
    grid, denominators_of = disclose_grids(composed)[at], dict(zip(kpi_ids, kpis[at].numbers, strict=True))
    is_complementary = grid.is_complementary.copy()
    for row, measure in enumerate(measures):
        if not measure.is_own:
            is_complementary[row] |= kpis[at].is_complementary[list(kpi_ids).index(measure.id)]
    denominators = np.full(grid.numbers.shape, np.nan)
    methods: list[tuple[Message, ...]] = []
    for row, measure in enumerate(measures):
        messages: tuple[Message, ...] = (Message(texts.COMPLEMENTARY),) if is_complementary[row].any() else ()
        if measure.is_own:
            denominators[row] = worked[at][measure.id].weights
            is_reckoned = filled is not kpis[0] and INHABITANTS in formulas.input_kpi_ids(own(measure.id))
            messages += (Message(texts.RECKONED_ON_REFERENCE),) if is_reckoned else ()
        if measure.basis is not None and measure.basis.denominator_id != REPORTED_BESIDE:
            denominators[row] = denominators_of[measure.basis.denominator_id]
            if measure.basis.denominator_id == INHABITANTS and reference is not None:
                is_filled = np.isnan(denominators[row]) & ~np.isnan(reference) & ~np.isnan(grid.numbers[row])
                denominators[row][is_filled] = reference[is_filled]
                messages += (Message(texts.REFERENCE_INHABITANTS),) if is_filled.any() else ()
        methods.append(messages)
    has_any = any(measure.basis is not None or measure.is_own for measure in measures)
    explanations = tuple(
        formulas.explanations(own(measure.id), gender, told_by_members)
        if measure.is_own and variables
        else {}
        for measure in measures
    )
    return Cells(grid, denominators if has_any else None, tuple(methods), explanations)


def _with_inhabitants(kpis: ShownGrid, reference: Floats) -> ShownGrid:
    """Return the grid with the reference's inhabitants where the source's are missing, or the same grid."""
    row = kpis.measure_ids.index(INHABITANTS)
    lacks = np.isnan(kpis.numbers[row]) & ~np.isnan(reference)
    if not lacks.any():
        return kpis
    numbers, indexes = kpis.numbers.copy(), kpis.status_indexes.copy()
    numbers[row][lacks] = reference[lacks]
    indexes[row][lacks] = STATUSES.index(Status.OK)
    return replace(kpis, numbers=numbers, status_indexes=indexes)


def _compose_rows(kpis: ShownGrid, measures: Sequence[Measure], worked: Mapping[str, ComputedCells]) -> Grid:
    """Return the rows of the requested measures: KPIs as they were read, own ones as computed."""
    rows = {measure_id: row for row, measure_id in enumerate(kpis.measure_ids)}
    shape = (len(measures), *kpis.numbers.shape[1:])
    numbers, indexes = np.empty(shape), np.empty(shape, dtype=np.int64)
    for row, measure in enumerate(measures):
        if measure.is_own:
            numbers[row], indexes[row] = worked[measure.id].cells.numbers, worked[measure.id].statuses()
        else:
            numbers[row], indexes[row] = (
                kpis.numbers[rows[measure.id]],
                kpis.status_indexes[rows[measure.id]],
            )
    return Grid(tuple(measure.id for measure in measures), kpis.years, kpis.positions, numbers, indexes)


def _inhabitants(years: Sequence[int], places: Mapping[str, Place]) -> Floats:
    """Return the reference's inhabitants in the nearest known year, (y, p); NaN where none is near enough."""
    values = np.full((len(years), len(places)), np.nan)
    for column, place in enumerate(places.values()):
        if place.population:
            known_years = np.array([year for year, _ in place.population])
            counts = np.array([count for _, count in place.population], dtype=np.float64)
            away = np.abs(np.asarray(years)[:, np.newaxis] - known_years[np.newaxis, :])
            nearest = away.argmin(axis=1)
            is_near = away.min(axis=1) <= MOST_YEARS_AWAY
            values[is_near, column] = counts[nearest[is_near]]
    return values
