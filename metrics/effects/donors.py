"""Which donors can be compared with the treated, and why the others cannot."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from domain.effect_reasons import LeftOut
from domain.message import Explanation, Reason
from metrics.effects.panel import Panel

_MOST_NAMED: Final = 4  # years that are named one by one; with more, the first and the last say enough


def unfit_donors(panel: Panel) -> dict[str, Explanation]:
    """Donor → why it is left out: a value is missing, or the series never moves, in the panel's times.

    A constant series says nothing about what a year brings, and as a placebo it fits itself without error.
    """
    exclusions: dict[str, Explanation] = {}
    times = np.array(panel.times)
    for unit, row in zip(panel.donor_units, panel.of(panel.donor_units), strict=True):
        is_missing = np.isnan(row)
        if is_missing.any():
            exclusions[unit] = Reason(
                LeftOut.HAS_GAPS, times=times_written([int(time) for time in times[is_missing]], times.size)
            )
        elif np.ptp(row) == 0:
            exclusions[unit] = Reason(LeftOut.IS_CONSTANT)
    return exclusions


def remaining_donors(panel: Panel, left_out: Mapping[str, Explanation]) -> tuple[str, ...]:
    """The donors that remain, in an order that does not depend on the panel's."""
    return tuple(sorted(donor_unit for donor_unit in panel.donor_units if donor_unit not in left_out))


def times_written(times: list[int], total: int) -> Reason | str:
    """Return years for a sentence."""
    if len(times) <= _MOST_NAMED:
        return ", ".join(str(time) for time in times)
    return Reason(LeftOut.FROM_TO, first=times[0], last=times[-1], n=len(times), total=total)
