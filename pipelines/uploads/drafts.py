"""Drafts: what a municipality alone reads until it publishes it, read again by hand and explained."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from data.stores import Stores
from data.workspace import upload_states
from data.workspace import uploads as kept
from data.workspace.changing import place_name
from data.workspace.workspace import Workspace
from domain.message import Message, to_translate
from domain.rights import Person
from domain.upload import FileMapping, Note, Upload, UploadState
from pipelines.uploads.review import FileReview, ValuesReview, review_values
from pipelines.uploads.upload_context import UploadContext, load_upload_context

OPEN: Final = frozenset({UploadState.DRAFT, UploadState.AWAITING_SIGN_OFF, UploadState.AWAITING_DATE})
_ANOTHER_IS_OPEN: Final = to_translate(
    "{person} har redan ett utkast för {place} och {period} ({file}, {when}). Båda finns kvar; det som publiceras sist gäller."
)


def review_as_remembered(
    workspace: Workspace,
    content: bytes,
    file_name: str,
    upload_context: UploadContext,
    *,
    mapping: FileMapping | None = None,
) -> ValuesReview:
    """Read, understand and check a file; without a mapping as the municipality has corrected the reading of such files before.

    Raises what reading raises.
    """
    first = review_values(content, file_name, upload_context, mapping=mapping)
    guessed = first.interpreted.mapping
    if mapping is not None or guessed.is_template:
        return first
    remembered = kept.remembered_layout(
        workspace, upload_context.network.id, upload_context.place.code, guessed.layout_key
    )
    return (
        first if remembered is None else review_values(content, file_name, upload_context, mapping=remembered)
    )


def save_draft(
    workspace: Workspace, actor: Person, reviewed: FileReview, content: bytes, *, file_name: str
) -> Upload:
    """Keep a reviewed file as a draft: its bytes and what it says of the municipality itself.

    Raises `NotAllowedError`, `NotAMemberForUploadError`, `FindingsStopError`.
    """
    new = Upload(
        id="",
        network_id=reviewed.network.id,
        municipality_code=reviewed.place.code,
        period=reviewed.listed_period,
        file_name=file_name,
        checksum="",
        person_id=actor.id,
        person_name=actor.name,
        created_at=datetime.now(UTC),
        state=UploadState.DRAFT,
        is_made_up=reviewed.is_made_up,
        counts=reviewed.counts,
    )
    return kept.keep_draft(workspace, actor, new, content, reviewed.content)


def note_other_drafts(workspace: Workspace, upload: Upload) -> tuple[Note, ...]:
    """Says which other drafts there are for the same municipality and period: all are kept, and nobody is surprised."""
    others = kept.uploads(
        workspace, municipality_code=upload.municipality_code, period=upload.period, states=OPEN
    )
    return tuple(_note(other) for other in others if other.id != upload.id)


def replace_file(
    workspace: Workspace,
    actor: Person,
    upload_id: str,
    reviewed: ValuesReview,
    content: bytes,
    *,
    file_name: str,
) -> Upload:
    """A mended file in place of a draft's; explanations of findings that are still there stay.

    Raises `NotAllowedError`, `UploadStateError`, `UnknownUploadError`.
    """
    upload, _ = kept.draft_content(workspace, actor, upload_id)
    renewed = replace(upload, file_name=file_name, counts=reviewed.counts)
    return kept.keep_draft(workspace, actor, renewed, content, reviewed.content)


def read_again(
    stores: Stores, actor: Person, upload_id: str, mapping: FileMapping
) -> tuple[Upload, ValuesReview]:
    """Read a draft's file as a person has corrected it, and remember that for files of the same layout.

    Raises `NotAllowedError`, `UploadStateError`, `UnknownUploadError`.
    """
    upload, _ = kept.draft_content(stores.workspace, actor, upload_id)
    content = kept.file_of(stores.workspace, actor, upload_id)
    reviewed = review_values(content, upload.file_name, _load_context(stores, upload), mapping=mapping)
    renewed = replace(upload, counts=reviewed.counts)
    read = kept.keep_draft(stores.workspace, actor, renewed, None, reviewed.content)
    corrected = reviewed.interpreted.mapping
    kept.remember_layout(stores.workspace, actor, upload.network_id, upload.municipality_code, corrected)
    return read, reviewed


def explain(workspace: Workspace, actor: Person, upload: Upload | str, texts: Mapping[str, str]) -> Upload:
    """Keep explanations by finding id; an empty text takes one away. upload: as it was read, or its id.

    Raises what `data.workspace.uploads.explain` raises.
    """
    read = upload if isinstance(upload, Upload) else kept.upload(workspace, upload)
    return kept.explain(workspace, actor, read, texts)


def discard(workspace: Workspace, actor: Person, upload_id: str) -> Upload:
    """Throw a draft away, file and all. Raises `NotAllowedError`, `UploadStateError`, `UnknownUploadError`."""
    return upload_states.discard(workspace, actor, kept.upload(workspace, upload_id))


def opened(stores: Stores, actor: Person, upload_id: str) -> tuple[Upload, ValuesReview, bytes]:
    """A draft, or what was published of it, for those who may read it: its file read again as it was read when it was kept, with
    the findings of then, and the file's bytes. Raises `NotAllowedError`, `UnknownUploadError`.
    """
    upload, reading = kept.draft_content(stores.workspace, actor, upload_id)
    content = kept.file_of(stores.workspace, actor, upload_id)
    reviewed = review_values(
        content, upload.file_name, _load_context(stores, upload), mapping=reading.mapping
    )
    return upload, replace(reviewed, findings=reading.findings), content


def _load_context(stores: Stores, upload: Upload) -> UploadContext:
    return load_upload_context(
        stores, network=upload.network_id, municipality=upload.municipality_code, period=upload.period
    )


def _note(other: Upload) -> Note:
    return Note(
        rule="another-draft",
        message=Message(
            _ANOTHER_IS_OPEN,
            person=other.person_name,
            place=place_name(other.municipality_code),
            period=other.period,
            file=other.file_name,
            when=f"{other.created_at.astimezone():%Y-%m-%d %H:%M}",
        ),
    )
