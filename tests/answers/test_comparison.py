"""One measure, one year, one group: the arithmetic, missing values, and the notes."""

import pytest

from answers.comparison import compare_measure, format_years
from answers.distribution import compare_everybody
from cli.error_advice import explain
from domain.comparison import Colour, ColourAmong, Trend, Verdict
from domain.errors.choices import MeasureWithoutValuesError, NotDividedByGenderError, YearWithoutValuesError
from domain.group import GroupReference
from domain.value import Gender, Status
from tests.messages import swedish

NETWORK = GroupReference.parse("kolada:G96274")


def by_name(comparison, field):
    return {member.name: getattr(member, field) for member in comparison.members}


def test_a_network_is_compared_in_its_latest_year(library):
    comparison = compare_measure(
        library, measure_id="N17461", group=library.groups.resolve(NETWORK), focus="Botkyrka"
    )
    assert (comparison.year, comparison.focus, comparison.n, comparison.n_with_value) == (2023, "0127", 8, 8)
    assert comparison.mean == pytest.approx((66 + 69 + 74 + 78 + 58 + 80 + 67 + 81) / 8)
    assert comparison.median == pytest.approx((69 + 74) / 2)
    assert comparison.national_value == 72.5
    assert comparison.best == 81.0
    assert by_name(comparison, "rank") == {
        "Tyresö": 1, "Salem": 2, "Nykvarn": 3, "Huddinge": 4, "Haninge": 5, "Södertälje": 6, "Botkyrka": 7, "Nynäshamn": 8,
    }  # fmt: skip
    colours = by_name(comparison, "colour")
    assert {name for name, colour in colours.items() if colour is Colour.GREEN} == {
        "Tyresö",
        "Salem",
    }  # 8 // 4 = 2
    assert {name for name, colour in colours.items() if colour is Colour.RED} == {"Nynäshamn", "Botkyrka"}
    assert swedish(comparison.source) == "Källa: Kolada"
    assert comparison.release == library.release


def test_change_is_counted_since_last_year_and_since_the_first(library):
    botkyrka = compare_measure(library, measure_id="N17461", group=library.groups.resolve(NETWORK)).member(
        "0127"
    )
    assert botkyrka.change_since_last_year == pytest.approx(66 - 64)
    assert botkyrka.change_over_series == pytest.approx(66 - 58)
    assert botkyrka.change_over_series_from == 2019


def test_every_kind_of_nothing_stays_its_own(library):
    comparison = compare_measure(
        library, measure_id="U07417", year=2022, group=library.groups.resolve(NETWORK)
    )
    assert by_name(comparison, "status") == {
        "Botkyrka": Status.OK,
        "Haninge": Status.OK,
        "Huddinge": Status.OK,
        "Nykvarn": Status.OK,
        "Nynäshamn": Status.MISSING,
        "Salem": Status.SUPPRESSED,
        "Södertälje": Status.NOT_APPLICABLE,
        "Tyresö": Status.NOT_REPORTED,
    }
    assert all((member.value is None) == (member.status is not Status.OK) for member in comparison.members)
    assert comparison.n_with_value == 4
    assert comparison.mean == pytest.approx((20 + 30 + 30 + 40) / 4)
    assert (
        by_name(comparison, "rank")["Haninge"] == by_name(comparison, "rank")["Huddinge"] == 2
    )  # low is good; a tie
    assert by_name(comparison, "rank")["Nykvarn"] == 4


def test_intervals_come_from_the_inhabitants_of_the_store_else_of_the_reference(library):
    comparison = compare_measure(
        library, measure_id="U07417", year=2022, group=library.groups.resolve(NETWORK)
    )
    botkyrka, nykvarn = comparison.member("0127").interval, comparison.member("0140").interval
    assert botkyrka is not None
    assert nykvarn is not None
    # 20 per 1 000 of 100 000 is 2 000 thefts: Byar's limits are 1 913.3 and 2 089.6.
    assert botkyrka.low == pytest.approx(19.13, abs=0.01)
    assert botkyrka.high == pytest.approx(20.90, abs=0.01)
    assert (
        nykvarn.high - nykvarn.low > botkyrka.high - botkyrka.low
    )  # Nykvarn is smaller, and only the reference knows it
    assert any("kommunregister" in sentence for sentence in swedish(comparison.method))
    assert comparison.member("0127").verdict is Verdict.BETTER


