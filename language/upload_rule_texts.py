"""The texts for each rule of the contract: what is wrong, what was expected and what to do.

The rules are checks of `data.contracts.reported`; a text has the name of its rule. `PROBLEM_WORDS` has the texts for cells
that could not be understood.
"""

from dataclasses import dataclass
from typing import Final

from domain.cell_problem import Problem
from domain.message import to_translate


@dataclass(frozen=True, slots=True)
class RuleTexts:
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
    Problem.NOT_A_NUMBER: RuleTexts(
        to_translate("{what}: ”{found}” går inte att läsa som ett tal."),
        to_translate("ett tal, eller varför det saknas"),
        _REASON_SIGNS,
    ),
    Problem.ERROR_CELL: RuleTexts(
        to_translate("{what}: cellen visar felet {found}."),
        to_translate("ett tal, eller varför det saknas"),
        to_translate(
            "Rätta formeln, eller skriv in talet. Saknas värdet: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
        ),
    ),
    Problem.FORMULA_WITHOUT_RESULT: RuleTexts(
        to_translate("{what}: cellen har en formel, men filen innehåller inget uträknat resultat."),
        to_translate("ett uträknat tal"),
        to_translate("Öppna filen i kalkylprogrammet och spara om den, eller skriv in talet."),
    ),
    Problem.UNKNOWN_PLACE: RuleTexts(
        to_translate("”{place_text}” är ingen kommun eller region som vi känner igen."),
        to_translate("en kommuns eller regions namn, eller dess kod med fyra siffror"),
        to_translate("Skriv kommunens namn eller kod, eller ta bort raden om den inte gäller en kommun."),
    ),
    Problem.UNKNOWN_PERIOD: RuleTexts(
        to_translate("{what}: det går inte att se vilket år eller vilken period värdet gäller."),
        to_translate("till exempel 2023, 2023-VT, 2023-Q1 eller 2023-05"),
        to_translate("Skriv året eller perioden i rubriken eller på raden."),
    ),
    Problem.UNKNOWN_GENDER: RuleTexts(
        to_translate("{what}: det går inte att se om värdet gäller kvinnor, män eller alla."),
        to_translate("kvinnor, män eller totalt"),
        to_translate("Skriv kvinnor, män eller totalt i rubriken eller på raden."),
    ),
    Problem.NUMBER_AND_REASON: RuleTexts(
        to_translate("{what}: här finns både ett tal och en orsak till att det saknas ({found})."),
        to_translate("ett tal eller en orsak, inte båda"),
        to_translate("Ta bort det ena."),
    ),
}
OTHER_PROBLEM: Final = RuleTexts(
    to_translate("{what}: ”{found}” går inte att förstå."),
    to_translate("ett tal, eller varför det saknas"),
    _MEND_OR_NONE,
)

RULE_WORDS: Final = {
    "required": RuleTexts(
        to_translate("{what} saknas. Varken värde eller orsak är ifyllt."),
        to_translate("ett värde, eller varför det saknas"),
        to_translate(
            "Fyll i värdet. Finns inget: skriv bortfall (-), ej tillämplig (.) eller sekretess (..)."
        ),
    ),
    "number-or-reason": RuleTexts(
        to_translate("{what}: här finns både ett tal och en orsak till att det saknas ({found})."),
        to_translate("ett tal eller en orsak, inte båda"),
        to_translate("Ta bort det ena."),
    ),
    "reason": RuleTexts(
        to_translate("{what}: ”{found}” är ingen orsak till att ett värde saknas."),
        to_translate("bortfall (-), ej tillämplig (.) eller sekretess (..)"),
        to_translate("Välj en av orsakerna."),
    ),
    "gender": RuleTexts(
        to_translate("{what}: det går inte att se om värdet gäller kvinnor, män eller alla."),
        to_translate("kvinnor, män eller totalt"),
        to_translate("Skriv kvinnor, män eller totalt i rubriken eller på raden."),
    ),
    "finite": RuleTexts(
        to_translate("{what}: ”{found}” är för stort för att vara ett tal."),
        to_translate("ett tal"),
        _MEND_OR_NONE,
    ),
    "year": RuleTexts(
        to_translate("{what}: året kan inte rapporteras nu."),
        to_translate("från {first_year} till {last_year}"),
        to_translate(
            "Rätta året. Ska ett senare år rapporteras: välj det som rapporteringsperiod och ladda upp filen igen."
        ),
    ),
    "interval": RuleTexts(
        to_translate("{what}: måttet rapporteras {interval}, inte för en sådan period."),
        to_translate("till exempel {example}"),
        to_translate("Ange värdet för rätt period."),
    ),
    "share": RuleTexts(
        to_translate("{what} är {value}. En andel är minst 0 och högst {highest}."),
        to_translate("0 till {highest}"),
        to_translate("Kontrollera talet och var decimaltecknet står."),
    ),
    "negative-count": RuleTexts(
        to_translate("{what} är {value}. Ett antal kan inte vara mindre än noll."),
        to_translate("0 eller mer"),
        to_translate("Rätta talet. Ett streck för bortfall ska stå ensamt i cellen."),
    ),
    "whole-count": RuleTexts(
        to_translate("{what} är {value}. Måttet räknar hela antal."),
        to_translate("ett helt tal"),
        to_translate(
            "Skriv antalet utan decimaler, och kontrollera att det inte är en andel eller räknat i tusental."
        ),
    ),
    "duplicate": RuleTexts(
        to_translate(
            "{what} står på två ställen med olika uppgifter: {first_found} i {first_cell} och {found} här."
        ),
        to_translate("{first_found}, som i {first_cell}"),
        to_translate("Ta bort det ena eller gör dem lika."),
    ),
    "parts": RuleTexts(
        to_translate("{what} är {value}, men det stämmer inte med kvinnor {women} och män {men}."),
        to_translate("{parts_expected}"),
        to_translate("Kontrollera de tre värdena mot varandra."),
    ),
    "basis-required": RuleTexts(
        to_translate("{what}: det framgår inte hur många som ligger bakom värdet."),
        to_translate("underlagets antal"),
        to_translate(
            "Ange antalet i en kolumn för underlag. Det behövs för att värden med färre än {smallest_basis} bakom sig ska döljas."
        ),
    ),
    "basis-whole": RuleTexts(
        to_translate("{what}: underlaget {basis} är inget antal."),
        to_translate("ett helt tal, 0 eller mer"),
        to_translate("Skriv hur många personer eller ärenden som ligger bakom värdet."),
    ),
    "basis-parts": RuleTexts(
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
MANY_MORE: Final = RuleTexts(
    to_translate("Samma sak gäller {count} celler till, som inte räknas upp här."),
    "",
    to_translate("Rätta alla celler av samma slag."),
)
