"""The form of a case, in the order in which it is read."""

from datetime import UTC, datetime
from typing import Any, Final

from app_pages.contribute.form import (
    LINK_TITLE,
    LINK_URL,
    Chapter,
    Field,
    FieldKind,
    Offered,
    beside,
    own,
    part,
    rows,
    text,
)
from domain.case import CASE_STATUS_NAMES, SECTOR_NAMES, Aim, AimDirection, CaseStatus, Partner, Sector, Step
from domain.message import to_translate

DIRECTION_NAMES: Final = {
    AimDirection.INCREASE: to_translate("höja"),
    AimDirection.DECREASE: to_translate("sänka"),
}


def _aim(**values: Any) -> Aim:  # noqa: ANN401 - as the fields are
    """An aim; without a day it was stated today, because an aim is never older than when it was written down."""
    stated_on = values.pop("stated_on") or datetime.now(UTC).astimezone().date()
    return Aim(stated_on=stated_on, size=values.pop("size") or None, **values)


PARTNERS: Final = rows(
    "partners",
    to_translate("Vilka gjorde det tillsammans?"),
    to_translate("Organisationer, inte personer."),
    Field("sector", to_translate("Sektor"), FieldKind.CHOICE, SECTOR_NAMES, Sector.MUNICIPALITY),
    Field("name", to_translate("Namn"), width=2),
    make=Partner,
    row=to_translate("Lägg till en part"),
    needed=("name",),
    unknowable=("partners",),
)

