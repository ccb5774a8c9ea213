"""A measure that networks own: what it means, its versions, and its life from proposal to retirement."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final

from domain.errors.measures import MeasureDefinitionError, MeasureLifeError
from domain.measure import Direction, MeasureKind
from domain.message import Message, to_translate


class MeasureSource(StrEnum):
    """What a measure's values are made of."""

    KPI = "kpi"  # a published KPI as it is
    FORMULA = "formula"  # computed from KPIs and own variables
    OWN = "own"  # reported by the members themselves


class MeasureState(StrEnum):
    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    IN_USE = "in_use"
    RETIRED = "retired"


NEXT_STATES: Final = {
    MeasureState.PROPOSED: {MeasureState.DISCUSSED, MeasureState.RETIRED},
    MeasureState.DISCUSSED: {MeasureState.DECIDED, MeasureState.RETIRED},
    MeasureState.DECIDED: {MeasureState.IN_USE, MeasureState.RETIRED},
    MeasureState.IN_USE: {MeasureState.RETIRED},
    MeasureState.RETIRED: set(),
}


STATE_NAMES: Final = {
    MeasureState.PROPOSED: to_translate("föreslaget"),
    MeasureState.DISCUSSED: to_translate("under diskussion"),
    MeasureState.DECIDED: to_translate("beslutat"),
    MeasureState.IN_USE: to_translate("i bruk"),
    MeasureState.RETIRED: to_translate("avvecklat"),
}
PUBLISHED_STATES: Final = frozenset({MeasureState.DECIDED, MeasureState.IN_USE})  # once there, it is public
SOURCE_NAMES: Final = {
    MeasureSource.KPI: to_translate("nyckeltal"),
    MeasureSource.FORMULA: to_translate("formel"),
    MeasureSource.OWN: to_translate("egen variabel"),
}


class ReportingInterval(StrEnum):
    YEARLY = "yearly"
    TERM = "term"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """One version of what a measure means. `first_year` is the first year that it holds for; an earlier version holds
    for the years before, and the series breaks between them.

    expression: the KPI id, the formula or the variable's own name, after `source`. numerator, denominator: what they
    count, where the measure is a ratio. smallest_basis: fewest persons or cases behind a shown value.
    """

    version: int
    first_year: int
    source: MeasureSource
    expression: str
    name: str
    resident_sentence: str
    unit: str
    decimals: int
    direction: Direction
    kind: MeasureKind
    included: str = ""
    not_included: str = ""
    service_and_overheads: str = ""  # where own and contracted service and overheads belong
    numerator: str = ""
    denominator: str = ""
    data_source: str = ""
    responsible: str = ""  # a function
    interval: ReportingInterval = ReportingInterval.YEARLY
    smallest_basis: int = 0
    not_to_be_used_for: str = ""
    changed_because: str = ""


INTERVAL_NAMES: Final = {
    ReportingInterval.YEARLY: to_translate("varje år"),
    ReportingInterval.TERM: to_translate("varje termin"),
    ReportingInterval.QUARTERLY: to_translate("varje kvartal"),
    ReportingInterval.MONTHLY: to_translate("varje månad"),
}
WORDING: Final = frozenset(
    {
        "name",
        "resident_sentence",
        "decimals",
        "direction",
        "kind",
        "data_source",
        "responsible",
        "interval",
        "not_to_be_used_for",
        "changed_because",
    }
)  # what may be mended without the values meaning something else


def means_the_same(first: MeasureDefinition, second: MeasureDefinition) -> bool:
    """Whether two definitions differ at most in how they are worded, so that the series need not break."""
    return all(
        getattr(first, name) == getattr(second, name) for name in first.__slots__ if name not in WORDING
    )


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One step of a measure's life in one network: who, when, and what it rests on."""

    state: MeasureState
    at: datetime
    person_id: str
    decided_on: date | None = None
    minutes_reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NetworkMeasure:
    """A measure with all versions, rising, and its life in the network that uses it.

    `owner_network` may redefine it; another network that has taken it over follows. `version` rises with each saved
    change.
    """

    id: str
    owner_network: str
    network_id: str
    definitions: tuple[MeasureDefinition, ...]
    life: tuple[LifeEvent, ...]
    section: str = ""
    version: int = 0

    @property
    def definition(self) -> MeasureDefinition:
        """The newest version."""
        return self.definitions[-1]

    @property
    def state(self) -> MeasureState:
        return self.life[-1].state

    @property
    def is_published(self) -> bool:
        """Whether it has ever been decided; before that it is the network's own business."""
        return any(event.state in PUBLISHED_STATES for event in self.life)

    @property
    def variable_name(self) -> str:
        """What a formula calls it by."""
        return variable_name(self.id, self.definitions[0])

    def definition_for(self, year: int) -> MeasureDefinition:
        """The version that holds for a year; the first one reaches back for ever."""
        holding = [definition for definition in self.definitions if definition.first_year <= year]
        return holding[-1] if holding else self.definitions[0]

    @property
    def break_years(self) -> tuple[int, ...]:
        """The first year of every version but the first."""
        return tuple(definition.first_year for definition in self.definitions[1:])


