"""The form of a programme."""

from datetime import UTC, datetime
from typing import Any, Final

from app_pages.contribute.case_form import PARTNERS
from app_pages.contribute.form import Chapter, Field, FieldKind, Offered, beside, own, rows, text, texts
from domain.message import to_translate
from domain.programme import (
    CRITERION_STATE_NAMES,
    PROGRAMME_STEP_NAMES,
    Criterion,
    CriterionState,
    Gate,
    LocalProject,
    ProgrammeStep,
    RunningCount,
)


def _criterion(**values: Any) -> Criterion:  # noqa: ANN401 - as the fields are
    """A criterion; without a day it was stated today, because it is never older than when it was written down."""
    stated_on = values.pop("stated_on") or datetime.now(UTC).astimezone().date()
    return Criterion(stated_on=stated_on, **values)


_STEP: Final = Field(
    "step", to_translate("Steg"), FieldKind.CHOICE, PROGRAMME_STEP_NAMES, ProgrammeStep.INITIATION
)

PROGRAMME_FORM: Final = (
    Chapter(
        to_translate("Utmaningen"),
        (
            own(
                "name",
                to_translate("Namn"),
                to_translate("Som det heter när någon frågar."),
                Field("name", to_translate("Namn")),
            ),
            text(
                "challenge",
                to_translate("Vilken är samhällsutmaningen?"),
                to_translate("Hur den märks i människors vardag."),
                is_unknowable=False,
            ),
            text(
                "why_no_single_actor",
                to_translate("Varför klarar ingen den ensam?"),
                to_translate("Vem som har vad, och vad som fattas var och en."),
            ),
        ),
    ),
    Chapter(
        to_translate("Vägen"),
        (
            own(
                "step",
                to_translate("Var är det nu?"),
                to_translate("Initiering, samverkansprojekt eller implementering."),
                _STEP,
                Field("started_on", to_translate("Start"), FieldKind.DAY),
                Field("ended_on", to_translate("Slut"), FieldKind.DAY),
                unknowable=("started_on",),
            ),
            rows(
                "gates",
                to_translate("Grindar"),
                to_translate("Vad som ska vara sant innan nästa steg börjar. Utan dag är den inte passerad."),
                _STEP,
                Field("condition", to_translate("Vad som ska vara sant"), width=2),
                Field("passed_on", to_translate("Passerad den"), FieldKind.DAY),
                Field("evidence", to_translate("Underlag"), width=2),
                make=Gate,
                row=to_translate("Lägg till en grind"),
                needed=("condition",),
                unknowable=("gates",),
            ),
            rows(
                "projects",
                to_translate("Lokala projekt"),
                to_translate("Ett för varje plats där något görs."),
                Field("municipality_code", to_translate("Kommun"), FieldKind.CHOICE, Offered.PLACES),
                Field("name", to_translate("Namn")),
                _STEP,
                Field("challenge", to_translate("Lokal utmaning"), width=2),
                Field("case_id", to_translate("Eget exempel"), FieldKind.CHOICE, Offered.CASES),
                make=LocalProject,
                row=to_translate("Lägg till ett projekt"),
                needed=("municipality_code", "name"),
                unknowable=("projects",),
            ),
            PARTNERS,
            texts(
                "forums",
                to_translate("Forum"),
                to_translate("Var man möts, och hur ofta."),
                label=to_translate("Forum"),
                row=to_translate("Lägg till ett forum"),
            ),
        ),
    ),
    Chapter(
        to_translate("Så vet ni om det lyckas"),
        (
            rows(
                "criteria",
                to_translate("Framgångskriterier"),
                to_translate("Sagda i förväg, med dag. Läget och underlaget fylls på efter hand."),
                Field("text", to_translate("Kriterium"), width=3),
                Field("stated_on", to_translate("Sagt den"), FieldKind.DAY),
                Field(
                    "state",
                    to_translate("Läge"),
                    FieldKind.CHOICE,
                    CRITERION_STATE_NAMES,
                    CriterionState.NOT_YET,
                ),
                Field("evidence", to_translate("Underlag"), width=2),
                make=_criterion,
                row=to_translate("Lägg till ett kriterium"),
                needed=("text",),
                unknowable=("criteria",),
            ),
            rows(
                "counts",
                to_translate("Löpande räkning"),
                to_translate("Hur många det har blivit hittills den dagen: relationer, samtal, deltagare."),
                Field("name", to_translate("Vad som räknas"), width=2),
                Field("day", to_translate("Dag"), FieldKind.DAY),
                Field("count", to_translate("Hittills"), FieldKind.WHOLE),
                Field("municipality_code", to_translate("Kommun"), FieldKind.CHOICE, Offered.PLACES),
                make=RunningCount,
                row=to_translate("Lägg till en räkning"),
                needed=("name", "day", "count"),
            ),
            text(
                "helps",
                to_translate("Vad har hjälpt?"),
                to_translate("Det som gjorde det lättare än väntat."),
            ),
            text(
                "hinders",
                to_translate("Vad har hindrat?"),
                to_translate("Det som andra behöver veta i förväg."),
            ),
        ),
    ),
    Chapter(to_translate("Runt programmet"), beside()),
)
