"""A measure: what a network compares, with the unit and direction that make it readable."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.message import Message


class Direction(StrEnum):
    """Which way is better. Data of the measure, never guessed from its name; unknown is neutral."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class CountModel(StrEnum):
    """How the number behind a value varies by chance, which decides its interval."""

    PROPORTION = "proportion"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Basis:
    """The denominator behind a value: `value = multiplier × numerator / denominator`.

    `denominator_id` is the KPI that holds the denominator, for example the number of inhabitants; empty where the
    members of a network report it beside the value.
    """

    denominator_id: str
    multiplier: float
    model: CountModel


class MeasureKind(StrEnum):
    """What a measure tells about a service. Cost and quality are read side by side, never one alone."""

    QUALITY = "quality"
    SATISFACTION = "satisfaction"
    COST = "cost"
    VOLUME = "volume"
    CONDITIONS = "conditions"  # what the municipality has to work with, not what it has achieved


@dataclass(frozen=True, slots=True)
class CuratedMeasure:
    """What people have decided about one KPI by hand, beside what its publisher says.

    `resident_sentence` says in plain Swedish what the measure is and why it matters. `basis` is given only
    where another KPI truly is the denominator.
    """

    kpi_id: str
    short_title: str
    direction: Direction
    kind: MeasureKind
    decimals: int
    resident_sentence: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as the catalogue and the curated sets together describe it.

    `title` is the publisher's, `short_title` is what fits on a row, `unit` is as Swedes write it ("%",
    "kr/inv"). A measure that nobody has curated has the direction neutral and no sentence for residents.
    `owner_network` names the network that has made the measure, `version` which of its definitions this is, and
    `facts` what that definition says, as heading and text; a published KPI has none of these.
    """

    id: str
    title: str
    short_title: str
    unit: str
    decimals: int
    direction: Direction
    description: str = ""
    resident_sentence: str = ""
    is_divided_by_gender: bool = False
    operating_area: str = ""
    next_publication: str | None = None
    basis: Basis | None = None
    set_ids: tuple[str, ...] = ()
    kind: MeasureKind | None = None
    owner_network: str | None = None
    version: int = 0
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether a network made it; otherwise it is a KPI as its publisher has it."""
        return self.owner_network is not None


@dataclass(frozen=True, slots=True)
class MeasureSet:
    """A ready-made selection of measures, in the order in which they are shown; sections in reading order."""

    id: str
    name: str
    sections: tuple[tuple[Message | str, tuple[str, ...]], ...]

    @property
    def measure_ids(self) -> tuple[str, ...]:
        return tuple(measure_id for _, ids in self.sections for measure_id in ids)

    def restricted_to(self, is_included: Callable[[str], bool]) -> "MeasureSet":
        """Return the set with only some of its measures, and only the sections that still hold any."""
        sections = ((name, tuple(filter(is_included, ids))) for name, ids in self.sections)
        return replace(self, sections=tuple((name, ids) for name, ids in sections if ids))
