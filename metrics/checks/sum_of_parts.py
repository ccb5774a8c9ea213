"""Women and men against the total: a number of persons or things is their sum, a share or a mean lies between them."""

from enum import IntEnum

import numpy as np

from metrics.arrays import Booleans, Floats, Integers


class Parts(IntEnum):
    """How a total relates to its parts."""

    SUM = 0  # whole counts
    BETWEEN = 1  # shares, rates, means: weighed together
    EITHER = 2  # an amount that may be a sum or a mean, for example of kronor or of full-time posts


def parts_agree(total: Floats, women: Floats, men: Floats, *, kind: Integers, rounding: Floats) -> Booleans:
    """Which totals agree with their parts; True where any of the three is missing. All have one element per total.

    kind: of `Parts`. rounding: half of the last decimal of the values.
    """
    is_missing = np.isnan(total) | np.isnan(women) | np.isnan(men)
    is_sum = np.abs(total - (women + men)) <= 3 * rounding + _exact(total)  # each of the three is rounded
    slack = 2 * rounding + _exact(total)
    is_between = (total >= np.fmin(women, men) - slack) & (total <= np.fmax(women, men) + slack)
    agree = np.where(
        kind == Parts.SUM, is_sum, np.where(kind == Parts.BETWEEN, is_between, is_sum | is_between)
    )
    return np.asarray(is_missing | agree, dtype=np.bool_)


def _exact(values: Floats) -> Floats:
    """What binary numbers cannot hold."""
    return np.asarray(1e-9 * np.maximum(np.abs(values), 1), dtype=np.float64)
