"""The networks' measures: what they mean, their life in each network, the discussion and the targets."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.measure import Direction, MeasureKind
from domain.network_measure import MeasureSource, MeasureState, ReportingInterval

RisingNumber = BigInteger().with_variant(Integer, "sqlite")


class MeasureRow(WorkspaceTable):
    """One measure and the network that may redefine it. `variable_name` is what a formula calls it by."""

    __tablename__ = "measure"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_network: Mapped[str] = mapped_column(ForeignKey("network.id"))
    variable_name: Mapped[str] = mapped_column(String(80), unique=True)


class DefinitionRow(WorkspaceTable):
    """One saved wording of one version of a definition; the newest wording of a version holds. Rows are only added."""

    __tablename__ = "measure_definition"

    number: Mapped[int] = mapped_column(RisingNumber, primary_key=True)
    measure_id: Mapped[str] = mapped_column(ForeignKey("measure.id"), index=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int]
    first_year: Mapped[int]
    source: Mapped[MeasureSource] = mapped_column(Word(MeasureSource))
    expression: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    resident_sentence: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    decimals: Mapped[int]
    direction: Mapped[Direction] = mapped_column(Word(Direction))
    kind: Mapped[MeasureKind] = mapped_column(Word(MeasureKind))
    included: Mapped[str] = mapped_column(Text)
    not_included: Mapped[str] = mapped_column(Text)
    service_and_overheads: Mapped[str] = mapped_column(Text)
    numerator: Mapped[str] = mapped_column(Text)
    denominator: Mapped[str] = mapped_column(Text)
    data_source: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(Text)
    interval: Mapped[ReportingInterval] = mapped_column(Word(ReportingInterval))
    smallest_basis: Mapped[int]
    not_to_be_used_for: Mapped[str] = mapped_column(Text)
    changed_because: Mapped[str] = mapped_column(Text)


class MeasureInNetworkRow(WorkspaceTable):
    """A measure's place in one network; `version` rises with each change of it there."""

    __tablename__ = "measure_in_network"

    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"), primary_key=True)
    measure_id: Mapped[str] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    section: Mapped[str] = mapped_column(Text)
    version: Mapped[int]


def _in_network() -> ForeignKeyConstraint:
    """The two columns that name a measure in a network."""
    return ForeignKeyConstraint(
        ["network_id", "measure_id"], ["measure_in_network.network_id", "measure_in_network.measure_id"]
    )


class LifeEventRow(WorkspaceTable):
    """One step of a measure's life in a network. Rows are only added."""

    __tablename__ = "measure_life_event"
    __table_args__ = (_in_network(),)

    network_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[MeasureState] = mapped_column(Word(MeasureState))
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str] = mapped_column(String(80))
    decided_on: Mapped[date | None]
    minutes_reference: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class CommentRow(WorkspaceTable):
    __tablename__ = "measure_comment"
    __table_args__ = (_in_network(),)

    number: Mapped[int] = mapped_column(RisingNumber, primary_key=True)
    network_id: Mapped[str] = mapped_column(String(80), index=True)
    measure_id: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[str] = mapped_column(String(80))
    municipality_code: Mapped[str | None] = mapped_column(String(4))
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)


class VoteRow(WorkspaceTable):
    """A municipality's latest word on the wording that is discussed."""

    __tablename__ = "measure_vote"
    __table_args__ = (_in_network(),)

    network_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(String(4), primary_key=True)
    is_for: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str] = mapped_column(String(80))


class TargetRow(WorkspaceTable):
    """One saved version of a target; neither bound means that it was taken away. `holder` is a code or the network."""

    __tablename__ = "measure_target"
    __table_args__ = (
        _in_network(),
        UniqueConstraint("network_id", "measure_id", "holder", "year", "version"),
    )

    number: Mapped[int] = mapped_column(RisingNumber, primary_key=True)
    network_id: Mapped[str] = mapped_column(String(80))
    measure_id: Mapped[str] = mapped_column(String(80))
    holder: Mapped[str] = mapped_column(String(8))
    year: Mapped[int]
    version: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(Moment)
    low: Mapped[float | None]
    high: Mapped[float | None]
