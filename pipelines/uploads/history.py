"""What has been done to a reported value: who, when, from which file and why; undoings are part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from data.store.figures import Figures
from data.stores import Stores
from data.workspace.changing import What
from data.workspace.uploads import uploads
from disclosure.history import disclose_history
from domain.audit import SubjectKind
from domain.rights import ANYTHING, Action, Person
from domain.upload import CellChange, Upload, UploadState
from domain.value import Gender, NoValueReason
from pipelines.uploads.committing import upload_id_of_run


@dataclass(frozen=True, slots=True)
class ReportedState:
    """A number, a reason why there is none, or neither: nothing reported."""

    value: float | None = None
    reason: NoValueReason | None = None


@dataclass(frozen=True, slots=True)
class CellEvent:
    """One thing that was done to a cell. What has been suppressed since is suppressed here.

    file_name, upload_id: the upload that was published or undone, empty where the figures were written in another way. why:
    the reason of the publication, or of the undoing. footnote: what the controller wrote of the value.
    """

    at: datetime
    person: str
    file_name: str
    upload_id: str
    change: CellChange
    before: ReportedState
    after: ReportedState
    why: str = ""
    footnote: str = ""
    is_undo: bool = False


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """One thing that was done with a file. by: whoever did it; state: where the upload is since."""

    at: datetime
    by: str
    state: UploadState
    why: str = ""


def cell_history(
    stores: Stores,
    actor: Person,
    *,
    measure_id: str,
    municipality_code: str,
    period: str,
    gender: Gender = Gender.TOTAL,
) -> tuple[CellEvent, ...]:
    """Everything that has been done to one cell of the figures that are open, newest first.

    Raises `NotAllowedError`, `NothingKeptError`.
    """
    stores.workspace.require_right(
        actor, Action.READ_PUBLISHED, ANYTHING, What(SubjectKind.UPLOAD, f"{measure_id}/{period}")
    )
    figures = stores.lakes.figures()
    return cell_history_of(
        figures,
        uploads(stores.workspace, municipality_code=municipality_code),
        measure_id=measure_id,
        municipality_code=municipality_code,
        period=period,
        gender=gender,
    )


def cell_history_of(
    figures: Figures,
    of_municipality: tuple[Upload, ...],
    *,
    measure_id: str,
    municipality_code: str,
    period: str,
    gender: Gender,
) -> tuple[CellEvent, ...]:
    """The same from figures that are open already and the uploads of the municipality."""
    rows = disclose_history(
        figures.reported_history(measure_id, municipality_code, period, str(gender))
    ).table
    by_id = {upload.id: upload for upload in of_municipality}
    events: list[CellEvent] = []
    before = ReportedState()
    for row in rows.to_dict("records"):
        after = ReportedState() if row["change"] == "withdrawn" else _parse_state(row)
        events.append(_event(row, by_id, before, after))
        before = after
    return tuple(reversed(events))


def upload_history(upload: Upload) -> tuple[UploadEvent, ...]:
    """The steps of one upload's life that its own record tells, oldest first."""
    events = [UploadEvent(upload.created_at, upload.person_name, UploadState.DRAFT)]
    if upload.published_at is not None:
        events.append(
            UploadEvent(upload.published_at, upload.published_by, UploadState.PUBLISHED, upload.reason)
        )
    if upload.undone_at is not None:
        events.append(
            UploadEvent(upload.undone_at, upload.undone_by, UploadState.UNDONE, upload.undone_because)
        )
    return tuple(events)


def _event(
    row: Mapping[Any, Any], by_id: Mapping[str, Upload], before: ReportedState, after: ReportedState
) -> CellEvent:
    upload = by_id.get(upload_id_of_run(str(row["run_id"])))
    # A commit is an undoing if it came after the upload's own publication.
    is_undo = upload is not None and upload.undone_at is not None and str(row["run_id"]) == _last_run(upload)
    person, why = "", ""
    if upload is not None:
        person = upload.undone_by if is_undo else upload.published_by
        why = upload.undone_because if is_undo else upload.reason
    return CellEvent(
        at=pd.Timestamp(row["known_at"]).to_pydatetime(),
        person=person,
        file_name=upload.file_name if upload else "",
        upload_id=upload.id if upload else "",
        change=CellChange(str(row["change"])),
        before=before,
        after=after,
        why=why,
        footnote=str(row["footnote"] or ""),
        is_undo=is_undo,
    )


def _last_run(upload: Upload) -> str:
    """What the commit of the undoing was called: the step before the last one saved."""
    return f"{upload.id}-{upload.version - 1}"


def _parse_state(row: Mapping[Any, Any]) -> ReportedState:
    value = row["value"]
    reason = row["reason"]
    return ReportedState(
        value=None if pd.isna(value) else float(value),
        reason=NoValueReason(str(reason)) if isinstance(reason, str) and reason else None,
    )
