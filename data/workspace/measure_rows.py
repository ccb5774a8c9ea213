"""Measures as rows, read and written within a transaction."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.workspace.changing import Change, What, subject_of, values_of
from data.workspace.networks import network as load_network
from data.workspace.tables import DefinitionRow, LifeEventRow, MeasureInNetworkRow, MeasureRow, VoteRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.choices import UnknownMeasureError
from domain.errors.fields import FieldError
from domain.errors.networks import NameTakenError
from domain.kept_text import check_text, check_texts
from domain.message import Message
from domain.naming import check_id, check_variable_name
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    Vote,
    variable_name,
)
from domain.rights import Action, Person
from domain.suggestion import suggest_similar

YEARS: Final = range(1900, 2201)
MOST_DECIMALS: Final = 6
LARGEST_BASIS: Final = 1_000_000


def read_measures(
    session: Session,
    *,
    network_id: str | None = None,
    measure_ids: Collection[str] | None = None,
    as_of: datetime | None = None,
) -> list[NetworkMeasure]:
    """Return the networks' measures in the order in which they were proposed, published or not."""
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
        event = LifeEvent(**{field.name: getattr(row, field.name) for field in fields(LifeEvent)})
        lives.setdefault((row.network_id, row.measure_id), []).append(event)
    definitions = _read_definitions(session, {row.measure_id for row, _ in rows}, as_of)
    measures = [
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
    return sorted(measures, key=lambda measure: (measure.life[0].at, measure.network_id, measure.id))


def write_new_measure(change: Change, measure: NetworkMeasure) -> NetworkMeasure:
    """Write a new measure with its definitions and life, and its log entry, within a change."""
    check_id(measure.id)
    for definition in measure.definitions:
        check_definition(change.session, definition, measure_id=measure.id)
    check_text(measure.section, FIELD_NAMES["section"])
    stored = replace(measure, version=1)
    change.session.add(
        MeasureRow(id=stored.id, owner_network=stored.owner_network, variable_name=stored.variable_name)
    )
    change.session.flush()
    for definition in stored.definitions:
        write_definition(change, stored.id, definition)
    write_in_network(change, stored)
    change.note(None, stored, What(SubjectKind.MEASURE, stored.id, network_id=stored.network_id))
    return stored


def write_measure_in_network(change: Change, measure: NetworkMeasure) -> NetworkMeasure:
    """Write the section and life of another network's measure in this network, and the log entry."""
    write_in_network(change, measure)
    change.note(None, measure, What(SubjectKind.MEASURE, measure.id, network_id=measure.network_id))
    return measure


def write_in_network(change: Change, measure: NetworkMeasure) -> None:
    """Write a measure's section in a network, and every step of its life."""
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
        write_event(change, measure, position, event)


def write_event(change: Change, measure: NetworkMeasure, position: int, event: LifeEvent) -> None:
    """Write one step of a measure's life."""
    change.session.add(
        LifeEventRow(
            network_id=measure.network_id, measure_id=measure.id, position=position, **values_of(event)
        )
    )
    change.session.flush()


def write_definition(change: Change, measure_id: str, definition: MeasureDefinition) -> None:
    """Write one wording of one version."""
    change.session.add(DefinitionRow(measure_id=measure_id, saved_at=change.at, **values_of(definition)))
    change.session.flush()


def read_measure(session: Session, measure: NetworkMeasure) -> NetworkMeasure:
    """Read the measure as it is stored now. Raises `UnknownMeasureError`."""
    measures = read_measures(session, network_id=measure.network_id, measure_ids=[measure.id])
    if not measures:
        raise UnknownMeasureError(measure=measure.id, suggestion="")
    return measures[0]


def hold_measure(change: Change, network_id: str, measure_id: str) -> None:
    """Lock a measure against other changes of its comments, votes and statements. Raises `UnknownMeasureError`."""
    if not change.hold(MeasureInNetworkRow, {"network_id": network_id, "measure_id": measure_id}):
        known = change.session.scalars(
            select(MeasureInNetworkRow.measure_id).where(MeasureInNetworkRow.network_id == network_id)
        ).all()
        raise UnknownMeasureError(measure=measure_id, suggestion=suggest_similar(measure_id, known))


def read_votes(session: Session, network_id: str, measure_id: str) -> tuple[Vote, ...]:
    """Read each municipality's latest vote, in the order in which they were given."""
    rows = session.scalars(
        select(VoteRow)
        .where(VoteRow.network_id == network_id, VoteRow.measure_id == measure_id)
        .order_by(VoteRow.at, VoteRow.municipality_code)
    )
    return tuple(Vote(row.municipality_code, row.is_for, row.at, row.person_id) for row in rows)


def _read_definitions(
    session: Session, measure_ids: Collection[str], as_of: datetime | None
) -> dict[str, tuple[MeasureDefinition, ...]]:
    """Return the latest wording of each version by measure, as of a moment; for a later measure its first wording."""
    rows = session.scalars(
        select(DefinitionRow).where(DefinitionRow.measure_id.in_(measure_ids)).order_by(DefinitionRow.number)
    ).all()
    wordings: dict[str, dict[int, MeasureDefinition]] = {}
    for row in rows:
        known = wordings.setdefault(row.measure_id, {})
        if as_of is None or row.saved_at <= as_of or not known:
            known[row.version] = MeasureDefinition(
                **{field.name: getattr(row, field.name) for field in fields(MeasureDefinition)}
            )
    return {
        measure_id: tuple(known[version] for version in sorted(known))
        for measure_id, known in wordings.items()
    }


def _known_life(life: list[LifeEvent], as_of: datetime | None) -> tuple[LifeEvent, ...]:
    """Return the steps as of a moment; for a measure not yet in use, those up to its first day in use."""
    known = [event for event in life if as_of is None or event.at <= as_of]
    if any(event.state is MeasureState.IN_USE for event in known):
        return tuple(known)
    first_use = [place for place, event in enumerate(life) if event.state is MeasureState.IN_USE]
    if as_of is None or not first_use:
        return tuple(life)
    return tuple(life[: first_use[0] + 1])


def check_definition(session: Session, definition: MeasureDefinition, measure_id: str) -> None:
    """Raise `FieldError`, `NameTakenError` or an error of texts or names for a definition that is not allowed."""
    check_texts(values_of(definition), FIELD_NAMES, needed=("name", "expression"))
    check_number(definition.first_year, YEARS.start, YEARS.stop - 1, "first_year")
    check_number(definition.decimals, 0, MOST_DECIMALS, "decimals")
    check_number(definition.smallest_basis, 0, LARGEST_BASIS, "smallest_basis")
    if definition.source is MeasureSource.OWN:
        check_variable_name(definition.expression)
    name = variable_name(measure_id, definition)
    holder = session.scalar(select(MeasureRow.id).where(func.lower(MeasureRow.variable_name) == name.lower()))
    if holder not in {None, measure_id}:
        raise NameTakenError(name=name)


def check_number(number: int, lowest: int, highest: int, field: str) -> None:
    """Raise `FieldError` for a number that is out of range. field: its key in `FIELD_NAMES`."""
    if not lowest <= number <= highest:
        raise FieldError(
            FieldError.OUT_OF_RANGE,
            field=Message(FIELD_NAMES[field]),
            number=number,
            lowest=lowest,
            highest=highest,
        )


def require_reading(workspace: Workspace, actor: Person, network_id: str) -> None:
    """Raise `NotAllowedError` unless the actor may read the network's unpublished work. Raises `UnknownNetworkError`."""
    stored = load_network(workspace, network_id)
    what = What(SubjectKind.NETWORK, stored.id, network_id=stored.id)
    workspace.require_right(actor, Action.READ_NETWORK, subject_of(stored), what)
