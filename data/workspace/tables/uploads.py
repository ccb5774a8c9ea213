"""Uploads: the files that controllers hand over, what was read in them, and what became of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.workspace.tables.base import Moment, Word, WorkspaceTable
from domain.upload import UploadState


class UploadRow(WorkspaceTable):
    """One upload. Its explanations and content lie in tables of their own, which not everybody may read."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"), index=True)
    municipality_code: Mapped[str] = mapped_column(String(4), index=True)
    period: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64), index=True)
    person_id: Mapped[str] = mapped_column(String(80))
    person_name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[UploadState] = mapped_column(Word(UploadState), index=True)
    is_made_up: Mapped[bool]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    publish_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_by: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str] = mapped_column(Text)
    undone_because: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int]
    version: Mapped[int]


class UploadFileRow(WorkspaceTable):
    """The bytes of a file, once however often it was handed over. `checksum` is their SHA-256 in hexadecimal."""

    __tablename__ = "upload_file"

    checksum: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class UploadContentRow(WorkspaceTable):
    """What was read in an upload's file, and the cells that its publication makes. Tables are Parquet (zstd)."""

    __tablename__ = "upload_content"

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    values: Mapped[bytes] = mapped_column("raw_values", LargeBinary)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    findings: Mapped[list[Any]] = mapped_column(JSON)
    notes: Mapped[list[Any]] = mapped_column(JSON)
    evaluations: Mapped[bytes | None] = mapped_column(LargeBinary)
    result: Mapped[bytes | None] = mapped_column(LargeBinary)


class UploadExplanationRow(WorkspaceTable):
    """What a person says of one finding."""

    __tablename__ = "upload_explanation"

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class UploadCounterRow(WorkspaceTable):
    """The one row that gives publications their order; whoever takes a number makes others wait."""

    __tablename__ = "upload_counter"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    last: Mapped[int]


class RememberedLayoutRow(WorkspaceTable):
    """How a person has corrected the reading of files of one layout."""

    __tablename__ = "remembered_layout"

    municipality_code: Mapped[str] = mapped_column(String(4), primary_key=True)
    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"), primary_key=True)
    layout_key: Mapped[str] = mapped_column(String(128), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    person_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
