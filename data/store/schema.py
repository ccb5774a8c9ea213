"""The tables of a lake: made at the first write, versioned for later changes."""

from contextlib import suppress
from typing import Final

import duckdb

from data.settings import FiguresLocation
from data.store.questions import question
from domain.errors import StoreTooNewError

STORE_VERSION: Final = 2


def ensure_tables(connection: duckdb.DuckDBPyConnection, location: FiguresLocation) -> None:
    """Make the tables that are not there. Raises `StoreTooNewError`.

    An older lake is taken from version to version by `sql/upgrade_to_<n>.sql`, each in its own transaction.
    """
    kept = kept_version(connection)
    if kept is None:
        _in_one_transaction(connection, "create_tables")
    elif kept > STORE_VERSION:
        raise StoreTooNewError(place=location.shown, kept=kept, known=STORE_VERSION)
    else:
        for version in range(kept + 1, STORE_VERSION + 1):
            _in_one_transaction(connection, f"upgrade_to_{version}")


def _in_one_transaction(connection: duckdb.DuckDBPyConnection, statements: str) -> None:
    connection.begin()
    try:
        connection.execute(question(statements))
        connection.commit()
    except BaseException:
        with suppress(duckdb.TransactionException):  # a commit that failed has rolled back by itself
            connection.rollback()
        raise


def kept_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The version of the tables in the attached lake, or `None` if they are not made."""
    try:
        row = connection.execute(question("store_version")).fetchone()
    except duckdb.CatalogException:
        return None
    return int(row[0]) if row and row[0] is not None else None
