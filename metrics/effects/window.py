"""The times that an estimate rests on: those in which the treated units' series run."""

from dataclasses import replace

import numpy as np

from metrics.arrays import Booleans
from metrics.effects.panel import Panel


def within_series(panel: Panel) -> Panel:
    """The panel from the first to the last time in which a treated unit has a value, without times that nobody has.

    A series that begins late or ends early is short, and a measure that is taken every other year has fewer times:
    neither is a hole. A hole is a time in between that others have.
    """
    treated = (~np.isnan(panel.of(panel.treated_units))).any(axis=0)
    if not treated.any():
        return panel
    among = np.flatnonzero(treated)
    keeps: Booleans = np.asarray((~np.isnan(panel.outcomes)).any(axis=0))
    keeps[: among[0]] = False
    keeps[among[-1] + 1 :] = False
    return replace(
        panel,
        outcomes=panel.outcomes[:, keeps],
        times=tuple(time for time, is_kept in zip(panel.times, keeps, strict=True) if is_kept),
    )
