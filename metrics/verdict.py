"""Better, similar or worse than the others: only said where chance can be ruled out.

OHID Fingertips compares with a benchmark by letting the whole 95 % interval lie on one side of it. In a small group a
member is a large part of the group's mean, so the benchmark here is the unweighted mean of the *others*.
"""

from typing import Final

import numpy as np

from domain.comparison import Verdict
from domain.measure import Direction
from metrics.arrays import Floats, Words
from metrics.averages import means_of_the_others
from metrics.ranking import Directions, orient_by_direction

FEWEST_OTHERS: Final = 2  # one other municipality is a neighbour, not a mean

_NONE, _WORSE, _SIMILAR, _BETTER = range(4)
_CODES: Final = np.array([Verdict.NONE, Verdict.WORSE, Verdict.SIMILAR, Verdict.BETTER], dtype=object)


def verdicts(values: Floats, low: Floats, high: Floats, directions: Directions) -> Words:
    """The `Verdict` on each member, object array (…, members).

    values, low, high: (…, members), NaN where there is none. None without an interval, for a neutral measure, and
    with fewer than two others with a value.
    """
    mean, n_others = means_of_the_others(values)
    one_end, other_end = orient_by_direction(low, directions), orient_by_direction(high, directions)
    benchmark = orient_by_direction(mean, directions)
    verdict = np.full(values.shape, _SIMILAR)
    verdict[np.minimum(one_end, other_end) > benchmark] = _BETTER
    verdict[np.maximum(one_end, other_end) < benchmark] = _WORSE
    verdict[np.isnan(mean) | np.isnan(low) | np.isnan(high) | (n_others < FEWEST_OTHERS)] = _NONE
    if isinstance(directions, Direction):
        if directions is Direction.NEUTRAL:
            verdict[...] = _NONE
    else:
        verdict[np.array([direction is Direction.NEUTRAL for direction in directions])] = _NONE
    return np.asarray(_CODES[verdict])
