"""What one value says of itself: its unit, its sign, whether it repeats, and whether its parts make it up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.checks.agreement import agrees
from metrics.checks.repeat import are_repeats
from metrics.checks.sign import has_become_zero, has_changed_sign
from metrics.checks.spread import outside_spread
from metrics.checks.sum_of_parts import Parts, parts_agree
from metrics.checks.unit_slip import unit_slip

NAN = np.nan


def array(*values):
    return np.array(values, dtype=np.float64)


# Unit slips


@pytest.mark.parametrize(
    ("value", "expected", "factor"),
    [
        (664.0, 66.1, 10),
        (0.66, 66.1, 0.01),
        (12_345_000.0, 12_200.0, 1000),
        (12.3, 12_200.0, 0.001),
        (-5_000.0, -4.9, 1000),
        (80.0, 66.1, 1),  # real change
        (2_000.0, 66.1, 1),  # a large change, but of no power of ten
        (0.0, 66.1, 1),
        (66.1, 0.0, 1),
        (-664.0, 66.1, 1),  # the sign is another matter
        (NAN, 66.1, 1),
        (664.0, NAN, 1),
    ],
)
def test_a_value_near_a_power_of_ten_of_what_was_expected_has_slipped(value, expected, factor):
    assert unit_slip(array(value), array(expected)).tolist() == [factor]


def test_a_quarter_off_the_power_of_ten_is_still_one_and_more_is_not():
    assert unit_slip(array(124, 126, 81, 79), array(10, 10, 10, 10)).tolist() == [10, 1, 10, 1]


def test_a_small_count_that_grows_tenfold_is_chance_and_a_large_one_is_not():
    factors = unit_slip(array(10, 1_000), array(1, 100), are_counts=True)
    assert factors.tolist() == [1, 10]


@given(st.floats(1e-3, 1e6), st.sampled_from([10.0, 100.0, 1000.0, 0.1, 0.01, 0.001]), st.floats(0.9, 1.1))
def test_every_slip_is_found_from_both_sides(expected, factor, change):
    factors = unit_slip(array(expected * factor * change), array(expected))
    assert factors == pytest.approx(array(factor))


# Repeats


def test_a_repeated_value_with_three_digits_is_reported_alone():
    assert are_repeats(array(66.1, 66.2), array(66.1, 66.1), np.array([1, 1])).tolist() == [True, False]


def test_a_value_with_two_digits_repeats_by_chance():
    assert not are_repeats(array(71.0, 8.0), array(71.0, 9.0), np.array([0, 0])).any()


def test_three_repeats_of_few_digits_are_a_copied_column():
    repeats = are_repeats(array(71, 8, 12, 30), array(71, 8, 12, 31), np.zeros(4, dtype=int))
    assert repeats.tolist() == [True, True, True, False]


def test_three_repeats_among_many_new_values_are_chance():
    before = array(*range(1, 21))
    now = before + 1
    now[:3] = before[:3]
    assert not are_repeats(now, before, np.zeros(20, dtype=int)).any()


def test_nothing_repeats_zero_or_what_was_never_there():
    assert not are_repeats(array(0, 0, 0, 66.1), array(0, 0, 0, NAN), np.ones(4, dtype=int)).any()


# Signs


def test_a_minus_where_there_was_none_has_changed_sign():
    earlier = np.array([[3.0, 5.0, NAN], [3.0, -5.0, 2.0], [-1.0, -2.0, -3.0], [4.0, NAN, NAN]])
    assert has_changed_sign(array(-4, -4, 4, -4), earlier).tolist() == [True, False, True, False]


def test_a_zero_is_no_other_sign():
    assert not has_changed_sign(array(0), np.array([[3.0, 5.0]])).any()


def test_a_first_zero_needs_an_explanation():
    earlier = np.array([[45.0, 50.0, 55.0], [45.0, 0.0, 55.0], [45.0, NAN, NAN]])
    assert has_become_zero(array(0, 0, 0), earlier, are_counts=False).tolist() == [True, False, False]


def test_a_small_count_may_become_zero():
    earlier = np.array([[2.0, 3.0, 1.0], [200.0, 300.0, 100.0]])
    assert has_become_zero(array(0, 0), earlier, are_counts=True).tolist() == [False, True]


# The others


OTHERS = np.array([[60.0, 61, 62, 63, 64, 65, 66]])  # median 63, deviations 3 2 1 0 1 2 3: 1.4826 · 2


def test_a_value_far_from_the_median_of_the_others_is_outside_their_spread():
    reach = 5.9 * 1.4826 * 2  # seven others
    for value, is_outside in ((63 + reach + 0.1, True), (63 + reach - 0.1, False), (63 - reach - 0.1, True)):
        outside = outside_spread(array(value), OTHERS)
        assert outside.stands_out.tolist() == [is_outside]
        assert (outside.low[0], outside.middle[0], outside.high[0]) == pytest.approx(
            (63 - reach, 63, 63 + reach)
        )
        assert outside.n_others.tolist() == [7]


def test_four_others_are_too_few_for_a_spread():
    assert not outside_spread(array(1e6), OTHERS[:, :4]).stands_out.any()


def test_others_that_are_all_alike_have_no_spread():
    assert not outside_spread(array(64), np.full((1, 7), 63.0)).stands_out.any()


# What is published


@pytest.mark.parametrize(
    ("value", "published", "is_so"),
    [
        (66.6, 66.62, True),
        (66.6, 66.65, True),
        (66.6, 66.7, False),
        (66.62, 66.6, True),
        (NAN, 66.6, True),
        (66.6, NAN, True),
        (0.0, 0.0, True),
        (0.0, 0.2, False),
    ],
)
def test_a_value_agrees_with_the_published_one_within_rounding(value, published, is_so):
    assert agrees(array(value), array(published), decimals=1).tolist() == [is_so]


# Women, men and total


@pytest.mark.parametrize(
    ("kind", "total", "women", "men", "rounding", "is_so"),
    [
        (Parts.SUM, 100, 60, 40, 0.0, True),
        (Parts.SUM, 101, 60, 40, 0.0, False),
        (Parts.SUM, 50, 60, 40, 0.0, False),
        (Parts.SUM, 0, 0, 0, 0.0, True),
        (Parts.BETWEEN, 66.0, 60.0, 72.0, 0.05, True),
        (Parts.BETWEEN, 72.1, 60.0, 72.0, 0.05, True),  # 72.05 and 72.04, each rounded
        (Parts.BETWEEN, 72.2, 60.0, 72.0, 0.05, False),
        (Parts.BETWEEN, 59.8, 60.0, 72.0, 0.05, False),
        (Parts.EITHER, 100.2, 60.1, 40.0, 0.05, True),
        (Parts.EITHER, 50.0, 60.0, 40.0, 0.05, True),
        (Parts.EITHER, 80.0, 60.0, 40.0, 0.05, False),
        (Parts.SUM, 100, NAN, 40, 0.0, True),
        (Parts.BETWEEN, NAN, 60.0, 72.0, 0.05, True),
    ],
)
def test_a_total_is_the_sum_of_its_parts_or_between_them(kind, total, women, men, rounding, is_so):
    agreement = parts_agree(
        array(total), array(women), array(men), kind=np.array([kind]), rounding=array(rounding)
    )
    assert agreement.tolist() == [is_so]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 100), st.floats(0, 100))
def test_true_totals_always_agree(n_women, n_men, women, men):
    rounded = [round(share, 1) for share in (women, men)]
    both = n_women + n_men
    total = round((women * n_women + men * n_men) / both, 1) if both else rounded[0]
    kinds = {Parts.SUM: (both, n_women, n_men, 0.0), Parts.BETWEEN: (total, *rounded, 0.05)}
    for kind, (whole, of_women, of_men, rounding) in kinds.items():
        agreement = parts_agree(
            array(whole), array(of_women), array(of_men), kind=np.array([kind]), rounding=array(rounding)
        )
        assert agreement.all(), kind
