"""Two measures against each other: how closely they go together and in which field each member lies."""

from typing import Final

import numpy as np

from domain.measure import Direction
from domain.relation import Relation, Side
from metrics.arrays import Floats
from metrics.averages import quantile
from metrics.ranking import counts_below

FEWEST_MEMBERS: Final = (
    6  # the smallest network; with five points even chance often looks like a strong relation
)


def rank_correlation(
    first: Floats, second: Floats, first_direction: Direction, second_direction: Direction
) -> Relation:
    """Spearman's (1904) and Pearson's correlation and the side of the median on which each member lies.

    first, second: (members,). Only members with both values count, also in the medians; the others have no side.
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"two rows of the same members are needed, not {first.shape} and {second.shape}")
    has_both = ~np.isnan(first) & ~np.isnan(second)
    x, y = first[has_both], second[has_both]
    first_median, second_median = float(quantile(x, 0.5)), float(quantile(y, 0.5))
    return Relation(
        n=len(x),
        spearman=_correlation(_mean_ranks(x), _mean_ranks(y)),
        pearson=_correlation(x, y),
        first_median=None if np.isnan(first_median) else first_median,
        second_median=None if np.isnan(second_median) else second_median,
        first_sides=_sides(np.where(has_both, first, np.nan), first_median, first_direction),
        second_sides=_sides(np.where(has_both, second, np.nan), second_median, second_direction),
    )


def _correlation(x: Floats, y: Floats) -> float | None:
    """Pearson's r; of ranks it is Spearman's rho, ties sharing the mean rank."""
    if len(x) < FEWEST_MEMBERS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    from_x, from_y = x - x.mean(), y - y.mean()
    r = (from_x @ from_y) / np.sqrt((from_x @ from_x) * (from_y @ from_y))
    return float(np.clip(r, -1.0, 1.0))


def _mean_ranks(values: Floats) -> Floats:
    """Ranks from the lowest, ties sharing the mean of their places."""
    below, at_or_below, _ = counts_below(values)
    return (below + at_or_below + 1) / 2


def _sides(values: Floats, median: float, direction: Direction) -> tuple[Side, ...]:
    above, below = {
        Direction.HIGHER: (Side.BETTER, Side.WORSE),
        Direction.LOWER: (Side.WORSE, Side.BETTER),
        Direction.NEUTRAL: (Side.HIGHER, Side.LOWER),
    }[direction]
    return tuple(
        Side.NONE
        if np.isnan(value)
        else above
        if value > median
        else below
        if value < median
        else Side.AT_MEDIAN
        for value in values
    )
