"""Writing into a lake of figures: one transaction a release, seen by readers all at once or not at all."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import pandas as pd
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from data.places import FiguresLocation
from data.store.connection import MEMORY_LIMIT, connect, plainly_told
from data.store.questions import question
from data.store.schema import ensure_tables

Result = TypeVar("Result")

AUTHOR: Final = "jamfor"
SIGNS_OF_ANOTHER_WRITER: Final = ("database is locked", "Transaction conflict", "could not serialize access")
MOST_ATTEMPTS: Final = 12
ROWS_A_BATCH: Final = 3_000_000  # joined with as many kept rows this stays well under the memory limit


@dataclass(frozen=True, slots=True)
class Scope:
    """What was fetched in full: KPIs × years × places. No places named means all of them."""

    kpi_ids: Sequence[str]
    years: Sequence[int]
    municipality_ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """What a merge did, in rows. Withdrawn rows are gone from the newest release and stay in the earlier ones."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "MergeCounts") -> "MergeCounts":
        return MergeCounts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.withdrawn + other.withdrawn,
        )

    @property
    def written(self) -> int:
        return self.new + self.changed + self.withdrawn


def write_release(
    location: FiguresLocation,
    work: "Callable[[FiguresWriter], Result]",
    *,
    run_id: str,
    description: str,
    is_made_up: bool = False,
) -> Result:
    """Do `work` in one transaction and commit it as a release that names `run_id`.

    If another writer comes between, all of the work is done again, so it must not have effects of its own. Any
    error rolls everything back. Raises `ContractError`, `DiskFullError`, `StoreUnreachableError`,
    `HomeNotWritableError`, `StoreTooNewError`.
    """
    with plainly_told(location):
        for attempt in Retrying(
            retry=retry_if_exception(_is_another_writer),
            wait=wait_random_exponential(multiplier=0.1, max=5),
            stop=stop_after_attempt(MOST_ATTEMPTS),
            reraise=True,
        ):
            with attempt, connect(location, read_only=False) as connection:
                ensure_tables(connection, location)
                return _in_one_transaction(connection, work, run_id, description, is_made_up)
    raise AssertionError("unreachable")  # Retrying either returns or raises


