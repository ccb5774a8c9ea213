"""A panel goes in; an effect with every doubt comes out, or the reason why there is none."""

import numpy as np
import pytest

from domain.effect import Design, Effect
from domain.errors.effects import TreatedError
from language.catalogue import catalogue
from language.rendering import render
from metrics.effects.estimating import estimate
from metrics.effects.panel import Panel
from metrics.effects.refusal import FEWEST_DONORS, usual_change
from tests.messages import swedish
from tests.metrics.effects.panels import PROP_99, moving_alike, panel_of, prop_99

COMPARING = (
    Design.DIFFERENCE_IN_DIFFERENCES,
    Design.SYNTHETIC_CONTROL,
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES,
)
NAN = np.nan


def with_effect(size: float = 4.0, start: int = 2018, **made) -> Panel:
    """One treated unit in the middle of the others, from 2008 on."""
    outcomes = moving_alike(**made)
    outcomes[0] += outcomes[1:].mean() - outcomes[0].mean()
    outcomes[0, start - 2008 :] += size
    return panel_of(outcomes, {"U00": start})


def checks_of(effect: Effect) -> dict[str, bool | None]:
    return {check.name: check.passed for check in effect.checks}


@pytest.mark.parametrize("design", COMPARING)
def test_an_effect_that_is_there_is_found_and_passes_every_doubt(design):
    effect = estimate(with_effect(), design)
    assert effect.estimate == pytest.approx(4, abs=0.5)
    assert (
        effect.p_value <= 2 / 40
    )  # one placebo of the synthetic control lies outside what others can be mixed to
    assert effect.refused is None
    assert checks_of(effect) == {
        "permutation": True,
        "error_ratio": True,
        "badly_fitting_donors": True,
        "leave_one_donor_out": True,
        "placebo_in_time": True,
        "trend_before": True,
    }


@pytest.mark.parametrize("design", [*COMPARING, Design.GROUP_TIME])
def test_an_effect_that_is_not_there_is_rarely_found(design):
    """Each of 40 units that did nothing takes its turn; p ≤ 0.1 may come one time in ten, and a little more by chance."""
    outcomes, n_found = moving_alike(seed=11), 0
    for at in range(40):
        effect = estimate(panel_of(outcomes, {f"U{at:02}": 2018}), design)
        n_found += effect.estimate is not None and effect.p_value <= 0.1
    assert n_found <= 6


@pytest.mark.parametrize("design", COMPARING)
def test_the_p_value_counts_the_reported_placebos(design):
    effect = estimate(with_effect(0.4, seed=3), design)
    n_extreme = sum(abs(placebo.estimate) >= abs(effect.estimate) for placebo in effect.placebos)
    assert effect.p_value == (1 + n_extreme) / (1 + 39)
    assert sorted(placebo.unit for placebo in effect.placebos) == sorted(effect.donors)
    assert all(len(placebo.gaps) == len(effect.gap) for placebo in effect.placebos)


@pytest.mark.parametrize("design", COMPARING)
def test_the_reported_numbers_are_consistent(design):
    effect = estimate(with_effect(seed=5), design)
    after = [point.gap for point in effect.gap if point.is_after]
    before = [point.gap for point in effect.gap if not point.is_after]
    assert effect.estimate == pytest.approx(np.mean(after))
    assert effect.pre_rmspe == pytest.approx(np.sqrt(np.mean(np.square(before))))
    assert sum(effect.unit_weights.values()) == pytest.approx(1)
    assert list(effect.unit_weights.values()) == sorted(effect.unit_weights.values(), reverse=True)
    assert list(effect.time_weights) == sorted(effect.time_weights)
    assert [point.time for point in effect.gap] == list(range(2008, 2024))


@pytest.mark.parametrize("design", [*COMPARING, Design.GROUP_TIME])
def test_the_order_of_units_in_the_panel_changes_nothing(design):
    panel = with_effect(seed=6)
    order = np.random.default_rng(1).permutation(40)
    shuffled = Panel(
        panel.outcomes[order], tuple(panel.units[at] for at in order), panel.times, panel.treated
    )
    effect, other = estimate(panel, design), estimate(shuffled, design)
    assert other.estimate == pytest.approx(effect.estimate, abs=1e-7)
    assert other.p_value == effect.p_value
    assert other.donors == effect.donors


