"""The recent trend over the last five yearly points, by the rule of OHID Fingertips.

Fingertips technical guidance, "Recent trends": proportions by the chi² test for a linear trend (Armitage 1955,
Biometrics 11, 375–386), other values by a regression weighted with 1 / standard error², the standard error read from the
95 % interval. A trend is significant where chi² > 9.5495 (p < 0.002) and the slope keeps its sign whichever point is
left out. It says which way the numbers go, not whether that is good. The points must follow on one another year by
year with no hole and no break; that they do is the caller's to see to, with `unbroken_window`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.comparison import Trend
from metrics.arrays import Booleans, Floats, Words
from metrics.intervals import CONFIDENCE, normal_quantile

POINTS: Final = 5
CHI_SQUARE_LIMIT: Final = 9.5495  # p = 0.002 with one degree of freedom, the limit that Fingertips uses

_CODES: Final = np.array(
    [Trend.CANNOT_BE_CALCULATED, Trend.DECREASING, Trend.NO_SIGNIFICANT_CHANGE, Trend.INCREASING],
    dtype=object,
)


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """Each of shape (…). `slope` is a year's change: in log odds for proportions, otherwise in the values' unit."""

    trend: Words
    chi_square: Floats
    slope: Floats


def trend_of_proportions(counts: Floats, denominators: Floats) -> RecentTrend:
    """counts, denominators: (…, 5), the last five years in order; NaN anywhere means that it cannot be calculated."""
    _check(counts, denominators)
    is_possible = (denominators > 0) & (counts >= 0) & (counts <= denominators)
    x = np.where(is_possible, counts, np.nan)
    n = np.where(is_possible, denominators, np.nan)
    slope, chi_square = _armitage(x, n)
    slopes = [
        _armitage(np.delete(x, i, -1), np.delete(n, i, -1), _years_without(i))[0] for i in range(POINTS)
    ]
    # Nobody or everybody in all five years: there is a trend to speak of, and it is flat.
    is_flat = np.isnan(slope) & is_possible.all(axis=-1)
    return _judged(np.where(is_flat, 0.0, slope), np.where(is_flat, 0.0, chi_square), slopes)


def trend_of_values(values: Floats, low: Floats, high: Floats, confidence: float = CONFIDENCE) -> RecentTrend:
    """values, low, high: (…, 5), the last five years with their intervals; NaN anywhere: cannot be calculated."""
    _check(values, low, high)
    standard_error = (high - low) / (2 * normal_quantile(confidence))
    with np.errstate(divide="ignore"):
        weight = np.where(standard_error > 0, 1 / standard_error**2, np.nan)
    slope, chi_square = _weighted(values, weight)
    slopes = [
        _weighted(np.delete(values, i, -1), np.delete(weight, i, -1), _years_without(i))[0]
        for i in range(POINTS)
    ]
    return _judged(slope, chi_square, slopes)


def unbroken_window(years: tuple[int, ...], last_year: int, break_years: tuple[int, ...]) -> list[int] | None:
    """The positions of the five years that end with `last_year`, or `None` where one lacks or a break lies between.

    A break year is the first of a new level, so it may begin the window but not lie inside it.
    """
    wanted = range(last_year - POINTS + 1, last_year + 1)
    if any(wanted[0] < year <= last_year for year in break_years):
        return None
    position = {year: i for i, year in enumerate(years)}
    return [position[year] for year in wanted] if all(year in position for year in wanted) else None


def _armitage(x: Floats, n: Floats, years: Floats | None = None) -> tuple[Floats, Floats]:
    """Slope in log odds (one step from no trend) and Armitage's chi². x, n: (…, points)."""
    t = np.arange(x.shape[-1], dtype=float) if years is None else years
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (x.sum(-1) / n.sum(-1))[..., np.newaxis]
        middle = ((n * t).sum(-1) / n.sum(-1))[..., np.newaxis]
        score = ((x - n * share) * t).sum(-1)
        information = (share * (1 - share))[..., 0] * (n * (t - middle) ** 2).sum(-1)
        information = np.where(information > 0, information, np.nan)
        return score / information, score**2 / information


def _weighted(values: Floats, weight: Floats, years: Floats | None = None) -> tuple[Floats, Floats]:
    """Slope of the weighted regression on the years, and its chi² = (slope / standard error)²."""
    t = np.arange(values.shape[-1], dtype=float) if years is None else years
    whole = weight.sum(-1, keepdims=True)
    middle_year = (weight * t).sum(-1, keepdims=True) / whole
    middle_value = (weight * values).sum(-1, keepdims=True) / whole
    spread = (weight * (t - middle_year) ** 2).sum(-1)
    slope = (weight * (t - middle_year) * (values - middle_value)).sum(-1) / spread
    return slope, slope**2 * spread


def _judged(slope: Floats, chi_square: Floats, slopes_without_one: list[Floats]) -> RecentTrend:
    keeps_sign: Booleans = np.all([np.sign(one) == np.sign(slope) for one in slopes_without_one], axis=0)
    is_significant = (chi_square > CHI_SQUARE_LIMIT) & keeps_sign
    code = np.where(is_significant, np.where(slope > 0, 3, 1), 2)
    code = np.where(np.isnan(chi_square), 0, code)
    return RecentTrend(trend=np.asarray(_CODES[code], dtype=object), chi_square=chi_square, slope=slope)


def _years_without(i: int) -> Floats:
    return np.delete(np.arange(POINTS, dtype=float), i)


def _check(*arrays: Floats) -> None:
    for one in arrays:
        if one.shape != arrays[0].shape or one.shape[-1] != POINTS:
            raise ValueError(f"a recent trend needs {POINTS} points of every array, not shape {one.shape}")