def _in_one_transaction(
    connection: duckdb.DuckDBPyConnection,
    work: "Callable[[FiguresWriter], Result]",
    run_id: str,
    description: str,
    is_made_up: bool,
) -> Result:
    connection.begin()
    try:
        writer = FiguresWriter(connection)
        result = work(writer)
        said = {
            "run_id": run_id,
            "is_made_up": is_made_up,
            "wrote_values": writer.counts.written > 0,
            "counts": asdict(writer.counts),
        }
        connection.execute(
            question("say_what_is_committed"),
            {"author": AUTHOR, "message": description, "extra_info": json.dumps(said)},
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return result


class FiguresWriter:
    """The tables of a lake within one transaction. Each table is held to its contract before it is written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.counts = MergeCounts()

    def merge_indicator_values(
        self, staged_parquet: Sequence[Path], *, full_scope: Scope | None = None
    ) -> MergeCounts:
        """Merge staged Parquet files (`StagedValue`) into what is kept. Raises `ContractError`.

        Rows that are the same are not rewritten. With `full_scope`, kept rows within it that did not come are
        withdrawn, except for KPIs of which nothing at all came.
        """
        if not staged_parquet:
            return MergeCounts()
        # Imported here, since these libraries take two seconds and those who only read never need them.
        from data.contracts.validation import validate_staged_values

        validate_staged_values(staged_parquet, memory_limit=MEMORY_LIMIT)
        files = [str(file) for file in staged_parquet]
        counts = self._merge(files, full_scope) if self._holds_values() else self._insert_first(files)
        self.counts += counts
        return counts

    def replace_kpis(self, kpis: pd.DataFrame) -> bool:
        """Put the catalogue in place of the kept one; true if it differed. Raises `ContractError`."""
        return self._replace("kpi", kpis)

    def replace_municipalities(self, municipalities: pd.DataFrame) -> bool:
        """Put the places in place of the kept ones; true if they differed. Raises `ContractError`."""
        return self._replace("municipality", municipalities)

    def replace_groups(self, groups: pd.DataFrame, members: pd.DataFrame) -> bool:
        """Put groups and their members in place of the kept ones; true if they differed. Raises `ContractError`."""
        return any([self._replace("municipality_group", groups), self._replace("group_member", members)])

    def replace_level_breaks(self, level_breaks: pd.DataFrame) -> bool:
        """Put the breaks in place of the kept ones; true if they differed. Raises `ContractError`."""
        return self._replace("level_break", level_breaks)

    def add_level_breaks(self, level_breaks: pd.DataFrame) -> bool:
        """Add breaks to the kept ones; one that is known from the same run is not added again."""
        kept = self._connection.table("lake.level_break").df()
        both = (
            pd.concat([kept, level_breaks.astype(kept.dtypes.to_dict())], ignore_index=True)
            if len(kept)
            else level_breaks
        )
        return self.replace_level_breaks(
            both.drop_duplicates(["kpi_id", "first_year", "kind", "found_by_run"])
        )

    def coverage(self) -> pd.DataFrame:
        """What has been asked for so far, one row a KPI (`Coverage`)."""
        return self._connection.table("lake.coverage").df()

    def record_coverage(self, coverage: pd.DataFrame) -> bool:
        """Note what has been asked for; a KPI noted before gets the new note. Raises `ContractError`."""
        kept = self.coverage()
        others = kept[~kept["kpi_id"].isin(coverage["kpi_id"])]
        return self._replace(
            "coverage", pd.concat([others, coverage], ignore_index=True) if len(others) else coverage
        )

    def _holds_values(self) -> bool:
        return bool(self._one_row("holds_values")[0])

    def _insert_first(self, files: list[str]) -> MergeCounts:
        inserted = self._connection.execute(question("insert_first_values"), {"files": files}).fetchone()
        return MergeCounts(new=int(inserted[0]) if inserted else 0)

    def _merge(self, files: list[str], scope: Scope | None) -> MergeCounts:
        came = self._connection.execute(question("staged_kpis"), {"files": files}).fetchall()
        counts = MergeCounts()
        for first_kpi, last_kpi, kept_count in _batches(came):
            self._connection.execute(
                question("find_difference"),
                {
                    "files": files,
                    "first_kpi": first_kpi,
                    "last_kpi": last_kpi,
                    "scope_kpi_ids": list(scope.kpi_ids) if scope else [],
                    "scope_years": list(scope.years) if scope else [],
                    "scope_municipality_ids": list(scope.municipality_ids) if scope else [],
                },
            )
            new, changed, withdrawn = self._one_row("count_difference")
            if withdrawn:
                self._connection.execute(question("delete_withdrawn"))
            if new or changed:
                self._connection.execute(question("merge_difference"))
            counts += MergeCounts(new, changed, kept_count - new - changed, withdrawn)
        return counts

    def _replace(self, name: str, table: pd.DataFrame) -> bool:
        from data.contracts.validation import validate_table

        valid = validate_table(name, table)
        kept = self._connection.table(f"lake.{name}")
        self._connection.register("incoming", valid)
        try:
            incoming = self._connection.table("incoming").project(*kept.columns)
            if not (incoming.except_(kept).limit(1).fetchall() or kept.except_(incoming).limit(1).fetchall()):
                return False
            self._connection.execute(question(f"replace_{name}"))
        finally:
            self._connection.unregister("incoming")
        return True

    def _one_row(self, name: str) -> tuple[Any, ...]:
        row = self._connection.execute(question(name)).fetchone()
        if row is None:
            raise AssertionError(name)
        return tuple(row)


def _batches(came: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, str, int]]:
    """Neighbouring KPIs of up to `ROWS_A_BATCH` rows together: first and last KPI, and how many rows to keep."""
    batch: list[tuple[str, int, int]] = []
    for one in came:
        if batch and sum(rows for _, rows, _ in batch) + one[1] > ROWS_A_BATCH:
            yield batch[0][0], batch[-1][0], sum(kept for _, _, kept in batch)
            batch = []
        batch.append(one)
    if batch:
        yield batch[0][0], batch[-1][0], sum(kept for _, _, kept in batch)


def _is_another_writer(error: BaseException) -> bool:
    return isinstance(error, duckdb.Error) and any(sign in str(error) for sign in SIGNS_OF_ANOTHER_WRITER)
