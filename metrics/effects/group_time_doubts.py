"""The checks of the other designs, for places that began in different years."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Integers
from metrics.effects import leave_one_donor_out, placebo_in_time
from metrics.effects.group_time import Cohorts, group_time_effects, placebo_estimates
from metrics.effects.refusal import FEWEST_BEFORE


def check_each_donor_left_out_of_groups(
    cohorts: Cohorts, estimate: float, donors: Sequence[str], decimals: int
) -> Check:
    """Check the estimate with each donor left out in turn, since all weigh alike."""
    without = [
        _estimate(replace(cohorts, donors=np.delete(cohorts.donors, at, axis=0)))
        for at in range(len(cohorts.donors))
    ]
    return leave_one_donor_out.judge_each_donor_left_out(estimate, np.array(without), donors, decimals)


def check_false_start_of_groups(
    cohorts: Cohorts, groups: Integers, times: Sequence[int], decimals: int
) -> Check:
    """Only what was before anybody began, with one false start for all; groups: the placebos' donors."""
    first = int(cohorts.starts.min())
    start = placebo_in_time.place_false_start(first, cohorts.treated.shape[1] - first, FEWEST_BEFORE)
    if start is None:
        return placebo_in_time.report_too_short_series()
    before = Cohorts(
        cohorts.treated[:, :first], np.full_like(cohorts.starts, start), cohorts.donors[:, :first]
    )
    placebos = placebo_estimates(before, groups).estimates
    return placebo_in_time.judge_false_start(_estimate(before), placebos, times[start], decimals)


def check_with_not_yet_treated(cohorts: Cohorts, decimals: int) -> tuple[Check, ...]:
    """What the estimate becomes when those who begin later are compared with as well; only informs."""
    if np.unique(cohorts.starts).size < 2:
        return ()
    other = _estimate(replace(cohorts, with_not_yet=True))
    reason = Reason(CheckResult.WITH_NOT_YET_TREATED, estimate=Number(other, decimals))
    return (Check("not_yet_treated", None, reason, {"estimate": other}),)


def _estimate(cohorts: Cohorts) -> float:
    return float(group_time_effects(cohorts).estimates.estimates[0])
