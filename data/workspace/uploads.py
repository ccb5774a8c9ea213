"""Uploads in the workspace: drafts that the municipality alone reads, their files, and the steps of their lives.

Who, when, which file and in what state is for everybody in the network; what the file says is not, until it is published,
and unsuppressed values never are.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from data.workspace.actors import acting
from data.workspace.changing import (
    Change,
    What,
    place_name,
    plain,
    subject_of,
    today,
    values_of,
)
from data.workspace.networks import found_network
from data.workspace.tables import (
    RememberedLayoutRow,
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
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors import (
    NotAMemberForUploadError,
    SameSignerError,
    UnknownFindingError,
    UnknownUploadError,
    UploadStateError,
)
from domain.kept_text import LONGEST_TEXT, check_text
from domain.message import Message, to_translate
from domain.network import Network
from domain.rights import Action, Person, may
from domain.suggestion import did_you_mean
from domain.upload import STATE_NAMES, UNPUBLISHED, FileMapping, Upload, UploadState, check_step
from domain.value import Reason

SYSTEM: Final = Person("system", "Jämför")  # finishes what a person began; holds no role
PUBLICATION: Final = "publication"  # the counter that orders publications
_KEPT: Final = tuple(one.name for one in fields(Upload) if one.name != "explanations")
_UNDER_WAY: Final = frozenset({UploadState.PUBLISHING, UploadState.UNDOING})


# Reading what everybody in the network may know


def upload(workspace: Workspace, upload_id: str) -> Upload:
    """One upload; its explanations once it is published. Raises `UnknownUploadError`."""
    with workspace.reading() as session:
        return _shown(_found(session, upload_id), _open_explanations(session, [upload_id]))


def uploads(
    workspace: Workspace,
    *,
    network_id: str | None = None,
    municipality_code: str | None = None,
    period: str | None = None,
    states: Collection[UploadState] | None = None,
) -> tuple[Upload, ...]:
    """Uploads, newest first; their explanations once they are published."""
    asked = {
        UploadRow.network_id: network_id,
        UploadRow.municipality_code: municipality_code,
        UploadRow.period: period,
    }
    question = select(UploadRow).where(
        *(column == value for column, value in asked.items() if value is not None)
    )
    if states is not None:
        question = question.where(UploadRow.state.in_(list(states)))
    with workspace.reading() as session:
        rows = session.scalars(question.order_by(UploadRow.created_at.desc(), UploadRow.id.desc())).all()
        told = _open_explanations(session, [row.id for row in rows if row.state not in UNPUBLISHED])
        return tuple(_shown(row, told) for row in rows)


def remembered_layout(
    workspace: Workspace, network_id: str, municipality_code: str, layout_key: str
) -> FileMapping | None:
    """How the municipality's files of this layout are read: as corrected in this network, else last in any other."""
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
        kept = session.scalar(question)
    return None if kept is None else replace(mapping_from_json(kept), is_remembered=True)


# Reading what the municipality alone may know


def draft_content(workspace: Workspace, actor: Person, upload_id: str) -> tuple[Upload, UploadContent]:
    """An upload with its explanations, and what was read in its file, for those who may read the municipality's drafts
    and for whoever uploaded it. Raises `UnknownUploadError` (also once it is discarded) and `NotAllowedError`.
    """
    _require_reading(workspace, actor, upload_id)
    with workspace.reading() as session:
        row = _found(session, upload_id)
        kept = session.get(UploadContentRow, upload_id)
        if kept is None:
            raise _unknown(session, upload_id)
        told = _explanations(session, [upload_id])
    return _upload(row, told.get(upload_id, {})), _content(kept)


def file_of(workspace: Workspace, actor: Person, upload_id: str) -> bytes:
    """The file as it was handed over. Raises `UnknownUploadError` (also once it is discarded) and `NotAllowedError`."""
    _require_reading(workspace, actor, upload_id)
    with workspace.reading() as session:
        row = _found(session, upload_id)
        content = session.scalar(select(UploadFileRow.content).where(UploadFileRow.checksum == row.checksum))
        if content is None or row.state is UploadState.DISCARDED:
            raise _unknown(session, upload_id)
        return content