def test_a_treated_place_among_the_donors_is_an_error_that_names_it():
    with pytest.raises(TreatedError, match="U00"):
        Panel(np.ones((2, 3)), ("U00", "U01"), (1, 2, 3), {"U00": 2}, donors=("U01", "U00"))


@pytest.mark.parametrize(
    "made",
    [
        {"outcomes": np.ones((2, 2))},
        {"units": ("A", "A")},
        {"times": (1, 3, 2)},
        {"treated": {}},
        {"treated": {"C": 2}},
        {"donors": ("C",)},
        {"outcomes": np.array([[1, 2, np.inf], [1, 2, 3]])},
    ],
)
def test_a_panel_that_does_not_fit_together_is_a_defect(made):
    fitting = {"outcomes": np.ones((2, 3)), "units": ("A", "B"), "times": (1, 2, 3), "treated": {"A": 2}}
    with pytest.raises(ValueError, match=r"outcome|units|treated|donors"):
        Panel(**{**fitting, **made})


@pytest.mark.parametrize("design", list(Design))
@pytest.mark.parametrize("n_before", [0, 1, 3])
def test_under_four_points_before_there_is_no_estimate(design, n_before):
    effect = estimate(with_effect(start=2008 + n_before), design)
    assert effect.estimate is None
    assert f"{n_before} mätpunkter före" in swedish(effect.refused)


@pytest.mark.parametrize("n_before", [4, 5])
def test_under_six_points_only_differences_are_taken_and_the_trend_is_drawn(n_before):
    panel = with_effect(start=2008 + n_before)
    differences = estimate(panel, Design.DIFFERENCE_IN_DIFFERENCES)
    assert differences.estimate == pytest.approx(4, abs=0.5)
    assert len(differences.gap) == 16
    assert "trend_before" in checks_of(differences)
    for design in COMPARING[1:]:
        assert "bara skillnad i skillnader" in swedish(estimate(panel, design).refused)


@pytest.mark.parametrize(("n_before", "is_refused"), [(7, True), (8, False)])
def test_an_interrupted_series_needs_eight_points_before(n_before, is_refused):
    effect = estimate(with_effect(start=2008 + n_before), Design.INTERRUPTED_TIME_SERIES)
    assert bool(effect.refused) is is_refused
    assert (effect.estimate is None) is is_refused


@pytest.mark.parametrize("design", list(Design))
def test_a_start_after_the_series_is_refused_until_a_value_comes(design):
    assert "serien slutar 2023" in swedish(estimate(with_effect(start=2024), design).refused)


@pytest.mark.parametrize("design", [*COMPARING, Design.GROUP_TIME])
def test_a_place_far_from_all_others_gets_a_picture_but_no_number(design):
    panel = with_effect(seed=2)
    panel.outcomes[0, :10] += np.linspace(-30, 30, 10)  # no other moves like that
    effect = estimate(panel, design)
    assert effect.estimate is None
    assert effect.p_value is None
    assert "följer inte serien före starten" in swedish(effect.refused)
    assert len(effect.gap) > 0
    assert effect.pre_rmspe > 5


@pytest.mark.parametrize("design", list(Design))
def test_a_hole_in_the_series_is_refused_and_the_year_named(design):
    panel = with_effect()
    panel.outcomes[0, 3] = NAN
    assert "2011" in swedish(estimate(panel, design).refused)


@pytest.mark.parametrize("design", list(Design))
def test_a_series_that_never_moved_before_is_refused(design):
    panel = with_effect()
    panel.outcomes[0, :10] = 50
    assert "detsamma alla år före" in swedish(estimate(panel, design).refused)


@pytest.mark.parametrize("design", list(Design))
@pytest.mark.parametrize(
    ("breaks", "is_refused"), [((2012,), True), ((2020, 2021), True), ((2008,), False), ((2024,), False)]
)
def test_a_new_level_inside_the_years_is_refused_and_one_outside_is_not(design, breaks, is_refused):
    effect = estimate(with_effect(), design, breaks=breaks)
    assert ("annan nivå eller definition" in swedish(effect.refused)) is is_refused


@pytest.mark.parametrize("design", list(Design))
def test_a_place_without_a_single_value_is_refused(design):
    panel = with_effect()
    panel.outcomes[0] = NAN
    assert "inga värden för U00" in swedish(estimate(panel, design).refused)


