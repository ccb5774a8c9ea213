"""Looking for a case, a method or a programme: what one may ask for, and what is found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.case import Case, CaseStatus
from domain.effect import Evidence
from domain.message import to_translate
from domain.place import Place
from domain.story import StoryKind
from domain.success_bank import Story


class PopulationClass(StrEnum):
    """How many live in a municipality. The limits are our own; SKR groups towns by 15 000, 40 000 and 200 000."""

    BELOW_15_000 = "below_15000"
    FROM_15_000 = "15000"
    FROM_40_000 = "40000"
    FROM_100_000 = "100000"
    FROM_200_000 = "200000"


POPULATION_CLASS_NAMES: Final = {
    PopulationClass.BELOW_15_000: to_translate("färre än 15 000 invånare"),
    PopulationClass.FROM_15_000: to_translate("15 000–40 000 invånare"),
    PopulationClass.FROM_40_000: to_translate("40 000–100 000 invånare"),
    PopulationClass.FROM_100_000: to_translate("100 000–200 000 invånare"),
    PopulationClass.FROM_200_000: to_translate("200 000 invånare eller fler"),
}
_POPULATION_FROM: Final = (
    (200_000, PopulationClass.FROM_200_000),
    (100_000, PopulationClass.FROM_100_000),
    (40_000, PopulationClass.FROM_40_000),
    (15_000, PopulationClass.FROM_15_000),
    (0, PopulationClass.BELOW_15_000),
)


class CostClass(StrEnum):
    """What a case has cost in all."""

    BELOW_100_000 = "below_100000"
    BELOW_1_000_000 = "below_1000000"
    BELOW_10_000_000 = "below_10000000"
    MORE = "more"
    UNKNOWN = "unknown"


COST_CLASS_NAMES: Final = {
    CostClass.BELOW_100_000: to_translate("under 100 000 kr"),
    CostClass.BELOW_1_000_000: to_translate("100 000 kr till 1 miljon kr"),
    CostClass.BELOW_10_000_000: to_translate("1–10 miljoner kr"),
    CostClass.MORE: to_translate("10 miljoner kr eller mer"),
    CostClass.UNKNOWN: to_translate("kostnaden är inte känd"),
}
_COST_BELOW: Final = (
    (100_000, CostClass.BELOW_100_000),
    (1_000_000, CostClass.BELOW_1_000_000),
    (10_000_000, CostClass.BELOW_10_000_000),
)


def population_class(place: Place) -> PopulationClass | None:
    """By the newest count of inhabitants; None where the reference knows none."""
    if not place.population:
        return None
    inhabitants = max(place.population)[1]
    return next(population_class for least, population_class in _POPULATION_FROM if inhabitants >= least)


def cost_class(case: Case) -> CostClass:
    """A cost of nothing is a cost; one that nobody knows is not."""
    if case.cost_sek is None:
        return CostClass.UNKNOWN
    return next((cost for below, cost in _COST_BELOW if case.cost_sek < below), CostClass.MORE)


@dataclass(frozen=True, slots=True)
class StoryFilters:
    """What a story must be to be shown; what is empty asks for nothing. All that is asked for must hold.

    subject: the word of a tag of any kind. measure_ids: an aim names one of them. evidence: at least this well known.
    What only a case has (measure, status, cost …) is asked of cases, so that methods and programmes fall away.
    """

    kind: StoryKind | None = None
    subject: str = ""
    measure_ids: frozenset[str] = frozenset()
    county_code: str = ""
    skr_group: str = ""
    population: PopulationClass | None = None
    evidence: Evidence | None = None
    cost: CostClass | None = None
    status: CaseStatus | None = None
    is_failure: bool | None = None
    has_study_visit: bool = False


NO_FILTERS: Final = StoryFilters()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; is_match where it is what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class StoryHit:
    """One story that was found. `score` orders the hits of one search and means nothing between searches.

    passage: where in the text it was found, as plain text in pieces; the story's beginning where nothing was looked for.
    section: the name of the field that holds the passage, as in `SECTION_NAMES`.
    """

    story: Story
    score: float
    section: str
    passage: tuple[Piece, ...]
