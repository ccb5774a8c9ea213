"""How like each other places are, with the arithmetic in the open."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist

from metrics.similarity import distances_from, standardise

NAN = np.nan
PLAIN = np.array([False, False])


def distances(values, weights, focus=0, is_logged=None):
    values = np.array(values, dtype=float)
    flags = np.zeros(len(values), dtype=bool) if is_logged is None else np.array(is_logged)
    return distances_from(values, np.array(weights, dtype=float), focus, flags)


def test_the_distance_is_the_root_of_the_weighted_mean_square_in_standard_deviations():
    # 1, 3 have mean 2 and standard deviation 1: scores −1, 1. 10, 50 have mean 30, deviation 20: −1, 1 too.
    result = distances([[1, 3], [10, 50]], [1, 3])
    np.testing.assert_allclose(result.distances, [0, np.sqrt((1 * 2**2 + 3 * 2**2) / 4)])
    np.testing.assert_allclose(result.shares[:, 1], [1 / 4, 3 / 4])


def test_weights_count_by_their_proportions_only():
    values = [[1, 3, 8], [10, 50, 20]]
    np.testing.assert_allclose(distances(values, [1, 2]).distances, distances(values, [50, 100]).distances)
    assert distances(values, [1, 0]).distances[2] == distances([values[0]], [1]).distances[2]


def test_inhabitants_are_compared_in_logarithm():
    doubled, halved = distances([[100, 200, 50]], [1], is_logged=[True]).distances[1:]
    assert doubled == pytest.approx(halved)
    assert np.isnan(distances([[100, 0]], [1], is_logged=[True]).distances[1])  # nobody lives there


def test_a_place_with_less_than_eighty_percent_of_the_weight_is_left_out():
    values = [[1, 2, 3, 4], [1, NAN, 3, 4], [1, 2, NAN, 4]]
    result = distances(values, [50, 20, 30])
    assert np.isnan(result.distances).tolist() == [False, False, True, False]
    np.testing.assert_allclose(result.weight_present, [1, 0.8, 0.7, 1])
    assert np.isnan(result.shares[:, 2]).all()


def test_a_missing_variable_neither_separates_nor_joins():
    # Place 1 lacks the last variable: its distance is over the 80 % that is known.
    result = distances([[1, 3], [5, NAN]], [80, 20])
    np.testing.assert_allclose(result.distances[1], np.sqrt(80 * 2**2 / 80))
    np.testing.assert_allclose(result.shares[:, 1], [1, 0])


def test_a_variable_missing_for_the_focus_is_left_out_for_all():
    result = distances([[1, 3, 4], [NAN, 1, 2]], [90, 10])
    np.testing.assert_allclose(result.weight_present, 0.9)
    assert not np.isnan(result.distances).any()
    assert np.isnan(distances([[1, 3, 4], [NAN, 1, 2]], [50, 50]).distances).all()


def test_a_constant_variable_separates_nobody():
    result = distances([[0.1, 0.1, 0.1], [1, 2, 3]], [1, 1])
    np.testing.assert_allclose(result.shares[0], 0)
    assert result.distances[2] > result.distances[1] > 0


def test_equals_have_no_distance_and_no_shares():
    result = distances([[1, 1, 5], [2, 2, 7]], [1, 1])
    assert result.distances[1] == 0
    assert result.shares[:, 1].tolist() == [0, 0]


tables = arrays(
    float, (3, 6), elements=st.one_of(st.just(NAN), st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
)


@given(tables)
def test_standard_scores_have_mean_zero_and_deviation_one_or_nothing_varies(values):
    for row, scores in zip(values, standardise(values), strict=True):
        known = scores[~np.isnan(row)]
        assert np.isnan(scores[np.isnan(row)]).all()
        if len(known):
            assert known.mean() == pytest.approx(0, abs=1e-6)
            assert known.std() == pytest.approx(1, abs=1e-6) or (known == 0).all()


@given(
    arrays(float, (3, 6), elements=st.integers(-9, 9).map(float)),
    arrays(float, 3, elements=st.integers(1, 5).map(float)),
)
def test_distances_are_those_of_scipy(values, weights):
    scores = standardise(values)
    expected = cdist(scores.T[:1], scores.T, "euclidean", w=weights / weights.sum())[0]
    result = distances_from(values, weights, 0, np.zeros(3, dtype=bool))
    np.testing.assert_allclose(result.distances, expected, atol=1e-9)
    np.testing.assert_allclose(
        result.shares.sum(axis=0), np.where(expected > 1e-9, 1, result.shares.sum(axis=0))
    )