def contents_to_fold(
    workspace: Workspace, municipality_code: str, *, is_made_up: bool, also: Collection[str] = ()
) -> tuple[tuple[Upload, UploadContent], ...]:
    """Every published upload of a municipality, in any network, in the order of publication, with explanations and content;
    also those that are named, last where they have no number yet.

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
        found = session.execute(question).all()
        told = _explanations(session, [row.id for row, _ in found])
    return tuple((_upload(row, told.get(row.id, {})), _content(kept)) for row, kept in found)


def kept_result(workspace: Workspace, upload_id: str) -> pd.DataFrame | None:
    """The cells that a publication or an undoing under way makes, to finish it by. For reconciling only."""
    with workspace.reading() as session:
        kept = session.scalar(select(UploadContentRow.result).where(UploadContentRow.upload_id == upload_id))
    return None if kept is None else table_from_bytes(kept)


# Changing


def new_upload_id() -> str:
    """A name for an upload that sorts by time: `upload-20261121T204900-1f0c22ab`."""
    return f"upload-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def keep_draft(
    workspace: Workspace, actor: Person, upload: Upload, content: bytes | None, parts: UploadContent
) -> Upload:
    """Keep a new draft (`version` 0; id, person, checksum and moment are filled in), or a draft that is read anew.

    `content` is the file's bytes; `None` for a draft that keeps its file. Raises `NotAllowedError`,
    `NotAMemberForUploadError`, `ChangedMeanwhileError`, `UploadStateError`.
    """
    network = _network(workspace, upload.network_id)
    if upload.municipality_code not in network.members_on(today()):
        raise NotAMemberForUploadError(place=place_name(upload.municipality_code), network=network.name)
    chosen = replace(
        upload,
        id=upload.id or new_upload_id(),
        file_name=str(plain(upload.file_name)),
        checksum=hashlib.sha256(content).hexdigest() if content is not None else upload.checksum,
    )
    with workspace.changing(
        actor, Action.UPLOAD_RESULTS, subject_of(network, upload.municipality_code), _what(chosen)
    ) as change:
        if upload.version:
            kept = _claimed(change, upload)
            _check_is_draft(kept, to_translate("läsa den på nytt"))
            after = replace(
                kept, file_name=chosen.file_name, checksum=chosen.checksum, counts=dict(chosen.counts)
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
            _keep_file(change.session, after.checksum, content)
        _write(change.session, after)
        _keep_content(change.session, after.id, parts)
        if upload.version and kept.checksum != after.checksum:
            _drop_file(change.session, kept.checksum)
        change.note(_noted(kept) if upload.version else None, _noted(after))
        return after


def explain(workspace: Workspace, actor: Person, upload: Upload, texts: Mapping[str, str]) -> Upload:
    """Keep explanations by finding id; an empty text takes one away. Gives the upload with all its explanations.

    Raises `NotAllowedError`, `UnknownFindingError`, `ChangedMeanwhileError`, `UploadStateError` and the errors of texts.
    """
    network = _network(workspace, upload.network_id)
    with workspace.changing(
        actor, Action.UPLOAD_RESULTS, subject_of(network, upload.municipality_code), _what(upload)
    ) as change:
        for text in texts.values():
            check_text(text, FIELD_NAMES["text"], longest=LONGEST_TEXT)
        kept = _claimed(change, upload)
        _check_is_draft(kept, to_translate("förklara något i den"))
        findings = change.session.scalar(
            select(UploadContentRow.findings).where(UploadContentRow.upload_id == kept.id)
        )
        known = [str(one["id"]) for one in findings or []]
        for finding_id, text in texts.items():
            if finding_id not in known:
                raise UnknownFindingError(finding=finding_id, suggestion=did_you_mean(finding_id, known))
            row = change.session.get(UploadExplanationRow, (kept.id, finding_id))
            if row is not None:
                change.session.delete(row)
                change.session.flush()
            if text.strip():
                change.session.add(
                    UploadExplanationRow(
                        upload_id=kept.id,
                        finding_id=finding_id,
                        text=text.strip(),
                        person_id=change.actor.id,
                        at=change.at,
                    )
                )
        change.session.flush()
        told = _explanations(change.session, [kept.id]).get(kept.id, {})
        after = replace(kept, explanations=told)
        change.note(_noted(kept), _noted(after))
        return after


def set_state(
    workspace: Workspace,
    actor: Person,
    upload: Upload,
    state: UploadState,
    *,
    result: pd.DataFrame | None = None,
    **told: Any,  # noqa: ANN401 - fields of `Upload`
) -> Upload:
    """Take an upload to another state. `told` are fields that become known with it: reason, publish_on, counts, undone_because.

    On the way to `publishing` it gets its number in the order; `result` are the cells that are then written to the figures, kept so that it
    can be finished after a crash. Who and when is filled in. Out of `publishing` and `undoing` nobody's right is asked
    again, since what was begun with it must be finished: as `settle`.

    Raises `NotAllowedError`, `SameSignerError`, `UploadStateError`, `ChangedMeanwhileError`.
    """
    if upload.state in _UNDER_WAY:
        return settle(workspace, upload.id, state, actor=actor, **told)
    network = _network(workspace, upload.network_id)
    subject = subject_of(network, upload.municipality_code)
    with workspace.reading() as session:
        allowed = acting(session, actor)
        read = _upload(_found(session, upload.id), {})
    action = _action(read.state, state)
    if (
        read.state is UploadState.AWAITING_SIGN_OFF and state is UploadState.DRAFT
    ):  # either side takes it back
        action = action if may(allowed, action, subject) else Action.SIGN_OFF_RESULTS
    with workspace.changing(actor, action, subject, _what(read, state)) as change:
        kept = _claimed(change, upload)
        check_step(kept.state, state)
        is_unsigned = kept.state is UploadState.DRAFT and network.wants_sign_off
        if is_unsigned and state in {UploadState.AWAITING_DATE, UploadState.PUBLISHING}:
            raise _not_now(kept, to_translate("publicera den utan att en andra person har godkänt den"))
        if action is Action.SIGN_OFF_RESULTS and state is not UploadState.DRAFT:
            if change.actor.id == kept.person_id:
                raise SameSignerError(person=change.actor.name)
            told = {"signed_by": change.actor.name, **told}
        return _taken(change, kept, state, told, result)


def begin_due(
    workspace: Workspace, upload: Upload, day: date, *, result: pd.DataFrame | None = None
) -> Upload:
    """Begin to publish what has waited for its day: the right was asked when the day was set.

    Raises `UploadStateError`, `ChangedMeanwhileError`.
    """
    with workspace.transaction() as session:
        change = Change(session, SYSTEM, Action.PUBLISH_RESULTS, _what(upload), datetime.now(UTC))
        kept = _claimed(change, upload)
        is_due = kept.publish_on is not None and kept.publish_on <= day
        if kept.state is not UploadState.AWAITING_DATE or not is_due:
            raise _not_now(kept, to_translate("publicera den utan att någon ber om det"))
        by = {"published_by": kept.published_by or kept.person_name}
        return _taken(change, kept, UploadState.PUBLISHING, by, result)


def settle(
    workspace: Workspace,
    upload_id: str,
    state: UploadState | Callable[[Upload], UploadState],
    *,
    actor: Person | None = None,
    **told: Any,  # noqa: ANN401 - fields of `Upload`
) -> Upload:
    """Finish, or take back, a publication or an undoing under way, whoever began it. It is noted as the system's unless an
    actor is named. A function chooses the state while nobody else finishes anything. Raises `UploadStateError`.
    """
    with workspace.transaction() as session:
        _hold_publications(session)
        kept = _upload(_found(session, upload_id), {})
        if kept.state not in _UNDER_WAY:
            raise _not_now(kept, to_translate("avsluta den"))
        chosen = state if isinstance(state, UploadState) else state(kept)
        check_step(kept.state, chosen)
        who = acting(session, actor) if actor is not None else SYSTEM
        change = Change(session, who, Action.PUBLISH_RESULTS, _what(kept, chosen), datetime.now(UTC))
        change.claim(UploadRow, {"id": upload_id}, kept.version)
        return _taken(change, replace(kept, version=kept.version + 1), chosen, told, None)


@contextmanager
def finishing(
    workspace: Workspace, begun: Upload, state: UploadState, *, actor: Person | None = None
) -> Iterator[None]:
    """Hold a publication or an undoing under way while the figures are written, and take it to `state` at the end.

    Nobody else finishes or takes back anything meanwhile, so whoever holds this knows that whatever else is under way
    either waits or was cut off. If the process dies, so does the hold, and the upload stays under way. Nothing else may
    be written to the workspace within. Raises `ChangedMeanwhileError` if it has been taken back since it was begun.
    """
    with workspace.transaction() as session:
        _hold_publications(session)
        kept = _upload(_found(session, begun.id), {})
        who = acting(session, actor) if actor is not None else SYSTEM
        change = Change(session, who, Action.PUBLISH_RESULTS, _what(kept, state), datetime.now(UTC))
        if kept.state is not begun.state or kept.version != begun.version:
            change.tell_what_changed(begun.version)
        yield
        _taken(
            replace(change, at=datetime.now(UTC)), replace(kept, version=kept.version + 1), state, {}, None
        )


def discard(workspace: Workspace, actor: Person, upload: Upload) -> Upload:
    """Throw away a draft: its content, and its file unless another upload has it too. Raises what `set_state` raises."""
    return set_state(workspace, actor, upload, UploadState.DISCARDED)


def remember_layout(
    workspace: Workspace, actor: Person, network_id: str, municipality_code: str, mapping: FileMapping
) -> None:
    """Keep how the municipality's files of this layout are read in the network. Raises `NotAllowedError`."""
    network = _network(workspace, network_id)
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
        _insert_or_update(change.session, RememberedLayoutRow, row, keys)
        change.note(None, {"layout_key": mapping.layout_key, "municipality_code": municipality_code})


