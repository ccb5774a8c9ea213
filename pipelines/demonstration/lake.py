"""Writes the made-up values into a lake of their own, as two releases.

The lake is made under a temporary name and renamed when it is complete, so that nobody ever reads half of it.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.reference import curated_measures, measure_sets, places
from data.settings import SQLITE, FiguresLocation, made_folder
from data.store.lake import Lake
from data.store.writing import FiguresWriter, write_release
from domain.errors.storage import AnotherRunError, StoreTooNewError, StoreUnreachableError
from domain.place import PlaceKind
from pipelines.demonstration import catalogue
from pipelines.demonstration.population import generate_population
from pipelines.demonstration.profiles import profiles
from pipelines.demonstration.releases import earlier_state, later_state
from pipelines.demonstration.values import generate_measure_values

SEED: Final = 290
EARLIER: Final = "demonstration-1"
LATER: Final = "demonstration-2"
# Changed with the values, and never otherwise: making them again loses the history of what was uploaded beside them.
VALUES_VERSION: Final = "f0ff321c"
LONGEST_WAIT_SECONDS: Final = 120.0
PAUSE_SECONDS: Final = 0.25
STALE_AFTER_SECONDS: Final = (
    86_400  # an app that opened the lake before it was remade still reads the old files
)

STAGED: Final = pa.schema(
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


@dataclass(frozen=True, slots=True)
class ValuesSummary:
    """The extent of the made-up values. `is_new`: whether they were made now."""

    measure_count: int
    municipality_count: int
    value_count: int
    first_year: int
    last_year: int
    is_new: bool


def generate_values(seed: int = SEED) -> pd.DataFrame:
    """Return every made-up value as the later release knows it. Reads tracked files only."""
    municipalities = tuple(place for place in places().values() if place.kind is PlaceKind.MUNICIPALITY)
    wider = tuple(place for place in places().values() if place.kind is not PlaceKind.MUNICIPALITY)
    population = generate_population(municipalities, seed)
    return generate_measure_values(population, wider, profiles(), curated_measures(), seed)


def ensure_values(lake: Lake) -> bool:
    """Make the values if they are missing or of another version; true if they were made now.

    If two processes start at once, one makes them and the other waits. What a killed process had begun is made again.
    """
    if is_complete(lake):
        return False
    return run_alone(lake, lambda: not is_complete(lake) and _make(lake, generate_values()))


def make_values(lake: Lake, *, again: bool = True) -> ValuesSummary:
    """Make both releases; with `again` even if they are there. Raises `AnotherRunError` after two minutes of waiting."""
    values = generate_values()
    is_new = run_alone(lake, lambda: (again or not is_complete(lake)) and _make(lake, values))
    return ValuesSummary(
        measure_count=values["kpi_id"].nunique(),
        municipality_count=sum(place.kind is PlaceKind.MUNICIPALITY for place in places().values()),
        value_count=int(values["value"].notna().sum()),
        first_year=int(values["year"].min()),
        last_year=int(values["year"].max()),
        is_new=is_new,
    )


def is_complete(lake: Lake) -> bool:
    """Whether the lake holds both releases, with this version of the values."""
    try:
        figures = lake.figures()
    except (StoreTooNewError, StoreUnreachableError):
        return False
    if figures is None:
        return False
    runs = [release.run_id for release in figures.releases() if release.upload_id is None]
    return runs == [_run_id(EARLIER), _run_id(LATER)]


def run_alone(lake: Lake, work: Callable[[], bool]) -> bool:
    """Do `work` while no other process makes the demonstration, after waiting for one that does.

    Raises `AnotherRunError` after two minutes.
    """
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while True:
        try:
            with lake.writing_lock(_run_id(LATER)):
                return work()
        except AnotherRunError:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)


def _make(lake: Lake, values: pd.DataFrame) -> bool:
    catalogue_file, values_folder = lake.location.catalogue_file, lake.location.values_folder
    if catalogue_file is None or values_folder is None:
        raise ValueError(lake.location)  # the demonstration lies in the home
    temporary = catalogue_file.with_name("catalogue-in-the-making.sqlite")
    _remove(temporary)
    stale = [file for file in values_folder.rglob("*.parquet") if _age_seconds(file) > STALE_AFTER_SECONDS]
    location = FiguresLocation(f"{SQLITE}{temporary}", lake.location.values)
    with tempfile.TemporaryDirectory(
        dir=made_folder(lake.lock_file.parent), prefix="demonstration-"
    ) as folder:
        for run, state in ((EARLIER, earlier_state(values)), (LATER, later_state(values))):
            _release(location, Path(folder) / f"{run}.parquet", run, state)
    _remove(catalogue_file)  # with its journal, which must not be read into the new one
    temporary.replace(catalogue_file)
    for file in stale:
        file.unlink(missing_ok=True)
    return True


def _release(location: FiguresLocation, file: Path, run: str, state: pd.DataFrame) -> None:
    pq.write_table(pa.Table.from_pandas(state, schema=STAGED, preserve_index=False), file)
    is_earlier = run == EARLIER

    def write(writer: FiguresWriter) -> None:
        writer.replace_municipalities(catalogue.municipalities(places()))
        writer.replace_groups(*catalogue.groups(places()))
        writer.replace_kpis(
            catalogue.kpis(profiles(), curated_measures(), measure_sets(), is_earlier=is_earlier)
        )
        if not is_earlier:
            writer.replace_level_breaks(catalogue.level_breaks(_run_id(run)))
        writer.merge_indicator_values([file])

    description = (
        "Påhittade demonstrationsvärden, första utgåvan" if is_earlier else "Påhittade demonstrationsvärden"
    )
    write_release(location, write, run_id=_run_id(run), description=description, is_made_up=True)


def _remove(catalogue_file: Path) -> None:
    for file in catalogue_file.parent.glob(f"{catalogue_file.name}*"):
        file.unlink()


def _age_seconds(file: Path) -> float:
    return time.time() - file.stat().st_mtime


def _run_id(run: str) -> str:
    """Return the run's id, which holds the version of the values, so that other values replace these."""
    return f"{run}-{VALUES_VERSION}"
