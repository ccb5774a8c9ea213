"""How often each measure is looked at."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import WorkspaceTable


class UseCountRow(WorkspaceTable):
    """How many times a measure was shown on one day; by whom is not kept."""

    __tablename__ = "use_count"

    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
