"""The own page of a municipality that tries a case: since when, how it goes, and what its own series says."""

from html import escape

import streamlit as st

from app_pages.case import load, measured
from app_pages.case import show as sections
from app_pages.case.choose import Choice
from app_pages.parts import bank, frame, story
from app_pages.parts.address import PageName
from app_pages.parts.words import _
from domain.case import REUSE_STATE_NAMES, Reuse
from domain.case_effect import first_year_of


def show(choice: Choice, reuse: Reuse) -> None:
    place = choice.place_name(reuse.municipality_code)
    facts = [_(REUSE_STATE_NAMES[reuse.state])]
    if reuse.started_on is not None:
        facts.append(_("sedan {day}").format(day=reuse.started_on))
        facts.append(_("effekten räknas från {year}").format(year=first_year_of(reuse.started_on)))
    frame.head(
        _("{place} provar: {title}").format(place=place, title=choice.case.title),
        " · ".join(facts),
        choice.view,
    )
    bank.ways(PageName.CASE)
    href = bank.case_link(choice.case.standing.id)
    text = _("Hela exemplet från {place}").format(place=choice.place_name(choice.case.municipality_code))
    went = story.section(_("Så har det gått, med egna ord"), story.paragraphs(reuse.how_it_went))
    st.html(
        f'<p class="ways-on"><a data-page href="{escape(href)}">{escape(text)}</a></p>'
        f'<div class="tries">{went}</div>'
    )
    measured.show(choice, load.reuse_effects(choice, reuse), place=place)
    note = _("Måtten, riktningen och storleken är exemplets egna. Starten är {place}s.").format(place=place)
    st.html(f'<p class="chart-notes">{escape(note)}</p>')
    sections.foot(choice)
