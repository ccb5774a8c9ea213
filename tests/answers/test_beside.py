"""Overview, development, women and men, two measures: comparisons side by side."""

import pytest

from answers.comparison import compare_measure
from answers.overview import build_overview
from answers.relation import relate_measures
from answers.trend import compare_development
from answers.women_and_men import compare_women_and_men
from domain.comparison import ColourAmong
from domain.errors.choices import UnusableGroupError
from domain.group import GroupReference
from domain.value import Gender, Status
from tests.messages import swedish

NETWORK = GroupReference.parse("kolada:G96274")
MEASURES = ("N17461", "U07417", "N15508", "N11821", "N07914", "N15428")


def test_an_overview_shows_each_measure_as_its_own_comparison_would(library):
    network = library.groups.resolve(NETWORK)
    for gender, among in (
        (Gender.TOTAL, ColourAmong.ALL),
        (Gender.TOTAL, ColourAmong.GROUP),
        (Gender.MEN, ColourAmong.ALL),
    ):
        overview = build_overview(
            library, measure_ids=MEASURES, group=network, focus="0127", gender=gender, colour_among=among
        )
        for row in overview.rows:
            alone = compare_measure(
                library,
                measure_id=row.comparison.measure.id,
                group=network,
                gender=gender,
                focus="0127",
                colour_among=among,
            )
            assert row.comparison == alone


def test_an_overview_keeps_the_order_and_names_measures_without_values(library):
    overview = build_overview(
        library, measure_ids=MEASURES, group=library.groups.resolve(NETWORK), focus="Botkyrka"
    )
    assert [row.comparison.measure.id for row in overview.rows] == [
        "N17461",
        "U07417",
        "N11821",
        "N07914",
        "N15428",
    ]
    assert overview.without_values == ("N15508",)
    assert [point.year for point in overview.rows[0].focus_series.points] == [2019, 2020, 2021, 2022, 2023]
    only_divided = build_overview(
        library,
        measure_ids=MEASURES,
        group=library.groups.resolve(NETWORK),
        focus="0127",
        gender=Gender.WOMEN,
    )
    assert [row.comparison.measure.id for row in only_divided.rows] == ["N17461"]


def test_an_overview_names_the_sections_of_the_ready_made_set(library):
    ids = library.catalogue.measure_set("barn").measure_ids
    overview = build_overview(library, measure_ids=ids, group=library.groups.resolve(NETWORK), focus="0127")
    assert {row.comparison.measure.id: row.section for row in overview.rows}["N17461"] == "Gymnasieskola"


def test_an_overview_without_any_values_is_empty_and_not_an_error(library):
    overview = build_overview(
        library, measure_ids=["N15508"], group=library.groups.resolve(NETWORK), focus="0127"
    )
    assert (overview.rows, overview.without_values) == ((), ("N15508",))


def test_an_overview_of_women_where_nothing_is_divided_is_empty(library):
    overview = build_overview(
        library,
        measure_ids=["U07417"],
        group=library.groups.resolve(NETWORK),
        focus="0127",
        gender=Gender.WOMEN,
    )
    assert (overview.rows, overview.without_values) == ((), ("U07417",))


def test_an_overview_is_seen_from_a_member(library):
    with pytest.raises(UnusableGroupError, match=r"”\. Välj en grupp"):
        build_overview(library, measure_ids=MEASURES, group=library.groups.resolve(NETWORK), focus="0180")


def test_a_development_has_every_member_year_by_year(library):
    development = compare_development(
        library, measure_id="N17461", group=library.groups.resolve(NETWORK), focus="0127"
    )
    botkyrka = development.member("0127")
    assert [point.value for point in botkyrka.series.points] == [58.0, 60.0, 62.0, 64.0, 66.0]
    assert botkyrka.change_over_series == pytest.approx(8.0)
    assert [group_year.mean for group_year in development.group_years] == pytest.approx(
        [573 / 8 - 2 * ago for ago in (4, 3, 2, 1, 0)]
    )
    assert (development.group_years[-1].lowest, development.group_years[-1].highest) == (58.0, 81.0)
    assert [point.value for point in development.national.points] == [71.5, 71.5, 71.5, 71.5, 72.5]
    assert len(development.largest_improvers) == 3


def test_a_development_never_joins_the_years_around_a_break_or_a_hole(library):
    member = compare_development(library, measure_id="N07914", group=library.groups.resolve(NETWORK)).member(
        "0127"
    )
    pieces = [[point.year for point in piece] for piece in member.series.unbroken_pieces()]
    assert pieces == [[2020], [2022, 2023]]
    assert [point.status for point in member.series.points][1] is Status.NOT_REPORTED
    assert (member.change_over_series, member.changed_from) == (0.0, 2022)


def test_women_minus_men_only_where_both_may_be_shown(library):
    gender_gaps = compare_women_and_men(library, measure_id="N17461", group=library.groups.resolve(NETWORK))
    gaps = dict(zip([member.name for member in gender_gaps.women.members], gender_gaps.gaps, strict=True))
    assert gaps["Botkyrka"] == pytest.approx((66 + 4) - (66 - 4))
    assert gaps["Salem"] is None
    assert gender_gaps.men.member("0128").value is None
    assert gender_gaps.total.member("0128").value == 80.0


def test_two_measures_go_together_over_those_that_have_both(library):
    relation = relate_measures(
        library, measure_ids=("N17461", "U07417"), group=library.groups.resolve(NETWORK)
    )
    assert relation.relation.n == 4
    assert relation.relation.spearman is None  # four are too few to speak of a relation
    assert any("för få" in note for note in swedish(relation.notes))
    assert any("2023 och 2022" in note for note in swedish(relation.notes))
