"""What a later release changed in what an earlier one said."""

from dataclasses import dataclass
from enum import StrEnum

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
    measure_id: str
    place_code: str
    year: int
    gender: Gender
    kind: RevisionKind
    old_value: float | None
    old_status: Status
    new_value: float | None
    new_status: Status
