import numpy as np
import pytest

from metrics.gender_gap import gender_gap

NAN = np.nan


def test_the_gap_is_women_minus_men_where_both_have_a_value():
    gap = gender_gap(np.array([60.0, 50.0, NAN, 0.0]), np.array([55.0, NAN, 40.0, 3.0]))
    np.testing.assert_array_equal(gap.gap, [60 - 55, NAN, NAN, 0 - 3])
    np.testing.assert_array_equal(gap.women, [60, NAN, NAN, 0])
    np.testing.assert_array_equal(gap.men, [55, NAN, NAN, 3])


def test_rows_of_different_members_are_refused():
    with pytest.raises(ValueError, match="do not pair"):
        gender_gap(np.zeros(3), np.zeros(4))
