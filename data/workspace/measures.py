"""The networks' measures: definitions in versions, life in each network, discussion, votes and targets.

What a definition may contain is checked before it comes here, where formulas can be read; here the rules that need
only words and other measures are kept.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, plain, subject_of, values_of
from data.workspace.networks import found_network
from data.workspace.tables import (
    CommentRow,
    DefinitionRow,
    LifeEventRow,
    MeasureInNetworkRow,
    MeasureRow,
    TargetRow,
    VoteRow,
)
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors import (
    AlreadyInNetworkError,
    DefinitionYearError,
    MeaningChangedError,
    NameTakenError,
    NotMemberError,
    NumberOutOfRangeError,
    OwnedElsewhereError,
    RedefinedTooEarlyError,
    UnknownMeasureError,
    VotingClosedError,
)
from domain.kept_text import check_text, check_texts
from domain.message import Message
from domain.naming import check_id, check_variable_name, measure_id
from domain.network import Network
from domain.network_measure import (
    STATE_NAMES,
    Comment,
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    Target,
    Vote,
    check_step,
    check_target,
    means_the_same,
    variable_name,
)
from domain.rights import Action, Person
from domain.suggestion import did_you_mean

YEARS: Final = range(1900, 2201)
MOST_DECIMALS: Final = 6
LARGEST_BASIS: Final = 1_000_000
WHOLE_NETWORK: Final = "network"  # the holder of a target that is no single municipality's
RIGHT_FOR_STEP: Final = {
    MeasureState.PROPOSED: Action.PROPOSE_MEASURE,
    MeasureState.DISCUSSED: Action.PROPOSE_MEASURE,
    MeasureState.DECIDED: Action.DECIDE_MEASURE,
    MeasureState.IN_USE: Action.DECIDE_MEASURE,
    MeasureState.RETIRED: Action.DECIDE_MEASURE,
}
BEFORE_DECISION: Final = (MeasureState.PROPOSED, MeasureState.DISCUSSED)


# Reading


def network_measures(
    workspace: Workspace,
    network_id: str | None = None,
    *,
    actor: Person | None = None,
    as_of: datetime | None = None,
) -> tuple[NetworkMeasure, ...]:
    """The measures of one network, or of all, in the order in which they were proposed.

    Without an actor only those that have been decided; with one, who may read the network's work, all. As of a
    moment they are as they were known then; what had not yet been decided then is given in the form that it
    first had in use. Raises `NotAllowedError`, `UnknownNetworkError`.
    """
    if actor is not None and network_id is not None:
        _require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        found = read_measures(session, network_id=network_id, as_of=as_of)
    is_open = actor is not None and network_id is not None
    return tuple(one for one in found if is_open or one.is_published)


def measure(
    workspace: Workspace,
    measure_id: str,
    *,
    network_id: str | None = None,
    actor: Person | None = None,
    as_of: datetime | None = None,
) -> NetworkMeasure:
    """One measure as it stands in a network, the owner's unless told.

    Raises `UnknownMeasureError` (also for one that is not yet public, unless the actor may read it) and
    `NotAllowedError`.
    """
    with workspace.reading() as session:
        where = network_id
        if where is None:
            row = session.get(MeasureRow, measure_id)
            where = row.owner_network if row else None
        found = (
            read_measures(session, network_id=where, measure_ids=[measure_id], as_of=as_of) if where else []
        )
        if not found:
            known = session.scalars(select(MeasureRow.id)).all()
            raise UnknownMeasureError(measure=measure_id, suggestion=did_you_mean(measure_id, known))
    if not found[0].is_published:
        if actor is None:
            raise UnknownMeasureError(measure=measure_id, suggestion="")
        _require_reading(workspace, actor, found[0].network_id)
    return found[0]


def comments(workspace: Workspace, actor: Person, network_id: str, measure_id: str) -> tuple[Comment, ...]:
    """What has been said, oldest first. Raises `NotAllowedError`."""
    _require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        rows = session.scalars(
            select(CommentRow)
            .where(CommentRow.network_id == network_id, CommentRow.measure_id == measure_id)
            .order_by(CommentRow.number)
        )
        return tuple(Comment(one.person_id, one.municipality_code, one.at, one.text) for one in rows)


def votes(workspace: Workspace, actor: Person, network_id: str, measure_id: str) -> tuple[Vote, ...]:
    """Each municipality's latest word, in the order in which they were given. Raises `NotAllowedError`."""
    _require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        return _votes(session, network_id, measure_id)


