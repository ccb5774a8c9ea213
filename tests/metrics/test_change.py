import numpy as np

from domain.measure import Direction
from metrics.change import changes_over_series, changes_since_last_year, largest_improvers

NAN = np.nan
YEARS = (2018, 2019, 2020, 2021)


def test_change_is_this_year_minus_last_year():
    values = np.array([[[1.0, 1.0], [NAN, 2.0], [4.0, NAN], [9.0, 7.0]]])
    changes = changes_since_last_year(values, YEARS, [2021], [()])
    np.testing.assert_array_equal(changes, [[9 - 4, NAN]])


def test_no_change_is_computed_across_a_break():
    values = np.array([[[1.0], [2.0], [400.0], [900.0]]] * 3)
    breaks = [(2020,), (2021,), (2022,)]
    since_last_year = changes_since_last_year(values, YEARS, [2021] * 3, breaks)
    np.testing.assert_array_equal(since_last_year, [[900 - 400], [NAN], [900 - 400]])
    over_series, first_years = changes_over_series(values, YEARS, [2021] * 3, breaks)
    np.testing.assert_array_equal(over_series, [[900 - 400], [NAN], [900 - 1]])
    assert first_years.tolist() == [[2020], [0], [2018]]


def test_the_series_begins_with_the_first_value_of_each_member():
    values = np.array([[[1.0, NAN, NAN], [2.0, NAN, 5.0], [3.0, 3.0, NAN], [8.0, 8.0, NAN]]])
    change, first_years = changes_over_series(values, YEARS, [2021], [()])
    np.testing.assert_array_equal(change, [[8 - 1, 8 - 3, NAN]])
    assert first_years.tolist() == [[2018, 2020, 0]]


def test_a_hole_in_the_years_is_not_last_year():
    values = np.array([[[1.0], [2.0]]])
    np.testing.assert_array_equal(changes_since_last_year(values, (2018, 2020), [2020], [()]), [[NAN]])


def test_each_measure_has_its_own_year():
    values = np.array([[[1.0], [2.0], [4.0], [8.0]]] * 2)
    np.testing.assert_array_equal(
        changes_since_last_year(values, YEARS, [2021, 2019], [(), ()]), [[8 - 4], [2 - 1]]
    )


def test_improvers_are_those_who_moved_most_the_right_way():
    changes = np.array([-5.0, 2.0, NAN, 7.0, 0.0, 2.0])
    assert largest_improvers(changes, Direction.HIGHER) == [3, 1, 5]
    assert largest_improvers(changes, Direction.LOWER) == [0]
    assert largest_improvers(changes, Direction.NEUTRAL) == []
