"""Women minus men, beside what each of them is: a gap says little without the level."""

from dataclasses import dataclass

import numpy as np

from metrics.arrays import Floats


@dataclass(frozen=True, slots=True)
class GenderGap:
    """Each of the shape that went in, in the unit of the measure; NaN in all three where either is missing."""

    women: Floats
    men: Floats
    gap: Floats  # women − men: positive where the women's figure is higher


def gender_gap(women: Floats, men: Floats) -> GenderGap:
    """The gap where both have a value. women, men: the same shape, as `disclosure` lets them be shown."""
    if women.shape != men.shape:
        raise ValueError(f"women of shape {women.shape} do not pair with men of shape {men.shape}")
    gap = women - men
    is_missing = np.isnan(gap)
    return GenderGap(
        women=np.where(is_missing, np.nan, women), men=np.where(is_missing, np.nan, men), gap=gap
    )
