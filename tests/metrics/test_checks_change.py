"""Change since last year: against many others and against few earlier changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.checks.hidiroglou_berthelot import (
    FEWEST_UNITS,
    NO_CHANGE_WIDTH,
    change_among_many,
    values_within,
)
from metrics.checks.order_statistics import median, median_deviation, quantiles
from metrics.checks.robust_change import (
    FEWEST_CHANGES,
    ONE_IN_FIFTY,
    ONE_IN_TWENTY,
    change_among_few,
    limit_of,
    log_changes,
)

NAN = np.nan
BEFORE = np.full((1, 11), 100.0)
NOW = np.array([[90.0, 95, 98, 99, 100, 100, 101, 102, 105, 110, 200]])
# Ratios 0.90 … 2.00 with the median 1.00, so s = 1 − 1/r below it and r − 1 above it.
SCORES = [1 - 1 / 0.9, 1 - 1 / 0.95, 1 - 1 / 0.98, 1 - 1 / 0.99, 0, 0, 0.01, 0.02, 0.05, 0.10, 1.00]


def literally(before, now, u, a, c):
    """Hidiroglou and Berthelot's edit unit by unit, as the article and `univOutl::HBmethod` write it."""
    ratios = [later / earlier for earlier, later in zip(before, now, strict=True)]
    middle = np.median(ratios)
    scores = [
        (1 - middle / r if r < middle else r / middle - 1) * max(earlier, later) ** u
        for r, earlier, later in zip(ratios, before, now, strict=True)
    ]
    first, second, third = np.quantile(scores, [0.25, 0.5, 0.75])
    low = second - c * max(second - first, abs(a * second))
    high = second + c * max(third - second, abs(a * second))
    return scores, low, high


def test_the_edit_by_hand():
    unusual = change_among_many(BEFORE, NOW, size_matters=0.0, width=7.0)
    assert unusual.scores[0].tolist() == pytest.approx(SCORES)
    assert unusual.median_ratio.tolist() == [1.0]
    # The quartile of eleven lies midway between the third and the fourth: (0.02 + 0.05) / 2 above the median of 0.
    assert unusual.high[0] == pytest.approx(0 + 7 * (0.02 + 0.05) / 2)
    # Below, the quartile is nearer than what nobody should be asked about: 2 %.
    assert NO_CHANGE_WIDTH > (1 / 0.98 - 1 + 1 / 0.99 - 1) / 2
    assert unusual.low[0] == pytest.approx(0 - 7 * NO_CHANGE_WIDTH)
    assert np.flatnonzero(unusual.stands_out[0]).tolist() == [10]


@pytest.mark.parametrize("size_matters", [0.0, 0.4, 0.5, 1.0])
@pytest.mark.parametrize("width", [4.0, 7.0, 20.0])
def test_the_edit_is_the_one_of_the_article(size_matters, width):
    random = np.random.default_rng(7)
    before = random.lognormal(6, 1, 60)
    now = before * random.lognormal(0.03, 0.15, 60)
    scores, low, high = literally(before, now, size_matters, 0.05, width)
    unusual = change_among_many(before[None], now[None], size_matters=size_matters, width=width)
    assert unusual.scores[0] == pytest.approx(scores)
    assert (unusual.low[0], unusual.high[0]) == pytest.approx((low, high))


def test_nobody_stands_out_among_few():
    few = FEWEST_UNITS - 1
    unusual = change_among_many(BEFORE[:, -few:], NOW[:, -few:], size_matters=0.0)
    assert unusual.n_units.tolist() == [few]
    assert not unusual.stands_out.any()


def test_members_without_a_value_above_zero_take_no_part():
    before = np.hstack([BEFORE, [[NAN, 0.0, 5.0]]])
    now = np.hstack([NOW, [[50.0, 5.0, 0.0]]])
    unusual = change_among_many(before, now, size_matters=0.0)
    assert unusual.n_units.tolist() == [11]
    assert unusual.high == pytest.approx(change_among_many(BEFORE, NOW, size_matters=0.0).high)
    assert np.flatnonzero(unusual.stands_out[0]).tolist() == [10]


def test_where_nearly_nobody_moved_a_small_step_needs_no_explanation():
    now = BEFORE.copy()
    now[0, 0], now[0, 1] = 105.0, 130.0
    unusual = change_among_many(BEFORE, now, size_matters=0.0)
    assert unusual.stands_out[0].tolist() == [False, True, *[False] * 9]


