"""Which new values have changed more since the year before than is usual, and what would have been usual.

Against many others where so many have both years; else against the municipality's own earlier changes; else against
those of the network's members; and where nothing of that is known, against a doubling.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.change_baseline import ChangeBaseline
from metrics.arrays import Booleans, Floats, Integers, Words
from metrics.checks.hidiroglou_berthelot import FEWEST_UNITS, change_among_many, values_within
from metrics.checks.robust_change import FEWEST_CHANGES, change_among_few, log_changes
from pipelines.uploads.checking.period_values import PeriodValues, grows_with_size

SIZE_MATTERS: Final = (
    0.5  # Hidiroglou and Berthelot's U, for what grows with the size of the place; a share has no size
)
LARGEST_UNTOLD: Final = 2.0  # a doubling or a halving, where nothing tells what is usual
CHANCE: Final = 2.0  # standard deviations: what small numbers do of themselves is not asked about
FEWEST_POOLED: Final = 10  # changes of the members, of which no one has enough of its own


@dataclass(frozen=True)
class YearChanges:
    """One element a checked value. low, high: the values between which it would not have stood out. against: `ChangeBaseline`, None where there is no change to judge."""

    stands_out: Booleans
    low: Floats
    high: Floats
    against: Words
    n_known: Integers


def compute_year_changes(panel: PeriodValues) -> YearChanges:
    """The changes of the new values since the year before; none where that value lacks or the level broke."""
    now, before = panel.now, panel.before
    is_amount = (now > 0) & (before > 0)
    against = np.full(now.shape, None, dtype=object)
    n_known = np.zeros(now.shape, dtype=np.int64)
    low, high = np.full(now.shape, np.nan), np.full(now.shape, np.nan)
    stands_out = np.zeros(now.shape, dtype=np.bool_)
    is_left = np.array(is_amount, dtype=np.bool_)
    for baseline, compare in _BASELINES:
        comparison = compare(panel)
        is_compared = is_left & comparison.is_possible
        against[is_compared] = baseline
        n_known = np.where(is_compared, comparison.n_known, n_known)
        low = np.where(is_compared, comparison.low, low)
        high = np.where(is_compared, comparison.high, high)
        stands_out |= is_compared & comparison.stands_out
        is_left &= ~is_compared
        if not is_left.any():
            break
    stands_out &= ~_may_be_chance(panel)
    return _with_differences(panel, YearChanges(stands_out, low, high, against, n_known))


@dataclass(frozen=True)
class _Comparison:
    """Each change compared with one baseline. is_possible: where enough changes are known."""

    is_possible: Booleans
    n_known: Integers
    low: Floats
    high: Floats
    stands_out: Booleans


def _compare_with_many(panel: PeriodValues) -> _Comparison:
    before = panel.before
    size_matters = SIZE_MATTERS if grows_with_size(panel.measure.definition) else 0.0
    many = change_among_many(panel.all_before, panel.all_now, size_matters=size_matters)
    stands_out = many.stands_out[:, panel.own]
    at = np.flatnonzero(stands_out)
    low, high = np.full(before.shape, np.nan), np.full(before.shape, np.nan)
    if len(at):
        low[at], high[at] = values_within(before[at], many.only(at), size_matters=size_matters)
    return _Comparison(many.n_units >= FEWEST_UNITS, many.n_units, low, high, stands_out)


def _compare_with_own(panel: PeriodValues) -> _Comparison:
    return _compare_with_few(panel, _earlier_changes(panel), FEWEST_CHANGES)


def _compare_with_members(panel: PeriodValues) -> _Comparison:
    return _compare_with_few(panel, _pooled(panel), FEWEST_POOLED)


def _compare_with_few(panel: PeriodValues, changes: Floats, fewest: int) -> _Comparison:
    before = panel.before
    few = change_among_few(changes, log_changes(before, panel.now))
    low, high = before * np.exp(few.low), before * np.exp(few.high)
    return _Comparison(few.n_changes >= fewest, few.n_changes, low, high, few.stands_out)


def _compare_with_doubling(panel: PeriodValues) -> _Comparison:
    now, before = panel.now, panel.before
    return _Comparison(
        is_possible=np.ones(now.shape, dtype=np.bool_),
        n_known=np.zeros(now.shape, dtype=np.int64),
        low=before / LARGEST_UNTOLD,
        high=before * LARGEST_UNTOLD,
        stands_out=np.abs(log_changes(before, now)) > np.log(LARGEST_UNTOLD),
    )


# In order of preference. A later one is computed only for a measure where an earlier one knows too few changes.
_BASELINES: Final = (
    (ChangeBaseline.MANY, _compare_with_many),
    (ChangeBaseline.OWN, _compare_with_own),
    (ChangeBaseline.NETWORK, _compare_with_members),
    (ChangeBaseline.DOUBLING, _compare_with_doubling),
)


def _earlier_changes(panel: PeriodValues) -> Floats:
    """The municipality's own log changes up to the year before each checked one, of every part. (checked, periods)."""
    changes = log_changes(panel.year_before_all[panel.own], panel.values[panel.own])
    usable = panel.on_the_level & ~panel.is_same_year
    return np.where(usable, changes, np.nan)


