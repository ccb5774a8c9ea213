"""What is known of one aim of a case: before and after, compared with others, how well it is known, the aim against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from domain.case import Aim
from domain.effect import EVIDENCE_STEPS, Effect, Evidence
from domain.measure import Measure
from domain.message import Explanation, to_translate
from domain.release import Release
from domain.series import Point, Series

LAST_OF_THE_FIRST_HALF: Final = (6, 30)


def first_year_of(started_on: date) -> int:
    """The first year that counts as after the start.

    What starts after 30 June counts from the next year: most figures are of a whole year, and one that is mostly before
    would hide what came.
    """
    is_late = (started_on.month, started_on.day) > LAST_OF_THE_FIRST_HALF
    return started_on.year + is_late


class AimOutcome(StrEnum):
    """What became of an aim, by the figures of the place itself."""

    REACHED = "reached"
    PARTLY_REACHED = "partly_reached"
    NOT_REACHED = "not_reached"
    TOO_EARLY = "too_early"
    CANNOT_BE_SAID = "cannot_be_said"


AIM_OUTCOME_NAMES: Final = {
    AimOutcome.REACHED: to_translate("målet är nått"),
    AimOutcome.PARTLY_REACHED: to_translate("en bit på väg"),
    AimOutcome.NOT_REACHED: to_translate("målet är inte nått"),
    AimOutcome.TOO_EARLY: to_translate("för tidigt att säga"),
    AimOutcome.CANNOT_BE_SAID: to_translate("går inte att säga"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """The mean of the `n` points from `first_year` to `last_year` that have a number."""

    mean: float
    first_year: int
    last_year: int
    n: int


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """One aim of a case at one place, on the figures of one release.

    series: the place's own. before, after: its means in the nearest years before and in all years from the start on that
    can be compared with each other; None where there is no such year. effect: by the design that the rules choose, None
    where there is no start to estimate from; without a number where its `refused` says why. beside: the same by other designs.
    met: the point that the aim is compared with, None where it is the mean after or nothing. changed_by: how far the aim's
    outcome lies from the mean before, in the unit of the measure. repeated_at: other places with an effect in the same
    direction that survived its checks. names: of the effects' units.
    """

    measure: Measure
    aim: Aim
    municipality_code: str
    place: str
    first_year: int | None
    series: Series
    release: Release
    evidence: Evidence
    evidence_why: Explanation
    would_change: Explanation
    outcome: AimOutcome
    outcome_why: Explanation
    is_stated_beforehand: bool
    before: Level | None = None
    after: Level | None = None
    met: Point | None = None
    changed_by: float | None = None
    effect: Effect | None = None
    beside: tuple[Effect, ...] = ()
    repeated_at: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def estimate(self) -> float | None:
        """By the chosen design, in the unit of the measure; percentages differ by percentage points."""
        return self.effect.estimate if self.effect is not None else None


def strongest(effects: Iterable[CaseEffect]) -> CaseEffect | None:
    """The aim that is known best: what a card shows. Of equals the first, as the case lists them."""
    ranked: Sequence[CaseEffect] = list(effects)
    return max(ranked, key=lambda effect: EVIDENCE_STEPS.index(effect.evidence), default=None)
