"""Thousands for ones, shares for per cent: a value near ten, a hundred or a thousand times what was expected.

The “thousand error” of T. de Waal, J. Pannekoek and S. Scholtus, "Handbook of Statistical Data Editing and Imputation" (2011): the
ratio to last year's value lies close to a power of ten.
"""

from typing import Final

import numpy as np

from metrics.arrays import Floats

FACTORS: Final = (10.0, 100.0, 1000.0)
NEARNESS: Final = 0.25  # of the factor: real change between two years rarely passes a quarter; 10 is 8–12.5
_LEAST_RATIO: Final = FACTORS[0] / 2  # nearer to 1 than this, or than one over it, no ratio is near a factor
SMALLEST_COUNT: Final = 10  # one case that becomes ten is chance


def unit_slip(values: Floats, expected: Floats, *, are_counts: bool = False) -> Floats:
    """The factor (10, 100, 1 000 or one over it) that each value is off by; 1 where it is none.

    values, expected: the same shape; NaN, zero and values of different signs have none. are_counts: whole numbers, of
    which the smallest say nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.asarray(values / expected, dtype=np.float64)
    ratios = np.where(np.isfinite(ratios) & (ratios > 0), ratios, 1.0)
    if are_counts:
        ratios = np.where(
            np.fmax(np.abs(values), np.abs(expected)) < SMALLEST_COUNT * FACTORS[0], 1.0, ratios
        )
    factors = np.ones(ratios.shape)
    if not np.any((ratios > _LEAST_RATIO) | (ratios < 1 / _LEAST_RATIO)):
        return factors
    for factor in FACTORS:
        factors = np.where(_is_near(ratios, factor), factor, factors)
        factors = np.where(_is_near(1 / ratios, factor), 1 / factor, factors)
    return factors


def _is_near(ratios: Floats, factor: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(np.abs(np.log(ratios / factor)) <= np.log1p(NEARNESS), dtype=np.bool_)
