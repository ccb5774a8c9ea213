"""Finds a KPI whose level was moved by a constant factor for nearly everybody: redefined, not changed.

It happens in two ways. Between two releases the same cells come back multiplied (`U07417` went from per 1 000 to per
100 000 inhabitants with its whole history). Or a new year comes on another scale than the year before it. Re-issues
with other rounding are neither. The rules are our own; the limits below say why they are what they are.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from metrics.arrays import Booleans, Floats

SMALLEST_FACTOR: Final = (
    1.5  # smaller changes of level happen when a method is refined; see them as revisions
)
AGREEMENT: Final = 0.02  # a factor is the same for two places within 2 %, which leaves room for rounding
SHARE_OF_PLACES: Final = 0.9  # nearly everybody: some places correct their own values in the same release
FEWEST_PLACES: Final = 20  # fewer may move together by chance
MOST_DECIMALS: Final = 3  # with more, rounding is far below the agreement asked for
MOST_COARSE: Final = 0.2  # 1 and 2 rounded to whole numbers say nothing of a factor

SMALLEST_FACTOR_BETWEEN_YEARS: Final = (
    3.0  # real change can double a level in a year, hardly treble it for all
)
LARGEST_LOG_SPREAD: Final = 0.35  # places' own yearly change scatters around the factor by about ± 35 %
POWER_OF_TEN_NEARNESS: Final = 0.1  # log10 within 0.1 of 1, 2, 3 …: 7.9–12.6 is "ten times"

_BREAKS: Final = {
    "kpi_id": "str",
    "first_year": "Int64",
    "factor": "float64",
    "share_of_places": "float64",
    "kind": "str",
}


def breaks_between_releases(cells: pd.DataFrame) -> pd.DataFrame:
    """KPIs that the newer release gives on another level than the older.

    cells: kpi_id, municipality_id, year, old_value, new_value, of one gender or of several: every cell that the older
    release knows, new_value NaN where the newer does not give it again. Returns a frame kpi_id, first_year, factor
    (new / old), share_of_places, kind "between_releases". `first_year` is null where the whole history was rescaled;
    otherwise there is a row for every year that begins another level than the year before it, with the factor of
    that step: years that were not given again stay on the old level.
    """
    both = cells.loc[
        cells["old_value"] * cells["new_value"] > 0
    ]  # NaN is not; nor are zero or a changed sign
    both = both.assign(
        ratio=both["new_value"] / both["old_value"],
        coarseness=_coarseness(both, "old_value") + _coarseness(both, "new_value"),
    )
    moved = _measure_agreement(both.loc[both["coarseness"] <= MOST_COARSE])
    old_years = cells.loc[cells["old_value"].notna(), ["kpi_id", "year", "new_value"]]
    is_given_again: pd.Series = (
        old_years.assign(is_given=old_years["new_value"].notna())
        .groupby(["kpi_id", "year"])["is_given"]
        .any()
    )
    rows: list[tuple[object, ...]] = []
    for kpi_id, years in moved.groupby("kpi_id", sort=True):
        rescaled = years.loc[years["is_moved"]]
        if rescaled.empty:
            continue
        factor = float(rescaled["factor"].median())
        is_rescaled = _find_rescaled_years(
            years.set_index("year"), factor, is_given_again.xs(kpi_id, level="kpi_id")
        )
        share = float(np.average(rescaled["share"], weights=rescaled["n_places"]))
        if is_rescaled.all():
            rows.append((kpi_id, None, factor, share, "between_releases"))
        before = is_rescaled.shift(fill_value=bool(is_rescaled.iloc[0]))
        for year, goes_up in is_rescaled[is_rescaled != before].items():
            rows.append((kpi_id, year, factor if goes_up else 1 / factor, share, "between_releases"))
    return _to_breaks(rows)


def breaks_between_years(values: pd.DataFrame) -> pd.DataFrame:
    """Years that begin a new level: nearly every place moved by one factor since the year before.

    values: kpi_id, municipality_id, year, value of one gender. A year is compared with the nearest earlier year that
    the KPI has. It begins a new level where 90 % of at least 20 places lie within a narrow spread around a factor of
    at least 3, or where the medians' ratio is near a power of ten and most places moved alike. Returns the frame of
    `breaks_between_releases` with kind "between_years".
    """
    known = values.loc[
        values["value"].notna() & (values["value"] != 0), ["kpi_id", "municipality_id", "year", "value"]
    ]
    years = known[["kpi_id", "year"]].drop_duplicates().sort_values(["kpi_id", "year"])
    years["year_before"] = years.groupby("kpi_id")["year"].shift()
    now = known.merge(years.dropna(subset=["year_before"]), on=["kpi_id", "year"])
    before = known.rename(columns={"year": "year_before", "value": "value_before"})
    pairs = now.merge(before, on=["kpi_id", "municipality_id", "year_before"])
    ratio = (pairs["value"] / pairs["value_before"]).to_numpy()
    pairs = pairs.assign(log_ratio=np.log(np.where(ratio > 0, ratio, np.nan))).dropna(subset=["log_ratio"])
    if pairs.empty:
        return _to_breaks([])
    by_year = pairs.groupby(["kpi_id", "year"])
    middle = by_year["log_ratio"].transform("median")
    pairs = pairs.assign(is_near=np.abs(pairs["log_ratio"] - middle) <= LARGEST_LOG_SPREAD)
    levels = pairs.groupby(["kpi_id", "year"], as_index=False).agg(
        log_factor=("log_ratio", "median"),
        n_places=("log_ratio", "size"),
        share=("is_near", "mean"),
        median_now=("value", "median"),
        median_before=("value_before", "median"),
    )
    level = np.log10((levels["median_now"] / levels["median_before"]).abs())
    is_power_of_ten = (np.abs(level - level.round()) <= POWER_OF_TEN_NEARNESS) & (level.round() != 0)
    is_far = np.abs(levels["log_factor"]) >= np.log(SMALLEST_FACTOR_BETWEEN_YEARS)
    is_new_level = (
        is_far
        & (levels["n_places"] >= FEWEST_PLACES)
        & (
            (levels["share"] >= SHARE_OF_PLACES)
            | (is_power_of_ten & (levels["share"] >= SHARE_OF_PLACES / 2))
        )
    )
    return _to_breaks(
        [
            (row.kpi_id, int(row.year), float(np.exp(row.log_factor)), float(row.share), "between_years")
            for row in levels.loc[is_new_level].itertuples(index=False)
        ]
    )


def are_roundings(old: Floats, new: Floats, decimals: int = 1) -> Booleans:
    """Whether new values are the old ones re-issued with other rounding: they differ by less than one could see.

    old, new: the same shape, in the unit of the measure, NaN where there is no number (never a rounding). The
    tolerance is half a unit of the last shown decimal: 0.05 at one decimal. Equal values are no roundings.
    """
    with np.errstate(invalid="ignore"):
        difference = np.abs(new - old)
        return np.asarray((difference > 0) & (difference <= 0.5 * 10.0**-decimals * (1 + 1e-9)))


def _measure_agreement(cells: pd.DataFrame) -> pd.DataFrame:
    """For each KPI and year the median ratio, the share of places that agree with it, and whether it moved."""
    keys = ["kpi_id", "year"]
    factor = cells.groupby(keys)["ratio"].transform("median")
    is_near = np.abs(np.log(cells["ratio"] / factor)) <= AGREEMENT + cells["coarseness"]
    agreement = (
        cells.assign(is_near=is_near)
        .groupby(keys, as_index=False)
        .agg(factor=("ratio", "median"), share=("is_near", "mean"), n_places=("municipality_id", "nunique"))
    )
    agreement["is_moved"] = (
        (np.abs(np.log(agreement["factor"])) >= np.log(SMALLEST_FACTOR))
        & (agreement["share"] >= SHARE_OF_PLACES)
        & (agreement["n_places"] >= FEWEST_PLACES)
    )
    return agreement


def _find_rescaled_years(years: pd.DataFrame, factor: float, is_given_again: pd.Series) -> pd.Series:
    """Whether each year, rising, is on the new level; a year that tells nothing goes with the year before it."""
    agrees = (np.abs(np.log(years["factor"] / factor)) <= 2 * AGREEMENT) & (years["share"] >= SHARE_OF_PLACES)
    says_no = (years["n_places"] >= FEWEST_PLACES) & ~agrees
    on_the_new_level = pd.Series(np.nan, index=is_given_again.index.sort_values())
    on_the_new_level[agrees[agrees].index] = 1.0
    on_the_new_level[says_no[says_no].index] = 0.0
    on_the_new_level[is_given_again[~is_given_again].index] = 0.0
    known: pd.Series = on_the_new_level.ffill().bfill() == 1.0
    return known


def _coarseness(cells: pd.DataFrame, column: str) -> pd.Series:
    """How far rounding may have moved each value, as a share of it; the decimals are read from the KPI's values of the year."""
    values = cells[column]
    half_unit = pd.Series(0.0, index=cells.index)
    kpi_and_year = [cells["kpi_id"], cells["year"]]
    for decimals in range(MOST_DECIMALS, -1, -1):
        is_round = (values - values.round(decimals)).abs() < 1e-9
        half_unit = half_unit.mask(is_round.groupby(kpi_and_year).transform("all"), 0.5 * 10.0**-decimals)
    return half_unit / values.abs()


def _to_breaks(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(_BREAKS)).astype(_BREAKS)
