"""The log of every change and every refusal. Triggers in the database refuse to change or remove what stands in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.audit import Outcome, SubjectKind
from domain.rights import Action


class AuditRow(WorkspaceTable):
    """Who did or wanted to do what, when, and how it looked before and after."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    person_id: Mapped[str] = mapped_column(String(80), index=True)
    person_name: Mapped[str] = mapped_column(Text)
    action: Mapped[Action] = mapped_column(Word(Action))
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    subject_kind: Mapped[SubjectKind] = mapped_column(Word(SubjectKind))
    subject_id: Mapped[str] = mapped_column(String(255), index=True)
    network_id: Mapped[str | None] = mapped_column(String(80), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
