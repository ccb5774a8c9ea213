"""Each doubt with the arithmetic left visible, and on a panel in which it ought to bite."""

import numpy as np
import pytest

from metrics.effects import (
    badly_fitting_donors,
    error_ratio,
    leave_one_donor_out,
    permutation,
    placebo_in_time,
    study,
    trend_before,
)
from metrics.effects.difference_in_differences import estimate_difference_in_differences
from metrics.effects.panel import Estimates
from metrics.effects.study import Study, decimals_for, error_ratios, in_batches, p_value
from metrics.effects.synthetic_control import estimate_synthetic_control
from tests.messages import swedish
from tests.metrics.effects.panels import moving_alike, one_trial


def study_of(outcomes, n_before, design=estimate_difference_in_differences, fewest_before=4):
    trial = one_trial(outcomes, n_before)
    names = tuple(f"D{at:02}" for at in range(len(trial.donors)))
    return Study(design, trial, permutation.placebo_trials(trial), names, fewest_before)


def test_p_counts_those_at_least_as_far_from_zero_on_either_side():
    assert p_value(2.0, np.array([-3.0, 2.0, 1.9, -1.0])) == (1 + 2) / (1 + 4)
    assert p_value(-5.0, np.array([1.0, 2.0])) == (1 + 0) / (1 + 2)
    assert p_value(0.0, np.array([0.0, 0.0])) == 1


def test_placebos_that_are_equal_but_for_rounding_count_as_extreme():
    assert p_value(0.1 + 0.2, np.array([0.3])) == 1


@pytest.mark.parametrize(("n_donors", "n_treated"), [(7, 1), (7, 3), (12, 5)])
def test_every_donor_is_first_in_one_group_and_in_as_many_groups_as_are_treated(n_donors, n_treated):
    groups = permutation.placebo_groups(n_donors, n_treated)
    np.testing.assert_array_equal(groups[:, 0], np.arange(n_donors))
    np.testing.assert_array_equal(np.bincount(groups.ravel()), np.full(n_donors, n_treated))
    assert all(len(set(group)) == n_treated for group in groups.tolist())


def test_placebos_are_never_their_own_donors_and_the_treated_take_no_part():
    trial = permutation.placebo_trials(one_trial(moving_alike(9, 8), 5, n_treated=2))
    groups = permutation.placebo_groups(7, 2)
    for target, may_use, group in zip(trial.targets, trial.may_use, groups, strict=True):
        assert not may_use[group].any()
        assert may_use.sum() == 5
        np.testing.assert_allclose(target, trial.donors[group].mean(axis=0))


@pytest.mark.parametrize("design", [estimate_difference_in_differences, estimate_synthetic_control])
def test_a_batch_at_a_time_is_all_at_once(design, monkeypatch):
    trials = permutation.placebo_trials(one_trial(moving_alike(12, 9), 6))
    monkeypatch.setattr(study, "MOST_AT_ONCE", 4)
    parts, whole = in_batches(design, trials), design(trials)
    for name in ("gaps", "unit_weights", "time_weights"):
        np.testing.assert_allclose(getattr(parts, name), getattr(whole, name), atol=1e-12)


def test_the_ratio_is_error_after_over_error_before():
    gaps = np.array([[1.0, -1, 3, -3], [2.0, 2, 2, 2]])
    estimates = Estimates(gaps, 2, np.ones((2, 1)), np.empty((2, 0)))
    np.testing.assert_allclose(error_ratios(estimates, usual=1.0), [3 / 1, 2 / 2])


def test_a_perfect_fit_does_not_make_the_ratio_endless():
    estimates = Estimates(np.array([[0.0, 0, 2]]), 2, np.ones((1, 1)), np.empty((1, 0)))
    np.testing.assert_allclose(error_ratios(estimates, usual=5.0), [2 / (0.01 * 5)])


def test_a_placebo_that_never_fitted_does_not_spoil_the_p():
    placebos, errors = np.append(np.linspace(-1, 1, 20), [9.0, -8.0]), np.append(np.ones(20), [5.0, 6.0])
    check = badly_fitting_donors.check_without_badly_fitting_donors(3.0, 1.0, placebos, errors)
    assert p_value(3.0, placebos) == (1 + 2) / (1 + 22)
    assert check.values == {"p_value": (1 + 0) / (1 + 20), "dropped": 2}
    assert check.passed is True


def test_a_few_well_fitting_donors_give_no_verdict():
    check = badly_fitting_donors.check_without_badly_fitting_donors(
        3.0, 1.0, np.zeros(30), np.append(np.ones(8), np.full(22, 9.0))
    )
    assert check.passed is None


