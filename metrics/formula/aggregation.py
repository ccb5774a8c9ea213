"""The value of a whole group: for a ratio the sum of numerators over the sum of denominators."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.arrays import Floats, Integers
from metrics.formula.evaluation import Evaluated, evaluate
from metrics.formula.formula import Formula


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Each of shape (years,). `n` members had both numerator and denominator; the value is NaN where there is none."""

    numbers: Floats
    numerators: Floats
    denominators: Floats
    n: Integers


def aggregate(
    formula: Formula,
    inputs: Mapping[str, Evaluated],
    years: Sequence[int],
    breaks: Mapping[str, Collection[int]],
) -> Aggregated:
    """The group's value of a ratio each year, over the members that have both. inputs: arrays of (years, members).

    Raises `ValueError` for a formula that is no ratio (`formula.ratio` is `None`): its group has only an unweighted mean.
    """
    ratio = formula.ratio
    if ratio is None:
        raise ValueError(f"{formula} is no ratio")
    above, below = (
        evaluate(Formula("", node), inputs, years, breaks) for node in (ratio.numerator, ratio.denominator)
    )
    has_both = above.has_number & below.has_number
    numerators = np.sum(above.numbers, axis=-1, where=has_both)
    denominators = np.sum(below.numbers, axis=-1, where=has_both)
    numbers = np.divide(
        ratio.factor * numerators,
        denominators,
        out=np.full(numerators.shape, np.nan),
        where=denominators != 0,
    )
    return Aggregated(numbers, numerators, denominators, np.count_nonzero(has_both, axis=-1))
