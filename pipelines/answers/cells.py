"""The cells of some measures, for every place and year, together with the denominators behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from domain.measure import Measure
from domain.place import Place
from domain.value import Gender
from domain.wording import Sentence, to_translate
from metrics.arrays import Floats
from pipelines.answers.grid import Grid, as_grid

INHABITANTS: Final = "N01951"  # the one denominator that the reference knows too
MOST_YEARS_AWAY: Final = 2  # a municipality's inhabitants change by about a percent a year

_REFERENCE_INHABITANTS: Final = to_translate(
    "Antalet invånare är inte hämtat från källan; intervallen bygger på folkmängden det närmaste år som "
    "Jämförelsebankens eget kommunregister har, högst två år bort."
)


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read. denominators: (m, y, p), NaN where none is known, `None` if no measure has a basis.

    methods: for each measure what must be said of how it was read.
    """

    grid: Grid
    denominators: Floats | None
    methods: tuple[tuple[Sentence, ...], ...]


def asked_ids(measures: Sequence[Measure]) -> list[str]:
    """The KPIs to read: the measures, and the denominators behind them."""
    denominators = (one.basis.denominator_id for one in measures if one.basis is not None)
    return list(dict.fromkeys([*(one.id for one in measures), *denominators]))


def as_cells(
    frame: pd.DataFrame, *, measures: Sequence[Measure], gender: Gender, places: Mapping[str, Place]
) -> Cells:
    """The rows of one gender, denominators among them, as cells over every place."""
    ids = asked_ids(measures)
    whole = as_grid(frame, ids, tuple(places))
    n = len(measures)
    grid = Grid(whole.measure_ids[:n], whole.years, whole.codes, whole.numbers[:n], whole.status_indexes[:n])
    if all(one.basis is None for one in measures):
        return Cells(grid, None, ((),) * n)
    denominators = np.full(grid.numbers.shape, np.nan)
    methods: list[tuple[Sentence, ...]] = []
    reference = None
    for row, measure in enumerate(measures):
        said: tuple[Sentence, ...] = ()
        if measure.basis is not None:
            denominators[row] = whole.numbers[ids.index(measure.basis.denominator_id)]
            if measure.basis.denominator_id == INHABITANTS and gender is Gender.TOTAL:
                reference = _inhabitants(grid.years, places) if reference is None else reference
                is_filled = np.isnan(denominators[row]) & ~np.isnan(reference) & ~np.isnan(grid.numbers[row])
                denominators[row][is_filled] = reference[is_filled]
                said = (Sentence(_REFERENCE_INHABITANTS),) if is_filled.any() else ()
        methods.append(said)
    return Cells(grid, denominators, tuple(methods))


def _inhabitants(years: Sequence[int], places: Mapping[str, Place]) -> Floats:
    """The reference's inhabitants in the nearest known year, (y, p); NaN where none is near enough."""
    found = np.full((len(years), len(places)), np.nan)
    for column, place in enumerate(places.values()):
        if place.population:
            known_years = np.array([year for year, _ in place.population])
            counts = np.array([count for _, count in place.population], dtype=np.float64)
            away = np.abs(np.asarray(years)[:, np.newaxis] - known_years[np.newaxis, :])
            nearest = away.argmin(axis=1)
            is_near = away.min(axis=1) <= MOST_YEARS_AWAY
            found[is_near, column] = counts[nearest[is_near]]
    return found
