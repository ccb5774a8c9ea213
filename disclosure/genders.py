"""Of women, men and total, two shown tell the third: what must be suppressed beside a suppressed value.

Complementary (secondary) suppression, as in the Handbook on Statistical Disclosure Control (Hundepool et al. 2010,
chapter 4). The total is the women's and the men's figures weighted by their numbers, which anybody can look up. So
where the women or the men are suppressed and the total is shown, the other sex is suppressed too; where the total is
suppressed, women and men both are, since fewer people stand behind each of them.

The rule works on one place and year at a time and must come before everything computed from the values: means, ranks,
gaps and sums over members then never count a suppressed value, so they cannot tell one either.
"""

from typing import Final

import numpy as np

from domain.value import Gender, Status
from metrics.arrays import Booleans, Words

GENDERS: Final = (Gender.TOTAL, Gender.WOMEN, Gender.MEN)  # the order of the first axis
_TOTAL, _WOMEN, _MEN = range(3)


def complementary_cells(statuses: Words) -> Booleans:
    """Which shown values must be suppressed too. statuses: (3, …) of `Status`, total, women, men → (3, …)."""
    if statuses.shape[0] != len(GENDERS):
        raise ValueError(f"statuses must begin with an axis of total, women and men, not {statuses.shape}")
    is_shown = np.asarray(statuses == Status.OK, dtype=np.bool_)
    is_suppressed = np.asarray(statuses == Status.SUPPRESSED, dtype=np.bool_)
    total_is_alone = is_suppressed[_TOTAL] & is_shown[_WOMEN] & is_shown[_MEN]
    suppress = np.zeros(is_shown.shape, dtype=np.bool_)
    suppress[_WOMEN] = (is_suppressed[_MEN] & is_shown[_TOTAL] & is_shown[_WOMEN]) | total_is_alone
    suppress[_MEN] = (is_suppressed[_WOMEN] & is_shown[_TOTAL] & is_shown[_MEN]) | total_is_alone
    return suppress