def test_a_neutral_measure_gets_shades_and_no_verdict(library):
    comparison = compare_measure(library, measure_id="N11821", group=library.groups.resolve(NETWORK))
    assert by_name(comparison, "colour")["Botkyrka"] is Colour.LIGHT
    assert by_name(comparison, "colour")["Tyresö"] is Colour.DARK
    assert {member.verdict for member in comparison.members} == {Verdict.NONE}
    assert comparison.best is None


def test_colour_among_all_asks_the_whole_country(library):
    among_all = compare_measure(
        library, measure_id="N17461", group=library.groups.resolve(NETWORK), colour_among=ColourAmong.ALL
    )
    assert among_all.n_with_value_among_all == 9  # the eight and Stockholm
    assert among_all.member("0127").rank_among_all == 8  # only Nynäshamn, 58, is below


def test_a_break_is_noted_and_no_change_is_computed_across_it(library):
    comparison = compare_measure(
        library, measure_id="N07914", group=library.groups.resolve(NETWORK), year=2022
    )
    assert comparison.break_years == (2022,)
    assert comparison.member("0127").change_since_last_year is None
    assert comparison.member("0127").trend is Trend.CANNOT_BE_CALCULATED
    assert any("2022" in note for note in swedish(comparison.notes))


def test_a_rescaled_history_is_noted(library):
    notes = compare_measure(library, measure_id="U07417", group=library.groups.resolve(NETWORK)).notes
    assert any("gånger 100" in note for note in swedish(notes))


def test_an_earlier_release_still_says_what_was_known_then(earlier_library):
    comparison = compare_measure(
        earlier_library, measure_id="U07417", group=earlier_library.groups.resolve(NETWORK), year=2022
    )
    assert comparison.member("0127").value == pytest.approx(0.2)
    assert comparison.notes == ()
    with pytest.raises(YearWithoutValuesError):
        compare_measure(
            earlier_library, measure_id="N17461", group=earlier_library.groups.resolve(NETWORK), year=2023
        )


def test_a_year_without_values_names_the_years_there_are(library):
    with pytest.raises(YearWithoutValuesError, match="2020, 2022–2023"):
        compare_measure(library, measure_id="N07914", group=library.groups.resolve(NETWORK), year=2021)


def test_years_are_formatted_as_ranges():
    assert format_years((2010, 2011, 2012, 2014, 2016, 2017)) == "2010–2012, 2014, 2016–2017"


def test_a_measure_without_values_says_how_to_fetch_them(library):
    with pytest.raises(MeasureWithoutValuesError, match="N15508") as refused:
        compare_measure(library, measure_id="N15508", group=library.groups.resolve(NETWORK))
    assert "--kpi N15508" in explain(refused.value)


def test_a_group_without_values_is_compared_in_the_year_of_the_others(library):
    comparison = compare_measure(
        library, measure_id="N07914", group=library.groups.resolve(GroupReference.parse("codes:0181,0138"))
    )
    assert (comparison.year, comparison.n_with_value, comparison.mean) == (2023, 0, None)


def test_a_measure_that_is_not_divided_has_no_women(library):
    with pytest.raises(NotDividedByGenderError, match="N11821"):
        compare_measure(
            library, measure_id="N11821", group=library.groups.resolve(NETWORK), gender=Gender.WOMEN
        )


def test_a_suppressed_third_is_protected_in_every_answer(library):
    """Salem's women are suppressed: total (80) and men (76) together would tell them, so the men are hidden too."""
    network = library.groups.resolve(NETWORK)
    women, men, total = (
        compare_measure(library, measure_id="N17461", group=network, year=2023, gender=gender)
        for gender in (Gender.WOMEN, Gender.MEN, Gender.TOTAL)
    )
    assert women.member("0128").status is Status.SUPPRESSED
    assert men.member("0128").status is Status.SUPPRESSED
    assert total.member("0128").value == 80.0
    assert men.mean == pytest.approx((62 + 65 + 70 + 74 + 54 + 63 + 77) / 7)
    assert men.member("0127").value == 62.0


def test_the_distribution_is_over_everybody_of_the_same_kind(library):
    comparison = compare_everybody(library, measure_id="N17461", group=library.groups.resolve(NETWORK))
    assert (comparison.n, comparison.n_with_value, comparison.year) == (290, 9, 2023)
    regions = compare_everybody(
        library, measure_id="N00945", group=library.groups.resolve(GroupReference.parse("kolada:G10004"))
    )
    assert (regions.n, regions.n_with_value) == (21, 2)
