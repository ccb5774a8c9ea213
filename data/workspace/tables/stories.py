"""The success bank: cases, methods and programmes in all their versions, their pictures and files, who tries what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.case import ReuseState
from domain.story import StoryKind, StoryState


class StoryRow(WorkspaceTable):
    """One case, method or programme. `version` is its newest; `published_version` the one that readers see, if any."""

    __tablename__ = "story"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[StoryKind] = mapped_column(Word(StoryKind), index=True)
    state: Mapped[StoryState] = mapped_column(Word(StoryState), index=True)
    published_version: Mapped[int | None]
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    owner_municipality: Mapped[str | None] = mapped_column(String(4), index=True)
    owner_network: Mapped[str | None] = mapped_column(ForeignKey("network.id"), index=True)
    written_by: Mapped[str] = mapped_column(Text)
    is_made_up: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int]


class StoryVersionRow(WorkspaceTable):
    """One saved version, whole. `body` is the story without its standing. Rows are only added."""

    __tablename__ = "story_version"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[StoryState] = mapped_column(Word(StoryState))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str] = mapped_column(String(80))
    person_name: Mapped[str] = mapped_column(Text)
    is_written: Mapped[bool]  # the body differs from the version before
    reviewed_by: Mapped[str] = mapped_column(Text)
    revisit_on: Mapped[date | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class PictureRow(WorkspaceTable):
    """A picture as it is shown, once however often it is used. `checksum` is the SHA-256 of the bytes in hexadecimal."""

    __tablename__ = "picture"

    checksum: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(32))
    width: Mapped[int]
    height: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class AttachmentRow(WorkspaceTable):
    """A file to download, as it was handed over. `checksum` is the SHA-256 of the bytes in hexadecimal."""

    __tablename__ = "attachment"

    checksum: Mapped[str] = mapped_column(String(64), primary_key=True)
    kept_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ReuseRow(WorkspaceTable):
    """Another municipality that tries a case."""

    __tablename__ = "reuse"

    case_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(String(4), primary_key=True)
    state: Mapped[ReuseState] = mapped_column(Word(ReuseState))
    started_on: Mapped[date | None]
    how_it_went: Mapped[str] = mapped_column(Text)
    own_case_id: Mapped[str] = mapped_column(String(80))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int]


class ReadingRow(WorkspaceTable):
    """How often those who looked at a measure went on to a case, by day. Nobody's name is kept."""

    __tablename__ = "reading"

    measure_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
