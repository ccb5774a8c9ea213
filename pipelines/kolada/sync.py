"""One sync from Kolada into the store: fetch, save raw pages, transform, correct, check, and commit all of it or nothing.

The steps are listed in `_fetch_everything` (what needs the source) and `_check_and_store` (what needs the store).
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from data.reference import corrections, measure_sets
from data.store.connection import is_full_disk
from data.store.figures import Figures
from data.store.writing import FiguresWriter, MergeCounts, Scope
from data.stores import Stores
from data.workspace.run_log import RunStatus, finish_run, new_run_id, start_run
from domain.errors.source import (
    ContradictingRowsError,
    EmptyAnswerError,
    UnknownStatusError,
    UnreadableAnswerError,
    UnrequestedRowsError,
)
from domain.errors.storage import ContractError, DiskFullError
from domain.errors.user_error import UserError
from domain.message import Message, Value, to_translate
from pipelines.kolada.catalogue import (
    CATALOGUE_PATHS,
    Catalogue,
    add_vanished_kpis,
    read_catalogue,
    replace_units,
)
from pipelines.kolada.client import ClientCounts, KoladaClient, Pace
from pipelines.kolada.corrections import check_expectations, correct_rows, correct_staged, correct_units
from pipelines.kolada.coverage import Coverage, coverage_table, read_coverage
from pipelines.kolada.fetching import Chain, Fetcher
from pipelines.kolada.progress import Progress, Stage, Watcher, ignore_progress
from pipelines.kolada.raw_pages import RawPages, mark_finished, raw_folder
from pipelines.kolada.redefinition import find_level_breaks
from pipelines.kolada.request_plan import DataScope, chain_paths
from pipelines.kolada.source_address import SourceAddress
from pipelines.kolada.spot_check import SpotCheckResult, compare_sample, sample
from pipelines.kolada.staged_rows import StagedRows, load_stored_rows, overlay_rows
from pipelines.kolada.sync_choice import (
    AUTO,
    NEVER,
    SyncChoice,
    parse_since,
    parse_years,
    resolve_kpis,
    resolve_places,
    today,
)
from pipelines.kolada.sync_report import Redefinition, SyncReport
from pipelines.kolada.transform import RequestedScope
from pipelines.kolada.transforming import transform_raw_pages

KIND: Final = "kolada"
IDS_SHOWN: Final = 5
PLACES_WORTH_JUDGING: Final = 20  # the median of a few chosen places says little about the source
# These errors come from the pages themselves: fetching the same pages again from disk would only repeat them.
FAULTS_OF_THE_PAGES: Final = (
    ContractError,
    ContradictingRowsError,
    EmptyAnswerError,
    UnrequestedRowsError,
    UnknownStatusError,
    UnreadableAnswerError,
)


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """The requests that a choice leads to: KPIs to fetch in full, KPIs to fetch changes of since a day, years, and places (None for all)."""

    years: tuple[int, ...]
    municipality_ids: tuple[str, ...] | None
    in_full: tuple[str, ...]
    since: dict[date, tuple[str, ...]]

    @property
    def for_changes(self) -> tuple[str, ...]:
        return tuple(sorted(kpi_id for ids in self.since.values() for kpi_id in ids))

    @property
    def kpi_ids(self) -> tuple[str, ...]:
        return tuple(sorted({*self.in_full, *self.for_changes}))

    def all_in_full(self) -> "RequestPlan":
        """The same plan with every KPI fetched in full."""
        return RequestPlan(self.years, self.municipality_ids, self.kpi_ids, {})

    def scope(self, kpi_ids: Sequence[str]) -> DataScope:
        return DataScope(tuple(kpi_ids), self.years, self.municipality_ids)


@dataclass(frozen=True, slots=True)
class KpiLevel:
    """The median of a KPI's values and the number of places behind it."""

    kpi_id: str
    median: float
    places: int


@dataclass(slots=True)
class FetchedData:
    """What the source returned, transformed and on disk."""

    catalogue: Catalogue
    plan: RequestPlan
    full: StagedRows
    changes: StagedRows
    pages: int
    spot_check: SpotCheckResult = field(default_factory=lambda: SpotCheckResult(0, 0))


