"""A case's aims: levels, evidence that moves by itself, the aim against what happened, and sentences that are true."""

from dataclasses import replace
from datetime import date

import pytest

from answers.effects.case_effects import estimate_case_effects, estimate_reuse_effects
from domain.case import Aim, AimDirection, CaseStatus, Reuse, ReuseState
from domain.case_effect import AimOutcome, Level, first_year_of, strongest
from domain.effect import Check, Design, Effect, Evidence
from domain.series import Point, Series
from domain.value import Status
from language.effect_sentences import account, aim_sentence, as_extreme, describe_effect, effect_words
from metrics.evidence.aims import held_against
from metrics.evidence.evidence import evidence, has_survived_checks
from metrics.evidence.levels import levels
from tests.answers.effect_cases import day, made_case
from tests.effects_store import EFFECT, SAME_ELSEWHERE, TREATED
from tests.messages import swedish

BEFORE, AFTER = Level(60.0, 2015, 2017, 3), Level(64.0, 2018, 2020, 3)


@pytest.mark.parametrize(
    ("started_on", "first_year"),
    [((2019, 1, 1), 2019), ((2019, 6, 30), 2019), ((2019, 7, 1), 2020), ((2019, 12, 31), 2020)],
)
def test_a_start_in_the_second_half_of_a_year_counts_from_the_next(started_on, first_year):
    assert first_year_of(date(*started_on)) == first_year


# Levels


def _series(*points, breaks=()):
    return Series(
        "0136",
        "Haninge",
        tuple(
            Point(year, value, Status.OK if isinstance(value, float) else Status.SUPPRESSED)
            if not isinstance(value, Status)
            else Point(year, None, value)
            for year, value in points
        ),
        tuple(breaks),
    )


def test_the_level_before_is_that_of_the_three_nearest_years():
    series = _series((2014, 10.0), (2015, 60.0), (2016, 61.0), (2017, 62.0), (2018, 64.0), (2019, 68.0))
    before, after = levels(series, 2018)
    assert before == Level(61.0, 2015, 2017, 3)  # (60 + 61 + 62) / 3
    assert after == Level(66.0, 2018, 2019, 2)  # (64 + 68) / 2


def test_no_level_reaches_across_a_break():
    series = _series((2015, 6.0), (2016, 60.0), (2017, 62.0), (2018, 64.0), (2019, 6.8), breaks=(2016, 2019))
    assert levels(series, 2018) == (Level(61.0, 2016, 2017, 2), Level(64.0, 2018, 2018, 1))
    assert levels(_series((2017, 6.0), (2018, 60.0), breaks=(2018,)), 2018) == (
        None,
        Level(60.0, 2018, 2018, 1),
    )


# Aims


def _aim(size=None, by_year=None, direction=AimDirection.INCREASE):
    return Aim("N15428", direction, date(2017, 1, 1), size, by_year)


WHOLE = _series(
    (2015, 59.0), (2016, 61.0), (2017, 60.0), (2018, 63.0), (2019, Status.SUPPRESSED), (2020, 65.0)
)  # before: (59 + 61 + 60) / 3 = 60


@pytest.mark.parametrize(
    ("aim", "outcome", "changed_by"),
    [
        (_aim(5.0, 2020), AimOutcome.REACHED, 5.0),  # 65 − 60
        (_aim(5.04, 2020), AimOutcome.REACHED, 5.0),  # as it is shown: 5,0
        (_aim(6.0, 2020), AimOutcome.PARTLY_REACHED, 5.0),
        (_aim(11.0, 2020), AimOutcome.NOT_REACHED, 5.0),  # less than half
        (_aim(5.0, 2020, AimDirection.DECREASE), AimOutcome.NOT_REACHED, 5.0),
        (_aim(None, 2020), AimOutcome.REACHED, 5.0),  # more than it moved before: √((2² + 1²) / 2) = 1,6
        (_aim(3.0), AimOutcome.REACHED, 4.0),  # the mean after: (63 + 65) / 2
        (_aim(5.0, 2019), AimOutcome.CANNOT_BE_SAID, None),  # may not be shown
        (_aim(5.0, 2021), AimOutcome.TOO_EARLY, None),
        (_aim(5.0, 2016), AimOutcome.CANNOT_BE_SAID, None),  # before the start
    ],
)
def test_an_aim_is_compared_with_its_own_year(aim, outcome, changed_by):
    before, after = levels(WHOLE, 2018)
    result = held_against(aim, WHOLE, 2018, before, after, decimals=1)
    assert (result.outcome, result.changed_by) == (outcome, pytest.approx(changed_by))


