from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.redefinition import are_roundings, breaks_between_releases, breaks_between_years

KOLADA = Path(__file__).parents[3] / "shared" / "kolada"
YEARS = range(2015, 2021)


def figures(places=40, seed=1, years=YEARS, kpi_id="N1"):
    """One KPI: places on different levels that move by about 5 % a year."""
    random = np.random.default_rng(seed)
    level = random.uniform(20, 90, places)[:, np.newaxis]
    values = level * np.exp(random.normal(0, 0.05, (places, len(years))).cumsum(axis=1))
    return pd.DataFrame(
        {
            "kpi_id": kpi_id,
            "municipality_id": np.repeat([f"{place:04}" for place in range(places)], len(years)),
            "year": np.tile(list(years), places),
            "value": values.ravel(),
        }
    )


def twice_released(old, new):
    return old.rename(columns={"value": "old_value"}).assign(new_value=new)


def rows_of(breaks):
    return [
        (row.kpi_id, None if pd.isna(row.first_year) else int(row.first_year), round(row.factor, 3), row.kind)
        for row in breaks.itertuples()
    ]


@pytest.mark.parametrize("factor", [100, 10, 0.1, 2, 1000])
def test_a_whole_history_on_another_level_has_no_first_year(factor):
    old = figures()
    breaks = breaks_between_releases(twice_released(old, old["value"] * factor))
    assert rows_of(breaks) == [("N1", None, factor, "between_releases")]
    assert breaks["share_of_places"].tolist() == [1.0]


def test_a_level_that_moved_from_a_year_on_begins_in_that_year():
    old = figures()
    new = old["value"].where(old["year"] < 2018, old["value"] * 100)
    assert rows_of(breaks_between_releases(twice_released(old, new))) == [
        ("N1", 2018, 100, "between_releases")
    ]


def test_years_that_were_not_published_again_stay_on_the_old_level():
    old = figures()
    recent = (old["value"] * 100).where(old["year"] >= 2018)  # only the years from 2018 on were fetched
    assert rows_of(breaks_between_releases(twice_released(old, recent))) == [
        ("N1", 2018, 100, "between_releases")
    ]
    middle = (old["value"] * 100).where(old["year"].between(2017, 2018))
    assert rows_of(breaks_between_releases(twice_released(old, middle))) == [
        ("N1", 2017, 100, "between_releases"),
        ("N1", 2019, 0.01, "between_releases"),
    ]


def test_a_year_with_few_places_follows_the_years_around_it():
    old = figures()
    new = old["value"] * 100
    few = (old["year"] == 2017) & (old["municipality_id"] > "0003")
    new[(old["year"] == 2017) & ~few] *= 1.5  # four places left, and they were revised
    revised = twice_released(old, new).loc[~few]
    assert rows_of(breaks_between_releases(revised)) == [("N1", None, 100, "between_releases")]


def test_some_places_may_have_corrected_their_values_in_the_same_release():
    old = figures(places=100)
    new = old["value"] * 100
    new[old["municipality_id"] < "0008"] *= 1.3
    assert rows_of(breaks_between_releases(twice_released(old, new))) == [
        ("N1", None, 100, "between_releases")
    ]
    new[old["municipality_id"] < "0015"] *= 1.3
    assert rows_of(breaks_between_releases(twice_released(old, new))) == []


def test_coarse_old_values_still_show_the_factor():
    old = figures().assign(value=lambda frame: (frame["value"] / 20).round(1))  # 0.8, 1.2, 4.6 …
    exact = figures()["value"] * 5
    assert [row[:2] for row in rows_of(breaks_between_releases(twice_released(old, exact)))] == [("N1", None)]


