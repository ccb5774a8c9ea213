"""Every design against somebody else's numbers, against its own definition, and on panels with a known effect."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.effects.difference_in_differences import estimate_difference_in_differences
from metrics.effects.group_time import Cohorts, group_time_effects, placebo_estimates
from metrics.effects.interrupted_time_series import fit_interrupted_series, least_squares
from metrics.effects.panel import Trials
from metrics.effects.synthetic_control import estimate_synthetic_control
from metrics.effects.synthetic_difference_in_differences import (
    estimate_synthetic_difference_in_differences,
)
from tests.metrics.effects.panels import PROP_99, moving_alike, one_trial, prop_99

COMPARING = (
    estimate_difference_in_differences,
    estimate_synthetic_control,
    estimate_synthetic_difference_in_differences,
)
WITH_LEVELS_APART = (estimate_difference_in_differences, estimate_synthetic_difference_in_differences)

needs_prop_99 = [
    pytest.mark.shared,
    pytest.mark.skipif(not PROP_99.exists(), reason="no worked examples here"),
]


def prop_99_trial() -> tuple[Trials, tuple[str, ...], tuple[int, ...]]:
    panel = prop_99()
    trial = Trials.of_one(panel.of(["California"]), panel.of(panel.donor_units), panel.n_before(1989))
    return trial, panel.donor_units, panel.times


def test_fast_food_in_new_jersey_and_pennsylvania():
    """Card and Krueger (1994), table 3: employment a store, before and after the minimum wage rose in New Jersey."""
    new_jersey, pennsylvania = [20.44, 21.03], [23.33, 21.17]
    estimates = estimate_difference_in_differences(one_trial(np.array([new_jersey, pennsylvania]), 1))
    assert estimates.estimates[0] == pytest.approx((21.03 - 20.44) - (21.17 - 23.33))
    assert estimates.estimates[0] == pytest.approx(2.76, abs=0.011)  # published from unrounded means


class TestProposition99:
    """Arkhangelsky et al. (2021), table 1, and the exact optimum of the synthetic control of outcomes alone."""

    pytestmark = needs_prop_99

    def test_difference_in_differences(self):
        trial, _, _ = prop_99_trial()
        assert estimate_difference_in_differences(trial).estimates[0] == pytest.approx(-27.34911, abs=5e-6)

    def test_synthetic_control(self):
        trial, states, _ = prop_99_trial()
        estimates = estimate_synthetic_control(trial)
        assert estimates.estimates[0] == pytest.approx(-19.5136, abs=5e-5)
        assert estimates.pre_rmspe[0] == pytest.approx(1.656, abs=5e-4)
        weights = {
            state: round(weight, 3) for state, weight in zip(states, estimates.unit_weights[0], strict=True)
        }
        assert {state: weight for state, weight in weights.items() if weight} == {
            "Utah": 0.394,
            "Montana": 0.232,
            "Nevada": 0.205,
            "Connecticut": 0.109,
            "New Hampshire": 0.045,
            "Colorado": 0.015,
        }

    def test_synthetic_difference_in_differences(self):
        trial, _, years = prop_99_trial()
        estimates = estimate_synthetic_difference_in_differences(trial)
        assert estimates.estimates[0] == pytest.approx(-15.604, abs=0.02)
        weights = {
            year: round(float(weight), 3)
            for year, weight in zip(years, estimates.time_weights[0], strict=False)
        }
        assert {year: weight for year, weight in weights.items() if weight} == {
            1986: pytest.approx(0.366, abs=0.0015),
            1987: pytest.approx(0.206, abs=0.0015),
            1988: pytest.approx(0.427, abs=0.0015),
        }

    def test_interrupted_time_series(self):
        """Linden (2015), Stata Journal 15(2), the single-group example: segments and Newey–West errors with one lag."""
        panel = prop_99()
        series_effect = fit_interrupted_series(
            panel.of(["California"])[0], np.array(panel.times, dtype=float), 19
        )
        assert series_effect.slope_before == pytest.approx(-1.779474, abs=5e-7)
        assert series_effect.level_change == pytest.approx(-20.0581, abs=5e-5)
        assert series_effect.level_change_error == pytest.approx(4.724395, abs=5e-7)
        assert series_effect.slope_change == pytest.approx(-1.494652, abs=5e-7)
        assert series_effect.slope_change_error == pytest.approx(0.4368201, abs=5e-8)


def teen_employment(*, with_not_yet: bool = False) -> Cohorts:
    """Callaway and Sant'Anna's counties: mean log teen employment 2003–2007 by the year in which the minimum wage rose.

    Without covariates the estimates need only the means of each group and how many counties it holds.
    """
    never = [5.654630, 5.592000, 5.604808, 5.638896, 5.661133]
    from_2004 = [6.179697, 6.106564, 6.059452, 6.026704, 6.085388]  # 20 counties
    from_2006 = [6.573994, 6.517884, 6.527941, 6.557435, 6.543041]  # 40
    from_2007 = [5.842906, 5.810783, 5.820866, 5.823866, 5.820048]  # 131
    return Cohorts(
        np.repeat([from_2004, from_2006, from_2007], [20, 40, 131], axis=0),
        np.repeat([2004 - 2003, 2006 - 2003, 2007 - 2003], [20, 40, 131]),
        np.repeat([never], 309, axis=0),
        with_not_yet,
    )


def test_minimum_wages_and_teen_employment_by_group_and_year():
    """The example of the authors' own package `did`, without covariates: ATT(g, t), the simple and the dynamic means."""
    effects = group_time_effects(teen_employment())
    published = {
        (2004, 2004): -0.0105,
        (2004, 2005): -0.0704,
        (2004, 2006): -0.1373,
        (2004, 2007): -0.1008,
        (2006, 2006): -0.0046,
        (2006, 2007): -0.0412,
        (2007, 2007): -0.0261,
    }
    for (group, year), effect in published.items():
        assert effects.effects[group - 2003, year - 2003] == pytest.approx(effect, abs=5.1e-5)
    assert effects.estimates.estimates[0] == pytest.approx(-0.0400, abs=5e-5)
    dynamic = dict(zip(effects.since_start, effects.estimates.gaps[0], strict=True))
    for since_start, effect in enumerate([-0.0199, -0.0510, -0.1373, -0.1008]):
        assert dynamic[since_start] == pytest.approx(effect, abs=5.1e-5)


