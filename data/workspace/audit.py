"""Reads the log of changes and refusals, which cannot be changed."""

from typing import Final

from sqlalchemy import func, select

from data.workspace.changing import What, as_entry, subject_of
from data.workspace.tables import AuditRow
from data.workspace.workspace import Workspace
from domain.audit import AuditEntry, Outcome, SubjectKind
from domain.network import Network
from domain.rights import Action, Person, Subject

MOST_SHOWN: Final = 200


def last_number(workspace: Workspace) -> int:
    """Return the number of the newest entry, 0 before the first. It rises with every change in the workspace."""
    with workspace.reading() as session:
        return session.scalar(select(func.max(AuditRow.number))) or 0


def audit_log(
    workspace: Workspace,
    actor: Person,
    *,
    network_id: str | None = None,
    person_id: str | None = None,
    subject_kind: SubjectKind | None = None,
    subject_id: str | None = None,
    outcome: Outcome | None = None,
    before_number: int | None = None,
    most: int = MOST_SHOWN,
) -> tuple[AuditEntry, ...]:
    """Return the latest entries, newest first, before `before_number` if given. Reading those of all networks takes the right to.

    Raises `NotAllowedError`.
    """
    what = What(SubjectKind.AUDIT, network_id or "", network_id=network_id)
    workspace.require_right(actor, Action.READ_AUDIT, Subject(network_id=network_id), what)
    conditions = {
        AuditRow.network_id: network_id,
        AuditRow.person_id: person_id,
        AuditRow.subject_kind: subject_kind,
        AuditRow.subject_id: subject_id,
        AuditRow.outcome: outcome,
    }
    question = select(AuditRow).where(
        *(column == value for column, value in conditions.items() if value is not None)
    )
    if before_number is not None:
        question = question.where(AuditRow.number < before_number)
    with workspace.reading() as session:
        return tuple(
            as_entry(row) for row in session.scalars(question.order_by(AuditRow.number.desc()).limit(most))
        )


def news(workspace: Workspace, actor: Person, network: Network, *, most: int) -> tuple[AuditEntry, ...]:
    """Return the changes in a network, newest first, for its participants; refusals are left out.

    Raises `NotAllowedError`.
    """
    what = What(SubjectKind.NETWORK, network.id, network_id=network.id)
    workspace.require_right(actor, Action.READ_NETWORK, subject_of(network), what)
    question = (
        select(AuditRow)
        .where(
            AuditRow.network_id == network.id,
            AuditRow.outcome == Outcome.DONE,
            AuditRow.action != Action.UPLOAD_RESULTS,  # drafts are the municipality's own business
        )
        .order_by(AuditRow.number.desc())
        .limit(most)
    )
    with workspace.reading() as session:
        return tuple(as_entry(row) for row in session.scalars(question))