@dataclass(slots=True)
class Run:
    """The state of one running sync."""

    stores: Stores
    choice: SyncChoice
    run_id: str
    report_progress: Watcher
    raw_pages: RawPages
    figures: Figures | None
    client_counts: ClientCounts = field(default_factory=ClientCounts)
    warnings: list[Message] = field(default_factory=list)

    def say(self, stage: Stage, text: str, done: int = 0, total: int = 0, **values: Value) -> None:
        self.report_progress(Progress(stage, done, total, Message(text, done=done, total=total, **values)))


def sync(
    stores: Stores,
    choice: SyncChoice,
    *,
    report_progress: Watcher = ignore_progress,
    pace: Pace | None = None,
) -> SyncReport:
    """Fetch what the choice asks for and commit it as one release.

    Raises `AnotherRunError` if another run is under way, and user errors for everything that a user or
    the source can do wrong; the store is then as it was, and a run with the same choice continues where this one stopped.
    """
    began = time.monotonic()
    address = SourceAddress.read(choice.url)
    parse_years(choice.years, today())
    parse_since(choice.since, today())
    run_id = new_run_id(KIND)
    with stores.lakes.real.writing_lock(run_id):
        try:
            start_run(stores.workspace, kind=KIND, scope=choice.question(), run_id=run_id)
            report = _run(stores, choice, address, run_id, report_progress, pace or Pace(), began)
        except BaseException as error:
            readable_error = _readable_error(error, raw_folder(stores.home))
            status = RunStatus.INTERRUPTED if isinstance(error, KeyboardInterrupt) else RunStatus.FAILED
            with suppress(Exception):  # a full disk may refuse this too; the first error is the one to report
                finish_run(stores.workspace, run_id, status=status, message=str(readable_error))
            if readable_error is error:
                raise
            raise readable_error from error
        finish_run(stores.workspace, run_id, status=RunStatus.DONE, counts=report.as_json())
    return report


def _run(
    stores: Stores,
    choice: SyncChoice,
    address: SourceAddress,
    run_id: str,
    report_progress: Watcher,
    pace: Pace,
    began: float,
) -> SyncReport:
    figures = stores.lakes.real.figures()
    mark_finished(raw_folder(stores.home), stores.lakes.real.run_ids())
    raw_pages = RawPages.begin(raw_folder(stores.home), run_id, {**choice.question(), "url": address.base})
    run = Run(stores, choice, run_id, report_progress, raw_pages, figures)
    try:
        fetched_data = asyncio.run(_fetch_everything(run, address, pace))
        return _check_and_store(run, fetched_data, began)
    except FAULTS_OF_THE_PAGES as error:
        raw_pages.refuse(str(error))
        raise


async def _fetch_everything(run: Run, address: SourceAddress, pace: Pace) -> FetchedData:
    """Fetch the catalogue and the data, and check the list of changes against a sample."""
    async with KoladaClient(pace) as client:
        run.client_counts = client.counts
        fetcher = Fetcher(client, run.raw_pages, address, run.report_progress)
        await _resume_or_restart(run, fetcher)
        catalogue = await _fetch_catalogue(run, fetcher)
        plan = _plan_requests(run, catalogue)
        full_chains = await _fetch(run, fetcher, plan.scope(plan.in_full))
        change_chains: list[Chain] = []
        for since, kpi_ids in plan.since.items():
            change_chains += await _fetch(run, fetcher, plan.scope(kpi_ids), since)
        full = await _transform(run, catalogue, plan, full_chains, "full")
        changes = await _transform(run, catalogue, plan, change_chains, "changes")
        spot_check = SpotCheckResult(0, 0)
        if plan.since and run.choice.since.strip().lower() == AUTO:
            spot_check = await _spot_check(run, fetcher, catalogue, plan, changes)
            if spot_check.missed:
                missed_kpis = plan.for_changes
                full_chains += await _fetch(run, fetcher, plan.scope(missed_kpis))
                plan, changes = plan.all_in_full(), StagedRows()
                full = await _transform(run, catalogue, plan, full_chains, "full-again")
    pages = sum(len(chain) for chain in [*full_chains, *change_chains])
    _refuse_empty_answer(plan, full)
    return FetchedData(catalogue, plan, full, changes, pages, spot_check)


