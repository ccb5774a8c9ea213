"""Uploads in the workspace: drafts that the municipality alone reads, and their files.

Who, when, which file and in what state is for everybody in the network; what the file says is not, until it is published,
and unsuppressed values never are.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import select

from data.workspace.actors import acting
from data.workspace.changing import What, place_name, plain, subject_of, today
from data.workspace.networks import find_network
from data.workspace.networks import network as load_network
from data.workspace.tables import (
    RememberedLayoutRow,
    UploadContentRow,
    UploadExplanationRow,
    UploadFileRow,
    UploadRow,
)
from data.workspace.upload_content import UploadContent, mapping_from_json, mapping_to_json, table_from_bytes
from data.workspace.upload_rows import (
    as_content,
    as_noted,
    as_shown,
    as_upload,
    check_is_draft,
    claim_upload,
    delete_unused_file,
    find_row,
    insert_or_update,
    read_explanations,
    read_open_explanations,
    unknown_upload,
    what_of_upload,
    write_content,
    write_file,
    write_upload,
)
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.uploads import NotAMemberForUploadError, UnknownFindingError
from domain.kept_text import LONGEST_TEXT, check_text
from domain.message import to_translate
from domain.rights import Action, Person
from domain.suggestion import suggest_similar
from domain.upload import UNPUBLISHED, FileMapping, Upload, UploadState


def upload(workspace: Workspace, upload_id: str) -> Upload:
    """Return an upload, with its explanations once it is published. Raises `UnknownUploadError`."""
    with workspace.reading() as session:
        return as_shown(find_row(session, upload_id), read_open_explanations(session, [upload_id]))


def uploads(
    workspace: Workspace,
    *,
    network_id: str | None = None,
    municipality_code: str | None = None,
    period: str | None = None,
    states: Collection[UploadState] | None = None,
) -> tuple[Upload, ...]:
    """Return uploads, newest first, with their explanations once they are published."""
    conditions = {
        UploadRow.network_id: network_id,
        UploadRow.municipality_code: municipality_code,
        UploadRow.period: period,
    }
    question = select(UploadRow).where(
        *(column == value for column, value in conditions.items() if value is not None)
    )
    if states is not None:
        question = question.where(UploadRow.state.in_(list(states)))
    with workspace.reading() as session:
        rows = session.scalars(question.order_by(UploadRow.created_at.desc(), UploadRow.id.desc())).all()
        explanations = read_open_explanations(
            session, [row.id for row in rows if row.state not in UNPUBLISHED]
        )
        return tuple(as_shown(row, explanations) for row in rows)


def remembered_layout(
    workspace: Workspace, network_id: str, municipality_code: str, layout_key: str
) -> FileMapping | None:
    """Return how the municipality's files of this layout are read: as corrected in this network, else latest in any other."""
    question = (
        select(RememberedLayoutRow.mapping)
        .where(
            RememberedLayoutRow.municipality_code == municipality_code,
            RememberedLayoutRow.layout_key == layout_key,
        )
        .order_by(RememberedLayoutRow.network_id != network_id, RememberedLayoutRow.at.desc())
        .limit(1)
    )
    with workspace.reading() as session:
        stored = session.scalar(question)
    return None if stored is None else replace(mapping_from_json(stored), is_remembered=True)


def draft_content(workspace: Workspace, actor: Person, upload_id: str) -> tuple[Upload, UploadContent]:
    """Return an upload with its explanations and the content read from its file, for those who may read the municipality's drafts and for the uploader. Raises `UnknownUploadError` (also once it is discarded) and `NotAllowedError`."""
    _require_reading(workspace, actor, upload_id)
    with workspace.reading() as session:
        row = find_row(session, upload_id)
        stored = session.get(UploadContentRow, upload_id)
        if stored is None:
            raise unknown_upload(session, upload_id)
        explanations = read_explanations(session, [upload_id])
    return as_upload(row, explanations.get(upload_id, {})), as_content(stored)


def file_of(workspace: Workspace, actor: Person, upload_id: str) -> bytes:
    """Return the file as it was uploaded. Raises `UnknownUploadError` (also once it is discarded) and `NotAllowedError`."""
    _require_reading(workspace, actor, upload_id)
    with workspace.reading() as session:
        row = find_row(session, upload_id)
        content = session.scalar(select(UploadFileRow.content).where(UploadFileRow.checksum == row.checksum))
        if content is None or row.state is UploadState.DISCARDED:
            raise unknown_upload(session, upload_id)
        return content


def contents_to_fold(
    workspace: Workspace, municipality_code: str, *, is_made_up: bool, also: Collection[str] = ()
) -> tuple[tuple[Upload, UploadContent], ...]:
    """Return every published upload of a municipality in any network, in the order of publication, with explanations and content; also the named ones, last where they have no number yet.

    For working out what the figures should hold, not for anybody to read: the values are not suppressed.
    """
    is_wanted = (UploadRow.state == UploadState.PUBLISHED) | UploadRow.id.in_(list(also))
    question = (
        select(UploadRow, UploadContentRow)
        .join(UploadContentRow, UploadContentRow.upload_id == UploadRow.id)
        .where(
            UploadRow.municipality_code == municipality_code, UploadRow.is_made_up == is_made_up, is_wanted
        )
        .order_by(UploadRow.sequence == 0, UploadRow.sequence, UploadRow.id)
    )
    with workspace.reading() as session:
        rows = session.execute(question).all()
        explanations = read_explanations(session, [row.id for row, _ in rows])
    return tuple((as_upload(row, explanations.get(row.id, {})), as_content(stored)) for row, stored in rows)


