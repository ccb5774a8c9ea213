"""HTML by Jinja2 templates: whatever a page shows that is neither a Streamlit widget nor a chart.

A template stands beside the page that shows it (`app_pages/overview/table.html`) or, when several pages do, in
`app_pages/parts/`, and is named by its path below `app_pages/`. To convert a page:

1. Move the markup into a template, one per thing that is shown at once. Python keeps the decisions: it hands over texts,
   numbers and small frozen dataclasses; the template loops and says where they stand. No markup is left in Python.
2. Show it with `show_template("history/files.html", files=files)`; one call writes one HTML block. `render_template` gives
   the markup instead, for what goes into another template.
3. Everything is escaped, in texts and in attributes, unless it is markup from `render_template`. `| safe` is not used.
   A name that was not handed over is an error, never an empty text.
4. In a template these are at hand, in the language of the page:
   `_("Svensk text")` and `ngettext(one, many, count)`, with `.format(place=…)` after them for what varies;
   `{{ value | number(decimals) }}`, `{{ value | with_unit(decimals, unit) }}` (both take `signed=true`; None is empty),
   `{{ moment | day }}`; `link(PageName.MEASURE, matt=id)`, the address of a page with what is chosen on this one.
   Messages are written in the language of the page by themselves; inside a `.format(…)` they go through `| render`.
5. A line break between two tags is not written, so a template can be laid out freely. Where a space is to be seen between two
   tags, write them on one line.
6. What several templates share is a macro: `{% from "parts/macros.html" import page_link %}`. The small blocks that most
   pages show (a paragraph, a heading, links onwards, a table in its box) are shown from Python by `app_pages/parts/blocks.py`.
7. A small drawing is an SVG template, shown as an image by `svg_address`, because a page lets no inline SVG through.
"""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from app_pages.parts import address, theme
from app_pages.parts.address import PageName
from app_pages.parts.words import language
from domain.message import Count, Factor, Listing, Message, Number, Reason, Value
from language import numbers
from language.catalogue import catalogue
from language.rendering import render

FOLDER: Final = Path(__file__).parents[1]
_LAYOUT: Final = re.compile(r"(?<=[>}])[ \t]*((?:\n[ \t]*)+)(?=[<{])")


class LayoutExtension(Extension):
    """Takes line breaks between tags, with what indents them, out of a template while it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template without them; inside comments the breaks remain, so that errors name the right line."""
        return _LAYOUT.sub(lambda layout: "{#" + "\n" * layout[1].count("\n") + "#}", source)


@cache
def environment(language: str) -> Environment:
    """The templates of one language, each compiled once per process."""
    words = catalogue(language)

    def finalize(value: object) -> object:
        return (
            render(value, words.gettext)
            if isinstance(value, Message | Reason | Count | Number | Factor | Listing)
            else value
        )

    def render_value(value: Value) -> str:
        return render(value, words.gettext)

    def number(value: float | None, decimals: int, *, signed: bool = False) -> str:
        return "" if value is None else numbers.number(value, decimals, language, signed=signed)

    def with_unit(value: float | None, decimals: int, unit: str, *, signed: bool = False) -> str:
        return "" if value is None else numbers.with_unit(value, decimals, unit, language, signed=signed)

    def day(moment: datetime) -> str:
        return numbers.day(moment)

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        extensions=[LayoutExtension],
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals |= {
        "_": words.gettext,
        "ngettext": words.ngettext,
        "link": address.link,
        "PageName": PageName,
        "theme": theme,
    }
    made.filters |= {"number": number, "with_unit": with_unit, "day": day, "render": render_value}
    return made


def render_template(template: str, **context: object) -> Markup:
    """The markup of a template in the language of the page. Raises `jinja2.UndefinedError` for a name that it lacks."""
    return Markup(environment(language()).get_template(template).render(context))  # noqa: S704 escaped by the template


def render_macro(macro: str, *values: object) -> Markup:
    """The markup of a macro in `parts/macros.html`."""
    macros = environment(language()).get_template("parts/macros.html").module
    return Markup(getattr(macros, macro)(*values))  # noqa: S704 escaped by the macro


def svg_address(template: str, **context: object) -> str:
    """An SVG template as an address that an image can have."""
    return "data:image/svg+xml," + quote(render_template(template, **context), safe=" ='/:.<>")


def show_template(
    template: str, *, width: Literal["stretch", "content"] | int = "stretch", **context: object
) -> None:
    """Write a template on the page as one HTML block."""
    st.html(render_template(template, **context), width=width)
