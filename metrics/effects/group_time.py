"""Group-time average effects: several places that begin in different years, each held against those that have not begun.

Callaway and Sant'Anna (2021), without covariates: ATT(g, t) is how much more the group that began at g moved from the time before g
to t than the comparison did. A regression with unit and year effects would also hold late starters against early ones, whose effect
may still grow (Goodman-Bacon 2021), and is never used.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from domain.effect import Check
from domain.wording import Sentence, number_written, to_translate
from metrics.arrays import Floats, Integers
from metrics.effects.panel import Estimates

_NOT_YET: Final = to_translate(
    "Om även de som ännu inte hade börjat räknas in i jämförelsen blir uppskattningen {estimate}."
)


@dataclass(frozen=True)
class Cohorts:
    """treated: (units, times), complete. starts: (units,), the index of the first time after each unit's start, above zero.

    donors: (donors, times), who never begin. with_not_yet: whether those who begin later are compared with as well,
    up to the time before they begin.
    """

    treated: Floats
    starts: Integers
    donors: Floats
    with_not_yet: bool = False


@dataclass(frozen=True)
class GroupTime:
    """effects: (group's start, time) → ATT, both as indices, every time of each group. n_units: start → how many began then."""

    effects: dict[tuple[int, int], float]
    n_units: dict[int, int]
    estimates: Estimates
    since_start: tuple[int, ...]
    actual: Floats


def group_time_effects(cohorts: Cohorts) -> GroupTime:
    """Every ATT(g, t) that has a comparison, and their means by time since the start, weighted by units.

    `estimates` has one trial over `since_start` (in times, 0 is the first after the start); its estimate is the mean over all
    treated units and times after their start, the "simple" aggregate of Callaway and Sant'Anna.
    """
    n_times = cohorts.treated.shape[1]
    effects: dict[tuple[int, int], float] = {}
    n_units = {int(g): int((cohorts.starts == g).sum()) for g in np.unique(cohorts.starts)}
    gaps: dict[int, list[tuple[int, float, float]]] = {}
    for g, n in n_units.items():
        group = cohorts.treated[cohorts.starts == g].mean(axis=0)
        for t in range(n_times):
            compared = _comparison(cohorts, g, t)
            if not len(compared):
                continue
            moved = compared[:, t] - compared[:, g - 1]
            effects[g, t] = float(group[t] - group[g - 1] - moved.mean())
            gaps.setdefault(t - g, []).append((n, effects[g, t], float(group[t])))
    since_start = tuple(sorted(gaps))
    table = {at: np.array(cells) for at, cells in gaps.items()}
    counts = np.array([table[at][:, 0].sum() for at in since_start])
    means = np.array([np.average(table[at][:, 1:], axis=0, weights=table[at][:, 0]) for at in since_start])
    n_before = sum(at < 0 for at in since_start)
    n_donors = len(cohorts.donors)
    even = np.full((1, n_donors), 1 / n_donors if n_donors else 0.0)
    found = Estimates(means[:, 0][np.newaxis], n_before, even, np.empty((1, 0)), counts)
    return GroupTime(effects, n_units, found, since_start, means[:, 1])


def placebo_estimates(cohorts: Cohorts, groups: Integers) -> Estimates:
    """groups: (placebos, units), the donors that take the starts of the treated; held against the other donors."""
    found = []
    for group in groups:
        others = np.delete(cohorts.donors, group, axis=0)
        found.append(group_time_effects(Cohorts(cohorts.donors[group], cohorts.starts, others)).estimates)
    return Estimates(
        np.vstack([one.gaps for one in found]),
        found[0].n_before,
        np.vstack([one.unit_weights for one in found]),
        np.vstack([one.time_weights for one in found]),
        found[0].cells,
    )


def checks(cohorts: Cohorts, decimals: int) -> tuple[Check, ...]:
    """What the estimate becomes when those who begin later are compared with as well; only informs."""
    if np.unique(cohorts.starts).size < 2:
        return ()
    other = float(group_time_effects(replace(cohorts, with_not_yet=True)).estimates.estimates[0])
    said = Sentence(_NOT_YET, estimate=number_written(other, decimals))
    return (Check("not_yet_treated", None, said, {"estimate": other}),)


def _comparison(cohorts: Cohorts, g: int, t: int) -> Floats:
    """Those who have begun neither at t nor at the time before g; never the group itself."""
    if not cohorts.with_not_yet:
        return cohorts.donors
    has_not_begun = (cohorts.starts > max(t, g - 1)) & (cohorts.starts != g)
    return np.vstack([cohorts.donors, cohorts.treated[has_not_begun]])