def stored_result(workspace: Workspace, upload_id: str) -> pd.DataFrame | None:
    """Return the cells that a publication or undoing in progress will write, to finish it. For reconciling only."""
    with workspace.reading() as session:
        stored = session.scalar(
            select(UploadContentRow.result).where(UploadContentRow.upload_id == upload_id)
        )
    return None if stored is None else table_from_bytes(stored)


def new_upload_id() -> str:
    """Return a new upload id that sorts by time: `upload-20261121T204900-1f0c22ab`."""
    return f"upload-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def keep_draft(
    workspace: Workspace, actor: Person, upload: Upload, content: bytes | None, parts: UploadContent
) -> Upload:
    """Save a new draft (`version` 0; id, person, checksum and moment are filled in), or a draft whose file is read again.

    `content` is the file's bytes; `None` for a draft that keeps its file. Raises `NotAllowedError`,
    `NotAMemberForUploadError`, `ChangedMeanwhileError`, `UploadStateError`.
    """
    network = load_network(workspace, upload.network_id)
    if upload.municipality_code not in network.members_on(today()):
        raise NotAMemberForUploadError(place=place_name(upload.municipality_code), network=network.name)
    chosen = replace(
        upload,
        id=upload.id or new_upload_id(),
        file_name=str(plain(upload.file_name)),
        checksum=hashlib.sha256(content).hexdigest() if content is not None else upload.checksum,
    )
    with workspace.changing(
        actor, Action.UPLOAD_RESULTS, subject_of(network, upload.municipality_code), what_of_upload(chosen)
    ) as change:
        if upload.version:
            stored = claim_upload(change, upload)
            check_is_draft(stored, to_translate("läsa den på nytt"))
            after = replace(
                stored, file_name=chosen.file_name, checksum=chosen.checksum, counts=dict(chosen.counts)
            )
        else:
            after = replace(
                chosen,
                person_id=change.actor.id,
                person_name=change.actor.name,
                created_at=change.at,
                state=UploadState.DRAFT,
                sequence=0,
                version=1,
            )
        if content is not None:
            write_file(change.session, after.checksum, content)
        write_upload(change.session, after)
        write_content(change.session, after.id, parts)
        if upload.version and stored.checksum != after.checksum:
            delete_unused_file(change.session, stored.checksum)
        change.note(as_noted(stored) if upload.version else None, as_noted(after))
        return after


def explain(workspace: Workspace, actor: Person, upload: Upload, texts: Mapping[str, str]) -> Upload:
    """Save explanations by finding id; an empty text removes one. Returns the upload with all its explanations.

    Raises `NotAllowedError`, `UnknownFindingError`, `ChangedMeanwhileError`, `UploadStateError` and the errors of texts.
    """
    network = load_network(workspace, upload.network_id)
    with workspace.changing(
        actor, Action.UPLOAD_RESULTS, subject_of(network, upload.municipality_code), what_of_upload(upload)
    ) as change:
        for text in texts.values():
            check_text(text, FIELD_NAMES["text"], longest=LONGEST_TEXT)
        stored = claim_upload(change, upload)
        check_is_draft(stored, to_translate("förklara något i den"))
        findings = change.session.scalar(
            select(UploadContentRow.findings).where(UploadContentRow.upload_id == stored.id)
        )
        known = [str(finding["id"]) for finding in findings or []]
        for finding_id, text in texts.items():
            if finding_id not in known:
                raise UnknownFindingError(finding=finding_id, suggestion=suggest_similar(finding_id, known))
            row = change.session.get(UploadExplanationRow, (stored.id, finding_id))
            if row is not None:
                change.session.delete(row)
                change.session.flush()
            if text.strip():
                change.session.add(
                    UploadExplanationRow(
                        upload_id=stored.id,
                        finding_id=finding_id,
                        text=text.strip(),
                        person_id=change.actor.id,
                        at=change.at,
                    )
                )
        change.session.flush()
        explanations = read_explanations(change.session, [stored.id]).get(stored.id, {})
        after = replace(stored, explanations=explanations)
        change.note(as_noted(stored), as_noted(after))
        return after


def remember_layout(
    workspace: Workspace, actor: Person, network_id: str, municipality_code: str, mapping: FileMapping
) -> None:
    """Remember how the municipality's files of this layout are read in the network. Raises `NotAllowedError`."""
    network = load_network(workspace, network_id)
    what = What(SubjectKind.LAYOUT, f"{municipality_code}/{mapping.layout_key}", network_id=network.id)
    with workspace.changing(
        actor, Action.UPLOAD_RESULTS, subject_of(network, municipality_code), what
    ) as change:
        row = {
            "municipality_code": municipality_code,
            "network_id": network.id,
            "layout_key": mapping.layout_key,
            "mapping": mapping_to_json(mapping),
            "person_id": change.actor.id,
            "at": change.at,
        }
        keys = ["municipality_code", "network_id", "layout_key"]
        insert_or_update(change.session, RememberedLayoutRow, row, keys)
        change.note(None, {"layout_key": mapping.layout_key, "municipality_code": municipality_code})


def _require_reading(workspace: Workspace, actor: Person, upload_id: str) -> None:
    """Require the right to read a draft, which its uploader has. Raises `NotAllowedError` (and records it)."""
    with workspace.reading() as session:
        upload = as_upload(find_row(session, upload_id), {})
        network = find_network(session, upload.network_id)
        who = acting(session, actor)
    if who.version and who.id == upload.person_id:
        return
    subject = subject_of(network, upload.municipality_code)
    workspace.require_right(actor, Action.READ_DRAFT, subject, what_of_upload(upload))
