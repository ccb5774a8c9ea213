"""When no number is given, and why. The limits are our own; docs/decisions/0061 says what they rest on."""

from collections.abc import Collection
from typing import Final

import numpy as np

from domain.effect import Design
from domain.effect_reasons import Refusal
from domain.message import Number, Reason
from metrics.arrays import Floats
from metrics.effects.donors import times_written
from metrics.effects.panel import Panel

FEWEST_BEFORE: Final = 4  # a level and a direction cannot be told from fewer
FEWEST_BEFORE_FOR_WEIGHTS: Final = 6  # with fewer, many mixtures fit by chance
FEWEST_BEFORE_FOR_A_LINE: Final = 8  # a line drawn on through fewer points swings too much
FEWEST_DONORS: Final = 5  # with four, chance alone gives the most extreme estimate one time in five
POOR_FIT: Final = 2.0  # times what is usual among the donors; few real places are further off
POOR_FIT_OF_A_LINE: Final = 3.0  # times the series' own middle change; a random walk seldom strays so far

_WEIGHS: Final = {Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES}


def of_series(panel: Panel, design: Design, breaks: Collection[int] = ()) -> Reason | None:
    """Why the treated units' series cannot be used: None where nothing hinders.

    breaks: first times of a new level or definition of the measure. A break at the first time hinders nothing.
    """
    starts = sorted(set(panel.treated.values()))
    if len(starts) > 1 and design is not Design.GROUP_TIME:
        return Reason(Refusal.SEVERAL_STARTS, starts=", ".join(map(str, starts)))
    for unit in panel.treated_units:
        if reason := of_one_series(panel, unit, design):
            return reason
    return of_breaks(panel, breaks)


def of_breaks(panel: Panel, breaks: Collection[int]) -> Reason | None:
    """Why the times of the panel cannot be compared with one another."""
    first, last = panel.times[0], panel.times[-1]
    inside = sorted(time for time in set(breaks) if first < time <= last)
    if inside:
        return Reason(Refusal.BREAK, times=times_written(inside, len(panel.times)), first=first, last=last)
    return None


def of_donors(n_donors: int, n_treated: int) -> Reason | None:
    """Why there are too few to compare with: as many as the treated stand in for them, and the fewest must remain."""
    fewest = FEWEST_DONORS + n_treated - 1
    return None if n_donors >= fewest else Reason(Refusal.TOO_FEW_DONORS, n=n_donors, fewest=fewest)


def of_fit(pre_rmspe: float, largest: float, decimals: int) -> Reason | None:
    """Why the fit before the start is too poor, by `largest_error`."""
    if pre_rmspe <= largest:
        return None
    error, most = (Number(size, decimals + 1) for size in (pre_rmspe, largest))
    return Reason(Refusal.POOR_FIT, error=error, most=most)


def largest_error(placebo_pre_rmspe: Floats, usual_change: float) -> float:
    """The largest error before the start that still counts as a fit.

    placebo_pre_rmspe: (placebos,), how well the same design fits those who did nothing. With many donors it fits them
    perfectly by chance, so an error no larger than what the donors usually move in a year is never called poor.
    """
    return POOR_FIT * max(float(np.median(placebo_pre_rmspe)), usual_change)


def usual_change(rows: Floats) -> float:
    """rows: (units, times). The middle unit's spread of changes from one time to the next, beside what all share."""
    changes = np.diff(rows, axis=1)
    return float(np.median((changes - changes.mean(axis=0)).std(axis=1)))


def of_one_series(panel: Panel, unit: str, design: Design) -> Reason | None:
    """Why one treated unit's series is too short, has holes or never moves."""
    start, series = panel.treated[unit], panel.of([unit])[0]
    times = np.array(panel.times)
    if np.isnan(series).all():
        return Reason(Refusal.NO_VALUES, unit=unit)
    n_before = panel.n_before(start)
    if n_before < FEWEST_BEFORE:
        return Reason(Refusal.TOO_FEW_BEFORE, n=n_before, start=start, fewest=FEWEST_BEFORE)
    if n_before == len(times):
        return Reason(Refusal.NONE_AFTER, start=start, last=int(times[-1]))
    if design in _WEIGHS and n_before < FEWEST_BEFORE_FOR_WEIGHTS:
        return Reason(Refusal.ONLY_DIFFERENCES, n=n_before, start=start, fewest=FEWEST_BEFORE_FOR_WEIGHTS)
    if design is Design.INTERRUPTED_TIME_SERIES and n_before < FEWEST_BEFORE_FOR_A_LINE:
        return Reason(Refusal.TOO_FEW_FOR_A_LINE, n=n_before, start=start, fewest=FEWEST_BEFORE_FOR_A_LINE)
    missing_times = [int(time) for time in times[np.isnan(series)]]
    if missing_times:
        return Reason(Refusal.HOLES, unit=unit, times=times_written(missing_times, times.size))
    if np.ptp(series[:n_before]) == 0:
        return Reason(Refusal.CONSTANT, unit=unit)
    return None
