"""Rows from the store as arrays: measures × years × places, with the reason of every cell without a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from disclosure.genders import complementary_cells
from domain.series import Point, Series
from domain.value import NoValueReason, Status
from metrics.arrays import Booleans, Floats, Integers, Words

STATUSES: Final = (Status.NOT_REPORTED, Status.OK, Status.MISSING, Status.NOT_APPLICABLE, Status.SUPPRESSED)
_STATUS_WORDS: Final = np.array(STATUSES, dtype=object)
_REASONS: Final = pd.Index(
    [NoValueReason.MISSING.value, NoValueReason.NOT_APPLICABLE.value, NoValueReason.SUPPRESSED.value]
)
_FIRST_REASON: Final = STATUSES.index(Status.MISSING)
_OK: Final = STATUSES.index(Status.OK)


@dataclass(frozen=True, slots=True)
class Grid:
    """One gender's cells. `years` are consecutive.

    numbers: (m, y, p), NaN where there is no number. status_indexes: (m, y, p) into `STATUSES`. positions:
    where each place's code stands on the last axis.
    """

    measure_ids: tuple[str, ...]
    years: tuple[int, ...]
    positions: Mapping[str, int]
    numbers: Floats
    status_indexes: Integers

    def at(self, codes: Sequence[str]) -> Integers:
        """Where the places stand on the last axis. Every code must be in the grid."""
        return np.array([self.positions[code] for code in codes], dtype=np.int64)

    def statuses(self, compared_years: Sequence[int], places: Integers) -> Words:
        """(m, places) of `Status` in each measure's compared year."""
        year = np.asarray(compared_years) - self.years[0]
        rows = np.arange(len(self.measure_ids))
        return np.asarray(_STATUS_WORDS[self.status_indexes[rows, year][:, places]])

    @property
    def status_words(self) -> Words:
        """(m, y, p) of `Status`."""
        return np.asarray(_STATUS_WORDS[self.status_indexes])

    def years_with_values(self, measure: int, places: Integers) -> tuple[int, ...]:
        """The years in which any of the places has a number, rising."""
        has_any = ~np.isnan(self.numbers[measure][:, places]).all(axis=1)
        return tuple(year for year, has in zip(self.years, has_any.tolist(), strict=True) if has)

    def series(self, measure: int, code: str, name: str, break_years: tuple[int, ...]) -> Series:
        """One place's points, from its first row to its last; years without a row in between are not reported."""
        place = self.positions[code]
        indexes = self.status_indexes[measure, :, place]
        reported = np.flatnonzero(indexes)
        if reported.size == 0:
            return Series(code=code, name=name, points=(), break_years=break_years)
        span = slice(int(reported[0]), int(reported[-1]) + 1)
        numbers = self.numbers[measure, span, place].astype(object)
        numbers[indexes[span] != _OK] = None
        statuses = _STATUS_WORDS[indexes[span]]
        points = map(Point._make, zip(self.years[span], numbers.tolist(), statuses.tolist(), strict=True))
        return Series(code=code, name=name, points=tuple(points), break_years=break_years)


@dataclass(frozen=True, slots=True)
class ShownGrid(Grid):
    """Cells that may be shown; made in this folder alone.

    is_complementary: (m, y, p), what is suppressed only because a suppressed value would follow from it.
    """

    is_complementary: Booleans


def disclose_grids(grids: Sequence[Grid]) -> tuple[ShownGrid, ...]:
    """The grids of total, women and men without what a suppressed value would follow from; a total alone as it is."""
    if len(grids) == 1:
        return (_shown(grids[0], np.zeros(grids[0].numbers.shape, dtype=np.bool_)),)
    suppress = complementary_cells(np.stack([grid.status_words for grid in grids]))
    return tuple(_shown(grid, of_gender) for grid, of_gender in zip(grids, suppress, strict=True))


def _shown(grid: Grid, suppress: Booleans) -> ShownGrid:
    return ShownGrid(
        measure_ids=grid.measure_ids,
        years=grid.years,
        positions=grid.positions,
        numbers=np.where(suppress, np.nan, grid.numbers),
        status_indexes=np.where(suppress, STATUSES.index(Status.SUPPRESSED), grid.status_indexes),
        is_complementary=suppress,
    )


def years_of(frame: pd.DataFrame, more: Sequence[int] = ()) -> tuple[int, ...]:
    """Every year from the first to the last, of rows and `more`; one empty year, 0, where there is none at all."""
    year = np.concatenate([frame["year"].to_numpy(dtype=np.int64), np.array(more, dtype=np.int64)])
    return tuple(range(int(year.min()), int(year.max()) + 1)) if len(year) else (0,)


def as_grid(
    frame: pd.DataFrame, measure_ids: Sequence[str], codes: Sequence[str], years: tuple[int, ...]
) -> Grid:
    """The rows of one gender as a grid over these measures, places and years; other measures and places are left out.

    frame: kpi_id, municipality_id, year, value, reason.
    """
    measure = pd.Index(measure_ids).get_indexer(pd.Index(frame["kpi_id"]))
    place = pd.Index(codes).get_indexer(pd.Index(frame["municipality_id"]))
    is_asked = (measure >= 0) & (place >= 0)
    year = frame["year"].to_numpy(dtype=np.int64)
    shape = (len(measure_ids), len(years), len(codes))
    cell = (measure[is_asked], year[is_asked] - years[0], place[is_asked])
    numbers = np.full(shape, np.nan)
    numbers[cell] = frame["value"].to_numpy(dtype=np.float64)[is_asked]
    reason = _REASONS.get_indexer(pd.Index(frame["reason"].to_numpy(dtype=object)))[is_asked]
    indexes = np.zeros(shape, dtype=np.int64)
    indexes[cell] = np.where(reason < 0, _OK, reason + _FIRST_REASON)
    return Grid(tuple(measure_ids), years, {code: at for at, code in enumerate(codes)}, numbers, indexes)
