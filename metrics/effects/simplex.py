"""Weights that are none of them negative and sum to one: the mixture of donors that is nearest to a target."""

from typing import Final

import numpy as np
from scipy.optimize import nnls

from metrics.arrays import Booleans, Floats, Integers

HEAVY: Final = 1e5  # the row that holds the sum to one, in spreads of the outcomes: the sum is off by 1e-10
LEAST_RIDGE: Final = 1e-6  # of the longest donor squared: below that Newton's steps become too short
MOST_STEPS: Final = 100  # five are usual
MOST_HALVINGS: Final = 40
DUALITY_GAP: Final = 1e-13  # of the longest donor squared


def nearest_mixture(target: Floats, donors: Floats) -> Floats:
    """The weights (donors,) that minimise the squared distance from a target (times,) to a mixture of donors (donors, times).

    The problem is convex: there is no other optimum than the one found, though with more donors than times several
    weights may give it. Donors are sorted first, so that the order in which they come chooses nothing. Non-negative
    least squares (Lawson and Hanson 1974) with a heavy row for the sum.
    """
    order = np.lexsort(donors.T)
    differences = donors[order] - target
    spread = max(float(np.abs(differences).max(initial=0.0)), float(np.finfo(np.float64).tiny))
    heavy = HEAVY * np.sqrt(target.size)
    rows = np.vstack([differences.T / spread, np.full(len(donors), heavy)])
    found, _ = nnls(rows, np.append(np.zeros(target.size), heavy), maxiter=50 * len(donors) + 500)
    weights = np.empty(len(donors))
    weights[order] = found / found.sum()
    return weights


def nearest_even_mixtures(targets: Floats, donors: Floats, ridge: Floats, may_use: Booleans) -> Floats:
    """As `nearest_mixture`, with `ridge` times the squared length of the weights added, for many targets at once.

    targets: (targets, times). donors: (donors, times). ridge: (targets,), not negative. may_use: (targets, donors), who
    may have a weight. Returns (targets, donors). The ridge makes the weights unique and the dual problem smooth: it
    has one unknown a time instead of one a donor, and Newton's method ends after a few exact steps (Qi and Sun 1993).
    """
    longest = float((donors**2).sum(axis=1).max(initial=0.0))
    pulls = np.maximum(ridge, LEAST_RIDGE * longest if longest else 1.0)
    n_times = donors.shape[1]
    outer = (donors[:, :, np.newaxis] * donors[:, np.newaxis, :]).reshape(len(donors), -1)

    def at(duals: Floats, which: Integers) -> tuple[Floats, Floats]:
        scores = duals @ donors.T
        weights = _onto_simplex(-scores / pulls[which, np.newaxis], may_use[which])
        values = (duals * (duals / 2 + targets[which])).sum(axis=1)
        return weights, values - (weights * (scores + pulls[which, np.newaxis] / 2 * weights)).sum(axis=1)

    duals = np.zeros(targets.shape)
    left = np.arange(len(targets), dtype=np.int64)
    weights, values = at(duals, left)
    for _ in range(MOST_STEPS):
        misses = weights[left] @ donors - targets[left]
        primal = (misses**2).sum(axis=1) / 2 + pulls[left] / 2 * (weights[left] ** 2).sum(axis=1)
        is_open = primal + values[left] > DUALITY_GAP * longest
        left, misses = left[is_open], misses[is_open]
        if not left.size:
            break
        slope = duals[left] - misses
        in_use = (weights[left] > 0).astype(np.float64)
        sums = in_use @ donors
        curve = (in_use @ outer).reshape(-1, n_times, n_times)
        curve -= sums[:, :, np.newaxis] * (sums / in_use.sum(axis=1, keepdims=True))[:, np.newaxis, :]
        curve = np.eye(n_times) + curve / pulls[left, np.newaxis, np.newaxis]
        step = -np.linalg.solve(curve, slope[:, :, np.newaxis])[:, :, 0]
        fall = (slope * step).sum(axis=1)
        trying, length = np.arange(left.size), 1.0
        for _ in range(MOST_HALVINGS):
            which = left[trying]
            new = duals[which] + length * step[trying]
            new_weights, new_values = at(new, which)
            falls = new_values <= values[which] + 1e-4 * length * fall[trying] + 1e-15 * longest
            duals[which[falls]], weights[which[falls]] = new[falls], new_weights[falls]
            values[which[falls]] = new_values[falls]
            trying, length = trying[~falls], length / 2
            if not trying.size:
                break
    return weights


def _onto_simplex(points: Floats, may_use: Booleans) -> Floats:
    """The nearest weights to each row of points (Duchi et al. 2008)."""
    points = points - np.where(may_use, points, -np.inf).max(
        axis=1, keepdims=True
    )  # same answer, more digits
    falling = -np.sort(np.where(may_use, -points, np.inf), axis=1)
    excess = np.cumsum(np.where(np.isfinite(falling), falling, 0.0), axis=1) - 1.0
    counts = np.arange(1, points.shape[1] + 1)
    last = (falling - excess / counts > 0).sum(axis=1) - 1
    shift = excess[np.arange(len(points)), last] / (last + 1)
    return np.where(may_use, np.maximum(points - shift[:, np.newaxis], 0.0), 0.0)
