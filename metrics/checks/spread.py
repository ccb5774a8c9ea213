"""A value far outside those of the others, by their median and median absolute deviation.

As `robust_change`, over places rather than years: Iglewicz and Hoaglin (1993), with a line drawn farther out where few
others are known, at one normal value in fifty: places differ for good reasons more often than a year differs from another.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats, Integers
from metrics.checks.order_statistics import count_values, median, median_deviation
from metrics.checks.robust_change import ONE_IN_FIFTY, limit_of

FEWEST_OTHERS: Final = 5  # the smallest network has six members


@dataclass(frozen=True)
class AmongOthers:
    """One element per value. low, high: between which it would not have stood out, NaN where too few others are known."""

    low: Floats
    high: Floats
    middle: Floats
    n_others: Integers
    stands_out: Booleans


def outside_spread(values: Floats, others: Floats, *, rounding: float = 0.0) -> AmongOthers:
    """Each value against the others of its row. values: (n,); others: (n, places) without the value's own, NaN for holes.

    Others that are all alike have no spread, so nothing is outside it.
    """
    n_others = count_values(others)
    middle = median(others)
    scale = median_deviation(others, middle)
    reach = np.where(scale > 0, limit_of(n_others, ONE_IN_FIFTY) * scale + rounding, np.nan)
    is_known = n_others >= FEWEST_OTHERS
    low, high = (np.where(is_known, middle + side * reach, np.nan) for side in (-1, 1))
    outside = (values < low) | (values > high)
    return AmongOthers(low, high, middle, n_others, np.asarray(outside, dtype=np.bool_))
