"""The steps of an upload's life. Each checks its right, except to finish what was begun."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import delete, update

from data.workspace.actors import acting
from data.workspace.changing import Change, subject_of
from data.workspace.networks import network as load_network
from data.workspace.tables import UploadContentRow, UploadExplanationRow, UploadRow
from data.workspace.upload_content import table_to_bytes
from data.workspace.upload_rows import (
    as_noted,
    as_upload,
    claim_upload,
    delete_unused_file,
    find_row,
    hold_publications,
    next_in_order,
    read_explanations,
    state_error,
    what_of_upload,
    write_upload,
)
from data.workspace.workspace import Workspace
from domain.errors.uploads import SameSignerError
from domain.message import to_translate
from domain.rights import Action, Person, may
from domain.upload import Upload, UploadState, check_upload_step

SYSTEM: Final = Person("system", "Jämför")  # finishes what a person began; holds no role
_UNDER_WAY: Final = frozenset({UploadState.PUBLISHING, UploadState.UNDOING})


def set_state(
    workspace: Workspace,
    actor: Person,
    upload: Upload,
    state: UploadState,
    *,
    result: pd.DataFrame | None = None,
    **fields: Any,  # noqa: ANN401 - fields of `Upload`
) -> Upload:
    """Take an upload to another state. `fields` are set with it: reason, publish_on, counts, undone_because.

    On the way to `publishing` it gets its number in the order; `result` are the cells that are then written to the figures, kept so that it
    can be finished after a crash. Who and when is filled in. Out of `publishing` and `undoing` nobody's right is asked
    again, since what was begun with it must be finished: as `settle`.

    Raises `NotAllowedError`, `SameSignerError`, `UploadStateError`, `ChangedMeanwhileError`.
    """
    if upload.state in _UNDER_WAY:
        return settle(workspace, upload.id, state, actor=actor, **fields)
    network = load_network(workspace, upload.network_id)
    subject = subject_of(network, upload.municipality_code)
    with workspace.reading() as session:
        allowed = acting(session, actor)
        read = as_upload(find_row(session, upload.id), {})
    action = _action(read.state, state)
    if (
        read.state is UploadState.AWAITING_SIGN_OFF and state is UploadState.DRAFT
    ):  # either side takes it back
        action = action if may(allowed, action, subject) else Action.SIGN_OFF_RESULTS
    with workspace.changing(actor, action, subject, what_of_upload(read, state)) as change:
        stored = claim_upload(change, upload)
        check_upload_step(stored.state, state)
        is_unsigned = stored.state is UploadState.DRAFT and network.wants_sign_off
        if is_unsigned and state in {UploadState.AWAITING_DATE, UploadState.PUBLISHING}:
            raise state_error(stored, to_translate("publicera den utan att en andra person har godkänt den"))
        if action is Action.SIGN_OFF_RESULTS and state is not UploadState.DRAFT:
            if change.actor.id == stored.person_id:
                raise SameSignerError(person=change.actor.name)
            fields = {"signed_by": change.actor.name, **fields}
        return _taken(change, stored, state, fields, result)


def begin_due(
    workspace: Workspace, upload: Upload, day: date, *, result: pd.DataFrame | None = None
) -> Upload:
    """Begin to publish an upload that has waited for its day. The right was checked when the day was set.

    Raises `UploadStateError`, `ChangedMeanwhileError`.
    """
    with workspace.transaction() as session:
        change = Change(session, SYSTEM, Action.PUBLISH_RESULTS, what_of_upload(upload), datetime.now(UTC))
        stored = claim_upload(change, upload)
        is_due = stored.publish_on is not None and stored.publish_on <= day
        if stored.state is not UploadState.AWAITING_DATE or not is_due:
            raise state_error(stored, to_translate("publicera den utan att någon ber om det"))
        by = {"published_by": stored.published_by or stored.person_name}
        return _taken(change, stored, UploadState.PUBLISHING, by, result)


def settle(
    workspace: Workspace,
    upload_id: str,
    state: UploadState | Callable[[Upload], UploadState],
    *,
    actor: Person | None = None,
    **fields: Any,  # noqa: ANN401 - fields of `Upload`
) -> Upload:
    """Finish, or take back, a publication or an undoing under way, whoever began it. It is noted as the system's unless an
    actor is named. A function chooses the state while nobody else finishes anything. Raises `UploadStateError`.
    """
    with workspace.transaction() as session:
        hold_publications(session)
        stored = as_upload(find_row(session, upload_id), {})
        if stored.state not in _UNDER_WAY:
            raise state_error(stored, to_translate("avsluta den"))
        chosen = state if isinstance(state, UploadState) else state(stored)
        check_upload_step(stored.state, chosen)
        who = acting(session, actor) if actor is not None else SYSTEM
        change = Change(
            session, who, Action.PUBLISH_RESULTS, what_of_upload(stored, chosen), datetime.now(UTC)
        )
        change.claim(UploadRow, {"id": upload_id}, stored.version)
        return _taken(change, replace(stored, version=stored.version + 1), chosen, fields, None)


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
        hold_publications(session)
        stored = as_upload(find_row(session, begun.id), {})
        who = acting(session, actor) if actor is not None else SYSTEM
        change = Change(
            session, who, Action.PUBLISH_RESULTS, what_of_upload(stored, state), datetime.now(UTC)
        )
        if stored.state is not begun.state or stored.version != begun.version:
            change.tell_what_changed(begun.version)
        yield
        _taken(
            replace(change, at=datetime.now(UTC)),
            replace(stored, version=stored.version + 1),
            state,
            {},
            None,
        )


def discard(workspace: Workspace, actor: Person, upload: Upload) -> Upload:
    """Throw away a draft: its content, and its file unless another upload has it too. Raises what `set_state` raises."""
    return set_state(workspace, actor, upload, UploadState.DISCARDED)


def _taken(
    change: Change, stored: Upload, state: UploadState, fields: Mapping[str, Any], result: pd.DataFrame | None
) -> Upload:
    """Write the upload in its new state, with actor and time, and the log entry."""
    when_and_who: dict[str, Any] = {}
    match state:
        case UploadState.PUBLISHING:
            by = change.actor.name
            when_and_who = {"sequence": next_in_order(change.session), "published_by": by}
        case UploadState.PUBLISHED if stored.state is UploadState.UNDOING:
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
    after = replace(stored, **when_and_who | dict(fields), state=state)
    write_upload(change.session, after)
    if result is not None:
        change.session.execute(
            update(UploadContentRow)
            .where(UploadContentRow.upload_id == after.id)
            .values(result=table_to_bytes(result))
        )
    if state is UploadState.DISCARDED:
        change.session.execute(delete(UploadExplanationRow).where(UploadExplanationRow.upload_id == after.id))
        change.session.execute(delete(UploadContentRow).where(UploadContentRow.upload_id == after.id))
        delete_unused_file(change.session, after.checksum)
    change.note(as_noted(stored), as_noted(after))
    explanations = read_explanations(change.session, [after.id]).get(after.id, {})
    return replace(after, explanations=explanations)


def _action(state: UploadState, new_state: UploadState) -> Action:
    """Return the right that a step requires."""
    if state is UploadState.AWAITING_SIGN_OFF and new_state in {
        UploadState.AWAITING_DATE,
        UploadState.PUBLISHING,
    }:
        return Action.SIGN_OFF_RESULTS
    if new_state in {UploadState.DRAFT, UploadState.DISCARDED}:
        return Action.UPLOAD_RESULTS
    return Action.PUBLISH_RESULTS
