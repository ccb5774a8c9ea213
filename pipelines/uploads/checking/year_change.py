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
    """One element a checked value. low, high: the values between which it would not have stood out. against: `ChangeBaseline`."""

    stands_out: Booleans
    low: Floats
    high: Floats
    against: Words
    n_known: Integers


def compute_year_changes(panel: PeriodValues) -> YearChanges:
    """The changes of the new values since the year before; none where that value lacks or the level broke."""
    now, before = panel.now, panel.before
    size_matters = SIZE_MATTERS if grows_with_size(panel.measure.definition) else 0.0
    earlier = _earlier_changes(panel)
    is_amount = (now > 0) & (before > 0)

    many = change_among_many(panel.all_before, panel.all_now, size_matters=size_matters)
    own = change_among_few(earlier, log_changes(before, now))
    pooled = _pooled(panel)
    network = change_among_few(pooled, log_changes(before, now))

    doubling = np.log(LARGEST_UNTOLD)
    choices = (
        (ChangeBaseline.MANY, many.n_units >= FEWEST_UNITS, many.n_units),
        (ChangeBaseline.OWN, own.n_changes >= FEWEST_CHANGES, own.n_changes),
        (ChangeBaseline.NETWORK, network.n_changes >= FEWEST_POOLED, network.n_changes),
        (ChangeBaseline.DOUBLING, np.ones(now.shape, dtype=np.bool_), np.zeros(now.shape, dtype=np.int64)),
    )
    against = np.full(now.shape, None, dtype=object)
    n_known = np.zeros(now.shape, dtype=np.int64)
    for choice, is_possible, count in reversed(choices):
        against[is_possible] = choice
        n_known = np.where(is_possible, count, n_known)

    are_odd = many.stands_out[:, panel.own]
    at = np.flatnonzero(are_odd)
    lowest, highest = np.full(now.shape, np.nan), np.full(now.shape, np.nan)
    if len(at):
        lowest[at], highest[at] = values_within(before[at], many.only(at), size_matters=size_matters)
    bounds = {
        ChangeBaseline.MANY: (lowest, highest, are_odd),
        ChangeBaseline.OWN: (before * np.exp(own.low), before * np.exp(own.high), own.stands_out),
        ChangeBaseline.NETWORK: (
            before * np.exp(network.low),
            before * np.exp(network.high),
            network.stands_out,
        ),
        ChangeBaseline.DOUBLING: (
            before / LARGEST_UNTOLD,
            before * LARGEST_UNTOLD,
            np.abs(log_changes(before, now)) > doubling,
        ),
    }
    low, high = np.full(now.shape, np.nan), np.full(now.shape, np.nan)
    stands_out = np.zeros(now.shape, dtype=np.bool_)
    for choice, (least, most, outside) in bounds.items():
        is_so = (against == choice) & is_amount
        low, high = np.where(is_so, least, low), np.where(is_so, most, high)
        stands_out |= is_so & outside
    stands_out &= ~_may_be_chance(panel)
    return _with_differences(panel, YearChanges(stands_out, low, high, against, n_known))


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