def test_a_common_shock_does_not_make_a_poor_fit_good():
    """A year that moves everybody alike says nothing of how far a comparison may miss."""
    moved = np.array([[1.0, 4, 2, 7, 5], [2.0, 4, 3, 7, 6], [0.0, 3, 1, 6, 4]])
    shock = np.array([0.0, 50, -20, 80, 10])
    assert usual_change(moved + shock) == pytest.approx(usual_change(moved))
    changes = np.diff(moved, axis=1) - np.diff(moved, axis=1).mean(axis=0)
    assert usual_change(moved) == pytest.approx(np.median(changes.std(axis=1)))


@pytest.mark.parametrize("design", [*COMPARING, Design.GROUP_TIME])
def test_too_few_to_compare_with_is_refused(design):
    panel = with_effect(n_units=FEWEST_DONORS)
    assert f"minst {FEWEST_DONORS}" in swedish(estimate(panel, design).refused)
    assert estimate(with_effect(n_units=FEWEST_DONORS + 1), design).refused is None


def test_with_few_donors_the_permutation_only_informs_and_says_what_p_cannot_be():
    effect = estimate(with_effect(n_units=7), Design.DIFFERENCE_IN_DIFFERENCES)
    (check,) = [check for check in effect.checks if check.name == "permutation"]
    assert check.passed is None
    assert "0,14" in swedish(check.message)


def test_donors_with_gaps_or_without_movement_are_left_out_with_a_reason():
    panel = with_effect()
    panel.outcomes[3, 5] = NAN
    panel.outcomes[4] = 50
    effect = estimate(panel, Design.SYNTHETIC_CONTROL, left_out={"U05": "kör ett liknande exempel"})
    assert swedish(effect.left_out) == {
        "U03": "Värden saknas 2013.",
        "U04": "Värdet är detsamma alla år.",
        "U05": "kör ett liknande exempel",
    }
    assert not set(effect.left_out) & set(effect.donors)
    assert len(effect.placebos) == 36


def test_a_series_that_begins_late_or_a_year_that_nobody_has_is_no_hole():
    panel = with_effect(n_times=20, start=2020)
    panel.outcomes[0, :2] = NAN
    panel.outcomes[:, 5] = NAN
    panel.outcomes[0, 19] = NAN
    effect = estimate(panel, Design.DIFFERENCE_IN_DIFFERENCES)
    assert effect.estimate == pytest.approx(4, abs=0.5)
    assert [point.time for point in effect.gap] == [2010, 2011, 2012, *range(2014, 2027)]


def test_years_that_only_a_few_others_have_are_not_measured_years():
    panel = with_effect(n_times=18, start=2018)
    panel.outcomes[3:, [0, 17]] = NAN  # the treated and two others have them
    panel.outcomes[0, 4] = NAN
    panel.outcomes[6:, 4] = NAN  # the treated lacks it, as most do
    effect = estimate(panel, Design.DIFFERENCE_IN_DIFFERENCES)
    assert effect.left_out == {}
    assert [point.time for point in effect.gap] == [2009, 2010, 2011, *range(2013, 2025)]


@pytest.mark.parametrize("design", COMPARING)
def test_places_that_began_in_different_years_are_sent_to_the_design_for_that(design):
    panel = panel_of(moving_alike(), {"U00": 2018, "U01": 2016})
    assert "2016, 2018" in swedish(estimate(panel, design).refused)


def test_places_that_began_the_same_year_are_one_mean_against_means_of_as_many():
    outcomes = moving_alike(seed=7)
    outcomes[:3, 10:] += 2
    effect = estimate(
        panel_of(outcomes, dict.fromkeys(["U00", "U01", "U02"], 2018)), Design.DIFFERENCE_IN_DIFFERENCES
    )
    alone = estimate(panel_of(outcomes, {"U00": 2018}), Design.DIFFERENCE_IN_DIFFERENCES)
    assert effect.estimate == pytest.approx(2, abs=0.3)
    assert len(effect.placebos) == 37
    assert effect.standard_error < alone.standard_error


@pytest.mark.parametrize("design", [Design.DIFFERENCE_IN_DIFFERENCES, Design.GROUP_TIME])
def test_the_mean_of_many_does_not_count_as_a_fit_by_chance(design):
    """A mean of twenty moves less than one place does, and so do the placebos that it is compared with."""
    effect = estimate(
        panel_of(moving_alike(60, noise=3, seed=4), {f"U{at:02}": 2018 for at in range(20)}), design
    )
    (check,) = [check for check in effect.checks if check.name == "error_ratio"]
    assert check.passed is not None


