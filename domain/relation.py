"""How two measures go together within one group. It says nothing of what causes what."""

from dataclasses import dataclass
from enum import StrEnum

from domain.comparison import Comparison
from domain.message import Message


class Side(StrEnum):
    """On which side of the group's median a member lies; higher and lower for a neutral measure."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    AT_MEDIAN = "at_median"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Relation:
    """Two measures over the n members that have both; the sides are in the order of the members.

    `spearman` and `pearson` lie between −1 and 1, `None` where there are too few members or nothing varies.
    """

    n: int
    spearman: float | None
    pearson: float | None
    first_median: float | None
    second_median: float | None
    first_sides: tuple[Side, ...]
    second_sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class TwoMeasures:
    """Two measures of the same group, each in its own year, with how they go together."""

    first: Comparison
    second: Comparison
    relation: Relation
    method: tuple[Message, ...]
    notes: tuple[Message, ...] = ()
