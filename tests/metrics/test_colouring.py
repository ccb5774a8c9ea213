import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.comparison import Colour
from domain.measure import Direction
from metrics.colouring import colours

NAN = np.nan
LETTER = {
    Colour.GREEN: "G", Colour.YELLOW: "Y", Colour.RED: "R", Colour.NONE: "-",
    Colour.LIGHT: "l", Colour.MEDIUM: "m", Colour.DARK: "d",
}  # fmt: skip


def letters(values, direction=Direction.HIGHER, among=None):
    among = None if among is None else np.array(among, dtype=float)
    return "".join(LETTER[colour] for colour in colours(np.array(values, dtype=float), direction, among))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([8, 7, 6, 5, 4, 3, 2, 1], "GGYYYYRR"),  # 8 / 4 = 2 at each end
        ([7, 6, 5, 4, 3, 2, 1], "GYYYYYR"),  # 7 / 4 = 1.75: one at each end
        ([6, 5, 4, 3, 2, 1], "GYYYYR"),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "GGYYYYYYRR"),  # 10 / 4 = 2.5
        ([4, 3, 2, 1], "GYYR"),
        ([3, 2, 1], "---"),  # fewer than four
        ([8, 7, 7, 5, 4, 2, 2, 1], "GYYYYYYR"),  # second and third share: both sides of the border
        ([8, 8, 6, 5, 4, 3, 1, 1], "GGYYYYRR"),  # a block that fits in the quarter
        ([5, 5, 5, 5, 5, 5, 5, 5], "YYYYYYYY"),  # would be both best and worst
        ([8, NAN, 7, 6, NAN, 5], "G-YY-R"),  # those without are not counted
        ([0, -1, -2, -3], "GYYR"),  # zero is a number
    ],
)
def test_best_quarter_is_green_and_worst_red(values, expected):
    assert letters(values) == expected
    assert letters([-value for value in values], Direction.LOWER) == expected


def test_a_neutral_measure_has_shades_and_never_red_or_green():
    assert letters([1, 2, 3, 4, 5, 6, 7, 8], Direction.NEUTRAL) == "llmmmmdd"


def test_everybody_decides_the_borders_and_the_group_is_looked_up():
    everybody = range(1, 101)
    assert letters([100, 76, 75, 26, 25, 1, NAN], among=everybody) == "GGYYRR-"
    # Two who would have no colour among themselves have one among all.
    assert letters([90, 10], among=everybody) == "GR"


def test_measures_are_coloured_each_in_its_own_direction():
    row = [1.0, 2.0, 3.0, 4.0]
    coloured = colours(np.array([row, row, row]), [Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL])
    assert ["".join(LETTER[colour] for colour in row_of_colours) for row_of_colours in coloured] == [
        "RYYG",
        "GYYR",
        "lmmd",
    ]


tied_values = arrays(float, st.integers(0, 30), elements=st.sampled_from([NAN, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))


@given(tied_values, st.sampled_from(list(Direction)))
def test_equal_values_have_equal_colour_and_nobody_better_a_worse_one(values, direction):
    coloured = colours(values, direction).tolist()
    by_value = {
        value: {c for v, c in zip(values, coloured, strict=True) if v == value}
        for value in values[~np.isnan(values)]
    }
    assert all(len(group) == 1 for group in by_value.values())
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.LIGHT, Colour.MEDIUM, Colour.DARK, Colour.NONE]
    rising = sorted(by_value, reverse=direction is Direction.LOWER)
    placed = [order.index(next(iter(by_value[value]))) for value in rising]
    assert placed == sorted(placed)


@given(tied_values, st.sampled_from([Direction.HIGHER, Direction.LOWER]))
def test_neither_end_is_more_than_a_quarter_and_only_values_have_colour(values, direction):
    coloured = colours(values, direction).tolist()
    n = int(np.count_nonzero(~np.isnan(values)))
    assert coloured.count(Colour.GREEN) <= n // 4
    assert coloured.count(Colour.RED) <= n // 4
    assert coloured.count(Colour.NONE) == (len(values) if n < 4 else len(values) - n)
