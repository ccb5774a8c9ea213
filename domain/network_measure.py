"""A measure that networks own: what it means, its versions, and its life from proposal to retirement."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.errors import MeasureLifeError
from domain.measure import Direction, MeasureKind


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

    def definition_for(self, year: int) -> MeasureDefinition:
        """The version that holds for a year; the first one reaches back for ever."""
        holding = [one for one in self.definitions if one.first_year <= year]
        return holding[-1] if holding else self.definitions[0]

    @property
    def break_years(self) -> tuple[int, ...]:
        """The first year of every version but the first."""
        return tuple(one.first_year for one in self.definitions[1:])


def check_step(measure: NetworkMeasure, event: LifeEvent) -> None:
    """Raises `MeasureLifeError` if the step does not follow, or lacks the minutes or the reason that it needs."""
    if event.state not in NEXT_STATES[measure.state]:
        raise MeasureLifeError(measure=measure.definition.name, state=measure.state, wanted=event.state)
    if event.state is MeasureState.DECIDED and not (event.decided_on and event.minutes_reference.strip()):
        raise MeasureLifeError(measure=measure.definition.name, state=measure.state, wanted=event.state)
    if event.state is MeasureState.RETIRED and not event.reason.strip():
        raise MeasureLifeError(measure=measure.definition.name, state=measure.state, wanted=event.state)


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
    """Where a network, or one municipality in it, wants to be: a value or an interval, from a year on."""

    network_id: str
    measure_id: str
    municipality_code: str | None
    year: int
    low: float | None
    high: float | None
