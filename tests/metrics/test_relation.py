import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import pearsonr, spearmanr

from domain.measure import Direction
from domain.relation import Side
from metrics.relation import rank_correlation

NAN = np.nan


def test_only_members_with_both_values_count():
    cost = np.array([1.0, 2, 3, 4, 5, 6, NAN, 100])
    quality = np.array([6.0, 5, 4, 3, 2, 1, 50, NAN])
    correlation = rank_correlation(cost, quality, Direction.LOWER, Direction.HIGHER)
    assert correlation.n == 6
    assert correlation.spearman == pytest.approx(-1)
    assert (correlation.first_median, correlation.second_median) == (3.5, 3.5)
    assert correlation.first_sides[:6] == (Side.BETTER,) * 3 + (Side.WORSE,) * 3
    assert correlation.second_sides[:6] == (Side.BETTER,) * 3 + (Side.WORSE,) * 3
    assert correlation.first_sides[6:] == correlation.second_sides[6:] == (Side.NONE, Side.NONE)


def test_a_neutral_measure_has_a_higher_and_a_lower_side():
    correlation = rank_correlation(
        np.array([1.0, 2, 3]), np.array([1.0, 2, 3]), Direction.NEUTRAL, Direction.HIGHER
    )
    assert correlation.first_sides == (Side.LOWER, Side.AT_MEDIAN, Side.HIGHER)


def test_too_few_members_or_no_variation_have_no_correlation():
    assert (
        rank_correlation(np.arange(5.0), np.arange(5.0), Direction.HIGHER, Direction.HIGHER).pearson is None
    )
    assert (
        rank_correlation(np.arange(6.0), np.full(6, 2.0), Direction.HIGHER, Direction.HIGHER).spearman is None
    )
    nobody = rank_correlation(np.full(3, NAN), np.arange(3.0), Direction.HIGHER, Direction.HIGHER)
    assert (nobody.n, nobody.first_median, nobody.spearman) == (0, None, None)


@given(arrays(float, (2, 12), elements=st.integers(-9, 9)))
def test_correlations_are_those_of_scipy(both):
    first, second = both
    correlation = rank_correlation(first, second, Direction.HIGHER, Direction.LOWER)
    if np.ptp(first) and np.ptp(second):
        assert correlation.pearson == pytest.approx(pearsonr(first, second).statistic, abs=1e-12)
        assert correlation.spearman == pytest.approx(spearmanr(first, second).statistic, abs=1e-12)
    else:
        assert (correlation.pearson, correlation.spearman) == (None, None)
