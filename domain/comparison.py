"""The result of comparing one measure, one year and one gender within one group."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.comparability import Comparability
from domain.group import Group
from domain.measure import Measure
from domain.message import Message
from domain.network_measure import Target
from domain.release import Release
from domain.value import Gender, Status

FEWEST_FOR_COLOUR: Final = 4  # a quarter of fewer is nobody


class Colour(StrEnum):
    """Where a member lies among those it is coloured with. Relative, never good or bad in itself.

    A measure with a direction uses green, yellow and red; a neutral one uses three shades of one hue.
    """

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    LIGHT = "light"
    MEDIUM = "medium"
    DARK = "dark"
    NONE = "none"


class Verdict(StrEnum):
    """Whether a member differs from the mean of the others by more than chance would."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    NONE = "none"


class Trend(StrEnum):
    """The recent trend. Says which way the numbers go, not whether that is good."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_SIGNIFICANT_CHANGE = "no_significant_change"
    CANNOT_BE_CALCULATED = "cannot_be_calculated"


class ColourAmong(StrEnum):
    """Among whom the colour is decided."""

    GROUP = "group"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval in the unit of the value."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Member:
    """One municipality in a comparison. Numbers are in the unit of the measure; `None` means there is none.

    `rank` is the place counted from the better end (from the highest for a neutral measure), ties sharing the
    better place. `rank_range` is the best and worst place that the intervals allow. `rank_among_all` is the place
    among all municipalities. `change_over_series_from` is the year that `change_over_series` counts from.
    `comparability` is the member's own word on the measure and `footnote` what it says of how things are counted there;
    who is not comparable has a value, but no place, colour, verdict or distance to the others. `explanation` is what the
    one who reported the value has written of it, this year.
    """

    code: str
    name: str
    value: float | None
    status: Status
    rank: int | None = None
    rank_range: tuple[int, int] | None = None
    is_tied: bool = False
    colour: Colour = Colour.NONE
    verdict: Verdict = Verdict.NONE
    interval: Interval | None = None
    trend: Trend = Trend.CANNOT_BE_CALCULATED
    deviation_from_mean: float | None = None
    deviation_from_best: float | None = None
    change_since_last_year: float | None = None
    change_over_series: float | None = None
    change_over_series_from: int | None = None
    rank_among_all: int | None = None
    comparability: Comparability = Comparability.COMPARABLE
    footnote: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure, one year, one gender, one group: the members and what they have in common.

    `n_with_value` counts the members that have a value to be compared by; those that have one but are not comparable
    stand in `n_not_comparable` and in no mean, place or colour. `mean` is unweighted; `weighted_mean` is the sum of
    numerators over the sum of denominators, where those are known; `national_value` is the published weighted figure
    for Riket. `method` says how each figure was made; those who compute leave it empty. `break_years` are the first years of a
    new level or definition: nothing is computed across them. `notes` are what the reader should know before
    trusting the result.
    """

    measure: Measure
    year: int
    gender: Gender
    group: Group
    release: Release
    source: Message
    members: tuple[Member, ...]
    colour_among: ColourAmong = ColourAmong.GROUP
    focus: str | None = None
    n: int = 0
    n_with_value: int = 0
    n_not_comparable: int = 0
    mean: float | None = None
    weighted_mean: float | None = None
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    national_value: float | None = None
    best: float | None = None
    n_with_value_among_all: int | None = None
    break_years: tuple[int, ...] = ()
    method: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    targets: tuple[Target, ...] = ()

    def member(self, code: str) -> Member:
        """The member with this code. Raises `KeyError`."""
        for member in self.members:
            if member.code == code:
                return member
        raise KeyError(code)

    @property
    def target(self) -> Target | None:
        """Where the focus wants to be, else the network; in force in the compared year, else the next to come."""
        return self.target_of(self.focus) or self.target_of(None)

    def target_of(self, code: str | None) -> Target | None:
        """The target of one municipality, or of the network for `None`."""
        own = sorted(
            (target for target in self.targets if target.municipality_code == code),
            key=lambda target: target.year,
        )
        in_force = [target for target in own if target.year <= self.year]
        return in_force[-1] if in_force else next(iter(own), None)
