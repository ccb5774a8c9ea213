"""People and the roles that they hold."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Word, WorkspaceTable
from domain.rights import Role


class PersonRow(WorkspaceTable):
    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    version: Mapped[int]


class HeldRoleRow(WorkspaceTable):
    """One role of a person, and the network or municipality that it is held for."""

    __tablename__ = "held_role"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    network_id: Mapped[str | None] = mapped_column(ForeignKey("network.id"))
    municipality_code: Mapped[str | None] = mapped_column(String(4))
