"""Which places are like one place, by structure variables that the asker chooses and weights."""

from dataclasses import dataclass

from domain.message import Message
from domain.place import Place
from domain.release import Release


@dataclass(frozen=True, slots=True)
class StructureVariable:
    """One thing that places are likened by. `weight` is its share of the whole weight, between 0 and 1."""

    id: str
    name: Message | str
    unit: str
    decimals: int
    weight: float
    year: int
    is_logged: bool


@dataclass(frozen=True, slots=True)
class SimilarPlace:
    """How far one place is from the focus.

    `distance` is in standard deviations. In the order of the variables: values (`None` where there is none) and each
    variable's share of the squared distance, which sum to 1 (or are all 0 at no distance).
    """

    place: Place
    distance: float
    values: tuple[float | None, ...]
    shares: tuple[float, ...]
    weight_present: float


@dataclass(frozen=True, slots=True)
class LeftOutPlace:
    """A place with too little known of it; `weight_present` is the share of the weight that is known of both."""

    place: Place
    weight_present: float


@dataclass(frozen=True, slots=True)
class SourceList:
    """The source's own list of places like the focus, for one area of work, and how many of our nearest are on it."""

    group_id: str
    area: str
    year: int
    codes: tuple[str, ...]
    agreeing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarPlaces:
    """The places of the focus's kind, the nearest first; ties stand by code. `most` of them are meant to be looked at."""

    focus: Place
    focus_values: tuple[float | None, ...]
    variables: tuple[StructureVariable, ...]
    ordered: tuple[SimilarPlace, ...]
    most: int
    left_out: tuple[LeftOutPlace, ...]
    source_lists: tuple[SourceList, ...]
    method: tuple[Message, ...]
    notes: tuple[Message, ...]
    release: Release
    source: Message

    @property
    def nearest(self) -> tuple[SimilarPlace, ...]:
        return self.ordered[: self.most]
