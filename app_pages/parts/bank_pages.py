"""What the pages of the success bank share: their style sheets, and what a story refers to."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from answers.library import Library
from app_pages.parts import bank, story_pictures
from app_pages.parts.bank import Bank
from app_pages.parts.charts import on_page
from app_pages.parts.story import Surroundings, show_story_style
from domain.case import Case
from domain.place import Place
from domain.success_bank import Story

STYLE: Final = Path(__file__).with_name("bank_pages.css")


def show_bank_style() -> None:
    """Write the style sheets of tables, stories and these pages; once per page."""
    on_page.style()
    show_story_style()
    st.html(STYLE)


def load_surroundings(
    library: Library,
    story: Story,
    published: Bank,
    place_facts: Sequence[tuple[str, str]] = (),
) -> Surroundings:
    """Load the pictures, place names and measures that a story refers to, and link the published methods and programme."""
    places = library.places.by_code
    pictures = story_pictures.load_picture_addresses([picture.checksum for picture in story.pictures])
    if not isinstance(story, Case):
        return Surroundings(place_name=lambda code: place_name(places, code), pictures=pictures)
    measures = {aim.measure_id: bank.find_measure(library, aim.measure_id) for aim in story.aims}
    methods, programme = published.methods, published.programmes.get(story.programme_id)
    return Surroundings(
        place_name=lambda code: place_name(places, code),
        place_facts=place_facts,
        pictures=pictures,
        measures={measure_id: measure for measure_id, measure in measures.items() if measure is not None},
        method_links=[
            (bank.method_link(method_id), methods[method_id].name)
            for method_id in story.method_ids
            if method_id in methods
        ],
        programme_link=(bank.programme_link(story.programme_id), programme.name) if programme else None,
    )


def place_name(places: Mapping[str, Place], code: str) -> str:
    """The name of a place, or its code where it is not a place here."""
    return places[code].name if code in places else code


def case_links(cases: Iterable[Case], library: Library) -> list[tuple[str, str, str]]:
    """The address, title and place of each case."""
    return [
        (
            bank.case_link(case.standing.id),
            case.title,
            place_name(library.places.by_code, case.municipality_code),
        )
        for case in cases
    ]
