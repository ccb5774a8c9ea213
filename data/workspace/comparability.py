"""The members' statements on how far their values may be compared. Every version stays readable."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, place_name, subject_of, values_of
from data.workspace.networks import find_network
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
    """Return each member's latest statement on each measure, or the latest at a moment, by measure and municipality."""
    with workspace.reading() as session:
        return tuple(read_statements(session, network_id, measure_id, as_of=as_of))


def state(workspace: Workspace, actor: Person, statement: ComparabilityStatement) -> ComparabilityStatement:
    """Save a member's statement. `statement.version` is the version that was read, 0 for none.

    Raises `NotAllowedError`, `NotMemberError`, `UnknownMeasureError`, `ChangedMeanwhileError`, `FieldError`.
    """
    with workspace.reading() as session:
        network = find_network(session, statement.network_id)
    code = statement.municipality_code
    what = What(
        SubjectKind.STATEMENT, f"{statement.measure_id}/{code}", requested=statement, network_id=network.id
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
        stored_statement = write_statement(change, statement)
        change.note(before, stored_statement)
        return stored_statement


def read_statements(
    session: Session, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> list[ComparabilityStatement]:
    """Return the latest statements, or the latest at a moment."""
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
    """Write the next version of a statement within a change. The caller adds the log entry."""
    check_texts(values_of(statement), FIELD_NAMES, needed=())
    stored_statement = replace(statement, version=statement.version + 1)
    change.session.add(StatementRow(saved_at=change.at, **values_of(stored_statement)))
    change.session.flush()
    return stored_statement