async def _resume_or_restart(run: Run, fetcher: Fetcher) -> None:
    """Resume an interrupted run, unless the source has changed since."""
    if not run.raw_pages.plan.resumed_from:
        return
    run.say(Stage.CATALOGUE, to_translate("Fortsätter där en avbruten hämtning slutade"))
    if not await fetcher.is_valid_copy():
        run.raw_pages.forget()
        run.warnings.append(
            Message(to_translate("Källan har ändrats sedan den avbrutna hämtningen. Allt hämtas på nytt."))
        )


async def _fetch_catalogue(run: Run, fetcher: Fetcher) -> Catalogue:
    run.say(Stage.CATALOGUE, to_translate("Hämtar katalogen"))
    chains = await fetcher.chains(CATALOGUE_PATHS, Stage.CATALOGUE)
    kpi_pages, municipality_pages, group_pages = (fetcher.bodies([chain]) for chain in chains)
    return read_catalogue(kpi_pages, municipality_pages, group_pages)


def _plan_requests(run: Run, catalogue: Catalogue) -> RequestPlan:
    """Decide which KPIs to fetch in full and of which only the changes."""
    stored_kpis = (
        run.figures.stored_kpis(run.figures.latest_release())
        if run.figures and run.figures.releases()
        else None
    )
    stored_ids = set(stored_kpis["kpi_id"]) if stored_kpis is not None else set()
    if vanished := stored_ids - set(catalogue.kpi_ids):
        run.warnings.append(
            Message(
                to_translate(
                    "{count} sparade nyckeltal finns inte längre i Koladas katalog. Deras värden är kvar: {kpi_ids}."
                ),
                count=len(vanished),
                kpi_ids=", ".join(sorted(vanished)[:IDS_SHOWN]) + (" …" if len(vanished) > IDS_SHOWN else ""),
            )
        )
    kpi_ids = resolve_kpis(
        run.choice.kpi, catalogue=catalogue.kpi_ids, stored=stored_ids, sets=measure_sets()
    )
    names = dict(zip(catalogue.place_ids, catalogue.municipalities["title"], strict=True))
    places = resolve_places(run.choice.municipality, names)
    years = parse_years(run.choice.years, today())
    since = parse_since(run.choice.since, today())
    covered = read_coverage(run.figures.coverage()) if run.figures else {}
    in_full: list[str] = []
    by_day: dict[date, list[str]] = {}
    for kpi_id in kpi_ids:
        coverage = covered.get(kpi_id)
        if (
            since == NEVER
            or coverage is None
            or kpi_id not in stored_ids
            or not coverage.covers(years, places)
        ):
            in_full.append(kpi_id)
        else:
            by_day.setdefault(since if isinstance(since, date) else coverage.fetched_at, []).append(kpi_id)
    return RequestPlan(
        years, places, tuple(in_full), {day: tuple(ids) for day, ids in sorted(by_day.items())}
    )


async def _fetch(run: Run, fetcher: Fetcher, scope: DataScope, since: date | None = None) -> list[Chain]:
    return await fetcher.chains(chain_paths(scope, from_date=since), Stage.FETCH)


async def _transform(
    run: Run, catalogue: Catalogue, plan: RequestPlan, chains: Sequence[Chain], name: str
) -> StagedRows:
    may_come = RequestedScope(
        kpi_ids=frozenset(plan.kpi_ids),
        years=frozenset(plan.years),
        place_ids=frozenset(catalogue.place_ids if plan.municipality_ids is None else plan.municipality_ids),
        takes_any_place=plan.municipality_ids is None,
    )

    def progress(done: int, total: int) -> None:
        run.say(Stage.SHAPE, to_translate("Formar sidor: {done} av {total}"), done, total)

    parts = await transform_raw_pages(
        run.raw_pages, chains, may_come, run.raw_pages.staged_folder / name, progress=progress
    )
    return StagedRows(tuple(parts))


