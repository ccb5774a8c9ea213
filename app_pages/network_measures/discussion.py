"""Show the comments on a measure and the members' votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import blocks, forms, person
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace import discussion as stored_discussion
from data.workspace.people import person_names
from domain.kept_text import LONGEST_TEXT
from domain.network_measure import Comment, MeasureState, NetworkMeasure, tally
from domain.rights import Action


@dataclass(frozen=True, slots=True)
class CommentText:
    """A comment as it is displayed."""

    lines: tuple[str, ...]
    author: str
    when: str


def show(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the votes beside the comments."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _show_comments(choice, measure)
    with right:
        _show_votes(choice, measure)


def _show_comments(choice: Choice, measure: NetworkMeasure) -> None:
    comments = stored_discussion.comments(
        get_workspace(), person.current_user(), choice.network.id, measure.id
    )
    names = person_names(get_workspace())
    blocks.show_chart_heading(_("Diskussion"))
    if comments:
        show_template(
            "network_measures/comments.html",
            comments=[
                CommentText(
                    lines=tuple(comment.text.split("\n")),
                    author=_author(choice, comment, names),
                    when=f"{comment.at.astimezone():%Y-%m-%d %H:%M}",
                )
                for comment in comments
            ],
        )
    else:
        blocks.show_text(_("Ingen har skrivit något ännu."), "chart-notes")
    if not choice.may(Action.DISCUSS_MEASURE):
        return
    form = f"comment-{measure.id}"
    forms.show_problem(form)
    forms.open_form(form, measure, {"text": ""})
    with st.form(form, enter_to_submit=False, border=False):
        st.text_area(_("Skriv i diskussionen"), key=key(form, "text"), max_chars=LONGEST_TEXT, height=90)
        st.form_submit_button(
            _("Lägg till kommentaren"), key="save-comment", on_click=partial(_save_comment, choice, form)
        )


def _author(choice: Choice, comment: Comment, names: Mapping[str, str]) -> str:
    """Return who wrote it, and for which municipality where the name does not say so."""
    who = names.get(comment.person_id, comment.person_id)
    place = choice.name(comment.municipality_code) if comment.municipality_code else ""
    return who if not place or place in who else f"{who}, {place}"


def _save_comment(choice: Choice, form: str) -> None:
    def work() -> str:
        measure: NetworkMeasure = forms.subject(form)
        stored_discussion.comment(
            get_workspace(), person.current_user(), measure, forms.text(form, "text"), choice.speaking_for()
        )
        return _("Kommentaren är tillagd.")

    forms.save(form, work)


def _show_votes(choice: Choice, measure: NetworkMeasure) -> None:
    given = stored_discussion.votes(get_workspace(), person.current_user(), choice.network.id, measure.id)
    counted = tally(given, choice.codes)
    blocks.show_chart_heading(_("Röster"))
    kinds = (
        (_("För"), counted.in_favour),
        (_("Emot"), counted.against),
        (_("Har inte röstat"), counted.silent),
    )
    show_template(
        "network_measures/votes.html",
        votes=[(name, [choice.name(code) for code in codes]) for name, codes in kinds],
    )
    form = f"vote-{measure.id}"
    forms.show_problem(form)
    if measure.state is not MeasureState.DISCUSSED:
        blocks.show_text(_("Medlemmarna röstar medan ett mått är under diskussion."), "chart-notes")
        return
    code = choice.own_code(Action.VOTE)
    if code is None:
        return
    forms.open_form(form, measure, {})
    mine = next((vote.is_for for vote in given if vote.municipality_code == code), None)
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
        stored_discussion.vote(
            get_workspace(), person.current_user(), forms.subject(form), code, is_for=is_for
        )
        text = _("{place} har röstat för.") if is_for else _("{place} har röstat emot.")
        return text.format(place=choice.name(code))

    forms.save(form, work)
