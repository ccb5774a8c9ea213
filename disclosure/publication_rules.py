"""Which values of a publication must not be shown, so that no small basis is shown and none can be computed.

Primary suppression by a smallest basis, then complementary (secondary) suppression, as in the Handbook on Statistical
Disclosure Control (Hundepool et al. 2010, chapter 4). It is `disclosure.genders` with what only the publisher knows:
how many stand behind each value, and what has been shown already.

A total is the women's and the men's figures weighted by their numbers, so each equation joins the three cells of one
measure, place and period, and cells are protected three by three. Whatever is computed over members comes from what is
left, so that a mean and its count cannot tell a suppressed value either.
"""

from dataclasses import dataclass

import numpy as np

from disclosure.genders import GENDERS, complementary_cells
from disclosure.smallest_basis import may_be_too_small
from domain.value import Status
from metrics.arrays import Booleans, Floats, Words

_TOTAL, _WOMEN, _MEN = range(3)


@dataclass(frozen=True, slots=True)
class Suppression:
    """What must not be shown, (3, n) each. primary: too few stand behind it. complementary: it would tell another."""

    primary: Booleans
    complementary: Booleans

    @property
    def of_any_kind(self) -> Booleans:
        return self.primary | self.complementary


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends that a measure's values cannot pass, (n,) each; NaN where there is none."""

    lowest: Floats
    highest: Floats


def cells_to_suppress(
    statuses: Words,
    values: Floats,
    bases: Floats,
    smallest_bases: Floats,
    *,
    was_shown: Booleans | None = None,
    was_suppressed: Booleans | None = None,
    scale: Scale | None = None,
) -> Suppression:
    """What must not be shown of totals, women and men, in this order of the first axis; everything is (3, n).

    statuses: of `Status`, as the files in force say; suppressed where the controller said so. smallest_bases: (n,), 0 where
    the measure has no rule. was_shown: which cells have been shown, so that of two that could be suppressed the one that
    nobody has seen is. was_suppressed: which cells without a number an earlier file in force called suppressed.
    """
    if statuses.shape[0] != len(GENDERS):
        raise ValueError(f"statuses must begin with an axis of total, women and men, not {statuses.shape}")
    nothing = np.zeros(statuses.shape, dtype=np.bool_)
    is_number = np.asarray(statuses == Status.OK, dtype=np.bool_)
    is_small = may_be_too_small(bases, smallest_bases)
    primary = (is_number & is_small) | np.asarray(statuses == Status.SUPPRESSED, dtype=np.bool_)
    is_left = is_number & ~primary
    protected = primary | (~is_number & (nothing if was_suppressed is None else was_suppressed))
    protected |= _unreported_but_small(is_left, protected, bases, smallest_bases)
    complementary = _complementary(is_left, protected, nothing if was_shown is None else was_shown)
    for sex, other in ((_WOMEN, _MEN), (_MEN, _WOMEN)):
        is_everybody = (bases[other] == 0) | (bases[sex] == bases[_TOTAL])  # so that the total is theirs
        complementary[_TOTAL] |= is_left[_TOTAL] & protected[sex] & (bases[sex] != 0) & is_everybody
        complementary[sex] |= is_left[sex] & protected[_TOTAL] & is_everybody
    if scale is not None:
        # At its end a total leaves its parts no choice: nobody of all is nobody of the women.
        is_at_end = (values[_TOTAL] <= scale.lowest) | (values[_TOTAL] >= scale.highest)
        complementary[_TOTAL] |= is_at_end & is_left[_TOTAL] & (protected[_WOMEN] | protected[_MEN])
    return Suppression(primary=primary, complementary=complementary)


def _unreported_but_small(
    is_left: Booleans, protected: Booleans, bases: Floats, smallest_bases: Floats
) -> Booleans:
    """The sex that has no number while total and the other sex have one, if too few are left to stand behind it.

    Where nobody at all is left there is nothing to protect.
    """
    small = np.zeros(is_left.shape, dtype=np.bool_)
    for sex, other in ((_WOMEN, _MEN), (_MEN, _WOMEN)):
        rest = bases[_TOTAL] - bases[other]
        is_unreported = ~is_left[sex] & ~protected[sex] & is_left[_TOTAL] & is_left[other]
        small[sex] = is_unreported & (smallest_bases > 0) & ~((rest >= smallest_bases) | (rest == 0))
    return small


def _complementary(is_left: Booleans, protected: Booleans, was_shown: Booleans) -> Booleans:
    """Beside each protected sex the other one, or the total where only the other one has been shown before."""
    seen = np.full(is_left.shape, Status.NOT_REPORTED, dtype=object)
    seen[is_left] = Status.OK
    seen[protected] = Status.SUPPRESSED
    complementary = complementary_cells(seen)
    for sex, other in ((_WOMEN, _MEN), (_MEN, _WOMEN)):
        rather_total = (
            protected[sex] & is_left[_TOTAL] & complementary[other] & was_shown[other] & ~was_shown[_TOTAL]
        )
        complementary[other] &= ~rather_total
        complementary[_TOTAL] |= rather_total
    return complementary