def targets(
    workspace: Workspace, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> tuple[Target, ...]:
    """The targets that hold, or held as known at a moment: the network's first, then by municipality and year."""
    with workspace.reading() as session:
        return tuple(read_targets(session, network_id, measure_id, as_of=as_of))


# Changing


def propose(
    workspace: Workspace, actor: Person, network: Network, definition: MeasureDefinition, section: str = ""
) -> NetworkMeasure:
    """A new measure of the network, proposed. The id is made from its name.

    Raises `NotAllowedError`, `NameTakenError` (the variable's name), `UnusableNameError`,
    `UnusableVariableNameError` and the errors of texts and numbers.
    """
    first = replace(definition, version=1)
    what = What(SubjectKind.MEASURE, definition.name, wanted=first, network_id=network.id)
    stored = _stored_network(workspace, network.id)
    try:
        with workspace.changing(actor, Action.PROPOSE_MEASURE, subject_of(stored), what) as change:
            check_text(first.name, FIELD_NAMES["name"], is_needed=True)
            chosen = measure_id(first.name, lambda one: change.session.get(MeasureRow, one) is not None)
            proposed = NetworkMeasure(
                id=chosen,
                owner_network=stored.id,
                network_id=stored.id,
                definitions=(first,),
                life=(LifeEvent(MeasureState.PROPOSED, change.at, change.actor.id),),
                section=section,
            )
            return write_new_measure(change, proposed)
    except IntegrityError:
        raise NameTakenError(name=definition.name) from None


def take_over(
    workspace: Workspace, actor: Person, network: Network, measure_id: str, section: str = ""
) -> NetworkMeasure:
    """Another network's public measure, proposed in this one too. It follows the owner's definition.

    Raises `NotAllowedError`, `UnknownMeasureError`, `AlreadyInNetworkError`.
    """
    stored = _stored_network(workspace, network.id)
    original = measure(workspace, measure_id)
    what = What(SubjectKind.MEASURE, measure_id, wanted={"section": section}, network_id=stored.id)
    try:
        with workspace.changing(actor, Action.PROPOSE_MEASURE, subject_of(stored), what) as change:
            taken = replace(
                original,
                network_id=stored.id,
                section=section or original.section,
                version=1,
                life=(LifeEvent(MeasureState.PROPOSED, change.at, change.actor.id),),
            )
            check_text(taken.section, FIELD_NAMES["section"])
            return write_measure_in_network(change, taken)
    except IntegrityError:
        raise AlreadyInNetworkError(measure=original.definition.name, network=stored.name) from None


def step(workspace: Workspace, actor: Person, measure: NetworkMeasure, event: LifeEvent) -> NetworkMeasure:
    """The next step of a measure's life; who and when are the actor and now.

    Raises `NotAllowedError`, `MeasureLifeError`, `DecisionWithoutMinutesError`, `RetirementWithoutReasonError`,
    `ChangedMeanwhileError`.
    """
    stored = _stored_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, wanted=event, network_id=stored.id)
    with workspace.changing(actor, RIGHT_FOR_STEP[event.state], subject_of(stored), what) as change:
        before, version = _claimed(change, measure)
        taken = replace(event, at=change.at, person_id=change.actor.id)
        check_step(before, taken)
        check_texts(values_of(taken), FIELD_NAMES, needed=())
        _write_event(change, before, len(before.life), taken)
        kept = replace(before, life=(*before.life, taken), version=version)
        change.note(before, kept)
        return kept


