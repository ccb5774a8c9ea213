"""Hides what would give a suppressed value away: of women, men and total, two shown tell the third.

Complementary (secondary) suppression, as in the Handbook on Statistical Disclosure Control (Hundepool et al. 2010,
chapter 4). The total is the women's and the men's figures weighted by their numbers, which anybody can look up. So
where the women or the men are suppressed and the total is shown, the other sex is hidden too; where the total is
suppressed, women and men are both hidden, since fewer people stand behind each of them.

The guard works on one place and year at a time and must come before everything computed from the values: means, places,
gaps and sums over members then never count a hidden value, so they cannot give one away either.
"""

from typing import Final

import numpy as np

from domain.value import Gender, Status
from metrics.arrays import Booleans, Floats, Words

GENDERS: Final = (Gender.TOTAL, Gender.WOMEN, Gender.MEN)  # the order of the first axis
_TOTAL, _WOMEN, _MEN = range(3)


def cells_to_hide(statuses: Words) -> Booleans:
    """Which shown values must be hidden. statuses: (3, …) of `Status`, total, women, men → (3, …)."""
    if statuses.shape[0] != len(GENDERS):
        raise ValueError(f"statuses must begin with an axis of total, women and men, not {statuses.shape}")
    is_shown = np.asarray(statuses == Status.OK, dtype=np.bool_)
    is_suppressed = np.asarray(statuses == Status.SUPPRESSED, dtype=np.bool_)
    total_is_alone = is_suppressed[_TOTAL] & is_shown[_WOMEN] & is_shown[_MEN]
    hide = np.zeros(is_shown.shape, dtype=np.bool_)
    hide[_WOMEN] = (is_suppressed[_MEN] & is_shown[_TOTAL] & is_shown[_WOMEN]) | total_is_alone
    hide[_MEN] = (is_suppressed[_WOMEN] & is_shown[_TOTAL] & is_shown[_MEN]) | total_is_alone
    return hide


def guarded(values: Floats, statuses: Words) -> tuple[Floats, Words]:
    """Copies of values and statuses, (3, …) each, in which what must be hidden is NaN and suppressed."""
    hide = cells_to_hide(statuses)
    hidden = statuses.copy()
    hidden[hide] = Status.SUPPRESSED
    return np.where(hide, np.nan, values), hidden
