"""Stories for the pages of the success bank, written by one person and reviewed by another, as the rights require."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from data.workspace.people import ensure_people
from data.workspace.stories import change_story_state, save_story
from data.workspace.workspace import Workspace
from domain.case import Case, CaseStatus, Evaluation, Partner, Sector, Step, StudyVisit
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.programme import (
    Criterion,
    CriterionState,
    Gate,
    LocalProject,
    Programme,
    ProgrammeStep,
    RunningCount,
)
from domain.rights import Person
from domain.story import NOT_KNOWN_YET, Standing, StoryState, Tag, TagKind

StoryT = TypeVar("StoryT", Case, CooperationMethod, Programme)


def people(workspace: Workspace) -> dict[str, Person]:
    return {person.id: person for person in ensure_people(workspace)}


def publish(workspace: Workspace, story: StoryT) -> StoryT:
    """Written by the administrator, reviewed and published by the coordinator."""
    people_by_id = people(workspace)
    saved = save_story(workspace, people_by_id["administrator"], story)
    reviewed = change_story_state(
        workspace, people_by_id["coordinator"], saved.standing.id, StoryState.REVIEWED, saved.standing.version
    )
    published = change_story_state(
        workspace,
        people_by_id["coordinator"],
        saved.standing.id,
        StoryState.PUBLISHED,
        reviewed.standing.version,
    )
    return replace(saved, standing=published.standing)


def case(**changed: object) -> Case:
    """A case with an answer to everything."""
    facts = {
        "standing": Standing("", owner_municipality="0136"),
        "title": "Läxhjälp på biblioteket",
        "question": "Hur får fler hjälp med läxorna?",
        "municipality_code": "0136",
        "status": CaseStatus.RUNNING,
        "started_on": date(2019, 1, 7),
        "people": "Elever i årskurs 7–9.",
        "what_was_done": "Biblioteket öppnade för läxhjälp.",
        "steps": (Step("våren 2019", "Två kvällar i veckan."),),
        "cost": "Ungefär en halv tjänst.",
        "staff": "En bibliotekarie.",
        "partners": (Partner(Sector.CIVIL_SOCIETY, "Studentföreningen"),),
        "plan": "Att fler skulle bli behöriga.",
        "pitfalls": "Det blev för trångt.",
        "otherwise": "Börja med en kväll.",
        "results": "Fler kom än väntat.",
        "evaluation": Evaluation("Kommunen själv", "Enkät", "De flesta var nöjda."),
        "not_known": ("aims",),
        "study_visit": StudyVisit(True, "En tisdagskväll med fyrtio elever.", "Bibliotekschefen."),
        "tags": (Tag(TagKind.SUBJECT, "skola"),),
    }
    return Case(**(facts | changed))  # type: ignore[arg-type]


def method(**changed: object) -> CooperationMethod:
    facts = {
        "standing": Standing(""),
        "name": "Vem gör vad-kartan",
        "kind": MethodKind.COOPERATION,
        "purpose": "Att se vilka som möter samma människor.",
        "fits_when": "När flera vill samma sak.",
        "does_not_fit_when": "När pengarna redan är fördelade.",
        "how_to": ("Rita en vecka.", "Sätt upp lappar."),
        "preparation": "Bjud in en från varje håll.",
        "minutes": 75,
        "people_from": 5,
        "people_to": 14,
    }
    return CooperationMethod(**(facts | changed))  # type: ignore[arg-type]


def programme(**changed: object) -> Programme:
    facts = {
        "standing": Standing(""),
        "name": "Ingen ska äta ensam",
        "challenge": "Var tredje över 80 lever ensam.",
        "why_no_single_actor": "Hemtjänsten har nycklarna men inte tiden.",
        "step": ProgrammeStep.COOPERATION_PROJECT,
        "started_on": date(2018, 9, 3),
        "gates": (
            Gate(ProgrammeStep.INITIATION, "Fyra kommuner har skrivit under.", date(2018, 12, 10), "Sidan."),
            Gate(ProgrammeStep.COOPERATION_PROJECT, "Tre projekt har hållit i ett år."),
        ),
        "projects": (
            LocalProject("0136", "Kaffevagnen", ProgrammeStep.IMPLEMENTATION, "Hyreshus utan mötesplats."),
            LocalProject("0127", "Långbordet", ProgrammeStep.INITIATION, NOT_KNOWN_YET),
        ),
        "partners": (Partner(Sector.REGION, "Nio vårdcentraler"),),
        "forums": ("Bordet, första onsdagen varje månad.",),
        "criteria": (
            Criterion(
                "Fungerar utan projektledare.", date(2018, 8, 1), CriterionState.MET, "Hon slutade 2021."
            ),
            Criterion("Färre är ensamma.", date(2019, 2, 1), CriterionState.PARTLY),
        ),
        "counts": (
            RunningCount("Samtal", date(2019, 6, 30), 1240),
            RunningCount("Samtal", date(2020, 6, 30), 7020),
        ),
        "helps": "Samma bord.",
        "hinders": "Sekretessen.",
    }
    return Programme(**(facts | changed))  # type: ignore[arg-type]
