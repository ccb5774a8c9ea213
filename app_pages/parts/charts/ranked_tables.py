"""The order of the ranked bars, their description, and the tables behind them."""

import pandas as pd

from app_pages.parts.charts.chart import Translate, table_of
from app_pages.parts.charts.footnotes import explanation_cells, member_footnotes
from app_pages.parts.charts.wording import (
    colour_words,
    comparability_cells,
    comparability_words,
    flag_sentences,
    place_words,
    plain_number,
    short_verdict,
    status_words,
    statuses_sentence,
    unit_words,
    verdict_words,
)
from domain.comparability import Comparability
from domain.comparison import Comparison, Member, Verdict
from domain.measure import Direction
from language.enum_words import TREND_WORDS
from language.numbers import with_unit


def in_rank_order(comparison: Comparison) -> tuple[list[Member], list[Member]]:
    """Return members with a value, best (neutral: highest) first, non-comparable ones last; then the others by name."""
    is_rising = comparison.measure.direction is Direction.LOWER
    ranked = [member for member in comparison.members if member.value is not None]
    ranked.sort(
        key=lambda member: (
            is_not_comparable(member),
            (member.value or 0.0) * (1 if is_rising else -1),
            member.name,
        )
    )
    without_value = sorted((m for m in comparison.members if m.value is None), key=lambda member: member.name)
    return ranked, without_value


def is_not_comparable(member: Member) -> bool:
    return member.comparability is Comparability.NOT_COMPARABLE


def possible_ranks(member: Member) -> str:
    """Return the best and worst rank that the intervals allow: “5–7”."""
    if member.rank_range is None:
        return ""
    best, worst = member.rank_range
    return str(best) if best == worst else f"{best}–{worst}"


def describe(comparison: Comparison, *, translate: Translate, language: str) -> str:
    """Describe the bars in sentences for screen readers."""
    measure = comparison.measure
    ranked, without_value = in_rank_order(comparison)
    if not ranked:
        return translate("Ingen i gruppen har något värde för {year}.").format(year=comparison.year)
    sentences = [
        _describe_standing(member, comparison, translate, language)
        for member in ranked
        if member.code == comparison.focus
    ]
    by_value = sorted(ranked, key=lambda member: member.value or 0.0)
    sentences.append(
        translate("Högst är {high} ({high_value}) och lägst {low} ({low_value}).").format(
            high=by_value[-1].name,
            high_value=plain_number(by_value[-1].value, measure, language),
            low=by_value[0].name,
            low_value=plain_number(by_value[0].value, measure, language),
        )
    )
    if comparison.mean is not None:
        sentences.append(
            translate("Det ovägda medelvärdet är {value}.").format(
                value=plain_number(comparison.mean, measure, language)
            )
        )
    if comparison.national_value is not None:
        sentences.append(
            translate("Riket har {value}.").format(
                value=plain_number(comparison.national_value, measure, language)
            )
        )
    sentences += flag_sentences(((member.name, member) for member in ranked), translate)
    sentences += member_footnotes([*ranked, *without_value], comparison).sentences
    if 0 < len(without_value) <= 10:
        sentences.append(statuses_sentence(without_value, translate))
    elif without_value:
        sentences.append(translate("{count} saknar värde.").format(count=len(without_value)))
    return " ".join(sentences)


def _describe_standing(member: Member, comparison: Comparison, translate: Translate, language: str) -> str:
    measure = comparison.measure
    value = with_unit(member.value or 0.0, measure.decimals, unit_words(measure, translate), language)
    place = place_words(member, comparison.n_with_value, translate, language)
    if not place:
        return translate("{name} har {value}.").format(name=member.name, value=value)
    return translate("{name} ligger på {place} med {value}.").format(
        name=member.name, place=place, value=value
    )


def shown_table(comparison: Comparison, *, translate: Translate, language: str) -> pd.DataFrame:
    """Return what the chart shows, one row per member in the order of the bars."""
    measure = comparison.measure
    ranked, without_value = in_rank_order(comparison)
    has_words = any(comparability_words(member, translate) for member in comparison.members)
    has_explanations = any(member.explanation for member in comparison.members)
    rows = []
    for member in [*ranked, *without_value]:
        row: dict[str, object] = {
            translate("Kommun"): member.name,
            translate("Värde"): member.value,
            translate("Plats"): member.rank,
            translate("Skillnad mot medel"): member.deviation_from_mean,
            translate("Förändring sedan förra året"): member.change_since_last_year,
        }
        if any(member.interval for member in ranked):
            row[translate("Intervall (95 %)")] = (
                f"{plain_number(member.interval.low, measure, language)}–"
                f"{plain_number(member.interval.high, measure, language)}"
                if member.interval
                else ""
            )
        if any(member.rank_range for member in ranked):
            row[translate("Möjlig plats")] = possible_ranks(member)
        if any(member.verdict is not Verdict.NONE for member in ranked):
            row[translate("Mot de andras medel")] = short_verdict(member.verdict, translate)
        row[translate("Läge")] = colour_words(member.colour, translate)
        row[translate("Anmärkning")] = status_words(member.status, translate)
        if has_words:
            row[translate("Jämförbarhet")] = comparability_words(member, translate)
        if has_explanations:
            row[translate("Förklaring till värdet")] = member.explanation
        rows.append(row)
    return table_of(
        rows, whole=(translate("Plats"), translate("Bästa möjliga plats"), translate("Sämsta möjliga plats"))
    )


def full_table(comparison: Comparison, *, translate: Translate) -> pd.DataFrame:
    """Return every figure of every member, numbers unrounded."""
    return table_of(
        [
            {
                translate("Kod"): member.code,
                translate("Kommun"): member.name,
                translate("År"): comparison.year,
                translate("Värde"): member.value,
                translate("Uppgift"): status_words(member.status, translate),
                translate("Plats"): member.rank,
                translate("Bästa möjliga plats"): member.rank_range[0] if member.rank_range else None,
                translate("Sämsta möjliga plats"): member.rank_range[1] if member.rank_range else None,
                translate("Läge"): colour_words(member.colour, translate),
                translate("Jämfört med de andras medel"): verdict_words(member.verdict, translate),
                translate("Intervall, nedre gräns"): member.interval.low if member.interval else None,
                translate("Intervall, övre gräns"): member.interval.high if member.interval else None,
                translate("Skillnad mot medel"): member.deviation_from_mean,
                translate("Skillnad mot bästa"): member.deviation_from_best,
                translate("Förändring sedan förra året"): member.change_since_last_year,
                translate("Förändring över hela serien"): member.change_over_series,
                translate("Trend"): translate(TREND_WORDS[member.trend]),
                **comparability_cells(member, translate),
                **explanation_cells(member.explanation, translate),
            }
            for member in comparison.members
        ],
        whole=(translate("Plats"), translate("Bästa möjliga plats"), translate("Sämsta möjliga plats")),
    )
