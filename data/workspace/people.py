"""People and their roles. Until there is real sign-in, one demonstration person per role replaces them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.reference import places
from data.workspace.actors import held_role, read_person
from data.workspace.changing import Change, What
from data.workspace.tables import HeldRoleRow, NetworkRow, PersonRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.choices import UnknownPlaceError
from domain.errors.networks import NameTakenError, UnknownNetworkError
from domain.errors.people import RoleError, UnknownPersonError
from domain.kept_text import LONGEST_NAME, check_text
from domain.message import Message, to_translate
from domain.naming import check_id, slug
from domain.rights import ANYTHING, ROLE_NAMES, Action, HeldRole, Person, Role
from domain.suggestion import suggest_similar

ADMINISTRATOR_ID: Final = "administrator"
COORDINATOR_ID: Final = "coordinator"
DEMONSTRATION_PEOPLE: Final = (
    Person(ADMINISTRATOR_ID, to_translate("Nationell administratör"), (HeldRole(Role.ADMINISTRATOR),)),
    Person(COORDINATOR_ID, to_translate("Nätverksledare"), (HeldRole(Role.COORDINATOR),)),
    Person(
        "controller-haninge", to_translate("Controller, Haninge"), (HeldRole(Role.CONTROLLER, None, "0136"),)
    ),
    Person(
        "leadership-botkyrka",
        to_translate("Kommunledning, Botkyrka"),
        (HeldRole(Role.LEADERSHIP, None, "0127"),),
    ),
    Person(
        "member-huddinge", to_translate("Nätverksmedlem, Huddinge"), (HeldRole(Role.MEMBER, None, "0126"),)
    ),
    Person("visitor", to_translate("Besökare"), (HeldRole(Role.VISITOR),)),
)  # the coordinator gets the first network as soon as there is one


def ensure_people(workspace: Workspace) -> tuple[Person, ...]:
    """Return the demonstration people, created if missing; a coordinator without a network gets the first."""
    with workspace.reading() as session:
        stored = {person.id: read_person(session, person.id) for person in DEMONSTRATION_PEOPLE}
        first_network = session.scalar(select(NetworkRow.id).order_by(NetworkRow.created_at).limit(1))
    local = DEMONSTRATION_PEOPLE[0]
    for person in DEMONSTRATION_PEOPLE:
        with_role = stored[person.id] or person
        if person.id == COORDINATOR_ID and first_network and with_role.roles == person.roles:
            with_role = replace(with_role, roles=(HeldRole(Role.COORDINATOR, first_network),))
        if with_role != stored[person.id]:
            what = What(SubjectKind.PERSON, person.id)
            try:
                with workspace.changing(local, Action.MANAGE_PEOPLE, ANYTHING, what) as change:
                    write_person(change, with_role)
            except IntegrityError:
                continue  # another process made it in the same moment
    return demonstration_people(workspace)


def demonstration_people(workspace: Workspace) -> tuple[Person, ...]:
    """Return the stored demonstration people, in the order of their roles."""
    with workspace.reading() as session:
        people = (read_person(session, person.id) for person in DEMONSTRATION_PEOPLE)
        return tuple(person for person in people if person is not None)


def person(workspace: Workspace, person_id: str) -> Person:
    """Raises `UnknownPersonError`."""
    with workspace.reading() as session:
        stored = read_person(session, person_id)
        if stored is None:
            known = session.scalars(select(PersonRow.id).order_by(PersonRow.id)).all()
            raise UnknownPersonError(person=person_id, suggestion=suggest_similar(person_id, known))
    return stored


def people(workspace: Workspace, actor: Person) -> tuple[Person, ...]:
    """Return everybody, by name. Raises `NotAllowedError`."""
    workspace.require_right(actor, Action.MANAGE_PEOPLE, ANYTHING, What(SubjectKind.PERSON, ""))
    with workspace.reading() as session:
        roles: dict[str, list[HeldRole]] = {}
        for row in session.scalars(select(HeldRoleRow).order_by(HeldRoleRow.person_id, HeldRoleRow.position)):
            roles.setdefault(row.person_id, []).append(held_role(row))
        return tuple(
            Person(row.id, row.name, tuple(roles.get(row.id, ())), row.version)
            for row in session.scalars(select(PersonRow).order_by(PersonRow.name, PersonRow.id))
        )


def person_names(workspace: Workspace) -> Mapping[str, str]:
    """Return everybody's name by id: names of functions, for comments and steps."""
    with workspace.reading() as session:
        return dict(session.execute(select(PersonRow.id, PersonRow.name)).all())


def save_person(workspace: Workspace, actor: Person, person: Person) -> Person:
    """Save a new person (version 0; an empty id is made from the name) or a changed one.

    Raises `NotAllowedError`, `ChangedMeanwhileError`, `NameTakenError`, `RoleError` and the errors of texts, networks and places.
    """
    check_text(person.name, FIELD_NAMES["name"], longest=LONGEST_NAME, is_needed=True)
    chosen = person if person.id else replace(person, id=slug(person.name))
    what = What(SubjectKind.PERSON, chosen.id, requested=chosen)
    try:
        with workspace.changing(actor, Action.MANAGE_PEOPLE, ANYTHING, what) as change:
            return write_person(change, chosen)
    except IntegrityError:
        raise NameTakenError(name=chosen.id) from None


def write_person(change: Change, person: Person) -> Person:
    """Write a person and the log entry within a change."""
    session = change.session
    check_id(person.id)
    for held in person.roles:
        _check_role(session, held)
    before = read_person(session, person.id)
    stored = replace(person, version=person.version + 1)
    what = What(SubjectKind.PERSON, person.id)
    if person.version == 0:
        session.add(PersonRow(id=person.id, name=person.name, version=1))
        session.flush()
    else:
        Change(session, change.actor, change.action, what, change.at).claim(
            PersonRow, {"id": person.id}, person.version
        )
        session.get_one(PersonRow, person.id).name = person.name
        session.execute(delete(HeldRoleRow).where(HeldRoleRow.person_id == person.id))
    for position, held in enumerate(person.roles):
        session.add(
            HeldRoleRow(
                person_id=person.id,
                position=position,
                role=held.role,
                network_id=held.network_id,
                municipality_code=held.municipality_code,
            )
        )
    session.flush()
    was_administrator = before and any(held.role is Role.ADMINISTRATOR for held in before.roles)
    if was_administrator and not session.scalar(
        select(exists().where(HeldRoleRow.role == Role.ADMINISTRATOR))
    ):
        raise RoleError(RoleError.LAST_ADMINISTRATOR, person=person.name)
    change.note(before, stored, what)
    return stored


def _check_role(session: Session, held: HeldRole) -> None:
    if held.network_id is not None and session.get(NetworkRow, held.network_id) is None:
        raise UnknownNetworkError(network=held.network_id, suggestion="")
    if held.municipality_code is not None and held.municipality_code not in places():
        raise UnknownPlaceError(place=held.municipality_code, suggestion="")
    if held.role in {Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER} and held.municipality_code is None:
        raise RoleError(RoleError.WITHOUT_SUBJECT, role=Message(ROLE_NAMES[held.role]))
