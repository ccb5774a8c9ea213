import numpy as np

from domain.comparison import Verdict
from domain.measure import Direction
from metrics.verdict import verdicts

NAN = np.nan


def words(values, low, high, direction):
    return [str(verdict) for verdict in verdicts(np.array(values), np.array(low), np.array(high), direction)]


def test_the_whole_interval_must_lie_on_one_side_of_the_mean_of_the_others():
    values = [20.0, 11.0, 10.0, 3.0]
    # The others' means: (11 + 10 + 3) / 3 = 8, (20 + 10 + 3) / 3 = 11, (20 + 11 + 3) / 3 = 11.33, (20 + 11 + 10) / 3 = 13.67
    low, high = [18.0, 9.0, 8.0, 2.0], [22.0, 13.0, 12.0, 4.0]
    assert words(values, low, high, Direction.HIGHER) == ["better", "similar", "similar", "worse"]
    assert words(values, low, high, Direction.LOWER) == ["worse", "similar", "similar", "better"]


def test_oneself_is_not_part_of_what_one_is_compared_with():
    # The mean of all three is 40: inside the interval 39–101. The mean of the others is 10: below it.
    values = [100.0, 10.0, 10.0]
    assert words(values, [39.0, 9.0, 9.0], [101.0, 11.0, 11.0], Direction.HIGHER)[0] == "better"


def test_an_interval_that_touches_the_mean_proves_nothing():
    values = [12.0, 10.0, 10.0]
    assert words(values, [10.0, 9.0, 9.0], [14.0, 11.0, 11.0], Direction.HIGHER)[0] == "similar"


def test_no_verdict_without_an_interval_or_a_direction_or_two_others():
    assert words([9.0, 1.0, 1.0], [NAN, 0.5, 0.5], [NAN, 2.0, 2.0], Direction.HIGHER)[0] == "none"
    assert words([9.0, 1.0, 1.0], [8.0, 0.5, 0.5], [10.0, 2.0, 2.0], Direction.NEUTRAL) == ["none"] * 3
    assert words([9.0, 1.0, NAN], [8.0, 0.5, NAN], [10.0, 2.0, NAN], Direction.HIGHER) == ["none"] * 3


def test_measures_have_their_own_directions():
    values = np.array([[9.0, 1.0, 1.0]] * 3)
    results = verdicts(values, values - 1, values + 1, [Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL])
    assert results[:, 0].tolist() == [Verdict.BETTER, Verdict.WORSE, Verdict.NONE]
