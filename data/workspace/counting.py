"""Counts readers' actions by day in one statement that never delays a reader."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from data.workspace.tables import ReadingRow, UseCountRow
from data.workspace.workspace import Workspace
from domain.errors.user_error import UserError

LONGEST_WAIT_MS: Final = 200  # a count is not worth more of a reader's time


def count_one(workspace: Workspace, table: type[UseCountRow | ReadingRow], key: Mapping[str, Any]) -> None:
    """Add one to the count for the key. Never fails and never delays a page for long, so a count may be lost."""
    try:
        made = workspace.engine
        insert = postgresql.insert if made.dialect.name == "postgresql" else sqlite.insert
        counted = insert(table).values(**key, count=1)
        counted = counted.on_conflict_do_update(index_elements=list(key), set_={"count": table.count + 1})
        with made.connect() as connection:
            if made.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = {LONGEST_WAIT_MS}"))
                connection.execute(counted)
                connection.commit()
                return
            (usual,) = connection.execute(text("PRAGMA busy_timeout")).one()
            connection.execute(text(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}"))
            try:
                connection.execute(counted)
                connection.commit()
            finally:
                connection.rollback()
                connection.execute(text(f"PRAGMA busy_timeout = {usual:d}"))
    except (SQLAlchemyError, UserError):
        logging.getLogger(__name__).warning("A look at %s was not counted.", key, exc_info=True)
