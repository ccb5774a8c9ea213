"""Synthetic difference in differences: donors and years before are weighted so that both run alike, then differences are taken.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), with their regularisation of the unit weights.
"""

import numpy as np

from metrics.arrays import Floats
from metrics.effects.panel import Estimates, Trials
from metrics.effects.simplex import nearest_even_mixtures, nearest_mixture


def estimate_synthetic_difference_in_differences(trials: Trials) -> Estimates:
    """The doubly weighted double difference; the gap is drawn at the level where the weighted years before agree."""
    n_before = trials.n_before
    unit_weights = nearest_even_mixtures(
        _centre(trials.targets[:, :n_before]), _centre(trials.before), _ridge(trials), trials.may_use
    )
    time_weights = np.array([_time_weights(trials.donors[may_use], n_before) for may_use in trials.may_use])
    gaps = trials.targets - unit_weights @ trials.donors
    level = (time_weights * gaps[:, :n_before]).sum(axis=1, keepdims=True)
    return Estimates(gaps - level, n_before, unit_weights, time_weights)


def _ridge(trials: Trials) -> Floats:
    """ζ² T₀: ζ is the fourth root of the treated cells after, times the spread of the donors' yearly changes."""
    changes = np.diff(trials.before, axis=1)
    counts = trials.may_use.sum(axis=1) * changes.shape[1]
    centred = changes - changes.mean()  # the variance does not mind, and it keeps the digits
    mean = trials.may_use @ centred.sum(axis=1) / counts
    variance = (trials.may_use @ (centred**2).sum(axis=1) - counts * mean**2) / (counts - 1)
    return np.asarray(np.sqrt(trials.n_treated * trials.n_after) * variance * trials.n_before)


def _time_weights(donors: Floats, n_before: int) -> Floats:
    """The mixture of years before that is nearest to the mean after, over the donors, whatever the level."""
    before, after = donors[:, :n_before], donors[:, n_before:].mean(axis=1)
    return nearest_mixture(after - after.mean(), (before - before.mean(axis=0)).T)


def _centre(rows: Floats) -> Floats:
    return np.asarray(rows - rows.mean(axis=1, keepdims=True))
