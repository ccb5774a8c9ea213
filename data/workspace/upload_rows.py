"""Uploads as rows, read and written within a transaction."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, values_of
from data.workspace.tables import (
    UploadContentRow,
    UploadCounterRow,
    UploadExplanationRow,
    UploadFileRow,
    UploadRow,
)
from data.workspace.upload_content import (
    UploadContent,
    findings_from_json,
    findings_to_json,
    mapping_from_json,
    mapping_to_json,
    notes_from_json,
    notes_to_json,
    table_from_bytes,
    table_to_bytes,
)
from domain.audit import SubjectKind
from domain.errors.uploads import UnknownUploadError, UploadStateError
from domain.message import Message
from domain.suggestion import suggest_similar
from domain.upload import STATE_NAMES, UNPUBLISHED, Upload, UploadState
from domain.value import NoValueReason

PUBLICATION: Final = "publication"  # the counter that orders publications
_KEPT: Final = tuple(field.name for field in fields(Upload) if field.name != "explanations")


def hold_publications(session: Session) -> None:
    """Wait until nobody else finishes a publication, and make others wait until this transaction ends."""
    session.execute(
        update(UploadCounterRow)
        .where(UploadCounterRow.name == PUBLICATION)
        .values(last=UploadCounterRow.last)
    )


def next_in_order(session: Session) -> int:
    """The next number; whoever asks at the same time waits. Numbers of what was never published leave gaps."""
    return session.execute(
        update(UploadCounterRow)
        .where(UploadCounterRow.name == PUBLICATION)
        .values(last=UploadCounterRow.last + 1)
        .returning(UploadCounterRow.last)
    ).scalar_one()


def claim_upload(change: Change, upload: Upload) -> Upload:
    """The upload as kept, its version raised from the one that was read. Raises `ChangedMeanwhileError`."""
    version = change.claim(UploadRow, {"id": upload.id}, upload.version)
    explanations = read_explanations(change.session, [upload.id]).get(upload.id, {})
    return replace(as_upload(find_row(change.session, upload.id), explanations), version=version)


def write_upload(session: Session, upload: Upload) -> None:
    """Write every field of an upload except its explanations."""
    stored = {name: value for name, value in values_of(upload).items() if name in _KEPT}
    session.merge(UploadRow(**stored | {"counts": dict(upload.counts)}))
    session.flush()


def write_content(session: Session, upload_id: str, parts: UploadContent) -> None:
    """Write what was read in the file, in place of what was written before."""
    row = {
        "upload_id": upload_id,
        "values": table_to_bytes(parts.values),
        "mapping": mapping_to_json(parts.mapping),
        "findings": findings_to_json(parts.findings),
        "notes": notes_to_json(parts.notes),
        "evaluations": None if parts.evaluations is None else table_to_bytes(parts.evaluations),
        "result": None,
    }
    session.merge(UploadContentRow(**row))
    session.flush()


def write_file(session: Session, checksum: str, content: bytes) -> None:
    """Keep the bytes once; one that is there already is held, so that nobody drops it meanwhile."""
    row = {"checksum": checksum, "size": len(content), "content": content}
    insert_or_update(session, UploadFileRow, row, ["checksum"], updated=["size"])


def delete_unused_file(session: Session, checksum: str) -> None:
    """Drop the bytes unless an upload that is not discarded has them; held first, so that nobody takes them meanwhile."""
    session.execute(
        update(UploadFileRow).where(UploadFileRow.checksum == checksum).values(size=UploadFileRow.size)
    )
    still = session.scalar(
        select(func.count())
        .select_from(UploadRow)
        .where(UploadRow.checksum == checksum, UploadRow.state != UploadState.DISCARDED)
    )
    if not still:
        session.execute(delete(UploadFileRow).where(UploadFileRow.checksum == checksum))


def insert_or_update(
    session: Session,
    table: type[Any],
    row: Mapping[str, Any],
    keys: list[str],
    updated: Collection[str] | None = None,
) -> None:
    """Insert a row, or update the one with the same keys. updated: the columns to update, all by default."""
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = insert(table).values(**row)
    changed = updated if updated is not None else [name for name in row if name not in keys]
    session.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in changed}
        )
    )


def read_explanations(session: Session, upload_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Read the explanations by upload id and finding id."""
    explanations: dict[str, dict[str, str]] = {}
    rows = session.scalars(
        select(UploadExplanationRow)
        .where(UploadExplanationRow.upload_id.in_(list(upload_ids)))
        .order_by(UploadExplanationRow.at, UploadExplanationRow.finding_id)
    )
    for row in rows:
        explanations.setdefault(row.upload_id, {})[row.finding_id] = row.text
    return explanations


