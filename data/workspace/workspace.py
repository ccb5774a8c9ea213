"""The workspace: a relational database, opened once, with sessions for reading and one way to change it.

SQLite by default, PostgreSQL where several machines share it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data.settings import Settings, made_folder
from data.store.connection import is_full_disk
from data.workspace.actors import acting
from data.workspace.changing import Change, What, audit_row
from data.workspace.migrating import NEWEST_MIGRATION, copy_before_migrating, run_migrations, stored_migration
from domain.audit import Outcome
from domain.errors.people import NotAllowedError
from domain.errors.storage import DiskFullError, StoreTooNewError, WorkspaceUnreachableError
from domain.errors.user_error import UserError
from domain.rights import Action, Person, Subject, require

SQLITE_BEGIN: Final = "sqlite_begin"  # the execution option that says how a transaction begins


def open_workspace(settings: Settings) -> "Workspace":
    """Open the workspace and bring its tables up to date. Safe when several processes open it at once.

    Raises `HomeNotWritableError`, `WorkspaceUnreachableError`, `StoreTooNewError`, `DiskFullError`.
    """
    url = make_url(settings.workspace_url)
    if url.get_backend_name() == "sqlite" and url.database:
        made_folder(Path(url.database).parent)
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _make_sqlite_share)
        event.listen(engine, "begin", _begin_sqlite_transaction)
    workspace = Workspace(engine, settings.home)
    workspace.migrate()
    return workspace


class Workspace:
    """One database with its connections, safe to share between threads."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self._home = home
        self._reading_sessions = sessionmaker(engine, expire_on_commit=False)
        self._writing_sessions = sessionmaker(
            engine.execution_options(**{SQLITE_BEGIN: "BEGIN IMMEDIATE"}), expire_on_commit=False
        )
        self._in_this_thread = threading.local()

    @property
    def address(self) -> str:
        """The database's address, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Close the connections. A workspace that is used again opens new ones."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read in, everything as of one moment.

        Readings within a reading share its session and its moment. Raises `WorkspaceUnreachableError`, `DiskFullError`.
        """
        outer = self._session_in_use()
        if outer is not None:
            yield outer
            return
        with self._errors_for_users(), self._reading_sessions() as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(
                    execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
                )
            else:
                session.connection()
            self._in_this_thread.session = session
            try:
                yield session
            finally:
                self._in_this_thread.session = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end, for what needs no right: runs, counts, the audit log.

        Raises `WorkspaceUnreachableError`, `DiskFullError`.
        """
        with self._errors_for_users(), self._writing_sessions.begin() as session:
            yield session

    @contextmanager
    def changing(self, actor: Person, action: Action, subject: Subject, what: What) -> Iterator[Change]:
        """One transaction for an actor who may do this. All of it is stored, with its entry in the audit log, or nothing.

        Raises `NotAllowedError` (and records it), `WorkspaceUnreachableError`, `DiskFullError`.
        """
        if self._session_in_use() is not None:
            raise RuntimeError("a change within a reading would not be seen by what is read after it")
        now = datetime.now(UTC)
        allowed = self.require_right(actor, action, subject, what)
        with self.transaction() as session:
            yield Change(session, allowed, action, what, now)

    def require_right(self, actor: Person, action: Action, subject: Subject, what: What) -> Person:
        """The actor with its stored roles, if it may do this. Else the refusal is recorded and `NotAllowedError` raised."""
        with self.reading() as session:
            allowed = acting(session, actor)
        try:
            require(allowed, action, subject)
        except NotAllowedError:
            now = datetime.now(UTC)
            with self.transaction() as session:
                session.add(
                    audit_row(allowed, action, what, now, Outcome.REFUSED, before=None, after=what.requested)
                )
            raise
        return allowed

    def migrate(self) -> None:
        """Bring the tables up to date; nothing happens if they are."""
        with self._errors_for_users():
            if self._stored_migration() == NEWEST_MIGRATION:
                return
            with FileLock(made_folder(self._home) / "workspace-migration.lock"):
                stored = self._stored_migration()  # another process may just have migrated it
                if stored == NEWEST_MIGRATION:
                    return
                if self.engine.dialect.name == "sqlite" and stored is not None:
                    copy_before_migrating(Path(self.engine.url.database or ""), stored)
                with self.engine.begin() as connection:
                    run_migrations(connection)

    def _stored_migration(self) -> str | None:
        """Return the newest migration that has been run, or `None`. Raises `StoreTooNewError`."""
        with self.engine.connect() as connection:
            stored = stored_migration(connection)
        if stored is not None and stored > NEWEST_MIGRATION:
            raise StoreTooNewError(place=self.address, kept=stored, known=NEWEST_MIGRATION)
        return stored

    def _session_in_use(self) -> Session | None:
        """The session of the reading that this thread is in."""
        return getattr(self._in_this_thread, "session", None)

    @contextmanager
    def _errors_for_users(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, sqlite3.OperationalError) as error:
            raise self._error_for_users(error) from error

    def _error_for_users(self, error: OperationalError | sqlite3.OperationalError) -> UserError:
        if is_full_disk(error):
            return DiskFullError(folder=self._home)
        return WorkspaceUnreachableError(
            place=self.address, reason=str(getattr(error, "orig", error)).splitlines()[0]
        )


def _make_sqlite_share(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Let readers and a writer work at the same time, and writers wait for each other."""
    connection.isolation_level = None  # else the driver commits before each change to a table
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite_transaction(connection: Connection) -> None:
    """Begin a transaction when SQLAlchemy does; a writer takes the lock at once, so that what it reads stays true."""
    connection.exec_driver_sql(connection.get_execution_options().get(SQLITE_BEGIN, "BEGIN"))