# Within a transaction


def _taken(
    change: Change, kept: Upload, state: UploadState, told: Mapping[str, Any], result: pd.DataFrame | None
) -> Upload:
    """The upload in its new state, with who and when, written and noted."""
    when_and_who: dict[str, Any] = {}
    match state:
        case UploadState.PUBLISHING:
            by = change.actor.name
            when_and_who = {"sequence": _next_in_order(change.session), "published_by": by}
        case UploadState.PUBLISHED if kept.state is UploadState.UNDOING:
            when_and_who = {"undone_by": "", "undone_because": ""}
        case UploadState.PUBLISHED:
            when_and_who = {"published_at": change.at}
        case UploadState.UNDOING:
            when_and_who = {"undone_by": change.actor.name}
        case UploadState.UNDONE:
            when_and_who = {"undone_at": change.at}
        case UploadState.DRAFT:
            when_and_who = {"sequence": 0, "published_by": "", "signed_by": "", "publish_on": None}
        case UploadState.AWAITING_SIGN_OFF | UploadState.AWAITING_DATE:
            when_and_who = {"sequence": 0}
        case UploadState.DISCARDED:
            pass
    after = replace(kept, **when_and_who | dict(told), state=state)
    _write(change.session, after)
    if result is not None:
        change.session.execute(
            update(UploadContentRow)
            .where(UploadContentRow.upload_id == after.id)
            .values(result=table_to_bytes(result))
        )
    if state is UploadState.DISCARDED:
        change.session.execute(delete(UploadExplanationRow).where(UploadExplanationRow.upload_id == after.id))
        change.session.execute(delete(UploadContentRow).where(UploadContentRow.upload_id == after.id))
        _drop_file(change.session, after.checksum)
    change.note(_noted(kept), _noted(after))
    explanations = _explanations(change.session, [after.id]).get(after.id, {})
    return replace(after, explanations=explanations)


