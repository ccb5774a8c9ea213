"""A change against a handful of earlier changes: how many robust standard deviations it lies from their median.

Median and median absolute deviation, as in B. Iglewicz and D. Hoaglin, "How to detect and handle outliers" (1993), who draw the
line at 3.5. That line is for many values. With few the deviation itself is uncertain, so it is drawn farther
out: where one in twenty normal series would be called odd by chance.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats, Integers
from metrics.checks.order_statistics import count_values, median, median_deviation

FEWEST_CHANGES: Final = 4  # of three, the median absolute deviation is the distance to the nearest
LEAST_SCALE: Final = (
    0.02  # of log change: a series that stood still for years may still move by some per cent
)

# Percentiles of |value − median| / (1.4826 · MAD) of one more value of a normal series with so many earlier ones, by
# 200 000 simulated series each; never under Iglewicz and Hoaglin's 3.5.
_COUNTS: Final = (4, 5, 6, 7, 8, 9, 10, 15)
ONE_IN_TWENTY: Final = (6.5, 6.0, 4.2, 4.0, 3.5, 3.5, 3.5, 3.5)
ONE_IN_FIFTY: Final = (10.9, 10.0, 6.1, 5.9, 4.7, 4.6, 4.1, 3.5)


@dataclass(frozen=True)
class ChangeAmongFew:
    """One element per change. low, high: between which it would not have stood out, NaN where too few are known."""

    low: Floats
    high: Floats
    n_changes: Integers
    stands_out: Booleans


def change_among_few(
    earlier: Floats,
    change: Floats,
    *,
    least_scale: Floats | float = LEAST_SCALE,
    rounding: Floats | float = 0.0,
) -> ChangeAmongFew:
    """Each change against the earlier ones of its row. earlier: (rows, n) with NaN for holes; change: (rows,).

    least_scale: what the standard deviation is at least, for example what chance alone makes of small numbers.
    rounding: how far the change may be moved by how its values were rounded.
    """
    n_changes = count_values(earlier)
    middle = median(earlier)
    scale = np.maximum(median_deviation(earlier, middle), least_scale)
    reach = limit_of(n_changes, ONE_IN_TWENTY) * scale + rounding
    is_known = n_changes >= FEWEST_CHANGES
    low = np.where(is_known, middle - reach, np.nan)
    high = np.where(is_known, middle + reach, np.nan)
    outside = (change < low) | (change > high)  # never where a bound is NaN
    return ChangeAmongFew(
        low=low, high=high, n_changes=n_changes, stands_out=np.asarray(outside, dtype=np.bool_)
    )


def limit_of(count: Integers, limits: tuple[float, ...]) -> Floats:
    """How many robust standard deviations off one of so many must be to stand out, by one of the two rows of limits."""
    return np.asarray(np.interp(count, _COUNTS, limits), dtype=np.float64)


def log_changes(before: Floats, now: Floats) -> Floats:
    """log(now / before), NaN where either is not above zero or not known."""
    has_both = (before > 0) & (now > 0)
    ratios = np.divide(now, before, out=np.full(np.broadcast(before, now).shape, np.nan), where=has_both)
    return np.asarray(np.log(ratios), dtype=np.float64)