async def _spot_check(
    run: Run, fetcher: Fetcher, catalogue: Catalogue, plan: RequestPlan, changes: StagedRows
) -> SpotCheckResult:
    """Fetch a small sample in full and compare it with what the store would hold after the changes."""
    if run.figures is None:
        return SpotCheckResult(0, 0)
    run.say(Stage.CHECK, to_translate("Kontrollerar ändringslistan med ett stickprov"))
    stored_kpis = run.figures.stored_kpis(run.figures.latest_release())
    scope = sample(plan.for_changes, plan.years, plan.municipality_ids, stored_kpis, today())
    chains = await fetcher.chains(chain_paths(scope), Stage.CHECK)
    fetched = await _transform(run, catalogue, plan, chains, "sample")
    # In memory and not in the files, which are put right once, when everything has come.
    sampled, staged = (
        correct_rows(rows.table(scope.kpi_ids), corrections())[0].to_pandas() for rows in (fetched, changes)
    )
    staged = staged.loc[staged["year"].isin(scope.years)]
    would_hold = overlay_rows(
        load_stored_rows(run.figures, scope.kpi_ids, scope.years, scope.municipality_ids), staged
    )
    result = compare_sample(would_hold, sampled)
    if result.missed:
        run.warnings.append(
            Message(
                to_translate(
                    "Källans ändringslista är inte fullständig: {missed} av {compared} celler i ett stickprov saknades i "
                    "den, till exempel {examples}. Allt hämtades därför i sin helhet."
                ),
                missed=result.missed,
                compared=result.compared,
                examples=result.examples,
            )
        )
    return result


def _refuse_empty_answer(plan: RequestPlan, full: StagedRows) -> None:
    """Raise `EmptyAnswerError` if a request for everything returned nothing: the request was probably misunderstood."""
    if plan.in_full and not plan.since and not full.row_count:
        what = f"{', '.join(plan.in_full[:IDS_SHOWN])} {plan.years[0]}–{plan.years[-1]}"
        raise EmptyAnswerError(what=what)


def _check_and_store(run: Run, fetched_data: FetchedData, began: float) -> SyncReport:
    """Correct, look for redefinitions, and commit everything in one transaction."""
    run.say(Stage.CHECK, to_translate("Rättar kända fel och söker omdefinierade nyckeltal"))
    tracked = corrections()
    levels = _stored_levels(run, fetched_data)
    medians = {level.kpi_id: level.median for level in levels}
    received = fetched_data.full.kpi_ids | fetched_data.changes.kpi_ids
    judged = {level.kpi_id: level.median for level in levels if level.places >= PLACES_WORTH_JUDGING}
    check_expectations([correction for correction in tracked if correction.kpi_id in received], judged)
    applied = correct_staged(fetched_data.full, tracked)
    for name, count in correct_staged(fetched_data.changes, tracked).items():
        applied[name] = applied.get(name, 0) + count
    units = correct_units(tracked, medians)
    breaks = find_level_breaks(run.figures, [fetched_data.full, fetched_data.changes], run_id=run.run_id)
    kpis = _catalogue_to_store(run, replace_units(fetched_data.catalogue.kpis, units))
    coverage = coverage_table(_coverage(run, fetched_data))
    without_values = _warn_of_missing_kpis(run, fetched_data)
    run.say(Stage.STORE, to_translate("Prövar mot reglerna och sparar"))
    plan = fetched_data.plan

    def work(writer: FiguresWriter) -> MergeCounts:
        if fetched_data.full.parts:
            scope = Scope(plan.in_full, plan.years, plan.municipality_ids or ())
            writer.merge_indicator_values(fetched_data.full.files, full_scope=scope)
        if fetched_data.changes.parts:
            writer.merge_indicator_values(fetched_data.changes.files)
        writer.replace_kpis(kpis)
        writer.replace_municipalities(fetched_data.catalogue.municipalities)
        writer.replace_groups(fetched_data.catalogue.groups, fetched_data.catalogue.members)
        if len(breaks):
            writer.add_level_breaks(breaks)
        if len(coverage):
            writer.record_coverage(coverage)
        return writer.counts

    description = f"Kolada: {len(plan.kpi_ids)} nyckeltal, {plan.years[0]}–{plan.years[-1]}"
    counts = run.stores.lakes.real.write_release(work, run_id=run.run_id, description=description)
    run.raw_pages.finish()
    return SyncReport(
        run_id=run.run_id,
        requests=run.client_counts.requests,
        retries=run.client_counts.retries,
        pages=fetched_data.pages,
        pages_taken_over=run.raw_pages.taken_over,
        rows=fetched_data.full.row_count + fetched_data.changes.row_count,
        counts=counts,
        kpi_ids=plan.kpi_ids,
        fetched_in_full=len(plan.in_full),
        without_values=without_values,
        redefined=_redefinitions(breaks),
        corrections=applied,
        units=units,
        warnings=tuple(run.warnings),
        release=_newest_release_time(run),
        seconds=time.monotonic() - began,
        spot_checked_cells=fetched_data.spot_check.compared,
        spot_check_missed=fetched_data.spot_check.missed,
    )