def test_those_who_begin_later_are_compared_with_only_until_they_begin():
    outcomes = {"early": [1.0, 1, 6, 6], "late": [2.0, 2, 4, 9], "never": [3.0, 3, 4, 4]}
    cohorts = Cohorts(
        np.array([outcomes["early"], outcomes["late"]]), np.array([2, 3]), np.array([outcomes["never"]]), True
    )
    effects = group_time_effects(cohorts).effects
    assert effects[2, 2] == (6 - 1) - ((4 - 2) + (4 - 3)) / 2  # late has not begun: it is compared with
    assert effects[2, 3] == (6 - 1) - (4 - 3)  # late has begun
    assert effects[3, 3] == (9 - 4) - (4 - 4)  # early had begun at the time before: never compared with


def test_effects_that_grow_are_not_turned_round_by_early_starters():
    """Where effects grow, a regression with unit and year effects is pulled down by early starters as a comparison."""
    n_times, starts = 12, np.array([4, 8])
    since = np.arange(n_times) - starts[:, np.newaxis]
    grown = np.where(since >= 0, since + 1.0, 0.0)
    common = np.sin(np.arange(n_times))
    effects = group_time_effects(Cohorts(common + grown, starts, common + np.zeros((6, n_times))))
    assert effects.estimates.estimates[0] == pytest.approx(grown[since >= 0].mean())
    np.testing.assert_allclose(
        effects.estimates.gaps[0], np.clip(np.array(effects.since_start) + 1.0, 0, None), atol=1e-12
    )


@pytest.mark.parametrize("design", COMPARING)
@pytest.mark.parametrize("effect", [-4.0, 0.0, 2.5])
def test_a_known_effect_is_found(design, effect):
    errors = []
    for seed in range(8):
        outcomes = moving_alike(seed=seed)
        outcomes[0] += outcomes[1:].mean() - outcomes[0].mean()  # inside what others can be mixed to
        outcomes[0, 10:] += effect
        errors.append(design(one_trial(outcomes, 10)).estimates[0] - effect)
    assert np.mean(errors) == pytest.approx(0, abs=0.25)


