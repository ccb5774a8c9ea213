"""An estimated effect: by which design, over what, with which doubts, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.message import Explanation, Reason, to_translate


class Design(StrEnum):
    DIFFERENCE_IN_DIFFERENCES = "did"
    SYNTHETIC_CONTROL = "sc"
    SYNTHETIC_DIFFERENCE_IN_DIFFERENCES = "sdid"
    GROUP_TIME = "gt"  # several places that start in different years
    INTERRUPTED_TIME_SERIES = "its"


DESIGN_NAMES: Final = {
    Design.DIFFERENCE_IN_DIFFERENCES: to_translate("skillnad i skillnader"),
    Design.SYNTHETIC_CONTROL: to_translate("syntetisk kontroll"),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: to_translate("syntetisk skillnad i skillnader"),
    Design.GROUP_TIME: to_translate("medeleffekt över grupper och år"),
    Design.INTERRUPTED_TIME_SERIES: to_translate("avbruten tidsserie"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One doubt that was tried. `passed` is None where it only informs."""

    name: str
    passed: bool | None
    message: Reason
    values: Mapping[str, float | str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GapPoint:
    """One year of the treated and of what it is compared with. `weight` is the year's, where the design has such."""

    time: int
    actual: float
    synthetic: float
    is_after: bool

    @property
    def gap(self) -> float:
        return self.actual - self.synthetic


@dataclass(frozen=True, slots=True)
class Placebo:
    """The same estimate for a unit that did nothing. `gaps` follow the years of the effect's own gap.

    ratio: error after over error before.
    """

    unit: str
    estimate: float
    pre_rmspe: float
    ratio: float
    gaps: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """The mean effect over the years after the start, in the unit of the outcome; no estimate where `refused` says why.

    p_value: (1 + placebos at least as extreme) / (1 + donors). pre_rmspe: root mean squared gap before the start.
    unit_weights, time_weights: by unit and by year, only those above zero, the heaviest first and the years rising.
    trend: where the design allows only a drawn trend.
    """

    design: Design
    treated: Mapping[str, int]
    estimate: float | None = None
    standard_error: float | None = None
    p_value: float | None = None
    pre_rmspe: float | None = None
    unit_weights: Mapping[str, float] = field(default_factory=dict)
    time_weights: Mapping[int, float] = field(default_factory=dict)
    gap: tuple[GapPoint, ...] = ()
    placebos: tuple[Placebo, ...] = ()
    checks: tuple[Check, ...] = ()
    refused: Explanation | None = None
    donors: tuple[str, ...] = ()
    left_out: Mapping[str, Explanation] = field(default_factory=dict)  # unit → why
    by_group_and_time: Mapping[tuple[int, int], float] = field(default_factory=dict)
    method: tuple[Reason, ...] = ()


class Evidence(StrEnum):
    """How well it is known that a case did something; apart from how much."""

    DESCRIBED = "described"
    BEFORE_AND_AFTER = "before_and_after"
    COMPARED = "compared"
    SURVIVED_CHECKS = "survived_checks"
    REPEATED = "repeated"


EVIDENCE_NAMES: Final = {
    Evidence.DESCRIBED: to_translate("beskrivet"),
    Evidence.BEFORE_AND_AFTER: to_translate("mätt före och efter"),
    Evidence.COMPARED: to_translate("jämfört med andra"),
    Evidence.SURVIVED_CHECKS: to_translate("har klarat prövningarna"),
    Evidence.REPEATED: to_translate("upprepat på annat håll"),
}
EVIDENCE_STEPS: Final = tuple(Evidence)