def test_small_whole_numbers_that_double_prove_no_factor():
    old = figures().assign(value=lambda frame: np.tile([1.0, 2.0, 1.0], len(frame) // 3))
    assert rows_of(breaks_between_releases(twice_released(old, old["value"] + 1))) == []


def test_other_rounding_ordinary_revision_and_few_places_are_no_redefinition():
    old = figures()
    assert rows_of(breaks_between_releases(twice_released(old, old["value"].round(1)))) == []
    assert rows_of(breaks_between_releases(twice_released(old, old["value"] * 1.2))) == []
    few = figures(places=19)
    assert rows_of(breaks_between_releases(twice_released(few, few["value"] * 100))) == []
    scattered = old["value"] * np.random.default_rng(5).uniform(1, 4, len(old))
    assert rows_of(breaks_between_releases(twice_released(old, scattered))) == []


def test_zero_and_missing_values_say_nothing_of_a_factor():
    old = figures()
    new = old["value"] * 100
    old.loc[::7, "value"] = 0.0
    new[::7] = 0.0
    new[::11] = np.nan
    assert rows_of(breaks_between_releases(twice_released(old, new))) == [
        ("N1", None, 100, "between_releases")
    ]


def test_each_kpi_is_judged_by_itself():
    first, other = figures(kpi_id="N1"), figures(kpi_id="N2", seed=2)
    both = pd.concat([twice_released(first, first["value"]), twice_released(other, other["value"] * 10)])
    assert rows_of(breaks_between_releases(both)) == [("N2", None, 10, "between_releases")]


def test_a_year_on_another_scale_begins_a_new_level():
    values = figures(places=100)
    values.loc[values["year"] >= 2018, "value"] *= 100
    ((kpi_id, first_year, factor, kind),) = rows_of(breaks_between_years(values))
    assert (kpi_id, first_year, kind) == ("N1", 2018, "between_years")
    assert factor == pytest.approx(100, rel=0.05)


def test_a_missing_year_does_not_hide_a_new_level():
    values = figures(places=100)
    values.loc[values["year"] >= 2018, "value"] /= 1000
    without_2017 = values.loc[values["year"] != 2017]
    assert [row[:2] for row in rows_of(breaks_between_years(without_2017))] == [("N1", 2018)]


def test_a_year_when_much_happened_is_no_new_level():
    values = figures(places=100)
    values.loc[values["year"] == 2018, "value"] *= 1.8  # nearly everybody doubled
    assert rows_of(breaks_between_years(values)) == []
    uneven = figures(places=100)
    moved = np.exp(
        np.random.default_rng(3).normal(np.log(4), 0.8, len(uneven))
    )  # fourfold, but each in its own way
    uneven["value"] *= np.where(uneven["year"] == 2018, moved, 1)
    assert rows_of(breaks_between_years(uneven)) == []


def test_nothing_comes_of_nothing_and_the_columns_stay():
    columns = ["kpi_id", "first_year", "factor", "share_of_places", "kind"]
    none = figures().iloc[:0]
    assert breaks_between_years(none).columns.tolist() == columns
    assert breaks_between_releases(twice_released(none, none["value"])).columns.tolist() == columns


def test_the_input_is_left_unchanged():
    cells = twice_released(figures(), figures()["value"] * 100)
    before = cells.copy()
    breaks_between_releases(cells)
    pd.testing.assert_frame_equal(cells, before)
    values = figures()
    breaks_between_years(values)
    pd.testing.assert_frame_equal(values, figures())


@settings(max_examples=20, deadline=None)
@given(st.floats(1.6, 5000), st.booleans(), st.integers(0, 100))
def test_every_factor_is_found_whichever_way_it_went(factor, is_shrunk, seed):
    old = figures(seed=seed)
    factor = 1 / factor if is_shrunk else factor
    breaks = breaks_between_releases(twice_released(old, old["value"] * factor))
    assert breaks["factor"].tolist() == pytest.approx([factor], rel=1e-6)


def test_a_difference_too_small_to_see_is_rounding():
    old = np.array([83.333, 83.3, 83.35, 83.3, np.nan, 83.3])
    new = np.array([83.3, 83.333, 83.3, 83.4, 83.3, 83.3])
    assert are_roundings(old, new, decimals=1).tolist() == [True, True, True, False, False, False]
    assert are_roundings(np.array([1234.0]), np.array([1234.4]), decimals=0).tolist() == [True]


@pytest.mark.shared
@pytest.mark.skipif(not KOLADA.is_dir(), reason="the real pulls are not beside the project")
def test_two_real_pulls_hold_roundings_and_no_redefinition():
    names = {"kpi": "kpi_id", "municipality": "municipality_id", "period": "year"}
    pulls = [
        pd.read_parquet(KOLADA / f"pull-{day}.parquet", columns=[*names, "gender", "value"]).rename(
            columns=names
        )
        for day in ("2023-03-28", "2024-01-30")
    ]
    keys = ["kpi_id", "municipality_id", "year", "gender"]
    cells = (
        pulls[0]
        .rename(columns={"value": "old_value"})
        .merge(pulls[1].rename(columns={"value": "new_value"}), on=keys)
    )
    assert breaks_between_releases(cells).empty
    assert breaks_between_years(pulls[1].loc[pulls[1]["gender"] == "T"]).empty
    is_rounding = are_roundings(cells["old_value"].to_numpy(), cells["new_value"].to_numpy(), decimals=1)
    assert cells.loc[is_rounding, "kpi_id"].value_counts().to_dict() == {"N15428": 10_248}
