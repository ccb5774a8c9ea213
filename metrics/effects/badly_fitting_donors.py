"""Doubt: does the answer rest on placebos that never fitted?

A placebo that fits badly before the start is far from zero after it for that reason alone. They are dropped, and the p is taken
among the rest (Abadie, Diamond and Hainmueller 2010, figures 5–7).
"""

from typing import Final

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Floats
from metrics.effects.study import CONVINCING, p_value

BADLY_FITTING: Final = 2.0  # times the error of the treated before the start


def check_without_badly_fitting_donors(
    estimate: float, pre_rmspe: float, placebos: Floats, placebo_pre_rmspe: Floats
) -> Check:
    """placebos, placebo_pre_rmspe: (placebos,). Passed where p ≤ 0.1 among those that fit; informs where they are too few."""
    fits = placebo_pre_rmspe <= BADLY_FITTING * pre_rmspe
    n = int(fits.sum())
    p = p_value(estimate, placebos[fits])
    values = {"p_value": p, "dropped": float(fits.size - n)}
    if 1 / (1 + n) > CONVINCING:
        return Check("badly_fitting_donors", None, Reason(CheckResult.TOO_FEW_FIT, n=n), values)
    reason = Reason(CheckResult.WITHOUT_BADLY_FITTING, n_dropped=int(np.sum(~fits)), p=Number(p, 3), n=n)
    return Check("badly_fitting_donors", p <= CONVINCING, reason, values)
