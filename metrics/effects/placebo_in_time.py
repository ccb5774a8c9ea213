"""Doubt: is there an effect before there was a cause? (Abadie, Diamond and Hainmueller 2015, section 4.2)

The start is moved back and only what was before the real one is used.
"""

from collections.abc import Sequence
from typing import Final

from domain.effect import Check
from domain.wording import Sentence, number_written, to_translate
from metrics.effects.study import CONVINCING, Study, p_value

FEWEST_AFTER: Final = 2  # a single time after a false start says more of that time than of the comparison
LARGEST_SHARE: Final = 3  # a third of the times before, at most, so that most remain to fit on

_MESSAGE: Final = to_translate(
    "Med en påhittad start {start}, innan något hände, blir uppskattningen {estimate} (p = {p})."
)
_TOO_SHORT: Final = to_translate("Serien före starten är för kort för att pröva en påhittad, tidigare start.")


def check(study: Study, times: Sequence[int]) -> Check:
    """Passed where the false start is nothing out of the ordinary among the donors (p > 0.1); informs in a short series."""
    n_before = study.trial.n_before
    n_false = min(
        max(study.trial.n_after, FEWEST_AFTER), n_before // LARGEST_SHARE, n_before - study.fewest_before
    )
    if n_false < FEWEST_AFTER:
        return Check("placebo_in_time", None, Sentence(_TOO_SHORT))
    start = n_before - n_false
    estimate = float(study.design(study.trial.before_only(start)).estimates[0])
    p = p_value(estimate, study.design(study.placebos.before_only(start)).estimates)
    return Check(
        "placebo_in_time",
        p > CONVINCING,
        Sentence(
            _MESSAGE,
            start=times[start],
            estimate=number_written(estimate, study.decimals),
            p=number_written(p, 3),
        ),
        {"start": float(times[start]), "estimate": estimate, "p_value": p},
    )
