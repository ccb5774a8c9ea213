"""An aim that was stated beforehand against what the place's own figures say happened."""

from dataclasses import dataclass
from typing import Final

from domain.case import Aim, AimDirection
from domain.case_effect import AimOutcome, Level
from domain.evidence_reasons import AimReason
from domain.message import Explanation, Reason
from domain.series import Point, Series
from domain.value import Status
from metrics.evidence.levels import comparable_points, usual_step

A_BIT_OF_THE_WAY: Final = 0.5  # of the stated size: from here on it is a bit of the way, below it is not

_EMPTY: Final = {
    Status.MISSING: AimReason.VALUE_MISSING,
    Status.SUPPRESSED: AimReason.VALUE_SUPPRESSED,
    Status.NOT_APPLICABLE: AimReason.VALUE_NOT_APPLICABLE,
    Status.NOT_REPORTED: AimReason.VALUE_NOT_REPORTED,
}


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """outcome and why; the point that was looked at, if it was one; how far it lies from the mean before."""

    outcome: AimOutcome
    why: Explanation
    met: Point | None = None
    changed_by: float | None = None


def held_against(
    aim: Aim,
    series: Series,
    first_year: int | None,
    before: Level | None,
    after: Level | None,
    decimals: int,
    no_figures: Explanation | None = None,
) -> HeldAgainst:
    """The value of the aim's year, or without one the mean after the start, less the mean before, against what was wanted.

    With no size stated, the change must be larger than the series usually moves to count as reached. Numbers count as
    they are shown, with the measure's decimals. no_figures: why the figures that are open say nothing of it.
    """
    if no_figures is not None:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, no_figures)
    if first_year is None:
        return HeldAgainst(AimOutcome.TOO_EARLY, Reason(AimReason.NO_START))
    if before is None:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Reason(AimReason.NOTHING_BEFORE))
    if aim.by_year is None:
        if after is None:
            return HeldAgainst(AimOutcome.TOO_EARLY, Reason(AimReason.NOTHING_AFTER, year=first_year))
        return _judge_aim(aim, series, first_year, after.mean - before.mean, None, decimals)
    if aim.by_year < first_year:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Reason(AimReason.AIM_BEFORE_START, year=aim.by_year))
    point = {point.year: point for point in series.points}.get(aim.by_year)
    last = max((point.year for point in series.points if point.value is not None), default=first_year)
    if (point is None or point.value is None) and last < aim.by_year:
        return HeldAgainst(AimOutcome.TOO_EARLY, Reason(AimReason.NOT_YET, year=aim.by_year, last=last))
    if point is None or point.value is None:
        status = Status.NOT_REPORTED if point is None else point.status
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Reason(_EMPTY[status], year=aim.by_year))
    if point not in comparable_points(series, first_year):
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Reason(AimReason.BROKEN))
    return _judge_aim(aim, series, first_year, point.value - before.mean, point, decimals)


def _judge_aim(
    aim: Aim, series: Series, first_year: int, changed_by: float, met: Point | None, decimals: int
) -> HeldAgainst:
    desired_change = round(changed_by if aim.direction is AimDirection.INCREASE else -changed_by, decimals)
    if desired_change <= 0:
        text = AimReason.OTHER_WAY if desired_change < 0 else AimReason.UNCHANGED
        return HeldAgainst(AimOutcome.NOT_REACHED, Reason(text), met, changed_by)
    if aim.size is None:
        is_clear = desired_change > usual_step(series, first_year)
        outcome = AimOutcome.REACHED if is_clear else AimOutcome.PARTLY_REACHED
        return HeldAgainst(
            outcome, Reason(AimReason.MORE_THAN_USUAL if is_clear else AimReason.AS_USUAL), met, changed_by
        )
    size = round(aim.size, decimals)
    if desired_change >= size:
        return HeldAgainst(AimOutcome.REACHED, Reason(AimReason.AS_FAR_AS_WANTED), met, changed_by)
    if desired_change >= A_BIT_OF_THE_WAY * size:
        return HeldAgainst(AimOutcome.PARTLY_REACHED, Reason(AimReason.PART), met, changed_by)
    return HeldAgainst(AimOutcome.NOT_REACHED, Reason(AimReason.NOT_HALFWAY), met, changed_by)
