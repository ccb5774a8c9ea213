"""Reads a lake of figures: every answer is as of a release."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pandas as pd

from data.settings import FiguresLocation
from data.store.connection import NoLakeError, connect, errors_for_users
from data.store.guarded import (
    CommitLine,
    GuardedHistory,
    GuardedReported,
    GuardedRevisions,
    GuardedValues,
    ReportedPast,
)
from data.store.questions import question
from data.store.schema import STORE_VERSION, stored_version
from domain.errors.choices import NothingKnownThenError
from domain.errors.storage import NothingKeptError, StoreTooNewError
from domain.release import Release

NULLABLE_TEXT: Final = (
    *("reason", "old_reason", "new_reason"),
    "upload_id",
    *("publication_date", "prel_publication_date", "publication_period"),
)


KPIS_A_QUESTION: Final = (
    60  # a longer list is looked through too slowly; the next question skips to its own files
)
NO_LEVEL_BREAKS: Final = pd.DataFrame(
    {
        "kpi_id": pd.Series(dtype="str"),
        "first_year": pd.Series(dtype="Int32"),
        "factor": pd.Series(dtype="float64"),
        "share_of_places": pd.Series(dtype="float64"),
        "found_by_run": pd.Series(dtype="str"),
        "kind": pd.Series(dtype="str"),
    }
)


NOTHING_REPORTED: Final = pd.DataFrame(
    {
        **dict.fromkeys(("measure_id", "municipality_id", "period", "gender"), pd.Series(dtype="str")),
        "value": pd.Series(dtype="float64"),
        "reason": pd.Series(dtype="object"),
        "basis": pd.Series(dtype="float64"),
        **dict.fromkeys(("footnote", "upload_id"), pd.Series(dtype="str")),
    }
)
NO_EVALUATIONS: Final = pd.DataFrame(
    {
        **dict.fromkeys(
            ("result_id", "project", "municipality_id", "measure_id", "measure_text"), pd.Series(dtype="str")
        ),
        **dict.fromkeys(("before", "after"), pd.Series(dtype="float64")),
        **dict.fromkeys(("unit", "before_day", "after_day"), pd.Series(dtype="str")),
        "person_count": pd.Series(dtype="Int64"),
        **dict.fromkeys(("method", "reference", "upload_id"), pd.Series(dtype="str")),
    }
)


def open_lake(location: FiguresLocation) -> "Figures | None":
    """Open the figures of a lake, with or without a release; `None` if nothing was ever written there."""
    if location.catalogue_file and not location.catalogue_file.exists():
        return None
    try:
        connection = connect(location, read_only=True)
    except NoLakeError:
        return None
    version = stored_version(connection)
    if version is None or version > STORE_VERSION:
        connection.close()
        if version is None:
            return None
        raise StoreTooNewError(place=location.shown, kept=version, known=STORE_VERSION)
    return Figures(location, connection)


class Figures:
    """One lake, attached read-only. Safe to share between threads; commits of other processes show at once."""

    def __init__(self, location: FiguresLocation, connection: duckdb.DuckDBPyConnection) -> None:
        self.location = location
        self._connection = connection
        self._lock = threading.Lock()
        self._latest_years: dict[tuple[int, str], dict[str, int | None]] = {}
        self._commits: tuple[int, list[_Commit]] | None = None
        self._first_snapshots: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def newest_commit(self) -> int:
        """Return the number of the newest commit of any kind. It rises with every write."""
        return int(self._rows("current_snapshot")[0][0])

    def releases(self) -> list[Release]:
        """Return the commits that changed values, oldest first.

        A release keeps its time and run; its number is that of the last commit before the next release, so that
        it is read with the catalogue as it was then put right.
        """
        commits = self._all_commits()
        firsts = [place for place, commit in enumerate(commits) if commit.details.get("wrote_values")]
        lasts = [*(place - 1 for place in firsts[1:]), len(commits) - 1]
        return [
            _release(commits[first], commits[last].number)
            for first, last in zip(firsts, lasts, strict=bool(firsts))
        ]

    def latest_release(self) -> Release:
        """Raises `NothingKeptError`."""
        releases = self.releases()
        if not releases:
            raise NothingKeptError
        return releases[-1]

    def release_as_of(self, moment: datetime) -> Release:
        """Return the latest release at a moment, which must have a time zone. Raises `NothingKnownThenError`."""
        commits = [commit for commit in self._all_commits() if commit.made_at <= moment]
        for commit in reversed(commits):
            if commit.details.get("wrote_values"):
                return _release(commit, commits[-1].number)
        raise NothingKnownThenError(
            as_of=_shown(moment), first=_shown(releases[0].known_at) if (releases := self.releases()) else "–"
        )

    def run_ids(self) -> set[str]:
        """Return the runs that have committed anything here, values or not."""
        return {str(commit.details["run_id"]) for commit in self._all_commits() if "run_id" in commit.details}

    def indicator_values(
        self,
        release: Release,
        *,
        kpi_ids: Sequence[str],
        years: Sequence[int] | None = None,
        municipality_ids: Sequence[str] | None = None,
        genders: Sequence[str] | None = None,
        years_of_all_places: Sequence[int] = (),
    ) -> GuardedValues:
        """Return values in the unit of each KPI; `None` means all.

        years_of_all_places: the years in which every place is returned, not only those of `municipality_ids`.
        `value` is NaN exactly where `reason` says why; a place that never reported has no row. The order of rows
        is not defined.
        """
        sorted_ids = sorted(set(kpi_ids))
        pieces = [
            self._table(
                "indicator_values",
                release=release.number,
                **_kpi_bounds(sorted_ids[first : first + KPIS_A_QUESTION]),
                years=[int(year) for year in years or ()],
                municipality_ids=list(municipality_ids or ()),
                genders=[str(gender) for gender in genders or ()],
                years_of_all_places=[int(year) for year in years_of_all_places],
            )
            for first in range(0, max(len(sorted_ids), 1), KPIS_A_QUESTION)
        ]
        return GuardedValues(pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True))

    def latest_years(self, release: Release, kpi_ids: Sequence[str], gender: str = "T") -> dict[str, int]:
        """Return the latest year of each KPI in which any municipality (or else any region) has a number.

        Remembered for each release, since a release never changes.
        """
        key = (release.number, str(gender))
        known = self._latest_years.setdefault(key, {})
        unknown = [kpi_id for kpi_id in kpi_ids if kpi_id not in known]
        if unknown:
            rows = self._rows("latest_years", release=key[0], gender=key[1], **_kpi_bounds(unknown))
            years = {str(kpi_id): int(year) for kpi_id, year in rows}
            known.update({kpi_id: years.get(kpi_id) for kpi_id in unknown})
        return {kpi_id: year for kpi_id in kpi_ids if (year := known[kpi_id]) is not None}

    def years_with_values(self, release: Release, kpi_id: str) -> list[int]:
        """Return the years with any number, ascending."""
        return [
            int(year) for (year,) in self._rows("years_with_values", release=release.number, kpi_id=kpi_id)
        ]

    def stored_kpis(self, release: Release) -> pd.DataFrame:
        """Return the extent of each stored KPI: kpi_id, first_year, last_year, row_count, value_count."""
        return self._table("stored_kpis", release=release.number)

    def kpis(self, release: Release) -> pd.DataFrame:
        """Return the catalogue (`Kpi`): dates are ISO text, `None` where the source gives none."""
        return self._table("kpis", release=release.number)

    def municipalities(self, release: Release) -> pd.DataFrame:
        """Return the places as the source names them: id, title, type."""
        return self._table("municipalities", release=release.number)

    def municipality_groups(self, release: Release) -> pd.DataFrame:
        """Return the source's own groups: group_id, title, member_count."""
        return self._table("municipality_groups", release=release.number)

    def group_members(self, release: Release, group_id: str) -> tuple[str, ...]:
        """Return the codes of a group's members in the source's order; empty if there is no such group."""
        rows = self._rows("group_members", release=release.number, group_id=group_id)
        return tuple(str(code) for (code,) in rows)

    def groups_with_place(self, release: Release, municipality_id: str) -> pd.DataFrame:
        """Return every member of every group that contains a place, in the source's order: group_id, title, municipality_id."""
        return self._table("groups_with_place", release=release.number, municipality_id=municipality_id)

    def level_breaks(self, release: Release, kpi_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """Return breaks in level (`LevelBreak`); `first_year` is <NA> where the whole history was rescaled."""
        if not self._rows("has_level_breaks", release=release.number)[0][0]:
            return NO_LEVEL_BREAKS.copy()
        table = self._table("level_breaks", release=release.number, kpi_ids=list(kpi_ids or ()))
        return table.astype({"first_year": "Int32"})

    def coverage(self) -> pd.DataFrame:
        """Return what has been fetched, one row per KPI (`Coverage`)."""
        return self._table("coverage")

    def revisions(
        self, since: Release, until: Release, kpi_ids: Sequence[str] | None = None
    ) -> GuardedRevisions:
        """Return the cells that differ between two releases.

        Columns kpi_id, municipality_id, year, gender, old_value, old_reason, new_value, new_reason, and change:
        new, changed or withdrawn. A cell changed twice is one row, one changed and changed back is none.
        """
        rows = self._table(
            "revisions",
            first_snapshot=since.number + 1,
            last_snapshot=max(until.number, since.number),
            kpi_ids=list(kpi_ids or ()),
        )
        return GuardedRevisions(rows)

    def reported_values(
        self,
        release: Release,
        *,
        measure_ids: Sequence[str] | None = None,
        municipality_ids: Sequence[str] | None = None,
    ) -> GuardedReported:
        """Return what members have reported (`ReportedValue`), in the order of its key; `None` means all.

        `value` is NaN exactly where `reason` says why.
        """
        if not self._holds("reported_value", release.number):
            return GuardedReported(NOTHING_REPORTED.copy())
        newest = self.newest_commit()
        parameters = {
            "measure_ids": list(measure_ids or ()),
            "municipality_ids": list(municipality_ids or ()),
        }
        rows = self._table("reported_values", release=release.number, **parameters)
        past = self._reported_past(newest, parameters) if release.number < newest else None
        return GuardedReported(rows, release.number, past)

    def reported_history(
        self, measure_id: str, municipality_id: str, period: str, gender: str
    ) -> GuardedHistory:
        """Return every change of one reported cell."""
        newest = self.newest_commit()
        commits = {
            commit.number: CommitLine(commit.made_at, str(commit.details.get("run_id", "")))
            for commit in self._all_commits()
        }
        parameters = {"measure_ids": [measure_id], "municipality_ids": [municipality_id]}
        return GuardedHistory(period, str(gender), commits, self._reported_past(newest, parameters))

    def evaluation_results(
        self,
        release: Release,
        *,
        measure_ids: Sequence[str] | None = None,
        municipality_ids: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return the results of evaluated projects (`EvaluationResult`), by project; `None` means all."""
        if not self._holds("evaluation_result", release.number):
            return NO_EVALUATIONS.copy()
        return self._table(
            "evaluation_results",
            release=release.number,
            measure_ids=list(measure_ids or ()),
            municipality_ids=list(municipality_ids or ()),
        ).astype({"person_count": "Int64"})

    def _reported_past(self, newest: int, parameters: Mapping[str, list[str]]) -> ReportedPast | None:
        """Return the changes of reported values up to a commit; `None` where their table did not exist then."""
        first = self._made("reported_value")
        if first is None or first > newest:
            return None
        return ReportedPast(
            self._table("reported_changes", first=first, newest=newest, **parameters),
            self._table("reported_values", release=newest, **parameters),
            frozenset(
                upload_id for commit in self._all_commits() for upload_id in commit.details.get("undone", ())
            ),
        )

    def _holds(self, table: str, release: int) -> bool:
        """Return whether a table that older lakes lack exists and has rows at a release."""
        made = self._made(table)
        if made is None or made > release:
            return False
        return bool(self._rows("has_files", table=table, release=release)[0][0])

    def _made(self, table: str) -> int | None:
        """Return the commit that created a table, remembered once it exists."""
        if table not in self._first_snapshots:
            created_in = self._rows("first_snapshot_of_table", table=table)[0][0]
            if created_in is None:
                return None
            self._first_snapshots[table] = int(created_in)
        return self._first_snapshots[table]

    def _all_commits(self) -> "list[_Commit]":
        newest = self.newest_commit()
        with self._lock:
            if self._commits is None or self._commits[0] != newest:
                self._commits = (newest, [_Commit(*row) for row in self._rows("snapshots")])
            return self._commits[1]

    def _rows(self, name: str, **parameters: object) -> list[tuple[Any, ...]]:
        with errors_for_users(self.location), self._connection.cursor() as cursor:
            return cursor.execute(question(name), parameters or None).fetchall()

    def _table(self, name: str, **parameters: object) -> pd.DataFrame:
        with errors_for_users(self.location), self._connection.cursor() as cursor:
            table = cursor.execute(question(name), parameters or None).df()
        return table.assign(**{name: _with_none(table[name]) for name in NULLABLE_TEXT if name in table})


class _Commit:
    """One commit as the catalogue stores it; `details` are the writer's."""

    def __init__(self, number: int, made_at: datetime, message: str | None, extra_info: str | None) -> None:
        self.number = number
        self.made_at = made_at.astimezone(UTC)
        self.message = message or ""
        self.details: dict[str, Any] = json.loads(extra_info) if extra_info else {}


def _release(commit: _Commit, number: int) -> Release:
    return Release(
        number=number,
        known_at=commit.made_at,
        run_id=str(commit.details["run_id"]),
        description=commit.message,
        is_made_up=bool(commit.details["is_made_up"]),
        upload_id=commit.details.get("upload_id"),
    )


def _kpi_bounds(kpi_ids: Sequence[str]) -> dict[str, Any]:
    sorted_ids = sorted(set(kpi_ids))
    return {
        "kpi_ids": sorted_ids,
        "first_kpi": sorted_ids[0] if sorted_ids else "",
        "last_kpi": sorted_ids[-1] if sorted_ids else "",
    }


def _with_none(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Convert columns to text with `None` where there is none."""
    return column.astype(object).where(column.notna(), None)


def _shown(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