def with_ratios(ratios, error_before=1.0):
    """Two times before and two after, with these ratios of error after to error before."""
    after = np.outer(np.atleast_1d(ratios), [0.0, 0, 1, -1])
    errors = after + np.array([1, -1, 0, 0])
    return Estimates(error_before * errors, 2, np.ones((len(errors), 1)), np.empty((len(errors), 0)))


def test_a_ratio_like_anybody_elses_fails():
    others = with_ratios(np.linspace(1, 3, 30))
    assert error_ratio.check_error_ratio(with_ratios(2.0), others, 1.0).passed is False
    assert error_ratio.check_error_ratio(with_ratios(4.0), others, 1.0).passed is True
    assert error_ratio.check_error_ratio(with_ratios(4.0), others, 1.0).values["ratio"] == pytest.approx(4)
    assert (
        error_ratio.check_error_ratio(with_ratios(4.0), with_ratios(np.linspace(1, 3, 5)), 1.0).passed is None
    )


def test_where_noise_is_fitted_the_ratio_gives_no_verdict():
    others = with_ratios(np.linspace(1, 3, 30), error_before=0.2)
    check = error_ratio.check_error_ratio(with_ratios(2.0, error_before=0.2), others, 1.0)
    assert check.passed is None
    assert "av en slump" in swedish(check.message)


def test_an_estimate_that_depends_on_one_donor_fails_and_the_donor_is_named():
    outcomes = moving_alike(8, 12, noise=0.05, seed=1)
    outcomes += 50 - outcomes.mean(axis=1, keepdims=True)
    wave = np.sin(np.arange(12))
    outcomes[0] += 5 * wave
    outcomes[4] += 5 * wave  # the only one that moves like the treated …
    outcomes[4, 8:] -= 6  # … and then falls, which looks like an effect
    check = leave_one_donor_out.check_each_donor_left_out(
        study_of(outcomes, 8, estimate_synthetic_control, 6)
    )
    assert check.passed is False
    assert check.values["donor"] == "D03"
    assert "D03" in swedish(check.message)


def test_an_estimate_that_all_donors_support_passes():
    outcomes = moving_alike(20, 12, seed=2)
    outcomes[0, 8:] += 3
    check = leave_one_donor_out.check_each_donor_left_out(study_of(outcomes, 8))
    assert check.passed is True
    assert check.values["low"] <= study_of(outcomes, 8).estimate <= check.values["high"]


def test_an_effect_before_the_cause_fails():
    outcomes = moving_alike(30, 16, seed=3)
    outcomes[0, 8:] += 4  # two years before the stated start
    check = placebo_in_time.check_false_start(study_of(outcomes, 10), range(2008, 2024))
    assert check.passed is False
    assert check.values["start"] == 2015


def test_an_effect_from_its_start_on_was_not_there_before():
    outcomes = moving_alike(30, 16, seed=3)
    outcomes[0, 10:] += 4
    check = placebo_in_time.check_false_start(study_of(outcomes, 10), range(2008, 2024))
    assert check.passed is True
    assert abs(check.values["estimate"]) < 1


def test_a_false_start_uses_nothing_from_after_the_real_one():
    outcomes = moving_alike(30, 16, seed=4)
    changed = outcomes.copy()
    changed[:, 10:] = -1000
    check = placebo_in_time.check_false_start(study_of(outcomes, 10), range(16))
    assert placebo_in_time.check_false_start(study_of(changed, 10), range(16)).values == check.values


def test_a_short_series_has_no_room_for_a_false_start():
    check = placebo_in_time.check_false_start(study_of(moving_alike(20, 9), 5), range(9))
    assert check.passed is None


def test_moving_away_before_the_start_is_seen():
    times, random = np.arange(8.0), np.random.default_rng(1)
    others = random.normal(size=(30, 8))
    assert trend_before.check_trend_before(2.0 * times, others, times, 1).passed is False
    assert trend_before.check_trend_before(np.array([1.0, -1] * 4), others, times, 1).passed is True


def test_the_slope_is_a_change_for_one_step_of_time():
    rows = np.array([[1.0, 3, 5], [4.0, 4, 4]])
    np.testing.assert_allclose(trend_before.slopes(rows, np.array([0.0, 1, 2])), [2, 0])
    np.testing.assert_allclose(trend_before.slopes(rows, np.array([0.0, 2, 4])), [1, 0])


@pytest.mark.parametrize(
    ("size", "decimals"), [(1234.0, 0), (42.0, 0), (4.2, 1), (0.42, 2), (1e-9, 4), (0.0, 1)]
)
def test_numbers_have_two_significant_digits(size, decimals):
    assert decimals_for(size) == decimals
