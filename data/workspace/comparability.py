"""What each member has said about how its values may be compared. Every version stays readable."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, place_name, subject_of, values_of
from data.workspace.networks import found_network
from data.workspace.tables import MeasureInNetworkRow, StatementRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.comparability import ComparabilityStatement
from domain.errors.choices import UnknownMeasureError
from domain.errors.networks import NotMemberError
from domain.kept_text import check_texts
from domain.rights import Action, Person


def statements(
    workspace: Workspace, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> tuple[ComparabilityStatement, ...]:
    """The newest statement of each member on each measure, or the newest known at a moment; by measure and code."""
    with workspace.reading() as session:
        return tuple(read_statements(session, network_id, measure_id, as_of=as_of))


def state(workspace: Workspace, actor: Person, statement: ComparabilityStatement) -> ComparabilityStatement:
    """Keep a member's statement. `statement.version` is the one that was read, 0 for none.

    Raises `NotAllowedError`, `NotMemberError`, `UnknownMeasureError`, `ChangedMeanwhileError`, `FieldError`.
    """
    with workspace.reading() as session:
        network = found_network(session, statement.network_id)
    code = statement.municipality_code
    what = What(
        SubjectKind.STATEMENT, f"{statement.measure_id}/{code}", wanted=statement, network_id=network.id
    )
    with workspace.changing(actor, Action.STATE_COMPARABILITY, subject_of(network, code), what) as change:
        if code not in {membership.code for membership in network.memberships}:
            raise NotMemberError(place=place_name(code), network=network.name)
        key = {"network_id": network.id, "measure_id": statement.measure_id}
        if not change.hold(MeasureInNetworkRow, key):
            raise UnknownMeasureError(measure=statement.measure_id, suggestion="")
        earlier = [
            read_statement
            for read_statement in read_statements(change.session, network.id, statement.measure_id)
            if read_statement.municipality_code == code
        ]
        before = earlier[0] if earlier else None
        if (before.version if before else 0) != statement.version:
            change.tell_what_changed(statement.version)
        kept = write_statement(change, statement)
        change.note(before, kept)
        return kept


def read_statements(
    session: Session, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> list[ComparabilityStatement]:
    """The newest statements, or the newest known at a moment."""
    question = (
        select(StatementRow).where(StatementRow.network_id == network_id).order_by(StatementRow.version)
    )
    if measure_id is not None:
        question = question.where(StatementRow.measure_id == measure_id)
    if as_of is not None:
        question = question.where(StatementRow.saved_at <= as_of)
    names = [field.name for field in fields(ComparabilityStatement)]
    newest = {
        (row.measure_id, row.municipality_code): ComparabilityStatement(
            **{name: getattr(row, name) for name in names}
        )
        for row in session.scalars(question)
    }
    return [newest[key] for key in sorted(newest)]


def write_statement(change: Change, statement: ComparabilityStatement) -> ComparabilityStatement:
    """Keep the next version of a statement within a change; its line in the log is the caller's."""
    check_texts(values_of(statement), FIELD_NAMES, needed=())
    kept = replace(statement, version=statement.version + 1)
    change.session.add(StatementRow(saved_at=change.at, **values_of(kept)))
    change.session.flush()
    return kept
