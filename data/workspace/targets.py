"""Where a network or a municipality wants to be: targets in versions."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, subject_of
from data.workspace.measure_rows import YEARS, check_number, hold_measure
from data.workspace.networks import network as load_network
from data.workspace.tables import TargetRow
from data.workspace.workspace import Workspace
from domain.audit import SubjectKind
from domain.errors.networks import NotMemberError
from domain.network_measure import Target, check_target
from domain.rights import Action, Person

WHOLE_NETWORK: Final = "network"  # the holder of a target that is no single municipality's


def targets(
    workspace: Workspace, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> tuple[Target, ...]:
    """The targets that hold, or held as known at a moment: the network's first, then by municipality and year."""
    with workspace.reading() as session:
        return tuple(read_targets(session, network_id, measure_id, as_of=as_of))


def set_target(workspace: Workspace, actor: Person, target: Target) -> Target:
    """Keep a target, the network's or one municipality's. `target.version` is the one that was read, 0 for none.

    Raises `NotAllowedError`, `MeasureDefinitionError`, `NotMemberError`, `ChangedMeanwhileError`.
    """
    check_target(target)
    return _save_target(workspace, actor, target)


def remove_target(workspace: Workspace, actor: Person, target: Target) -> None:
    """Take a target away. Raises `NotAllowedError`, `ChangedMeanwhileError`."""
    _save_target(workspace, actor, replace(target, low=None, high=None))


def read_targets(
    session: Session, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> list[Target]:
    """The targets that hold, or held as known at a moment."""
    question = select(TargetRow).where(TargetRow.network_id == network_id).order_by(TargetRow.number)
    if measure_id is not None:
        question = question.where(TargetRow.measure_id == measure_id)
    if as_of is not None:
        question = question.where(TargetRow.saved_at <= as_of)
    newest = {
        (scalar.measure_id, scalar.holder, scalar.year): _target(scalar)
        for scalar in session.scalars(question)
    }
    stored = [target for target in newest.values() if not (target.low is None and target.high is None)]
    return sorted(stored, key=lambda target: (target.measure_id, target.municipality_code or "", target.year))


def write_target(change: Change, target: Target) -> Target:
    """Keep the next version of a target within a change; its line in the log is the caller's."""
    stored = replace(target, version=target.version + 1)
    change.session.add(
        TargetRow(
            network_id=stored.network_id,
            measure_id=stored.measure_id,
            holder=stored.municipality_code or WHOLE_NETWORK,
            year=stored.year,
            version=stored.version,
            saved_at=change.at,
            low=stored.low,
            high=stored.high,
        )
    )
    change.session.flush()
    return stored


def _save_target(workspace: Workspace, actor: Person, target: Target) -> Target:
    stored = load_network(workspace, target.network_id)
    is_whole = target.municipality_code is None
    action = Action.SET_NETWORK_TARGET if is_whole else Action.SET_MUNICIPALITY_TARGET
    holder = target.municipality_code or WHOLE_NETWORK
    what = What(
        SubjectKind.TARGET,
        f"{target.measure_id}/{holder}/{target.year}",
        requested=target,
        network_id=stored.id,
    )
    subject = subject_of(stored, target.municipality_code)
    with workspace.changing(actor, action, subject, what) as change:
        if not is_whole and target.municipality_code not in subject.member_codes:
            raise NotMemberError(place=target.municipality_code, network=stored.name)
        check_number(target.year, YEARS.start, YEARS.stop - 1, "first_year")
        hold_measure(change, stored.id, target.measure_id)
        newest = change.session.scalars(
            select(TargetRow)
            .where(
                TargetRow.network_id == stored.id,
                TargetRow.measure_id == target.measure_id,
                TargetRow.holder == holder,
                TargetRow.year == target.year,
            )
            .order_by(TargetRow.version.desc())
            .limit(1)
        ).first()
        is_kept = newest is not None and not (newest.low is None and newest.high is None)
        before = _target(newest) if newest and is_kept else None
        if (before.version if before else 0) != target.version:
            change.tell_what_changed(target.version)
        current = write_target(change, replace(target, version=newest.version if newest else 0))
        change.note(before, current)
        return current


def _target(row: TargetRow) -> Target:
    return Target(
        network_id=row.network_id,
        measure_id=row.measure_id,
        municipality_code=None if row.holder == WHOLE_NETWORK else row.holder,
        year=row.year,
        low=row.low,
        high=row.high,
        version=row.version,
    )
