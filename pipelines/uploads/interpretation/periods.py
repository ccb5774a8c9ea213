"""Years, terms, quarters and months as cells and headings say them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.period import Period
from spreadsheets.normalised_text import normalise_text

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2099
_MONTHS: Final = {
    name: f"{number:02}"
    for number, names in enumerate(
        (
            ("jan", "januari", "january"), ("feb", "febr", "februari", "february"), ("mar", "mars", "march"),
            ("apr", "april"), ("maj", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"),
            ("aug", "augusti", "august"), ("sep", "sept", "september"), ("okt", "oct", "oktober", "october"),
            ("nov", "november"), ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_TERMS: Final = {
    "vt": "VT", "vår": "VT", "våren": "VT", "vårterm": "VT", "vårtermin": "VT", "vårterminen": "VT",
    "ht": "HT", "höst": "HT", "hösten": "HT", "höstterm": "HT", "hösttermin": "HT", "höstterminen": "HT",
}  # fmt: skip

_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TERM: Final = "|".join(sorted(_TERMS, key=len, reverse=True))
_YEAR: Final = r"(?P<year>(?:19[5-9]\d|20\d\d))"
_SHORT: Final = r"(?P<year>(?:(?:19[5-9]\d|20\d\d))|(?<!\d)\d\d)"
_QUARTER: Final = r"(?:kv\.?|kvartal(?:et)?|q)"
_BETWEEN: Final = r"[\s,.\-/'’:]*"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:\.0+)?",
        rf"(?:år|helår|utfall|resultat|mätår|kalenderår|verksamhetsår)(?:et)? {_YEAR}",
        rf"(?P<school>(?:läsår(?:et)?|lå|la)?\s?{_YEAR}\s?/\s?(?P<end>\d\d|\d{{4}}))",
        rf"(?P<school>(?:läsår(?:et)?|lå|la)\s?{_YEAR}\s?-\s?(?P<end>\d\d|\d{{4}}))",
        rf"(?P<school>{_YEAR}\s?-\s?(?P<end>(?:19|20)\d\d|1[3-9]|[2-9]\d|00))",
        rf"(?P<term>{_TERM}){_BETWEEN}{_SHORT}",
        rf"{_YEAR}{_BETWEEN}(?P<term>{_TERM})",
        rf"{_QUARTER}\s?(?P<quarter>[1-4]){_BETWEEN}{_SHORT}",
        rf"(?P<quarter>[1-4])(?::[ae])?\s?(?:kv\.?|kvartalet|kvartal){_BETWEEN}{_SHORT}",
        rf"{_YEAR}{_BETWEEN}(?:{_QUARTER}|k)\s?(?P<quarter>[1-4])",
        rf"(?P<month>{_MONTH}){_BETWEEN}{_SHORT}",
        rf"{_YEAR}{_BETWEEN}(?P<month>{_MONTH})",
        rf"{_YEAR}\s?[-/.m]\s?(?P<number>0?[1-9]|1[0-2])",
        rf"(?P<number>0?[1-9]|1[0-2])\s?[-/.]\s?{_YEAR}",
        rf"{_YEAR}(?P<number>0[1-9]|1[0-2])(?:\.0+)?",
        rf"{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>\d\d)(?:[ t][\d:.]+)?",
    )
)
_PART: Final = re.compile(
    rf"(?:(?P<month>{_MONTH})\.?|(?P<term>{_TERM})|{_QUARTER}\s?(?P<quarter>[1-4])|(?P<first>[1-4])(?::[ae])?\s?kv(?:artalet|artal|\.)?)",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"(?:m|mån|månad)?\s?(?P<number>0?[1-9]|1[0-2])(?:\.0+)?", re.ASCII)
_IN_HEADING: Final = rf"(?:(?:{_TERM}){_BETWEEN}\d{{2,4}}|(?:19[5-9]\d|20\d\d)(?:[ /-]?(?:\d{{2,4}}|(?:{_TERM})|kv ?[1-4]|q[1-4]))?|(?:{_MONTH})[ -.]?\d{{2,4}})"
_LAST: Final = re.compile(
    rf"(?:[\s,;:(–-]+|^)(?:år |för |utfall |resultat )?\(?(?P<period>{_IN_HEADING})\)?$", re.IGNORECASE
)
_FIRST: Final = re.compile(rf"^\(?(?:år )?(?P<period>{_IN_HEADING})\)?[\s,;:)–-]+(?=\S)", re.IGNORECASE)
_YEARS: Final = re.compile(r"(?<![\d-])(?:19[5-9]\d|20\d\d)(?![\d])", re.ASCII)


@dataclass(frozen=True, slots=True)
class PeriodInText:
    """A period and whether it was written as a school year, which counts as the year in which it ends."""

    period: Period
    is_school_year: bool = False


def parse_period(cell: object, *, dates_are_years: bool = False) -> PeriodInText | None:
    """The period that a whole cell says, or None. A date says its month, or its year where `dates_are_years`."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float | int):
        return _of_number(float(cell))
    if isinstance(cell, date):
        return PeriodInText(Period(cell.year, "" if dates_are_years else f"{cell.month:02}"))
    text = normalise_text(str(cell))
    if not 4 <= len(text) <= 30:
        return None
    for pattern in _PATTERNS:
        if (match := pattern.fullmatch(text)) and (period := _of_match(match, dates_are_years)):
            return period
    return None


