"""What members have reported themselves, as known at one release: numbers, bases and explanations, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from disclosure.readable_cells import KEY
from disclosure.reported import ShownReported, nothing_reported
from domain.network_measure import NetworkMeasure, ReportingInterval
from domain.period import PARTS
from domain.value import Gender, Status
from metrics.arrays import Booleans, Floats
from metrics.formula.evaluation import BY_WEIGHT, Codes, Evaluated
from metrics.periods import Yearly, is_summed, yearly

_OK: Final = BY_WEIGHT.index(Status.OK)
_NOT_REPORTED: Final = BY_WEIGHT.index(Status.NOT_REPORTED)
_OF_REASON: Final = {status.value: BY_WEIGHT.index(status) for status in Status}

Explanations = Mapping[tuple[int, str], str]  # by year and code


@dataclass(frozen=True)
class Reported:
    """What members have reported, as it may be shown at one release."""

    shown: ShownReported = field(default_factory=nothing_reported)

    def replaced_by(self, cells: pd.DataFrame) -> "Reported":
        """The same with the cells that a publication would show in their place, as `ShownReported.replaced_by`."""
        return Reported(self.shown.replaced_by(cells))

    def years(self, measure_ids: Sequence[str]) -> tuple[int, ...]:
        """Return the years in which the measures have rows, ascending."""
        years: set[int] = set()
        for measure_id in measure_ids:
            if measure_id in self._rows:
                years.update(self._rows[measure_id]["year"].unique().tolist())
        return tuple(sorted(years))

    def is_divided_by_gender(self, measure_id: str) -> bool:
        """Return whether anybody has reported women or men."""
        rows = self._rows.get(measure_id)
        return rows is not None and bool((rows["gender"] != Gender.TOTAL.value).any())

    def upload_of(self, measure_id: str, code: str, period: str, gender: str) -> str:
        """Return the upload that a cell comes from; empty where there is no cell."""
        return self._uploads.get((measure_id, code, period, gender), "")

    def upload_ids(self, measure_id: str, year: int) -> Mapping[str, frozenset[str]]:
        """Return by code the uploads that a year's rows come from."""
        rows = self._rows.get(measure_id)
        if rows is None:
            return {}
        of_year = rows[rows["year"] == year]
        return {
            str(code): frozenset(map(str, ids))
            for code, ids in of_year.groupby("municipality_id")["upload_id"]
        }

    def cells(
        self, measure: NetworkMeasure, gender: Gender, years: Sequence[int], codes: Sequence[str]
    ) -> Yearly:
        """One measure's years, (years, codes).

        What is reported for parts of a year comes together as its definition says. Where a measure has changed how often
        it is reported, a year is taken as the definition has it, else as it was reported.
        """
        shape = (len(years), len(codes))
        numbers, bases = np.full(shape, np.nan), np.full(shape, np.nan)
        statuses = np.full(shape, _NOT_REPORTED, dtype=np.uint8)
        rows = self._of_gender(measure.id, gender)
        if rows is None:
            return Yearly(Evaluated(numbers, statuses), bases)
        is_taken = np.zeros(shape, dtype=np.bool_)
        sums = np.array([is_summed(measure.definition_for(year)) for year in years])
        intervals = [measure.definition_for(year).interval for year in years]
        for interval in ReportingInterval:
            parts = rows[rows["part"].isin(PARTS[interval])]
            if not len(parts):
                continue
            is_there, found_sum, found_mean = _in_parts(parts, interval, years, codes)
            is_wanted = np.array([of_year is interval for of_year in intervals])[:, np.newaxis]
            takes = is_there & (is_wanted | ~is_taken)
            is_taken |= takes
            for is_sum, computed in ((True, found_sum), (False, found_mean)):
                here = takes & (sums == is_sum)[:, np.newaxis]
                numbers[here], statuses[here] = (
                    computed.cells.numbers[here],
                    computed.cells.statuses[here],
                )
                bases[here] = computed.bases[here]
        return Yearly(Evaluated(numbers, statuses), bases)

    def explanations(self, measure_id: str, gender: Gender) -> Explanations:
        """Return the explanations of reported values; a part of a year has its name before it."""
        rows = self._of_gender(measure_id, gender)
        if rows is None:
            return {}
        explained = rows[rows["footnote"].map(lambda text: isinstance(text, str) and bool(text.strip()))]
        texts_by_cell: dict[tuple[int, str], list[str]] = {}
        for row in explained.sort_values("period", key=_in_time).to_dict("records"):
            text = _plain(str(row["footnote"]))
            written = f"{row['period']}: {text}" if row["part"] else text
            texts_by_cell.setdefault((int(row["year"]), str(row["municipality_id"])), []).append(written)
        return {cell: "; ".join(dict.fromkeys(texts)) for cell, texts in texts_by_cell.items()}

    def _of_gender(self, measure_id: str, gender: Gender) -> pd.DataFrame | None:
        rows = self._rows.get(measure_id)
        if rows is None:
            return None
        of_gender = rows[rows["gender"] == gender.value]
        return of_gender if len(of_gender) else None

    @cached_property
    def _uploads(self) -> Mapping[tuple[str, str, str, str], str]:
        cells = self.shown.table[[*KEY, "upload_id"]].itertuples(index=False, name=None)
        return {
            (measure, code, period, gender): str(upload) for measure, code, period, gender, upload in cells
        }

    @cached_property
    def _rows(self) -> Mapping[str, pd.DataFrame]:
        """Return each measure's rows with the year and the part of it."""
        table = self.shown.table
        if not len(table):
            return {}
        period = table["period"].astype(str)
        rows = table.assign(year=period.str[:4].astype(np.int64), part=period.str[5:])
        return {str(measure_id): of_it for measure_id, of_it in rows.groupby("measure_id", sort=False)}


