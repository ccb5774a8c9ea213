"""The words that charts and their tables share: why a value is not there, where a colour lies, which place."""

from typing import Final

from app_pages.parts.charts.chart import Translate
from domain.comparison import Colour, Comparison, Member, Trend, Verdict
from domain.measure import Direction, Measure
from domain.value import Gender, Status
from domain.wording import to_translate
from language.numbers import number, with_unit

STATUS: Final = {
    Status.OK: to_translate("värde finns"),
    Status.MISSING: to_translate("saknas"),
    Status.NOT_APPLICABLE: to_translate("ej tillämplig"),
    Status.SUPPRESSED: to_translate("underlaget är för litet"),
    Status.NOT_REPORTED: to_translate("ej rapporterat"),
}
COLOUR: Final = {
    Colour.GREEN: to_translate("bästa 25 %"),
    Colour.YELLOW: to_translate("mitten 50 %"),
    Colour.RED: to_translate("sämsta 25 %"),
    Colour.LIGHT: to_translate("lägsta 25 %"),
    Colour.MEDIUM: to_translate("mitten 50 %"),
    Colour.DARK: to_translate("högsta 25 %"),
    Colour.NONE: "",
}
VERDICT: Final = {
    Verdict.BETTER: to_translate("säkert bättre än de andras medel"),
    Verdict.SIMILAR: to_translate("går inte att skilja från de andras medel"),
    Verdict.WORSE: to_translate("säkert sämre än de andras medel"),
    Verdict.NONE: "",
}
TREND: Final = {
    Trend.INCREASING: to_translate("ökar"),
    Trend.DECREASING: to_translate("minskar"),
    Trend.NO_SIGNIFICANT_CHANGE: to_translate("ingen säkerställd förändring"),
    Trend.CANNOT_BE_CALCULATED: to_translate("går inte att beräkna"),
}
DIRECTION: Final = {
    Direction.HIGHER: to_translate("högt är bra"),
    Direction.LOWER: to_translate("lågt är bra"),
    Direction.NEUTRAL: to_translate("neutralt mått"),
}
DIRECTION_SIGN: Final = {Direction.HIGHER: "↑", Direction.LOWER: "↓", Direction.NEUTRAL: "·"}
GENDER: Final = {
    Gender.TOTAL: to_translate("totalt"),
    Gender.WOMEN: to_translate("kvinnor"),
    Gender.MEN: to_translate("män"),
}


def direction_words(direction: Direction, translate: Translate) -> str:
    return f"{DIRECTION_SIGN[direction]} {translate(DIRECTION[direction])}"


def value_words(
    value: float | None, status: Status, measure: Measure, translate: Translate, language: str
) -> str:
    """The value with its unit, or the reason why there is none."""
    if value is None:
        return translate(STATUS[status])
    return with_unit(value, measure.decimals, measure.unit, language)


def plain_number(value: float | None, measure: Measure, language: str, *, signed: bool = False) -> str:
    """The number without unit, or an empty text."""
    return "" if value is None else number(value, measure.decimals, language, signed=signed)


def place_words(member: Member, n_with_value: int, translate: Translate) -> str:
    """“plats 7 av 8”, or “delad plats 2 av 8” when others have the same value."""
    if member.rank is None:
        return ""
    text = (
        translate("delad plats {place} av {count}")
        if member.is_tied
        else translate("plats {place} av {count}")
    )
    return text.format(place=member.rank, count=n_with_value)


def subtitle(comparison: Comparison, translate: Translate) -> str:
    """“% · ↑ högt är bra · 2023 · Södertörnskommunerna”, and the gender when it is not the total."""
    measure = comparison.measure
    parts = [
        measure.unit,
        direction_words(measure.direction, translate),
        str(comparison.year),
        comparison.group.name,
    ]
    if comparison.gender is not Gender.TOTAL:
        parts.insert(3, translate(GENDER[comparison.gender]))
    return " · ".join(part for part in parts if part)


def statuses_told(members: list[Member], translate: Translate) -> str:
    """“Nykvarn: saknas. Salem: underlaget är för litet.”"""
    return " ".join(f"{member.name}: {translate(STATUS[member.status])}." for member in members)
