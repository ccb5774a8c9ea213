"""Doubt: is the line before the start certain enough for the gap to it to mean anything?"""

from typing import Final

import numpy as np
from scipy.stats import t

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.effects.interrupted_time_series import Interrupted

CONFIDENCE: Final = 0.95


def check_interval(line: Interrupted, n_before: int, decimals: int) -> tuple[Check, ...]:
    """Passed where the 95 % interval does not hold zero; the segments and what the design cannot see only inform."""
    margin = float(t.ppf((1 + CONFIDENCE) / 2, n_before - 2)) * line.standard_error
    low, high = line.estimate - margin, line.estimate + margin
    reasons = [
        Check(
            "interval",
            low > 0 or high < 0,
            Reason(CheckResult.INTERVAL, low=Number(low, decimals), high=Number(high, decimals)),
            {"low": low, "high": high},
        ),
        Check("nobody_compared", None, Reason(CheckResult.NOBODY_COMPARED)),
    ]
    if np.isfinite(line.level_change):
        reasons.append(
            Check(
                "segments",
                None,
                Reason(
                    CheckResult.SEGMENTS,
                    level=Number(line.level_change, decimals),
                    slope=Number(line.slope_change, decimals),
                ),
                {
                    "level_change": line.level_change,
                    "level_change_error": line.level_change_error,
                    "slope_change": line.slope_change,
                    "slope_change_error": line.slope_change_error,
                },
            )
        )
    return tuple(reasons)
