"""A home of its own for each test, and a short way to stage values."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.places import Settings, settings

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


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return settings(tmp_path / "home", environment={})


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
    """Stages rows in a file of their own."""
    count = 0

    def write(rows):
        nonlocal count
        count += 1
        return write_staged(tmp_path / f"staged-{count}.parquet", rows)

    return write
