"""Show uploaded files: state, who and when, checksum; with the file itself and undo for those who may."""

from typing import Final

import streamlit as st

from app_pages.history.choose import EVERYBODY, UNDO, YES, Choice
from app_pages.parts import address, blocks
from app_pages.parts.address import Name, PageName
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext
from data.workspace.uploads import file_of, uploads
from domain.message import to_translate
from domain.rights import Action
from domain.upload import STATE_NAMES, UNPUBLISHED, Upload, UploadState
from language.numbers import number
from pipelines.uploads.history import UploadEvent, upload_history

MOST_SHOWN: Final = 40  # the newest; more are counted
SIGNS: Final = {
    UploadState.DRAFT: "✎",
    UploadState.AWAITING_SIGN_OFF: "◑",
    UploadState.AWAITING_DATE: "◷",
    UploadState.PUBLISHING: "…",
    UploadState.PUBLISHED: "✓",
    UploadState.UNDOING: "…",
    UploadState.UNDONE: "↩",
    UploadState.DISCARDED: "✕",
}  # always beside the word
EVENTS: Final = {
    UploadState.DRAFT: to_translate("Lämnad av {person} {when}."),
    UploadState.PUBLISHED: to_translate("Publicerad av {person} {when}."),
    UploadState.UNDONE: to_translate("Ångrad av {person} {when}."),
}
EVENTS_WITH_WHY: Final = {
    UploadState.DRAFT: to_translate("Lämnad av {person} {when}: ”{why}”"),
    UploadState.PUBLISHED: to_translate("Publicerad av {person} {when}: ”{why}”"),
    UploadState.UNDONE: to_translate("Ångrad av {person} {when}: ”{why}”"),
}


def show(choice: Choice) -> None:
    """Show the files of one member or of the whole network, the newest first."""
    whose = choice.network.name if choice.is_of_everybody else choice.place
    blocks.show_heading(_("Uppladdningar, {whose}").format(whose=whose))
    other = None if choice.is_of_everybody else YES
    text = (
        _("Visa bara {place}").format(place=choice.place)
        if choice.is_of_everybody
        else _("Visa hela nätverkets")
    )
    blocks.show_links([(address.same_page_link(PageName.HISTORY, **{EVERYBODY: other, UNDO: None}), text)])
    visible = _visible_uploads(choice)
    if not visible:
        blocks.show_text(_("Ingen fil har lämnats ännu."))
        return
    for upload in visible[:MOST_SHOWN]:
        _show_upload(choice, upload)
    if len(visible) > MOST_SHOWN:
        rest = _("… och {count} till.").format(count=number(len(visible) - MOST_SHOWN, 0, language()))
        blocks.show_text(rest, "chart-notes")


def _visible_uploads(choice: Choice) -> list[Upload]:
    """Return the uploads to show: published and undone ones to everybody, others to those who may see deliveries."""
    code = None if choice.is_of_everybody else choice.code
    reads_all = choice.may(Action.READ_DELIVERIES)
    is_made_up = choice.view.releases[-1].is_made_up
    return [
        upload
        for upload in uploads(get_workspace(), network_id=choice.network.id, municipality_code=code)
        if upload.is_made_up == is_made_up
        and upload.state is not UploadState.DISCARDED
        and (upload.state not in UNPUBLISHED or reads_all or upload.person_id == choice.actor.id)
    ]


def _show_upload(choice: Choice, upload: Upload) -> None:
    with st.container(key=f"file-{upload.id}", horizontal=True, vertical_alignment="center"):
        _show_file(choice, upload)
        if upload.person_id == choice.actor.id or choice.may(Action.READ_DRAFT, upload.municipality_code):
            st.download_button(
                _("Hämta filen"),
                lambda: file_of(get_workspace(), choice.actor, upload.id),
                file_name=upload.file_name,
                key=f"download-{upload.id}",
                on_click="ignore",
            )


def _show_file(choice: Choice, upload: Upload) -> None:
    """Show file and state, what has happened to it, the link to undoing for those who may, and the checksum."""
    events = [_event_text(event) for event in upload_history(upload)]
    if upload.signed_by:
        events.append(_("Godkänd av {person}.").format(person=_(upload.signed_by)))
    undo_link = None
    if upload.state is UploadState.PUBLISHED and choice.may(Action.PUBLISH_RESULTS, upload.municipality_code):
        href = address.same_page_link(
            PageName.HISTORY, **{UNDO: upload.id, Name.MUNICIPALITY: upload.municipality_code}
        )
        undo_link = (href, _("Se vad som händer om {file} ångras").format(file=upload.file_name))
    show_template(
        "history/file.html",
        file=upload,
        kind="undone" if upload.state is UploadState.UNDONE else "standing",
        place=choice.name(upload.municipality_code) if choice.is_of_everybody else "",
        sign=SIGNS[upload.state],
        state=_(STATE_NAMES[upload.state]),
        facts=_upload_facts(upload),
        events=events,
        undo_link=undo_link,
    )


def _upload_facts(upload: Upload) -> list[str]:
    facts = [period_name(upload.period)]
    if count := upload.counts.get("values", 0):
        facts.append(
            ngettext("{count} värde", "{count} värden", count).format(count=number(count, 0, language()))
        )
    if upload.state not in UNPUBLISHED and (explained := len(upload.explanations)):
        facts.append(
            ngettext("{count} förklaring", "{count} förklaringar", explained).format(count=explained)
        )
    if upload.publish_on is not None and upload.state is UploadState.AWAITING_DATE:
        facts.append(_("publiceras {day}").format(day=upload.publish_on))
    return facts


def _event_text(event: UploadEvent) -> str:
    texts = EVENTS_WITH_WHY if event.why else EVENTS
    return _(texts[event.state]).format(
        person=_(event.by), when=f"{event.at.astimezone():%Y-%m-%d %H:%M}", why=event.why
    )
