"""How a place stands among those that are similar to it, and which of them it can learn from."""

import statistics
from collections.abc import Mapping
from typing import Final

from domain.comparability import Comparability
from domain.comparison import Comparison, Member, Trend
from domain.learning import PeerFinding, Position, PositionAmongPeers, PositionReason
from domain.measure import Direction, Measure
from domain.series import Series

FEWEST_YEARS_OF_CHANGE: Final = 3  # a change over a year or two is mostly chance
MOST_YEARS_OF_CHANGE: Final = 5  # what lies further back says little of what is done now
MOST_IMPROVED: Final = 3


def comparable_members(comparison: Comparison) -> list[Member]:
    """Return the members whose values may be compared with each other."""
    return [
        member for member in comparison.members if member.comparability is not Comparability.NOT_COMPARABLE
    ]


def position_among_peers(comparison: Comparison, focus_code: str) -> PositionAmongPeers:
    """Compare the focus with the unweighted mean of the other comparable members.

    Values that are equal as they are shown count as equal.
    """
    measure, focus = comparison.measure, comparison.member(focus_code)
    values = [
        member.value
        for member in comparable_members(comparison)
        if member.code != focus_code and member.value is not None
    ]
    mean = statistics.fmean(values) if values else None
    reason = None
    if focus.value is None:
        reason = PositionReason.NO_VALUE
    elif focus.comparability is Comparability.NOT_COMPARABLE:
        reason = PositionReason.NOT_COMPARABLE
    elif mean is None:
        reason = PositionReason.NO_PEERS
    elif measure.direction is Direction.NEUTRAL:
        reason = PositionReason.NO_DIRECTION
    if reason is not None or focus.value is None or mean is None:
        return PositionAmongPeers(Position.CANNOT_BE_SAID, mean, len(values), reason)
    lead = _lead(measure, focus.value, mean)
    position = Position.LEVEL if lead == 0 else Position.BETTER if lead > 0 else Position.WORSE
    return PositionAmongPeers(position, mean, len(values))


def find_peers_to_learn_from(
    comparison: Comparison, focus_code: str, series: Mapping[str, Series]
) -> tuple[PeerFinding, ...]:
    """Return the members that are better than the focus, or among the three that have improved most and more than it.

    series: the series of each comparable member, by code. A change is measured over three to five years up to the
    compared one, without gap or break. Those that are certainly better come first, then by value. In a neutral measure
    nobody is better.
    """
    measure, focus = comparison.measure, comparison.member(focus_code)
    if measure.direction is Direction.NEUTRAL:
        return ()
    most_improved = _most_improved(comparison, focus_code, series)
    is_focus_comparable = focus.value is not None and focus.comparability is not Comparability.NOT_COMPARABLE
    findings = []
    for member in comparable_members(comparison):
        if member.code == focus_code or member.value is None:
            continue
        is_better = focus.value is not None and _lead(measure, member.value, focus.value) > 0
        has_improved_most = member.code in most_improved
        if not (has_improved_most or (is_better and is_focus_comparable)):
            continue
        start = _start_of_change(series[member.code], comparison.year)
        findings.append(
            PeerFinding(
                code=member.code,
                value=member.value,
                is_better=is_better,
                is_certain=_are_intervals_apart(focus, member) if is_better else None,
                has_improved_most=has_improved_most,
                changed_from=None if start is None else start[0],
                value_before=None if start is None else start[1],
                focus_value_before=None if start is None else _value_in(series.get(focus_code), start[0]),
                has_trend=member.trend in {Trend.INCREASING, Trend.DECREASING},
            )
        )
    sign = -1 if measure.direction is Direction.HIGHER else 1
    return tuple(
        sorted(
            findings,
            key=lambda peer: (not peer.is_better, peer.is_certain is not True, sign * peer.value, peer.code),
        )
    )


def _most_improved(comparison: Comparison, focus_code: str, series: Mapping[str, Series]) -> list[str]:
    """Return the codes of those that have improved most, and more than the focus where that is known."""
    gains = {}
    for member in comparable_members(comparison):
        start = _start_of_change(series[member.code], comparison.year)
        if start is not None and member.value is not None:
            gains[member.code] = _lead(comparison.measure, member.value, start[1])
    least = max(gains.pop(focus_code, 0.0), 0.0)
    improved = (code for code, gain in gains.items() if gain > least)
    return sorted(improved, key=lambda code: (-gains[code], code))[:MOST_IMPROVED]


def _start_of_change(series: Series, year: int) -> tuple[int, float] | None:
    """Return the year and value that a change up to `year` is measured from; `None` if the unbroken part is too short."""
    for piece in series.unbroken_pieces():
        values = {point.year: point.value for point in piece if point.value is not None}
        if year in values:
            starts = [
                (start, value)
                for start, value in values.items()
                if FEWEST_YEARS_OF_CHANGE <= year - start <= MOST_YEARS_OF_CHANGE
            ]
            return min(starts, default=None)
    return None


def _value_in(series: Series | None, year: int) -> float | None:
    return next((point.value for point in series.points if point.year == year), None) if series else None


def _lead(measure: Measure, value: float, other: float) -> float:
    """Return by how much a value is better than another; 0 where they are equal as they are shown."""
    difference = round(value, measure.decimals) - round(other, measure.decimals)
    return 0.0 if difference == 0 else difference if measure.direction is Direction.HIGHER else -difference


def _are_intervals_apart(member: Member, other: Member) -> bool | None:
    """Return whether two intervals do not overlap, `None` where one is not known."""
    if member.interval is None or other.interval is None:
        return None
    return member.interval.high < other.interval.low or other.interval.high < member.interval.low
