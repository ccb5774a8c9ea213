"""Brings the workspace's tables up to date: every missing migration in one transaction, after a copy of what there was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, MetaData, Table, create_engine, func, inspect, select, text
from sqlalchemy.schema import DropTable

NEWEST_MIGRATION: Final = "0004"
MIGRATIONS_FOLDER: Final = Path(__file__).parent / "migrations"
MIGRATION_LOCK_NUMBER: Final = 7_364_021  # any number, the same in every process that shares a PostgreSQL
VERSION_TABLE: Final = "alembic_version"


def stored_migration(connection: Connection) -> str | None:
    """Return the newest migration that has been run, or `None`. In plain SQL, since importing alembic takes longer."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def run_migrations(connection: Connection, newest: str = NEWEST_MIGRATION) -> None:
    """Run the missing migrations within the transaction that the connection is in.

    Both SQLite and PostgreSQL roll back changes to tables, so a process that is killed on the way leaves what there was.
    """
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK_NUMBER})
    else:
        _drop_unfinished_tables(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, newest)


def copy_before_migrating(database: Path, stored: str | None) -> Path:
    """Copy an SQLite database to a file beside it that is named for its migration, and return that file.

    The copy is whole or absent, since it gets its name last. It replaces an older copy of the same migration. Raises
    `sqlite3.OperationalError` where there is no room for it.
    """
    copy = database.with_name(f"{database.name}.before-migrating-from-{stored}")
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
    return copy


def _drop_unfinished_tables(connection: Connection) -> None:
    """Drop the tables and columns of later migrations, left by a killed program that ran migrations without a transaction.

    No program opens a workspace in that state, so nobody has written to them; `RuntimeError` if somebody has all the same.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    stored = _columns_by_table(connection)
    if not stored:
        return
    with _database_after(stored_migration(connection)) as earlier:
        expected = _columns_by_table(earlier)
    with _database_after(NEWEST_MIGRATION) as newest:
        for name in reversed(stored):  # a table is made after those that it refers to
            if name == VERSION_TABLE:
                continue
            if name not in expected:
                table = Table(name, MetaData())
                if _row_count(connection, table) > _row_count(newest, table):
                    raise RuntimeError(f"{name} belongs to a later migration and holds rows")
                connection.execute(DropTable(table))
                continue
            for column in stored[name] - expected[name]:
                Operations(MigrationContext.configure(connection)).drop_column(name, column)


@contextmanager
def _database_after(migration: str | None) -> Iterator[Connection]:
    """A new database in memory, migrated that far."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        if migration is not None:
            run_migrations(connection, migration)
        yield connection
    engine.dispose()


def _columns_by_table(connection: Connection) -> dict[str, set[str]]:
    """Return the column names of each table, in the order in which the tables were created."""
    rows = connection.exec_driver_sql(
        "SELECT made.name, info.name FROM sqlite_master made, pragma_table_info(made.name) info "
        "WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite_%' ORDER BY made.rowid"
    )
    columns: dict[str, set[str]] = {}
    for table, column in rows:
        columns.setdefault(table, set()).add(column)
    return columns


def _row_count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
