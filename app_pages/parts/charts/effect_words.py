"""The words around the charts of an effect: whose it is, subtitles and descriptions."""

from collections.abc import Sequence

from app_pages.parts.charts.chart import Translate
from app_pages.parts.charts.wording import (
    plain_number,
)
from domain.case_effect import CaseEffect
from domain.effect import DESIGN_NAMES, Design, Effect
from language.effect_sentences import before_and_after, describe_effect
from language.numbers import number


def describe(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate, language: str
) -> str:
    """Describe the chart for screen readers."""
    shown = effect or case_effect.effect
    if shown is None or not shown.gap:
        told_before = before_and_after(case_effect, translate, language)
        return told_before or translate("{name} har inga värden att jämföra.").format(name=case_effect.place)
    measure, points = case_effect.measure, shown.gap
    text = translate(
        "{who} gick från {first} till {last} ({years}), jämförelsen från {other_first} till {other_last}."
    )
    moved = text.format(
        who=treated_name(case_effect, shown, translate),
        first=plain_number(points[0].actual, measure, language),
        last=plain_number(points[-1].actual, measure, language),
        years=f"{points[0].time}–{points[-1].time}",
        other_first=plain_number(points[0].synthetic, measure, language),
        other_last=plain_number(points[-1].synthetic, measure, language),
    )
    return " ".join(
        [moved, describe_effect(case_effect, translate, language) if effect is None else ""]
    ).strip()


def treated_name(case_effect: CaseEffect, shown: Effect, translate: Translate) -> str:
    if len(shown.treated) > 1:
        return translate("Medel för {n} kommuner").format(n=len(shown.treated))
    return case_effect.place


def effect_subtitle(
    case_effect: CaseEffect, shown: Effect | None, words: Sequence[str], translate: Translate
) -> str:
    design = translate(DESIGN_NAMES[shown.design]) if shown is not None and shown.gap else ""
    return " · ".join(filter(None, [*words, case_effect.place, design]))


def comparison_notes(shown: Effect, translate: Translate) -> list[str]:
    if shown.design is Design.INTERRUPTED_TIME_SERIES:
        return [translate("Jämförelsen är den egna linjen från åren före starten, utdragen.")]
    if shown.design is Design.SYNTHETIC_CONTROL:
        return [translate("Jämförelsen är en blandning av andra kommuner som låg närmast före starten.")]
    if shown.design is Design.GROUP_TIME:
        return [translate("Allt räknas från året före varje kommuns egen start.")]
    return [
        translate(
            "Jämförelsen är andra kommuners utveckling, flyttad till samma nivå före starten: det är formen som jämförs."
        )
    ]


def describe_gap(case_effect: CaseEffect, shown: Effect | None, translate: Translate, language: str) -> str:
    if shown is None or not shown.gap:
        return translate("{name} har inga värden att jämföra.").format(name=case_effect.place)
    after = [gap_point for gap_point in shown.gap if gap_point.is_after]
    text = translate(
        "Skillnaden mot jämförelsen är {low} till {high} före starten och {low_after} till {high_after} efter den."
    )
    before = [gap_point.gap for gap_point in shown.gap if not gap_point.is_after]

    def format_value(value: float) -> str:
        return number(value, case_effect.measure.decimals, language, signed=True)

    if not before or not after:
        return ""
    return text.format(
        low=format_value(min(before)),
        high=format_value(max(before)),
        low_after=format_value(min(point.gap for point in after)),
        high_after=format_value(max(point.gap for point in after)),
    )
