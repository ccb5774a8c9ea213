"""The shaped rows of a run, on disk, and what the store would hold once they are merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.store.figures import Figures
from disclosure.writing import stored_rows
from pipelines.kolada.transform import STAGED_SCHEMA, TransformedPart

KEY: Final = ["kpi_id", "municipality_id", "year", "gender"]


@dataclass(frozen=True, slots=True)
class StagedRows:
    """Parquet parts of one kind: everything in a scope, or what changed in it."""

    parts: tuple[TransformedPart, ...] = ()

    @property
    def files(self) -> list[Path]:
        return [Path(part.path) for part in self.parts]

    @property
    def row_count(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def kpi_ids(self) -> set[str]:
        return {kpi_id for part in self.parts for kpi_id in part.kpi_ids}

    @property
    def left_out(self) -> dict[str, int]:
        """Rows of places that nobody knows, a place."""
        counts: dict[str, int] = {}
        for part in self.parts:
            for place, rows in part.left_out.items():
                counts[place] = counts.get(place, 0) + rows
        return counts

    def of(self, kpi_ids: Iterable[str]) -> pd.DataFrame:
        """The rows of some KPIs as a frame, in the columns of `STAGED_SCHEMA`."""
        rows: pd.DataFrame = self.table(kpi_ids).to_pandas()
        return rows

    def table(self, kpi_ids: Iterable[str]) -> pa.Table:
        """The rows of some KPIs, in `STAGED_SCHEMA`."""
        ids = set(kpi_ids)
        tables = [
            pq.read_table(part.path, filters=[("kpi_id", "in", ids)]).cast(STAGED_SCHEMA)
            for part in self.parts
            if ids & set(part.kpi_ids)
        ]
        return pa.concat_tables([STAGED_SCHEMA.empty_table(), *tables])


def load_stored_rows(
    figures: Figures | None,
    kpi_ids: Sequence[str],
    years: Sequence[int] | None = None,
    municipality_ids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What the newest release holds of some KPIs; no rows where there is no store or no release."""
    if figures is None or not kpi_ids or not figures.releases():
        nothing: pd.DataFrame = STAGED_SCHEMA.empty_table().drop_columns(["is_deleted"]).to_pandas()
        return nothing
    return stored_rows(
        figures.indicator_values(
            figures.latest_release(), kpi_ids=kpi_ids, years=years, municipality_ids=municipality_ids
        )
    )


def overlay_rows(stored: pd.DataFrame, staged: pd.DataFrame) -> pd.DataFrame:
    """The stored rows with the staged ones in their place, without those that are deleted."""
    both = pd.concat([stored.assign(is_deleted=False), staged], ignore_index=True)
    newest = both.drop_duplicates(KEY, keep="last")
    return newest.loc[~newest["is_deleted"].astype(bool)].drop(columns="is_deleted").reset_index(drop=True)
