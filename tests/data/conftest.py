"""A separate home for each test, and a short way to stage values."""

import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.workspace.networks import create_network
from data.workspace.people import demonstration_people, ensure_people
from domain.network import Membership, Network
from domain.place import PlaceKind
from tests.homes import Home, home_at

STAGED = pa.schema(
    [
        ("kpi_id", pa.string()),
        ("municipality_id", pa.string()),
        ("year", pa.int32()),
        ("gender", pa.string()),
        ("value", pa.float64()),
        ("reason", pa.string()),
        ("is_deleted", pa.bool_()),
    ]
)
TODAY = date(2026, 11, 21)
SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")


def sodertorn(name="Södertörn", codes=SODERTORN, **described):
    """A network to be created, all members from the first day of 2026."""
    stays = tuple(Membership(code, date(2026, 1, 1)) for code in codes)
    return Network("", name, PlaceKind.MUNICIPALITY, stays, **described)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_at(tmp_path / "home")


@pytest.fixture(scope="session")
def write_staged() -> Callable[[Path, Iterable[tuple[Any, ...]]], Path]:
    """Writes rows (kpi, place, year, gender, number or reason or "deleted") to a staged Parquet file."""

    def write(file: Path, rows: Iterable[tuple[Any, ...]]) -> Path:
        staged = [
            (
                *key,
                None if isinstance(content, str) else content,
                content if isinstance(content, str) and content != "deleted" else None,
                content == "deleted",
            )
            for *key, content in rows
        ]
        named = [dict(zip(STAGED.names, row, strict=True)) for row in staged]
        pq.write_table(pa.Table.from_pylist(named, schema=STAGED), file)
        return file

    return write


@pytest.fixture
def stage(tmp_path, write_staged):
    """Stages rows in a separate file."""
    count = 0

    def write(rows):
        nonlocal count
        count += 1
        return write_staged(tmp_path / f"staged-{count}.parquet", rows)

    return write


@pytest.fixture(scope="session")
def first_workspace(tmp_path_factory):
    """A workspace with the demonstration people and one network, to be copied: building it again takes longer."""
    chosen = home_at(tmp_path_factory.mktemp("workspace"))
    administrator = ensure_people(chosen.workspace)[0]
    create_network(chosen.workspace, administrator, sodertorn(), TODAY)
    ensure_people(chosen.workspace)
    chosen.workspace.close()
    return chosen


@pytest.fixture
def workspace(first_workspace, tmp_path):
    """A separate workspace, and the people in it by role."""
    shutil.copytree(first_workspace.home, tmp_path / "workspace")
    chosen = home_at(tmp_path / "workspace")
    yield chosen.workspace
    chosen.workspace.close()


@pytest.fixture
def cast(workspace):
    """The demonstration people by their role."""
    return {person.roles[0].role: person for person in demonstration_people(workspace)}