def _pooled(panel: PeriodValues) -> Floats:
    """The members' log changes up to the checked year, without the municipality's own of that year. (checked, changes)."""
    places = panel.members
    if not len(places):
        return np.full((len(panel.checked), 0), np.nan)
    changes = log_changes(panel.year_before_all[places], panel.values[places])
    is_own = places == panel.own
    usable = panel.on_the_level[:, np.newaxis, :] & ~(
        panel.is_same_year[:, np.newaxis, :] & is_own[:, np.newaxis]
    )
    return np.where(usable, changes, np.nan).reshape(len(panel.checked), -1)


def _may_be_chance(panel: PeriodValues) -> Booleans:
    """Whether a change is no more than small numbers make by chance, or than how the values are rounded.

    A number of cases varies as its square root (Poisson), a share as its basis allows (binomial).
    """
    now, before = panel.now, panel.before
    definition = panel.measure.definition
    variance = np.zeros(now.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        if grows_with_size(definition) and definition.decimals == 0 and definition.unit == "antal":
            variance = 1 / now + 1 / before
        elif definition.unit == "%":
            for share, basis in ((now, panel.basis[panel.checked]), (before, panel.basis_before)):
                part = (100 - share) / (share * basis)
                variance = variance + np.where(np.isfinite(part), part, 0.0)
        rounding = 0.5 * 10.0**-definition.decimals * (1 / np.abs(now) + 1 / np.abs(before))
        change = np.abs(log_changes(before, now))
    return np.asarray(change <= CHANCE * np.sqrt(np.fmax(variance, 0)) + rounding, dtype=np.bool_)


def _with_differences(panel: PeriodValues, changes: YearChanges) -> YearChanges:
    """Where a value or an earlier one is not above zero, a ratio says nothing: the difference is compared with earlier ones."""
    now, before = panel.now, panel.before
    earlier = panel.earlier
    goes_below_zero = np.any(earlier < 0, axis=1) | (now < 0)
    is_difference = goes_below_zero & ~np.isnan(before)
    if not is_difference.any():
        return changes
    differences = panel.values[panel.own] - panel.year_before_all[panel.own]
    usable = panel.on_the_level & ~panel.is_same_year
    few = change_among_few(
        np.where(usable, differences, np.nan),
        now - before,
        least_scale=0.0,
        rounding=2 * 0.5 * 10.0**-panel.measure.definition.decimals,
    )
    against = changes.against.copy()
    against[is_difference] = ChangeBaseline.OWN
    return YearChanges(
        stands_out=np.where(is_difference, few.stands_out, changes.stands_out),
        low=np.where(is_difference, before + few.low, changes.low),
        high=np.where(is_difference, before + few.high, changes.high),
        against=against,
        n_known=np.where(is_difference, few.n_changes, changes.n_known),
    )