def _hold_publications(session: Session) -> None:
    """Wait until nobody else finishes a publication, and make others wait until this transaction ends."""
    session.execute(
        update(UploadCounterRow)
        .where(UploadCounterRow.name == PUBLICATION)
        .values(last=UploadCounterRow.last)
    )


def _next_in_order(session: Session) -> int:
    """The next number; whoever asks at the same time waits. Numbers of what was never published leave gaps."""
    return session.execute(
        update(UploadCounterRow)
        .where(UploadCounterRow.name == PUBLICATION)
        .values(last=UploadCounterRow.last + 1)
        .returning(UploadCounterRow.last)
    ).scalar_one()


def _claimed(change: Change, upload: Upload) -> Upload:
    """The upload as kept, its version raised from the one that was read. Raises `ChangedMeanwhileError`."""
    version = change.claim(UploadRow, {"id": upload.id}, upload.version)
    told = _explanations(change.session, [upload.id]).get(upload.id, {})
    return replace(_upload(_found(change.session, upload.id), told), version=version)


def _write(session: Session, upload: Upload) -> None:
    kept = {name: value for name, value in values_of(upload).items() if name in _KEPT}
    session.merge(UploadRow(**kept | {"counts": dict(upload.counts)}))
    session.flush()


def _keep_content(session: Session, upload_id: str, parts: UploadContent) -> None:
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


def _keep_file(session: Session, checksum: str, content: bytes) -> None:
    """Keep the bytes once; one that is there already is held, so that nobody drops it meanwhile."""
    row = {"checksum": checksum, "size": len(content), "content": content}
    _insert_or_update(session, UploadFileRow, row, ["checksum"], updated=["size"])


def _drop_file(session: Session, checksum: str) -> None:
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


def _insert_or_update(
    session: Session,
    table: type[Any],
    row: Mapping[str, Any],
    keys: list[str],
    updated: Collection[str] | None = None,
) -> None:
    insert = postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = insert(table).values(**row)
    changed = updated if updated is not None else [name for name in row if name not in keys]
    session.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in changed}
        )
    )


