"""Compared with the published answers of PHE/OHID's own tests; some are typed here, all are read where available."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.comparison import Trend
from metrics.recent_trend import trend_of_proportions, trend_of_values, unbroken_window

PHE = Path(__file__).parents[3] / "shared" / "worked_examples" / "phe"
NAN = np.nan
WORDS = {
    "Increasing": Trend.INCREASING,
    "Decreasing": Trend.DECREASING,
    "No significant change": Trend.NO_SIGNIFICANT_CHANGE,
    "Cannot be calculated": Trend.CANNOT_BE_CALCULATED,
}


def test_a_falling_proportion_is_found_with_the_published_statistic():
    counts = np.array([318.0, 314, 318, 291, 292])
    result = trend_of_proportions(counts, counts / np.array([0.679, 0.664, 0.635, 0.606, 0.585]))
    assert result.trend.item() is Trend.DECREASING
    assert result.chi_square == pytest.approx(12.5688, abs=5e-5)
    assert result.slope == pytest.approx(-0.1062, abs=5e-5)


def test_values_with_intervals_give_the_published_statistic():
    values = np.array([[30.6, 30.2, 28, 24.6, 24.67], [30.2, 28, 24.6, 24.67, 30.9]])
    low = np.array([[28.98, 28.63, 26.44, 23.15, 23.16], [28.63, 26.44, 23.15, 23.16, 28.98]])
    high = np.array([[32.25, 31.9, 29.64, 26.19, 26.25], [31.9, 29.64, 26.19, 26.25, 32.25]])
    result = trend_of_values(values, low, high)
    assert result.trend.tolist() == [Trend.DECREASING, Trend.NO_SIGNIFICANT_CHANGE]
    np.testing.assert_allclose(result.chi_square, [46.7636, 0.7433], atol=5e-5)
    np.testing.assert_allclose(result.slope, [-1.7516, -0.2256], atol=5e-5)


def test_one_lonely_point_does_not_make_a_trend():
    # Flat until a leap in the last year: significant by chi², but the other four fall.
    values = np.array([10.3, 10.2, 10.1, 10.0, 14.0])
    result = trend_of_values(values, values - 0.8, values + 0.8)
    assert result.chi_square > 9.5495
    assert result.trend.item() is Trend.NO_SIGNIFICANT_CHANGE


def test_a_missing_point_or_interval_cannot_be_calculated():
    counts = np.array([[10.0, NAN, 12, 13, 14], [10, 11, 12, 13, 14]])
    people = np.array([[100.0] * 5, [100, 100, 100, NAN, 100]])
    assert set(trend_of_proportions(counts, people).trend) == {Trend.CANNOT_BE_CALCULATED}
    values = np.array([1.0, 2, 3, 4, 5])
    low = np.array([0.5, 1.5, NAN, 3.5, 4.5])
    assert trend_of_values(values, low, values + 0.5).trend.item() is Trend.CANNOT_BE_CALCULATED


def test_nobody_in_all_years_is_no_change():
    result = trend_of_proportions(np.zeros(5), np.full(5, 80.0))
    assert result.trend.item() is Trend.NO_SIGNIFICANT_CHANGE


def test_more_or_fewer_than_five_points_are_refused():
    with pytest.raises(ValueError, match="needs 5 points"):
        trend_of_proportions(np.ones((3, 6)), np.full((3, 6), 9.0))


def test_the_window_is_five_years_in_a_row_without_a_break_inside():
    years = (2015, 2016, 2017, 2018, 2019, 2020, 2022)
    assert unbroken_window(years, 2020, ()) == [1, 2, 3, 4, 5]
    assert unbroken_window(years, 2020, (2016,)) == [1, 2, 3, 4, 5]  # the new level begins with the window
    assert unbroken_window(years, 2020, (2017,)) is None
    assert unbroken_window(years, 2020, (2020,)) is None
    assert unbroken_window(years, 2020, (2022,)) == [1, 2, 3, 4, 5]
    assert unbroken_window(years, 2022, ()) is None  # 2021 lacks
    assert unbroken_window(years, 2018, ()) is None  # 2014 lacks


@example(np.array([96.0, 1.0, 96.0, 96.0, 96.0]), np.full(5, 400.0))  # level without the one odd year
@given(arrays(float, 5, elements=st.integers(0, 400)), arrays(float, 5, elements=st.integers(400, 5000)))
def test_counting_the_others_turns_the_trend_round(counts, people):
    opposite = {Trend.INCREASING: Trend.DECREASING, Trend.DECREASING: Trend.INCREASING}
    trend = trend_of_proportions(counts, people).trend.item()
    turned = trend_of_proportions(people - counts, people).trend.item()
    assert turned is opposite.get(trend, trend)


def groups(name):
    rows_by_group = defaultdict(list)
    with (PHE / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows_by_group[row.get("Ethnicity", "")].append(row)
    return rows_by_group


def column(rows, name):
    return np.array([float(row[name] or NAN) for row in rows])


@pytest.mark.shared
@pytest.mark.skipif(not PHE.is_dir(), reason="the worked examples are not beside the project")
@pytest.mark.parametrize("kind", ["prop_trends", "prop_grouped", "other_trends", "other_grouped", "other_6"])
def test_every_published_trend_is_reproduced(kind):
    for name, rows in groups(f"trend_markers__testdata_{kind}.csv").items():
        expected = rows[-1]
        years = [int(row.get("Year")) for row in rows]
        if len(rows) < 5 or len(set(years)) < len(years):
            # Too few or repeated years never reach the calculation: there is no window of five.
            assert unbroken_window(tuple(dict.fromkeys(years)), years[-1], ()) is None
            assert WORDS[expected["recent_trend"]] is Trend.CANNOT_BE_CALCULATED
            continue
        rows = rows[-5:]
        if kind.startswith("prop"):
            result = trend_of_proportions(column(rows, "Count"), column(rows, "denominator"))
        else:
            result = trend_of_values(column(rows, "Value"), column(rows, "LL"), column(rows, "UL"))
        assert result.trend.item() is WORDS[expected["recent_trend"]], name
        if expected["Significance"]:
            assert result.chi_square == pytest.approx(float(expected["Significance"]), abs=5e-5)
            assert result.slope == pytest.approx(float(expected["Gradient"]), abs=5e-5)
