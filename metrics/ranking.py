"""Places: who comes first, who shares a place, and how sure the places are.

Ties share the better place (1, 2, 2, 4), as in Öppna jämförelser and Kolada. Whoever has no value has no place
(0 in the arrays) and is not counted.
"""

import math
from collections.abc import Sequence

import numpy as np

from domain.measure import Direction
from metrics.arrays import Booleans, Floats, Integers

Directions = Direction | Sequence[Direction]


def orient_by_direction(values: Floats, directions: Directions) -> Floats:
    """The values with the sign turned where lower is better, so that more is always the better end.

    values: (…, members); directions: one, or one a measure for values of shape (measures, members). A neutral
    measure counts from its highest value.
    """
    if isinstance(directions, Direction):
        return -values if directions is Direction.LOWER else +values
    if values.ndim != 2 or len(directions) != values.shape[0]:
        raise ValueError(f"{len(directions)} directions do not fit values of shape {values.shape}")
    sign = np.array([-1.0 if direction is Direction.LOWER else 1.0 for direction in directions])
    return np.asarray(values * sign[:, np.newaxis])


def counts_below(values: Floats, among: Floats | None = None) -> tuple[Integers, Integers, Integers]:
    """How many of those in `among` (default: the values themselves) lie below each value.

    values: (…, members); among: (…, others) with the same leading axes. NaN in `among` is not counted; the answer
    for a NaN value means nothing. Returns (how many lie below, how many lie at or below), both (…, members), and how
    many there are, (…, 1).
    """
    others = values if among is None else among
    if others.shape[:-1] != values.shape[:-1]:
        raise ValueError(f"values of shape {values.shape} cannot be placed among {others.shape}")
    n_rows = math.prod(values.shape[:-1])
    rising = np.sort(others, axis=-1).reshape(n_rows, others.shape[-1])  # NaN last
    rows = values.reshape(n_rows, values.shape[-1])
    n = np.count_nonzero(~np.isnan(others), axis=-1, keepdims=True).astype(np.int64)
    below = np.empty(rows.shape, dtype=np.int64)
    at_or_below = np.empty(rows.shape, dtype=np.int64)
    for row, n_row in enumerate(n.reshape(-1)):
        below[row] = np.searchsorted(rising[row, :n_row], rows[row], side="left")
        at_or_below[row] = np.searchsorted(rising[row, :n_row], rows[row], side="right")
    return below.reshape(values.shape), at_or_below.reshape(values.shape), n


def ranks(values: Floats, directions: Directions, among: Floats | None = None) -> Integers:
    """The place of each value from the better end, ties sharing the better place; 0 where there is no value.

    values: (…, members). With `among` (…, others), the place among those: rank eight members among all 290.
    """
    more_is_better = orient_by_direction(values, directions)
    _, at_or_below, n = counts_below(
        more_is_better, None if among is None else orient_by_direction(among, directions)
    )
    return np.where(np.isnan(values), 0, n - at_or_below + 1)


def are_tied(values: Floats) -> Booleans:
    """Whether another member has the same value. values: (…, members)."""
    below, at_or_below, _ = counts_below(values)
    return ~np.isnan(values) & (at_or_below - below > 1)


def rank_ranges(
    values: Floats, low: Floats, high: Floats, directions: Directions
) -> tuple[Integers, Integers]:
    """The best and the worst place that the intervals allow; 0 where a member has no value or no interval.

    values, low, high: (…, members). Best = 1 + how many intervals lie wholly on the better side; worst = how many
    have a value − how many intervals lie wholly on the worse side. A member without an interval could lie
    anywhere, so it never improves or worsens anybody's place for sure. The comparison of intervals is that of
    Goldstein & Spiegelhalter (1996), here with the members' own 95 % intervals, which is cautious.
    """
    one_end, other_end = orient_by_direction(low, directions), orient_by_direction(high, directions)
    unknown = np.isnan(values) | np.isnan(low) | np.isnan(high)
    worse_end = np.where(unknown, np.nan, np.minimum(one_end, other_end))
    better_end = np.where(unknown, np.nan, np.maximum(one_end, other_end))
    _, worse_ends_at_or_below, n_known = counts_below(better_end, worse_end)
    wholly_worse, _, _ = counts_below(worse_end, better_end)
    wholly_better = n_known - worse_ends_at_or_below
    n_with_value = np.count_nonzero(~np.isnan(values), axis=-1, keepdims=True)
    return np.where(unknown, 0, 1 + wholly_better), np.where(unknown, 0, n_with_value - wholly_worse)
