"""Pictures and files to download, each stored once however often it is used.

The checksum is the name: whoever has it may fetch the bytes, as does whoever reads the story.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from data.workspace.changing import Change, What
from data.workspace.picture_bytes import shown_picture
from data.workspace.story_rows import subject_of_standing
from data.workspace.tables import AttachmentRow, PictureRow
from data.workspace.workspace import Workspace
from domain.audit import SubjectKind
from domain.errors.stories import PictureError
from domain.rights import Action, Person
from domain.story import Standing

LARGEST_ATTACHMENT_MB: Final = 10
ATTACHMENT_KINDS: Final = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "txt", "csv")
_MEGA: Final = 1_000_000
_BEGINS: Final = {"pdf": b"%PDF-", "rtf": b"{\\rtf", "txt": b"", "csv": b""}  # the others are zip archives
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture's bytes, what they are, and their size in pixels. `checksum` is what `domain.story.Picture` names."""

    checksum: str
    media_type: str
    width: int
    height: int
    content: bytes


def picture(workspace: Workspace, checksum: str) -> KeptPicture:
    """Raises `PictureError`."""
    by_checksum = pictures(workspace, [checksum])
    if not by_checksum:
        raise PictureError(PictureError.UNKNOWN, checksum=checksum[:64])
    return by_checksum[checksum]


def pictures(workspace: Workspace, checksums: Collection[str]) -> Mapping[str, KeptPicture]:
    """Return the stored ones of these pictures, by checksum."""
    question = select(
        PictureRow.checksum, PictureRow.media_type, PictureRow.width, PictureRow.height, PictureRow.content
    ).where(PictureRow.checksum.in_(list(checksums)))
    with workspace.reading() as session:
        return {row.checksum: KeptPicture(*row) for row in session.execute(question)}


def attachment(workspace: Workspace, checksum: str) -> bytes:
    """Return a file to download, as it was uploaded. Raises `PictureError`."""
    with workspace.reading() as session:
        content = session.scalar(select(AttachmentRow.content).where(AttachmentRow.checksum == checksum))
    if content is None:
        raise PictureError(PictureError.UNKNOWN, checksum=checksum[:64])
    return content


def keep_picture(
    workspace: Workspace, actor: Person, standing: Standing, content: bytes, file_name: str
) -> KeptPicture:
    """Store a picture for a story, scaled down and with its pixels only.

    Raises `NotAllowedError` and what `shown_picture` raises.
    """
    what = What(SubjectKind.PICTURE, standing.id)
    with workspace.reading() as session:
        subject = subject_of_standing(session, standing)
    with workspace.changing(actor, Action.WRITE_STORY, subject, what) as change:
        return write_picture(change, content, file_name)


def keep_attachment(
    workspace: Workspace, actor: Person, standing: Standing, content: bytes, file_name: str
) -> str:
    """Store a file to download for a story, unchanged, and return its checksum.

    Raises `NotAllowedError`, `PictureError`.
    """
    what = What(SubjectKind.ATTACHMENT, standing.id)
    with workspace.reading() as session:
        subject = subject_of_standing(session, standing)
    with workspace.changing(actor, Action.WRITE_STORY, subject, what) as change:
        return write_attachment(change, content, file_name)


# Within a transaction


def write_picture(change: Change, content: bytes, file_name: str) -> KeptPicture:
    """Raises what `shown_picture` raises."""
    cleaned, media_type, width, height = shown_picture(content, file_name)
    checksum = hashlib.sha256(cleaned).hexdigest()
    row = {"media_type": media_type, "width": width, "height": height, "content": cleaned}
    if _keep(change, PictureRow, checksum, row):
        # Not its name: people name files after other people.
        change.note(None, {"media_type": media_type}, What(SubjectKind.PICTURE, checksum))
    return KeptPicture(checksum, media_type, width, height, cleaned)


def write_attachment(change: Change, content: bytes, file_name: str) -> str:
    """Raises `PictureError`."""
    kind = PurePath(file_name).suffix.lower().removeprefix(".")
    is_usable = kind in ATTACHMENT_KINDS and content.startswith(_BEGINS.get(kind, _ZIP))
    if not is_usable or len(content) > LARGEST_ATTACHMENT_MB * _MEGA:
        raise PictureError(
            PictureError.ATTACHMENT,
            file=file_name,
            kinds=", ".join(ATTACHMENT_KINDS),
            largest=LARGEST_ATTACHMENT_MB,
        )
    checksum = hashlib.sha256(content).hexdigest()
    if _keep(change, AttachmentRow, checksum, {"content": content}):
        change.note(None, {"media_type": kind}, What(SubjectKind.ATTACHMENT, checksum))
    return checksum


def _keep(
    change: Change, table: type[PictureRow | AttachmentRow], checksum: str, row: Mapping[str, Any]
) -> bool:
    """Store bytes unless they are stored already, and return whether they are new."""
    is_postgres = change.session.get_bind().dialect.name == "postgresql"
    insert = postgres_insert if is_postgres else sqlite_insert
    references = change.session.execute(
        insert(table)
        .values(checksum=checksum, kept_at=change.at, **row)
        .on_conflict_do_nothing(index_elements=["checksum"])
        .returning(table.checksum)
    ).all()
    return bool(references)