def _stored_levels(run: Run, fetched_data: FetchedData) -> list[KpiLevel]:
    """The level of each KPI that has a correction, over all cells that the store would hold."""
    concerned = sorted({correction.kpi_id for correction in corrections()})
    staged = pd.concat(
        [fetched_data.full.of(concerned), fetched_data.changes.of(concerned)], ignore_index=True
    )
    held = overlay_rows(load_stored_rows(run.figures, concerned), staged).dropna(subset=["value"])
    return [
        KpiLevel(str(kpi_id), float(cells["value"].median()), int(cells["municipality_id"].nunique()))
        for kpi_id, cells in held.groupby("kpi_id")
    ]


def _catalogue_to_store(run: Run, kpis: pd.DataFrame) -> pd.DataFrame:
    if run.figures is None or not run.figures.releases():
        return kpis
    release = run.figures.latest_release()
    return add_vanished_kpis(kpis, run.figures.kpis(release), run.figures.stored_kpis(release)["kpi_id"])


def _coverage(run: Run, fetched_data: FetchedData) -> dict[str, Coverage]:
    """What is covered after this run. A KPI without rows is requested in full the next time too."""
    plan = fetched_data.plan
    day = run.raw_pages.plan.started_at.date()
    new = Coverage.of(plan.years, plan.municipality_ids, day)
    before = read_coverage(run.figures.coverage()) if run.figures else {}
    after = {
        kpi_id: before[kpi_id].after(new) if kpi_id in before else new for kpi_id in fetched_data.full.kpi_ids
    }
    for since, kpi_ids in plan.since.items():
        # Changes since a day that is later than the last fetch leave a gap between the two.
        after |= {
            kpi_id: before[kpi_id].after(new) for kpi_id in kpi_ids if since <= before[kpi_id].fetched_at
        }
    return after


def _warn_of_missing_kpis(run: Run, fetched_data: FetchedData) -> tuple[str, ...]:
    """Return the KPIs without any value; warn of those that had values before and of rows for unknown places."""
    stored_ids: set[str] = set()
    if run.figures and run.figures.releases():
        stored_ids = set(run.figures.stored_kpis(run.figures.latest_release())["kpi_id"])
    silent = set(fetched_data.plan.in_full) - fetched_data.full.kpi_ids
    for kpi_id in sorted(silent & stored_ids):
        run.warnings.append(
            Message(
                to_translate(
                    "{kpi_id} gav inga värden, fast det finns värden sparade. De är kvar. Indraget hos källan?"
                ),
                kpi_id=kpi_id,
            )
        )
    unknown = {place: rows for place, rows in fetched_data.full.left_out.items() if not place.startswith("G")}
    if unknown:
        run.warnings.append(
            Message(
                to_translate("{rows} rader för okända platser togs inte med: {places}."),
                rows=sum(unknown.values()),
                places=", ".join(sorted(unknown)[:IDS_SHOWN]),
            )
        )
    return tuple(sorted(silent - stored_ids))


def _redefinitions(breaks: pd.DataFrame) -> tuple[Redefinition, ...]:
    return tuple(
        Redefinition(
            kpi_id=row["kpi_id"],
            factor=float(row["factor"]),
            share_of_places=float(row["share_of_places"]),
            first_year=None if pd.isna(row["first_year"]) else int(row["first_year"]),
            kind=row["kind"],
        )
        for row in breaks.to_dict("records")
    )


def _newest_release_time(run: Run) -> datetime | None:
    """When the newest fetch became known."""
    figures = run.stores.lakes.real.figures()
    fetches = [release for release in figures.releases() if release.upload_id is None] if figures else []
    return fetches[-1].known_at if fetches else None


def _readable_error(error: BaseException, folder: Path) -> BaseException:
    """Return a readable error for a full disk, or the error itself."""
    if not isinstance(error, UserError) and isinstance(error, Exception) and is_full_disk(error):
        return DiskFullError(folder=folder)
    return error
