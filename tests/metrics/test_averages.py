import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.measure import Direction
from metrics.averages import averages, best, deviations, means_of_the_others, quantile

NAN = np.nan


def test_the_mean_is_unweighted_over_those_with_a_value():
    means = averages(np.array([[2.0, NAN, 4.0, 0.0], [NAN, NAN, NAN, NAN]]))
    np.testing.assert_array_equal(means.mean, [(2 + 4 + 0) / 3, NAN])
    assert means.n_with_value.tolist() == [3, 0]


def test_quartiles_are_those_of_definition_seven():
    # R: quantile(c(1, 2, 4, 8, 16), type = 7) gives 2, 4, 8; of c(1, 2, 4, 8) 1.75, 3, 5.
    means = averages(np.array([[1.0, 2.0, 4.0, 8.0, 16.0], [8.0, NAN, 1.0, 4.0, 2.0]]))
    assert means.lower_quartile.tolist() == [2.0, 1.75]
    assert means.median.tolist() == [4.0, 3.0]
    assert means.upper_quartile.tolist() == [8.0, 5.0]


@given(
    arrays(float, (3, 9), elements=st.one_of(st.just(NAN), st.floats(-1e6, 1e6))),
    st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]),
)
def test_quantiles_are_those_of_numpy(values, share):
    for row, quantile_of_row in zip(values, quantile(values, share), strict=True):
        known = row[~np.isnan(row)]
        expected = np.quantile(known, share) if len(known) else NAN
        np.testing.assert_allclose(quantile_of_row, expected, rtol=1e-12, atol=1e-9)


def test_a_group_of_nobody_has_no_middle():
    means = averages(np.empty((2, 0)))
    assert np.isnan(means.mean).all()
    assert np.isnan(means.median).all()


def test_the_best_follows_the_direction_and_a_neutral_measure_has_none():
    values = np.array([[3.0, NAN, 1.0]] * 3 + [[NAN] * 3])
    directions = [Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL, Direction.LOWER]
    np.testing.assert_array_equal(best(values, directions), [3.0, 1.0, NAN, NAN])


def test_deviation_is_value_minus_reference():
    from_mean = deviations(np.array([[5.0, 1.0, NAN]]), np.array([3.0]))
    np.testing.assert_array_equal(from_mean, [[5 - 3, 1 - 3, NAN]])


def test_the_mean_of_the_others_leaves_oneself_out():
    mean, n_others = means_of_the_others(np.array([10.0, 20.0, 60.0, NAN]))
    np.testing.assert_allclose(mean, [(20 + 60) / 2, (10 + 60) / 2, (10 + 20) / 2, NAN])
    assert n_others[:3].tolist() == [2, 2, 2]