def redefine(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, definition: MeasureDefinition
) -> NetworkMeasure:
    """A new version of what a decided measure means, from its first year on. The series breaks there.

    Raises `NotAllowedError`, `OwnedElsewhereError`, `RedefinedTooEarlyError`, `DefinitionYearError`,
    `ChangedMeanwhileError` and the errors of texts and numbers.
    """
    stored = _stored_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, wanted=definition, network_id=stored.id)
    with workspace.changing(actor, Action.DECIDE_MEASURE, subject_of(stored), what) as change:
        before, version = _claimed(change, measure, is_owner_needed=True)
        if before.state not in {MeasureState.DECIDED, MeasureState.IN_USE}:
            raise RedefinedTooEarlyError(
                measure=before.definition.name, state=Message(STATE_NAMES[before.state])
            )
        new = replace(definition, version=before.definition.version + 1)
        _check_definition(change.session, new, measure_id=before.id)
        check_text(new.changed_because, FIELD_NAMES["changed_because"], is_needed=True)
        if new.first_year <= before.definition.first_year:
            raise DefinitionYearError(
                measure=new.name, first_year=new.first_year, latest=before.definition.first_year
            )
        _write_definition(change, before.id, new)
        kept = replace(before, definitions=(*before.definitions, new), version=version)
        change.note(before, kept)
        return kept


def amend(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, definition: MeasureDefinition
) -> NetworkMeasure:
    """Another wording of the newest version. Before the decision anything may change, and votes for the old wording
    fall; after it only what does not change what the values mean, so that no break is hidden.

    Raises `NotAllowedError`, `OwnedElsewhereError`, `MeaningChangedError`, `ChangedMeanwhileError` and the errors of
    texts and numbers.
    """
    stored = _stored_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, wanted=definition, network_id=stored.id)
    is_proposal = measure.state in BEFORE_DECISION
    action = Action.PROPOSE_MEASURE if is_proposal else Action.DECIDE_MEASURE
    with workspace.changing(actor, action, subject_of(stored), what) as change:
        before, version = _claimed(change, measure, is_owner_needed=True)
        new = replace(definition, version=before.definition.version)
        _check_definition(change.session, new, measure_id=before.id)
        if not is_proposal and not means_the_same(before.definition, new):
            raise MeaningChangedError(
                measure=before.definition.name, state=Message(STATE_NAMES[before.state])
            )
        _write_definition(change, before.id, new)
        fallen = _votes(change.session, stored.id, before.id) if is_proposal else ()
        if is_proposal:
            change.session.execute(
                delete(VoteRow).where(VoteRow.network_id == stored.id, VoteRow.measure_id == before.id)
            )
            change.session.get_one(MeasureRow, before.id).variable_name = variable_name(before.id, new)
        kept = replace(before, definitions=(*before.definitions[:-1], new), version=version)
        change.note(_with_votes(before, fallen), kept)
        return kept


def place_in_section(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, section: str
) -> NetworkMeasure:
    """Another section of the network's list. Raises `NotAllowedError`, `ChangedMeanwhileError`, `TextTooLongError`."""
    stored = _stored_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, wanted={"section": section}, network_id=stored.id)
    with workspace.changing(actor, Action.DECIDE_MEASURE, subject_of(stored), what) as change:
        before, version = _claimed(change, measure)
        check_text(section, FIELD_NAMES["section"])
        change.session.get_one(MeasureInNetworkRow, (stored.id, measure.id)).section = section
        kept = replace(before, section=section, version=version)
        change.note(before, kept)
        return kept


def comment(
    workspace: Workspace,
    actor: Person,
    measure: NetworkMeasure,
    text: str,
    municipality_code: str | None = None,
) -> Comment:
    """A word in the discussion. Raises `NotAllowedError`, `TextMissingError`, `TextTooLongError`."""
    stored = _stored_network(workspace, measure.network_id)
    what = What(SubjectKind.COMMENT, measure.id, wanted={"text": text}, network_id=stored.id)
    subject = subject_of(stored, municipality_code)
    with workspace.changing(actor, Action.DISCUSS_MEASURE, subject, what) as change:
        check_text(text, FIELD_NAMES["text"], is_needed=True)
        said = Comment(change.actor.id, municipality_code, change.at, text)
        change.session.add(CommentRow(network_id=stored.id, measure_id=measure.id, **values_of(said)))
        change.note(None, said)
        return said