def test_weighting_finds_the_effect_where_the_plain_mean_does_not():
    """Half of the donors move with the treated and half the other way: only the designs with weights can tell."""
    random = np.random.default_rng(3)
    common, times = np.cumsum(random.normal(size=16)), np.arange(16)
    sign = np.where(np.arange(40) < 20, 1, -1)[:, np.newaxis]
    outcomes = (
        50 + sign * (common + 0.5 * times) + random.normal(size=(40, 1)) + 0.2 * random.normal(size=(40, 16))
    )
    outcomes[0, 10:] += 3
    trial = one_trial(outcomes, 10)
    assert abs(estimate_difference_in_differences(trial).estimates[0] - 3) > 2
    assert estimate_synthetic_control(trial).estimates[0] == pytest.approx(3, abs=0.5)
    assert estimate_synthetic_difference_in_differences(trial).estimates[0] == pytest.approx(3, abs=0.5)


@pytest.mark.parametrize("design", WITH_LEVELS_APART)
@settings(max_examples=25, deadline=None)
@given(unit=st.integers(0, 14), time=st.integers(0, 11), constant=st.floats(-100, 100))
def test_constants_per_unit_or_time_do_not_change_the_estimate(design, unit, time, constant):
    outcomes = moving_alike(15, 12, seed=1)
    before = design(one_trial(outcomes, 8)).estimates[0]
    higher_unit, higher_time = outcomes.copy(), outcomes.copy()
    higher_unit[unit] += constant
    higher_time[:, time] += constant
    assert design(one_trial(higher_unit, 8)).estimates[0] == pytest.approx(before, abs=1e-6)
    if design is estimate_difference_in_differences:  # the ridge of the other follows how much years differ
        assert design(one_trial(higher_time, 8)).estimates[0] == pytest.approx(before, abs=1e-6)


@pytest.mark.parametrize("design", COMPARING)
@settings(max_examples=25, deadline=None)
@given(factor=st.floats(1e-6, 1e6), order=st.permutations(range(14)))
def test_units_of_measurement_and_the_order_of_donors_change_nothing(design, factor, order):
    outcomes = moving_alike(15, 12, seed=2)
    estimates = design(one_trial(outcomes, 8))
    scaled = design(one_trial(outcomes * factor, 8))
    assert scaled.estimates[0] / factor == pytest.approx(estimates.estimates[0], rel=1e-6, abs=1e-6)
    shuffled = design(one_trial(outcomes[[0, *(1 + position for position in order)]], 8))
    assert shuffled.estimates[0] == pytest.approx(estimates.estimates[0], abs=1e-7)
    np.testing.assert_allclose(shuffled.unit_weights[0], estimates.unit_weights[0][list(order)], atol=1e-6)


@pytest.mark.parametrize("design", COMPARING)
def test_all_placebos_at_once_are_what_each_is_alone(design):
    donors = moving_alike(12, 11, seed=4)
    together = design(Trials(donors, donors, ~np.eye(12, dtype=bool), 7))
    for at in range(12):
        alone = design(Trials.of_one(donors[[at]], np.delete(donors, at, axis=0), 7))
        assert together.estimates[at] == pytest.approx(alone.estimates[0], abs=1e-7)
        np.testing.assert_allclose(together.gaps[at], alone.gaps[0], atol=1e-6)


