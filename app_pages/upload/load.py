"""The file at hand: read, understood and checked once, then held in the session for as long as it is worked on.

A saved draft is loaded again, with the rights of the current user, whenever it has changed or another user acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from app_pages.parts import forms, open_library
from app_pages.parts.opening import get_stores, get_workspace
from app_pages.parts.words import _
from app_pages.upload.choose import Choice
from domain.errors.user_error import UserError
from domain.reporting_template import TemplateId
from domain.rights import Action
from domain.upload import FileMapping, Finding, Upload, UploadState
from language.rendering import render
from pipelines.uploads import drafts, publishing
from pipelines.uploads.changes import Changes
from pipelines.uploads.review import ValuesReview
from pipelines.uploads.template_id import read_template_id
from pipelines.uploads.upload_context import UploadContext, build_upload_context

AT_HAND: Final = "upload-at-hand"
CHANGES: Final = "upload-changes"
REFUSED: Final = "upload-refused"
ROUND: Final = "upload-round"  # counts files, so that each leaves an empty field behind it


@dataclass(frozen=True, slots=True)
class AtHand:
    """A reviewed file. Without `upload` it has only been checked, and is gone when the session ends."""

    key: tuple[object, ...]
    review: ValuesReview
    content: bytes
    upload: Upload | None = None

    @property
    def is_draft(self) -> bool:
        return self.upload is not None and self.upload.state is UploadState.DRAFT

    @property
    def explanations(self) -> Mapping[str, str]:
        return self.upload.explanations if self.upload is not None else {}

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self.review.findings_to_explain
            if not self.explanations.get(finding.id, "").strip()
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why; `key` says for which choices it is shown."""

    key: tuple[str, ...]
    file_name: str
    error: UserError


def load_context(choice: Choice) -> UploadContext:
    """Return the context of the chosen reporting by the newest release. Raises the error that prevents reporting."""
    return _load_context(choice, TemplateId(*choice.key))


def _load_context(choice: Choice, template: TemplateId) -> UploadContext:
    library = open_library.library_at(choice.view.releases[-1], choice.view.releases[-1])
    return build_upload_context(
        library, network=template.network_id, municipality=template.municipality_code, period=template.period
    )


def at_hand(choice: Choice) -> AtHand | None:
    """The draft that the address names, or the file that was checked for these choices; nothing where there is none.

    Raises `NotAllowedError` for a draft that the current user may not read.
    """
    held: AtHand | None = st.session_state.get(AT_HAND)
    if choice.upload is None:
        if held is not None and held.upload is None and held.key == _checked_key(choice):
            return held
        st.session_state.pop(AT_HAND, None)  # a saved draft is loaded again when it is opened
        return None
    key = _upload_key(choice, choice.upload)
    if held is not None and held.key == key:
        return held
    with st.spinner(_("Öppnar {file} …").format(file=choice.upload.file_name)):
        upload, review, content = drafts.opened(get_stores(), choice.actor, choice.upload.id)
    return _hold(AtHand(_upload_key(choice, upload), review, content, upload))


def receive(choice: Choice, file_name: str, content: bytes, say: Callable[[str], None]) -> Upload | None:
    """Read and check a file and, for those who may, save it as a draft; it takes the place of a draft that is at hand.

    Raises what is wrong with the file as a whole; then nothing is saved.
    """
    say(_("Hämtar vad som är rapporterat tidigare …"))
    context = load_context(choice)
    say(_("Läser {file} och kontrollerar varje värde …").format(file=file_name))
    review = drafts.review_as_remembered(get_workspace(), content, file_name, context)
    meant = read_template_id(review.workbook)
    if meant is not None and meant != choice.key and choice.upload is None and _may_upload(choice, meant):
        say(_("Mallen är för {period}: läser den för det …").format(period=meant.period))
        review = drafts.review_as_remembered(
            get_workspace(), content, file_name, _load_context(choice, meant)
        )
    if not choice.may(Action.UPLOAD_RESULTS):
        _hold(AtHand(_checked_key(choice), review, content))
        return None
    say(_("Sparar utkastet …"))
    if choice.upload is not None and choice.upload.state is UploadState.DRAFT:
        upload = drafts.replace_file(
            get_workspace(), choice.actor, choice.upload.id, review, content, file_name=file_name
        )
    else:
        upload = drafts.save_draft(get_workspace(), choice.actor, review, content, file_name=file_name)
        if notes := drafts.note_other_drafts(get_workspace(), upload):
            st.session_state[forms.DONE] = " ".join(render(note.message, _) for note in notes)
    _hold(AtHand(_upload_key(choice, upload), review, content, upload))
    return upload


def _may_upload(choice: Choice, meant: TemplateId) -> bool:
    """Whether the reader may upload for what the template names, in the same network, where that is not what is chosen."""
    return meant.network_id == choice.network.id and meant.municipality_code in choice.uploading_codes()


def read_again(choice: Choice, held: AtHand, mapping: FileMapping) -> None:
    """Read the same file by a mapping that was corrected by hand, and remember that where it is a saved draft."""
    if held.upload is None:
        file_name = held.review.workbook.file_name
        again = drafts.review_as_remembered(
            get_workspace(), held.content, file_name, held.review.context, mapping=mapping
        )
        _hold(AtHand(held.key, again, held.content))
        return
    upload, again = drafts.read_again(get_stores(), choice.actor, held.upload.id, mapping)
    _hold(AtHand(_upload_key(choice, upload), again, held.content, upload))


def explain(choice: Choice, held: AtHand, texts: Mapping[str, str]) -> None:
    """Save explanations by finding id with the draft. Raises what the workspace raises."""
    if held.upload is None:
        return
    upload = drafts.explain(get_workspace(), choice.actor, held.upload, texts)
    _hold(replace(held, key=_upload_key(choice, upload), upload=upload))


def changes(choice: Choice, upload: Upload) -> Changes:
    """Return what publishing would change, computed once for each state of the upload and of everything else."""
    key = (
        upload.id,
        upload.version,
        choice.actor.id,
        choice.view.releases[-1].number,
        choice.view.library.key,
    )
    held = st.session_state.get(CHANGES)
    if held is None or held[0] != key:
        with st.spinner(_("Jämför med det som är publicerat …")):
            held = key, publishing.changes(get_stores(), choice.actor, upload.id)
        st.session_state[CHANGES] = held
    computed: Changes = held[1]
    return computed


def forget_changes() -> None:
    """Compute the changes again next time: something has been published meanwhile."""
    st.session_state.pop(CHANGES, None)


def _hold(held: AtHand) -> AtHand:
    st.session_state[AT_HAND] = held
    return held


def _checked_key(choice: Choice) -> tuple[object, ...]:
    return ("checked", choice.actor.id, *choice.key)


def _upload_key(choice: Choice, upload: Upload) -> tuple[object, ...]:
    return ("saved", choice.actor.id, choice.actor.version, upload.id, upload.version)
