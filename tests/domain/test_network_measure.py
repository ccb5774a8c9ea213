"""The life of a measure, its versions, votes and targets."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.fields import UnusableNameError
from domain.errors.measures import MeasureDefinitionError, MeasureLifeError
from domain.measure import Direction, MeasureKind
from domain.naming import LIKE_A_KPI, check_variable_name, measure_id, slug
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    Target,
    Vote,
    check_measure_step,
    check_target,
    means_the_same,
    tally,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = MeasureDefinition(
    version=1,
    first_year=2015,
    source=MeasureSource.FORMULA,
    expression="N15030 / N01951",
    name="Kostnad per elev",
    resident_sentence="Vad en elev kostar.",
    unit="kr/inv",
    decimals=0,
    direction=Direction.LOWER,
    kind=MeasureKind.COST,
)


def event(state, **resting_on):
    return LifeEvent(state, NOON, "person", **resting_on)


def measure(*states, definitions=(FIRST,)):
    return NetworkMeasure("kostnad-per-elev", "a", "a", definitions, tuple(event(state) for state in states))


STEPS = {  # from: to where
    MeasureState.PROPOSED: {MeasureState.DISCUSSED, MeasureState.RETIRED},
    MeasureState.DISCUSSED: {MeasureState.DECIDED, MeasureState.RETIRED},
    MeasureState.DECIDED: {MeasureState.IN_USE, MeasureState.RETIRED},
    MeasureState.IN_USE: {MeasureState.RETIRED},
    MeasureState.RETIRED: set(),
}


@pytest.mark.parametrize("now", MeasureState)
@pytest.mark.parametrize("next_state", MeasureState)
def test_a_measure_goes_one_step_at_a_time_or_is_retired(now, next_state):
    whole = event(next_state, decided_on=date(2026, 3, 1), minutes_reference="§ 4", reason="Används inte")

    if next_state in STEPS[now]:
        check_measure_step(measure(now), whole)
    else:
        with pytest.raises(MeasureLifeError, match=r"”\. Ett mått föreslås,"):
            check_measure_step(measure(now), whole)


def test_an_impossible_step_is_explained_in_the_words_on_screen():
    with pytest.raises(MeasureLifeError, match="från ”föreslaget” till ”i bruk”"):
        check_measure_step(measure(MeasureState.PROPOSED), event(MeasureState.IN_USE))


@pytest.mark.parametrize(
    "lacking",
    [
        {},
        {"decided_on": date(2026, 3, 1)},
        {"minutes_reference": "§ 4"},
        {"decided_on": date(2026, 3, 1), "minutes_reference": "  "},
    ],
)
def test_a_decision_rests_on_a_day_and_minutes(lacking):
    with pytest.raises(MeasureLifeError, match=r"är inte beslutat\. Ange"):
        check_measure_step(measure(MeasureState.DISCUSSED), event(MeasureState.DECIDED, **lacking))


def test_a_retirement_says_why():
    with pytest.raises(MeasureLifeError, match=r"är inte avvecklat\. Ange"):
        check_measure_step(measure(MeasureState.IN_USE), event(MeasureState.RETIRED, reason=" "))


def test_the_version_of_a_year_is_the_last_that_had_begun_and_the_first_reaches_back():
    versions = (FIRST, replace(FIRST, version=2, first_year=2019), replace(FIRST, version=3, first_year=2022))
    changed = measure(MeasureState.IN_USE, definitions=versions)

    assert [changed.definition_for(year).version for year in (1999, 2015, 2018, 2019, 2021, 2022, 2030)] == [
        1, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip
    assert changed.break_years == (2019, 2022)


def test_it_is_public_from_the_decision_on_and_stays_so():
    assert not measure(MeasureState.PROPOSED, MeasureState.DISCUSSED).is_published
    assert not measure(MeasureState.PROPOSED, MeasureState.RETIRED).is_published
    assert measure(MeasureState.DISCUSSED, MeasureState.DECIDED, MeasureState.RETIRED).is_published


def test_a_definitions_wording_may_be_corrected_but_not_its_formula():
    assert means_the_same(FIRST, replace(FIRST, resident_sentence="Bättre sagt.", decimals=1))
    assert not means_the_same(FIRST, replace(FIRST, expression="N15031 / N01951"))
    assert not means_the_same(FIRST, replace(FIRST, not_included="Skolskjuts"))
    assert not means_the_same(FIRST, replace(FIRST, smallest_basis=10))


def test_a_formula_calls_an_own_variable_by_its_name_and_any_other_measure_by_its_id_without_minus():
    assert measure(MeasureState.IN_USE).variable_name == "kostnad_per_elev"
    own = replace(FIRST, source=MeasureSource.OWN, expression="anställda_årsarbetare")
    assert measure(MeasureState.IN_USE, definitions=(own,)).variable_name == "anställda_årsarbetare"


def test_a_municipality_has_one_vote_the_latest_and_strangers_none():
    votes = [
        Vote("0127", False, NOON, "p"),
        Vote("0127", True, NOON + timedelta(minutes=1), "p"),
        Vote("0136", False, NOON, "p"),
        Vote("1280", True, NOON, "p"),
    ]
    counted = tally(votes, ["0126", "0127", "0136"])

    assert (counted.in_favour, counted.against, counted.silent) == (("0127",), ("0136",), ("0126",))


@pytest.mark.parametrize(
    ("low", "high", "is_target"),
    [
        (1.0, None, True), (None, 1.0, True), (1.0, 1.0, True), (1.0, 2.0, True),
        (2.0, 1.0, False), (None, None, False), (float("nan"), None, False), (None, float("inf"), False),
    ],
)  # fmt: skip
def test_a_target_has_a_finite_bound_and_the_lower_first(low, high, is_target):
    target = Target("a", "m", None, 2026, low, high)

    if is_target:
        check_target(target)
    else:
        with pytest.raises(MeasureDefinitionError, match=r"går inte att läsa\."):
            check_target(target)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Södertörn", "sodertorn"),
        ("  Café & Ångström, 2026 ", "cafe-angstrom-2026"),
        ("'; DROP TABLE network; --", "drop-table-network"),
        ("<b>Nät</b>", "b-nat-b"),
    ],
)
def test_an_id_is_the_name_in_plain_letters(name, id_):
    assert slug(name) == id_


def test_a_name_without_any_letter_that_an_id_can_have_is_refused():
    with pytest.raises(UnusableNameError, match="” saknar bokstäver mellan"):
        slug("…")


@given(st.text(min_size=1, max_size=300), st.sets(st.sampled_from(["a", "a-2", "x-n15428", "x"])))
def test_a_measures_id_is_free_and_never_like_a_kpi(name, taken):
    try:
        chosen = measure_id(name, lambda candidate: candidate in taken)
    except UnusableNameError:
        return
    assert chosen not in taken
    assert not LIKE_A_KPI.fullmatch(chosen)
    assert set(chosen) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("N15428", "x-n15428"),
        ("Max", "matt-max"),
        ("3-åringar", "matt-3-aringar"),
        ("Alla", "alla"),
        ("All", "matt-all"),
    ],
)
def test_a_measure_whose_name_formulas_read_as_something_else_gets_another_id(name, id_):
    assert measure_id(name, lambda candidate: False) == id_


@pytest.mark.parametrize(
    "name", ["", "1a", "a b", "a-b", "n15428", "U07417", "__import__", "a.b", "a'b", "a" * 61]
)
def test_invalid_variable_names(name):
    with pytest.raises(UnusableNameError, match="” går inte att"):
        check_variable_name(name)


@pytest.mark.parametrize("name", ["årsarbetare", "a1", "Antal_elever_åk9"])
def test_valid_variable_names(name):
    check_variable_name(name)
