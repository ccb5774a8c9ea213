"""Doubt: does the estimate hang on one single donor? (Abadie, Diamond and Hainmueller 2015, section 4.3)"""

from dataclasses import replace
from typing import Final

import numpy as np

from domain.effect import Check
from domain.wording import Sentence, number_written, to_translate
from metrics.effects.study import Study

LEAST_WEIGHT: Final = 1e-6  # a donor with less takes no part, so that leaving it out changes nothing
LEAST_LEFT: Final = 0.5  # of the estimate: what remains must be more like it than like nothing

_MESSAGE: Final = to_translate(
    "När de som väger utelämnas en i taget blir uppskattningen mellan {low} och {high}. Mest ändras den utan {donor}."
)


def check(study: Study) -> Check:
    """Passed where the sign stays and at least half of the estimate remains, whichever donor is left out."""
    weights = study.found.unit_weights[0]
    used = np.flatnonzero(weights > LEAST_WEIGHT)
    may_use = np.ones((used.size, weights.size), dtype=np.bool_)
    may_use[np.arange(used.size), used] = False
    trial = replace(study.trial, targets=np.repeat(study.trial.targets, used.size, axis=0), may_use=may_use)
    without = study.design(trial).estimates
    moved = np.abs(without - study.estimate)
    low, high = float(without.min()), float(without.max())
    remains = float((without / study.estimate).min()) if study.estimate else 0.0
    donor = study.donors[used[int(moved.argmax())]]
    return Check(
        "leave_one_donor_out",
        remains >= LEAST_LEFT,
        Sentence(
            _MESSAGE,
            low=number_written(low, study.decimals),
            high=number_written(high, study.decimals),
            donor=donor,
        ),
        {"low": low, "high": high, "donor": donor},
    )
