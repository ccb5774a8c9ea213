"""The charts of an effect: they show what was estimated, and have a table."""

import pytest

from answers.effects.case_effects import estimate_case_effects
from app_pages.parts.charts.effect import actual_and_synthetic, gap_and_placebos
from app_pages.parts.charts.effect_tables import checks_table, left_out_table, weights_table
from app_pages.parts.theme import MINE
from tests.answers.effect_cases import day, made_case
from tests.effects_store import SAME_ELSEWHERE, TREATED


@pytest.fixture(scope="module")
def case_effect(effects_library):
    (effect,) = estimate_case_effects(effects_library, made_case("c1", TREATED, day(2018, 1, 1)))
    return effect


def _of(library, measure_id, **more):
    (effect,) = estimate_case_effects(
        library, made_case("c1", TREATED, day(2018, 1, 1), aims=(measure_id,), **more)
    )
    return effect


def _drawn(make, effect):
    return make(effect, translate=str, language="sv")


def test_mine_is_a_solid_dark_line_and_the_comparison_a_dashed_one(case_effect):
    chart = _drawn(actual_and_synthetic, case_effect)
    lines = [trace for trace in chart.figure.data if trace.mode == "lines" and trace.fill is None]
    assert [(line.line.color == MINE, line.line.dash) for line in lines] == [(True, "solid"), (False, "dash")]
    assert list(lines[0].y) == [gap_point.actual for gap_point in case_effect.effect.gap]
    assert list(lines[1].y) == [gap_point.synthetic for gap_point in case_effect.effect.gap]


@pytest.mark.parametrize("make", [actual_and_synthetic, gap_and_placebos])
def test_the_start_is_marked_between_the_last_year_before_and_the_first_after(case_effect, make):
    chart = _drawn(make, case_effect)
    (mark,) = chart.figure.layout.shapes
    assert mark.x0 == mark.x1 == 2017.5
    assert any(annotation.text == "start" for annotation in chart.figure.layout.annotations)


def test_the_cloud_holds_everybody_who_did_nothing_and_mine_lies_over_it(case_effect):
    chart = _drawn(gap_and_placebos, case_effect)
    cloud, mine = chart.figure.data
    assert sum(year is None for year in cloud.x) == 39
    assert mine.line.color == MINE
    assert list(mine.y) == [gap_point.gap for gap_point in case_effect.effect.gap]
    low, high = chart.figure.layout.yaxis.range
    assert low <= min(mine.y)
    assert max(mine.y) <= high
    assert len(chart.full_table) == 40 * 16


def test_the_tables_hold_what_is_drawn(case_effect):
    table = _drawn(actual_and_synthetic, case_effect).table
    assert list(table.columns) == ["År", "Haninge", "Jämförelsen", "Skillnad", "Skede"]
    assert table["År"].tolist()[0] == "2008"
    assert table["Skede"].tolist().count("efter starten") == 6
    assert weights_table(case_effect, translate=str)["Vikt, %"].sum() == pytest.approx(100, abs=0.1)
    assert len(left_out_table(case_effect, translate=str)) == 250
    assert checks_table(case_effect, translate=str)["Utfall"].str.contains("klarad").any()


def test_the_text_alternative_says_what_the_chart_shows(case_effect):
    alternative = _drawn(actual_and_synthetic, case_effect).text_alternative
    assert alternative.startswith("Haninge gick från ")
    assert "procentenheter över" in alternative


def test_without_a_comparison_the_series_is_drawn_with_the_reason(effects_library):
    effect = _of(effects_library, "N17461")
    chart = _drawn(actual_and_synthetic, effect)
    assert len(chart.figure.data) == 2  # one unbroken piece before the new definition, one after
    assert "definition" in chart.notes[0]
    assert chart.table["Haninge"].iloc[0]
    empty = _drawn(gap_and_placebos, effect)
    assert not empty.figure.data
    assert "definition" in empty.notes[0]


def test_a_year_that_may_not_be_shown_is_a_gap_and_a_word(effects_library):
    chart = _drawn(actual_and_synthetic, _of(effects_library, "N00945"))
    assert chart.table.set_index("År").loc["2012", "Haninge"] == "för litet underlag"
    assert len(chart.figure.data) == 2


def test_no_values_at_all_still_draw_and_say_so(effects_library):
    effect = _of(effects_library, "N99999")
    for make in (actual_and_synthetic, gap_and_placebos):
        chart = _drawn(make, effect)
        assert chart.text_alternative == "Haninge har inga värden att jämföra."


def test_several_starts_are_drawn_by_years_since_the_start(effects_library):
    others = [(code, year) for code, year in SAME_ELSEWHERE.items() if code != "0180"]
    case = made_case("c1", "0180", day(2016, 1, 1), aims=("N07914",), also_in=others)
    (effect,) = estimate_case_effects(effects_library, case)
    chart = _drawn(actual_and_synthetic, effect)
    assert chart.table.columns[0] == "År sedan starten"
    assert chart.figure.layout.shapes[0].x0 == -0.5
    assert "Medel för 3 kommuner" in chart.table.columns