def _explanations(session: Session, upload_ids: Collection[str]) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = {}
    rows = session.scalars(
        select(UploadExplanationRow)
        .where(UploadExplanationRow.upload_id.in_(list(upload_ids)))
        .order_by(UploadExplanationRow.at, UploadExplanationRow.finding_id)
    )
    for row in rows:
        told.setdefault(row.upload_id, {})[row.finding_id] = row.text
    return told


def _open_explanations(session: Session, upload_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What everybody may read: not what is written of a value that the publication has hidden, since words can tell it."""
    told = _explanations(session, upload_ids)
    for upload_id in told:
        kept = session.get(UploadContentRow, upload_id)
        if kept is None or kept.result is None:
            continue
        result = table_from_bytes(kept.result)
        hidden = set(
            result.loc[result["reason"] == Reason.SUPPRESSED, ["measure_id", "period", "gender"]].itertuples(
                index=False, name=None
            )
        )
        about = {
            one.id: (one.measure_id, one.period, one.gender.value)
            for one in findings_from_json(kept.findings)
        }
        told[upload_id] = {
            finding: text for finding, text in told[upload_id].items() if about.get(finding) not in hidden
        }
    return told


def _found(session: Session, upload_id: str) -> UploadRow:
    row = session.get(UploadRow, upload_id, populate_existing=True)
    if row is None:
        raise _unknown(session, upload_id)
    return row


def _unknown(session: Session, upload_id: str) -> UnknownUploadError:
    known = session.scalars(select(UploadRow.id).where(UploadRow.state != UploadState.DISCARDED)).all()
    near = did_you_mean(upload_id, [one for one in known if one != upload_id])
    return UnknownUploadError(upload=upload_id, suggestion=near)


def _upload(row: UploadRow, explanations: Mapping[str, str]) -> Upload:
    return Upload(**{name: getattr(row, name) for name in _KEPT}, explanations=dict(explanations))


def _shown(row: UploadRow, told: Mapping[str, Mapping[str, str]]) -> Upload:
    """As everybody in the network may know it: an explanation can give away a value, and so waits for the publication."""
    return _upload(row, {} if row.state in UNPUBLISHED else told.get(row.id, {}))


def _content(kept: UploadContentRow) -> UploadContent:
    return UploadContent(
        values=table_from_bytes(kept.values),
        mapping=mapping_from_json(kept.mapping),
        findings=findings_from_json(kept.findings),
        notes=notes_from_json(kept.notes),
        evaluations=None if kept.evaluations is None else table_from_bytes(kept.evaluations),
        result=None if kept.result is None else table_from_bytes(kept.result),
    )


def _network(workspace: Workspace, network_id: str) -> Network:
    with workspace.reading() as session:
        return found_network(session, network_id)


def _require_reading(workspace: Workspace, actor: Person, upload_id: str) -> None:
    """Whoever uploaded reads what is their own. Raises `NotAllowedError` (and notes it)."""
    with workspace.reading() as session:
        found = _upload(_found(session, upload_id), {})
        network = found_network(session, found.network_id)
        who = acting(session, actor)
    if who.version and who.id == found.person_id:
        return
    subject = subject_of(network, found.municipality_code)
    workspace.require_right(actor, Action.READ_DRAFT, subject, _what(found))


def _action(state: UploadState, wanted: UploadState) -> Action:
    """What a step takes the right to do."""
    if state is UploadState.AWAITING_SIGN_OFF and wanted in {
        UploadState.AWAITING_DATE,
        UploadState.PUBLISHING,
    }:
        return Action.SIGN_OFF_RESULTS
    if wanted in {UploadState.DRAFT, UploadState.DISCARDED}:
        return Action.UPLOAD_RESULTS
    return Action.PUBLISH_RESULTS


def _what(upload: Upload, wanted: UploadState | None = None) -> What:
    return What(
        SubjectKind.UPLOAD,
        upload.id,
        wanted={"state": wanted} if wanted else None,
        network_id=upload.network_id,
    )


def _noted(upload: Upload) -> dict[str, Any]:
    """As the log has it: how many findings are explained but not how, since that can give away a value."""
    kept = {name: value for name, value in values_of(upload).items() if name in _KEPT}
    return {**kept, "explained": len(upload.explanations)}


def _check_is_draft(upload: Upload, wanted: str) -> None:
    if upload.state is not UploadState.DRAFT:
        raise _not_now(upload, wanted)


def _not_now(upload: Upload, wanted: str) -> UploadStateError:
    return UploadStateError(state=Message(STATE_NAMES[upload.state]), wanted=Message(wanted))
