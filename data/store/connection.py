"""Connections to a lake of figures: extensions, attaching, the secret of an S3-compatible store."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import duckdb

from data.settings import POSTGRES, FiguresLocation, made_folder
from domain.errors.storage import DiskFullError, StoreUnreachableError
from domain.errors.user_error import UserError

_DuckDBSetting = str | bool | int | float | list[str]  # as `duckdb.connect` types its `config`

LAKE: Final = "lake"
MEMORY_LIMIT: Final = "1800MB"  # with Python's own part this keeps a load of 30 million values under 3 GiB
ONLY_OUR_EXTENSIONS: Final[dict[str, _DuckDBSetting]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
BUSY_TIMEOUT_MILLISECONDS: Final = 10_000
SIGNS_OF_ANOTHER_WRITER: Final = ("database is locked", "Transaction conflict", "could not serialize access")
SIGN_OF_NO_LAKE: Final = "creating a new DuckLake is explicitly disabled"
SIGNS_OF_A_FULL_DISK: Final = ("No space left on device", "disk is full", "Disk full")


class NoLakeError(Exception):
    """A reader's lake does not exist yet."""


def connect(location: FiguresLocation, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Return a connection with the lake attached as `lake`.

    Readers attach read-only: they then never wait for a writer and see each commit as soon as it is made.
    Raises `StoreUnreachableError`, `HomeNotWritableError`, `DiskFullError`, and for a reader `NoLakeError`.
    """
    if not read_only:
        for folder in (location.catalogue_file and location.catalogue_file.parent, location.values_folder):
            if folder:
                made_folder(folder)
    extensions = [_verified_extension(name) for name in _extension_names(location)]
    connection = duckdb.connect(
        config=ONLY_OUR_EXTENSIONS | {"memory_limit": MEMORY_LIMIT, "allow_unsigned_extensions": True}
    )
    try:
        for file in extensions:
            _load_extension(connection, file)
        if not location.values_folder:
            connection.execute(_secret_statement(location))
        connection.execute(f"SET temp_directory = {_quoted(str(_spill_folder(location)))}")
        _attach(connection, location, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def errors_for_users(location: FiguresLocation) -> Iterator[None]:
    """Turn failures that a user can mend (a full disk, an unreachable store) into user errors."""
    try:
        yield
    except UserError:
        raise
    except (duckdb.Error, OSError) as error:
        if is_full_disk(error):
            raise DiskFullError(folder=location.values) from error
        if isinstance(error, duckdb.IOException | duckdb.HTTPException | duckdb.ConnectionException):
            raise StoreUnreachableError(place=location.shown, reason=_first_sentence(error)) from error
        raise


def is_another_writer(error: BaseException) -> bool:
    """Return whether another writer caused the error, so that the work can be retried."""
    return isinstance(error, duckdb.Error) and any(sign in str(error) for sign in SIGNS_OF_ANOTHER_WRITER)


def is_full_disk(error: BaseException) -> bool:
    """Return whether an error from Python or DuckDB means that the disk is full."""
    return getattr(error, "errno", None) == errno.ENOSPC or any(
        sign in str(error) for sign in SIGNS_OF_A_FULL_DISK
    )


@cache
def extension_file(name: str) -> Path:
    """Return the signed extension file in its package, of the same version as DuckDB."""
    package = f"duckdb_extension_{name}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    folder = Path(next(iter(spec.submodule_search_locations)))
    return folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


@cache
def _verified_extension(name: str) -> Path:
    """Return the extension file after verifying its signature once per process.

    DuckDB hashes the whole file at every load, 0.13 s of CPU time each, which is most of the cost of opening a lake. After
    this first load with verification, connections load the same file without it.
    """
    file = extension_file(name)
    with duckdb.connect(config=ONLY_OUR_EXTENSIONS) as verifying:
        _load_extension(verifying, file)
    return file


def _extension_names(location: FiguresLocation) -> list[str]:
    names = ["ducklake", "sqlite_scanner" if location.catalogue_file else "postgres_scanner"]
    return names if location.values_folder else [*names, "httpfs"]


def _load_extension(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    connection.execute(f"LOAD {_quoted(str(file))}")


def _attach(connection: duckdb.DuckDBPyConnection, location: FiguresLocation, *, read_only: bool) -> None:
    with errors_for_users(location):
        try:
            connection.execute(_attach_statement(location, read_only=read_only))
        except duckdb.Error as error:
            if SIGN_OF_NO_LAKE in str(error):
                raise NoLakeError(location.shown) from error
            if is_another_writer(error) or is_full_disk(error):
                raise
            raise StoreUnreachableError(place=location.shown, reason=_first_sentence(error)) from error


def _attach_statement(location: FiguresLocation, *, read_only: bool) -> str:
    """Return the ATTACH statement. It takes no bound parameters, so this is the one place that writes paths into SQL.

    `OVERRIDE_DATA_PATH` lets a whole folder be moved; without inlining every value lies in Parquet.
    """
    options = [
        f"DATA_PATH {_quoted(location.values + '/')}",
        "OVERRIDE_DATA_PATH true",
        "DATA_INLINING_ROW_LIMIT 0",
    ]
    if location.catalogue_file:
        options += ["META_JOURNAL_MODE 'WAL'", f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_MILLISECONDS}"]
    if read_only:
        options += ["READ_ONLY", "CREATE_IF_NOT_EXISTS false"]
    return f"ATTACH {_quoted('ducklake:' + location.catalogue)} AS {LAKE} ({', '.join(options)})"


def _secret_statement(location: FiguresLocation) -> str:
    """Return the statement that gives access to the S3-compatible store, from the usual `AWS_*` variables."""
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or "")
    parts = {
        "KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID"),
        "SECRET": os.environ.get("AWS_SECRET_ACCESS_KEY"),
        "SESSION_TOKEN": os.environ.get("AWS_SESSION_TOKEN"),
        "REGION": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        "ENDPOINT": endpoint.netloc,
        "URL_STYLE": "path" if endpoint.netloc else None,
        "USE_SSL": "false" if endpoint.scheme == "http" else None,
        "SCOPE": location.values,
    }
    given = ", ".join(f"{name} {_quoted(value)}" for name, value in parts.items() if value)
    return f"CREATE SECRET values_store (TYPE s3, {given})"


def _spill_folder(location: FiguresLocation) -> Path:
    """Return the folder for what does not fit in memory: beside the catalogue, or the system's temporary folder."""
    beside = location.catalogue_file
    return beside.parent / "spill" if beside else Path(tempfile.gettempdir()) / "jamfor-spill"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_sentence(error: BaseException) -> str:
    """Return the first line of a database error, without the address, which may hold a password."""
    line = re.sub(r"//[^@\s]*@", "//", str(error).splitlines()[0].split(POSTGRES)[0]).strip()
    return line if line.endswith(".") else f"{line}."
