"""Synthetic control: the mixture of donors that was nearest to the treated before the start.

Outcomes only, weights none of them negative that sum to one (Abadie, Diamond and Hainmueller 2010; Doudchenko and Imbens 2016).
"""

import numpy as np

from metrics.effects.panel import Estimates, Trials
from metrics.effects.simplex import nearest_mixture


def estimate_synthetic_control(trials: Trials) -> Estimates:
    """The mean gap from the start on between each target and its mixture."""
    weights = np.zeros(trials.may_use.shape)
    for row, (target, may_use) in enumerate(zip(trials.targets, trials.may_use, strict=True)):
        weights[row, may_use] = nearest_mixture(target[: trials.n_before], trials.before[may_use])
    gaps = trials.targets - weights @ trials.donors
    return Estimates(gaps, trials.n_before, weights, np.empty((len(gaps), 0)))
