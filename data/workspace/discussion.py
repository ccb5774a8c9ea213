"""Comments and votes on a measure under discussion."""

from sqlalchemy import select

from data.workspace.changing import What, subject_of, values_of
from data.workspace.measure_rows import hold_measure, read_measure, read_votes, require_reading
from data.workspace.networks import network as load_network
from data.workspace.tables import CommentRow, VoteRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.measures import MeasureLifeError
from domain.errors.networks import NotMemberError
from domain.kept_text import check_text
from domain.message import Message
from domain.network_measure import STATE_NAMES, Comment, MeasureState, NetworkMeasure, Vote
from domain.rights import Action, Person


def comments(workspace: Workspace, actor: Person, network_id: str, measure_id: str) -> tuple[Comment, ...]:
    """Return the comments, oldest first. Raises `NotAllowedError`."""
    require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        rows = session.scalars(
            select(CommentRow)
            .where(CommentRow.network_id == network_id, CommentRow.measure_id == measure_id)
            .order_by(CommentRow.number)
        )
        return tuple(Comment(row.person_id, row.municipality_code, row.at, row.text) for row in rows)


def votes(workspace: Workspace, actor: Person, network_id: str, measure_id: str) -> tuple[Vote, ...]:
    """Return each municipality's latest vote, in the order given. Raises `NotAllowedError`."""
    require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        return read_votes(session, network_id, measure_id)


def comment(
    workspace: Workspace,
    actor: Person,
    measure: NetworkMeasure,
    text: str,
    municipality_code: str | None = None,
) -> Comment:
    """Add a comment. Raises `NotAllowedError`, `FieldError`."""
    stored = load_network(workspace, measure.network_id)
    what = What(SubjectKind.COMMENT, measure.id, requested={"text": text}, network_id=stored.id)
    subject = subject_of(stored, municipality_code)
    with workspace.changing(actor, Action.DISCUSS_MEASURE, subject, what) as change:
        check_text(text, FIELD_NAMES["text"], is_needed=True)
        comment = Comment(change.actor.id, municipality_code, change.at, text)
        change.session.add(CommentRow(network_id=stored.id, measure_id=measure.id, **values_of(comment)))
        change.note(None, comment)
        return comment


def vote(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, municipality_code: str, *, is_for: bool
) -> Vote:
    """Save a member municipality's vote on a measure under discussion, in place of an earlier one.

    Raises `NotAllowedError`, `MeasureLifeError`, `NotMemberError`.
    """
    stored = load_network(workspace, measure.network_id)
    vote = {"municipality_code": municipality_code, "is_for": is_for}
    what = What(SubjectKind.VOTE, measure.id, requested=vote, network_id=stored.id)
    subject = subject_of(stored, municipality_code)
    with workspace.changing(actor, Action.VOTE, subject, what) as change:
        if municipality_code not in subject.member_codes:
            raise NotMemberError(place=municipality_code, network=stored.name)
        hold_measure(change, stored.id, measure.id)
        current = read_measure(change.session, measure)
        if current.state is not MeasureState.DISCUSSED:
            raise MeasureLifeError(
                MeasureLifeError.VOTING_CLOSED,
                measure=current.definition.name,
                state=Message(STATE_NAMES[current.state]),
            )
        cast = Vote(municipality_code, is_for, change.at, change.actor.id)
        earlier = [
            read_vote
            for read_vote in read_votes(change.session, stored.id, measure.id)
            if read_vote.municipality_code == municipality_code
        ]
        change.session.merge(VoteRow(network_id=stored.id, measure_id=measure.id, **values_of(cast)))
        change.note(earlier[0] if earlier else None, cast)
        return cast
