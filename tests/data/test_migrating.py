"""A migration is whole or has not happened, whenever the process is killed."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

from data.settings import read_settings
from data.workspace import migrating
from data.workspace.migrating import run_migrations
from data.workspace.workspace import open_workspace
from domain.errors.storage import DiskFullError

MIGRATIONS = (None, "0001", "0002", "0003")
CONTENT = {
    "0001": "INSERT INTO pipeline_run VALUES ('run-1', 'kolada', '{}', 'host', '2026-01-01', NULL, 'done', '{}', '')",
    "0002": "INSERT INTO network VALUES ('sodertorn', 'södertörn', 1, '2026-01-01')",
    "0003": "INSERT INTO upload_file VALUES ('abc', 3, x'616263')",
}
# Processes that share no open database, forked from one that has imported everything and opened nothing.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["alembic.command", "data.settings", "data.workspace.workspace", "pytest"])


def make_database(folder: Path, migration: str | None) -> Path:
    """A workspace as a program of that migration left it, with a row from each migration up to it."""
    folder.mkdir()
    database = folder / "workspace.sqlite"
    if migration is None:
        return database
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        run_migrations(connection, migration)
        for statement in content_up_to(migration):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return database


def content_up_to(migration: str | None) -> list[str]:
    return [statement for number, statement in CONTENT.items() if migration and number <= migration]


def schema_and_rows(database: Path) -> list[str]:
    """The statements that would make the database again."""
    with closing(sqlite3.connect(database)) as connection:
        return sorted(connection.iterdump())


def kill_after_each_statement(folder: Path, original: Path) -> None:
    """Migrate copies of a database in forked processes, each killed one statement later; stops when one is not killed."""
    for number in range(1, 1_000):
        copy = folder / str(number)
        shutil.copytree(original, copy)
        process = os.fork()
        if process == 0:
            _migrate_and_die(copy, number)
        _, status = os.waitpid(process, 0)
        if not os.WIFSIGNALED(status):
            os._exit(os.waitstatus_to_exitcode(status))


def _migrate_and_die(home: Path, last_statement: int) -> None:
    executed = 0

    def count_and_die(connection: Connection, *_: object) -> None:
        nonlocal executed
        executed += connection.engine.url.database is not None  # not those in memory
        if executed == last_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count_and_die)
    try:
        open_workspace(read_settings(home, {}))
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.mark.parametrize("migration", MIGRATIONS)
def test_a_migration_killed_after_any_statement_is_run_at_the_next_start(tmp_path, migration):
    original = make_database(tmp_path / "original", migration).parent
    whole = open_workspace(read_settings(Path(shutil.copytree(original, tmp_path / "whole")), {}))
    whole.close()
    process = PROCESSES.Process(target=kill_after_each_statement, args=(tmp_path, original))
    process.start()
    process.join()
    assert process.exitcode == 0

    migrated = schema_and_rows(tmp_path / "whole" / "workspace.sqlite")
    homes = [home for home in tmp_path.iterdir() if home.name.isdecimal()]
    assert len(homes) > 15
    for home in homes:
        open_workspace(read_settings(home, {})).close()
        assert schema_and_rows(home / "workspace.sqlite") == migrated


@pytest.mark.parametrize("migration", MIGRATIONS[1:])
def test_a_copy_of_what_there_was_is_kept_beside_the_migrated_workspace(tmp_path, migration):
    database = make_database(tmp_path / "home", migration)
    before = schema_and_rows(database)

    open_workspace(read_settings(database.parent, {})).close()

    assert schema_and_rows(database) != before
    assert (
        schema_and_rows(database.with_name(f"workspace.sqlite.before-migrating-from-{migration}")) == before
    )


@pytest.mark.parametrize(
    ("migration", "unfinished"),
    [
        (None, ["CREATE TABLE pipeline_run (run_id TEXT)"]),
        ("0001", ["CREATE TABLE network (id TEXT)", "CREATE TABLE network_version (network_id TEXT)"]),
        ("0002", ["ALTER TABLE network_version ADD COLUMN wants_sign_off BOOLEAN DEFAULT 0 NOT NULL"]),
        (
            "0002",
            [
                "CREATE TABLE upload_counter (name TEXT, last INTEGER)",
                "INSERT INTO upload_counter VALUES ('publication', 0)",
            ],
        ),
    ],
)
def test_remains_of_a_killed_migration_without_a_transaction_are_removed(tmp_path, migration, unfinished):
    database = make_database(tmp_path / "home", migration)
    whole = open_workspace(read_settings(Path(shutil.copytree(database.parent, tmp_path / "whole")), {}))
    whole.close()
    with closing(sqlite3.connect(database)) as connection:
        for statement in unfinished:
            connection.execute(statement)
        connection.commit()

    open_workspace(read_settings(database.parent, {})).close()

    assert schema_and_rows(database) == schema_and_rows(tmp_path / "whole" / "workspace.sqlite")


def test_a_table_of_a_later_migration_that_holds_rows_is_never_dropped(tmp_path):
    database = make_database(tmp_path / "home", "0001")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE network (id TEXT)")
        connection.execute("INSERT INTO network VALUES ('written by somebody')")
        connection.commit()
    before = schema_and_rows(database)

    with pytest.raises(RuntimeError, match="network"):
        open_workspace(read_settings(database.parent, {}))

    assert schema_and_rows(database) == before


def test_no_room_for_the_copy_leaves_the_workspace_as_it_was(tmp_path, monkeypatch):
    database = make_database(tmp_path / "home", "0003")
    before = schema_and_rows(database)

    def no_room(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrating.sqlite3, "connect", no_room)
    with pytest.raises(DiskFullError):
        open_workspace(read_settings(database.parent, {}))
    monkeypatch.undo()

    assert schema_and_rows(database) == before
    open_workspace(read_settings(database.parent, {})).close()
