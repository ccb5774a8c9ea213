"""Networks. Every saved version is kept whole, so that what was known on a past day can be read again."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.place import PlaceKind


class NetworkRow(WorkspaceTable):
    """One network; `version` names the row of `network_version` that holds now, `name_key` keeps names apart."""

    __tablename__ = "network"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name_key: Mapped[str] = mapped_column(String(255), unique=True)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)


class NetworkVersionRow(WorkspaceTable):
    """A network as it was described by one save. Rows are added, never changed."""

    __tablename__ = "network_version"

    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[PlaceKind] = mapped_column(Word(PlaceKind))
    aim: Mapped[str] = mapped_column(Text)
    area_of_work: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    forming_until: Mapped[date | None]
    next_meeting: Mapped[date | None]
    kolada_group: Mapped[str | None] = mapped_column(String(32))
    wants_sign_off: Mapped[bool]
    is_made_up: Mapped[bool]


class MembershipRow(WorkspaceTable):
    """One stay of one member, as one version of its network knew it."""

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(
            ["network_id", "version"], ["network_version.network_id", "network_version.version"]
        ),
    )

    network_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
