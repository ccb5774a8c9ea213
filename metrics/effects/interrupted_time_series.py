"""Interrupted time series: the line before the start drawn on, for a place with nobody to be compared with.

Segmented regression (Wagner et al. 2002; Bernal, Cummins and Gasparrini 2017) with standard errors that bear errors which
hang together from one time to the next (Newey and West 1987). The weakest design: whatever else happened at the start is in the number.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from metrics.arrays import Floats

LAGS: Final = 1  # yearly series of ten to thirty points: Newey and West's 4 (n / 100)^(2/9) gives two at most
FEWEST_AFTER: Final = 3  # a line after the start through fewer has no error of its own


@dataclass(frozen=True)
class Interrupted:
    """The line before: level and change a time. After: the jump at the start and how the change differs, with errors.

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


def interrupted(series: Floats, times: Floats, n_before: int, lags: int = LAGS) -> Interrupted:
    """series, times: (times,). NaN for level and slope changes with fewer than `FEWEST_AFTER` times after the start."""
    since = times - times[n_before]
    line = np.column_stack([np.ones(times.size), since])
    before, covariance = least_squares(line[:n_before], series[:n_before], lags)
    drawn_on = line @ before
    after = line[n_before:].mean(axis=0)
    noise = _variance_of_mean(series[:n_before] - drawn_on[:n_before], times.size - n_before)
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
        float(np.sqrt(after @ covariance @ after + noise)),
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


def _variance_of_mean(residuals: Floats, n: int) -> float:
    """Of the mean of n errors that follow on one another as the residuals of a line do (first-order autoregression)."""
    squares = float(residuals @ residuals)
    if squares == 0:
        return 0.0
    together = max(float(residuals[1:] @ residuals[:-1]) / squares, 0.0)
    steps = np.arange(1, n)
    inflation = 1 + 2 * float(((1 - steps / n) * together**steps).sum())
    return squares / (residuals.size - 2) / n * inflation
