"""Doubt: did the treated leave its comparison more than the others left theirs, seen to how well each fitted before?

The ratio of the error after to the error before (Abadie, Diamond and Hainmueller 2010, section 3.4) is fair to units that
are hard to fit; the plain estimate is not.
"""

from typing import Final

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.effects.panel import Estimates
from metrics.effects.study import CONVINCING, error_ratios, n_as_extreme, p_value

FITTED_BY_CHANCE: Final = 1 / 3  # of the usual change; honest noise leaves 0.7 of it


def check_error_ratio(treated: Estimates, placebo_estimates: Estimates, usual_change: float) -> Check:
    """Passed where p ≤ 0.1. Only informs where the donors are too few for that, or where they fitted closer than noise allows."""
    (ratio,), placebos = error_ratios(treated, usual_change), error_ratios(placebo_estimates, usual_change)
    p = p_value(ratio, placebos)
    reason = Reason(
        CheckResult.ERROR_RATIO,
        ratio=Number(ratio, 1),
        n_extreme=n_as_extreme(ratio, placebos),
        n=placebos.size,
        p=Number(p, 3),
    )
    by_chance = float(np.median(placebo_estimates.pre_rmspe)) < FITTED_BY_CHANCE * usual_change
    is_judged = not by_chance and 1 / (1 + placebos.size) <= CONVINCING
    return Check(
        "error_ratio",
        p <= CONVINCING if is_judged else None,
        Reason(CheckResult.FITTED_BY_CHANCE, said=reason) if by_chance else reason,
        {"p_value": p, "ratio": float(ratio), "median_ratio": float(np.median(placebos))},
    )
