"""Group-time average effects: several places that begin in different years, each compared with those that have not begun.

Callaway and Sant'Anna (2021), without covariates: ATT(g, t) is how much more the group that began at g moved from the time before g
to t than the comparison did. A regression with unit and year effects would also compare late starters with early ones, whose effect
may still grow (Goodman-Bacon 2021), and is never used.
"""

from dataclasses import dataclass

import numpy as np

from metrics.arrays import Floats, Integers
from metrics.effects.panel import Estimates


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
    """effects: (group's start, time) → ATT, both as indices, every time of each group.

    since_start: times after the start, by index, 0 the first; estimates has one trial over them, actual the treated's mean.
    """

    effects: dict[tuple[int, int], float]
    estimates: Estimates
    since_start: tuple[int, ...]
    actual: Floats


def group_time_effects(cohorts: Cohorts) -> GroupTime:
    """Every ATT(g, t) that has a comparison, and their means by time since the start, weighted by units.

    The estimate is the mean over all treated units and times after their start: the "simple" aggregate of Callaway and Sant'Anna.
    """
    effects: dict[tuple[int, int], float] = {}
    gaps: dict[int, list[tuple[int, float, float]]] = {}
    for g in map(int, np.unique(cohorts.starts)):
        began = cohorts.treated[cohorts.starts == g]
        group = began.mean(axis=0)
        effect = group - group[g - 1] - _compute_donor_change(cohorts, g)
        for t in np.flatnonzero(np.isfinite(effect)):
            effects[g, int(t)] = float(effect[t])
            gaps.setdefault(int(t) - g, []).append((len(began), effects[g, int(t)], float(group[t])))
    since_start = tuple(sorted(gaps))
    table = {at: np.array(cells) for at, cells in gaps.items()}
    counts = np.array([table[at][:, 0].sum() for at in since_start])
    means = np.array([np.average(table[at][:, 1:], axis=0, weights=table[at][:, 0]) for at in since_start])
    n_before = sum(at < 0 for at in since_start)
    n_donors = len(cohorts.donors)
    even = np.full((1, n_donors), 1 / n_donors if n_donors else 0.0)
    per_group = Estimates(means[:, 0][np.newaxis], n_before, even, np.empty((1, 0)), counts)
    return GroupTime(effects, per_group, since_start, means[:, 1])


def placebo_estimates(cohorts: Cohorts, groups: Integers) -> Estimates:
    """groups: (placebos, units), the donors that take the starts of the treated; compared with the other donors."""
    per_group = []
    for group in groups:
        others = np.delete(cohorts.donors, group, axis=0)
        per_group.append(group_time_effects(Cohorts(cohorts.donors[group], cohorts.starts, others)).estimates)
    return Estimates(
        np.vstack([estimates.gaps for estimates in per_group]),
        per_group[0].n_before,
        np.vstack([estimates.unit_weights for estimates in per_group]),
        np.vstack([estimates.time_weights for estimates in per_group]),
        per_group[0].cells,
    )


def _compute_donor_change(cohorts: Cohorts, g: int) -> Floats:
    """(times,): how far the comparison moved from the time before g, on average; NaN where there is no peer to compare with.

    The comparison has begun neither at the time in question nor at the time before g, and is never the group itself.
    """
    if not cohorts.with_not_yet:
        mean = cohorts.donors.mean(axis=0)
        return np.asarray(mean - mean[g - 1])
    moved = np.full(cohorts.treated.shape[1], np.nan)
    for t in range(moved.size):
        has_not_begun = (cohorts.starts > max(t, g - 1)) & (cohorts.starts != g)
        compared = np.vstack([cohorts.donors, cohorts.treated[has_not_begun]])
        if len(compared):
            moved[t] = (compared[:, t] - compared[:, g - 1]).mean()
    return moved
