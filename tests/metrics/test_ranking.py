import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from domain.measure import Direction
from metrics.ranking import are_tied, rank_ranges, ranks

NAN = np.nan
values_with_holes = arrays(
    float, st.integers(1, 40), elements=st.sampled_from([NAN, -3.5, 0.0, 1.0, 2.0, 2.5, 7.0])
)


def test_equal_values_share_the_better_place_and_the_next_place_is_left_out():
    assert ranks(np.array([9.0, 7.0, 7.0, 3.0]), Direction.HIGHER).tolist() == [1, 2, 2, 4]
    assert ranks(np.array([9.0, 7.0, 7.0, 3.0]), Direction.LOWER).tolist() == [4, 2, 2, 1]


def test_a_neutral_measure_is_placed_from_its_highest_value():
    assert ranks(np.array([1.0, 3.0, 2.0]), Direction.NEUTRAL).tolist() == [3, 1, 2]


def test_a_member_without_a_value_has_no_place_and_is_not_counted():
    assert ranks(np.array([NAN, 5.0, 0.0, NAN]), Direction.LOWER).tolist() == [0, 2, 1, 0]


def test_each_measure_is_placed_in_its_own_direction():
    values = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert ranks(values, [Direction.HIGHER, Direction.LOWER]).tolist() == [[3, 2, 1], [1, 2, 3]]


def test_eight_are_placed_among_all():
    everybody = np.array([[10.0, 20.0, 30.0, 40.0, 50.0, NAN]])
    assert ranks(np.array([[20.0, 50.0, NAN]]), [Direction.HIGHER], among=everybody).tolist() == [[4, 1, 0]]


def test_directions_that_do_not_fit_the_measures_are_refused():
    with pytest.raises(ValueError, match="2 directions"):
        ranks(np.zeros((3, 4)), [Direction.HIGHER, Direction.LOWER])


@given(values_with_holes)
def test_places_are_those_of_scipy(values):
    has_value = ~np.isnan(values)
    expected = np.zeros(len(values), dtype=int)
    expected[has_value] = rankdata(-values[has_value], method="min")
    assert ranks(values, Direction.HIGHER).tolist() == expected.tolist()


@given(values_with_holes)
def test_tied_means_that_somebody_else_has_the_same_place(values):
    places = ranks(values, Direction.LOWER).tolist()
    assert are_tied(values).tolist() == [place > 0 and places.count(place) > 1 for place in places]


def test_the_values_that_came_in_are_left_as_they_were():
    values = np.array([3.0, NAN, 1.0])
    ranks(values, Direction.LOWER)
    np.testing.assert_array_equal(values, [3.0, NAN, 1.0])


def test_intervals_that_overlap_leave_the_places_open():
    #            a: 10–14    b: 13–17    c: 20–22
    values = np.array([12.0, 15.0, 21.0])
    low, high = np.array([10.0, 13.0, 20.0]), np.array([14.0, 17.0, 22.0])
    best, worst = rank_ranges(values, low, high, Direction.HIGHER)
    assert list(zip(best.tolist(), worst.tolist(), strict=True)) == [(2, 3), (2, 3), (1, 1)]
    best, worst = rank_ranges(values, low, high, Direction.LOWER)
    assert list(zip(best.tolist(), worst.tolist(), strict=True)) == [(1, 2), (1, 2), (3, 3)]


def test_a_member_without_an_interval_could_lie_anywhere():
    values, low, high = np.array([1.0, 5.0, 9.0]), np.array([0.5, NAN, 8.0]), np.array([1.5, NAN, 10.0])
    best, worst = rank_ranges(values, low, high, Direction.HIGHER)
    assert list(zip(best.tolist(), worst.tolist(), strict=True)) == [(2, 3), (0, 0), (1, 2)]


@given(st.data(), st.sampled_from(list(Direction)))
def test_the_place_lies_within_its_range(data, direction):
    values = data.draw(values_with_holes)
    below = data.draw(arrays(float, values.shape, elements=st.sampled_from([0.0, 0.4, 3.0, NAN])))
    above = data.draw(arrays(float, values.shape, elements=st.sampled_from([0.0, 0.7, 2.0])))
    places = ranks(values, direction)
    best, worst = rank_ranges(values, values - below, values + above, direction)
    known = best > 0
    assert (best[known] <= places[known]).all()
    assert (places[known] <= worst[known]).all()
    assert known.tolist() == (~np.isnan(values - below)).tolist()
