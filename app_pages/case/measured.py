"""What the figures say: each aim with how well it is known, the sentence, the picture, and beneath it every doubt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

import pandas as pd
import streamlit as st

from app_pages.case.choose import Choice
from app_pages.parts import address, story, story_marks
from app_pages.parts.address import Name, PageName
from app_pages.parts.cached_answers import SameObject
from app_pages.parts.charts import effect as charts
from app_pages.parts.charts import on_page
from app_pages.parts.charts.chart import Chart
from app_pages.parts.kept_effects import Effects
from app_pages.parts.words import _, language, translator
from domain.case_effect import CaseEffect
from language.catalogue import catalogue
from language.effect_sentences import account, aim_told, headline
from language.rendering import render

ID = "siffrorna"


@dataclass(frozen=True, slots=True)
class EffectQuestion:
    """The charts of one effect; `position` is that of its aim within the case."""

    effect: SameObject[CaseEffect]
    position: int
    language: str


def show(choice: Choice, effects: Effects, *, place: str = "") -> None:
    """All aims. `place` is the one whose try it is, where it is not the case's own."""
    title = _("Vad siffrorna säger") if not place else _("Vad siffrorna säger i {place}").format(place=place)
    lines = ""
    if not effects:
        known = story.is_not_known(choice.case, "aims")
        lines = story.not_known_yet() if known else ""
        told = _("Exemplet anger inget mått som det skulle påverka, så det finns ingen serie att räkna på.")
        lines += f"<p>{escape(told)}</p>"
    st.html(f'<section class="measured" id="{ID}"><h2>{escape(title)}</h2>{lines}</section>')
    for at, one in enumerate(effects):
        _aim(choice, one, at)


def _aim(choice: Choice, found: CaseEffect, at: int) -> None:
    """One measure. The level of evidence stands by itself, before and apart from the size."""
    href = address.link(
        PageName.MEASURE, **{Name.MEASURE: found.measure.id, Name.MUNICIPALITY: found.municipality_code}
    )
    translate = translator()
    st.html(
        f'<section class="measured"><h3><a data-page href="{escape(href)}">{escape(found.measure.short_title)}</a></h3>'
        f"<p>{story_marks.evidence_mark(found.evidence)} <small>{escape(render(found.evidence_why, translate))}</small></p>"
        f'<p class="sentence">{escape(headline(found, translate, language()))}</p>'
        f"<p>{escape(aim_told(found, translate, language()))}</p></section>"
    )
    question = EffectQuestion(SameObject(found), at, language())
    is_compared = found.effect is not None and bool(found.effect.gap)
    method = tuple(account(found, translate, language()))
    if not found.series.points and not is_compared:
        return
    file_name = f"effekt-{choice.case.standing.id}-{found.measure.id}"
    on_page.show_chart(
        _draw_series,
        question,
        heading=_("Serien och jämförelsen") if is_compared else _("Serien"),
        release=found.release,
        method=method,
        decimals=found.measure.decimals,
        file_name=file_name,
    )
    with st.expander(_("Så är det räknat, och det som talar emot")):
        if is_compared:
            on_page.show_chart(
                _draw_gap,
                question,
                heading=_("Skillnaden, och hur stora skillnader andra har utan att ha gjort något"),
                release=found.release,
                method=method,
                decimals=found.measure.decimals,
                file_name=file_name,
            )
        _tables(found)
        st.html(f'<div class="measured">{"".join(f"<p>{escape(one)}</p>" for one in method)}</div>')


def _draw_series(question: EffectQuestion) -> Chart:
    return _draw(charts.actual_and_synthetic, question)


def _draw_gap(question: EffectQuestion) -> Chart:
    return _draw(charts.gap_and_placebos, question)


def _draw(draw: Callable[..., Chart], question: EffectQuestion) -> Chart:
    """The chart with a name of its own: a case may have several aims on one page."""
    translate = catalogue(question.language).gettext
    chart = draw(question.effect.value, translate=translate, language=question.language)
    return replace(chart, name=f"{chart.name}-{question.position}")


def _tables(found: CaseEffect) -> None:
    translate = translator()
    checks = charts.checks_table(found, translate=translate)
    _table(checks, _("Prövningar av resultatet"))
    _table(charts.weights_table(found, translate=translate), _("Vilka det jämförs med"), is_long=True)
    _table(
        charts.left_out_table(found, translate=translate),
        _("Vilka det inte jämförs med, och varför"),
        is_long=True,
    )


def _table(frame: pd.DataFrame, caption: str, *, is_long: bool = False) -> None:
    """A table; a long one folded away."""
    if frame.empty:
        return
    html: str = on_page.in_box(on_page.table(frame, caption=caption, decimals=1), caption=caption)
    if is_long:
        html = f'<details class="figures"><summary>{escape(caption)} ({len(frame)})</summary>{html}</details>'
    st.html(f'<div class="figures">{html}</div>')
