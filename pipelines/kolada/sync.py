"""One run from Kolada into the store: fetch, keep, shape, put right, check, and commit all of it or nothing.

The order of what is done stands in `_gathered` (what needs the source) and `_committed` (what needs the store).
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import pandas as pd

from data.places import Settings
from data.reference import corrections, measure_sets
from data.store.connection import is_full_disk
from data.store.figures import Figures, open_lake
from data.store.writing import FiguresWriter, MergeCounts, Scope, write_release
from data.store.writing_lock import writing_lock
from data.workspace.run_log import RunStatus, finish_run, new_run_id, start_run
from domain.errors import (
    ContractError,
    ContradictingRowsError,
    DiskFullError,
    EmptyAnswerError,
    UnaskedRowsError,
    UnknownStatusError,
    UnreadableAnswerError,
    UserError,
)
from domain.wording import Sentence, to_translate
from pipelines.kolada.catalogue import CATALOGUE_PATHS, Catalogue, read_catalogue, with_units, with_vanished
from pipelines.kolada.choice import (
    AUTO,
    NEVER,
    SyncChoice,
    chosen_kpis,
    chosen_places,
    read_since,
    read_years,
    today,
)
from pipelines.kolada.client import ClientCounts, KoladaClient, Pace
from pipelines.kolada.corrections import check_expectations, correct_staged, corrected_rows, corrected_units
from pipelines.kolada.coverage import Coverage, coverage_table, read_coverage
from pipelines.kolada.fetching import Chain, Fetcher
from pipelines.kolada.progress import Progress, Stage, Watcher, nobody_watches
from pipelines.kolada.raw_pages import Landing, mark_finished, raw_folder
from pipelines.kolada.redefinition import found_level_breaks
from pipelines.kolada.report import Redefinition, SyncReport
from pipelines.kolada.request_plan import DataScope, chain_paths
from pipelines.kolada.shape import AskedScope
from pipelines.kolada.shaping import shape_landing
from pipelines.kolada.source_address import SourceAddress
from pipelines.kolada.spot_check import SpotCheckResult, compare_sample, sample
from pipelines.kolada.staged_rows import StagedRows, kept_rows, overlaid

KIND: Final = "kolada"
IDS_SHOWN: Final = 5
PLACES_WORTH_JUDGING: Final = 20  # the median of a few chosen places says little about the source
# What these found lies in the pages themselves: fetching the same pages again from disk would only find it again.
FAULTS_OF_THE_PAGES: Final = (
    ContractError,
    ContradictingRowsError,
    EmptyAnswerError,
    UnaskedRowsError,
    UnknownStatusError,
    UnreadableAnswerError,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the choice came to: KPIs asked in full, KPIs asked for changes since a day, years, and places or all."""

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

    def all_in_full(self) -> "Asked":
        """The same, with nothing taken for granted."""
        return Asked(self.years, self.municipality_ids, self.kpi_ids, {})

    def scope(self, kpi_ids: Sequence[str]) -> DataScope:
        return DataScope(tuple(kpi_ids), self.years, self.municipality_ids)


@dataclass(frozen=True, slots=True)
class KpiLevel:
    """The median of a KPI's numbers, and of how many places they are."""

    kpi_id: str
    median: float
    places: int


@dataclass(slots=True)
class Gathered:
    """What the source gave, shaped and on disk."""

    catalogue: Catalogue
    asked: Asked
    full: StagedRows
    changes: StagedRows
    pages: int
    spot_check: SpotCheckResult = field(default_factory=lambda: SpotCheckResult(0, 0))


@dataclass(slots=True)
class Run:
    """One run under way."""

    settings: Settings
    choice: SyncChoice
    run_id: str
    watch: Watcher
    landing: Landing
    figures: Figures | None
    client_counts: ClientCounts = field(default_factory=ClientCounts)
    warnings: list[Sentence] = field(default_factory=list)

    def say(self, stage: Stage, text: str, done: int = 0, total: int = 0, **values: object) -> None:
        self.watch(Progress(stage, done, total, Sentence(text, done=done, total=total, **values)))


