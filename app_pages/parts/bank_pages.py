"""What the pages beside the cases share: how they look, and the surroundings of what they show."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from answers.library import Library
from app_pages.parts import bank, story, story_pictures
from app_pages.parts.bank import Bank
from app_pages.parts.charts import on_page
from app_pages.parts.story import Surroundings
from domain.case import Case
from domain.place import Place
from domain.success_bank import Story

STYLE: Final = Path(__file__).with_name("bank_pages.css")


def style() -> None:
    """What stories, tables and these pages look like; once a page."""
    on_page.style()
    story.style()
    st.html(STYLE)


def around(library: Library, one: Story, *, known: Bank | None = None) -> Surroundings:
    """The pictures, places and measures that a story names, and anchors to the methods and programmes that are there."""
    places = library.places.by_code
    pictures = story_pictures.sources([picture.checksum for picture in one.pictures])
    if not isinstance(one, Case):
        return Surroundings(place_name=lambda code: place_name(places, code), pictures=pictures)
    found = {aim.measure_id: bank.measure_of(library, aim.measure_id) for aim in one.aims}
    methods = known.methods if known is not None else {}
    programmes = known.programmes if known is not None else {}
    programme = programmes.get(one.programme_id)
    return Surroundings(
        place_name=lambda code: place_name(places, code),
        pictures=pictures,
        measures={name: measure for name, measure in found.items() if measure is not None},
        method_links=[
            page_anchor(bank.method_link(name), methods[name].name)
            for name in one.method_ids
            if name in methods
        ],
        programme_link=page_anchor(bank.programme_link(one.programme_id), programme.name)
        if programme is not None
        else "",
    )


def place_name(places: Mapping[str, Place], code: str) -> str:
    """The name of a place, or the code where nobody knows it."""
    found = places.get(code)
    return found.name if found is not None else code


def page_anchor(href: str, title: str) -> str:
    """A link to another page of ours."""
    return f'<a data-page href="{escape(href)}">{escape(title)}</a>'


def case_items(cases: Iterable[Case], library: Library) -> str:
    """Cases as a list with their places (HTML)."""
    return "".join(
        f"<li>{page_anchor(bank.case_link(case.standing.id), case.title)} "
        f"<small>{escape(place_name(library.places.by_code, case.municipality_code))}</small></li>"
        for case in cases
    )
