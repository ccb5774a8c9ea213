"""A case of the success bank: the question, what was done, what came of it, and what it was meant to move."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from domain.message import to_translate
from domain.story import Link, Picture, Standing, Tag, TipBox


class CaseStatus(StrEnum):
    IDEA = "idea"
    TRYING = "trying"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


CASE_STATUS_NAMES: Final = {
    CaseStatus.IDEA: to_translate("idé"),
    CaseStatus.TRYING: to_translate("prövas"),
    CaseStatus.RUNNING: to_translate("i drift"),
    CaseStatus.ENDED: to_translate("avslutat"),
    CaseStatus.STOPPED: to_translate("avbrutet"),
}


class Sector(StrEnum):
    MUNICIPALITY = "municipality"
    REGION = "region"
    CIVIL_SOCIETY = "civil_society"
    BUSINESS = "business"
    STATE = "state"
    RESEARCH = "research"


SECTOR_NAMES: Final = {
    Sector.MUNICIPALITY: to_translate("kommun"),
    Sector.REGION: to_translate("region"),
    Sector.CIVIL_SOCIETY: to_translate("civilsamhälle"),
    Sector.BUSINESS: to_translate("näringsliv"),
    Sector.STATE: to_translate("stat"),
    Sector.RESEARCH: to_translate("forskning"),
}


class AimDirection(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a case was meant to move, stated beforehand. `size` is in the unit of the measure, positive; None if not said."""

    measure_id: str
    direction: AimDirection
    stated_on: date
    size: float | None = None
    by_year: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of what was done. `when` is a year, a month or a day as people say it: “våren 2021”."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Partner:
    sector: Sector
    name: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Who has evaluated it, how, and what they found."""

    who: str = ""
    design: str = ""
    outcome: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class StudyVisit:
    """Whether one can come and look. how_to_ask names a function, never a private person."""

    is_offered: bool = False
    what_one_sees: str = ""
    how_to_ask: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Texts are plain text with blank lines between paragraphs; none may be empty when it is published.

    cost_sek: whole kronor in all, None if not known. also_in: other places that started the same case, with the year.
    """

    standing: Standing
    title: str
    question: str
    municipality_code: str
    status: CaseStatus
    started_on: date | None = None
    ended_on: date | None = None
    people: str = ""  # whom it is for
    what_was_done: str = ""
    steps: tuple[Step, ...] = ()
    cost: str = ""
    cost_sek: int | None = None
    staff: str = ""
    partners: tuple[Partner, ...] = ()
    plan: str = ""
    pitfalls: str = ""
    otherwise: str = ""  # what would be done differently
    results: str = ""
    is_failure: bool = False  # it did not give what was hoped for
    evaluation: Evaluation = field(default_factory=Evaluation)
    aims: tuple[Aim, ...] = ()
    study_visit: StudyVisit = field(default_factory=StudyVisit)
    pictures: tuple[Picture, ...] = ()
    tip_boxes: tuple[TipBox, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    method_ids: tuple[str, ...] = ()
    programme_id: str = ""
    also_in: tuple[tuple[str, int], ...] = ()
    not_known: tuple[str, ...] = ()  # sections that are answered by “vet inte ännu”


class ReuseState(StrEnum):
    INTERESTED = "interested"
    TRYING = "trying"
    KEPT = "kept"
    STOPPED = "stopped"


REUSE_STATE_NAMES: Final = {
    ReuseState.INTERESTED: to_translate("vill prova"),
    ReuseState.TRYING: to_translate("provar"),
    ReuseState.KEPT: to_translate("har behållit det"),
    ReuseState.STOPPED: to_translate("har slutat"),
}


@dataclass(frozen=True, slots=True)
class Reuse:
    """Another municipality that tries a case. own_case_id: its own story, if it has written one. `version` rises."""

    case_id: str
    municipality_code: str
    state: ReuseState
    started_on: date | None = None
    how_it_went: str = ""
    own_case_id: str = ""
    version: int = 0