def sync(
    settings: Settings,
    choice: SyncChoice,
    *,
    watch: Watcher = nobody_watches,
    pace: Pace | None = None,
) -> SyncReport:
    """Fetch what the choice asks for and commit it as one release.

    Raises `AnotherRunError` if another run is under way, and errors for a person for everything that a person or
    the source can do wrong; the store is then as it was, and a run with the same choice goes on where this one was.
    """
    began = time.monotonic()
    address = SourceAddress.read(choice.url)
    read_years(choice.years, today())
    read_since(choice.since, today())
    run_id = new_run_id(KIND)
    with writing_lock(settings, run_id=run_id):
        try:
            start_run(settings, kind=KIND, scope=choice.question(), run_id=run_id)
            report = _run(settings, choice, address, run_id, watch, pace or Pace(), began)
        except BaseException as error:
            told = _as_told(error, settings)
            status = RunStatus.INTERRUPTED if isinstance(error, KeyboardInterrupt) else RunStatus.FAILED
            with suppress(Exception):  # a full disk may refuse this too; the first error is the one to tell
                finish_run(settings, run_id, status=status, message=str(told))
            if told is error:
                raise
            raise told from error
        finish_run(settings, run_id, status=RunStatus.DONE, counts=report.as_json())
    return report


def _run(
    settings: Settings,
    choice: SyncChoice,
    address: SourceAddress,
    run_id: str,
    watch: Watcher,
    pace: Pace,
    began: float,
) -> SyncReport:
    with ExitStack() as opened:
        figures = open_lake(settings.figures)
        if figures:
            opened.enter_context(figures)
            mark_finished(settings, figures.run_ids())
        landing = Landing.begin(settings, run_id, {**choice.question(), "url": address.base})
        run = Run(settings, choice, run_id, watch, landing, figures)
        try:
            gathered = asyncio.run(_gathered(run, address, pace))
            return _committed(run, gathered, began)
        except FAULTS_OF_THE_PAGES as error:
            landing.refuse(str(error))
            raise


async def _gathered(run: Run, address: SourceAddress, pace: Pace) -> Gathered:
    """Everything that the source is asked, in order."""
    async with KoladaClient(pace) as client:
        run.client_counts = client.counts
        fetcher = Fetcher(client, run.landing, address, run.watch)
        await _begin_or_go_on(run, fetcher)
        catalogue = await _fetch_catalogue(run, fetcher)
        asked = _asked(run, catalogue)
        full_chains = await _fetch(run, fetcher, asked.scope(asked.in_full))
        change_chains: list[Chain] = []
        for since, kpi_ids in asked.since.items():
            change_chains += await _fetch(run, fetcher, asked.scope(kpi_ids), since)
        full = await _shape(run, catalogue, asked, full_chains, "full")
        changes = await _shape(run, catalogue, asked, change_chains, "changes")
        spot_check = SpotCheckResult(0, 0)
        if asked.since and run.choice.since.strip().lower() == AUTO:
            spot_check = await _spot_check(run, fetcher, catalogue, asked, changes)
            if spot_check.missed:
                missed_kpis = asked.for_changes
                full_chains += await _fetch(run, fetcher, asked.scope(missed_kpis))
                asked, changes = asked.all_in_full(), StagedRows()
                full = await _shape(run, catalogue, asked, full_chains, "full-again")
    pages = sum(len(chain) for chain in [*full_chains, *change_chains])
    _refuse_emptiness(asked, full)
    return Gathered(catalogue, asked, full, changes, pages, spot_check)


