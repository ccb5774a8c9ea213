"""What all tables of the workspace are made of."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

OneWord = TypeVar("OneWord", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC that keeps its time zone in SQLite too, which has none of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC) if value else None


class Word(TypeDecorator[OneWord], Generic[OneWord]):
    """One of the words of an enumeration, kept as the word itself so that SQL and people can read it."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[OneWord]) -> None:
        self.words = words
        super().__init__()

    def process_bind_param(self, value: OneWord | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> OneWord | None:
        return None if value is None else self.words(value)


class WorkspaceTable(DeclarativeBase):
    """Base of all workspace tables; what the migrations lead to."""
