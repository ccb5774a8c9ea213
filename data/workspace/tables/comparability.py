"""What each member has said about how its values may be compared."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.comparability import Comparability


class StatementRow(WorkspaceTable):
    """One saved version of one member's statement on one measure. Rows are only added."""

    __tablename__ = "comparability_statement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["network_id", "measure_id"], ["measure_in_network.network_id", "measure_in_network.measure_id"]
        ),
    )

    network_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(String(4), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    flag: Mapped[Comparability] = mapped_column(Word(Comparability))
    included: Mapped[str] = mapped_column(Text)
    overhead: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    counting_method: Mapped[str] = mapped_column(Text)
