"""Read from the address which study visits are shown: by subject and county, the nearest first."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import bank, choices, first_start
from app_pages.parts.address import Name
from app_pages.parts.bank import Bank
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.words import _, capitalize_first
from domain.case import Case
from domain.place import alphabetical
from domain.story import TagKind

SUBJECT: Final = "omrade"
COUNTY: Final = "lan"
ANYTHING: Final = "alla"


@dataclass(frozen=True, slots=True)
class Choice:
    """`offered` are all cases that receive visits, `matches` those that fit the choices, those of the focus's county first."""

    view: View
    bank: Bank
    offered: tuple[Case, ...]
    matches: tuple[Case, ...]
    subject: str
    county: str


def load_choice() -> Choice:
    """Read the choice from the address. Raises `UserError` where the workspace cannot be opened."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.load_bank(view)
    offered = tuple(case for case in open_bank.cases.values() if case.study_visit.is_offered)
    subject = view.address.text(SUBJECT)
    county = view.address.text(COUNTY)
    matches = [
        case
        for case in offered
        if subject in {"", ANYTHING, *subjects(case)} and county in {"", ANYTHING, county_code(view, case)}
    ]
    places = view.library.places.by_code
    mine = view.municipality.county_code

    def nearness(case: Case) -> tuple[bool, str]:
        place = places.get(case.municipality_code)
        name = place.name if place is not None else case.municipality_code
        return (county_code(view, case) != mine, alphabetical(name))

    return Choice(view, open_bank, offered, tuple(sorted(matches, key=nearness)), subject, county)


def county_code(view: View, case: Case) -> str:
    """Return the county of a case's place, or an empty string for an unknown place."""
    place = view.library.places.by_code.get(case.municipality_code)
    return place.county_code if place is not None else ""


def subjects(case: Case) -> tuple[str, ...]:
    """Return the areas of work that a case is about."""
    return tuple(tag.word for tag in case.tags if tag.kind is TagKind.SUBJECT)


def show_controls(choice: Choice) -> None:
    """Show the choices of municipality, subject and county."""
    view = choice.view
    with st.container(horizontal=True, key="visit-choices", vertical_alignment="bottom", gap="small"):
        names = choices.municipality_names(view.library)
        names.setdefault(view.municipality.code, view.municipality.name)
        select(Name.MUNICIPALITY, _("Min kommun"), names, view.municipality.code)
        words = sorted({word for case in choice.offered for word in subjects(case)}, key=alphabetical)
        _select(
            SUBJECT,
            _("Område"),
            {ANYTHING: _("Alla områden"), **{word: capitalize_first(word) for word in words}},
            choice.subject,
        )
        places = view.library.places.by_code
        counties = {
            code: places[case.municipality_code].county_name
            for case in choice.offered
            if (code := county_code(view, case))
        }
        _select(
            COUNTY,
            _("Län"),
            {ANYTHING: _("Hela landet"), **dict(sorted(counties.items()))},
            choice.county,
        )


def _select(name: str, label: str, options: dict[str, str], chosen: str) -> None:
    """Show a choice. A chosen word that is not offered here stays among the options, so that it can be undone."""
    if chosen and chosen not in options:
        options[chosen] = chosen
    select(
        name, label, options, chosen or ANYTHING, also=lambda word: {name: None} if word == ANYTHING else {}
    )
