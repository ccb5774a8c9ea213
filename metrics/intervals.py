"""Confidence intervals for proportions, counts and rates.

Wilson's score interval for proportions, Byar's approximation for counts, exact Poisson limits where the count is
below ten: the choice of PHE/OHID, "Commonly used public health statistics and their confidence intervals" (2018).
Inputs that cannot be (a negative count, more cases than people, nobody at all) give NaN.
"""

from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np

from domain.measure import CountModel
from metrics.arrays import Floats

FEWEST_FOR_BYAR: Final = 10  # PHE/OHID use the exact limits below this count
CONFIDENCE: Final = 0.95


def wilson(counts: Floats, denominators: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Limits of the proportion counts / denominators, as shares of one. Wilson (1927), JASA 22, 209–212."""
    z = normal_quantile(confidence)
    is_possible = (denominators > 0) & (counts >= 0) & (counts <= denominators)
    x = np.where(is_possible, counts, np.nan)
    n = np.where(is_possible, denominators, np.nan)
    middle = 2 * x + z**2
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    whole = 2 * (n + z**2)
    # Rounding may leave −1e-19 for nobody and 1 + 1e-16 for everybody.
    return np.maximum((middle - half) / whole, 0.0), np.minimum((middle + half) / whole, 1.0)


def byar(counts: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Limits of a Poisson count. Byar's approximation, Breslow & Day (1987), volume II, page 69.

    Where it breaks down (a lower limit below zero, for counts near zero) the lower limit is NaN.
    """
    z = normal_quantile(confidence)
    x = np.where(counts > 1e-9, counts, np.nan)  # the lower limit breaks down well above
    lower = 1 - 1 / (9 * x) - z / (3 * np.sqrt(x))
    y = np.where(counts >= 0, counts + 1, np.nan)
    upper = 1 - 1 / (9 * y) + z / (3 * np.sqrt(y))
    return np.where(lower >= 0, x * np.maximum(lower, 0.0) ** 3, np.nan), y * upper**3


def exact_poisson(counts: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Exact limits of a Poisson count by its relation to chi²: Garwood (1936), Biometrika 28, 437–442."""
    from scipy.special import gammaincinv  # takes as long to import as a whole comparison takes

    tail = (1 - confidence) / 2
    x = np.where(counts >= 0, counts, np.nan)
    # chi²(p; 2x) / 2 is the quantile of the gamma distribution with shape x; for no cases the lower limit is zero.
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail))
    return lower, np.asarray(gammaincinv(x + 1, 1 - tail))


def poisson(counts: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Limits of a count: exact below ten, Byar from ten on."""
    low, high = byar(counts, confidence)
    is_small = counts < FEWEST_FOR_BYAR
    if is_small.any():
        low[is_small], high[is_small] = exact_poisson(counts[is_small], confidence)
    return low, high


def intervals(
    values: Floats,
    denominators: Floats,
    multiplier: float | Floats,
    model: CountModel,
    confidence: float = CONFIDENCE,
) -> tuple[Floats, Floats]:
    """Limits in the unit of the value, where value = multiplier × count / denominator.

    values, denominators: the same shape; NaN in either gives NaN. The count is computed back from the published
    value and not rounded, so that the value always lies inside its interval.
    """
    known = np.where(denominators > 0, denominators, np.nan)
    counts = values * known / multiplier
    if model is CountModel.PROPORTION:
        # A published 100 % may come back as 1e-13 too many cases.
        counts = np.where(np.isclose(counts, known, rtol=1e-12, atol=0), known, counts)
        low, high = wilson(counts, known, confidence)
        return low * multiplier, high * multiplier
    low, high = poisson(counts, confidence)
    return low / known * multiplier, high / known * multiplier


@cache
def normal_quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2)
