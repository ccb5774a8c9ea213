"""The times that an estimate rests on: those in which the treated units' series run and others can be compared with them."""

from dataclasses import replace
from typing import Final

import numpy as np

from metrics.arrays import Booleans
from metrics.effects.panel import Panel

LEAST_SHARE: Final = 0.5  # of the donors that have any value: with fewer, the time was not measured


def within_series(panel: Panel) -> Panel:
    """The panel from the first to the last time in which a treated unit has a value, without times that most donors lack.

    A series that begins late or ends early is short, and a measure that is taken every other year has fewer times:
    neither is a hole. A hole is a time in between that most others have.
    """
    has_treated: Booleans = np.asarray((~np.isnan(panel.of(panel.treated_units))).any(axis=0))
    if not has_treated.any():
        return panel
    among = np.flatnonzero(has_treated)
    keeps = _measured(panel, has_treated)
    keeps[: among[0]] = False
    keeps[among[-1] + 1 :] = False
    return replace(
        panel,
        outcomes=panel.outcomes[:, keeps],
        times=tuple(time for time, is_kept in zip(panel.times, keeps, strict=True) if is_kept),
    )


def _measured(panel: Panel, has_treated: Booleans) -> Booleans:
    """(times,): whether most donors have a value; without donors, whether the treated have."""
    has_value = ~np.isnan(panel.of(panel.donor_units))
    has_value = has_value[has_value.any(axis=1)]
    if not len(has_value):
        return has_treated.copy()
    return np.asarray(has_value.mean(axis=0) >= LEAST_SHARE)
