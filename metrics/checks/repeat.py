"""Exactly last year's value again: perhaps last year's column was copied.

A figure with few digits repeats by chance: a share of 71 % one year in seven or so, 71,2 % one year in seventy. So a
single repeat counts only if it is written with at least three digits; several at once count whatever they are.
"""

from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats, Integers

FEWEST_DIGITS: Final = 3
MANY: Final = 3  # so many repeats at once, and
SHARE_OF_ALL: Final = 0.5  # at least half of what could have changed: a copied column, not chance


def are_repeats(values: Floats, before: Floats, decimals: Integers) -> Booleans:
    """Which values repeat those of the year before. All three have one element per value; zero is never a repeat.

    decimals: how many the value is written with.
    """
    is_same = (values == before) & (values != 0)  # NaN equals nothing
    comparable = ~np.isnan(values) & ~np.isnan(before) & (values != 0)
    n_same, n_comparable = np.count_nonzero(is_same), np.count_nonzero(comparable)
    if n_same >= MANY and n_same >= SHARE_OF_ALL * n_comparable:
        return np.asarray(is_same, dtype=np.bool_)
    has_digits = np.abs(values) * 10.0**decimals >= 10.0 ** (FEWEST_DIGITS - 1)
    return np.asarray(is_same & has_digits, dtype=np.bool_)
