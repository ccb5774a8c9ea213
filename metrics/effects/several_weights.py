"""Doubt: is there only one mixture that fits?

A treated unit outside what donors can be mixed to has one nearest mixture. One that they can be mixed to exactly, which is easy
with more donors than times before the start, has many, and what they show afterwards differs.
"""

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Reason
from metrics.effects.study import SMALLEST_ERROR


def check_unique_weights(
    n_donors: int, n_before: int, pre_rmspe: float, usual_change: float
) -> tuple[Check, ...]:
    """Report that several mixtures fit, if the fit is perfect; it only informs."""
    if pre_rmspe > SMALLEST_ERROR * usual_change or n_donors <= n_before:
        return ()
    reason = Reason(CheckResult.SEVERAL_WEIGHTS, n_donors=n_donors, n_before=n_before)
    values = {"donors": float(n_donors), "times_before": float(n_before)}
    return (Check("several_weights", None, reason, values),)