def read_open_explanations(session: Session, upload_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What everybody may read: not what is written of a value that the publication has hidden, since words can tell it."""
    explanations = read_explanations(session, upload_ids)
    for upload_id in explanations:
        stored = session.get(UploadContentRow, upload_id)
        if stored is None or stored.result is None:
            continue
        result = table_from_bytes(stored.result)
        hidden = set(
            result.loc[
                result["reason"] == NoValueReason.SUPPRESSED, ["measure_id", "period", "gender"]
            ].itertuples(index=False, name=None)
        )
        about = {
            finding.id: (finding.measure_id, finding.period, finding.gender.value)
            for finding in findings_from_json(stored.findings)
        }
        explanations[upload_id] = {
            finding: text
            for finding, text in explanations[upload_id].items()
            if about.get(finding) not in hidden
        }
    return explanations


def find_row(session: Session, upload_id: str) -> UploadRow:
    """Read the row again, whatever the session remembers. Raises `UnknownUploadError`."""
    row = session.get(UploadRow, upload_id, populate_existing=True)
    if row is None:
        raise unknown_upload(session, upload_id)
    return row


def unknown_upload(session: Session, upload_id: str) -> UnknownUploadError:
    """Return the error, with the most similar id."""
    known = session.scalars(select(UploadRow.id).where(UploadRow.state != UploadState.DISCARDED)).all()
    near = suggest_similar(upload_id, [other_id for other_id in known if other_id != upload_id])
    return UnknownUploadError(upload=upload_id, suggestion=near)


def as_upload(row: UploadRow, explanations: Mapping[str, str]) -> Upload:
    """Return the upload that a row holds."""
    return Upload(**{name: getattr(row, name) for name in _KEPT}, explanations=dict(explanations))


def as_shown(row: UploadRow, explanations: Mapping[str, Mapping[str, str]]) -> Upload:
    """As everybody in the network may know it: an explanation can give away a value, and so waits for the publication."""
    return as_upload(row, {} if row.state in UNPUBLISHED else explanations.get(row.id, {}))


def as_content(row: UploadContentRow) -> UploadContent:
    """Return the content that a row holds."""
    return UploadContent(
        values=table_from_bytes(row.values),
        mapping=mapping_from_json(row.mapping),
        findings=findings_from_json(row.findings),
        notes=notes_from_json(row.notes),
        evaluations=None if row.evaluations is None else table_from_bytes(row.evaluations),
        result=None if row.result is None else table_from_bytes(row.result),
    )


def what_of_upload(upload: Upload, state: UploadState | None = None) -> What:
    """Return how the audit log names an upload. state: the one that a refusal notes."""
    return What(
        SubjectKind.UPLOAD,
        upload.id,
        requested={"state": state} if state else None,
        network_id=upload.network_id,
    )


def as_noted(upload: Upload) -> dict[str, Any]:
    """Return an upload as the log records it: how many findings are explained but not how, which could give away a value."""
    stored = {name: value for name, value in values_of(upload).items() if name in _KEPT}
    return {**stored, "explained": len(upload.explanations)}


def check_is_draft(upload: Upload, step: str) -> None:
    """Raise `UploadStateError` unless an upload is a draft. step: the intended step, as a text to translate."""
    if upload.state is not UploadState.DRAFT:
        raise state_error(upload, step)


def state_error(upload: Upload, step: str) -> UploadStateError:
    """Return the error that says what cannot be done in the upload's state."""
    return UploadStateError(state=Message(STATE_NAMES[upload.state]), wanted=Message(step))
