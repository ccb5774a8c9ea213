"""Series → panel → effect, on forty places whose effects are known (`tests/effects_store.py`)."""

import pytest

from answers.effects.estimation import choose_design, estimate_effect
from answers.effects.measure_panel import (
    build_measure_panel,
    known_starts,
    left_out_on_request,
    places_running_similar_cases,
)
from domain.case import CaseStatus, Reuse, ReuseState
from domain.effect import Design
from domain.errors.choices import UnknownPlaceError, UnusableGroupError
from domain.errors.effects import TreatedError
from domain.group import GroupReference
from tests.answers.effect_cases import day, made_case
from tests.effects_store import EFFECT, SAME_ELSEWHERE, TREATED, TREATED_FROM, codes
from tests.messages import swedish


def test_the_effect_that_was_put_in_is_found_and_chance_does_not_give_it(effects_library):
    for design in (
        Design.DIFFERENCE_IN_DIFFERENCES,
        Design.SYNTHETIC_CONTROL,
        Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES,
    ):
        result = estimate_effect(
            effects_library, measure_id="N15428", treated={TREATED: TREATED_FROM}, design=design
        )
        assert result.estimate == pytest.approx(EFFECT, abs=1.0), design
        assert result.p_value == pytest.approx(1 / 40)
        assert len(result.placebos) == 39


def test_nothing_is_found_where_nothing_happened(effects_library):
    result = estimate_effect(effects_library, measure_id="N15508", treated={TREATED: TREATED_FROM})
    assert abs(result.estimate) < 1.0
    assert result.p_value > 0.1


def test_units_are_codes_and_sentences_use_their_names(effects_library):
    result = estimate_effect(effects_library, measure_id="N15428", treated={"Haninge": TREATED_FROM})
    assert dict(result.treated) == {TREATED: TREATED_FROM}
    assert set(result.donors) == set(codes()) - {TREATED}
    assert set(result.unit_weights) <= set(result.donors)
    assert {placebo.unit for placebo in result.placebos} == set(result.donors)
    left_alone = next(check for check in result.checks if check.name == "leave_one_donor_out")
    assert any(effects_library.places.find(code).name in swedish(left_alone.message) for code in codes())


def test_municipalities_without_any_value_are_left_out_with_a_reason(effects_library):
    result = estimate_effect(effects_library, measure_id="N15428", treated={TREATED: TREATED_FROM})
    without = set(result.left_out) - set(codes())
    assert len(without) == 290 - 40
    assert swedish(result.left_out["2584"]).startswith(
        "Hela serien behövs. Ej rapporterat 2008, 2009, 2010, 2011 och 12 år till"
    )


def test_every_kind_of_nothing_in_a_donor_is_named_as_what_it_is(effects_library):
    result = estimate_effect(effects_library, measure_id="N00945", treated={"0114": TREATED_FROM})
    assert swedish(result.left_out["0180"]) == "Hela serien behövs. För litet underlag 2010."
    assert swedish(result.left_out["1280"]) == "Hela serien behövs. Saknas 2011."
    assert swedish(result.left_out["1480"]) == "Hela serien behövs. Ej tillämpligt 2013."
    assert not {"0180", "1280", "1480"} & set(result.donors)


def test_a_suppressed_value_in_the_treated_series_refuses_with_that_reason(effects_library):
    result = estimate_effect(effects_library, measure_id="N00945", treated={TREATED: TREATED_FROM})
    assert result.estimate is None
    assert swedish(result.refused).startswith("Serien för Haninge är inte hel. För litet underlag 2012.")


def test_a_new_definition_inside_the_years_refuses(effects_library):
    result = estimate_effect(effects_library, measure_id="N17461", treated={TREATED: TREATED_FROM})
    assert result.estimate is None
    assert not result.gap
    assert "2015" in swedish(result.refused)
    assert "definition" in swedish(result.refused)


def test_a_history_that_the_source_has_moved_under_the_same_id_refuses(effects_library):
    result = estimate_effect(effects_library, measure_id="U07417", treated={TREATED: TREATED_FROM})
    assert result.estimate is None
    assert "faktorn 100" in swedish(result.refused)


@pytest.mark.parametrize(("start", "words"), [(2005, "0 mätpunkter"), (2018, "3 mätpunkter"), (2030, "2030")])
def test_a_start_before_the_series_shortly_into_it_or_after_it_refuses(effects_library, start, words):
    result = estimate_effect(effects_library, measure_id="N11821", treated={TREATED: start})
    assert result.estimate is None
    assert words in swedish(result.refused)


