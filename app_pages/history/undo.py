"""Undo a publication: show which values return and which stay before it is done, and ask for the reason."""

from functools import partial
from typing import Final

import streamlit as st

from app_pages.history.choose import UNDO, Choice
from app_pages.parts import address, blocks, differences, forms, frame
from app_pages.parts.address import PageName
from app_pages.parts.error_advice import explain
from app_pages.parts.forms import key
from app_pages.parts.opening import get_stores
from app_pages.parts.words import _
from domain.errors.user_error import UserError
from domain.kept_text import LONGEST_TEXT
from domain.rights import Action
from domain.upload import STATE_NAMES, Upload, UploadState
from pipelines.uploads import undoing

FORM: Final = "undo"


def show(choice: Choice, upload: Upload) -> None:
    """Show the difference and the form to those who may undo, and to others why they may not."""
    if upload.state is not UploadState.PUBLISHED:
        text = _("{file} är {state} och går inte att ångra.").format(
            file=upload.file_name, state=_(STATE_NAMES[upload.state])
        )
        frame.show_box(_("Det finns inget att ångra"), [text])
        return
    if not choice.may(Action.PUBLISH_RESULTS, upload.municipality_code):
        text = _("Resultat för {place} ångras av kommunens controller.").format(
            place=choice.name(upload.municipality_code)
        )
        frame.show_box(_("Någon annan ångrar"), [text])
        return
    blocks.show_heading(_("Om {file} ångras").format(file=upload.file_name))
    try:
        with st.spinner(_("Räknar ut vad som återställs …")):
            changes = undoing.preview_undo(get_stores(), upload.id, with_colours=True)
    except UserError as error:
        frame.show_box(_("Det går inte att visa vad som återställs"), [explain(error)])
        return
    differences.show_summary(choice.name(upload.municipality_code), changes)
    blocks.show_text(
        _(
            "Precis det som stod före återställs, och senare uppladdningar står kvar. Både publiceringen och ångrandet syns i historiken."
        )
    )
    differences.show_colour_changes(changes)
    differences.show_cells(changes, [measure.id for measure in choice.measures])
    forms.show_problem(FORM)
    with st.form(FORM, enter_to_submit=False):
        st.text_input(_("Varför den ångras"), key=key(FORM, "because"), max_chars=LONGEST_TEXT)
        st.form_submit_button(
            _("Ångra {file}").format(file=upload.file_name),
            key="save-undo",
            type="primary",
            on_click=partial(_save, choice, upload),
        )
    blocks.show_links([(address.same_page_link(PageName.HISTORY, **{UNDO: None}), _("Låt den stå kvar"))])


def _save(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        because = str(forms.required_value(FORM, "because", _("Varför den ångras"))).strip()
        undoing.undo(get_stores(), choice.actor, upload.id, because)
        address.change(**{UNDO: None})
        return _("{file} är ångrad, och det som stod före är återställt.").format(file=upload.file_name)

    forms.save(FORM, work)
