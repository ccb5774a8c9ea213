"""Small blocks of text that most pages show: a paragraph, a heading, notes, links onwards, a table in its box.

Their markup is in `macros.html`, where templates take it from.
"""

from collections.abc import Container, Iterable
from typing import Literal

import streamlit as st
from markupsafe import Markup

from app_pages.parts.templates import render_macro
from domain.message import Message, Value

Width = Literal["stretch", "content"]
Link = tuple[str, str] | tuple[str, str, str]  # address, text and, where it is to look otherwise, class


def show_text(text: Value, kind: str = "part", *, width: Width = "stretch") -> None:
    """Show a paragraph; `kind` is its class: `part`, `lead`, `chart-notes`."""
    st.html(render_macro("paragraph", text, kind), width=width)


def show_lead(text: Value, explanation: Value = "") -> None:
    """Show the answer of a page in a sentence or two, with an explanation in smaller letters under it."""
    st.html(render_macro("lead", text, explanation))


def show_status(text: Value, kind: str = "done") -> None:
    """Show a paragraph that screen readers announce."""
    st.html(render_macro("status", text, kind))


def show_heading(text: str, kind: str = "part") -> None:
    """Show a heading of a part of the page."""
    st.html(render_macro("heading", text, kind))


def show_notes(texts: Iterable[Message | str]) -> None:
    """Show notes under a chart or table, one line each; nothing where there are none."""
    if lines := list(texts):
        st.html(render_macro("notes", lines))


def show_chart_heading(heading: str, text: str = "") -> None:
    """Show the heading of a chart or table, with a line under it."""
    st.html(render_macro("chart_heading", heading, text))


def show_link(href: str, text: str, kind: str = "", *, width: Width = "stretch") -> None:
    """Show one link to another page; `kind` is its class."""
    st.html(render_macro("page_link", href, text, kind), width=width)


def show_links(
    links: Iterable[Link], before: str = "", *, kind: str = "ways-on", width: Width = "stretch"
) -> None:
    """Show links to other pages on one line, after the words `before`; nothing where there are none."""
    if listed := list(links):
        st.html(render_macro("links", listed, before, kind), width=width)


def show_figures(table: Markup, caption: str, kind: str = "") -> None:
    """Show a table in a box that scrolls, under its caption."""
    st.html(render_macro("figures", table, caption, kind))


def show_folded(summary: str, content: Markup) -> None:
    """Show content that is folded away until somebody opens it."""
    st.html(render_macro("folded", summary, content))


def show_facts(facts: Iterable[tuple[str, str]], *, in_swedish: Container[str] = ()) -> None:
    """Show pairs of name and text as a list, without those that have no text. Texts in `in_swedish` are marked as such."""
    st.html(
        render_macro(
            "facts", [(name, text, "sv" if text in in_swedish else "") for name, text in facts if text]
        )
    )
