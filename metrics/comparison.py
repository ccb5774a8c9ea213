"""From plain arrays to finished comparisons, many measures in one pass."""

from dataclasses import dataclass

from domain.comparison import ColourAmong, Comparison
from domain.group import Group
from domain.measure import Measure
from domain.release import Release
from domain.value import Gender
from metrics.arrays import Floats, Words


@dataclass(frozen=True, slots=True)
class Panel:
    """What comparing needs: m measures, y years and the n members of one group.

    years: y calendar years, rising; holds at least the compared years, and the years before them for change
        and trend.
    compared_years: for each measure the year that is compared.
    names: the members' names, in the order of `group.codes`.
    values: (m, y, n), NaN where there is no number (for whatever reason).
    statuses: (m, n) of `Status`: why there is or is no number in the compared year.
    sources: for each measure the source line.
    national_values: (m,) Riket in the compared year.
    all_values: (m, k) the compared year's values of all municipalities, for places and colours among all; without
        it there are none, and `colour_among` must be the group.
    denominators: (m, y, n) for measures with a `basis`, NaN elsewhere; without it there are no intervals.
    break_years: for each measure the first years of a new level or definition.
    """

    measures: tuple[Measure, ...]
    years: tuple[int, ...]
    compared_years: tuple[int, ...]
    gender: Gender
    group: Group
    names: tuple[str, ...]
    values: Floats
    statuses: Words
    release: Release
    sources: tuple[str, ...]
    national_values: Floats
    all_values: Floats | None = None
    denominators: Floats | None = None
    break_years: tuple[tuple[int, ...], ...] = ()
    colour_among: ColourAmong = ColourAmong.GROUP
    focus: str | None = None


def compare(panel: Panel) -> tuple[Comparison, ...]:
    """One comparison a measure, in the order of `panel.measures`. Raises `ValueError` where shapes disagree."""
    raise NotImplementedError
