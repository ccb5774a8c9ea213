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
from metrics.arrays import Booleans, Floats
from metrics.suppression import GENDERS, cells_to_hide
from pipelines.answers.grid import Grid, as_grid, years_of

INHABITANTS: Final = "N01951"  # the one denominator that the reference knows too
MOST_YEARS_AWAY: Final = 2  # a municipality's inhabitants change by about a percent a year

_HIDDEN: Final = to_translate(
    "Där kvinnors, mäns eller det totala värdet inte får visas döljs också det som det skulle kunna räknas ut ur."
)
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
    """The rows of one gender, denominators among them, as cells over every place.

    For women or men the rows of all three are needed, so that none of them gives a suppressed one away.
    """
    ids = asked_ids(measures)
    whole, is_hidden = _guarded(frame, ids, tuple(places), gender)
    n = len(measures)
    grid = Grid(
        whole.measure_ids[:n], whole.years, whole.positions, whole.numbers[:n], whole.status_indexes[:n]
    )
    hidden_said = [(Sentence(_HIDDEN),) if is_hidden[row].any() else () for row in range(n)]
    if all(one.basis is None for one in measures):
        return Cells(grid, None, tuple(hidden_said))
    denominators = np.full(grid.numbers.shape, np.nan)
    methods: list[tuple[Sentence, ...]] = []
    reference = None
    for row, measure in enumerate(measures):
        said: tuple[Sentence, ...] = hidden_said[row]
        if measure.basis is not None:
            denominators[row] = whole.numbers[ids.index(measure.basis.denominator_id)]
            if measure.basis.denominator_id == INHABITANTS and gender is Gender.TOTAL:
                reference = _inhabitants(grid.years, places) if reference is None else reference
                is_filled = np.isnan(denominators[row]) & ~np.isnan(reference) & ~np.isnan(grid.numbers[row])
                denominators[row][is_filled] = reference[is_filled]
                said += (Sentence(_REFERENCE_INHABITANTS),) if is_filled.any() else ()
        methods.append(said)
    return Cells(grid, denominators, tuple(methods))


def hidden_cells(
    frame: pd.DataFrame, measure_id: str, gender: Gender, *, places: Mapping[str, Place]
) -> frozenset[tuple[str, int]]:
    """The (code, year) of one measure's cells that are published but hidden. frame: the rows of all three genders."""
    codes = tuple(places)
    grid, hide = _guarded(frame, [measure_id], codes, gender)
    return frozenset((codes[place], grid.years[year]) for _, year, place in np.argwhere(hide).tolist())


def _guarded(
    frame: pd.DataFrame, ids: Sequence[str], codes: tuple[str, ...], gender: Gender
) -> tuple[Grid, Booleans]:
    """The grid of the asked gender, and which of its numbers are hidden to protect another gender's."""
    years = years_of(frame)
    if gender is Gender.TOTAL:
        grid = as_grid(frame, ids, codes, years)
        return grid, np.zeros(grid.numbers.shape, dtype=np.bool_)
    grids = [as_grid(frame[frame["gender"] == one], ids, codes, years) for one in GENDERS]
    hide = cells_to_hide(np.stack([one.status_words for one in grids]))[GENDERS.index(gender)]
    asked = grids[GENDERS.index(gender)]
    return asked.without(hide), hide


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
