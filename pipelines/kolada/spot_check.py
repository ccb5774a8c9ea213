"""Whether a source's list of changes can be believed: a small sample fetched in full must be what the store would hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from pipelines.kolada.request_plan import DataScope
from pipelines.kolada.staged_rows import KEY

MOST_KPIS: Final = 25  # one path segment
RECENT_YEARS: Final = 2
EXAMPLES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class SpotCheckResult:
    """How many cells of the sample were compared, and how many of them the list of changes had missed."""

    compared: int
    missed: int
    examples: str = ""


def sample(
    kpi_ids: Sequence[str],
    years: Sequence[int],
    municipality_ids: tuple[str, ...] | None,
    stored_kpis: pd.DataFrame,
    day: date,
) -> DataScope:
    """Choose the cells to compare: up to 25 KPIs, in their two latest stored years, the year after, and one earlier year.

    New figures and most revisions come in the latest years. The KPIs of a long list and the earlier year move on
    with the day, so that in time everything is looked at.
    """
    step = max(len(kpi_ids) // MOST_KPIS, 1)
    chosen = tuple(kpi_ids[day.toordinal() % step :: step][:MOST_KPIS])
    last_years = stored_kpis.loc[stored_kpis["kpi_id"].isin(chosen), "last_year"]
    latest_years = {last - back for last in map(int, last_years) for back in range(-1, RECENT_YEARS)}
    earlier = [year for year in years if year < min(latest_years, default=0)]
    if earlier:
        latest_years.add(earlier[day.toordinal() % len(earlier)])
    chosen_years = [year for year in years if year in latest_years] or list(years[-RECENT_YEARS:])
    return DataScope(chosen, tuple(chosen_years[-MOST_KPIS:]), municipality_ids)


def compare_sample(would_hold: pd.DataFrame, fetched: pd.DataFrame) -> SpotCheckResult:
    """Hold the sample as it was fetched against the same cells as the store would hold them. Values must be equal."""
    columns = [*KEY, "value", "reason"]
    both = would_hold[columns].merge(
        fetched[columns], on=KEY, how="outer", suffixes=("_kept", "_fetched"), indicator=True
    )
    same_value = (both["value_kept"] == both["value_fetched"]) | (
        both["value_kept"].isna() & both["value_fetched"].isna()
    )
    same_reason = both["reason_kept"].fillna("") == both["reason_fetched"].fillna("")
    differs = both.loc[(both["_merge"] != "both") | ~same_value | ~same_reason]
    return SpotCheckResult(len(both), len(differs), _examples(differs.head(EXAMPLES_SHOWN)))


def _examples(rows: pd.DataFrame) -> str:
    return ", ".join("/".join(map(str, cell)) for cell in rows[KEY].itertuples(index=False))