def test_an_aim_across_a_break_cannot_be_judged():
    series = _series((2016, 59.0), (2017, 60.0), (2018, 63.0), (2020, 6.5), breaks=(2020,))
    result = held_against(_aim(5.0, 2020), series, 2018, *levels(series, 2018), decimals=1)
    assert result.outcome is AimOutcome.CANNOT_BE_SAID
    assert "definition" in swedish(result.why)


def test_a_change_within_what_the_series_usually_moves_is_only_a_bit_of_the_way():
    series = _series((2015, 50.0), (2016, 60.0), (2017, 52.0), (2018, 58.0))
    result = held_against(_aim(), series, 2018, *levels(series, 2018), decimals=1)
    assert result.outcome is AimOutcome.PARTLY_REACHED  # 58 − 54 = 4, against steps of 10 and 8


# Evidence


def _effect(estimate=4.0, *, p=0.02, refused="", design=Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES, **passed):
    checks = {"permutation": p <= 0.1, **passed}
    return Effect(
        design,
        {"0136": 2018},
        estimate=None if refused else estimate,
        p_value=p,
        refused=refused,
        checks=tuple(Check(name, passed, f"{name} säger") for name, passed in checks.items()),
    )


@pytest.mark.parametrize(
    ("first_year", "before", "after", "effect", "repeated_at", "level"),
    [
        (None, None, None, None, (), Evidence.DESCRIBED),
        (2018, BEFORE, None, _effect(refused="För tidigt."), (), Evidence.DESCRIBED),
        (2018, None, AFTER, _effect(refused="För få."), (), Evidence.DESCRIBED),
        (2018, BEFORE, AFTER, _effect(refused="För få."), (), Evidence.BEFORE_AND_AFTER),
        (2018, BEFORE, AFTER, _effect(design=Design.INTERRUPTED_TIME_SERIES), (), Evidence.BEFORE_AND_AFTER),
        (2018, BEFORE, AFTER, _effect(p=0.3), (), Evidence.COMPARED),
        (2018, BEFORE, AFTER, _effect(placebo_in_time=False), (), Evidence.COMPARED),
        (2018, BEFORE, AFTER, _effect(placebo_in_time=None), (), Evidence.SURVIVED_CHECKS),
        (2018, BEFORE, AFTER, _effect(-4.0), (), Evidence.SURVIVED_CHECKS),  # the wrong way counts as much
        (2018, BEFORE, AFTER, _effect(), ("Salem",), Evidence.REPEATED),
        (2018, BEFORE, AFTER, _effect(p=0.3), ("Salem",), Evidence.COMPARED),
    ],
)
def test_evidence_rises_with_what_is_known_and_falls_with_what_fails(
    first_year, before, after, effect, repeated_at, level
):
    grade, why, would_change = evidence(first_year, before, after, effect, (), repeated_at)
    assert grade is level
    assert why
    assert would_change


def test_designs_that_disagree_on_the_direction_have_not_survived():
    assert has_survived_checks(_effect(4.0), (_effect(1.0, p=0.5),))
    assert not has_survived_checks(_effect(4.0), (_effect(-1.0, p=0.5),))


# Whole cases


