"""An aim that was stated beforehand against what the place's own figures say happened."""

from dataclasses import dataclass
from typing import Final

from domain.case import Aim, AimDirection
from domain.case_effect import AimOutcome, Level
from domain.message import Message, to_translate
from domain.series import Point, Series
from domain.value import Status
from metrics.evidence.levels import comparable_points, usual_step

A_BIT_OF_THE_WAY: Final = 0.5  # of the stated size: from here on it is a bit of the way, below it is not

_NO_START: Final = to_translate("Det har inte börjat, eller har inget startdatum.")
_NOTHING_BEFORE: Final = to_translate("Det finns inget värde före starten att utgå från.")
_AIM_BEFORE_START: Final = to_translate("Målåret {year} ligger före det första året efter starten.")
_NOT_YET: Final = to_translate("Målåret är {year}. Det senaste värdet är från {last}.")
_NOTHING_AFTER: Final = to_translate("Det finns inget värde från starten {year} eller senare än.")
_BROKEN: Final = to_translate("Måttet fick en annan nivå eller definition mellan starten och målåret.")
_EMPTY: Final = {
    Status.MISSING: to_translate("Värdet för {year} saknas."),
    Status.SUPPRESSED: to_translate("Värdet för {year} får inte visas: underlaget är för litet."),
    Status.NOT_APPLICABLE: to_translate("Värdet för {year} är inte tillämpligt."),
    Status.NOT_REPORTED: to_translate("Värdet för {year} är inte rapporterat."),
}
_AS_FAR_AS_WANTED: Final = to_translate("Så långt som målet säger, eller längre.")
_PART: Final = to_translate("Minst halvvägs till målet.")
_NOT_HALFWAY: Final = to_translate("Mindre än halvvägs till målet.")
_OTHER_WAY: Final = to_translate("Åt andra hållet än målet.")
_UNCHANGED: Final = to_translate("Nivån är densamma som före starten.")
_MORE_THAN_USUAL: Final = to_translate(
    "Åt det håll som målet säger, och mer än serien brukar röra sig från år till år."
)
_AS_USUAL: Final = to_translate(
    "Åt det håll som målet säger, men inte mer än serien brukar röra sig från år till år."
)


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """outcome and why; the point that was looked at, if it was one; how far it lies from the mean before."""

    outcome: AimOutcome
    why: Message
    met: Point | None = None
    changed_by: float | None = None


def held_against(
    aim: Aim,
    series: Series,
    first_year: int | None,
    before: Level | None,
    after: Level | None,
    decimals: int,
    no_figures: Message | None = None,
) -> HeldAgainst:
    """The value of the aim's year, or without one the mean after the start, less the mean before, against what was wanted.

    With no size stated, the change must be larger than the series usually moves to count as reached. Numbers count as
    they are shown, with the measure's decimals. no_figures: why the figures that are open say nothing of it.
    """
    if no_figures is not None:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, no_figures)
    if first_year is None:
        return HeldAgainst(AimOutcome.TOO_EARLY, Message(_NO_START))
    if before is None:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Message(_NOTHING_BEFORE))
    if aim.by_year is None:
        if after is None:
            return HeldAgainst(AimOutcome.TOO_EARLY, Message(_NOTHING_AFTER, year=first_year))
        return _judged(aim, series, first_year, after.mean - before.mean, None, decimals)
    if aim.by_year < first_year:
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Message(_AIM_BEFORE_START, year=aim.by_year))
    point = {point.year: point for point in series.points}.get(aim.by_year)
    last = max((point.year for point in series.points if point.value is not None), default=first_year)
    if (point is None or point.value is None) and last < aim.by_year:
        return HeldAgainst(AimOutcome.TOO_EARLY, Message(_NOT_YET, year=aim.by_year, last=last))
    if point is None or point.value is None:
        status = Status.NOT_REPORTED if point is None else point.status
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Message(_EMPTY[status], year=aim.by_year))
    if point not in comparable_points(series, first_year):
        return HeldAgainst(AimOutcome.CANNOT_BE_SAID, Message(_BROKEN))
    return _judged(aim, series, first_year, point.value - before.mean, point, decimals)


def _judged(
    aim: Aim, series: Series, first_year: int, changed_by: float, met: Point | None, decimals: int
) -> HeldAgainst:
    wanted = round(changed_by if aim.direction is AimDirection.INCREASE else -changed_by, decimals)
    if wanted <= 0:
        text = _OTHER_WAY if wanted < 0 else _UNCHANGED
        return HeldAgainst(AimOutcome.NOT_REACHED, Message(text), met, changed_by)
    if aim.size is None:
        is_clear = wanted > usual_step(series, first_year)
        outcome = AimOutcome.REACHED if is_clear else AimOutcome.PARTLY_REACHED
        return HeldAgainst(outcome, Message(_MORE_THAN_USUAL if is_clear else _AS_USUAL), met, changed_by)
    size = round(aim.size, decimals)
    if wanted >= size:
        return HeldAgainst(AimOutcome.REACHED, Message(_AS_FAR_AS_WANTED), met, changed_by)
    if wanted >= A_BIT_OF_THE_WAY * size:
        return HeldAgainst(AimOutcome.PARTLY_REACHED, Message(_PART), met, changed_by)
    return HeldAgainst(AimOutcome.NOT_REACHED, Message(_NOT_HALFWAY), met, changed_by)