def vote(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, municipality_code: str, *, is_for: bool
) -> Vote:
    """A member municipality's word on a measure under discussion; it replaces an earlier one.

    Raises `NotAllowedError`, `VotingClosedError`, `NotMemberError`.
    """
    stored = _stored_network(workspace, measure.network_id)
    wanted = {"municipality_code": municipality_code, "is_for": is_for}
    what = What(SubjectKind.VOTE, measure.id, wanted=wanted, network_id=stored.id)
    subject = subject_of(stored, municipality_code)
    with workspace.changing(actor, Action.VOTE, subject, what) as change:
        if municipality_code not in subject.member_codes:
            raise NotMemberError(place=municipality_code, network=stored.name)
        _hold(change, stored.id, measure.id)
        current = _in_network(change.session, measure)
        if current.state is not MeasureState.DISCUSSED:
            raise VotingClosedError(
                measure=current.definition.name, state=Message(STATE_NAMES[current.state])
            )
        cast = Vote(municipality_code, is_for, change.at, change.actor.id)
        earlier = [
            one
            for one in _votes(change.session, stored.id, measure.id)
            if one.municipality_code == municipality_code
        ]
        change.session.merge(VoteRow(network_id=stored.id, measure_id=measure.id, **values_of(cast)))
        change.note(earlier[0] if earlier else None, cast)
        return cast


def set_target(workspace: Workspace, actor: Person, target: Target) -> Target:
    """Keep a target, the network's or one municipality's. `target.version` is the one that was read, 0 for none.

    Raises `NotAllowedError`, `UnreadableTargetError`, `NotMemberError`, `ChangedMeanwhileError`.
    """
    check_target(target)
    return _save_target(workspace, actor, target)


def remove_target(workspace: Workspace, actor: Person, target: Target) -> None:
    """Take a target away. Raises `NotAllowedError`, `ChangedMeanwhileError`."""
    _save_target(workspace, actor, replace(target, low=None, high=None))


# Within a transaction


def read_measures(
    session: Session,
    *,
    network_id: str | None = None,
    measure_ids: Collection[str] | None = None,
    as_of: datetime | None = None,
) -> list[NetworkMeasure]:
    """Measures in networks, in the order in which they were proposed, public or not."""
    placed = select(MeasureInNetworkRow, MeasureRow.owner_network).join(MeasureRow)
    steps = select(LifeEventRow).order_by(LifeEventRow.position)
    if network_id is not None:
        placed = placed.where(MeasureInNetworkRow.network_id == network_id)
        steps = steps.where(LifeEventRow.network_id == network_id)
    if measure_ids is not None:
        placed = placed.where(MeasureInNetworkRow.measure_id.in_(measure_ids))
        steps = steps.where(LifeEventRow.measure_id.in_(measure_ids))
    rows = session.execute(placed).all()
    lives: dict[tuple[str, str], list[LifeEvent]] = {}
    for row in session.scalars(steps):
        event = LifeEvent(**{one.name: getattr(row, one.name) for one in fields(LifeEvent)})
        lives.setdefault((row.network_id, row.measure_id), []).append(event)
    definitions = _read_definitions(session, {row.measure_id for row, _ in rows}, as_of)
    found = [
        NetworkMeasure(
            id=row.measure_id,
            owner_network=owner,
            network_id=row.network_id,
            definitions=definitions[row.measure_id],
            life=_known_life(lives[row.network_id, row.measure_id], as_of),
            section=row.section,
            version=row.version,
        )
        for row, owner in rows
    ]
    return sorted(found, key=lambda one: (one.life[0].at, one.network_id, one.id))


def read_targets(
    session: Session, network_id: str, measure_id: str | None = None, *, as_of: datetime | None = None
) -> list[Target]:
    """The targets that hold, or held as known at a moment."""
    question = select(TargetRow).where(TargetRow.network_id == network_id).order_by(TargetRow.number)
    if measure_id is not None:
        question = question.where(TargetRow.measure_id == measure_id)
    if as_of is not None:
        question = question.where(TargetRow.saved_at <= as_of)
    newest = {(one.measure_id, one.holder, one.year): _target(one) for one in session.scalars(question)}
    kept = [one for one in newest.values() if not (one.low is None and one.high is None)]
    return sorted(kept, key=lambda one: (one.measure_id, one.municipality_code or "", one.year))


