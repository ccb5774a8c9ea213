"""Against the published answers of PHE/OHID's own tests; the handfuls here are typed from them."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from domain.measure import CountModel
from metrics.intervals import byar, exact_poisson, intervals, poisson, wilson

PHE = Path(__file__).parents[3] / "shared" / "worked_examples" / "phe"
NAN = np.nan


@pytest.mark.parametrize(
    ("count", "denominator", "confidence", "low", "high"),
    [
        (65, 100, 0.95, 0.5525444329688797, 0.7363575175690247),
        (65, 100, 0.998, 0.4954946574070431, 0.7783540614089697),
        (1045, 5000, 0.95, 0.19795549880013297, 0.22049130373189027),
        (1, 100, 0.95, 0.0017674320641406511, 0.054486196178705294),
        (0.445, 1, 0.95, 0.04381744772058822, 0.9334621276979156),
    ],
)
def test_wilson_gives_the_published_limits(count, denominator, confidence, low, high):
    interval = wilson(np.array([count]), np.array([denominator]), confidence)
    np.testing.assert_allclose(np.ravel(interval), [low, high], rtol=1e-9)


@pytest.mark.parametrize(
    ("count", "confidence", "low", "high"),
    [
        (65, 0.95, 50.163187710459454, 82.84913854593984),
        (1045, 0.95, 982.5932018073325, 1110.33121298565),
        (1, 0.95, 0.01307213290150435, 5.5637555824752605),
        (10, 0.998, 2.916318374695686, 24.193724927880535),
        (1, 0.998, NAN, 9.362180217908362),  # the approximation has no lower limit here
    ],
)
def test_byar_gives_the_published_limits(count, confidence, low, high):
    np.testing.assert_allclose(np.ravel(byar(np.array([count]), confidence)), [low, high], rtol=1e-9)


@pytest.mark.parametrize(
    ("count", "denominator", "low", "high"),
    [
        (1, 100, 0.025317807984289897, 5.571643390938898),  # exact
        (5, 100, 1.62348639011842, 11.668332079322669),  # exact
        (20, 100, 12.211428834875937, 30.889880369197066),  # Byar
        (222, 3215, 6.026574877652675, 7.87572937087185),  # Byar
    ],
)
def test_a_rate_below_ten_cases_is_exact_and_otherwise_byar(count, denominator, low, high):
    value = np.array([100 * count / denominator])
    interval = intervals(value, np.array([float(denominator)]), 100, CountModel.RATE)
    np.testing.assert_allclose(np.ravel(interval), [low, high], rtol=1e-9)


def test_exact_limits_are_those_of_chi_square():
    x = np.arange(1.0, 10.0)
    low, high = exact_poisson(x)
    np.testing.assert_allclose(low, chi2.ppf(0.025, 2 * x) / 2)
    np.testing.assert_allclose(high, chi2.ppf(0.975, 2 * x + 2) / 2)


def test_no_cases_have_an_interval_from_zero():
    low, high = poisson(np.array([0.0]))
    np.testing.assert_allclose([low[0], high[0]], [0, -np.log(0.025)])  # P(no case) = e^−limit = 0.025


def test_nobody_and_everybody_stay_within_the_possible():
    low, high = wilson(np.array([0.0, 50.0]), np.array([50.0, 50.0]))
    assert (low[0], high[1]) == (0.0, 1.0)
    low, high = intervals(np.array([100.0]), np.array([37.0]), 100, CountModel.PROPORTION)
    assert high[0] == 100.0


@pytest.mark.parametrize("model", list(CountModel))
@pytest.mark.parametrize(("value", "denominator"), [(NAN, 10), (5, NAN), (5, 0), (5, -1), (-5, 10)])
def test_impossible_values_have_no_interval(model, value, denominator):
    interval = intervals(np.array([value], dtype=float), np.array([denominator], dtype=float), 100, model)
    assert np.isnan(interval).all()


def test_more_cases_than_people_is_no_proportion():
    assert np.isnan(intervals(np.array([128.0]), np.array([95.0]), 100, CountModel.PROPORTION)).all()


@given(
    st.one_of(st.just(0.0), st.floats(1e-6, 100)),
    st.integers(1, 1_000_000),
    st.sampled_from(list(CountModel)),
)
def test_the_value_lies_inside_its_interval(value, denominator, model):
    low, high = intervals(np.array([value]), np.array([float(denominator)]), 100, model)
    assert low[0] <= value * (1 + 1e-12)
    assert value * (1 - 1e-12) <= high[0]


@given(st.integers(0, 500), st.sampled_from(list(CountModel)))
def test_more_confidence_makes_a_wider_interval(count, model):
    value, people = np.array([count / 10]), np.array([1000.0])
    narrow = intervals(value, people, 100, model, 0.95)
    wide = intervals(value, people, 100, model, 0.998)
    assert wide[0][0] <= narrow[0][0] + 1e-12
    assert wide[1][0] >= narrow[1][0]


def rows(name):
    with (PHE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(not PHE.is_dir(), reason="the worked examples are not beside the project")
def test_every_published_limit_is_reproduced():
    checked = 0
    for row in rows("Byars_Wilson__testdata_B_W.csv"):
        confidence = float(row["confidence"].rstrip("%")) / 100
        x, n = np.array([float(row["x"])]), np.array([float(row["n"] or NAN)])
        interval = byar(x, confidence) if row["method"] == "Byars" else wilson(x, n, confidence)
        expected = [float(row["lowercl"] or NAN), float(row["uppercl"] or NAN)]
        np.testing.assert_allclose(np.ravel(interval), expected, rtol=1e-8, err_msg=str(row))
        checked += 1
    for name, model in (
        ("Proportion__testdata_Prop.csv", CountModel.PROPORTION),
        ("Rate__testdata_Rate.csv", CountModel.RATE),
    ):
        for row in rows(name):
            if not (row["Numerator"] and row["Denominator"]):
                continue
            numerator, denominator = float(row["Numerator"]), float(row["Denominator"])
            multiplier = float(row["multiplier"])
            value = np.array([multiplier * numerator / denominator])
            for confidence, text in ((0.95, "95_0"), (0.998, "99_8")):
                interval = intervals(value, np.array([denominator]), multiplier, model, confidence)
                expected = [float(row[f"lower{text}cl"]), float(row[f"upper{text}cl"])]
                np.testing.assert_allclose(np.ravel(interval), expected, rtol=1e-8, err_msg=str(row))
                checked += 1
    assert checked > 60
