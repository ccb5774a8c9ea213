"""The workspace database: SQLite by default, PostgreSQL where several machines share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.places import Settings, made_folder
from data.store.connection import is_full_disk
from domain.errors import DiskFullError, StoreTooNewError, UserError, WorkspaceUnreachableError

NEWEST_MIGRATION: Final = "0004"
MIGRATIONS_FOLDER: Final = Path(__file__).parent / "migrations"
MIGRATION_LOCK_NUMBER: Final = 7_364_021  # any number, the same in every process that shares a PostgreSQL


def engine(settings: Settings) -> Engine:
    """The engine of the workspace, its tables up to date. One per address and process.

    Raises `HomeNotWritableError`, `WorkspaceUnreachableError`, `StoreTooNewError`, `DiskFullError`.
    """
    return _migrated_engine(settings.workspace_url, settings.home)


@contextmanager
def workspace(settings: Settings) -> Iterator[Session]:
    """A session in one transaction, committed at the end. Raises what `engine` raises."""
    try:
        with Session(engine(settings), expire_on_commit=False) as session, session.begin():
            yield session
    except OperationalError as error:
        raise _plainly_told(error, settings.workspace_url, settings.home) from error


def migrate(settings: Settings) -> None:
    """Bring the tables up to date; nothing happens if they are. Safe when several processes start at once."""
    engine(settings)


@cache
def _migrated_engine(url: str, home: Path) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        made_folder(Path(parsed.database).parent)
    made = create_engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(made, "connect", _make_sqlite_share)
    try:
        with made.connect() as connection:
            kept = _kept_migration(connection)
        if kept == NEWEST_MIGRATION:
            return made
        if kept is not None and kept > NEWEST_MIGRATION:
            raise StoreTooNewError(place=parsed.render_as_string(), kept=kept, known=NEWEST_MIGRATION)
        with FileLock(made_folder(home) / "workspace-migration.lock"), made.begin() as connection:
            _upgrade(connection)
    except OperationalError as error:
        raise _plainly_told(error, url, home) from error
    return made


def _plainly_told(error: OperationalError, url: str, home: Path) -> UserError:
    if is_full_disk(error):
        return DiskFullError(folder=home)
    place = make_url(url).render_as_string(hide_password=True)
    return WorkspaceUnreachableError(place=place, reason=str(error.orig).splitlines()[0])


def _kept_migration(connection: Connection) -> str | None:
    """Asked in plain SQL, since importing the migrations takes longer than the question."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK_NUMBER})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make_sqlite_share(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Readers beside a writer, and a writer that waits for another."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA foreign_keys = ON")
