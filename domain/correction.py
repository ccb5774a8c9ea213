"""A known error in what a source published: what is done about it, why, and what must stay true for it to hold."""

from dataclasses import dataclass
from enum import StrEnum

from domain.value import Gender, NoValueReason


class CorrectionAction(StrEnum):
    """What is done to the cells that a correction names."""

    SET_REASON = "set_reason"  # the number is no measurement: the argument says which reason replaces it
    MULTIPLY = "multiply"  # the number is in another unit than its history: the argument is the factor
    SET_UNIT = "set_unit"  # the title names another unit than the values have: the argument is the true one


@dataclass(frozen=True, slots=True)
class Correction:
    """One tracked correction.

    `municipality_id`, `year` and `gender` are None for "any". `applies_from` and `applies_to` bound what the correction
    is for, both included: the value of a cell, or for `set_unit` the KPI's median; None is no bound. Outside
    them it is simply not applied. `expected_median_from` and `expected_median_to` bound the median of all the
    KPI's values: outside them the source has changed so much that somebody must look, and the run fails.
    """

    id: str
    kpi_id: str
    municipality_id: str | None
    year: int | None
    gender: Gender | None
    action: CorrectionAction
    argument: str
    applies_from: float | None
    applies_to: float | None
    expected_median_from: float
    expected_median_to: float
    reason: str
    source: str

    @property
    def factor(self) -> float:
        """The factor of a `multiply`. Raises `ValueError` for the other actions."""
        return float(self.argument)

    @property
    def new_reason(self) -> NoValueReason:
        """The reason of a `set_reason`. Raises `ValueError` for the other actions."""
        return NoValueReason(self.argument)

    def applies_to_level(self, value: float) -> bool:
        """Whether a number lies within what the correction is for."""
        return (self.applies_from is None or value >= self.applies_from) and (
            self.applies_to is None or value <= self.applies_to
        )

    def is_expected(self, median: float) -> bool:
        """Whether the KPI still has the level at which the correction was decided."""
        return self.expected_median_from <= median <= self.expected_median_to
