"""Show a chart on a page: its heading, the chart, its notes, the table behind it, and the files to download."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import pandas as pd
import streamlit as st
from markupsafe import Markup

from app_pages.parts import downloads
from app_pages.parts.blocks import show_chart_heading, show_folded, show_notes
from app_pages.parts.cached_answers import cached_answer
from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.look import CONFIG
from app_pages.parts.charts.picture import browser, picture
from app_pages.parts.templates import render_macro, render_template
from app_pages.parts.words import Translate, _, language, translator
from domain.message import Message, to_translate
from domain.release import Release
from language.numbers import day, number
from language.rendering import render

STYLE: Final = Path(__file__).with_name("style.css")
OWN_WORK: Final = to_translate("Medel, plats och färg: egen beräkning.")
Question = TypeVar("Question", bound=Hashable)
PICTURE_TYPES: Final = {"png": "image/png", "svg": "image/svg+xml"}


def style() -> None:
    """Write the style sheet of charts and tables; once per page."""
    st.html(STYLE)


@dataclass(frozen=True, slots=True)
class _ChartQuestion:
    """A chart of one question, with its table in one language; the row that contains the text `mine` is marked."""

    draw: Callable[[Any], Chart]
    question: Hashable
    decimals: int
    mine: str
    language: str


@cached_answer(max_entries=256)
def _draw(question: _ChartQuestion) -> tuple[Chart, Markup]:
    chart = question.draw(question.question)
    markup = table(
        chart.table, caption=chart.text_alternative, decimals=question.decimals, mine=question.mine
    )
    return chart, markup


def show_chart(
    draw: Callable[[Question], Chart],
    question: Question,
    *,
    heading: str,
    release: Release,
    method: tuple[Message | str, ...],
    decimals: int,
    mine: str = "",
    file_name: str,
    source: Message | str = "",
    beside: Callable[[], None] | None = None,
) -> None:
    """Show a chart with everything that belongs to it.

    `draw` is a function of a module, not of a run: it is called once for each question, which holds all that the chart
    depends on. `mine` is the name whose row is marked in the table; `source` where it is another than the release's;
    `beside` draws a choice that changes this chart alone.
    """
    chart, table_markup = _draw(_ChartQuestion(draw, question, decimals, mine, language()))
    show_chart_heading(heading, chart.subtitle)
    st.plotly_chart(
        chart.figure,
        theme=None,
        config=CONFIG,
        alt=chart.text_alternative,
        key=f"chart-{chart.name}",
        width="stretch",
    )
    show_notes(chart.notes)
    with st.container(
        horizontal=True, key=f"{chart.name}-take-along", vertical_alignment="center", gap="small"
    ):
        show_folded(_("Visa som tabell"), in_box(table_markup, caption=chart.text_alternative))
        take_along(
            chart,
            release=release,
            method=method,
            decimals=decimals,
            file_name=f"{file_name}-{chart.name}",
            source=source,
        )
        if beside is not None:
            beside()


def take_along(
    chart: Chart,
    *,
    release: Release,
    method: tuple[Message | str, ...],
    decimals: int,
    file_name: str,
    source: Message | str = "",
) -> None:
    """Show the menu that downloads the chart's table as files and the chart as a picture."""
    footer = picture_footer(release, translator(), source=source)
    table_along(
        chart.table,
        lambda: chart.full_table,
        title=chart.title,
        subtitle=chart.subtitle,
        release=release,
        method=(*method, *chart.notes, *chart.picture_notes),
        decimals=decimals,
        key=chart.name,
        file_name=file_name,
        source=source,
        also=lambda: pictures(lambda: chart, name=chart.name, footer=footer, file_name=file_name),
    )


def table_along(
    shown_table: pd.DataFrame,
    full_table: Callable[[], pd.DataFrame],
    *,
    title: str,
    subtitle: str,
    release: Release,
    method: tuple[Message | str, ...],
    decimals: int,
    key: str,
    file_name: str,
    source: Message | str = "",
    also: Callable[[], None] | None = None,
) -> None:
    """Show the menu that downloads a table as displayed and in full; files are made on request."""
    translate = translator()

    def export() -> downloads.Export:
        return downloads.Export(
            file_name=file_name,
            title=title,
            shown=shown_table.round(decimals),
            full=full_table(),
            about=downloads.about(
                title=title,
                subtitle=subtitle,
                release=release,
                source=source_words(source or release.source, translate),
                method=tuple(render(message, translate) for message in method),
                translate=translate,
            ),
            is_made_up=release.is_made_up,
            decimals=decimals,
        )

    downloads.menu(export, key=key, file_name=file_name, also=also)


def source_words(source: Message | str, translate: Translate) -> str:
    """Return where the values come from, and that what is computed from them is our own work."""
    return f"{translate('Värden')}: {render(source, translate)}. {translate(OWN_WORK)}"


def picture_footer(release: Release, translate: Translate, *, source: Message | str = "") -> tuple[str, ...]:
    """Return source, date and, where so, that the values are made up; drawn into every picture."""
    made_up = (translate(downloads.MADE_UP_NOTE),) if release.is_made_up else ()
    known = translate("Läget så som det var känt {day}.").format(day=day(release.known_at))
    return (f"{source_words(source or release.source, translate)} {known}", *made_up)


def pictures(make: Callable[[], Chart], *, name: str, footer: tuple[str, ...], file_name: str) -> None:
    """Show the buttons that draw a chart as a picture when pressed; `make` is called no earlier.

    A picture needs a browser to draw it; without one the menu says how to get it.
    """
    if browser() is None:
        st.caption(
            _("Bilder ritas av webbläsaren Chromium, som inte finns på den dator där Jämförelsebanken körs.")
        )
        return

    def drawing(form: Literal["png", "svg"]) -> Callable[[], bytes]:
        return lambda: picture(make(), form, footer=footer)

    forms: tuple[tuple[str, Literal["png", "svg"]], ...] = ((_("Bild, PNG"), "png"), (_("Bild, SVG"), "svg"))
    for label, form in forms:
        st.download_button(
            label,
            drawing(form),
            file_name=f"{file_name}.{form}",
            mime=PICTURE_TYPES[form],
            key=f"{name}-{form}",
            on_click="ignore",
            width="stretch",
        )


def table(frame: pd.DataFrame, *, caption: str, decimals: int, mine: str = "", kind: str = "") -> Markup:
    """A table with caption and scope; numbers as the language writes them, aligned to the right.

    The first column whose cells are text names the row; a column named by a year holds numbers as written. The row that
    holds the text `mine` is marked.
    """
    numeric = [
        pd.api.types.is_numeric_dtype(frame[name].dtype) or str(name).isdigit() for name in frame.columns
    ]
    columns = [[_cell(value, decimals) for value in frame[name].tolist()] for name in frame.columns]
    return render_template(
        "parts/charts/table.html",
        kind=kind,
        caption=caption,
        headings=list(zip(map(str, frame.columns), numeric, strict=True)),
        numeric=numeric,
        naming=numeric.index(False) if False in numeric else 0,
        rows=list(zip(*columns, strict=True)),
        mine=mine,
    )


def in_box(table: Markup, *, caption: str) -> Markup:
    """Return a table that scrolls by itself under its fixed caption and can be read as a whole."""
    return render_macro("scroll_box", table, caption)


def _cell(value: object, decimals: int) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float):
        return number(value, decimals, language())
    if isinstance(value, int):
        return number(value, 0, language())
    return str(value)