NOTHING_REPORTED: Final = Reported()


def reported_revisions(before: ShownReported, after: ShownReported) -> pd.DataFrame:
    """The reported cells that differ between two releases in number, reason or footnote.

    Columns `KEY`, old_value, old_reason, old_footnote, new_value, new_reason, new_footnote, and change: new, changed or
    withdrawn. What is suppressed now is suppressed in both, so that it shows no difference.
    """
    columns = ["value", "reason", "footnote"]
    old, new = (
        shown.table[[*KEY, *columns]].set_index(KEY).add_prefix(prefix)
        for shown, prefix in ((before, "old_"), (after, "new_"))
    )
    both = old.assign(was_kept=True).join(new.assign(is_kept=True), how="outer")
    was_kept, is_kept = both.pop("was_kept").notna(), both.pop("is_kept").notna()
    differs = pd.Series(False, index=both.index)
    for name in columns:
        then, now = both[f"old_{name}"], both[f"new_{name}"]
        differs |= (then != now) & ~(then.isna() & now.isna())
    both["change"] = "changed"
    both.loc[~was_kept, "change"] = "new"
    both.loc[~is_kept, "change"] = "withdrawn"
    revised = both[differs | (was_kept != is_kept)].reset_index()
    texts = {
        f"{prefix}{name}": revised[f"{prefix}{name}"].astype(object)
        for prefix in ("old_", "new_")
        for name in ("reason", "footnote")
    }
    return revised.assign(**{name: text.where(text.notna(), None) for name, text in texts.items()})


def _plain(text: str) -> str:
    """Return text on one line without invisible characters, which could change a line of text or a terminal."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _in_time(periods: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return sort keys of periods in order of time: spring before autumn, unlike the alphabet."""
    return periods.astype(str).str.replace("-VT", "-A").str.replace("-HT", "-B")


def _in_parts(
    rows: pd.DataFrame, interval: ReportingInterval, years: Sequence[int], codes: Sequence[str]
) -> tuple[Booleans, Yearly, Yearly]:
    """Return where anything is reported, and the years as sums and as means of their parts."""
    parts = PARTS[interval]
    shape = (len(years), len(parts), len(codes))
    numbers: Floats = np.full(shape, np.nan)
    bases: Floats = np.full(shape, np.nan)
    statuses: Codes = np.full(shape, _NOT_REPORTED, dtype=np.uint8)
    at = tuple(
        pd.Index(known).get_indexer(pd.Index(rows[name]))
        for known, name in ((years, "year"), (parts, "part"), (codes, "municipality_id"))
    )
    is_asked = np.logical_and.reduce([index >= 0 for index in at])
    cell = tuple(index[is_asked] for index in at)
    stored = rows[is_asked]
    numbers[cell] = stored["value"].to_numpy(dtype=np.float64)
    bases[cell] = stored["basis"].to_numpy(dtype=np.float64, na_value=np.nan)
    reasons = stored["reason"].map(
        lambda reason: _OF_REASON.get(reason, _OK) if isinstance(reason, str) else _OK
    )
    statuses[cell] = reasons.to_numpy(dtype=np.uint8)
    is_there = np.asarray((statuses != _NOT_REPORTED).any(axis=1))
    return (
        is_there,
        yearly(numbers, statuses, bases, is_sum=True),
        yearly(numbers, statuses, bases, is_sum=False),
    )
