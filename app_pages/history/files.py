"""The files that have been handed in: state, who and when, checksum; the file itself and undoing for those who may."""

from html import escape
from typing import Final

import streamlit as st

from app_pages.history.choose import EVERYBODY, UNDO, YES, Choice
from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
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
    """Newest first; of one member or of the whole network."""
    whose = choice.network.name if choice.is_of_everybody else choice.place
    st.html(f'<h2 class="part">{escape(_("Uppladdningar, {whose}").format(whose=whose))}</h2>')
    other = None if choice.is_of_everybody else YES
    text = (
        _("Visa bara {place}").format(place=choice.place)
        if choice.is_of_everybody
        else _("Visa hela nätverkets")
    )
    href = escape(address.same_page_link(PageName.HISTORY, **{EVERYBODY: other, UNDO: None}))
    st.html(f'<p class="ways-on"><a data-page href="{href}">{escape(text)}</a></p>')
    found = _visible(choice)
    if not found:
        st.html(f'<p class="part">{escape(_("Ingen fil har lämnats ännu."))}</p>')
        return
    for one in found[:MOST_SHOWN]:
        _upload(choice, one)
    if len(found) > MOST_SHOWN:
        rest = _("… och {count} till.").format(count=number(len(found) - MOST_SHOWN, 0, language()))
        st.html(f'<p class="chart-notes">{escape(rest)}</p>')


def _visible(choice: Choice) -> list[Upload]:
    """What is published or undone is for everybody; what is not, for those who read how the reporting goes."""
    code = None if choice.is_of_everybody else choice.code
    listed = uploads(get_workspace(), network_id=choice.network.id, municipality_code=code)
    reads_all = choice.may(Action.READ_DELIVERIES)
    is_made_up = choice.view.releases[-1].is_made_up
    return [
        one
        for one in listed
        if one.is_made_up == is_made_up
        and one.state is not UploadState.DISCARDED
        and (one.state not in UNPUBLISHED or reads_all or one.person_id == choice.actor.id)
    ]


def _upload(choice: Choice, one: Upload) -> None:
    with st.container(key=f"file-{one.id}", horizontal=True, vertical_alignment="center"):
        st.html(_told(choice, one))
        if one.person_id == choice.actor.id or choice.may(Action.READ_DRAFT, one.municipality_code):
            st.download_button(
                _("Hämta filen"),
                lambda: file_of(get_workspace(), choice.actor, one.id),
                file_name=one.file_name,
                key=f"download-{one.id}",
                on_click="ignore",
            )


def _told(choice: Choice, one: Upload) -> str:
    """File and state on the first line, what has happened with it below, the checksum last."""
    name = escape(one.file_name)
    if choice.is_of_everybody:
        name += f" <span>{escape(choice.name(one.municipality_code))}</span>"
    facts = [period_name(one.period)]
    if count := one.counts.get("values", 0):
        facts.append(
            ngettext("{count} värde", "{count} värden", count).format(count=number(count, 0, language()))
        )
    if one.state not in UNPUBLISHED and (explained := len(one.explanations)):
        facts.append(
            ngettext("{count} förklaring", "{count} förklaringar", explained).format(count=explained)
        )
    if one.publish_on is not None and one.state is UploadState.AWAITING_DATE:
        facts.append(_("publiceras {day}").format(day=one.publish_on))
    events = "".join(f"<li>{escape(_event(event))}</li>" for event in upload_history(one))
    signed = (
        f"<li>{escape(_('Godkänd av {person}.').format(person=_(one.signed_by)))}</li>"
        if one.signed_by
        else ""
    )
    undo = ""
    if one.state is UploadState.PUBLISHED and choice.may(Action.PUBLISH_RESULTS, one.municipality_code):
        href = address.same_page_link(
            PageName.HISTORY, **{UNDO: one.id, Name.MUNICIPALITY: one.municipality_code}
        )
        text = _("Se vad som händer om {file} ångras").format(file=one.file_name)
        undo = f'<p class="ways-on"><a data-page href="{escape(href)}">{escape(text)}</a></p>'
    state = "undone" if one.state is UploadState.UNDONE else "standing"
    return (
        f'<article class="handed-in {state}"><h3>{name}</h3>'
        f'<p><i aria-hidden="true">{SIGNS[one.state]}</i> <b>{escape(_(STATE_NAMES[one.state]))}</b> · '
        f"{escape(' · '.join(facts))}</p><ul>{events}{signed}</ul>{undo}"
        f"<details><summary>{escape(_('Kontrollsumma'))}</summary><code>SHA-256 {escape(one.checksum)}</code></details>"
        "</article>"
    )


def _event(event: UploadEvent) -> str:
    texts = EVENTS_WITH_WHY if event.why else EVENTS
    return _(texts[event.state]).format(
        person=_(event.by), when=f"{event.at.astimezone():%Y-%m-%d %H:%M}", why=event.why
    )
