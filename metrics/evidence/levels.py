"""A place's own level before and after a start, over years that can be compared with each other."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from domain.case_effect import Level
from domain.series import Point, Series

YEARS_OF_A_LEVEL: Final = 3  # one year swings; with many a series that moves is not where its mean is


def levels(series: Series, first_year: int) -> tuple[Level | None, Level | None]:
    """The mean of the three nearest points before the start, and of all from it on; never across a break."""
    points = comparable_points(series, first_year)
    before = [point for point in points if point.year < first_year][-YEARS_OF_A_LEVEL:]
    return _level(before), _level([point for point in points if point.year >= first_year])


def comparable_points(series: Series, first_year: int) -> list[Point]:
    """The points with a number from the last break until the start to the first break after it."""
    since = max((year for year in series.break_years if year <= first_year), default=0)
    until = min((year for year in series.break_years if year > first_year), default=9999)
    return [point for point in series.points if point.value is not None and since <= point.year < until]


def usual_step(series: Series, first_year: int) -> float:
    """How much the series moved from one point to the next before the start: root mean square; 0 without two points."""
    before = [
        comparable_point.value or 0.0
        for comparable_point in comparable_points(series, first_year)
        if comparable_point.year < first_year
    ]
    return float(np.sqrt(np.mean(np.diff(before) ** 2))) if len(before) > 1 else 0.0


def _level(points: Sequence[Point]) -> Level | None:
    if not points:
        return None
    mean = float(np.mean([point.value for point in points if point.value is not None]))
    return Level(mean, points[0].year, points[-1].year, len(points))
