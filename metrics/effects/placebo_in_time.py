"""Doubt: is there an effect before there was a cause? (Abadie, Diamond and Hainmueller 2015, section 4.2)

The start is moved back and only what was before the real one is used.
"""

from collections.abc import Sequence
from typing import Final

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Floats
from metrics.effects.study import CONVINCING, Study, in_batches, p_value

FEWEST_AFTER: Final = 2  # a single time after a false start says more of that time than of the comparison
LARGEST_SHARE: Final = 3  # a third of the times before, at most, so that most remain to fit on


def check_false_start(study: Study, times: Sequence[int]) -> Check:
    """Compare the effect of a false start for the treated with the same for every donor."""
    start = place_false_start(study.trial.n_before, study.trial.n_after, study.fewest_before)
    if start is None:
        return report_too_short_series()
    estimate = float(study.design(study.trial.before_only(start)).estimates[0])
    placebos = in_batches(study.design, study.placebos.before_only(start)).estimates
    return judge_false_start(estimate, placebos, times[start], study.decimals)


def place_false_start(n_before: int, n_after: int, fewest_before: int) -> int | None:
    """Return how many times lie before the false start: as many follow it as the real one, at least two, at most a third of all before.

    None where the series is too short for that.
    """
    n_false = min(max(n_after, FEWEST_AFTER), n_before // LARGEST_SHARE, n_before - fewest_before)
    return n_before - n_false if n_false >= FEWEST_AFTER else None


def judge_false_start(estimate: float, placebos: Floats, start: int, decimals: int) -> Check:
    """Passed where the estimate of the false start is nothing out of the ordinary among the donors' (p > 0.1)."""
    p = p_value(estimate, placebos)
    return Check(
        "placebo_in_time",
        p > CONVINCING,
        Reason(CheckResult.FALSE_START, start=start, estimate=Number(estimate, decimals), p=Number(p, 3)),
        {"start": float(start), "estimate": estimate, "p_value": p},
    )


def report_too_short_series() -> Check:
    """Return the check of a series that is too short for a false start; it only informs."""
    return Check("placebo_in_time", None, Reason(CheckResult.TOO_SHORT_FOR_A_FALSE_START))