def write_new_measure(change: Change, measure: NetworkMeasure) -> NetworkMeasure:
    """Keep a new measure with all that it holds within a change, with its line in the log."""
    check_id(measure.id)
    for definition in measure.definitions:
        _check_definition(change.session, definition, measure_id=measure.id)
    check_text(measure.section, FIELD_NAMES["section"])
    kept = replace(measure, version=1)
    change.session.add(
        MeasureRow(id=kept.id, owner_network=kept.owner_network, variable_name=kept.variable_name)
    )
    change.session.flush()
    for definition in kept.definitions:
        _write_definition(change, kept.id, definition)
    _write_in_network(change, kept)
    change.note(None, kept, What(SubjectKind.MEASURE, kept.id, network_id=kept.network_id))
    return kept


def write_measure_in_network(change: Change, measure: NetworkMeasure) -> NetworkMeasure:
    """Keep the place and life of another network's measure in this one, with its line in the log."""
    _write_in_network(change, measure)
    change.note(None, measure, What(SubjectKind.MEASURE, measure.id, network_id=measure.network_id))
    return measure


def write_target(change: Change, target: Target) -> Target:
    """Keep the next version of a target within a change; its line in the log is the caller's."""
    kept = replace(target, version=target.version + 1)
    change.session.add(
        TargetRow(
            network_id=kept.network_id,
            measure_id=kept.measure_id,
            holder=kept.municipality_code or WHOLE_NETWORK,
            year=kept.year,
            version=kept.version,
            saved_at=change.at,
            low=kept.low,
            high=kept.high,
        )
    )
    change.session.flush()
    return kept


def _write_in_network(change: Change, measure: NetworkMeasure) -> None:
    change.session.add(
        MeasureInNetworkRow(
            network_id=measure.network_id,
            measure_id=measure.id,
            section=measure.section,
            version=measure.version,
        )
    )
    change.session.flush()
    for position, event in enumerate(measure.life):
        _write_event(change, measure, position, event)


def _write_event(change: Change, measure: NetworkMeasure, position: int, event: LifeEvent) -> None:
    change.session.add(
        LifeEventRow(
            network_id=measure.network_id, measure_id=measure.id, position=position, **values_of(event)
        )
    )
    change.session.flush()


def _write_definition(change: Change, measure_id: str, definition: MeasureDefinition) -> None:
    change.session.add(DefinitionRow(measure_id=measure_id, saved_at=change.at, **values_of(definition)))
    change.session.flush()


def _save_target(workspace: Workspace, actor: Person, target: Target) -> Target:
    stored = _stored_network(workspace, target.network_id)
    is_whole = target.municipality_code is None
    action = Action.SET_NETWORK_TARGET if is_whole else Action.SET_MUNICIPALITY_TARGET
    holder = target.municipality_code or WHOLE_NETWORK
    what = What(
        SubjectKind.TARGET, f"{target.measure_id}/{holder}/{target.year}", wanted=target, network_id=stored.id
    )
    subject = subject_of(stored, target.municipality_code)
    with workspace.changing(actor, action, subject, what) as change:
        if not is_whole and target.municipality_code not in subject.member_codes:
            raise NotMemberError(place=target.municipality_code, network=stored.name)
        _check_number(target.year, YEARS.start, YEARS.stop - 1, "first_year")
        _hold(change, stored.id, target.measure_id)
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
        kept = write_target(change, replace(target, version=newest.version if newest else 0))
        change.note(before, kept)
        return kept


def _claimed(
    change: Change, measure: NetworkMeasure, *, is_owner_needed: bool = False
) -> tuple[NetworkMeasure, int]:
    """The measure as it is stored and its next version, if it is still the one that was read."""
    if is_owner_needed and measure.network_id != measure.owner_network:
        owner = found_network(change.session, measure.owner_network)
        raise OwnedElsewhereError(measure=measure.definition.name, network=owner.name)
    key = {"network_id": measure.network_id, "measure_id": measure.id}
    version = change.claim(MeasureInNetworkRow, key, measure.version)
    return replace(_in_network(change.session, measure), version=measure.version), version


def _in_network(session: Session, measure: NetworkMeasure) -> NetworkMeasure:
    found = read_measures(session, network_id=measure.network_id, measure_ids=[measure.id])
    if not found:
        raise UnknownMeasureError(measure=measure.id, suggestion="")
    return found[0]


