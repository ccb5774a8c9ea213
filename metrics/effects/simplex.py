"""Weights that are none of them negative and sum to one: the mixture of donors that is nearest to a target."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy.optimize import nnls

from metrics.arrays import Booleans, Floats, Integers

HEAVY: Final = 1e5  # the row that holds the sum to one, in spreads of the outcomes: the sum is off by 1e-10
LEAST_RIDGE: Final = 1e-6  # of the longest donor squared: with less, weights are no longer told apart
MOST_STEPS: Final = 100  # five to ten are usual
MOST_HALVINGS: Final = 40
EASY_RIDGE: Final = 0.05  # of the longest donor squared: from here the steps lead straight to the answer
EASED_BY: Final = 4.0  # between one answer and the start for the next
LARGEST_SLOPE: Final = 1e-11  # of the longest donor: the weights are then off by 1e-9 at most


def nearest_mixture(target: Floats, donors: Floats) -> Floats:
    """The weights (donors,) that minimise the squared distance from a target (times,) to a mixture of donors (donors, times).

    The problem is convex: there is no other optimum than the one returned, though with more donors than times several
    weights may give it. Donors are sorted first, so that the order in which they come chooses nothing. Non-negative
    least squares (Lawson and Hanson 1974) with a heavy row for the sum.
    """
    order = np.lexsort(donors.T)
    differences = donors[order] - target
    spread = max(float(np.abs(differences).max(initial=0.0)), float(np.finfo(np.float64).tiny))
    heavy = HEAVY * np.sqrt(target.size)
    rows = np.vstack([differences.T / spread, np.full(len(donors), heavy)])
    unscaled, _ = nnls(rows, np.append(np.zeros(target.size), heavy), maxiter=50 * len(donors) + 500)
    weights = np.empty(len(donors))
    weights[order] = unscaled / unscaled.sum()
    return weights


def nearest_even_mixtures(targets: Floats, donors: Floats, ridge: Floats, may_use: Booleans) -> Floats:
    """As `nearest_mixture`, with `ridge` times the squared length of the weights added, for many targets at once.

    targets: (targets, times). donors: (donors, times). ridge: (targets,), not negative. may_use: (targets, donors), who
    may have a weight. Returns (targets, donors). The ridge makes the weights unique and the dual problem smooth: it
    has one unknown per time instead of one per donor, and Newton's method ends after a few exact steps (Qi and Sun 1993). A small
    ridge makes the way long; it is reached from a larger one by several short ways.
    """
    longest = float((donors**2).sum(axis=1).max(initial=0.0))
    pulls = np.maximum(ridge, LEAST_RIDGE * longest if longest else 1.0)
    points, pull, weights = np.zeros(targets.shape), np.full(len(targets), np.inf), np.empty(may_use.shape)
    ease = EASY_RIDGE * longest
    while (pull > pulls).any():
        eased = np.maximum(pulls, ease)
        points *= np.where(np.isfinite(pull), eased / pull, 1.0)[
            :, np.newaxis
        ]  # misses shrink as the ridge does
        pull, ease = eased, ease / EASED_BY
        weights = _Dual(targets, donors, pull, may_use).minimised(points, longest)
    return weights


@dataclass(frozen=True)
class _Dual:
    """min over u: ½|u|² + u·target + max over weights w: −u·(w donors) − ½ pull |w|². `which` are rows of the targets."""

    targets: Floats
    donors: Floats
    pulls: Floats
    may_use: Booleans

    @cached_property
    def outer(self) -> Floats:
        """(donors, times × times)."""
        return (self.donors[:, :, np.newaxis] * self.donors[:, np.newaxis, :]).reshape(len(self.donors), -1)

    def minimised(self, points: Floats, longest: float) -> Floats:
        """The weights at the optimum, which the points, (targets, times), are moved to. longest: of the donors, squared."""
        left = np.arange(len(points), dtype=np.int64)
        weights, values = self.at(points, left)
        for _ in range(MOST_STEPS):
            slopes = self.slopes(points[left], weights[left], left)
            left = left[(slopes**2).sum(axis=1) > LARGEST_SLOPE**2 * longest]
            if not left.size:
                break
            steps, falls = self.newton(points[left], weights[left], left)
            trying, length = np.arange(left.size), 1.0
            for _ in range(MOST_HALVINGS):
                which = left[trying]
                new = points[which] + length * steps[trying]
                new_weights, new_values = self.at(new, which)
                falls_enough = new_values <= values[which] + length * falls[trying] * 1e-4 + 1e-15 * longest
                moved = which[falls_enough]
                points[moved], weights[moved] = new[falls_enough], new_weights[falls_enough]
                values[moved] = new_values[falls_enough]
                trying, length = trying[~falls_enough], length / 2
                if not trying.size:
                    break
        return weights

    def at(self, points: Floats, which: Integers) -> tuple[Floats, Floats]:
        """The weights that a point gives, which are the answer at the optimum, and the value there."""
        pulls, scores = self.pulls[which, np.newaxis], points @ self.donors.T
        weights = _onto_simplex(-scores / pulls, self.may_use[which])
        values = (points * (points / 2 + self.targets[which])).sum(axis=1)
        return weights, values - (weights * (scores + pulls / 2 * weights)).sum(axis=1)

    def slopes(self, points: Floats, weights: Floats, which: Integers) -> Floats:
        """(which, times), zero at the optimum, where a point is how far the mixture misses its target."""
        return np.asarray(points + self.targets[which] - weights @ self.donors)

    def newton(self, points: Floats, weights: Floats, which: Integers) -> tuple[Floats, Floats]:
        """The step to where the slope would be zero if the donors in use stayed the same, and how fast the value falls along it."""
        slopes = self.slopes(points, weights, which)
        in_use = (weights > 0).astype(np.float64)
        sums = in_use @ self.donors
        n_times = self.donors.shape[1]
        curves = (in_use @ self.outer).reshape(-1, n_times, n_times)
        curves -= sums[:, :, np.newaxis] * (sums / in_use.sum(axis=1, keepdims=True))[:, np.newaxis, :]
        curves = np.eye(n_times) + curves / self.pulls[which, np.newaxis, np.newaxis]
        steps = np.asarray(-np.linalg.solve(curves, slopes[:, :, np.newaxis])[:, :, 0], dtype=np.float64)
        return steps, np.asarray((slopes * steps).sum(axis=1))


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
