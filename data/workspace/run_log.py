"""The log of pipeline runs: the scope of each, and its outcome."""

import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select

from data.stores import Stores
from data.workspace.tables import PipelineRunRow
from data.workspace.workspace import Workspace

MOST_SHOWN: Final = 50


class RunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class PipelineRun:
    """One run. `scope` and `counts` are what its pipeline chose to note; moments are in UTC."""

    run_id: str
    kind: str
    scope: Mapping[str, Any]
    host: str
    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    counts: Mapping[str, Any]
    message: str


def new_run_id(kind: str) -> str:
    """Return a new run id that sorts by time: `kolada-20261121T204900-1f0c`."""
    return f"{kind}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


def start_run(workspace: Workspace, *, kind: str, scope: Mapping[str, Any], run_id: str | None = None) -> str:
    """Note that a run begins, and return its id. Call it while holding the writing lock with the same id."""
    chosen = run_id or new_run_id(kind)
    with workspace.transaction() as session:
        session.add(
            PipelineRunRow(
                run_id=chosen,
                kind=kind,
                scope=dict(scope),
                host=socket.gethostname(),
                started_at=datetime.now(UTC),
                finished_at=None,
                status=RunStatus.RUNNING,
                counts={},
                message="",
            )
        )
    return chosen


def finish_run(
    workspace: Workspace,
    run_id: str,
    *,
    status: RunStatus,
    counts: Mapping[str, Any] | None = None,
    message: str = "",
) -> None:
    """Note how a run ended. Raises `KeyError` if it never began."""
    with workspace.transaction() as session:
        row = session.get(PipelineRunRow, run_id)
        if row is None:
            raise KeyError(run_id)
        row.finished_at = datetime.now(UTC)
        row.status = RunStatus(status)
        row.counts = dict(counts or {})
        row.message = message


def runs(stores: Stores, *, kind: str | None = None, most: int = MOST_SHOWN) -> list[PipelineRun]:
    """Return the latest runs, newest first, with their current status.

    A run that says that it is running but no longer holds the lock was killed: it is done if a lake holds its
    commit, otherwise interrupted. A run on another machine is taken at its word.
    """
    question = select(PipelineRunRow).order_by(PipelineRunRow.started_at.desc()).limit(most)
    if kind is not None:
        question = question.where(PipelineRunRow.kind == kind)
    with stores.workspace.reading() as session:
        stored = [_from_row(row) for row in session.scalars(question)]
    return _with_true_status(stores, stored)


def _with_true_status(stores: Stores, stored: Sequence[PipelineRun]) -> list[PipelineRun]:
    here = socket.gethostname()
    holders = (stores.lakes.real.lock_holder(), stores.lakes.made_up.lock_holder())
    alive = {holder.run_id for holder in holders if holder}
    killed = {
        run.run_id
        for run in stored
        if run.status is RunStatus.RUNNING and run.host == here and run.run_id not in alive
    }
    if not killed:
        return list(stored)
    committed = stores.lakes.real.run_ids() | stores.lakes.made_up.run_ids()
    return [
        run
        if run.run_id not in killed
        else replace(run, status=RunStatus.DONE if run.run_id in committed else RunStatus.INTERRUPTED)
        for run in stored
    ]


def _from_row(row: PipelineRunRow) -> PipelineRun:
    return PipelineRun(
        run_id=row.run_id,
        kind=row.kind,
        scope=row.scope,
        host=row.host,
        started_at=row.started_at,
        finished_at=row.finished_at,
        status=RunStatus(row.status),
        counts=row.counts,
        message=row.message,
    )
