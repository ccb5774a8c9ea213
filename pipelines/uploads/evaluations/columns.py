"""The columns of a sheet with evaluation results: what they hold, what we call them and what others do."""

from typing import Final, NamedTuple

from domain.message import to_translate

EVALUATION_SHEET: Final = "Projektresultat"
FEWEST_PERSONS: Final = 7  # fewer answers are not shown in a municipality's own report (SKR Insikt)


class EvaluationColumn(NamedTuple):
    """A column. `others` are folded headings that mean the same; a heading that begins with one does too."""

    field: str
    heading: str
    others: tuple[str, ...]
    is_needed: bool
    width: int
    hint: str


COLUMNS: Final = (
    EvaluationColumn(
        "project", "Projekt", ("projektnamn", "insats", "project"), True, 30, to_translate("Projektets namn.")
    ),
    EvaluationColumn(
        "municipality_text",
        "Kommun",
        ("kommunkod", "region", "municipality", "plats"),
        True,
        18,
        to_translate("Kommunens namn eller kod."),
    ),
    EvaluationColumn(
        "measure_text",
        "Mått",
        ("nyckeltal", "indikator", "utfallsmått", "measure", "effektmått"),
        True,
        34,
        to_translate(
            "Nyckeltalets beteckning (N15428), ett mått i nätverket eller det som projektet själv mätte."
        ),
    ),
    EvaluationColumn("unit", "Enhet", ("unit",), False, 12, to_translate("Till exempel % eller antal.")),
    EvaluationColumn(
        "before",
        "Före",
        ("värde före", "utgångsläge", "baslinje", "resultat före", "before", "nuläge"),
        True,
        12,
        to_translate("Det som mättes innan."),
    ),
    EvaluationColumn(
        "after",
        "Efter",
        ("värde efter", "utfall", "resultat efter", "after"),
        True,
        12,
        to_translate("Det som mättes efteråt."),
    ),
    EvaluationColumn(
        "before_day",
        "Datum före",
        ("mättes före", "före, datum", "datum för föremätning", "startdatum", "before date", "date before"),
        False,
        14,
        to_translate("2023-05-01, 2023-05 eller 2023."),
    ),
    EvaluationColumn(
        "after_day",
        "Datum efter",
        ("mättes efter", "efter, datum", "datum för eftermätning", "slutdatum", "after date", "date after"),
        False,
        14,
        to_translate("2023-05-01, 2023-05 eller 2023."),
    ),
    EvaluationColumn(
        "person_count",
        "Antal personer",
        ("antal deltagare", "deltagare", "antal", "number of people", "people", "n"),
        False,
        14,
        to_translate("Hur många personer resultatet gäller, minst 7."),
    ),
    EvaluationColumn(
        "method",
        "Metod",
        ("utvärderingsmetod", "utvärdering", "method"),
        True,
        40,
        to_translate("Hur det utvärderades: enkät före och efter, jämförelsegrupp, registerdata …"),
    ),
    EvaluationColumn(
        "reference",
        "Referens",
        ("källa", "rapport", "länk", "reference"),
        False,
        40,
        to_translate("Rapport, diarienummer eller adress där utvärderingen finns."),
    ),
)
FIELDS: Final = tuple(column.field for column in COLUMNS)
HEADINGS: Final = {column.field: column.heading for column in COLUMNS}
