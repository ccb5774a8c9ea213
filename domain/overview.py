"""The overview: several measures side by side for one group, seen from one municipality."""

from dataclasses import dataclass

from domain.comparison import ColourAmong, Comparison
from domain.group import Group
from domain.place import Place
from domain.release import Release
from domain.series import Series
from domain.value import Gender


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One measure: its comparison in its own latest year, and the focus municipality's series."""

    section: str
    comparison: Comparison
    focus_series: Series


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