CASE_FORM: Final = (
    Chapter(
        to_translate("Frågan"),
        (
            own(
                "title",
                to_translate("Rubrik"),
                to_translate("Som du skulle säga det till en granne."),
                Field("title", to_translate("Rubrik")),
            ),
            text(
                "question",
                to_translate("Vilken fråga svarar det på?"),
                to_translate("Börja med Hur: den som har samma fråga ska känna igen den."),
                is_unknowable=False,
            ),
            own(
                "municipality_code",
                to_translate("Var och när?"),
                to_translate(
                    "Hur stor kommunen är och vilken grupp den hör till hämtas, det behöver ingen skriva."
                ),
                Field("municipality_code", to_translate("Kommun"), FieldKind.CHOICE, Offered.PLACES, width=2),
                Field(
                    "status", to_translate("Läge"), FieldKind.CHOICE, CASE_STATUS_NAMES, CaseStatus.RUNNING, 2
                ),
                Field("started_on", to_translate("Start"), FieldKind.DAY, width=2),
                Field("ended_on", to_translate("Slut"), FieldKind.DAY, width=2),
                unknowable=("started_on", "ended_on"),
            ),
            text("people", to_translate("För vilka är det?"), to_translate("Vilka, och ungefär hur många.")),
        ),
    ),
    Chapter(
        to_translate("Det ni gjorde"),
        (
            text(
                "plan",
                to_translate("Hur var det tänkt?"),
                to_translate("Planen, innan ni visste hur det gick."),
            ),
            text(
                "what_was_done",
                to_translate("Vad gjorde ni?"),
                to_translate("Berätta så att någon annan kan göra likadant. En tom rad ger ett nytt stycke."),
            ),
            rows(
                "steps",
                to_translate("Steg för steg"),
                to_translate("När räcker som ”våren 2021”."),
                Field("when", to_translate("När")),
                Field("what", to_translate("Vad"), FieldKind.LINE, width=3),
                make=Step,
                row=to_translate("Lägg till ett steg"),
                needed=("what",),
                unknowable=("steps",),
            ),
            own(
                "cost",
                to_translate("Vad kostade det?"),
                to_translate("Med egna ord, och gärna summan i kronor."),
                Field("cost", to_translate("Med egna ord"), FieldKind.TEXT, width=3),
                Field("cost_sek", to_translate("Kronor i allt"), FieldKind.WHOLE),
                unknowable=("cost",),
            ),
            text(
                "staff", to_translate("Vilka arbetade med det?"), to_translate("Roller och hur mycket tid.")
            ),
            PARTNERS,
        ),
    ),
    Chapter(
        to_translate("Det ni vet nu"),
        (
            own(
                "results",
                to_translate("Vad gav det?"),
                to_translate("Det som inte gick är lika välkommet: det sparar år åt andra."),
                Field("results", to_translate("Vad gav det?"), FieldKind.TEXT, width=4),
                Field("is_failure", to_translate("Det gav inte det vi hoppades"), FieldKind.TICK),
                unknowable=("results",),
            ),
            text(
                "pitfalls",
                to_translate("Vilka fallgropar finns?"),
                to_translate("Det ni föll i, eller nästan."),
            ),
            text(
                "otherwise",
                to_translate("Vad skulle ni göra annorlunda?"),
                to_translate("Om ni började i morgon."),
            ),
            part(
                "evaluation",
                to_translate("Är det utvärderat?"),
                to_translate("Vem, hur, och vad de kom fram till. Alla tre behövs."),
                Field("who", to_translate("Vem")),
                Field("design", to_translate("Hur")),
                Field("outcome", to_translate("Vad de kom fram till"), FieldKind.TEXT, width=4),
                Field(LINK_TITLE, to_translate("Rapportens namn")),
                Field(LINK_URL, to_translate("Webbadress, https://…")),
                unknowable=("evaluation",),
            ),
            rows(
                "aims",
                to_translate("Vilka mått skulle det påverka?"),
                to_translate(
                    "Effekten räknas på kommunens egen serie för de mått som ni anger, och jämförs med vad ni sa i förväg."
                ),
                Field("measure_id", to_translate("Mått"), FieldKind.CHOICE, Offered.MEASURES, width=3),
                Field(
                    "direction",
                    to_translate("Åt vilket håll"),
                    FieldKind.CHOICE,
                    DIRECTION_NAMES,
                    AimDirection.INCREASE,
                ),
                Field("size", to_translate("Hur mycket"), FieldKind.AMOUNT),
                Field("by_year", to_translate("Till år"), FieldKind.WHOLE),
                Field("stated_on", to_translate("Sagt den"), FieldKind.DAY),
                make=_aim,
                row=to_translate("Lägg till ett mått"),
                needed=("measure_id",),
                unknowable=("aims",),
            ),
            part(
                "study_visit",
                to_translate("Kan man komma och titta?"),
                to_translate("Ange en funktion att fråga, inte en privatperson."),
                Field("is_offered", to_translate("Vi tar emot studiebesök"), FieldKind.TICK, width=4),
                Field("what_one_sees", to_translate("Det här får man se"), FieldKind.TEXT, width=2),
                Field("how_to_ask", to_translate("Så frågar man"), FieldKind.TEXT, width=2),
                unknowable=("study_visit",),
            ),
        ),
    ),
    Chapter(
        to_translate("Runt berättelsen"),
        (
            *beside()[:-1],
            own(
                "method_ids",
                to_translate("Metoder och program"),
                to_translate("Metoder som ni använde, och programmet som det hör till."),
                Field("method_ids", to_translate("Metoder"), FieldKind.MANY, Offered.METHODS, width=2),
                Field("programme_id", to_translate("Program"), FieldKind.CHOICE, Offered.PROGRAMMES),
            ),
            rows(
                "also_in",
                to_translate("Andra som började med samma sak"),
                to_translate("De räknas inte som jämförelse, och effekten kan mätas över alla tillsammans."),
                Field("code", to_translate("Kommun"), FieldKind.CHOICE, Offered.PLACES, width=2),
                Field("year", to_translate("Startår"), FieldKind.WHOLE),
                make=lambda code, year: (code, year),
                row=to_translate("Lägg till en kommun"),
                needed=("code", "year"),
            ),
            beside()[-1],
        ),
    ),
)
