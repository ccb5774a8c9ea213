"""The networks' measures: definitions in versions, and their life in each network.

What a definition may contain is checked before it comes here, where formulas can be read; here the rules that need
only words and other measures are kept.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from data.workspace.changing import Change, What, plain, subject_of, values_of
from data.workspace.measure_rows import (
    check_definition,
    read_measure,
    read_measures,
    read_votes,
    require_reading,
    write_definition,
    write_event,
    write_measure_in_network,
    write_new_measure,
)
from data.workspace.networks import find_network
from data.workspace.networks import network as load_network
from data.workspace.tables import MeasureInNetworkRow, MeasureRow, VoteRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.choices import UnknownMeasureError
from domain.errors.measures import (
    AlreadyInNetworkError,
    MeasureDefinitionError,
    MeasureLifeError,
    OwnedElsewhereError,
)
from domain.errors.networks import NameTakenError
from domain.kept_text import check_text, check_texts
from domain.message import Message
from domain.naming import measure_id
from domain.network import Network
from domain.network_measure import (
    STATE_NAMES,
    LifeEvent,
    MeasureDefinition,
    MeasureState,
    NetworkMeasure,
    Vote,
    check_measure_step,
    means_the_same,
    variable_name,
)
from domain.rights import Action, Person
from domain.suggestion import suggest_similar

RIGHT_FOR_STEP: Final = {
    MeasureState.PROPOSED: Action.PROPOSE_MEASURE,
    MeasureState.DISCUSSED: Action.PROPOSE_MEASURE,
    MeasureState.DECIDED: Action.DECIDE_MEASURE,
    MeasureState.IN_USE: Action.DECIDE_MEASURE,
    MeasureState.RETIRED: Action.DECIDE_MEASURE,
}
BEFORE_DECISION: Final = (MeasureState.PROPOSED, MeasureState.DISCUSSED)


def network_measures(
    workspace: Workspace,
    network_id: str | None = None,
    *,
    actor: Person | None = None,
    as_of: datetime | None = None,
) -> tuple[NetworkMeasure, ...]:
    """Return the measures of one network, or of all, in the order in which they were proposed.

    Without an actor only those that have been decided; with one, who may read the network's work, all. As of a
    moment they are as they were known then; what had not yet been decided then is given in the form that it
    first had in use. Raises `NotAllowedError`, `UnknownNetworkError`.
    """
    if actor is not None and network_id is not None:
        require_reading(workspace, actor, network_id)
    with workspace.reading() as session:
        measures = read_measures(session, network_id=network_id, as_of=as_of)
    is_open = actor is not None and network_id is not None
    return tuple(measure for measure in measures if is_open or measure.is_published)


def measure(
    workspace: Workspace,
    measure_id: str,
    *,
    network_id: str | None = None,
    actor: Person | None = None,
    as_of: datetime | None = None,
) -> NetworkMeasure:
    """Return one measure in a network (default: its owner).

    Raises `UnknownMeasureError` (also for one that is not yet public, unless the actor may read it) and
    `NotAllowedError`.
    """
    with workspace.reading() as session:
        where = network_id
        if where is None:
            row = session.get(MeasureRow, measure_id)
            where = row.owner_network if row else None
        measures = (
            read_measures(session, network_id=where, measure_ids=[measure_id], as_of=as_of) if where else []
        )
        if not measures:
            known = session.scalars(select(MeasureRow.id)).all()
            raise UnknownMeasureError(measure=measure_id, suggestion=suggest_similar(measure_id, known))
    if not measures[0].is_published:
        if actor is None:
            raise UnknownMeasureError(measure=measure_id, suggestion="")
        require_reading(workspace, actor, measures[0].network_id)
    return measures[0]


def propose(
    workspace: Workspace, actor: Person, network: Network, definition: MeasureDefinition, section: str = ""
) -> NetworkMeasure:
    """Propose a new measure in the network. Its id is made from its name.

    Raises `NotAllowedError`, `NameTakenError` (the variable's name), `UnusableNameError` and the errors of texts and numbers.
    """
    first = replace(definition, version=1)
    what = What(SubjectKind.MEASURE, definition.name, requested=first, network_id=network.id)
    stored = load_network(workspace, network.id)
    try:
        with workspace.changing(actor, Action.PROPOSE_MEASURE, subject_of(stored), what) as change:
            check_text(first.name, FIELD_NAMES["name"], is_needed=True)
            chosen = measure_id(first.name, lambda id_: change.session.get(MeasureRow, id_) is not None)
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
    """Propose another network's published measure in this network. It follows the owner's definition.

    Raises `NotAllowedError`, `UnknownMeasureError`, `AlreadyInNetworkError`.
    """
    stored = load_network(workspace, network.id)
    original = measure(workspace, measure_id)
    what = What(SubjectKind.MEASURE, measure_id, requested={"section": section}, network_id=stored.id)
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


def change_measure_state(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, event: LifeEvent
) -> NetworkMeasure:
    """Take a measure to the next state of its life, by the actor and now.

    Raises `NotAllowedError`, `MeasureLifeError`,
    `ChangedMeanwhileError`.
    """
    stored = load_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, requested=event, network_id=stored.id)
    with workspace.changing(actor, RIGHT_FOR_STEP[event.state], subject_of(stored), what) as change:
        before, version = _claimed(change, measure)
        taken = replace(event, at=change.at, person_id=change.actor.id)
        check_measure_step(before, taken)
        check_texts(values_of(taken), FIELD_NAMES, needed=())
        write_event(change, before, len(before.life), taken)
        changed = replace(before, life=(*before.life, taken), version=version)
        change.note(before, changed)
        return changed


def redefine(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, definition: MeasureDefinition
) -> NetworkMeasure:
    """Save a new version of a decided measure's definition. The series breaks at its first year.

    Raises `NotAllowedError`, `OwnedElsewhereError`, `MeasureLifeError`, `MeasureDefinitionError`,
    `ChangedMeanwhileError` and the errors of texts and numbers.
    """
    stored = load_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, requested=definition, network_id=stored.id)
    with workspace.changing(actor, Action.DECIDE_MEASURE, subject_of(stored), what) as change:
        before, version = _claimed(change, measure, is_owner_needed=True)
        if before.state not in {MeasureState.DECIDED, MeasureState.IN_USE}:
            raise MeasureLifeError(
                MeasureLifeError.REDEFINED_TOO_EARLY,
                measure=before.definition.name,
                state=Message(STATE_NAMES[before.state]),
            )
        new = replace(definition, version=before.definition.version + 1)
        check_definition(change.session, new, measure_id=before.id)
        check_text(new.changed_because, FIELD_NAMES["changed_because"], is_needed=True)
        if new.first_year <= before.definition.first_year:
            raise MeasureDefinitionError(
                MeasureDefinitionError.FIRST_YEAR,
                measure=new.name,
                first_year=new.first_year,
                latest=before.definition.first_year,
            )
        write_definition(change, before.id, new)
        changed = replace(before, definitions=(*before.definitions, new), version=version)
        change.note(before, changed)
        return changed


def amend(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, definition: MeasureDefinition
) -> NetworkMeasure:
    """Reword the newest version. Before the decision anything may change, and votes for the old wording
    fall; after it only what does not change what the values mean, so that no break is hidden.

    Raises `NotAllowedError`, `OwnedElsewhereError`, `MeasureLifeError`, `ChangedMeanwhileError` and the errors of
    texts and numbers.
    """
    stored = load_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, requested=definition, network_id=stored.id)
    is_proposal = measure.state in BEFORE_DECISION
    action = Action.PROPOSE_MEASURE if is_proposal else Action.DECIDE_MEASURE
    with workspace.changing(actor, action, subject_of(stored), what) as change:
        before, version = _claimed(change, measure, is_owner_needed=True)
        new = replace(definition, version=before.definition.version)
        check_definition(change.session, new, measure_id=before.id)
        if not is_proposal and not means_the_same(before.definition, new):
            raise MeasureLifeError(
                MeasureLifeError.MEANING_CHANGED,
                measure=before.definition.name,
                state=Message(STATE_NAMES[before.state]),
            )
        write_definition(change, before.id, new)
        fallen = read_votes(change.session, stored.id, before.id) if is_proposal else ()
        if is_proposal:
            change.session.execute(
                delete(VoteRow).where(VoteRow.network_id == stored.id, VoteRow.measure_id == before.id)
            )
            change.session.get_one(MeasureRow, before.id).variable_name = variable_name(before.id, new)
        changed = replace(before, definitions=(*before.definitions[:-1], new), version=version)
        change.note(_with_votes(before, fallen), changed)
        return changed


def place_in_section(
    workspace: Workspace, actor: Person, measure: NetworkMeasure, section: str
) -> NetworkMeasure:
    """Move a measure to another section of the network's list. Raises `NotAllowedError`, `ChangedMeanwhileError`, `FieldError`."""
    stored = load_network(workspace, measure.network_id)
    what = What(SubjectKind.MEASURE, measure.id, requested={"section": section}, network_id=stored.id)
    with workspace.changing(actor, Action.DECIDE_MEASURE, subject_of(stored), what) as change:
        before, version = _claimed(change, measure)
        check_text(section, FIELD_NAMES["section"])
        change.session.get_one(MeasureInNetworkRow, (stored.id, measure.id)).section = section
        changed = replace(before, section=section, version=version)
        change.note(before, changed)
        return changed


def _claimed(
    change: Change, measure: NetworkMeasure, *, is_owner_needed: bool = False
) -> tuple[NetworkMeasure, int]:
    """Return the stored measure and its next version number, if it still has the version that was read."""
    if is_owner_needed and measure.network_id != measure.owner_network:
        owner = find_network(change.session, measure.owner_network)
        raise OwnedElsewhereError(measure=measure.definition.name, network=owner.name)
    key = {"network_id": measure.network_id, "measure_id": measure.id}
    version = change.claim(MeasureInNetworkRow, key, measure.version)
    return replace(read_measure(change.session, measure), version=measure.version), version


def _with_votes(measure: NetworkMeasure, fallen: Iterable[Vote]) -> object:
    """Return what the log records as the state before: the measure, and the votes dropped with its wording."""
    state = plain(measure)
    listed = plain(tuple(fallen))
    return {**state, "votes": listed} if listed else state