async def _begin_or_go_on(run: Run, fetcher: Fetcher) -> None:
    """Take over what an interrupted run left, unless the source has changed since."""
    if not run.landing.plan.resumed_from:
        return
    run.say(Stage.CATALOGUE, to_translate("Fortsätter där en avbruten hämtning slutade"))
    if not await fetcher.is_taken_over_rightly():
        run.landing.forget()
        run.warnings.append(
            Sentence(to_translate("Källan har ändrats sedan den avbrutna hämtningen. Allt hämtas på nytt."))
        )


async def _fetch_catalogue(run: Run, fetcher: Fetcher) -> Catalogue:
    run.say(Stage.CATALOGUE, to_translate("Hämtar katalogen"))
    chains = await fetcher.chains(CATALOGUE_PATHS, Stage.CATALOGUE)
    kpi_pages, municipality_pages, group_pages = (fetcher.bodies([chain]) for chain in chains)
    return read_catalogue(kpi_pages, municipality_pages, group_pages)


def _asked(run: Run, catalogue: Catalogue) -> Asked:
    """What is asked in full, and of what only the changes."""
    kept = (
        run.figures.kept_kpis(run.figures.latest_release())
        if run.figures and run.figures.releases()
        else None
    )
    kept_ids = set(kept["kpi_id"]) if kept is not None else set()
    if vanished := kept_ids - set(catalogue.kpi_ids):
        run.warnings.append(
            Sentence(
                to_translate(
                    "{count} sparade nyckeltal finns inte längre i Koladas katalog. Deras värden är kvar: {kpi_ids}."
                ),
                count=len(vanished),
                kpi_ids=", ".join(sorted(vanished)[:IDS_SHOWN]) + (" …" if len(vanished) > IDS_SHOWN else ""),
            )
        )
    kpi_ids = chosen_kpis(run.choice.kpi, catalogue=catalogue.kpi_ids, kept=kept_ids, sets=measure_sets())
    names = dict(zip(catalogue.place_ids, catalogue.municipalities["title"], strict=True))
    places = chosen_places(run.choice.municipality, names)
    years = read_years(run.choice.years, today())
    since = read_since(run.choice.since, today())
    covered = read_coverage(run.figures.coverage()) if run.figures else {}
    in_full: list[str] = []
    by_day: dict[date, list[str]] = {}
    for kpi_id in kpi_ids:
        coverage = covered.get(kpi_id)
        if since == NEVER or coverage is None or kpi_id not in kept_ids or not coverage.covers(years, places):
            in_full.append(kpi_id)
        else:
            by_day.setdefault(since if isinstance(since, date) else coverage.fetched_at, []).append(kpi_id)
    return Asked(years, places, tuple(in_full), {day: tuple(ids) for day, ids in sorted(by_day.items())})


async def _fetch(run: Run, fetcher: Fetcher, scope: DataScope, since: date | None = None) -> list[Chain]:
    return await fetcher.chains(chain_paths(scope, from_date=since), Stage.FETCH)


async def _shape(
    run: Run, catalogue: Catalogue, asked: Asked, chains: Sequence[Chain], name: str
) -> StagedRows:
    may_come = AskedScope(
        kpi_ids=frozenset(asked.kpi_ids),
        years=frozenset(asked.years),
        place_ids=frozenset(
            catalogue.place_ids if asked.municipality_ids is None else asked.municipality_ids
        ),
        takes_any_place=asked.municipality_ids is None,
    )

    def progress(done: int, total: int) -> None:
        run.say(Stage.SHAPE, to_translate("Formar sidor: {done} av {total}"), done, total)

    parts = await shape_landing(
        run.landing, chains, may_come, run.landing.staged_folder / name, progress=progress
    )
    return StagedRows(tuple(parts))


