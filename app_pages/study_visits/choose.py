"""Which study visits the reader looks for: subject and county, and whose come first."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import bank, choices, first_start
from app_pages.parts.address import Name
from app_pages.parts.bank import Bank
from app_pages.parts.choices import View, select
from app_pages.parts.words import _
from domain.case import Case
from domain.place import alphabetical
from domain.story import TagKind

SUBJECT: Final = "omrade"
COUNTY: Final = "lan"
ANYTHING: Final = "alla"


@dataclass(frozen=True, slots=True)
class Choice:
    """`offered` are all cases that receive visits; `shown` those that fit the choices, my own county's first."""

    view: View
    bank: Bank
    offered: tuple[Case, ...]
    shown: tuple[Case, ...]
    subject: str
    county: str


def choice() -> Choice:
    """What the address says. Raises `UserError` where the workspace cannot be opened."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.bank(view)
    offered = tuple(case for case in open_bank.cases.values() if case.study_visit.is_offered)
    subject = view.address.text(SUBJECT)
    county = view.address.text(COUNTY)
    shown = [
        one
        for one in offered
        if subject in {"", ANYTHING, *subjects(one)} and county in {"", ANYTHING, county_code(view, one)}
    ]
    places = view.library.places.by_code
    mine = view.municipality.county_code

    def near_first(one: Case) -> tuple[bool, str]:
        place = places.get(one.municipality_code)
        name = place.name if place is not None else one.municipality_code
        return (county_code(view, one) != mine, alphabetical(name))

    return Choice(view, open_bank, offered, tuple(sorted(shown, key=near_first)), subject, county)


def county_code(view: View, case: Case) -> str:
    """The county of a case's place, empty where nobody knows it."""
    place = view.library.places.by_code.get(case.municipality_code)
    return place.county_code if place is not None else ""


def subjects(case: Case) -> tuple[str, ...]:
    """The areas of work that a case is about."""
    return tuple(tag.word for tag in case.tags if tag.kind is TagKind.SUBJECT)


def controls(choice: Choice) -> None:
    """My municipality, the subject and the county."""
    view = choice.view
    with st.container(horizontal=True, key="visit-choices", vertical_alignment="bottom", gap="small"):
        names = choices.municipality_names(view.library)
        names.setdefault(view.municipality.code, view.municipality.name)
        select(Name.MUNICIPALITY, _("Min kommun"), names, view.municipality.code)
        words = sorted({word for one in choice.offered for word in subjects(one)}, key=alphabetical)
        _select(
            SUBJECT,
            _("Område"),
            {ANYTHING: _("Alla områden"), **{word: _capital(word) for word in words}},
            choice.subject,
        )
        places = view.library.places.by_code
        counties = {
            code: places[one.municipality_code].county_name
            for one in choice.offered
            if (code := county_code(view, one))
        }
        _select(
            COUNTY,
            _("Län"),
            {ANYTHING: _("Hela landet"), **dict(sorted(counties.items()))},
            choice.county,
        )


def _select(name: str, label: str, options: dict[str, str], chosen: str) -> None:
    """A word that is not offered here stands as it is, so that it can be undone."""
    if chosen and chosen not in options:
        options[chosen] = chosen
    select(
        name, label, options, chosen or ANYTHING, also=lambda word: {name: None} if word == ANYTHING else {}
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
