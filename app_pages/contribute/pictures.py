"""Upload pictures, and a method's template to download."""

from dataclasses import replace
from functools import partial

import streamlit as st

from app_pages.contribute import autosave
from app_pages.contribute.autosave import FORM, OpenStory, key
from app_pages.contribute.form import Section
from app_pages.parts import frame, person, story_pictures
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace.pictures import ATTACHMENT_KINDS, keep_attachment, keep_picture
from domain.cooperation_method import Attachment, CooperationMethod
from domain.errors.user_error import UserError
from domain.success_bank import Story

KINDS = ("jpg", "jpeg", "png", "webp")
TEMPLATE = "template"


def show_thumbnail(section: Section, row: int) -> None:
    """Show the picture of a row, and that its description is missing."""
    checksum = str(st.session_state.get(key(section, "checksum", row)) or "")
    addresses = story_pictures.load_picture_addresses([checksum], width=story_pictures.CARD_WIDTH)
    show_template(
        "contribute/thumbnail.html",
        alternative=str(st.session_state.get(key(section, "alternative", row)) or "").strip(),
        address=addresses.get(checksum, ""),
    )


def show_uploader(opened: OpenStory, section: Section) -> None:
    """Show the upload of one picture at a time; it is saved as soon as it arrives."""
    name = f"{FORM}-picture-{opened.round}"
    st.file_uploader(
        _(section.row), type=list(KINDS), key=name, on_change=_save_picture, args=(section, name)
    )


def _save_picture(section: Section, name: str) -> None:
    opened, upload = autosave.current_story(), st.session_state.get(name)
    if upload is None:
        return
    opened.round += 1
    try:
        picture = keep_picture(
            get_workspace(), person.current_user(), opened.story.standing, upload.getvalue(), upload.name
        )
    except UserError as error:
        opened.problems[section.name] = error
        return
    autosave.add_row(section, {"checksum": picture.checksum, "alternative": "", "caption": ""})


def show_template_upload(opened: OpenStory) -> None:
    """Show the upload of the file that goes with a method."""
    method = opened.story
    if not isinstance(method, CooperationMethod):
        return
    show_template(
        "contribute/section.html",
        name=TEMPLATE,
        title=_("Mall att ladda ner"),
        about=_("Ett papper att skriva ut eller ett ark att fylla i, högst 10 MB."),
        is_missing=False,
    )
    problem = opened.problems.get(TEMPLATE)
    if problem is not None:
        frame.show_box(_("Inte sparat"), [explain(problem)])
    if method.template is not None:
        st.button(
            _("Ta bort {file}").format(file=method.template.file_name),
            key=f"{FORM}-template-take",
            on_click=autosave.change_story,
            args=(TEMPLATE, partial(_with_template, template=None)),
            icon=":material/delete:",
        )
    name = f"{FORM}-template-{opened.round}"
    st.file_uploader(
        _("Ladda upp en mall"), type=list(ATTACHMENT_KINDS), key=name, on_change=_save_template, args=(name,)
    )


def _save_template(name: str) -> None:
    opened, upload = autosave.current_story(), st.session_state.get(name)
    if upload is None:
        return
    opened.round += 1
    try:
        checksum = keep_attachment(
            get_workspace(), person.current_user(), opened.story.standing, upload.getvalue(), upload.name
        )
    except UserError as error:
        opened.problems[TEMPLATE] = error
        return
    template = Attachment(checksum, upload.name)
    autosave.change_story(TEMPLATE, partial(_with_template, template=template))


def _with_template(story: Story, template: Attachment | None) -> Story:
    return replace(story, template=template) if isinstance(story, CooperationMethod) else story