async def _spot_check(
    run: Run, fetcher: Fetcher, catalogue: Catalogue, asked: Asked, changes: StagedRows
) -> SpotCheckResult:
    """Fetch a small sample in full, and hold it against what the store would hold after the changes."""
    if run.figures is None:
        return SpotCheckResult(0, 0)
    run.say(Stage.CHECK, to_translate("Kontrollerar ändringslistan med ett stickprov"))
    kept = run.figures.kept_kpis(run.figures.latest_release())
    scope = sample(asked.for_changes, asked.years, asked.municipality_ids, kept, today())
    chains = await fetcher.chains(chain_paths(scope), Stage.CHECK)
    fetched = await _shape(run, catalogue, asked, chains, "sample")
    # In memory and not in the files, which are put right once, when everything has come.
    sampled, staged = (
        corrected_rows(rows.table(scope.kpi_ids), corrections())[0].to_pandas() for rows in (fetched, changes)
    )
    staged = staged.loc[staged["year"].isin(scope.years)]
    would_hold = overlaid(kept_rows(run.figures, scope.kpi_ids, scope.years, scope.municipality_ids), staged)
    result = compare_sample(would_hold, sampled)
    if result.missed:
        run.warnings.append(
            Sentence(
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


def _refuse_emptiness(asked: Asked, full: StagedRows) -> None:
    """Nothing at all in answer to a question for everything is what a misunderstood question looks like."""
    if asked.in_full and not asked.since and not full.row_count:
        what = f"{', '.join(asked.in_full[:IDS_SHOWN])} {asked.years[0]}–{asked.years[-1]}"
        raise EmptyAnswerError(what=what)


def _committed(run: Run, gathered: Gathered, began: float) -> SyncReport:
    """Everything that the store is asked and told, in order."""
    run.say(Stage.CHECK, to_translate("Rättar kända fel och söker omdefinierade nyckeltal"))
    tracked = corrections()
    levels = _levels(run, gathered)
    medians = {level.kpi_id: level.median for level in levels}
    came = gathered.full.kpi_ids | gathered.changes.kpi_ids
    judged = {level.kpi_id: level.median for level in levels if level.places >= PLACES_WORTH_JUDGING}
    check_expectations([one for one in tracked if one.kpi_id in came], judged)
    applied = correct_staged(gathered.full, tracked)
    for name, count in correct_staged(gathered.changes, tracked).items():
        applied[name] = applied.get(name, 0) + count
    units = corrected_units(tracked, medians)
    breaks = found_level_breaks(run.figures, [gathered.full, gathered.changes], run_id=run.run_id)
    kpis = _kpis_to_keep(run, with_units(gathered.catalogue.kpis, units))
    coverage = coverage_table(_coverage(run, gathered))
    without_values = _notice_absences(run, gathered)
    run.say(Stage.STORE, to_translate("Prövar mot reglerna och sparar"))
    asked = gathered.asked

    def work(writer: FiguresWriter) -> MergeCounts:
        if gathered.full.parts:
            scope = Scope(asked.in_full, asked.years, asked.municipality_ids or ())
            writer.merge_indicator_values(gathered.full.files, full_scope=scope)
        if gathered.changes.parts:
            writer.merge_indicator_values(gathered.changes.files)
        writer.replace_kpis(kpis)
        writer.replace_municipalities(gathered.catalogue.municipalities)
        writer.replace_groups(gathered.catalogue.groups, gathered.catalogue.members)
        if len(breaks):
            writer.add_level_breaks(breaks)
        if len(coverage):
            writer.record_coverage(coverage)
        return writer.counts

    description = f"Kolada: {len(asked.kpi_ids)} nyckeltal, {asked.years[0]}–{asked.years[-1]}"
    counts = write_release(run.settings.figures, work, run_id=run.run_id, description=description)
    run.landing.finish()
    return SyncReport(
        run_id=run.run_id,
        requests=run.client_counts.requests,
        retries=run.client_counts.retries,
        pages=gathered.pages,
        pages_taken_over=run.landing.taken_over,
        rows=gathered.full.row_count + gathered.changes.row_count,
        counts=counts,
        kpi_ids=asked.kpi_ids,
        fetched_in_full=len(asked.in_full),
        without_values=without_values,
        redefined=_redefinitions(breaks),
        corrections=applied,
        units=units,
        warnings=tuple(run.warnings),
        release=_newest_release_time(run),
        seconds=time.monotonic() - began,
        spot_checked_cells=gathered.spot_check.compared,
        spot_check_missed=gathered.spot_check.missed,
    )


def _levels(run: Run, gathered: Gathered) -> list[KpiLevel]:
    """The level of each KPI that has a correction, over all cells that the store would hold."""
    concerned = sorted({correction.kpi_id for correction in corrections()})
    staged = pd.concat([gathered.full.of(concerned), gathered.changes.of(concerned)], ignore_index=True)
    held = overlaid(kept_rows(run.figures, concerned), staged).dropna(subset=["value"])
    return [
        KpiLevel(str(kpi_id), float(cells["value"].median()), int(cells["municipality_id"].nunique()))
        for kpi_id, cells in held.groupby("kpi_id")
    ]


def _kpis_to_keep(run: Run, kpis: pd.DataFrame) -> pd.DataFrame:
    if run.figures is None or not run.figures.releases():
        return kpis
    release = run.figures.latest_release()
    return with_vanished(kpis, run.figures.kpis(release), run.figures.kept_kpis(release)["kpi_id"])


def _coverage(run: Run, gathered: Gathered) -> dict[str, Coverage]:
    """What is covered after this run. A KPI that gave nothing is asked in full the next time too."""
    asked = gathered.asked
    day = run.landing.plan.started_at.date()
    new = Coverage.of(asked.years, asked.municipality_ids, day)
    before = read_coverage(run.figures.coverage()) if run.figures else {}
    after = {
        kpi_id: before[kpi_id].after(new) if kpi_id in before else new for kpi_id in gathered.full.kpi_ids
    }
    for since, kpi_ids in asked.since.items():
        # Changes since a day that is later than the last fetch leave a gap between the two.
        after |= {
            kpi_id: before[kpi_id].after(new) for kpi_id in kpi_ids if since <= before[kpi_id].fetched_at
        }
    return after


def _notice_absences(run: Run, gathered: Gathered) -> tuple[str, ...]:
    """The KPIs that gave nothing. What is kept of them stays; what was left out is told."""
    kept: set[str] = set()
    if run.figures and run.figures.releases():
        kept = set(run.figures.kept_kpis(run.figures.latest_release())["kpi_id"])
    silent = set(gathered.asked.in_full) - gathered.full.kpi_ids
    for kpi_id in sorted(silent & kept):
        run.warnings.append(
            Sentence(
                to_translate(
                    "{kpi_id} gav inga värden, fast det finns värden sparade. De är kvar. Indraget hos källan?"
                ),
                kpi_id=kpi_id,
            )
        )
    unknown = {place: rows for place, rows in gathered.full.left_out.items() if not place.startswith("G")}
    if unknown:
        run.warnings.append(
            Sentence(
                to_translate("{rows} rader för okända platser togs inte med: {places}."),
                rows=sum(unknown.values()),
                places=", ".join(sorted(unknown)[:IDS_SHOWN]),
            )
        )
    return tuple(sorted(silent - kept))


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
    """When the newest fetch became known; the store that was opened before the commit sees it too."""
    with ExitStack() as opened:
        figures = run.figures
        if figures is None and (figures := open_lake(run.settings.figures)):
            opened.enter_context(figures)
        fetches = [release for release in figures.releases() if release.upload_id is None] if figures else []
        return fetches[-1].known_at if fetches else None


def _as_told(error: BaseException, settings: Settings) -> BaseException:
    """The error, or what a person should be told instead of it."""
    if not isinstance(error, UserError) and isinstance(error, Exception) and is_full_disk(error):
        return DiskFullError(folder=raw_folder(settings))
    return error