def test_places_that_started_in_different_years_are_each_compared_with_those_that_had_not():
    outcomes = moving_alike(seed=8)
    outcomes[0, 8:] += 3
    outcomes[1, 11:] += 3
    effect = estimate(panel_of(outcomes, {"U00": 2016, "U01": 2019}), Design.GROUP_TIME)
    assert effect.estimate == pytest.approx(3, abs=0.5)
    assert effect.p_value == pytest.approx(1 / 39)
    assert effect.by_group_and_time[2016, 2016] == pytest.approx(3, abs=1)
    assert {group for group, _ in effect.by_group_and_time} == {2016, 2019}
    assert [point.time for point in effect.gap] == list(range(-11, 8))  # years since the start
    assert checks_of(effect) == {
        "permutation": True,
        "error_ratio": True,
        "badly_fitting_donors": True,
        "leave_one_donor_out": True,
        "placebo_in_time": True,
        "trend_before": True,
        "not_yet_treated": None,
    }


def test_a_place_whose_own_series_is_too_short_leaves_the_others_their_estimate():
    outcomes = moving_alike(seed=8)
    outcomes[:2, 8:] += 3
    effect = estimate(panel_of(outcomes, {"U00": 2016, "U01": 2010}), Design.GROUP_TIME)
    assert effect.treated == {"U00": 2016}
    assert "2 mätpunkter" in swedish(effect.left_out["U01"])
    assert any("med start 2016. " in sentence for sentence in swedish(effect.method))


def test_an_interrupted_series_knows_nobody_and_has_no_p():
    effect = estimate(with_effect(), Design.INTERRUPTED_TIME_SERIES)
    assert (effect.p_value, effect.placebos, effect.donors) == (None, (), ())
    assert checks_of(effect)["nobody_compared"] is None
    assert effect.standard_error > 0


def test_a_series_that_jumped_before_the_start_gets_no_line():
    panel = with_effect(n_times=24, start=2028)
    jumped = np.where(np.arange(20) < 9, 0, 12)
    panel.outcomes[0, :20] = 50 + jumped + 0.3 * np.random.default_rng(1).normal(size=20)
    effect = estimate(panel, Design.INTERRUPTED_TIME_SERIES)
    assert effect.estimate is None
    assert "följer inte serien före starten" in swedish(effect.refused)


def test_a_perfect_fit_by_many_donors_is_reported():
    panel = with_effect(n_units=60, n_times=9, start=2014)
    panel.outcomes[0] = panel.outcomes[1:].mean(axis=0)
    effect = estimate(panel, Design.SYNTHETIC_CONTROL)
    assert effect.pre_rmspe == pytest.approx(0, abs=1e-6)
    assert checks_of(effect)["several_weights"] is None
    assert all(np.isfinite(placebo.ratio) for placebo in effect.placebos)


@pytest.mark.parametrize("design", [*COMPARING, Design.GROUP_TIME, Design.INTERRUPTED_TIME_SERIES])
def test_every_message_can_be_rendered_in_another_language(design):
    effect = estimate(with_effect(), design)
    for sentence in (*effect.method, *(check.message for check in effect.checks)):
        assert render(sentence, catalogue("en").gettext) != swedish(sentence)


@pytest.mark.parametrize("factor", [1e-9, 1e9])
@pytest.mark.parametrize("design", COMPARING)
def test_very_large_and_very_small_values_are_judged_alike(design, factor):
    panel = with_effect()
    scaled = panel_of(panel.outcomes * factor, {"U00": 2018})
    effect, other = estimate(panel, design), estimate(scaled, design)
    assert other.estimate / factor == pytest.approx(effect.estimate, rel=1e-5)
    assert checks_of(other) == checks_of(effect)


@pytest.mark.shared
@pytest.mark.skipif(not PROP_99.exists(), reason="no worked examples here")
@pytest.mark.parametrize(
    ("design", "published", "p_value"),
    [
        (Design.DIFFERENCE_IN_DIFFERENCES, -27.34911, 4 / 39),
        (Design.SYNTHETIC_CONTROL, -19.5136, 3 / 39),
        (Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES, -15.604, 2 / 39),
    ],
)
def test_proposition_99_is_estimated_with_all_its_doubts(design, published, p_value):
    effect = estimate(prop_99(), design)
    assert effect.estimate == pytest.approx(published, abs=0.002)
    assert effect.p_value == pytest.approx(p_value)
    assert effect.refused is None
    assert len(effect.placebos) == 38