def parse_part(cell: object, *, is_number: bool = False) -> str:
    """The part of a year that a whole cell says (`VT`, `Q1`, `05`), or an empty text. Bare numbers count where `is_number`."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return ""
    text = normalise_text(f"{cell:g}" if isinstance(cell, float) else str(cell))
    if match := _PART.fullmatch(text):
        return _part(match.groupdict())
    match = _NUMBER.fullmatch(text) if is_number or text.startswith("m") else None
    return f"{int(match['number']):02}" if match else ""


def split_period(heading: str) -> tuple[PeriodInText | None, str]:
    """The period at the end or the beginning of a heading, and the heading without it."""
    plain = " ".join(heading.split())
    for pattern in (_LAST, _FIRST):
        if (match := pattern.search(plain)) and (period := parse_period(match["period"])):
            return period, (plain[: match.start()] + plain[match.end() :]).strip(" ,;:–-")
    return None, plain


def only_year_in(text: str) -> PeriodInText | None:
    """The year that a title mentions, if it mentions one alone."""
    years = {int(year) for year in _YEARS.findall(text)}
    return PeriodInText(Period(years.pop())) if len(years) == 1 else None


def is_date_of_year(cell: object) -> bool:
    """Whether a date may stand for its whole year: the first or last day of it."""
    return isinstance(cell, date) and (cell.month, cell.day) in {(1, 1), (12, 31)}


def _of_number(number: float) -> PeriodInText | None:
    if number != int(number) if abs(number) < 1e9 else True:
        return None
    whole = int(number)
    if FIRST_YEAR <= whole <= LAST_YEAR:
        return PeriodInText(Period(whole))
    year, month = divmod(whole, 100)
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
        return PeriodInText(Period(year, f"{month:02}"))
    return None


def _of_match(match: re.Match[str], dates_are_years: bool) -> PeriodInText | None:
    groups = match.groupdict()
    year = int(groups["year"])
    if year < 100:
        year += 2000
    if groups.get("school"):
        end = int(groups["end"])
        ends = (year + 1) % 100 if end < 100 else year + 1
        return PeriodInText(Period(year + 1), is_school_year=True) if end == ends else None
    if groups.get("day"):
        return PeriodInText(Period(year, "" if dates_are_years else groups["number"]))
    return PeriodInText(Period(year, _part(groups)))


def _part(groups: dict[str, str | None]) -> str:
    if month := groups.get("month"):
        return _MONTHS[month]
    if term := groups.get("term"):
        return _TERMS[term]
    if quarter := groups.get("quarter") or groups.get("first"):
        return f"Q{quarter}"
    number = groups.get("number")
    return f"{int(number):02}" if number else ""
