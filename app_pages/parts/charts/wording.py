"""Words that charts and their tables share beside those of the sentences."""

from collections.abc import Iterable
from typing import Final

from app_pages.parts.charts.chart import Translate
from domain.comparability import COMPARABILITY_NAMES, Comparability
from domain.comparison import Colour, Comparison, Member, Verdict
from domain.development import MemberDevelopment
from domain.measure import Direction, Measure
from domain.message import to_translate
from domain.value import Gender, Status
from language import sentences
from language.enum_words import (
    COLOUR_QUARTERS,
    DIRECTION_WORDS,
    GENDER_WORDS,
    STATUS_WORDS,
    VERDICT_SENTENCES,
    VERDICT_WORDS,
)
from language.numbers import difference_unit, number, with_unit
from language.rendering import render

FLAG: Final = {
    Comparability.COMPARABLE: "",
    Comparability.WITH_RESERVATION: "≈",
    Comparability.NOT_COMPARABLE: "≠",
}
TOLD: Final = {
    Comparability.WITH_RESERVATION: to_translate("{sign} {name} jämförs med förbehåll"),
    Comparability.NOT_COMPARABLE: to_translate(
        "{sign} {name} är inte jämförbar: visas, men räknas inte in i plats, medel och färg"
    ),
}


def flagged_name(name: str, member: Member | MemberDevelopment) -> str:
    """Return the name with the sign of its comparability, where its values do not compare as they are."""
    sign = FLAG[member.comparability]
    return f"{name} {sign}" if sign else name


def comparability_words(member: Member | MemberDevelopment, translate: Translate) -> str:
    """Return “inte jämförbar: köper all verksamhet”; only the member's own words where it is comparable."""
    if member.comparability is Comparability.COMPARABLE:
        return member.footnote
    name = translate(COMPARABILITY_NAMES[member.comparability])
    return f"{name}: {member.footnote}" if member.footnote else name


def remarks(member: Member, translate: Translate) -> str:
    """Return the remarks on a value: how far it is comparable, and the explanation of those who reported it."""
    return "; ".join(filter(None, (comparability_words(member, translate), member.explanation)))


def comparability_cells(member: Member | MemberDevelopment, translate: Translate) -> dict[str, object]:
    """Return the two comparability columns of a full table: the flag in a word, and the member's statement."""
    return {
        translate("Jämförbarhet"): translate(COMPARABILITY_NAMES[member.comparability]),
        translate("Medlemmens anmärkning"): member.footnote,
    }


def flag_sentences(
    members: Iterable[tuple[str, Member | MemberDevelopment]], translate: Translate
) -> list[str]:
    """Return one sentence for each (name, member) that is flagged, with the member's own words."""
    return [
        ". ".join(
            part.rstrip(".")
            for part in (
                translate(TOLD[member.comparability]).format(sign=FLAG[member.comparability], name=name),
                member.footnote,
            )
            if part
        )
        + "."
        for name, member in members
        if member.comparability in TOLD
    ]


def status_words(status: Status, translate: Translate) -> str:
    """Say why there is no value; empty where there is one."""
    return translate(STATUS_WORDS[status]) if status in STATUS_WORDS else ""


def colour_words(colour: Colour, translate: Translate) -> str:
    """Say where the colour is among the others; empty without a colour."""
    return translate(COLOUR_QUARTERS[colour]) if COLOUR_QUARTERS[colour] else ""


def verdict_words(verdict: Verdict, translate: Translate) -> str:
    return translate(VERDICT_SENTENCES[verdict]) if VERDICT_SENTENCES[verdict] else ""


def short_verdict(verdict: Verdict, translate: Translate) -> str:
    """Return the verdict for a heading that says what it is compared with."""
    return translate(VERDICT_WORDS[verdict]) if verdict in VERDICT_WORDS else ""


def unit_words(measure: Measure, translate: Translate) -> str:
    return translate(measure.unit) if measure.unit else ""


def difference_words(measure: Measure, translate: Translate) -> str:
    """Return the unit of a difference: percentages differ by percentage points."""
    return translate(difference_unit(measure.unit)) if measure.unit else ""


def direction_words(measure: Measure, translate: Translate) -> str:
    """Return “↑ högt är bra”."""
    arrow = {Direction.HIGHER: "↑ ", Direction.LOWER: "↓ "}.get(measure.direction, "")
    return arrow + translate(DIRECTION_WORDS[measure.direction])


def value_words(
    value: float | None, status: Status, measure: Measure, translate: Translate, language: str
) -> str:
    """Return the value with its unit, or the reason why there is none."""
    if value is None:
        return status_words(status, translate)
    return with_unit(value, measure.decimals, unit_words(measure, translate), language)


def plain_number(value: float | None, measure: Measure, language: str, *, signed: bool = False) -> str:
    """Return the number without its unit, or an empty string."""
    return "" if value is None else number(value, measure.decimals, language, signed=signed)


def place_words(member: Member, n_with_value: int, translate: Translate, language: str) -> str:
    """Return “plats 7 av 8”, or “plats delad 2:a av 8” when others have the same value."""
    place = sentences.place_words(member, n_with_value, translate, language)
    return translate("plats {place}").format(place=place) if place else ""


def subtitle(comparison: Comparison, translate: Translate) -> str:
    """Return “% · ↑ högt är bra · 2023 · Södertörnskommunerna”, and the gender when it is not the total."""
    parts = [sentences.measure_facts(comparison, translate)]
    if comparison.gender is not Gender.TOTAL:
        parts.append(translate(GENDER_WORDS[comparison.gender]))
    return " · ".join([*parts, render(comparison.group.name, translate)])


def statuses_sentence(members: list[Member], translate: Translate) -> str:
    """Return “Nykvarn: saknas. Salem: för litet underlag.”"""
    return " ".join(f"{member.name}: {status_words(member.status, translate)}." for member in members)
