"""Handing over pictures, and a method's template to download."""

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from app_pages.contribute import keeping
from app_pages.contribute.form import Section
from app_pages.contribute.keeping import FORM, Open, key
from app_pages.parts import frame, person, story_pictures
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.pictures import ATTACHMENT_KINDS, keep_attachment, keep_picture
from domain.cooperation_method import Attachment, CooperationMethod
from domain.errors import UserError
from domain.success_bank import Story
from language.rendering import render

KINDS = ("jpg", "jpeg", "png", "webp")
TEMPLATE = "template"


def thumbnail(section: Section, row: int) -> None:
    """The picture of a row, and that its description is wanting."""
    checksum = str(st.session_state.get(key(section, "checksum", row)) or "")
    alternative = str(st.session_state.get(key(section, "alternative", row)) or "").strip()
    source = story_pictures.sources([checksum], width=story_pictures.CARD_WIDTH).get(checksum, "")
    wanting = _("Beskrivningen saknas: skriv vad bilden visar, för den som inte ser den.")
    told = "" if alternative else f'<p class="wanting">{escape(wanting)}</p>'
    st.html(
        f'<div class="contribute-section"><img alt="{escape(alternative)}" src="{escape(source)}" '
        f'style="max-width: 100%; max-height: 11rem; border-radius: 6px">{told}</div>'
    )


def uploader(found: Open, section: Section) -> None:
    """One picture at a time; it is kept as soon as it is here."""
    name = f"{FORM}-picture-{found.round}"
    st.file_uploader(
        _(section.row), type=list(KINDS), key=name, on_change=_keep_picture, args=(section, name)
    )


def _keep_picture(section: Section, name: str) -> None:
    found, handed = keeping.now_open(), st.session_state.get(name)
    if handed is None:
        return
    found.round += 1
    try:
        kept = keep_picture(
            get_workspace(), person.signed_in(), found.story.standing, handed.getvalue(), handed.name
        )
    except UserError as error:
        found.problems[section.name] = error
        return
    keeping.add_row(section, {"checksum": kept.checksum, "alternative": "", "caption": ""})


def template(found: Open) -> None:
    """The file that goes with a method."""
    method = found.story
    if not isinstance(method, CooperationMethod):
        return
    st.html(
        f'<div class="contribute-section" id="del-template"><h3>{escape(_("Mall att ladda ner"))}</h3>'
        f"<p>{escape(_('Ett papper att skriva ut eller ett ark att fylla i, högst 10 MB.'))}</p></div>"
    )
    problem = found.problems.get(TEMPLATE)
    if problem is not None:
        frame.box(_("Inte sparat"), [render(problem.message, _)])
    if method.template is not None:
        st.button(
            _("Ta bort {file}").format(file=method.template.file_name),
            key=f"{FORM}-template-take",
            on_click=keeping.change_story,
            args=(TEMPLATE, partial(_with_template, template=None)),
            icon=":material/delete:",
        )
    name = f"{FORM}-template-{found.round}"
    st.file_uploader(
        _("Ladda upp en mall"), type=list(ATTACHMENT_KINDS), key=name, on_change=_keep_template, args=(name,)
    )


def _keep_template(name: str) -> None:
    found, handed = keeping.now_open(), st.session_state.get(name)
    if handed is None:
        return
    found.round += 1
    try:
        checksum = keep_attachment(
            get_workspace(), person.signed_in(), found.story.standing, handed.getvalue(), handed.name
        )
    except UserError as error:
        found.problems[TEMPLATE] = error
        return
    kept = Attachment(checksum, handed.name)
    keeping.change_story(TEMPLATE, partial(_with_template, template=kept))


def _with_template(story: Story, template: Attachment | None) -> Story:
    return replace(story, template=template) if isinstance(story, CooperationMethod) else story
