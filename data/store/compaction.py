"""Merges the small files of a lake and deletes what a killed writer left. History is never expired."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

import duckdb

from data.settings import FiguresLocation
from data.store.connection import connect, errors_for_users
from data.store.questions import question

OLDEST_USE: Final = timedelta(
    days=1
)  # nobody writes or reads that long, so older strange files have no owner
MANY_FILES: Final = 50  # below that, reading gains nothing from fewer

log = logging.getLogger(__name__)


def tidy(location: FiguresLocation, *, orphans_before: datetime | None = None) -> int:
    """Merge small neighbouring files and delete files that no commit knows. Returns how many were deleted.

    Every release stays readable. Files younger than `orphans_before` (by default a day ago) are left, since
    they may belong to a writer that has not committed yet; who holds the writing lock of a lake that no other
    machine shares may say now. Raises `StoreUnreachableError`, `DiskFullError`.
    """
    with errors_for_users(location), connect(location, read_only=False) as connection:
        return _tidy(connection, orphans_before or datetime.now(UTC) - OLDEST_USE)


def tidy_if_many_files(connection: duckdb.DuckDBPyConnection) -> None:
    """Tidy after a commit where there are many files. A failure is logged, since the commit is already made."""
    try:
        row = connection.execute(question("largest_file_count")).fetchone()
        if row and row[0] > MANY_FILES:
            _tidy(connection, datetime.now(UTC) - OLDEST_USE)
    except duckdb.Error:
        log.warning("The files of the store could not be tidied", exc_info=True)


def _tidy(connection: duckdb.DuckDBPyConnection, orphans_before: datetime) -> int:
    connection.execute(question("merge_small_files"))
    connection.execute(question("delete_merged_files"), {"before": datetime.now(UTC) - OLDEST_USE})
    return len(connection.execute(question("delete_orphaned_files"), {"before": orphans_before}).fetchall())
