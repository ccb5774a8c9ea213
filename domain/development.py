"""How one measure developed over the years, for every member of a group and for the group as a whole."""

from dataclasses import dataclass

from domain.comparability import Comparability
from domain.comparison import Trend
from domain.group import Group
from domain.measure import Measure
from domain.message import Message
from domain.network_measure import Target
from domain.release import Release
from domain.series import Series
from domain.value import Gender


@dataclass(frozen=True, slots=True)
class MemberDevelopment:
    """One member's series with what can be said of it. Changes are in the unit of the measure.

    No change and no trend is computed across a break. `changed_from` is the year that `change_over_series`
    counts from. `comparability` and `footnote` are as in a comparison.
    """

    series: Series
    trend: Trend = Trend.CANNOT_BE_CALCULATED
    change_since_last_year: float | None = None
    change_over_series: float | None = None
    changed_from: int | None = None
    comparability: Comparability = Comparability.COMPARABLE
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class GroupYear:
    """The group in one year: unweighted mean and range over the comparable members with a value."""

    year: int
    n_with_value: int
    mean: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True)
class Development:
    """One measure over all its years. `largest_improvers` are codes, the one that improved most first."""

    measure: Measure
    gender: Gender
    group: Group
    release: Release
    source: Message
    method: tuple[Message, ...]
    members: tuple[MemberDevelopment, ...]
    national: Series
    group_years: tuple[GroupYear, ...]
    focus: str | None = None
    break_years: tuple[int, ...] = ()
    largest_improvers: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    targets: tuple[Target, ...] = ()

    def member(self, code: str) -> MemberDevelopment:
        """The member with this code. Raises `KeyError`."""
        for member in self.members:
            if member.series.code == code:
                return member
        raise KeyError(code)
