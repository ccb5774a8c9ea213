"""What is said of a measure and how the members vote."""

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import forms, person
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace import discussion as stored_discussion
from data.workspace.people import person_names
from domain.kept_text import LONGEST_TEXT
from domain.network_measure import Comment, MeasureState, NetworkMeasure, tally
from domain.rights import Action


def show(choice: Choice, measure: NetworkMeasure) -> None:
    """The votes beside the words."""
    words, votes = st.columns([3, 2], gap="medium")
    with words:
        _comments(choice, measure)
    with votes:
        _votes(choice, measure)


def _comments(choice: Choice, measure: NetworkMeasure) -> None:
    found = stored_discussion.comments(get_workspace(), person.signed_in(), choice.network.id, measure.id)
    names = person_names(get_workspace())
    st.html(f'<div class="chart-head"><h2>{escape(_("Diskussion"))}</h2></div>')
    if found:
        items = "".join(
            f"<li><p>{_lines(one.text)}</p><small>{escape(_speaker(choice, one, names))}, "
            f"{one.at.astimezone():%Y-%m-%d %H:%M}</small></li>"
            for one in found
        )
        st.html(f'<ol class="comments">{items}</ol>')
    else:
        st.html(f'<p class="chart-notes">{escape(_("Ingen har skrivit något ännu."))}</p>')
    if not choice.may(Action.DISCUSS_MEASURE):
        return
    form = f"comment-{measure.id}"
    forms.problem(form)
    forms.opened(form, measure, {"text": ""})
    with st.form(form, enter_to_submit=False, border=False):
        st.text_area(_("Skriv i diskussionen"), key=key(form, "text"), max_chars=LONGEST_TEXT, height=90)
        st.form_submit_button(
            _("Lägg till kommentaren"), key="save-comment", on_click=partial(_say, choice, form)
        )


def _speaker(choice: Choice, one: Comment, names: Mapping[str, str]) -> str:
    """Who said it, and for which municipality where the name does not tell."""
    who = names.get(one.person_id, one.person_id)
    place = choice.name(one.municipality_code) if one.municipality_code else ""
    return who if not place or place in who else f"{who}, {place}"


def _say(choice: Choice, form: str) -> None:
    def work() -> str:
        measure: NetworkMeasure = forms.subject(form)
        stored_discussion.comment(
            get_workspace(), person.signed_in(), measure, forms.text(form, "text"), choice.speaking_for()
        )
        return _("Kommentaren är tillagd.")

    forms.save(form, work)


def _votes(choice: Choice, measure: NetworkMeasure) -> None:
    given = stored_discussion.votes(get_workspace(), person.signed_in(), choice.network.id, measure.id)
    counted = tally(given, choice.codes)
    st.html(f'<div class="chart-head"><h2>{escape(_("Röster"))}</h2></div>')
    rows = "".join(
        f'<tr><th scope="row">{escape(heading)}</th><td class="number">{len(codes)}</td>'
        f"<td>{escape(', '.join(choice.name(code) for code in codes) or '–')}</td></tr>"
        for heading, codes in (
            (_("För"), counted.in_favour),
            (_("Emot"), counted.against),
            (_("Har inte röstat"), counted.silent),
        )
    )
    caption = escape(_("En röst per medlem; den senaste gäller."))
    st.html(
        f'<table class="plain-table"><caption>{caption}</caption><thead class="unseen"><tr>'
        f'<th scope="col">{escape(_("Röst"))}</th><th scope="col">{escape(_("Antal"))}</th>'
        f'<th scope="col">{escape(_("Medlemmar"))}</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    form = f"vote-{measure.id}"
    forms.problem(form)
    if measure.state is not MeasureState.DISCUSSED:
        told = _("Medlemmarna röstar medan ett mått är under diskussion.")
        st.html(f'<p class="chart-notes">{escape(told)}</p>')
        return
    code = choice.own_code(Action.VOTE)
    if code is None:
        return
    forms.opened(form, measure, {})
    mine = next((one.is_for for one in given if one.municipality_code == code), None)
    with st.container(horizontal=True, gap="small"):
        for is_for, text, name in (
            (True, _("Rösta för ({place})"), "vote-for"),
            (False, _("Rösta emot ({place})"), "vote-against"),
        ):
            st.button(
                text.format(place=choice.name(code)),
                key=name,
                disabled=mine is is_for,
                on_click=partial(_vote, choice, form, code, is_for),
            )


def _vote(choice: Choice, form: str, code: str, is_for: bool) -> None:
    def work() -> str:
        stored_discussion.vote(get_workspace(), person.signed_in(), forms.subject(form), code, is_for=is_for)
        text = _("{place} har röstat för.") if is_for else _("{place} har röstat emot.")
        return text.format(place=choice.name(code))

    forms.save(form, work)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
