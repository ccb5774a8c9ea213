"""The year's figure of what is reported for parts of a year: terms, quarters or months.

A year's amount (money, persons, visits) is the sum of its parts; a share, a mean or an index is the unweighted mean of
theirs. Either needs every part: a year of three quarters is no year, and a year of which one part is hidden would give
that part away.
"""

from dataclasses import dataclass

import numpy as np

from domain.dimension import Unit
from domain.measure import MeasureKind
from domain.network_measure import MeasureDefinition
from metrics.arrays import Floats
from metrics.formula.evaluation import Codes, Evaluated


@dataclass(frozen=True, slots=True)
class Yearly:
    """cells and bases: (years, places). bases: how many stand behind the number, NaN where nobody has said."""

    cells: Evaluated
    bases: Floats


def is_summed(definition: MeasureDefinition) -> bool:
    """Whether a year is the sum of its parts: volumes and costs that are counted in an amount, never a share."""
    if definition.kind not in (MeasureKind.VOLUME, MeasureKind.COST):
        return False
    return Unit.read(definition.unit, definition.name).is_amount


def yearly(numbers: Floats, statuses: Codes, bases: Floats, *, is_sum: bool) -> Yearly:
    """Parts as years. numbers, statuses (positions in `BY_WEIGHT`), bases: (years, parts, places).

    If any part has no number the year has none, for the strongest reason. Behind the year stands the
    smallest of the parts' bases, since the same persons may stand behind several: it never claims too much.
    """
    worst = np.max(statuses, axis=1)
    together = np.sum(numbers, axis=1) if is_sum else np.mean(numbers, axis=1)
    return Yearly(
        Evaluated(np.where(worst == 0, together, np.nan), worst),
        np.where(worst == 0, np.min(bases, axis=1), np.nan),
    )
