"""What earlier runs have fetched, and what a new run may therefore ask only the changes of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import pandas as pd

from pipelines.kolada.sync_choice import ALL


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one KPI has been fetched completely, and on which day last. `municipality_ids` None is all."""

    first_year: int
    last_year: int
    municipality_ids: frozenset[str] | None
    fetched_at: date

    @classmethod
    def of(cls, years: Sequence[int], municipality_ids: Iterable[str] | None, fetched_at: date) -> Self:
        """What a run that asked for these years and places covers. Years with a gap count as their first stretch."""
        rising = sorted(years)
        unbroken = [year for place, year in enumerate(rising) if year == rising[0] + place]
        places = None if municipality_ids is None else frozenset(municipality_ids)
        return cls(unbroken[0], unbroken[-1], places, fetched_at)

    def covers(self, years: Iterable[int], municipality_ids: Iterable[str] | None) -> bool:
        """Whether all these years and places have been fetched."""
        has_years = all(self.first_year <= year <= self.last_year for year in years)
        if self.municipality_ids is None:
            return has_years
        return has_years and municipality_ids is not None and self.municipality_ids >= set(municipality_ids)

    def after(self, new: Self) -> Self:
        """What is covered once a run has fetched `new` on top: never more, and never fresher, than is true."""
        if new.covers(range(self.first_year, self.last_year + 1), self.municipality_ids):
            return new
        if self.covers(range(new.first_year, new.last_year + 1), new.municipality_ids):
            return self
        touches = new.first_year <= self.last_year + 1 and self.first_year <= new.last_year + 1
        if self.municipality_ids == new.municipality_ids and touches:
            return type(self)(
                min(self.first_year, new.first_year),
                max(self.last_year, new.last_year),
                self.municipality_ids,
                min(self.fetched_at, new.fetched_at),
            )
        return new


def read_coverage(table: pd.DataFrame) -> dict[str, Coverage]:
    """The store's table as one `Coverage` per KPI."""
    return {
        row["kpi_id"]: Coverage(
            int(row["first_year"]),
            int(row["last_year"]),
            None if row["municipalities"] == ALL else frozenset(row["municipalities"].split(",")),
            date.fromisoformat(row["fetched_at"]),
        )
        for row in table.to_dict("records")
    }


def coverage_table(coverage: Mapping[str, Coverage]) -> pd.DataFrame:
    """The table of the store's contract."""
    return pd.DataFrame(
        [
            {
                "kpi_id": kpi_id,
                "first_year": covered.first_year,
                "last_year": covered.last_year,
                "municipalities": ALL
                if covered.municipality_ids is None
                else ",".join(sorted(covered.municipality_ids)),
                "fetched_at": covered.fetched_at.isoformat(),
            }
            for kpi_id, covered in sorted(coverage.items())
        ]
    )
