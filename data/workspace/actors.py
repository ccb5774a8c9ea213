"""The acting person. For a stored person the stored roles count, since the ones passed in may be out of date."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.workspace.tables import HeldRoleRow, PersonRow
from domain.rights import HeldRole, Person


def read_person(session: Session, person_id: str) -> Person | None:
    """Return the stored person, or `None`."""
    row = session.get(PersonRow, person_id)
    if row is None:
        return None
    roles = session.scalars(
        select(HeldRoleRow).where(HeldRoleRow.person_id == person_id).order_by(HeldRoleRow.position)
    )
    return Person(row.id, row.name, tuple(held_role(role) for role in roles), row.version)


def held_role(row: HeldRoleRow) -> HeldRole:
    return HeldRole(row.role, row.network_id, row.municipality_code)


def acting(session: Session, actor: Person) -> Person:
    """Return the actor with its current roles."""
    return read_person(session, actor.id) or actor
