"""Year-on-year change against that of many others: Hidiroglou and Berthelot's edit.

M. A. Hidiroglou and J.-M. Berthelot, "Statistical editing and imputation for periodic business surveys", Survey
Methodology 12 (1986), pages 73–83; the same with the same names of parameters in R's `univOutl::HBmethod` and in Statistics
Norway's `Kostra::Hb`, which edits municipal figures.

The ratio r of this year's value to last year's is compared with the median ratio M, alike upwards and downwards:
s = 1 − M/r where r < M, else r/M − 1. Large units weigh more: E = s · max(this year, last year)^U. A unit stands out
where E is outside E₅₀ − C·max(E₅₀ − E₂₅, |A·E₅₀|) … E₅₀ + C·max(E₇₅ − E₅₀, |A·E₅₀|).
"""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np

from metrics.arrays import Booleans, Floats, Integers
from metrics.checks.order_statistics import count_values, median, quantiles

FEWEST_UNITS: Final = 10  # quartiles of fewer say little; then a unit is compared with its own past
WIDTH: Final = 7.0  # C. 4 to 7 are common; ours asks a person to explain, so it is the careful end
NARROWEST: Final = 0.05  # A, as the authors have it: bounds never close in on the median alone
NO_CHANGE_WIDTH: Final = 0.02  # in E where nearly nobody moved; a change of some per cent is none of ours


@dataclass(frozen=True)
class ChangeAmongMany:
    """One row per question, one column per unit. scores: E, NaN where either value is missing. low, high: bounds of E."""

    scores: Floats
    low: Floats
    high: Floats
    median_ratio: Floats
    n_units: Integers

    def only(self, rows: Integers) -> Self:
        """Return some of the rows."""
        return replace(self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @property
    def stands_out(self) -> Booleans:
        """(rows, units); nobody stands out among fewer than `FEWEST_UNITS`."""
        is_many = (self.n_units >= FEWEST_UNITS)[:, np.newaxis]
        outside = (self.scores < self.low[:, np.newaxis]) | (self.scores > self.high[:, np.newaxis])
        return np.asarray(is_many & outside, dtype=np.bool_)


def change_among_many(
    before: Floats,
    now: Floats,
    *,
    size_matters: float,
    width: float = WIDTH,
    narrowest: float = NARROWEST,
) -> ChangeAmongMany:
    """The edit of rows of units, (rows, units) each. size_matters: U, from 0 to 1.

    Units without both values, or with one that is not above zero, take no part.
    """
    has_both = (before > 0) & (now > 0)
    ratios = np.divide(now, before, out=np.full(now.shape, np.nan), where=has_both)
    middle = median(ratios)
    scores = _scores(ratios, np.maximum(before, now), middle[:, np.newaxis], size_matters)
    first, second, third = quantiles(scores, 0.25, 0.5, 0.75)
    # Where half of the units did not move at all the quartiles are one and the same, and every other unit would stand out.
    sizes = median(np.where(has_both, np.maximum(before, now), np.nan)) ** size_matters
    least = np.maximum(np.abs(narrowest * second), NO_CHANGE_WIDTH * sizes)
    return ChangeAmongMany(
        scores=scores,
        low=second - width * np.maximum(second - first, least),
        high=second + width * np.maximum(third - second, least),
        median_ratio=middle,
        n_units=count_values(ratios),
    )


def values_within(before: Floats, change: ChangeAmongMany, *, size_matters: float) -> tuple[Floats, Floats]:
    """The lowest and highest value that would not have stood out, for one unit of each row. before: (rows,)."""
    return tuple(
        _value_of(before, change.median_ratio, bound, size_matters) for bound in (change.low, change.high)
    )  # type: ignore[return-value]


def _scores(ratios: Floats, sizes: Floats, middle: Floats, size_matters: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1)
    return np.asarray(moved * sizes**size_matters, dtype=np.float64)


def _value_of(before: Floats, middle: Floats, score: Floats, size_matters: float) -> Floats:
    """The value whose score is this one, found by halving: the score rises with the ratio, but for no closed form."""
    low, high = np.full(before.shape, _FARTHEST_DOWN), np.full(before.shape, _FARTHEST_UP)
    for _ in range(_HALVINGS):
        between = (low + high) / 2
        ratios = np.exp(between)
        is_below = _scores(ratios, before * np.maximum(ratios, 1), middle, size_matters) < score
        low, high = np.where(is_below, between, low), np.where(is_below, high, between)
    return np.asarray(before * np.exp((low + high) / 2), dtype=np.float64)


_FARTHEST_DOWN: Final = -14.0  # logarithms of a ratio: a millionth and a million
_FARTHEST_UP: Final = 14.0
_HALVINGS: Final = 50