def variable_name(measure_id: str, definition: MeasureDefinition) -> str:
    """An own variable has the name that was chosen; any other measure its id without hyphens, which would be minus."""
    return definition.expression if definition.source is MeasureSource.OWN else measure_id.replace("-", "_")


def check_measure_step(measure: NetworkMeasure, event: LifeEvent) -> None:
    """Raises `MeasureLifeError` if the step does not follow, `MeasureLifeError` or
    `MeasureLifeError` if what it depends on is missing."""
    if event.state not in NEXT_STATES[measure.state]:
        raise MeasureLifeError(
            MeasureLifeError.STEP,
            measure=measure.definition.name,
            state=Message(STATE_NAMES[measure.state]),
            wanted=Message(STATE_NAMES[event.state]),
        )
    if event.state is MeasureState.DECIDED and not (event.decided_on and event.minutes_reference.strip()):
        raise MeasureLifeError(MeasureLifeError.DECISION_WITHOUT_MINUTES, measure=measure.definition.name)
    if event.state is MeasureState.RETIRED and not event.reason.strip():
        raise MeasureLifeError(MeasureLifeError.RETIREMENT_WITHOUT_REASON, measure=measure.definition.name)


def check_history(measure: NetworkMeasure) -> None:
    """A whole life that comes from elsewhere: every step follows, versions count up and begin in rising years.

    Raises what `check_measure_step` raises, `MeasureDefinitionError`.
    """
    name = measure.definition.name if measure.definitions else measure.id
    if not measure.definitions or not measure.life or measure.life[0].state is not MeasureState.PROPOSED:
        raise MeasureDefinitionError(MeasureDefinitionError.HISTORY, measure=name)
    for count in range(1, len(measure.life)):
        check_measure_step(replace(measure, life=measure.life[:count]), measure.life[count])
    if [definition.version for definition in measure.definitions] != list(
        range(1, len(measure.definitions) + 1)
    ):
        raise MeasureDefinitionError(MeasureDefinitionError.HISTORY, measure=name)
    for earlier, later in pairwise(measure.definitions):
        if later.first_year <= earlier.first_year:
            raise MeasureDefinitionError(
                MeasureDefinitionError.FIRST_YEAR,
                measure=name,
                first_year=later.first_year,
                latest=earlier.first_year,
            )


@dataclass(frozen=True, slots=True)
class Comment:
    person_id: str
    municipality_code: str | None
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One municipality's word on a proposal; a later one replaces an earlier one."""

    municipality_code: str
    is_for: bool
    at: datetime
    person_id: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a network, or one municipality in it, wants to be: a value or an interval, from a year on.

    `low` alone is "at least", `high` alone "at most", both alike a value. `version` rises with each saved change.
    """

    network_id: str
    measure_id: str
    municipality_code: str | None
    year: int
    low: float | None
    high: float | None
    version: int = 0


def check_target(target: Target) -> None:
    """Raises `MeasureDefinitionError` unless there is a bound and the bounds are finite and in order."""
    bounds = [bound for bound in (target.low, target.high) if bound is not None]
    if not bounds or not all(isfinite(bound) for bound in bounds) or bounds != sorted(bounds):
        raise MeasureDefinitionError(
            MeasureDefinitionError.TARGET, low=_format_bound(target.low), high=_format_bound(target.high)
        )


def _format_bound(bound: float | None) -> str:
    return "–" if bound is None else f"{bound:g}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Tally:
    """How the members of a network have voted on one measure; codes in the order in which the members are listed."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    silent: tuple[str, ...]


def tally(votes: Iterable[Vote], members: Iterable[str]) -> Tally:
    """Count one vote a member, the latest; who is no member is not counted."""
    latest = {vote.municipality_code: vote.is_for for vote in sorted(votes, key=lambda vote: vote.at)}
    listed = tuple(members)
    return Tally(
        in_favour=tuple(code for code in listed if latest.get(code) is True),
        against=tuple(code for code in listed if latest.get(code) is False),
        silent=tuple(code for code in listed if code not in latest),
    )
