"""What each rule of the contract says to a person: what is wrong, what was expected and what to do.

The rules themselves are checks of `data.contracts.reported`; here stand only their words, by the same names, and those of the
cells that could not be understood (`Problem`).
"""

from dataclasses import dataclass
from typing import Final

from domain.message import to_translate
from pipelines.uploads.interpreted_file import Problem


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Texts with places for what is filled in; `structure.py` says what each may use."""

    message: str
    expected: str
    advice: str


_REASON_SIGNS: Final = to_translate(
    "Skriv talet med siffror, till exempel 12 345,6. Saknas värdet: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
)
_MEND_OR_NONE: Final = to_translate(
    "Rätta cellen. Saknas värdet: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
)

PROBLEM_WORDS: Final = {
    Problem.NOT_A_NUMBER: RuleWords(
        to_translate("{what}: ”{found}” går inte att läsa som ett tal."),
        to_translate("ett tal, eller varför det saknas"),
        _REASON_SIGNS,
    ),
    Problem.ERROR_CELL: RuleWords(
        to_translate("{what}: cellen visar felet {found}."),
        to_translate("ett tal, eller varför det saknas"),
        to_translate(
            "Rätta formeln, eller skriv in talet. Saknas värdet: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
        ),
    ),
    Problem.FORMULA_WITHOUT_RESULT: RuleWords(
        to_translate("{what}: cellen har en formel, men filen innehåller inget uträknat resultat."),
        to_translate("ett uträknat tal"),
        to_translate("Öppna filen i kalkylprogrammet och spara om den, eller skriv in talet."),
    ),
    Problem.UNKNOWN_PLACE: RuleWords(
        to_translate("”{place_text}” är ingen kommun eller region som vi känner igen."),
        to_translate("en kommuns eller regions namn, eller dess kod med fyra siffror"),
        to_translate("Skriv kommunens namn eller kod, eller ta bort raden om den inte gäller en kommun."),
    ),
    Problem.UNKNOWN_PERIOD: RuleWords(
        to_translate("{what}: det går inte att se vilket år eller vilken period värdet gäller."),
        to_translate("till exempel 2023, 2023-VT, 2023-Q1 eller 2023-05"),
        to_translate("Skriv året eller perioden i rubriken eller på raden."),
    ),
    Problem.UNKNOWN_GENDER: RuleWords(
        to_translate("{what}: det går inte att se om värdet gäller kvinnor, män eller alla."),
        to_translate("kvinnor, män eller totalt"),
        to_translate("Skriv kvinnor, män eller totalt i rubriken eller på raden."),
    ),
    Problem.NUMBER_AND_REASON: RuleWords(
        to_translate("{what}: här finns både ett tal och en orsak till att det saknas ({found})."),
        to_translate("ett tal eller en orsak, inte båda"),
        to_translate("Ta bort det ena."),
    ),
}
OTHER_PROBLEM: Final = RuleWords(
    to_translate("{what}: ”{found}” går inte att förstå."),
    to_translate("ett tal, eller varför det saknas"),
    _MEND_OR_NONE,
)

RULE_WORDS: Final = {
    "required": RuleWords(
        to_translate("{what} saknas. Varken värde eller orsak är ifyllt."),
        to_translate("ett värde, eller varför det saknas"),
        to_translate(
            "Fyll i värdet. Finns inget: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
        ),
    ),
    "number-or-reason": RuleWords(
        to_translate("{what}: här finns både ett tal och en orsak till att det saknas ({found})."),
        to_translate("ett tal eller en orsak, inte båda"),
        to_translate("Ta bort det ena."),
    ),
    "reason": RuleWords(
        to_translate("{what}: ”{found}” är ingen orsak till att ett värde saknas."),
        to_translate("bortfall (-), ej tillämplig (.) eller sekretess (..)"),
        to_translate("Välj en av orsakerna."),
    ),
    "gender": RuleWords(
        to_translate("{what}: det går inte att se om värdet gäller kvinnor, män eller alla."),
        to_translate("kvinnor, män eller totalt"),
        to_translate("Skriv kvinnor, män eller totalt i rubriken eller på raden."),
    ),
    "finite": RuleWords(
        to_translate("{what}: ”{found}” är för stort för att vara ett tal."),
        to_translate("ett tal"),
        _MEND_OR_NONE,
    ),
    "year": RuleWords(
        to_translate("{what}: året kan inte rapporteras nu."),
        to_translate("från {first_year} till {last_year}"),
        to_translate(
            "Rätta året. Ska ett senare år rapporteras: välj det som rapporteringsperiod och ladda upp filen igen."
        ),
    ),
    "interval": RuleWords(
        to_translate("{what}: måttet rapporteras {interval}, inte för en sådan period."),
        to_translate("till exempel {example}"),
        to_translate("Ange värdet för rätt period."),
    ),
    "share": RuleWords(
        to_translate("{what} är {value}. En andel är minst 0 och högst {highest}."),
        to_translate("0 till {highest}"),
        to_translate("Kontrollera talet och var decimaltecknet står."),
    ),
    "negative-count": RuleWords(
        to_translate("{what} är {value}. Ett antal kan inte vara mindre än noll."),
        to_translate("0 eller mer"),
        to_translate("Rätta talet. Ett streck för bortfall ska stå ensamt i cellen."),
    ),
    "whole-count": RuleWords(
        to_translate("{what} är {value}. Måttet räknar hela antal."),
        to_translate("ett helt tal"),
        to_translate(
            "Skriv antalet utan decimaler, och kontrollera att det inte är en andel eller räknat i tusental."
        ),
    ),
    "duplicate": RuleWords(
        to_translate(
            "{what} står på två ställen med olika uppgifter: {first_found} i {first_cell} och {found} här."
        ),
        to_translate("{first_found}, som i {first_cell}"),
        to_translate("Ta bort det ena eller gör dem lika."),
    ),
    "parts": RuleWords(
        to_translate("{what} är {value}, men det stämmer inte med kvinnor {women} och män {men}."),
        to_translate("{parts_expected}"),
        to_translate("Kontrollera de tre värdena mot varandra."),
    ),
    "basis-required": RuleWords(
        to_translate("{what}: det framgår inte hur många som ligger bakom värdet."),
        to_translate("underlagets antal"),
        to_translate(
            "Ange antalet i en kolumn för underlag. Det behövs för att värden med färre än {smallest_basis} bakom sig ska döljas."
        ),
    ),
    "basis-whole": RuleWords(
        to_translate("{what}: underlaget {basis} är inget antal."),
        to_translate("ett helt tal, 0 eller mer"),
        to_translate("Skriv hur många personer eller ärenden som ligger bakom värdet."),
    ),
    "basis-parts": RuleWords(
        to_translate("{what}: underlaget är {basis}, men kvinnor och män är tillsammans {basis_of_parts}."),
        to_translate("minst {basis_of_parts}"),
        to_translate("Kontrollera de tre antalen mot varandra."),
    ),
}
PARTS_EXPECTED: Final = (
    to_translate("{sum}, som är kvinnor och män tillsammans"),
    to_translate("mellan {low} och {high}"),
    to_translate("{sum}, eller mellan {low} och {high}"),
)  # in the order of `metrics.checks.sum_of_parts.Parts`
MANY_MORE: Final = RuleWords(
    to_translate("Samma sak gäller {count} celler till, som inte räknas upp här."),
    "",
    to_translate("Rätta alla celler av samma slag."),
)
