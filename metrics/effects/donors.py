"""Which donors can be held against the treated, and why the others cannot."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from domain.message import Message, to_translate
from metrics.effects.panel import Panel

_HAS_HOLES: Final = to_translate("Värden saknas {times}.")
_IS_CONSTANT: Final = to_translate("Värdet är detsamma alla år.")
_MOST_NAMED: Final = 4  # years that are named one by one; with more, the first and the last say enough
_FROM_TO: Final = to_translate("{first}–{last}, {n} av {total} år")


def unfit_donors(panel: Panel) -> dict[str, Message]:
    """Donor → why it is left out: a value is lacking, or the series never moves, in the panel's times.

    A constant series tells nothing of what a year brings, and as a placebo it fits itself without error.
    """
    found: dict[str, Message] = {}
    times = np.array(panel.times)
    for unit, row in zip(panel.donor_units, panel.of(panel.donor_units), strict=True):
        lacks = np.isnan(row)
        if lacks.any():
            found[unit] = Message(
                _HAS_HOLES, times=times_written([int(time) for time in times[lacks]], times.size)
            )
        elif np.ptp(row) == 0:
            found[unit] = Message(_IS_CONSTANT)
    return found


def kept_donors(panel: Panel, left_out: Mapping[str, Message]) -> tuple[str, ...]:
    """The donors that remain, in an order that does not depend on the panel's."""
    return tuple(sorted(donor_unit for donor_unit in panel.donor_units if donor_unit not in left_out))


def times_written(times: list[int], total: int) -> Message | str:
    """Years in a sentence."""
    if len(times) <= _MOST_NAMED:
        return ", ".join(str(time) for time in times)
    return Message(_FROM_TO, first=times[0], last=times[-1], n=len(times), total=total)
