"""The middle of a group and how far from it each member lies. NaN is not counted; a group without values gives NaN."""

from dataclasses import dataclass

import numpy as np

from domain.measure import Direction
from metrics.arrays import Floats, Integers
from metrics.ranking import Directions


@dataclass(frozen=True, slots=True)
class Averages:
    """Each of shape (…): one number per measure."""

    n_with_value: Integers
    mean: Floats
    lower_quartile: Floats
    median: Floats
    upper_quartile: Floats


def averages(values: Floats) -> Averages:
    """Unweighted mean, median and quartiles over the last axis. values: (…, members)."""
    return Averages(
        n_with_value=np.count_nonzero(~np.isnan(values), axis=-1),
        mean=unweighted_mean(values),
        lower_quartile=quantile(values, 0.25),
        median=quantile(values, 0.5),
        upper_quartile=quantile(values, 0.75),
    )


def unweighted_mean(values: Floats) -> Floats:
    """Sum over the members with a value / number of those. values: (…, members) → (…)."""
    has_value = ~np.isnan(values)
    n = np.count_nonzero(has_value, axis=-1)
    total = np.sum(values, axis=-1, where=has_value)
    return np.asarray(np.divide(total, n, out=np.full(np.shape(total), np.nan), where=n > 0))


def ratio_of_sums(values: Floats, denominators: Floats) -> Floats:
    """Sum of numerators over sum of denominators, in the unit of the values; a value is numerator over denominator.

    values, denominators: (…, members) → (…). NaN unless every member with a value has a denominator, so that it is about
    the same members as the unweighted mean, and where the denominators add up to nothing.
    """
    has_value = ~np.isnan(values)
    has_both = has_value & ~np.isnan(denominators)
    is_whole = (has_both == has_value).all(axis=-1)
    below = np.sum(denominators, axis=-1, where=has_both)
    above = np.sum(values * denominators, axis=-1, where=has_both)
    return np.asarray(
        np.divide(above, below, out=np.full(np.shape(below), np.nan), where=is_whole & (below > 0))
    )


def quantile(values: Floats, share: float) -> Floats:
    """The quantile by linear interpolation: definition 7 of Hyndman & Fan (1996), as in Excel, R and numpy.

    values: (…, members) → (…); share between 0 and 1. Sorts once for all measures, which `numpy.nanquantile` does not.
    """
    if values.shape[-1] == 0:
        return np.full(values.shape[:-1], np.nan)
    rising = np.sort(values, axis=-1)  # NaN last
    last = np.count_nonzero(~np.isnan(values), axis=-1, keepdims=True) - 1
    position = np.maximum(last, 0) * share
    lower = np.floor(position).astype(np.int64)
    upper = np.minimum(lower + 1, np.maximum(last, 0))
    at_lower = np.take_along_axis(rising, lower, axis=-1)
    at_upper = np.take_along_axis(rising, upper, axis=-1)
    # Exact where both are equal, so that a median of equal values is that value.
    return np.asarray((at_lower + (position - lower) * (at_upper - at_lower))[..., 0])


def best(values: Floats, directions: Directions) -> Floats:
    """The best value in the direction; NaN for a neutral measure, which has none. values: (…, members) → (…)."""
    has_value = ~np.isnan(values)
    has_any = has_value.any(axis=-1)
    highest = np.where(has_any, np.max(values, axis=-1, where=has_value, initial=-np.inf), np.nan)
    lowest = np.where(has_any, np.min(values, axis=-1, where=has_value, initial=np.inf), np.nan)
    if isinstance(directions, Direction):
        choices = {Direction.HIGHER: highest, Direction.LOWER: lowest}
        return choices.get(directions, np.full(highest.shape, np.nan))
    is_higher = np.array([direction is Direction.HIGHER for direction in directions])
    is_lower = np.array([direction is Direction.LOWER for direction in directions])
    return np.where(is_higher, highest, np.where(is_lower, lowest, np.nan))


def deviations(values: Floats, reference: Floats) -> Floats:
    """Value − reference, in the unit of the value. values: (…, members), reference: (…)."""
    return values - np.asarray(reference)[..., np.newaxis]


def means_of_the_others(values: Floats) -> tuple[Floats, Integers]:
    """For each member the unweighted mean of the other members with a value, and how many those are.

    values: (…, members). A member without a value is compared with nobody: NaN.
    """
    has_value = ~np.isnan(values)
    n_others = np.count_nonzero(has_value, axis=-1, keepdims=True) - has_value
    total = np.sum(values, axis=-1, where=has_value, keepdims=True)
    others = np.divide(
        total - values, n_others, out=np.full(values.shape, np.nan), where=has_value & (n_others > 0)
    )
    return others, n_others
