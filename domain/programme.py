"""A programme: a local societal challenge that no single actor can handle, with its steps, gates, projects and criteria."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.case import Partner
from domain.message import to_translate
from domain.story import Link, Picture, Standing, Tag, TipBox


class ProgrammeStep(StrEnum):
    INITIATION = "initiation"
    COOPERATION_PROJECT = "cooperation_project"
    IMPLEMENTATION = "implementation"


PROGRAMME_STEP_NAMES: Final = {
    ProgrammeStep.INITIATION: to_translate("initiering"),
    ProgrammeStep.COOPERATION_PROJECT: to_translate("samverkansprojekt"),
    ProgrammeStep.IMPLEMENTATION: to_translate("implementering"),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be true before the next step begins. passed_on: the day it was, None while it is not."""

    step: ProgrammeStep
    condition: str
    passed_on: date | None = None
    evidence: str = ""


class CriterionState(StrEnum):
    NOT_YET = "not_yet"
    PARTLY = "partly"
    MET = "met"
    NOT_MET = "not_met"


CRITERION_STATE_NAMES: Final = {
    CriterionState.NOT_YET: to_translate("inte ännu"),
    CriterionState.PARTLY: to_translate("delvis uppfyllt"),
    CriterionState.MET: to_translate("uppfyllt"),
    CriterionState.NOT_MET: to_translate("inte uppfyllt"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one will know that it has succeeded; stated before the start."""

    text: str
    stated_on: date
    state: CriterionState = CriterionState.NOT_YET
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LocalProject:
    municipality_code: str
    name: str
    step: ProgrammeStep
    challenge: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class RunningCount:
    """One count on one day, as an own series: relations made, conversations held, participants."""

    name: str
    day: date
    count: int
    municipality_code: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    standing: Standing
    name: str
    challenge: str
    why_no_single_actor: str = ""
    step: ProgrammeStep = ProgrammeStep.INITIATION
    started_on: date | None = None
    ended_on: date | None = None
    gates: tuple[Gate, ...] = ()
    projects: tuple[LocalProject, ...] = ()
    partners: tuple[Partner, ...] = ()
    forums: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    counts: tuple[RunningCount, ...] = ()
    helps: str = ""  # what has helped
    hinders: str = ""
    pictures: tuple[Picture, ...] = ()
    tip_boxes: tuple[TipBox, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    not_known: tuple[str, ...] = ()  # sections that are answered by “vet inte ännu”