def _hold(change: Change, network_id: str, measure_id: str) -> None:
    """Make others who change what is said of a measure wait. Raises `UnknownMeasureError`."""
    if not change.hold(MeasureInNetworkRow, {"network_id": network_id, "measure_id": measure_id}):
        known = change.session.scalars(
            select(MeasureInNetworkRow.measure_id).where(MeasureInNetworkRow.network_id == network_id)
        ).all()
        raise UnknownMeasureError(measure=measure_id, suggestion=did_you_mean(measure_id, known))


def _votes(session: Session, network_id: str, measure_id: str) -> tuple[Vote, ...]:
    rows = session.scalars(
        select(VoteRow)
        .where(VoteRow.network_id == network_id, VoteRow.measure_id == measure_id)
        .order_by(VoteRow.at, VoteRow.municipality_code)
    )
    return tuple(Vote(one.municipality_code, one.is_for, one.at, one.person_id) for one in rows)


def _with_votes(measure: NetworkMeasure, fallen: Iterable[Vote]) -> object:
    """What the log says was there before: the measure, and the votes that fell with its wording."""
    state = plain(measure)
    listed = plain(tuple(fallen))
    return {**state, "votes": listed} if listed else state


def _read_definitions(
    session: Session, measure_ids: Collection[str], as_of: datetime | None
) -> dict[str, tuple[MeasureDefinition, ...]]:
    """The newest wording of every version by measure, as known; of a later measure its first wording."""
    rows = session.scalars(
        select(DefinitionRow).where(DefinitionRow.measure_id.in_(measure_ids)).order_by(DefinitionRow.number)
    ).all()
    wordings: dict[str, dict[int, MeasureDefinition]] = {}
    for row in rows:
        known = wordings.setdefault(row.measure_id, {})
        if as_of is None or row.saved_at <= as_of or not known:
            known[row.version] = MeasureDefinition(
                **{one.name: getattr(row, one.name) for one in fields(MeasureDefinition)}
            )
    return {measure_id: tuple(known[one] for one in sorted(known)) for measure_id, known in wordings.items()}


def _known_life(life: list[LifeEvent], as_of: datetime | None) -> tuple[LifeEvent, ...]:
    """The steps known at a moment; of one that was not in use yet, the steps up to its first day in use."""
    known = [event for event in life if as_of is None or event.at <= as_of]
    if any(event.state is MeasureState.IN_USE for event in known):
        return tuple(known)
    first_use = [place for place, event in enumerate(life) if event.state is MeasureState.IN_USE]
    if as_of is None or not first_use:
        return tuple(life)
    return tuple(life[: first_use[0] + 1])


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


def _check_definition(session: Session, definition: MeasureDefinition, measure_id: str) -> None:
    check_texts(values_of(definition), FIELD_NAMES, needed=("name", "expression"))
    _check_number(definition.first_year, YEARS.start, YEARS.stop - 1, "first_year")
    _check_number(definition.decimals, 0, MOST_DECIMALS, "decimals")
    _check_number(definition.smallest_basis, 0, LARGEST_BASIS, "smallest_basis")
    if definition.source is MeasureSource.OWN:
        check_variable_name(definition.expression)
    name = variable_name(measure_id, definition)
    holder = session.scalar(select(MeasureRow.id).where(func.lower(MeasureRow.variable_name) == name.lower()))
    if holder not in {None, measure_id}:
        raise NameTakenError(name=name)


def _check_number(number: int, lowest: int, highest: int, field: str) -> None:
    if not lowest <= number <= highest:
        raise NumberOutOfRangeError(
            field=Message(FIELD_NAMES[field]), number=number, lowest=lowest, highest=highest
        )


def _stored_network(workspace: Workspace, network_id: str) -> Network:
    with workspace.reading() as session:
        return found_network(session, network_id)


def _require_reading(workspace: Workspace, actor: Person, network_id: str) -> None:
    stored = _stored_network(workspace, network_id)
    what = What(SubjectKind.NETWORK, stored.id, network_id=stored.id)
    workspace.require_right(actor, Action.READ_NETWORK, subject_of(stored), what)
