"""Doubt: were the treated already moving away from the others before the start?"""

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Floats
from metrics.effects.study import CONVINCING, p_value


def check_trend_before(
    gaps_before: Floats, placebo_gaps_before: Floats, times: Floats, decimals: int
) -> Check:
    """gaps_before: (times,). placebo_gaps_before: (placebos, times). Passed where the slope is nothing out of the ordinary."""
    slope = float(slopes(gaps_before[np.newaxis], times)[0])
    p = p_value(slope, slopes(placebo_gaps_before, times))
    return Check(
        "trend_before",
        p > CONVINCING,
        Reason(CheckResult.TREND_BEFORE, slope=Number(slope, decimals + 1), p=Number(p, 3)),
        {"slope": slope, "p_value": p},
    )


def slopes(rows: Floats, times: Floats) -> Floats:
    """(rows,): the least squares change of each row (rows, times) for one step of time."""
    centred = times - times.mean()
    return np.asarray(rows @ centred / (centred @ centred))
