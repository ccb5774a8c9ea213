"""The frame of every page: name and pages on top, title, notices, source line, and the box for errors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import streamlit as st

from app_pages.parts import address, person, theme, warm_start
from app_pages.parts.address import PageName
from app_pages.parts.choices import View
from app_pages.parts.downloads import COLOUR_NOTE, MADE_UP_NOTE
from app_pages.parts.error_advice import explain
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language
from domain.errors.user_error import UserError
from domain.message import to_translate
from language.catalogue import LANGUAGES, SOURCE_LANGUAGE

STYLE: Final = "".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("style.css", "streamlit_names.css")
)
SCRIPT: Final = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
PAGE_TITLES: Final = {
    PageName.OVERVIEW: to_translate("Översikt"),
    PageName.MEASURE: to_translate("Mått"),
    PageName.RELATION: to_translate("Samband"),
    PageName.CHANGED: to_translate("Förändrat"),
    PageName.ABOUT_DATA: to_translate("Om data"),
    PageName.NETWORK: to_translate("Mitt nätverk"),
    PageName.NETWORKS: to_translate("Nätverk"),
    PageName.SUCCESS_BANK: to_translate("Framgångsbanken"),
    PageName.CASE: to_translate("Exempel"),
    PageName.METHODS: to_translate("Metoder"),
    PageName.PROGRAMMES: to_translate("Program"),
    PageName.LEARN_FROM: to_translate("Lär av"),
    PageName.STUDY_VISITS: to_translate("Studiebesök"),
    PageName.CONTRIBUTE: to_translate("Bidra"),
    PageName.NETWORK_MEASURES: to_translate("Mått i nätverket"),
    PageName.WORKSHOP: to_translate("Mätverkstad"),
    PageName.SIMILAR: to_translate("Liknande kommuner"),
    PageName.UPLOAD: to_translate("Ladda upp"),
    PageName.DELIVERIES: to_translate("Rapporteringsläge"),
    PageName.HISTORY: to_translate("Historik"),
    PageName.ADMINISTRATION: to_translate("Administration"),
}
REACHED_FROM: Final = {
    PageName.NETWORK_MEASURES: PageName.NETWORK,
    PageName.WORKSHOP: PageName.NETWORK,
    PageName.SIMILAR: PageName.NETWORKS,
    PageName.DELIVERIES: PageName.UPLOAD,
    PageName.HISTORY: PageName.UPLOAD,
    PageName.ADMINISTRATION: PageName.NETWORKS,
    PageName.CASE: PageName.SUCCESS_BANK,
    PageName.METHODS: PageName.SUCCESS_BANK,
    PageName.PROGRAMMES: PageName.SUCCESS_BANK,
    PageName.LEARN_FROM: PageName.SUCCESS_BANK,
    PageName.STUDY_VISITS: PageName.SUCCESS_BANK,
    PageName.CONTRIBUTE: PageName.SUCCESS_BANK,
}  # pages that do not stand in the top line themselves


def browser_title(page: PageName) -> str:
    """Return the title of the browser tab."""
    return f"{_(PAGE_TITLES[page])} – {_('Jämförelsebanken')}"


@contextmanager
def page_frame(page: PageName) -> Iterator[None]:
    """Wrap a page in its frame. A `UserError` inside becomes a calm box; anything else is a logged defect."""
    st.html(f"<style>{theme.custom_properties()}{STYLE}</style>")
    script = SCRIPT.replace("LANGUAGE", language()).replace("SKIP", json.dumps(_("Hoppa till innehållet")))
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    _top(page)
    try:
        yield
        warm_start.freeze_loaded(page)
    except UserError as error:
        show_box(
            _("Det gick inte att visa sidan"),
            [explain(error)],
            way_out=_("Tillbaka till översikten"),
        )
    except Exception:
        show_box(
            _("Något gick fel"),
            [_("Det är vårt fel och är antecknat i loggen. Ladda om sidan eller börja om från översikten.")],
            way_out=_("Tillbaka till översikten"),
            kind="defect",
        )
        raise


def _top(page: PageName) -> None:
    """Show the product's name, the pages and the languages as links that keep the choices; and who is acting."""
    with st.container(horizontal=True, key="top", vertical_alignment="center", gap="small"):
        show_template(
            "parts/top.html",
            page=page,
            section=REACHED_FROM.get(page, page),
            titles={name: title for name, title in PAGE_TITLES.items() if name not in REACHED_FROM},
            languages=[
                (code, name, address.same_page_link(page, lang=None if code == SOURCE_LANGUAGE else code))
                for code, name in LANGUAGES.items()
                if code != language()
            ],
        )
        person.picker()


def show_head(title: str, line: str, view: View | None = None, *, welcome: str = "") -> None:
    """Show the title that answers “who, among whom”, the line with what and when, and the page's notices.

    `welcome` is what a first visitor should know.
    """
    show_template(
        "parts/head.html",
        title=title,
        facts=line.split(" · "),
        made_up=MADE_UP_NOTE if view is not None and view.release.is_made_up else "",
        welcome=welcome,
    )
    if view is not None and view.problems:
        show_box(_("Något i adressen gick inte att läsa"), [explain(error) for error in view.problems])


def show_box(title: str, sentences: list[str], *, way_out: str = "", kind: str = "") -> None:
    """Show what went wrong or is missing, and what to do about it. `kind` is a further class for the style sheet."""
    show_template("parts/box.html", title=title, sentences=sentences, way_out=way_out, kind=kind)


def share_button() -> None:
    """Show the button that copies the address, which holds every choice."""
    show_template("parts/share_button.html", width="content")


def show_foot(source: str, *, has_colour: bool = True) -> None:
    """Show the note on colour and the source line, last on the page."""
    show_template("parts/foot.html", source=source, colour_note=COLOUR_NOTE if has_colour else "")