def test_the_design_follows_from_the_series(effects_library):
    def design(measure_id, treated):
        return choose_design(
            build_measure_panel(effects_library, measure_id=measure_id, treated=treated).panel
        )

    assert design("N15428", {TREATED: 2018}) is Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES
    assert design("N11821", {TREATED: 2020}) is Design.DIFFERENCE_IN_DIFFERENCES  # five years before
    assert design("N11821", {TREATED: 2021}) is Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES  # six
    assert design("N07914", SAME_ELSEWHERE) is Design.GROUP_TIME


def test_the_same_case_in_three_places_and_years_is_found_as_a_mean(effects_library):
    result = estimate_effect(effects_library, measure_id="N07914", treated=SAME_ELSEWHERE)
    assert result.estimate == pytest.approx(-5.0, abs=0.8)
    assert result.p_value <= 0.1
    assert {group for group, _ in result.by_group_and_time} == {2016, 2018, 2020}


def test_a_treated_place_written_out_among_its_donors_is_an_error(effects_library):
    group = effects_library.groups.resolve(GroupReference.parse("codes:0136,0114,0115,0117,0120,0123"))
    with pytest.raises(TreatedError, match="Haninge"):
        estimate_effect(effects_library, measure_id="N15428", treated={TREATED: 2018}, donors=group)


def test_a_treated_place_stands_out_of_its_own_county(effects_library):
    group = effects_library.groups.resolve(GroupReference.parse("county:01"))
    result = estimate_effect(effects_library, measure_id="N15428", treated={TREATED: 2018}, donors=group)
    assert result.estimate == pytest.approx(EFFECT, abs=1.5)
    assert TREATED not in result.donors
    assert all(code.startswith("01") for code in result.donors)


def test_too_few_donors_refuse(effects_library):
    group = effects_library.groups.resolve(GroupReference.parse("codes:0114,0115,0117"))
    result = estimate_effect(effects_library, measure_id="N15428", treated={TREATED: 2018}, donors=group)
    assert result.estimate is None
    assert "3 att jämföra med" in swedish(result.refused)


def test_neighbours_and_who_one_asks_for_are_left_out_with_the_reason(effects_library):
    result = estimate_effect(
        effects_library,
        measure_id="N15428",
        treated={TREATED: 2018},
        left_out=left_out_on_request(effects_library, ["Göteborg", "0136"]),
        without_neighbours=True,
    )
    assert swedish(result.left_out["1480"]) == "Utelämnad på begäran."
    assert (
        swedish(result.left_out["0180"]) == "Ligger i samma län (Stockholms län) och kan själv ha påverkats."
    )
    assert TREATED not in result.left_out
    assert result.estimate is not None


def test_the_nation_and_unknown_places_have_done_nothing(effects_library):
    with pytest.raises(UnusableGroupError, match="Riket är ingen medlem"):
        estimate_effect(effects_library, measure_id="N15428", treated={"0000": 2018})
    with pytest.raises(UnknownPlaceError):
        estimate_effect(effects_library, measure_id="N15428", treated={"9999": 2018})


def test_places_that_run_or_try_a_similar_case_are_not_donors(effects_library):
    other = made_case("c2", "0114", day(2017, 3, 1), aims=("N15428",), title="Läxhjälp")
    idea = made_case("c3", "0115", day(2017, 3, 1), aims=("N15428",), status=CaseStatus.IDEA)
    made_up = made_case("c4", "0117", day(2017, 3, 1), aims=("N15428",), is_made_up=True)
    on_another = made_case("c5", "0120", day(2017, 3, 1), aims=("N15508",))
    tried = Reuse("c2", "0123", ReuseState.TRYING, day(2019, 9, 1))
    interested = Reuse("c2", "0125", ReuseState.INTERESTED, day(2019, 9, 1))
    similar = places_running_similar_cases(
        effects_library, "N15428", [other, idea, made_up, on_another], [tried, interested]
    )
    assert swedish(similar) == {
        "0114": "Genomför något liknande: ”Läxhjälp”, från 2017.",
        "0123": "Provar ”Läxhjälp”, från 2020.",
    }
    result = estimate_effect(effects_library, measure_id="N15428", treated={TREATED: 2018}, left_out=similar)
    assert not {"0114", "0123"} & set(result.donors)


def test_the_start_can_be_taken_from_the_published_case(effects_library):
    case = made_case("c1", TREATED, day(2017, 8, 20), aims=("N15428",))
    assert known_starts(effects_library, "N15428", [case]) == {TREATED: 2018}
    assert known_starts(effects_library, "N15508", [case]) == {}
