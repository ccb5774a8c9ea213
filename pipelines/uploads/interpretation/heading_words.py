"""Words that head a column and say what it holds, as municipalities and statistics agencies write them."""

import re
from typing import Final

from domain.upload import ColumnRole
from spreadsheets.normalised_text import normalise_text

_WORDS: Final = {
    ColumnRole.MUNICIPALITY: (
        "kommun", "kommuner", "kommunnamn", "kommunens namn", "kommunkod", "kommun/landsting", "kommun/region", "kommun/län", "kod",
        "municipality", "municipality code", "region", "regioner", "landsting", "regionkod", "område", "namn på kommun", "kommunnr",
        "kommunnummer", "kommun kod", "kommun_kod", "kommun namn", "enhet/kommun", "geografi", "organisation",
    ),
    ColumnRole.MEASURE: (
        "nyckeltal", "nyckeltalsid", "nyckeltals-id", "nyckeltal id", "mått", "måttets namn", "indikator", "indikatorer", "kpi", "kpi-id",
        "mätetal", "resultatmått", "variabel", "measure", "indicator", "fråga", "beteckning", "mått/nyckeltal", "titel",
        "tabellinnehåll", "styrtal",
    ),
    ColumnRole.YEAR: ("år", "year", "mätår", "kalenderår", "verksamhetsår", "årtal", "avser år", "redovisningsår"),
    ColumnRole.PERIOD: ("period", "läsår", "tid", "tidpunkt", "tidsperiod", "mätperiod", "avser period", "avser", "datum", "rapportperiod"),
    ColumnRole.PART: ("månad", "termin", "kvartal", "del av år", "month", "quarter", "term", "mån"),
    ColumnRole.GENDER: ("kön", "gender", "sex", "kön (k/m/t)", "könsuppdelning"),
    ColumnRole.VALUE: ("värde", "visat värde", "värden", "value", "utfall", "resultat", "årets värde", "redovisat värde", "andel", "andel (%)",
                 "%", "procent", "medelvärde", "tal", "siffra", "kr", "kr/inv"),
    ColumnRole.BASIS: (
        "underlag", "underlag, antal", "underlag antal", "antal svar", "antal svarande", "antal i underlaget", "antal personer", "svarande",
        "respondenter", "antal respondenter", "bas", "n", "n=", "nämnare", "basis", "underlagets storlek", "antal svarande (n)",
        "antal (n)", "count", "antal observationer",
    ),
    ColumnRole.REASON: ("orsak", "orsak till bortfall", "orsak om värde saknas", "bortfall", "bortfallsorsak", "reason", "varför värde saknas"),
    ColumnRole.COMMENT: ("kommentar", "kommentarer", "anmärkning", "anmärkningar", "notering", "noteringar", "fotnot", "förklaring", "comment",
                   "övrigt", "not"),
    ColumnRole.IGNORED: ("enhet", "unit", "län", "länskod", "id-nummer", "rad", "nr", "ordning", "senast ändrad", "källa", "ansvarig", "definition",
                   "förändring", "skillnad", "rang", "placering", "trend", "differens", "rank", "riktning", "beskrivning", "året innan",
                   "föregående år", "målvärde", "mål"),
}  # fmt: skip
_ROLES: Final = {word: role for role, words in _WORDS.items() for word in words}
_PERSONS_BEHIND: Final = (
    r"(?:underlag(?:, antal)?|antal svar(?:ande)?|svarande|respondenter|bas|n|antal i underlaget)"
)
_BASIS_LAST: Final = re.compile(rf"(?:\s*[,:;(–-]\s*|\s+){_PERSONS_BEHIND}\)?$", re.IGNORECASE)
_BASIS_FIRST: Final = re.compile(rf"^{_PERSONS_BEHIND}\s*[,:;–-]\s*", re.IGNORECASE)
_COMMENT_LAST: Final = re.compile(
    r"(?:\s*[,:;(–-]\s*|\s+)(?:kommentar|notering|anmärkning)\)?$", re.IGNORECASE
)


def role_of_heading(heading: str) -> ColumnRole | None:
    """What a whole heading says that its column holds, or None."""
    return _ROLES.get(normalise_text(heading).strip(" .:*?")) if len(heading) <= 40 else None


def is_count(heading: str) -> bool:
    """`Antal` alone: the basis where a share stands beside it, else the value."""
    return normalise_text(heading).strip(" .:*?") in {"antal", "antal st", "st"}


def role_beside_value(heading: str) -> tuple[ColumnRole | None, str]:
    """Whether a heading means what stands beside a value (its basis, its comment), and the heading without saying so."""
    plain = " ".join(heading.split())
    for pattern, role in (
        (_BASIS_LAST, ColumnRole.BASIS),
        (_BASIS_FIRST, ColumnRole.BASIS),
        (_COMMENT_LAST, ColumnRole.COMMENT),
    ):
        if match := pattern.search(plain):
            return role, (plain[: match.start()] + plain[match.end() :]).strip()
    return None, plain