def test_a_case_with_an_effect_is_described_by_size_evidence_and_aim(effects_library):
    case = made_case("c1", TREATED, day(2017, 8, 20), aims=("N15428",), size=5.0, by_year=2022)
    (case_effect,) = estimate_case_effects(effects_library, case)
    assert case_effect.first_year == 2018
    assert case_effect.estimate == pytest.approx(EFFECT, abs=1.0)
    assert {effect.design for effect in case_effect.beside} == {
        Design.SYNTHETIC_CONTROL,
        Design.DIFFERENCE_IN_DIFFERENCES,
    }
    assert case_effect.evidence is Evidence.SURVIVED_CHECKS, case_effect.evidence_why
    assert case_effect.outcome is AimOutcome.REACHED
    assert case_effect.is_stated_beforehand
    headline_text = describe_effect(case_effect, str)
    assert "låg Haninge i snitt 6," in headline_text or "låg Haninge i snitt 5," in headline_text
    assert "procentenheter över" in headline_text
    assert "(2018–2023)" in headline_text
    assert "av 39 kommuner som inte gjorde något" in headline_text
    assert effect_words(case_effect, str).startswith("+")


def test_a_case_where_nothing_happened_is_compared_and_called_chance(effects_library):
    (case_effect,) = estimate_case_effects(
        effects_library, made_case("c1", TREATED, day(2018, 1, 1), aims=("N15508",))
    )
    assert case_effect.evidence is Evidence.COMPARED
    assert "Det kan mycket väl vara slumpen." in describe_effect(case_effect, str)


def test_an_effect_that_is_repeated_elsewhere_raises_the_evidence_and_falls_without(effects_library):
    case = made_case(
        "c1",
        "0180",
        day(2016, 1, 1),
        aims=("N07914",),
        direction=AimDirection.DECREASE,
        stated_on=day(2015, 1, 1),
    )
    tried = [
        Reuse("c1", code, ReuseState.KEPT, day(year, 1, 1))
        for code, year in SAME_ELSEWHERE.items()
        if code != "0180"
    ]
    (case_effect,) = estimate_case_effects(effects_library, case, cases=[case], reuses=tried)
    assert set(case_effect.effect.donors).isdisjoint(SAME_ELSEWHERE)
    assert (case_effect.evidence, set(case_effect.repeated_at)) == (Evidence.REPEATED, {"Göteborg", "Malmö"})
    (alone,) = estimate_case_effects(effects_library, case, cases=[case])
    assert alone.evidence is not Evidence.REPEATED
    (own,) = estimate_reuse_effects(effects_library, case, tried[0], cases=[case], reuses=tried)
    assert own.municipality_code == tried[0].municipality_code
    assert own.estimate == pytest.approx(-5.0, abs=1.5)


def test_the_same_case_in_several_places_is_estimated_over_groups_and_years(effects_library):
    others = [(code, year) for code, year in SAME_ELSEWHERE.items() if code != "0180"]
    case = made_case("c1", "0180", day(2016, 1, 1), aims=("N07914",), also_in=others)
    (case_effect,) = estimate_case_effects(effects_library, case)
    assert case_effect.effect.design is Design.GROUP_TIME
    assert dict(case_effect.effect.treated) == SAME_ELSEWHERE
    assert "de 3 kommuner som gjorde det" in describe_effect(case_effect, str)


def test_made_up_cases_say_nothing_of_real_figures(effects_library):
    case = made_case("c1", TREATED, day(2018, 1, 1), is_made_up=True)
    (case_effect,) = estimate_case_effects(effects_library, case)
    assert (case_effect.evidence, case_effect.outcome, case_effect.effect) == (
        Evidence.DESCRIBED,
        AimOutcome.CANNOT_BE_SAID,
        None,
    )