def test_the_doubly_weighted_difference_is_the_regression_that_defines_it():
    """Arkhangelsky et al., equation 1: least squares with unit and time effects, weighted by unit × time."""
    outcomes, n_before = moving_alike(9, 10, seed=7), 6
    outcomes[0, n_before:] += 2
    estimates = estimate_synthetic_difference_in_differences(one_trial(outcomes, n_before))
    unit_weights = np.concatenate([[1.0], estimates.unit_weights[0]])
    time_weights = np.concatenate([estimates.time_weights[0], np.full(4, 1 / 4)])
    rows, values, weights = [], [], []
    for unit, time in itertools.product(range(9), range(10)):
        treated = float(unit == 0 and time >= n_before)
        rows.append([treated, *np.eye(9)[unit], *np.eye(10)[time]])
        values.append(outcomes[unit, time])
        weights.append(np.sqrt(unit_weights[unit] * time_weights[time]))
    weight = np.array(weights)
    coefficients, *_ = np.linalg.lstsq(
        np.array(rows) * weight[:, np.newaxis], np.array(values) * weight, rcond=None
    )
    assert estimates.estimates[0] == pytest.approx(coefficients[0], abs=1e-8)


def test_the_mean_of_several_treated_is_what_is_compared():
    outcomes = moving_alike(12, 10, seed=8)
    estimates = estimate_difference_in_differences(one_trial(outcomes, 6, n_treated=3))
    alone = [
        estimate_difference_in_differences(
            one_trial(np.delete(outcomes, [at for at in range(3) if at != number], axis=0), 6)
        ).estimates[0]
        for number in range(3)
    ]
    assert estimates.estimates[0] == pytest.approx(np.mean(alone))


def test_placebos_of_groups_are_the_estimates_of_those_donors():
    donors = moving_alike(10, 9, seed=9)
    cohorts = Cohorts(moving_alike(2, 9, seed=10), np.array([4, 6]), donors)
    estimates = placebo_estimates(cohorts, np.array([[3, 7]]))
    others = np.delete(donors, [3, 7], axis=0)
    expected = group_time_effects(Cohorts(donors[[3, 7]], cohorts.starts, others))
    assert estimates.estimates[0] == expected.estimates.estimates[0]


def test_a_line_that_goes_on_has_no_effect_and_a_step_has_its_own_size():
    times = np.arange(2008.0, 2022)
    line = 3 + 0.5 * (times - 2008)
    random = np.random.default_rng(1).normal(scale=0.01, size=14)
    assert fit_interrupted_series(line + random, times, 9).estimate == pytest.approx(0, abs=0.03)
    stepped = line + random + np.where(times >= 2017, 4.0, 0.0)
    series_effect = fit_interrupted_series(stepped, times, 9)
    assert series_effect.estimate == pytest.approx(4, abs=0.03)
    assert series_effect.level_change == pytest.approx(4, abs=0.03)
    assert series_effect.slope_change == pytest.approx(0, abs=0.02)


def test_a_single_point_after_has_an_estimate_but_no_line_of_its_own():
    times = np.arange(2008.0, 2018)
    series = np.append(np.array([1.0, 2.1, 2.9, 4, 5.2, 5.9, 7, 8.1, 8.9]), 14)
    series_effect = fit_interrupted_series(series, times, 9)
    assert series_effect.estimate == pytest.approx(4, abs=0.3)
    assert series_effect.standard_error > 0
    assert np.isnan([series_effect.level_change, series_effect.slope_change_error]).all()


def test_errors_without_lags_are_those_of_white():
    """White (1980) with n / (n − k), written out for a mean: the variance of the mean times n / (n − 1)."""
    series = np.array([1.0, 4, 2, 9])
    _, covariance = least_squares(np.ones((4, 1)), series, 0)
    assert covariance[0, 0] == pytest.approx(((series - 4) ** 2).sum() / 16 * 4 / 3)


@pytest.mark.parametrize(("correlation", "least_share"), [(0.0, 0.92), (0.5, 0.85)])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(correlation, least_share):
    """Twelve times before and four after, 400 series without any effect, errors that hang together or not."""
    random, n_held, times = np.random.default_rng(3), 0, np.arange(16.0)
    margin = 2.228  # Student's t, 95 %, 10 degrees of freedom
    for _ in range(400):
        errors = [random.normal()]
        for shock in random.normal(size=15):
            errors.append(correlation * errors[-1] + np.sqrt(1 - correlation**2) * shock)
        series_effect = fit_interrupted_series(np.array(errors), times, 12)
        n_held += abs(series_effect.estimate) <= margin * series_effect.standard_error
    assert least_share <= n_held / 400 <= 0.99
