"""A minus where there never was one, or a zero where there never was one: two slips that hide as ordinary numbers."""

from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats
from metrics.checks.order_statistics import count_values, median

FEWEST_EARLIER: Final = 2  # one earlier value says nothing of which signs are usual
SMALLEST_USUAL_COUNT: Final = 10  # a count that is usually smaller may well become zero


def has_changed_sign(values: Floats, earlier: Floats) -> Booleans:
    """Which values have a sign that none of the earlier ones has. values: (n,); earlier: (n, years) with NaN for holes."""
    has_enough = count_values(np.where(earlier == 0, np.nan, earlier)) >= FEWEST_EARLIER
    other_sign = np.all(~(np.sign(earlier) == np.sign(values)[:, np.newaxis]), axis=1)
    return np.asarray(has_enough & other_sign & (values != 0) & ~np.isnan(values), dtype=np.bool_)


def has_become_zero(values: Floats, earlier: Floats, *, are_counts: bool) -> Booleans:
    """Which values are zero though none of the earlier ones is: perhaps zero was written for a missing value.

    are_counts: whole numbers, which become zero by chance where they are small.
    """
    has_enough = (count_values(earlier) >= FEWEST_EARLIER) & ~np.any(earlier == 0, axis=1)
    if are_counts:
        has_enough &= np.abs(median(earlier)) >= SMALLEST_USUAL_COUNT
    return np.asarray(has_enough & (values == 0), dtype=np.bool_)
