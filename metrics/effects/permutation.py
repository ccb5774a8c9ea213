"""Doubt: is the estimate larger than what is found for those who did nothing?

Every donor is put in the place of the treated (Abadie, Diamond and Hainmueller 2010). Where several are treated, every donor is
the first of a group of as many donors, so that the placebos are means of as many as the estimate is.
"""

from typing import Final

import numpy as np

from domain.effect import Check
from domain.effect_reasons import CheckResult
from domain.message import Number, Reason
from metrics.arrays import Booleans, Floats, Integers
from metrics.effects.panel import Trials
from metrics.effects.study import CONVINCING, n_as_extreme, p_value

SHUFFLE: Final = 2026  # how donors are grouped must be nobody's choice, and the same every time


def placebo_groups(n_donors: int, n_treated: int) -> Integers:
    """(donors, treated): row by row, the donors that stand in for the treated; every donor is first in one row."""
    order = np.random.default_rng(SHUFFLE).permutation(n_donors)
    places = np.argsort(order)[:, np.newaxis] + np.arange(n_treated)
    return np.asarray(order[places % n_donors], dtype=np.int64)


def placebo_trials(trial: Trials) -> Trials:
    """Every group of donors compared with the donors outside it; the treated take no part."""
    n_donors = len(trial.donors)
    groups = placebo_groups(n_donors, trial.n_treated)
    return Trials(
        trial.donors[groups].mean(axis=1),
        trial.donors,
        outside(groups, n_donors),
        trial.n_before,
        trial.n_treated,
    )


def outside(groups: Integers, n_donors: int) -> Booleans:
    """(groups, donors): whether a donor is not of a group."""
    is_outside = np.ones((len(groups), n_donors), dtype=np.bool_)
    is_outside[np.arange(len(groups))[:, np.newaxis], groups] = False
    return is_outside


def check_permutation(estimate: float, placebos: Floats) -> Check:
    """Passed where p ≤ 0.1; only informs where the donors are too few for that."""
    p = p_value(estimate, placebos)
    least = 1 / (1 + placebos.size)
    if least > CONVINCING:
        return Check(
            "permutation",
            None,
            Reason(CheckResult.TOO_FEW_TO_PERMUTE, n=placebos.size, p=Number(least, 2)),
            {"p_value": p},
        )
    return Check(
        "permutation",
        p <= CONVINCING,
        Reason(
            CheckResult.PERMUTATION,
            n=placebos.size,
            n_extreme=n_as_extreme(estimate, placebos),
            p=Number(p, 3),
        ),
        {"p_value": p},
    )
