"""Difference in differences: how much more the treated moved than the donors did, on average.

Rests on the donors' mean showing how the treated would have moved (Ashenfelter and Card 1985).
"""

import numpy as np

from metrics.effects.panel import Estimates, Trials


def estimate_difference_in_differences(trials: Trials) -> Estimates:
    """The mean after less the mean before, of each target, less the same of its donors' unweighted mean."""
    weights = trials.may_use / trials.may_use.sum(axis=1, keepdims=True)
    gaps = trials.targets - weights @ trials.donors
    level = gaps[:, : trials.n_before].mean(axis=1, keepdims=True)
    even = np.full((len(gaps), trials.n_before), 1 / trials.n_before)
    return Estimates(gaps - level, trials.n_before, weights, even)
