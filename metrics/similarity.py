"""How like each other places are: weighted Euclidean distance between standardised structure variables."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats

LEAST_WEIGHT_PRESENT: Final = 0.8  # with less known, a place would be near for want of what sets it apart


@dataclass(frozen=True, slots=True)
class Distances:
    """distances: (places,), NaN where too little is known. shares: (variables, places) of the squared distance.

    weight_present: (places,), the share of the weight for which both the place and the focus have a value.
    """

    distances: Floats
    shares: Floats
    weight_present: Floats


def distances_from(values: Floats, weights: Floats, focus: int, is_logged: Booleans) -> Distances:
    """The distance of every place from the one at `focus`: √(Σ w (zᵢ − z)² / Σ w) over the variables that both have.

    values: (variables, places), NaN where there is none; weights: (variables,), not negative, not all 0. Every variable
    is standardised over all places with a value (population standard deviation); those marked are first logged. A
    variable in which all are equal parts nobody. Distances are in standard deviations.
    """
    scores = standardise(take_logarithms(values, is_logged))
    squares = (scores - scores[:, [focus]]) ** 2
    present = ~np.isnan(squares)
    shared = weights / weights.sum()
    parts = np.where(present, shared[:, np.newaxis] * squares, 0.0)
    weight_present = shared @ present
    total = parts.sum(axis=0)
    is_known = weight_present >= LEAST_WEIGHT_PRESENT - 1e-9
    squared = np.divide(total, weight_present, out=np.full(total.shape, np.nan), where=is_known)
    shares = np.divide(parts, total, out=np.zeros(parts.shape), where=total > 0)
    return Distances(np.sqrt(squared), np.where(is_known, shares, np.nan), weight_present)


def standardise(values: Floats) -> Floats:
    """Each row less its mean, in standard deviations; 0 where nothing varies. values: (variables, places)."""
    has_value = ~np.isnan(values)
    n = np.maximum(np.count_nonzero(has_value, axis=1, keepdims=True), 1)
    deviations = values - np.sum(values, axis=1, keepdims=True, where=has_value) / n
    spread = np.sqrt(np.sum(deviations**2, axis=1, keepdims=True, where=has_value) / n)
    # Rounding leaves a trace of spread where all are equal.
    varies = spread > 1e-12 * np.max(np.abs(values), axis=1, keepdims=True, where=has_value, initial=0)
    return np.where(has_value, np.where(varies, deviations / np.where(varies, spread, 1), 0.0), np.nan)


def take_logarithms(values: Floats, is_logged: Booleans) -> Floats:
    """Natural logarithms in the marked rows; what is not above 0 has none. values: (variables, places)."""
    above_zero = np.where(values > 0, values, np.nan)
    return np.where(is_logged[:, np.newaxis], np.log(above_zero), values)
