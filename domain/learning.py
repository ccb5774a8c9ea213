"""From a measure to whom one can learn from: where one stands among similar places, who is better, what they have done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.case import Case
from domain.case_effect import CaseEffect
from domain.comparison import Comparison
from domain.cooperation_method import CooperationMethod
from domain.measure import Measure
from domain.message import Message
from domain.place import Place


class Position(StrEnum):
    """Where one stands against the unweighted mean of the similar places."""

    WORSE = "worse"
    LEVEL = "level"
    BETTER = "better"
    CANNOT_BE_SAID = "cannot_be_said"


class Closeness(StrEnum):
    """How near a case lies to a measure, the nearest first."""

    SAME_MEASURE = "same_measure"
    SAME_INPUT = "same_input"  # another measure that is made of the same KPI
    SAME_SUBJECT = "same_subject"


class PositionReason(StrEnum):
    """Why the position of a place cannot be given."""

    NO_VALUE = "no_value"
    NOT_COMPARABLE = "not_comparable"
    NO_PEERS = "no_peers"
    NO_DIRECTION = "no_direction"


@dataclass(frozen=True, slots=True)
class PositionAmongPeers:
    """Where a place stands against the unweighted mean of `n_others` similar places.

    mean: `None` where none of them has a value. reason: set exactly where the position cannot be said.
    """

    position: Position
    mean: float | None
    n_others: int
    reason: PositionReason | None = None


@dataclass(frozen=True, slots=True)
class PeerFinding:
    """What the figures say of a similar place that is better or has improved more, in the unit of the measure.

    is_certain: whether the two intervals do not overlap; `None` where one is not known, or the place is not better.
    value_before, focus_value_before: in the year `changed_from`; `None` where the series is too short or broken.
    """

    code: str
    value: float
    is_better: bool
    is_certain: bool | None
    has_improved_most: bool
    changed_from: int | None
    value_before: float | None
    focus_value_before: float | None
    has_trend: bool


@dataclass(frozen=True, slots=True)
class PeerToLearnFrom:
    """A similar place that is better or has improved more. Numbers are in the unit of the measure.

    is_certain: whether the two intervals lie apart; None where one of them is not known, or the place is not better.
    change: from `changed_from` to the compared year, as a difference of values, None where the series is too short or broken.
    """

    place: Place
    value: float
    is_better: bool
    is_certain: bool | None
    has_improved_most: bool
    change: float | None
    changed_from: int | None
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CaseToLearnFrom:
    """A case of somebody else's. effect: what is known of its aim on this measure, as far as it is worked out.

    times_read: how often others have gone from this measure to the case.
    """

    case: Case
    place: Place
    closeness: Closeness
    why: tuple[Message, ...]
    effect: CaseEffect | None = None
    times_read: int = 0


@dataclass(frozen=True, slots=True)
class MethodToLearnFrom:
    """A method that the cases have used."""

    method: CooperationMethod
    cases: Sequence[Case]
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class VisitToMake:
    """A case whose place takes visitors."""

    case: Case
    place: Place
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Learning:
    """The whole road. comparison: the focus among the similar places, in the latest year with a value of any of them.

    mean: the unweighted mean of the others, None where none has a comparable value. peers: the surest first. cases: the
    nearest first. read_by_others: cases that those who looked at the measure went on to, the most read first, with how often.
    """

    measure: Measure
    focus: Place
    comparison: Comparison
    position: Position
    position_why: tuple[Message, ...]
    mean: float | None
    peers: tuple[PeerToLearnFrom, ...]
    cases: tuple[CaseToLearnFrom, ...]
    methods: tuple[MethodToLearnFrom, ...]
    visits: tuple[VisitToMake, ...]
    read_by_others: tuple[tuple[Case, int], ...] = ()
    notes: tuple[Message, ...] = ()
    method: tuple[Message, ...] = field(default=())
