"""Find the KPIs whose fetched values are on another level than the stored ones."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.store.figures import Figures
from domain.value import Gender
from metrics.redefinition import breaks_between_releases, breaks_between_years
from pipelines.kolada.staged_rows import KEY, StagedRows, load_stored_rows, overlay_rows

KPIS_AT_A_TIME: Final = 50  # some 700 000 rows: keeps the comparison of a whole catalogue within memory


def find_level_breaks(figures: Figures | None, staged: Sequence[StagedRows], *, run_id: str) -> pd.DataFrame:
    """Level breaks between the stored and the staged rows, in the columns of the store's contract.

    Stored rows are compared cell by cell with received ones; years that are new are compared with the year before them. A
    KPI that is new to the store has nothing to differ from.
    """
    if figures is None or not figures.releases():
        return _with_run(breaks_between_releases(_no_cells()), run_id)
    known = set(figures.stored_kpis(figures.latest_release())["kpi_id"])
    concerned = sorted(known & set[str]().union(*(rows.kpi_ids for rows in staged)))
    breaks = [breaks_between_releases(_no_cells())]
    for start in range(0, len(concerned), KPIS_AT_A_TIME):
        kpi_ids = concerned[start : start + KPIS_AT_A_TIME]
        stored = load_stored_rows(figures, kpi_ids)
        received = pd.concat([rows.of(kpi_ids) for rows in staged], ignore_index=True)
        both = stored[[*KEY, "value"]].merge(
            received[[*KEY, "value"]], on=KEY, how="left", suffixes=("_old", "_new")
        )
        cells = both.rename(columns={"value_old": "old_value", "value_new": "new_value"})
        between_releases = breaks_between_releases(cells)
        breaks += [between_releases, _breaks_in_new_years(stored, received, set(between_releases["kpi_id"]))]
    return _with_run(
        pd.concat([frame for frame in breaks if len(frame)] or breaks[:1], ignore_index=True), run_id
    )


def _breaks_in_new_years(stored: pd.DataFrame, received: pd.DataFrame, explained: set[str]) -> pd.DataFrame:
    """Breaks that begin in a year that the store did not know; a rescaled history explains itself."""
    last_stored = stored.loc[stored["value"].notna()].groupby("kpi_id")["year"].max()
    of_both_genders = received.loc[
        (received["gender"] == Gender.TOTAL) & received["value"].notna() & ~received["kpi_id"].isin(explained)
    ]
    # of no rows, where every KPI explains itself, pandas would make words of the years
    last_known = of_both_genders["kpi_id"].map(last_stored).astype("float64")
    kpi_ids = set(of_both_genders.loc[of_both_genders["year"] > last_known, "kpi_id"])
    if not kpi_ids:
        return breaks_between_years(stored.iloc[:0])
    totals = stored.loc[stored["kpi_id"].isin(kpi_ids) & (stored["gender"] == Gender.TOTAL)]
    after = overlay_rows(
        totals, received.loc[received["kpi_id"].isin(kpi_ids) & (received["gender"] == Gender.TOTAL)]
    )
    recent = after.loc[after["year"] >= after["kpi_id"].map(last_stored)]
    return breaks_between_years(recent)


def _no_cells() -> pd.DataFrame:
    return pd.DataFrame(
        {"kpi_id": [], "municipality_id": [], "year": [], "old_value": [], "new_value": []}
    ).astype(
        {
            "kpi_id": "str",
            "municipality_id": "str",
            "year": "int64",
            "old_value": "float64",
            "new_value": "float64",
        }
    )


def _with_run(breaks: pd.DataFrame, run_id: str) -> pd.DataFrame:
    named = breaks.assign(found_by_run=run_id, first_year=breaks["first_year"].astype("Int32"))
    return named[["kpi_id", "first_year", "factor", "share_of_places", "found_by_run", "kind"]]
