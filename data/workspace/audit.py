"""Reading the log of changes and refusals. There is no way to change it."""

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
    """The number of the newest line, 0 before the first: it rises whenever anything here changes."""
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
    """The newest lines, newest first; `before_number` turns the page. Without a network only who may read all may.

    Raises `NotAllowedError`.
    """
    what = What(SubjectKind.AUDIT, network_id or "", network_id=network_id)
    workspace.require_right(actor, Action.READ_AUDIT, Subject(network_id=network_id), what)
    asked = {
        AuditRow.network_id: network_id,
        AuditRow.person_id: person_id,
        AuditRow.subject_kind: subject_kind,
        AuditRow.subject_id: subject_id,
        AuditRow.outcome: outcome,
    }
    question = select(AuditRow).where(
        *(column == value for column, value in asked.items() if value is not None)
    )
    if before_number is not None:
        question = question.where(AuditRow.number < before_number)
    with workspace.reading() as session:
        return tuple(
            as_entry(row) for row in session.scalars(question.order_by(AuditRow.number.desc()).limit(most))
        )


def news(workspace: Workspace, actor: Person, network: Network, *, most: int) -> tuple[AuditEntry, ...]:
    """What has been done in a network, newest first, for those who take part in it; refusals are none of their business.

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
