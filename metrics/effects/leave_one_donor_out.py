"""Doubt: does the estimate depend on a single donor? (Abadie, Diamond and Hainmueller 2015, section 4.3)"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Floats
from metrics.effects.study import Study, in_batches

LEAST_WEIGHT: Final = 1e-6  # a donor with less takes no part, so that leaving it out changes nothing
LEAST_LEFT: Final = 0.5  # of the estimate: what remains must be more like it than like nothing


def check_each_donor_left_out(study: Study) -> Check:
    """Check the estimate with each donor that has a weight left out in turn."""
    weights = study.treated_estimates.unit_weights[0]
    used = np.flatnonzero(weights > LEAST_WEIGHT)
    may_use = np.ones((used.size, weights.size), dtype=np.bool_)
    may_use[np.arange(used.size), used] = False
    targets = np.repeat(study.trial.targets, used.size, axis=0)
    trials = replace(study.trial, targets=targets, may_use=may_use)
    without = in_batches(study.design, trials).estimates
    return judge_each_donor_left_out(
        study.estimate, without, [study.donors[at] for at in used], study.decimals
    )


def judge_each_donor_left_out(
    estimate: float, without: Floats, donors: Sequence[str], decimals: int
) -> Check:
    """Passed where the sign stays and at least half of the estimate remains, whichever donor is left out.

    without: (donors,), the estimate without each.
    """
    donor = donors[int(np.abs(without - estimate).argmax())]
    low, high = float(without.min()), float(without.max())
    remains = float((without / estimate).min()) if estimate else 0.0
    return Check(
        "leave_one_donor_out",
        remains >= LEAST_LEFT,
        Reason(
            CheckResult.LEAVING_ONE_DONOR_OUT,
            low=Number(low, decimals),
            high=Number(high, decimals),
            donor=donor,
        ),
        {"low": low, "high": high, "donor": donor},
    )
