"""Show what the figures say of each aim: how well it is known, the sentence, the chart, and beneath it every doubt."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from app_pages.case.choose import Choice
from app_pages.parts import address, story_marks
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_figures, show_folded
from app_pages.parts.cached_answers import SameObject
from app_pages.parts.charts import effect as charts
from app_pages.parts.charts import effect_tables, on_page
from app_pages.parts.charts.chart import Chart
from app_pages.parts.computed_effects import Effects
from app_pages.parts.story import unknown_sections
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, translator
from domain.case_effect import CaseEffect
from language.catalogue import catalogue
from language.effect_sentences import account, aim_sentence, describe_effect

ID = "siffrorna"


@dataclass(frozen=True, slots=True)
class EffectQuestion:
    """The charts of one effect; `position` is that of its aim within the case."""

    effect: SameObject[CaseEffect]
    position: int
    language: str


def show(choice: Choice, effects: Effects, *, place: str = "") -> None:
    """Show all aims. `place` is the one whose reuse it is, empty for the case's own."""
    title = _("Vad siffrorna säger") if not place else _("Vad siffrorna säger i {place}").format(place=place)
    show_template(
        "case/measured_heading.html",
        id=ID,
        title=title,
        has_effects=bool(effects),
        are_aims_unknown="aims" in unknown_sections(choice.case),
    )
    for position, effect in enumerate(effects):
        _show_aim(choice, effect, position)


def _show_aim(choice: Choice, effect: CaseEffect, position: int) -> None:
    """Show one measure. The level of evidence stands by itself, before and apart from the size."""
    translate = translator()
    show_template(
        "case/aim.html",
        href=address.link(
            PageName.MEASURE,
            **{Name.MEASURE: effect.measure.id, Name.MUNICIPALITY: effect.municipality_code},
        ),
        measure=effect.measure,
        evidence=story_marks.evidence_mark(effect.evidence),
        evidence_why=effect.evidence_why,
        headline=describe_effect(effect, translate, language()),
        aim=aim_sentence(effect, translate, language()),
    )
    question = EffectQuestion(SameObject(effect), position, language())
    is_compared = effect.effect is not None and bool(effect.effect.gap)
    method = tuple(account(effect, translate, language()))
    if not effect.series.points and not is_compared:
        return
    file_name = f"effekt-{choice.case.standing.id}-{effect.measure.id}"
    on_page.show_chart(
        _draw_series,
        question,
        heading=_("Serien och jämförelsen") if is_compared else _("Serien"),
        release=effect.release,
        method=method,
        decimals=effect.measure.decimals,
        file_name=file_name,
    )
    with st.expander(_("Så är det räknat, och det som talar emot")):
        if is_compared:
            on_page.show_chart(
                _draw_gap,
                question,
                heading=_("Skillnaden, och hur stora skillnader andra har utan att ha gjort något"),
                release=effect.release,
                method=method,
                decimals=effect.measure.decimals,
                file_name=file_name,
            )
        _show_tables(effect)
        show_template("case/account.html", paragraphs=method)


def _draw_series(question: EffectQuestion) -> Chart:
    return _draw(charts.actual_and_synthetic, question)


def _draw_gap(question: EffectQuestion) -> Chart:
    return _draw(charts.gap_and_placebos, question)


def _draw(draw: Callable[..., Chart], question: EffectQuestion) -> Chart:
    """Draw the chart under a name of its own: a page may show a case with several aims."""
    translate = catalogue(question.language).gettext
    chart = draw(question.effect.value, translate=translate, language=question.language)
    return replace(chart, name=f"{chart.name}-{question.position}")


def _show_tables(effect: CaseEffect) -> None:
    translate = translator()
    _show_table(effect_tables.checks_table(effect, translate=translate), _("Prövningar av resultatet"))
    weights = effect_tables.weights_table(effect, translate=translate)
    _show_table(weights, _("Vilka det jämförs med"), is_long=True)
    left_out = effect_tables.left_out_table(effect, translate=translate)
    _show_table(left_out, _("Vilka det inte jämförs med, och varför"), is_long=True)


def _show_table(frame: pd.DataFrame, caption: str, *, is_long: bool = False) -> None:
    """Show a table, unless it is empty; a long one is collapsed."""
    if frame.empty:
        return
    table = on_page.table(frame, caption=caption, decimals=1)
    if is_long:
        show_folded(f"{caption} ({len(frame)})", on_page.in_box(table, caption=caption))
    else:
        show_figures(table, caption)
