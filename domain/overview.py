"""The overview: several measures side by side for one group, seen from one municipality."""

from dataclasses import dataclass
from statistics import pstdev

from domain.comparison import ColourAmong, Comparison, Member
from domain.group import Group
from domain.message import Message
from domain.place import Place
from domain.release import Release
from domain.series import Series
from domain.value import Gender


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One measure: its comparison in its own latest year, and the focus municipality's series."""

    section: Message | str
    comparison: Comparison
    focus_series: Series

    @property
    def focus(self) -> Member:
        """The municipality that the overview is seen from."""
        return self.comparison.member(self.focus_series.code)

    def in_spreads(self, difference: float | None) -> float | None:
        """A difference counted in standard deviations of the members, so that measures can be set side by side.

        `None` where there is no difference to count or the members do not differ.
        """
        values = [member.value for member in self.comparison.members if member.value is not None]
        spread = pstdev(values) if len(values) > 1 else 0.0
        return None if difference is None or not spread else difference / spread


@dataclass(frozen=True, slots=True)
class Overview:
    """All rows in reading order. Measures without any value in the group are named in `without_values`."""

    focus: Place
    group: Group
    gender: Gender
    colour_among: ColourAmong
    release: Release
    rows: tuple[OverviewRow, ...]
    without_values: tuple[str, ...] = ()
