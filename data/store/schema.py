"""Creates the tables of a lake at the first write, and upgrades them when a newer program writes."""

from contextlib import suppress
from typing import Final

import duckdb

from data.settings import FiguresLocation
from data.store.questions import question
from domain.errors.storage import StoreTooNewError

STORE_VERSION: Final = 2


def ensure_tables(connection: duckdb.DuckDBPyConnection, location: FiguresLocation) -> None:
    """Create the tables that are missing, in one transaction. Raises `StoreTooNewError`."""
    version = stored_version(connection)
    if version == STORE_VERSION:
        return
    if version is not None and version > STORE_VERSION:
        raise StoreTooNewError(place=location.shown, kept=version, known=STORE_VERSION)
    connection.begin()
    try:
        connection.execute(question("create_tables"))
        connection.commit()
    except BaseException:
        with suppress(duckdb.TransactionException):  # a commit that failed has rolled back by itself
            connection.rollback()
        raise


def stored_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Return the version of the tables in the attached lake, or `None` if there are none."""
    try:
        row = connection.execute(question("store_version")).fetchone()
    except duckdb.CatalogException:
        return None
    return int(row[0]) if row and row[0] is not None else None
