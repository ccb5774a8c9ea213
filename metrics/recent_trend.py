"""The recent trend over the last five yearly points, by the rule of OHID Fingertips.

Fingertips technical guidance, "Recent trends": proportions by the chi² test for a linear trend (Armitage 1955,
Biometrics 11, 375–386) with the direction of their log odds; other values by a regression weighted with
1 / standard error², the standard error read from the 95 % interval. A trend is significant where chi² > 9.5495
(p < 0.002) and the slope keeps its sign whichever point is left out. It says which way the numbers go, not whether
that is good. The five points must follow on one another year by year with no hole and no break, which the caller
sees to with `unbroken_window`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.comparison import Trend
from metrics.arrays import Booleans, Floats, Words
from metrics.intervals import CONFIDENCE, normal_quantile

POINTS: Final = 5
CHI_SQUARE_LIMIT: Final = 9.5495  # p = 0.002 with one degree of freedom, the limit that Fingertips uses
_ROUNDING: Final = 1e-12  # of the largest slope

_YEARS: Final = np.arange(POINTS, dtype=np.float64)
_ALL_BUT_ONE: Final = [[i for i in range(POINTS) if i != left_out] for left_out in range(POINTS)]
_UNKNOWN, _FALLS, _STANDS, _RISES = range(4)
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
    is_possible = (denominators > 0) & (counts >= 0) & (counts <= denominators)
    x, n = _points_first(np.where(is_possible, counts, np.nan), np.where(is_possible, denominators, np.nan))
    log_odds, unweighted = _log_odds(x, n), np.ones(x.shape)
    slope, _ = _fit_weighted_line(log_odds, unweighted, _YEARS)
    slopes = [
        _fit_weighted_line(log_odds[others], unweighted[others], _YEARS[others])[0] for others in _ALL_BUT_ONE
    ]
    return _judge_trend(slope, _armitage(x, n), slopes)


def trend_of_values(values: Floats, low: Floats, high: Floats, confidence: float = CONFIDENCE) -> RecentTrend:
    """values, low, high: (…, 5), the last five years with their intervals; NaN anywhere: cannot be calculated."""
    y, lower, upper = _points_first(values, low, high)
    standard_error = (upper - lower) / (2 * normal_quantile(confidence))
    weight = np.full(y.shape, np.nan)
    np.divide(1.0, standard_error**2, out=weight, where=standard_error > 0)
    slope, chi_square = _fit_weighted_line(y, weight, _YEARS)
    slopes = [_fit_weighted_line(y[others], weight[others], _YEARS[others])[0] for others in _ALL_BUT_ONE]
    return _judge_trend(slope, chi_square, slopes)


def unbroken_window(years: tuple[int, ...], last_year: int, break_years: tuple[int, ...]) -> list[int] | None:
    """The positions of the five years that end with `last_year`, or `None` where one is missing or a break lies between.

    A break year is the first of a new level, so it may begin the window but not lie inside it.
    """
    expected_years = range(last_year - POINTS + 1, last_year + 1)
    if any(expected_years[0] < year <= last_year for year in break_years):
        return None
    position = {year: i for i, year in enumerate(years)}
    return (
        [position[year] for year in expected_years]
        if all(year in position for year in expected_years)
        else None
    )


def _armitage(x: Floats, n: Floats) -> Floats:
    """Armitage's chi² for a linear trend in proportions, one degree of freedom. x, n: (points, …) → (…)."""
    t = _YEARS.reshape(-1, *(1,) * (x.ndim - 1))
    people = n.sum(axis=0)
    share = x.sum(axis=0) / people
    score = ((x - n * share) * t).sum(axis=0)
    variance = share * (1 - share) * (n * (t - (n * t).sum(axis=0) / people) ** 2).sum(axis=0)
    # Nobody or everybody in all five years varies not at all: there is no trend, rather than none to be known.
    chi_square = np.where(np.isnan(variance), np.nan, 0.0)
    np.divide(score**2, variance, out=chi_square, where=variance > 0)
    return np.asarray(chi_square)


def _log_odds(x: Floats, n: Floats) -> Floats:
    """Log odds of x among n. Where a year has nobody or everybody, half a person is added on both sides (Haldane 1956)."""
    half = np.where(((x <= 0) | (x >= n)).any(axis=0), 0.5, 0.0)
    return np.asarray(np.log((x + half) / (n - x + half)))


def _fit_weighted_line(values: Floats, weight: Floats, years: Floats) -> tuple[Floats, Floats]:
    """Slope of the weighted regression on the years, and its chi² = (slope / standard error)². (points, …)."""
    t = years.reshape(-1, *(1,) * (values.ndim - 1))
    from_middle = t - (weight * t).sum(axis=0) / weight.sum(axis=0)
    spread = (weight * from_middle**2).sum(axis=0)
    slope = (weight * from_middle * values).sum(axis=0) / spread
    return slope, slope**2 * spread


def _judge_trend(slope: Floats, chi_square: Floats, slopes_without_one: list[Floats]) -> RecentTrend:
    # A slope of nothing comes out as ±1e-17 or so, and its sign would be chance.
    nothing = _ROUNDING * np.max(np.abs([slope, *slopes_without_one]), axis=0)
    keeps_sign: Booleans = np.all(
        [
            (np.abs(remaining_slope) > nothing) & (np.sign(remaining_slope) == np.sign(slope))
            for remaining_slope in slopes_without_one
        ],
        axis=0,
    )
    is_significant = (chi_square > CHI_SQUARE_LIMIT) & keeps_sign
    code = np.where(is_significant, np.where(slope > 0, _RISES, _FALLS), _STANDS)
    code = np.where(np.isnan(chi_square), _UNKNOWN, code)
    return RecentTrend(trend=np.asarray(_CODES[code], dtype=object), chi_square=chi_square, slope=slope)


def _points_first(*arrays: Floats) -> list[Floats]:
    """The same arrays with the points as their first axis, along which sums are fast."""
    for array in arrays:
        if array.shape != arrays[0].shape or array.shape[-1] != POINTS:
            raise ValueError(f"a recent trend needs {POINTS} points of every array, not shape {array.shape}")
    return [np.ascontiguousarray(np.moveaxis(array, -1, 0)) for array in arrays]
