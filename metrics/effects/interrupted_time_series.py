"""Interrupted time series: the line before the start drawn on, for a place with nobody to be compared with.

Segmented regression (Wagner et al. 2002; Bernal, Cummins and Gasparrini 2017): the jump and the bend with the errors of Newey and
West (1987), the mean gap with the error of a forecast. The weakest design: whatever else happened at the start is in the number.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.arrays import Floats

LAGS: Final = 1  # yearly series of ten to thirty points: Newey and West's 4 (n / 100)^(2/9) gives two at most
CORRELATIONS: Final = np.arange(
    0.0, 0.95, 0.05
)  # of errors one time apart; a negative one would narrow the interval
FEWEST_AFTER: Final = 3  # a line after the start through fewer has no error of its own


@dataclass(frozen=True)
class Interrupted:
    """The line before: level and change per time. After: the jump at the start and how the change differs, with errors.

    drawn_on: (times,), the line before, drawn on. estimate: the mean of actual less drawn on, from the start on.
    """

    slope_before: float
    level_change: float
    level_change_error: float
    slope_change: float
    slope_change_error: float
    drawn_on: Floats
    estimate: float
    standard_error: float


def fit_interrupted_series(series: Floats, times: Floats, n_before: int, lags: int = LAGS) -> Interrupted:
    """series, times: (times,). NaN for level and slope changes with fewer than `FEWEST_AFTER` times after the start."""
    since = times - times[n_before]
    line = np.column_stack([np.ones(times.size), since])
    before, _ = least_squares(line[:n_before], series[:n_before], lags)
    drawn_on = line @ before
    level, slope, errors = np.nan, np.nan, (np.nan, np.nan)
    if times.size - n_before >= FEWEST_AFTER:
        is_after = (np.arange(times.size) >= n_before)[:, np.newaxis]
        segments, spread = least_squares(np.hstack([line, line * is_after]), series, lags)
        level, slope = float(segments[2]), float(segments[3])
        errors = (float(np.sqrt(spread[2, 2])), float(np.sqrt(spread[3, 3])))
    return Interrupted(
        float(before[1]),
        level,
        errors[0],
        slope,
        errors[1],
        drawn_on,
        float((series - drawn_on)[n_before:].mean()),
        standard_error(line, (series - drawn_on)[:n_before]),
    )


def least_squares(rows: Floats, series: Floats, lags: int) -> tuple[Floats, Floats]:
    """Coefficients and their Newey–West covariance with n / (n − k); rows: (times, coefficients)."""
    n, k = rows.shape
    coefficients, *_ = np.linalg.lstsq(rows, series, rcond=None)
    scores = rows * (series - rows @ coefficients)[:, np.newaxis]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        together = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (together + together.T)
    bread = np.linalg.inv(rows.T @ rows)
    return np.asarray(coefficients, dtype=np.float64), np.asarray(n / (n - k) * bread @ middle @ bread)


def standard_error(line: Floats, residuals: Floats) -> float:
    """Of the mean gap, where errors hang together from one time to the next (first-order autoregression).

    line: (times, 2), residuals: (times before,), of the line fitted to them. The gap is a weighted sum of all values, so its
    variance follows from their correlation. That one is chosen whose residuals would on average show the correlation that
    is seen; taken straight from so few residuals it would be too low, and the error too small.
    """
    n_before, apart = residuals.size, np.abs(np.subtract.outer(np.arange(len(line)), np.arange(len(line))))
    projection = np.linalg.pinv(line[:n_before])
    gap = np.append(
        -line[n_before:].mean(axis=0) @ projection, np.full(len(line) - n_before, 1 / (len(line) - n_before))
    )
    squares = float(residuals @ residuals)
    seen = float(residuals[1:] @ residuals[:-1]) / squares if squares else 0.0
    makes_residuals = np.eye(n_before) - line[:n_before] @ projection
    expected = []
    for correlation in CORRELATIONS:
        spread = makes_residuals @ correlation ** apart[:n_before, :n_before] @ makes_residuals.T
        expected.append((np.trace(spread, offset=1), np.trace(spread)))
    following, all_squares = np.array(expected).T
    chosen = int(np.abs(following / all_squares - seen).argmin())
    return float(np.sqrt(squares / all_squares[chosen] * (gap @ CORRELATIONS[chosen] ** apart @ gap)))
