"""Doubt: is the line before the start certain enough for the gap to it to mean anything?"""

from typing import Final

import numpy as np
from scipy.stats import t

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.effects.interrupted_time_series import Interrupted

CONFIDENCE: Final = 0.95


def checks(found: Interrupted, n_before: int, decimals: int) -> tuple[Check, ...]:
    """Passed where the 95 % interval does not hold zero; the segments and what the design cannot see only inform."""
    margin = float(t.ppf((1 + CONFIDENCE) / 2, n_before - 2)) * found.standard_error
    low, high = found.estimate - margin, found.estimate + margin
    reasons = [
        Check(
            "interval",
            low > 0 or high < 0,
            Reason(CheckResult.INTERVAL, low=Number(low, decimals), high=Number(high, decimals)),
            {"low": low, "high": high},
        ),
        Check("nobody_compared", None, Reason(CheckResult.NOBODY_COMPARED)),
    ]
    if np.isfinite(found.level_change):
        reasons.append(
            Check(
                "segments",
                None,
                Reason(
                    CheckResult.SEGMENTS,
                    level=Number(found.level_change, decimals),
                    slope=Number(found.slope_change, decimals),
                ),
                {
                    "level_change": found.level_change,
                    "level_change_error": found.level_change_error,
                    "slope_change": found.slope_change,
                    "slope_change_error": found.slope_change_error,
                },
            )
        )
    return tuple(reasons)
