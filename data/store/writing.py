"""Writes a lake of figures: one transaction per release, which readers see whole or not at all."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import duckdb
import pandas as pd
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from data.settings import FiguresLocation
from data.store.compaction import tidy_if_many_files
from data.store.connection import connect, errors_for_users, is_another_writer
from data.store.guarded import GuardedReported
from data.store.lake import NOTHING_MORE
from data.store.questions import question
from data.store.schema import ensure_tables

Result = TypeVar("Result")

AUTHOR: Final = "jamfor"
MOST_ATTEMPTS: Final = 12
ROWS_A_BATCH: Final = 2_000_000  # sorted, or joined with as many kept rows, in well under the memory limit


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
    details: Mapping[str, object] = NOTHING_MORE,
) -> Result:
    """Do `work` in one transaction and commit it as a release that names `run_id`.

    `details` are further facts that the commit records, in JSON types: an upload names its `upload_id` and `person`.

    If another writer comes between, all of the work is done again, so it must not have effects of its own. Any
    error rolls everything back. Raises `ContractError`, `DiskFullError`, `StoreUnreachableError`,
    `HomeNotWritableError`, `StoreTooNewError`.
    """
    with errors_for_users(location):
        for attempt in Retrying(
            retry=retry_if_exception(is_another_writer),
            wait=wait_random_exponential(multiplier=0.1, max=5),
            stop=stop_after_attempt(MOST_ATTEMPTS),
            reraise=True,
        ):
            with attempt, connect(location, read_only=False) as connection:
                ensure_tables(connection, location)
                result = _in_one_transaction(connection, work, run_id, description, is_made_up, details)
                tidy_if_many_files(connection)
                return result
    raise AssertionError("unreachable")  # Retrying either returns or raises


def _in_one_transaction(
    connection: duckdb.DuckDBPyConnection,
    work: "Callable[[FiguresWriter], Result]",
    run_id: str,
    description: str,
    is_made_up: bool,
    said_more: Mapping[str, object],
) -> Result:
    connection.begin()
    try:
        writer = FiguresWriter(connection)
        result = work(writer)
        details = {
            **said_more,
            "run_id": run_id,
            "is_made_up": is_made_up,
            "wrote_values": writer.has_written,
            "counts": asdict(writer.counts),
            "reported_counts": asdict(writer.reported_counts),
            "evaluations_written": writer.evaluations_written,
            "undone": writer.undone_upload_ids,
        }
        connection.execute(
            question("set_commit_message"),
            {"author": AUTHOR, "message": description, "extra_info": json.dumps(details)},
        )
        connection.commit()
    except BaseException:
        with suppress(duckdb.TransactionException):  # a commit that failed has rolled back by itself
            connection.rollback()
        raise
    return result


class FiguresWriter:
    """The tables of a lake within one transaction. Each table is validated against its contract before it is written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.counts = MergeCounts()
        self.reported_counts = MergeCounts()
        self.evaluations_written = 0
        self.undone_upload_ids: list[str] = []

    @property
    def has_written(self) -> bool:
        """Whether any value differs, which makes the commit a release."""
        return bool(self.counts.written or self.reported_counts.written or self.evaluations_written)

    def merge_indicator_values(
        self, staged_parquet: Sequence[Path], *, full_scope: Scope | None = None
    ) -> MergeCounts:
        """Merge staged Parquet files (`StagedValue`) into what is kept. Raises `ContractError`.

        Rows that are the same are not rewritten. With `full_scope`, kept rows within it that did not come are
        withdrawn, except for KPIs of which nothing at all came.
        """
        files = [str(file) for file in staged_parquet]
        counts = self._merge(files, full_scope) if files else MergeCounts()
        self.counts += counts
        return counts

    def reported_values(self, municipality_id: str) -> GuardedReported:
        """Return a member's reported values within this transaction (`ReportedValue`), before a publication changes them."""
        rows = self._connection.execute(
            question("reported_values_of_municipality"), {"municipality_id": municipality_id}
        )
        return GuardedReported(rows.df())

    def merge_reported_values(self, changes: pd.DataFrame) -> MergeCounts:
        """Write or remove reported cells (`ReportedChange`, one row per cell). Raises `ContractError`.

        Cells that are the same in every column are not rewritten; taking away what is not there is nothing.
        """
        from data.contracts.validation import validate_table

        with self._registered("coming_reported", validate_table("reported_change", changes)):
            self._connection.execute(question("create_reported_difference_table"))
        new, changed, unchanged, withdrawn = self._numbers("count_reported_difference")
        if new or changed or withdrawn:
            self._connection.execute(question("acquire_write_lock"))
        if withdrawn:
            self._connection.execute(question("delete_withdrawn_reported_values"))
        if new or changed:
            self._connection.execute(question("merge_reported_values"))
        counts = MergeCounts(new=new, changed=changed, unchanged=unchanged, withdrawn=withdrawn)
        self.reported_counts += counts
        return counts

    def record_undone_upload(self, upload_id: str) -> None:
        """Record in the commit that an upload is undone, even where no row changes and there would be no commit."""
        self._connection.execute(question("acquire_write_lock"))
        self.undone_upload_ids.append(upload_id)

    def merge_evaluation_results(self, results: pd.DataFrame, upload_id: str) -> int:
        """Put an upload's results (`EvaluationResult`, with or without `upload_id`) in place of those with the same
        `result_id`, whoever's they were, and of all that it held before. Returns how many. Raises `ContractError`.
        """
        from data.contracts.validation import validate_table

        valid = validate_table("evaluation_result", results.assign(upload_id=upload_id))
        self._connection.execute(question("acquire_write_lock"))
        with self._registered("coming_evaluation", valid):
            self._connection.execute(question("delete_replaced_evaluation_results"), {"upload_id": upload_id})
            self._connection.execute(question("insert_evaluation_results"))
        self.evaluations_written += len(valid)
        return len(valid)

    def withdraw_evaluation_results(self, upload_id: str) -> int:
        """Remove the results of an upload. Returns how many."""
        count = self._numbers("count_evaluation_results", upload_id=upload_id)[0]
        if count:
            self._connection.execute(question("acquire_write_lock"))
            self._connection.execute(question("delete_evaluation_results"), {"upload_id": upload_id})
        self.evaluations_written += count
        return count

    def replace_kpis(self, kpis: pd.DataFrame) -> bool:
        """Replace the catalogue; true if it differed. Raises `ContractError`."""
        return self._replace("kpi", kpis)

    def replace_municipalities(self, municipalities: pd.DataFrame) -> bool:
        """Replace the places; true if they differed. Raises `ContractError`."""
        return self._replace("municipality", municipalities)

    def replace_groups(self, groups: pd.DataFrame, members: pd.DataFrame) -> bool:
        """Replace groups and their members; true if they differed. Raises `ContractError`."""
        return any([self._replace("municipality_group", groups), self._replace("group_member", members)])

    def replace_level_breaks(self, level_breaks: pd.DataFrame) -> bool:
        """Replace the breaks; true if they differed. Raises `ContractError`."""
        return self._replace("level_break", level_breaks)

    def add_level_breaks(self, level_breaks: pd.DataFrame) -> bool:
        """Add breaks to the stored ones, each only once per run."""
        stored = self._connection.table("lake.level_break").df()
        both = (
            pd.concat([stored, level_breaks.astype(stored.dtypes.to_dict())], ignore_index=True)
            if len(stored)
            else level_breaks
        )
        return self.replace_level_breaks(
            both.drop_duplicates(["kpi_id", "first_year", "kind", "found_by_run"])
        )

    def coverage(self) -> pd.DataFrame:
        """Return what has been fetched, one row per KPI (`Coverage`)."""
        return self._connection.table("lake.coverage").df()

    def record_coverage(self, coverage: pd.DataFrame) -> bool:
        """Record what has been fetched; a KPI's new record replaces its old one. Raises `ContractError`."""
        stored = self.coverage()
        others = stored[~stored["kpi_id"].isin(coverage["kpi_id"])]
        return self._replace(
            "coverage", pd.concat([others, coverage], ignore_index=True) if len(others) else coverage
        )

    def _merge(self, files: list[str], scope: Scope | None) -> MergeCounts:
        """Merge in batches, so that memory does not grow with the number of rows."""
        # Imported here, since these libraries take two seconds and those who only read never need them.
        from data.contracts.validation import validate_staged_values

        written, staged_count = MergeCounts(), 0
        self._connection.execute(question("create_difference_table"))
        came = self._connection.execute(question("count_staged_rows_by_kpi"), {"files": files}).fetchall()
        is_first_load = not self._numbers("has_any_value")[0]  # batches hold different KPIs
        for place, (first_kpi, last_kpi) in enumerate(_batches(came)):
            bounds = {"first_kpi": first_kpi, "last_kpi": last_kpi}
            batch = self._connection.execute(
                question("select_staged_batch"), {"files": files, "takes_nameless": place == 0, **bounds}
            ).to_arrow_table()
            # Registered and not a temporary table, whose memory would be held until the commit.
            self._connection.register("staged_value", batch)
            validate_staged_values(self._connection)
            batch_count = self._numbers("count_staged_values")[0]
            staged_count += batch_count
            if not is_first_load and self._numbers("has_values_between", **bounds)[0]:
                self._connection.execute(question("add_difference"), {**bounds, **_scope_parameters(scope)})
                written += self._write_difference(at_least=ROWS_A_BATCH)
            else:
                self._connection.execute(question("insert_first_values"))
                written += MergeCounts(new=batch_count)
            self._connection.unregister("staged_value")
        written += self._write_difference(at_least=1)
        return replace(written, unchanged=staged_count - written.new - written.changed)

    def _write_difference(self, *, at_least: int) -> MergeCounts:
        """Write the difference once it is large enough, since each write makes files."""
        new, changed, withdrawn = self._numbers("count_difference")
        if new + changed + withdrawn < at_least:
            return MergeCounts()
        if withdrawn:
            self._connection.execute(question("delete_withdrawn_values"))
        if new or changed:
            self._connection.execute(question("merge_difference"))
        self._connection.execute(question("create_difference_table"))
        return MergeCounts(new=new, changed=changed, withdrawn=withdrawn)

    def _replace(self, name: str, table: pd.DataFrame) -> bool:
        from data.contracts.validation import validate_table

        valid = validate_table(name, table)
        stored = self._connection.table(f"lake.{name}")
        with self._registered("incoming", valid):
            incoming = self._connection.table("incoming").project(*stored.columns)
            if not (
                incoming.except_(stored).limit(1).fetchall() or stored.except_(incoming).limit(1).fetchall()
            ):
                return False
            self._connection.execute(question("replace_rows", table=name))
        return True

    @contextmanager
    def _registered(self, name: str, table: pd.DataFrame) -> Iterator[None]:
        """Register a table under the name that the SQL uses."""
        self._connection.register(name, table)
        try:
            yield
        finally:
            self._connection.unregister(name)

    def _numbers(self, name: str, **parameters: object) -> tuple[int, ...]:
        """Return the one row of whole numbers that a query gives."""
        row = self._connection.execute(question(name), parameters or None).fetchone()
        if row is None:
            raise AssertionError(name)
        return tuple(int(number) for number in row)


def _scope_parameters(scope: Scope | None) -> dict[str, list[str] | list[int]]:
    return {
        "scope_kpi_ids": list(scope.kpi_ids) if scope else [],
        "scope_years": list(scope.years) if scope else [],
        "scope_municipality_ids": list(scope.municipality_ids) if scope else [],
    }


def _batches(came: Sequence[tuple[str | None, int]]) -> Iterator[tuple[str, str]]:
    """Yield the first and last KPI of each batch of neighbouring KPIs with up to `ROWS_A_BATCH` rows together."""
    batch: list[str] = []
    rows_in_batch = 0
    for kpi_id, row_count in came:
        if batch and rows_in_batch + row_count > ROWS_A_BATCH:
            yield batch[0], batch[-1]
            batch, rows_in_batch = [], 0
        batch.append(kpi_id or "")
        rows_in_batch += row_count
    if batch:
        yield batch[0], batch[-1]
