"""How much a value has changed, never across a break.

A break year is the first year of a new level or definition: a change that ends in or after it must begin in or
after it as well.
"""

from collections.abc import Sequence

import numpy as np

from domain.measure import Direction
from metrics.arrays import Booleans, Floats, Integers

BreakYears = Sequence[Sequence[int]]


def changes_since_last_year(
    values: Floats, years: Sequence[int], compared_years: Sequence[int], break_years: BreakYears
) -> Floats:
    """Value − last year's value, in the unit of the value; NaN where either is missing or the level broke between.

    values: (measures, years, members), years rising; one compared year and its break years per measure.
    Returns (measures, members).
    """
    at = _in_year(years, [year - 1 for year in compared_years])
    earlier = _pick(values, at & _on_the_same_level(years, compared_years, break_years))
    return values_in(values, years, compared_years) - earlier


def changes_over_series(
    values: Floats, years: Sequence[int], compared_years: Sequence[int], break_years: BreakYears
) -> tuple[Floats, Integers]:
    """Value − the first value on the same level, and the year of that first value (0 where there is none).

    Shapes as in `changes_since_last_year`. Holes are passed over, breaks are not.
    """
    usable = _on_the_same_level(years, compared_years, break_years)[:, :, np.newaxis] & ~np.isnan(values)
    first = np.argmax(usable, axis=1)
    earliest = np.take_along_axis(values, first[:, np.newaxis, :], axis=1)[:, 0, :]
    change = np.where(usable.any(axis=1), values_in(values, years, compared_years) - earliest, np.nan)
    return change, np.where(np.isnan(change), 0, np.asarray(years)[first])


def values_in(values: Floats, years: Sequence[int], compared_years: Sequence[int]) -> Floats:
    """Each measure's values in its own compared year. (measures, years, members) → (measures, members)."""
    return _pick(values, _in_year(years, compared_years))


def largest_improvers(changes: Floats, direction: Direction, most: int = 3) -> list[int]:
    """The positions of the members that improved most in the direction, best first; ties in the given order.

    changes: (members,). Nobody improves in a neutral measure, and nobody who stood still or fell is an improver.
    """
    if direction is Direction.NEUTRAL:
        return []
    gain = changes if direction is Direction.HIGHER else -changes
    order = np.argsort(-gain, kind="stable")  # NaN last
    return [int(position) for position in order[:most] if gain[position] > 0]


def _on_the_same_level(
    years: Sequence[int], compared_years: Sequence[int], break_years: BreakYears
) -> Booleans:
    """Which earlier years each measure may be compared with. (measures, years)."""
    first = [
        max((year for year in breaks if year <= compared), default=-1)
        for compared, breaks in zip(compared_years, break_years, strict=True)
    ]
    all_years = np.asarray(years)[np.newaxis, :]
    compared = np.asarray(compared_years)[:, np.newaxis]
    return (all_years >= np.asarray(first)[:, np.newaxis]) & (all_years < compared)


def _in_year(years: Sequence[int], measure_years: Sequence[int]) -> Booleans:
    """Which of the years is the year of each measure. (measures, years)."""
    is_chosen: Booleans = np.asarray(years)[np.newaxis, :] == np.asarray(measure_years)[:, np.newaxis]
    return is_chosen


def _pick(values: Floats, at: Booleans) -> Floats:
    """The values of the one year that `at` (measures, years) marks for each measure; NaN where it marks none."""
    picked = np.take_along_axis(values, np.argmax(at, axis=1)[:, np.newaxis, np.newaxis], axis=1)[:, 0, :]
    is_there = np.any(at, axis=1, keepdims=True)
    return np.where(is_there, picked, np.nan)
