"""Keeps the files of a lake few, and takes away what a killed writer left behind. History is never expired."""

from datetime import UTC, datetime, timedelta
from typing import Final

from data.places import FiguresLocation
from data.store.connection import connect, plainly_told
from data.store.questions import question

OLDEST_WRITE: Final = timedelta(
    days=1
)  # no transaction lasts that long, so older strange files have no owner


def tidy(location: FiguresLocation, *, orphans_before: datetime | None = None) -> int:
    """Merge small neighbouring files and delete files that no commit knows. Returns how many were deleted.

    Every release stays readable. Files younger than `orphans_before` (by default a day ago) are left, since
    they may belong to a writer that has not committed yet. Raises `StoreUnreachableError`, `DiskFullError`.
    """
    before = orphans_before or datetime.now(UTC) - OLDEST_WRITE
    with plainly_told(location), connect(location, read_only=False) as connection:
        connection.execute(question("merge_small_files"))
        return len(connection.execute(question("delete_orphans"), {"before": before}).fetchall())