@pytest.mark.parametrize("size_matters", [0.0, 0.5])
@pytest.mark.parametrize("last_year", [8.0, 100.0, 40_000.0])
def test_the_values_within_are_where_standing_out_begins(size_matters, last_year):
    before, now = (np.hstack([column, [[last_year]]]) for column in (BEFORE, NOW))
    unusual = change_among_many(before, now, size_matters=size_matters)
    low, high = values_within(np.array([last_year]), unusual, size_matters=size_matters)
    for value, is_out in ((low * 0.99, True), (low * 1.01, False), (high * 0.99, False), (high * 1.01, True)):
        ratio = value[0] / last_year
        moved = (
            (1 - unusual.median_ratio[0] / ratio)
            if ratio < unusual.median_ratio[0]
            else ratio / unusual.median_ratio[0] - 1
        )
        score = moved * max(value[0], last_year) ** size_matters
        assert bool(score < unusual.low[0] or score > unusual.high[0]) is is_out


def test_a_change_is_compared_with_the_median_and_spread_of_earlier_ones():
    earlier = np.array([[0.01, 0.02, 0.03, 0.04, 0.05, NAN]])
    middle, scale = 0.03, 1.4826 * 0.01
    unusual = change_among_few(earlier, np.array([0.12]), least_scale=0.0)
    assert unusual.n_changes.tolist() == [5]
    assert unusual.low[0] == pytest.approx(middle - 6.0 * scale)
    assert unusual.high[0] == pytest.approx(middle + 6.0 * scale)
    assert unusual.stands_out.tolist() == [True]  # 0.12 > 0.03 + 0.089
    assert change_among_few(earlier, np.array([0.11]), least_scale=0.0).stands_out.tolist() == [False]


def test_fewer_than_four_changes_say_nothing():
    earlier = np.array([[0.01, 0.02, 0.03, NAN]])
    unusual = change_among_few(earlier, np.array([9.0]))
    assert unusual.n_changes[0] == FEWEST_CHANGES - 1
    assert np.isnan(unusual.low[0])
    assert np.isnan(unusual.high[0])
    assert not unusual.stands_out[0]


def test_a_series_that_stood_still_may_still_move_a_little():
    still = np.zeros((2, 10))
    assert change_among_few(still, np.log([1.05, 1.20])).stands_out.tolist() == [False, True]


def test_about_one_normal_series_in_twenty_is_called_odd_by_chance():
    random = np.random.default_rng(3)
    for count in (4, 5, 6, 7):
        series = random.normal(0, 1, (20_000, count + 1))
        share = change_among_few(series[:, :-1], series[:, -1], least_scale=0.0).stands_out.mean()
        assert 0.04 < share < 0.06, count


def test_the_limit_never_comes_nearer_than_that_of_iglewicz_and_hoaglin():
    for limits in (ONE_IN_TWENTY, ONE_IN_FIFTY):
        assert limit_of(np.array([4, 15, 400]), limits).tolist() == [limits[0], 3.5, 3.5]
        assert list(limits) == sorted(limits, reverse=True)


def test_a_change_from_or_to_nothing_has_no_logarithm():
    logs = log_changes(np.array([1.0, 0.0, -1.0, NAN, 10.0]), np.array([2.0, 2.0, -2.0, 2.0, 5.0]))
    assert logs == pytest.approx([np.log(2), NAN, NAN, NAN, np.log(0.5)], nan_ok=True)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.one_of(st.just(NAN), st.floats(-1e6, 1e6)), min_size=5, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_quantiles_with_holes_are_those_of_numpy_row_by_row(rows):
    table = np.array(rows)
    for row, first, middle in zip(table, *quantiles(table, 0.25, 0.5), strict=True):
        there = row[~np.isnan(row)]
        expected = np.quantile(there, [0.25, 0.5]) if len(there) else [NAN, NAN]
        assert [first, middle] == pytest.approx(list(expected), nan_ok=True)


def test_a_row_without_any_column_has_no_median():
    assert np.isnan(median(np.empty((2, 0)))).all()


def test_the_median_deviation_is_that_of_a_normal_spread():
    values = np.random.default_rng(1).normal(5, 3, (1, 100_000))
    assert median_deviation(values, median(values))[0] == pytest.approx(3, rel=0.02)
