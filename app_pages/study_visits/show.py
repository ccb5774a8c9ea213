"""How the directory looks: the map with numbers, and the list with what one sees and how to ask."""

from html import escape

import streamlit as st

from app_pages.parts import address, bank, frame, story
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import page_anchor, place_name
from app_pages.parts.place_map import place_map
from app_pages.parts.words import _, ngettext
from app_pages.study_visits import choose
from app_pages.study_visits.choose import COUNTY, SUBJECT, Choice
from domain.case import CASE_STATUS_NAMES, Case
from language.rendering import render


def head(choice: Choice) -> None:
    count = len(choice.offered)
    places = len({one.municipality_code for one in choice.offered})
    told = ngettext("{count} exempel att besöka", "{count} exempel att besöka", count).format(count=count)
    where = ngettext("{count} kommun", "{count} kommuner", places).format(count=places)
    line = f"{told} · {where}" if count else _("Kommuner som tar emot besök, och vad man får se")
    frame.head(_("Studiebesök"), line, choice.view)


def nothing_yet() -> None:
    """The first time: where visits come from."""
    frame.box(
        _("Ingen tar emot studiebesök ännu"),
        [
            _(
                "Den som skriver ett exempel kan säga att det går bra att komma och titta, vad man får se och hur man frågar."
            ),
            _("Här samlas alla sådana på en karta."),
        ],
    )


def directory(choice: Choice) -> None:
    """The map beside the list; both with the same numbers, one for each place."""
    if not choice.shown:
        frame.box(
            _("Inget studiebesök passar"),
            [
                _("Valen ovanför är för snäva tillsammans. {count} finns i allt.").format(
                    count=len(choice.offered)
                )
            ],
        )
        everything = address.same_page_link(PageName.STUDY_VISITS, **{SUBJECT: None, COUNTY: None})
        st.html(f'<p class="ways-on">{page_anchor(everything, _("Visa alla studiebesök"))}</p>')
        return
    by_place: dict[str, list[Case]] = {}
    for one in choice.shown:
        by_place.setdefault(one.municipality_code, []).append(one)
    numbers = {code: str(place) for place, code in enumerate(by_place, start=1)}
    places = choice.view.library.places.by_code
    names = ", ".join(f"{number} {place_name(places, code)}" for code, number in numbers.items())
    text = _("Karta över dem som tar emot studiebesök: {places}.").format(places=names)
    picture = place_map(
        choice.view.library.places.tile_positions(), numbers, choice.view.municipality.code, text
    )
    note = _("Varje ruta är en kommun, ungefär där den ligger. Siffrorna är listans. Din kommun har en ram.")
    listed = "".join(_place(choice, code, by_place[code], numbers[code]) for code in by_place)
    st.html(
        f'<div class="visits"><figure>{picture}<figcaption>{escape(note)}</figcaption></figure>'
        f'<ol class="visit-list">{listed}</ol></div>'
    )


def _place(choice: Choice, code: str, cases: list[Case], number: str) -> str:
    place = choice.view.library.places.by_code.get(code)
    name = place.name if place is not None else code
    county = place.county_name if place is not None else ""
    mine = choice.view.municipality
    near = f" · {escape(_('ert län'))}" if place is not None and place.county_code == mine.county_code else ""
    told = "".join(_visit(case) for case in cases)
    return (
        f'<li><h2><span class="number">{number}</span> {escape(name)} '
        f"<small>{escape(county)}{near}</small></h2>{told}</li>"
    )


def _visit(case: Case) -> str:
    visit = case.study_visit
    heading = page_anchor(bank.case_link(case.standing.id), case.title)
    where = [_(CASE_STATUS_NAMES[case.status]), *choose.subjects(case)]
    if case.standing.is_made_up:
        where.append(_("påhittat exempel"))

    def told(section: str, text: str) -> str:
        if story.is_not_known(visit, section, text) or not text.strip():
            return story.not_known_yet()
        return story.paragraphs(text)

    return (
        f'<article><h3>{heading}</h3><p class="where">{escape(" · ".join(where))}</p>'
        f"<dl><div><dt>{escape(_('Det här får man se'))}</dt><dd>{told('what_one_sees', visit.what_one_sees)}</dd></div>"
        f"<div><dt>{escape(_('Så frågar man'))}</dt><dd>{told('how_to_ask', visit.how_to_ask)}</dd></div></dl></article>"
    )


def foot(choice: Choice) -> None:
    frame.foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
