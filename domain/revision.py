"""What a later release changed in the values of an earlier one."""

from dataclasses import dataclass
from enum import StrEnum

from domain.measure import Measure
from domain.message import Message
from domain.release import Release
from domain.value import Gender, Status


class RevisionKind(StrEnum):
    """How a value changed between two releases."""

    NEW = "new"
    CHANGED = "changed"
    ROUNDED = "rounded"  # re-issued with other rounding: too small a change to mean anything
    WITHDRAWN = "withdrawn"
    REDEFINED = "redefined"  # the whole level was moved by a constant factor


@dataclass(frozen=True, slots=True)
class Revision:
    """One cell that differs. A status is `not_reported` where the release had no row.

    Of what members report: `part` is the part of the year that it is about, `because` what the release that changed it
    says of itself, person and reason among it.
    """

    measure_id: str
    place_code: str
    year: int
    gender: Gender
    kind: RevisionKind
    old_value: float | None
    old_status: Status
    new_value: float | None
    new_status: Status
    part: str = ""
    because: str = ""

    @property
    def period(self) -> str:
        """As it is written: `2023`, `2023-VT`."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)


@dataclass(frozen=True, slots=True)
class RevisedMeasure:
    """How many cells of one measure differ, by kind. `factor` is set where the level was moved."""

    measure: Measure
    new: int = 0
    changed: int = 0
    rounded: int = 0
    withdrawn: int = 0
    redefined: int = 0
    factor: float | None = None

    @property
    def n_meaningful(self) -> int:
        """Cells that say something else than before: changed, withdrawn or redefined."""
        return self.changed + self.withdrawn + self.redefined


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """What differs between two releases; `since` is `None` where there is no earlier one.

    `measures` are those with any difference, the one with most meaningful ones first. `revisions` are cells by
    kind, changed ones first, the largest relative change of each kind first; `notes` say which cells are listed and which only counted.
    """

    since: Release | None
    until: Release
    measures: tuple[RevisedMeasure, ...] = ()
    revisions: tuple[Revision, ...] = ()
    notes: tuple[Message, ...] = ()