@pytest.mark.parametrize(
    ("measure_id", "started_on", "level", "words"),
    [
        ("N99999", day(2018, 1, 1), Evidence.DESCRIBED, "inget mått"),
        ("N15428", None, Evidence.DESCRIBED, "startdatum"),
        ("N15428", day(2024, 9, 1), Evidence.DESCRIBED, "2025"),
        ("N15428", day(2001, 1, 1), Evidence.DESCRIBED, "mätpunkter före"),
        ("N11821", day(2017, 1, 1), Evidence.BEFORE_AND_AFTER, "mätpunkter före"),
        ("U07417", day(2018, 1, 1), Evidence.DESCRIBED, "faktorn"),
        ("N17461", day(2018, 1, 1), Evidence.BEFORE_AND_AFTER, "2015"),
    ],
)
def test_an_impossible_estimate_gives_a_reason_instead_of_a_number(
    effects_library, measure_id, started_on, level, words
):
    (case_effect,) = estimate_case_effects(
        effects_library, made_case("c1", TREATED, started_on, aims=(measure_id,))
    )
    assert case_effect.evidence is level
    assert case_effect.estimate is None
    assert effect_words(case_effect, str) == ""
    assert words in describe_effect(case_effect, str)
    assert case_effect.would_change


def test_an_aim_that_was_stated_after_the_start_says_so(effects_library):
    case = made_case("c1", TREATED, day(2018, 1, 1), stated_on=day(2020, 1, 1), size=5.0, by_year=2022)
    (case_effect,) = estimate_case_effects(effects_library, case)
    assert not case_effect.is_stated_beforehand
    assert "formulerat efter starten" in aim_sentence(case_effect, str)


def test_an_idea_has_no_effect_yet(effects_library):
    (case_effect,) = estimate_case_effects(
        effects_library, made_case("c1", TREATED, None, status=CaseStatus.IDEA)
    )
    assert (case_effect.evidence, case_effect.outcome) == (Evidence.DESCRIBED, AimOutcome.TOO_EARLY)


def test_the_strongest_aim_is_the_one_known_best(effects_library):
    case_effect = estimate_case_effects(
        effects_library, made_case("c1", TREATED, day(2018, 1, 1), aims=("N15508", "N15428"))
    )
    assert strongest(case_effect).measure.id == "N15428"
    assert strongest(()) is None


# Sentences


@pytest.fixture(scope="module")
def with_effect(effects_library):
    (case_effect,) = estimate_case_effects(
        effects_library, made_case("c1", TREATED, day(2018, 1, 1), size=5.0, by_year=2022)
    )
    return case_effect


def test_how_many_are_as_extreme_is_what_is_counted_among_the_placebos(with_effect):
    effect = with_effect.effect
    counted = sum(abs(placebo.estimate) >= abs(effect.estimate) for placebo in effect.placebos)
    assert as_extreme(effect) == counted
    assert f"{counted} av {len(effect.placebos)} kommuner" in describe_effect(with_effect, str)


def test_an_effect_in_the_wrong_direction_is_described_as_plainly(with_effect):
    wrong = replace(with_effect, aim=replace(with_effect.aim, direction=AimDirection.DECREASE))
    assert "åt det håll som var målet" in describe_effect(with_effect, str)
    assert "åt andra hållet än målet" in describe_effect(wrong, str)


def test_a_difference_that_rounds_to_nothing_is_neither_over_nor_under(with_effect):
    level = replace(with_effect, effect=replace(with_effect.effect, estimate=0.04))
    headline_text = describe_effect(level, str)
    assert "i linje med" in headline_text
    assert "över" not in headline_text.split(".")[0]
    assert "håll" not in headline_text.split("Så stora")[0]


def test_the_account_tells_design_years_donors_weights_release_and_what_would_change_it(with_effect):
    account_text = " ".join(account(with_effect, str))
    for words in ("Syntetisk skillnad i skillnader", "2008–2023", "väger mest", "var kända", "skulle ändra"):
        assert words in account_text


def test_the_aim_is_described_with_target_outcome_and_verdict(with_effect):
    sentence = aim_sentence(with_effect, str)
    assert sentence.startswith(
        "Målet, formulerat 2016-05-01: öka med minst 5,0\u00a0procentenheter till 2022."
    )
    assert "(2015–2017) till" in sentence
    assert "Målet är nått." in sentence
