"""Colours: best quarter, middle half and worst quarter of those with a value.

The rule is that of Öppna jämförelser and KKiK (best 25 % green, middle 50 % yellow, worst 25 % red), made exact for
small groups: with n values, the floor(n / 4) best places are green and the floor(n / 4) worst red. Equal values
have equal colour, so values that share places on both sides of a border are yellow. Fewer than four values have
no colour. A neutral measure has three shades of one hue by the same rule. A colour is relative to the others, never
good or bad in itself.
"""

from typing import Final

import numpy as np

from domain.comparison import FEWEST_FOR_COLOUR, Colour
from domain.measure import Direction
from metrics.arrays import Floats, Words
from metrics.ranking import Directions, counts_below, orient_by_direction

_NONE, _WORSE_END, _MIDDLE, _BETTER_END = range(4)
_PALETTE: Final = np.array([Colour.NONE, Colour.RED, Colour.YELLOW, Colour.GREEN], dtype=object)
_SHADES: Final = np.array([Colour.NONE, Colour.LIGHT, Colour.MEDIUM, Colour.DARK], dtype=object)


def colours(values: Floats, directions: Directions, among: Floats | None = None) -> Words:
    """The `Colour` of each value, object array of the values' shape.

    values: (…, members); among: (…, others), the values that decide the borders (default: the values themselves);
    all 290 decide, eight are looked up. directions: one, or one a measure for values (measures, members).
    """
    more_is_better = orient_by_direction(values, directions)
    below, at_or_below, n = counts_below(
        more_is_better, None if among is None else orient_by_direction(among, directions)
    )
    quarter = n // 4
    # A whole block of equal values must lie inside the quarter: `n - below` are at or above the value.
    place = np.full(values.shape, _MIDDLE)
    place[n - below <= quarter] = _BETTER_END
    place[at_or_below <= quarter] = _WORSE_END
    place[np.isnan(values) | (n < FEWEST_FOR_COLOUR)] = _NONE
    if isinstance(directions, Direction):
        return np.asarray((_SHADES if directions is Direction.NEUTRAL else _PALETTE)[place])
    is_neutral = np.array([direction is Direction.NEUTRAL for direction in directions])[:, np.newaxis]
    return np.asarray(np.where(is_neutral, _SHADES[place], _PALETTE[place]))
