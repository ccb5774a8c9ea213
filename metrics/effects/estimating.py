"""Estimates the effect of a panel by a design, with every check, or gives the reason why it cannot."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from domain.effect import Check, Design, Effect, GapPoint, Placebo
from domain.effect_reasons import LeftOut
from domain.message import Explanation, Reason
from metrics.arrays import Floats
from metrics.effects import (
    badly_fitting_donors,
    error_ratio,
    group_time,
    group_time_doubts,
    interrupted_time_series,
    leave_one_donor_out,
    permutation,
    placebo_in_time,
    refusal,
    several_weights,
    trend_before,
    wide_interval,
)
from metrics.effects.difference_in_differences import estimate_difference_in_differences
from metrics.effects.donors import remaining_donors, unfit_donors
from metrics.effects.method import describe_method
from metrics.effects.panel import Estimates, Panel, Trials
from metrics.effects.study import Study, decimals_for, error_ratios, p_value
from metrics.effects.synthetic_control import estimate_synthetic_control
from metrics.effects.synthetic_difference_in_differences import (
    estimate_synthetic_difference_in_differences,
)
from metrics.effects.window import within_series

_COMPARED: Final[Mapping[Design, Callable[[Trials], Estimates]]] = {
    Design.DIFFERENCE_IN_DIFFERENCES: estimate_difference_in_differences,
    Design.SYNTHETIC_CONTROL: estimate_synthetic_control,
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: estimate_synthetic_difference_in_differences,
}
_FEWEST_BEFORE: Final = {
    Design.DIFFERENCE_IN_DIFFERENCES: refusal.FEWEST_BEFORE,
    Design.SYNTHETIC_CONTROL: refusal.FEWEST_BEFORE_FOR_WEIGHTS,
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: refusal.FEWEST_BEFORE_FOR_WEIGHTS,
}
LEAST_WEIGHT: Final = 1e-6  # below that a weight is rounding


def estimate(
    panel: Panel,
    design: Design,
    *,
    breaks: Collection[int] = (),
    left_out: Mapping[str, Explanation] | None = None,
) -> Effect:
    """The effect with all placebos and checks; without a number, and with `refused`, where a rule of `refusal` says so.

    breaks: first times of a new level or definition of the measure. left_out: donor → why it must not be compared with; those
    whose series do not hold are added. Everything is in the unit of the outcome. By group and time, the times of `gap` are counted
    from the start: 0 is the first after it.
    """
    window = within_series(panel)
    if design is Design.GROUP_TIME:
        return _estimate_over_groups_and_times(window, breaks, left_out or {})
    if refused := refusal.of_series(window, design, breaks):
        return Effect(design, dict(panel.treated), refused=refused, left_out=dict(left_out or {}))
    if design is Design.INTERRUPTED_TIME_SERIES:
        return _estimate_interrupted(window)
    return _estimate_against_donors(window, design, left_out or {})


def _estimate_against_donors(panel: Panel, design: Design, left_out: Mapping[str, Explanation]) -> Effect:
    n_before = panel.n_before(panel.first_start)
    without = unfit_donors(panel) | dict(left_out)
    donors = remaining_donors(panel, without)
    drawn = Effect(design, dict(panel.treated), left_out=without, donors=donors)
    if refused := refusal.of_donors(len(donors), len(panel.treated)):
        return replace(drawn, refused=refused)
    trial = Trials.of_one(panel.of(panel.treated_units), panel.of(donors), n_before)
    study = Study(_COMPARED[design], trial, permutation.placebo_trials(trial), donors, _FEWEST_BEFORE[design])
    treated, others = study.treated_estimates, study.placebo_estimates
    pre_rmspe = float(treated.pre_rmspe[0])
    drawn = replace(
        drawn,
        pre_rmspe=pre_rmspe,
        gap=_list_gaps(panel.times, trial.targets[0], treated.gaps[0], n_before),
        method=describe_method(design, panel, panel.treated, donors),
    )
    largest = refusal.largest_error(others.pre_rmspe, study.usual_change)
    if refused := refusal.of_fit(pre_rmspe, largest, study.decimals):
        return replace(drawn, refused=refused)
    times = np.array(panel.times[:n_before], dtype=np.float64)
    gaps_before, others_before = treated.gaps[0, :n_before], others.gaps[:, :n_before]
    checks = [
        *_check_against_placebos(treated, others, study.usual_change),
        leave_one_donor_out.check_each_donor_left_out(study),
        placebo_in_time.check_false_start(study, panel.times),
        trend_before.check_trend_before(gaps_before, others_before, times, study.decimals),
    ]
    if design is Design.SYNTHETIC_CONTROL:
        checks += several_weights.check_unique_weights(len(donors), n_before, pre_rmspe, study.usual_change)
    return replace(
        drawn,
        estimate=study.estimate,
        standard_error=float(others.estimates.std()),
        p_value=p_value(study.estimate, others.estimates),
        unit_weights=_sort_by_weight(donors, treated.unit_weights[0]),
        time_weights=_list_time_weights(panel.times, treated.time_weights[0]),
        placebos=_list_placebos(donors, others, study.usual_change),
        checks=tuple(checks),
    )


def _estimate_over_groups_and_times(
    panel: Panel, breaks: Collection[int], left_out: Mapping[str, Explanation]
) -> Effect:
    unusable = {
        unit: ground
        for unit in panel.treated_units
        if (ground := refusal.of_one_series(panel, unit, Design.GROUP_TIME))
    }
    used = {unit: panel.treated[unit] for unit in panel.treated_units if unit not in unusable}
    drawn = Effect(Design.GROUP_TIME, used or dict(panel.treated), left_out=dict(left_out))
    if not used:
        return replace(drawn, refused=next(iter(unusable.values())))
    without = (
        unfit_donors(panel)
        | dict(left_out)
        | {unit: Reason(LeftOut.TREATED_SERIES, reason=ground) for unit, ground in unusable.items()}
    )
    donors = remaining_donors(panel, without)
    drawn = replace(drawn, left_out=without, donors=donors)
    if refused := refusal.of_breaks(panel, breaks) or refusal.of_donors(len(donors), len(used)):
        return replace(drawn, refused=refused)
    starts = np.array([panel.n_before(start) for start in used.values()], dtype=np.int64)
    cohorts = group_time.Cohorts(panel.of(tuple(used)), starts, panel.of(donors))
    groups = permutation.placebo_groups(len(donors), len(used))
    at_all = group_time.group_time_effects(cohorts)
    treated, others = at_all.estimates, group_time.placebo_estimates(cohorts, groups)
    n_before, pre_rmspe = treated.n_before, float(treated.pre_rmspe[0])
    means = cohorts.donors[groups].mean(axis=1)
    usual = refusal.usual_change(means[:, : int(starts.max())])
    decimals = decimals_for(usual)
    drawn = replace(
        drawn,
        pre_rmspe=pre_rmspe,
        gap=_list_gaps(at_all.since_start, at_all.actual, treated.gaps[0], n_before),
        method=describe_method(Design.GROUP_TIME, panel, used, donors),
    )
    largest = refusal.largest_error(others.pre_rmspe, usual)
    if refused := refusal.of_fit(pre_rmspe, largest, decimals):
        return replace(drawn, refused=refused)
    value = float(treated.estimates[0])
    since = np.array(at_all.since_start[:n_before], dtype=np.float64)
    return replace(
        drawn,
        estimate=value,
        standard_error=float(others.estimates.std()),
        p_value=p_value(value, others.estimates),
        unit_weights=_sort_by_weight(donors, treated.unit_weights[0]),
        placebos=_list_placebos(donors, others, usual),
        checks=(
            *_check_against_placebos(treated, others, usual),
            group_time_doubts.check_each_donor_left_out_of_groups(cohorts, value, donors, decimals),
            group_time_doubts.check_false_start_of_groups(cohorts, groups, panel.times, decimals),
            trend_before.check_trend_before(
                treated.gaps[0, :n_before], others.gaps[:, :n_before], since, decimals
            ),
            *group_time_doubts.check_with_not_yet_treated(cohorts, decimals),
        ),
        by_group_and_time={
            (panel.times[g], panel.times[t]): effect for (g, t), effect in sorted(at_all.effects.items())
        },
    )


def _estimate_interrupted(panel: Panel) -> Effect:
    series = panel.of(panel.treated_units).mean(axis=0)
    n_before = panel.n_before(panel.first_start)
    times = np.array(panel.times, dtype=np.float64)
    line = interrupted_time_series.fit_interrupted_series(series, times, n_before)
    gaps = series - line.drawn_on
    pre_rmspe = float(np.sqrt(np.mean(gaps[:n_before] ** 2)))
    usual = float(np.median(np.abs(np.diff(series[:n_before]))))
    drawn = Effect(
        Design.INTERRUPTED_TIME_SERIES,
        dict(panel.treated),
        pre_rmspe=pre_rmspe,
        gap=_list_gaps(panel.times, series, gaps, n_before),
        method=describe_method(Design.INTERRUPTED_TIME_SERIES, panel, panel.treated, ()),
    )
    if refused := refusal.of_fit(pre_rmspe, refusal.POOR_FIT_OF_A_LINE * usual, decimals_for(usual)):
        return replace(drawn, refused=refused)
    return replace(
        drawn,
        estimate=line.estimate,
        standard_error=line.standard_error,
        checks=wide_interval.check_interval(line, n_before, decimals_for(usual)),
    )


def _check_against_placebos(treated: Estimates, others: Estimates, usual: float) -> tuple[Check, ...]:
    value, pre_rmspe = float(treated.estimates[0]), float(treated.pre_rmspe[0])
    return (
        permutation.check_permutation(value, others.estimates),
        error_ratio.check_error_ratio(treated, others, usual),
        badly_fitting_donors.check_without_badly_fitting_donors(
            value, pre_rmspe, others.estimates, others.pre_rmspe
        ),
    )


def _list_gaps(times: tuple[int, ...], actual: Floats, gaps: Floats, n_before: int) -> tuple[GapPoint, ...]:
    return tuple(
        GapPoint(time, float(value), float(value - gap), at >= n_before)
        for at, (time, value, gap) in enumerate(zip(times, actual, gaps, strict=True))
    )


def _list_placebos(donors: tuple[str, ...], others: Estimates, usual: float) -> tuple[Placebo, ...]:
    rows = zip(
        donors, others.estimates, others.pre_rmspe, error_ratios(others, usual), others.gaps, strict=True
    )
    return tuple(
        Placebo(donor, float(value), float(pre), float(ratio), tuple(gaps.tolist()))
        for donor, value, pre, ratio, gaps in rows
    )


def _sort_by_weight(donors: tuple[str, ...], weights: Floats) -> dict[str, float]:
    order = np.argsort(-weights, kind="stable")
    return {donors[at]: float(weights[at]) for at in order if weights[at] > LEAST_WEIGHT}


def _list_time_weights(times: tuple[int, ...], weights: Floats) -> dict[int, float]:
    return {
        time: float(weight) for time, weight in zip(times, weights, strict=False) if weight > LEAST_WEIGHT
    }
