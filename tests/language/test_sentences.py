"""Sentences are true: whatever they say about a municipality is in the figures."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.comparability import Comparability
from domain.comparison import Colour, ColourAmong, Comparison, Member, Trend, Verdict
from domain.group import Group, GroupReference
from domain.measure import Direction, Measure
from domain.overview import Overview, OverviewRow
from domain.place import Place, PlaceKind
from domain.release import Release
from domain.series import Point, Series
from domain.value import Gender, Status
from language.sentences import (
    Highlight,
    describe_standing,
    missing_or_uncertain,
    moved_most,
    ordinal,
    place_words,
    quarter_words,
    standing,
    standing_poorly,
    standing_well,
)
from metrics.comparison import ComparisonInput, compute_comparisons

CODES = ("0126", "0127", "0136", "0138", "0140", "0181", "0187", "0192")
YEARS = (2020, 2021, 2022, 2023)
RELEASE = Release(1, datetime(2024, 1, 30, 12, tzinfo=UTC), "run", "made for a test", is_made_up=True)
GROUP = Group(GroupReference.parse("kolada:G1"), "Nätverket", CODES)


def same(text: str) -> str:
    return text


def measure(number: int, direction: Direction = Direction.HIGHER) -> Measure:
    return Measure(f"N{number:05}", f"Mått nummer {number}, andel (%)", f"Mått {number}", "%", 1, direction)


def overview_of(
    values: np.ndarray, directions: list[Direction], *, colour_among: ColourAmong = ColourAmong.GROUP
) -> Overview:
    """An overview of (measures, years, members) values, seen from the second member."""
    panel = ComparisonInput(
        measures=tuple(measure(place, direction) for place, direction in enumerate(directions)),
        years=YEARS,
        compared_years=(YEARS[-1],) * len(directions),
        gender=Gender.TOTAL,
        group=GROUP,
        names=tuple(f"Kommun {code}" for code in CODES),
        values=values,
        statuses=np.where(np.isnan(values[:, -1, :]), Status.MISSING, Status.OK).astype(object),
        release=RELEASE,
        sources=("Påhittat",) * len(directions),
        national_values=np.full(len(directions), np.nan),
        all_values=np.concatenate(
            [values[:, -1, :], np.linspace(0, 100, 40) + np.zeros((len(directions), 1))], axis=1
        ),
        colour_among=colour_among,
        focus=CODES[1],
    )
    rows = tuple(
        OverviewRow(
            "",
            comparison,
            Series(
                CODES[1],
                "Kommun 0127",
                tuple(
                    Point(
                        year,
                        None if np.isnan(value) else float(value),
                        Status.MISSING if np.isnan(value) else Status.OK,
                    )
                    for year, value in zip(YEARS, values[place, :, 1], strict=True)
                ),
            ),
        )
        for place, comparison in enumerate(compute_comparisons(panel))
    )
    focus = Place(CODES[1], "Kommun 0127", PlaceKind.MUNICIPALITY)
    return Overview(focus, GROUP, Gender.TOTAL, colour_among, RELEASE, rows)


@st.composite
def overviews(draw: st.DrawFn) -> Overview:
    directions = draw(st.lists(st.sampled_from(Direction), min_size=1, max_size=6))
    number = st.one_of(st.integers(0, 20).map(float), st.just(float("nan")))
    size = len(directions) * len(YEARS) * len(CODES)
    values = np.array(draw(st.lists(number, min_size=size, max_size=size)))
    return overview_of(
        values.reshape(len(directions), len(YEARS), len(CODES)),
        directions,
        colour_among=draw(st.sampled_from(ColourAmong)),
    )


def row_of(overview: Overview, finding: Highlight) -> OverviewRow:
    return next(row for row in overview.rows if row.comparison.measure == finding.measure)


@settings(max_examples=60, deadline=None)
@given(overviews())
def test_strengths_are_green_and_weaknesses_are_red(
    overview: Overview,
) -> None:
    for findings, colour in (
        (standing_well(overview, same), Colour.GREEN),
        (standing_poorly(overview, same), Colour.RED),
    ):
        for finding in findings:
            row = row_of(overview, finding)
            assert row.focus.colour is colour
            assert row.comparison.measure.direction is not Direction.NEUTRAL
            assert f"({row.comparison.year})" in finding.text


@settings(max_examples=60, deadline=None)
@given(overviews())
def test_the_best_25_percent_are_the_highest_only_where_high_is_good(overview: Overview) -> None:
    for row in overview.rows:
        words = quarter_words(row.comparison, row.focus, same)
        if row.comparison.measure.direction is Direction.NEUTRAL:
            assert words == ""
        if "högsta" in words:
            numbers = [member.value for member in row.comparison.members if member.value is not None]
            if overview.colour_among is ColourAmong.GROUP:
                assert sum(number > row.focus.value for number in numbers) <= len(numbers) / 4
        if "lägsta" in words and overview.colour_among is ColourAmong.GROUP:
            numbers = [member.value for member in row.comparison.members if member.value is not None]
            assert sum(number < row.focus.value for number in numbers) <= len(numbers) / 4


@settings(max_examples=60, deadline=None)
@given(overviews())
def test_a_reported_change_is_the_difference_between_the_two_years(overview: Overview) -> None:
    for finding in moved_most(overview, same):
        row = row_of(overview, finding)
        before, now = (point.value for point in row.focus_series.points[-2:])
        assert before is not None
        assert now is not None
        assert now != before
        sign = "+" if now > before else "\u2212"
        assert finding.text.startswith(f"{sign}{abs(now - before):.1f}".replace(".", ","))
        assert "Ingen trend är säkerställd" in finding.text


@settings(max_examples=60, deadline=None)
@given(overviews())
def test_every_measure_without_a_number_for_me_is_named_or_counted(overview: Overview) -> None:
    text = " ".join(missing_or_uncertain(overview, same))
    missing = [row for row in overview.rows if row.focus.value is None]
    assert ("Värde saknas" in text) == bool(missing)
    if 0 < len(missing) <= 3:
        assert all(row.comparison.measure.short_title in text for row in missing)
    if len(missing) > 3:
        assert f"och {len(missing) - 3} till" in text


def one_member(**changes: object) -> tuple[Comparison, Member]:
    member = Member("0127", "Botkyrka", 66.6, Status.OK, rank=7, colour=Colour.RED)
    member = replace(member, **changes)  # type: ignore[arg-type]
    examen = Measure("N17461", "Examen inom 4 år", "Examen inom 4 år", "%", 1, Direction.HIGHER)
    comparison = Comparison(
        examen,
        2023,
        Gender.TOTAL,
        GROUP,
        RELEASE,
        "Källa: Kolada",
        (member,),
        colour_among=ColourAmong.ALL,
        focus="0127",
        n=8,
        n_with_value=8,
        mean=71.8,
        national_value=73.0,
    )
    return comparison, member


def test_a_position_is_given_as_value_year_rank_and_quarter() -> None:
    assert (
        standing(*one_member(), same)
        == "66,6\u00a0% (2023), plats 7 av 8 i gruppen och bland de lägsta 25 procenten i landet."
    )


def test_a_difference_is_called_established_only_where_a_test_says_so() -> None:
    assert "säkerställd" not in standing(*one_member(), same)
    assert standing(*one_member(verdict=Verdict.WORSE), same).endswith("Skillnaden är säkerställd.")
    assert standing(*one_member(verdict=Verdict.SIMILAR), same).endswith("Skillnaden kan bero på slumpen.")


def test_where_low_is_good_the_sentence_says_so() -> None:
    comparison, member = one_member()
    low = replace(comparison, measure=replace(comparison.measure, direction=Direction.LOWER))
    assert quarter_words(low, member, same) == "bland de högsta 25 procenten i landet, där lågt är bra"


def test_without_a_number_only_the_reason_is_given() -> None:
    nothing = {"value": None, "rank": None, "colour": Colour.NONE}
    assert standing(*one_member(status=Status.SUPPRESSED, **nothing), same) == "för litet underlag (2023)."
    assert standing(*one_member(status=Status.NOT_APPLICABLE, **nothing), same) == "ej tillämplig (2023)."


def test_a_member_that_is_not_comparable_gets_a_reason_instead_of_a_rank() -> None:
    comparison, member = one_member(comparability=Comparability.NOT_COMPARABLE, rank=None, colour=Colour.NONE)
    assert standing(comparison, member, same) == "66,6\u00a0% (2023), som inte är jämförbart med de andras."


def test_the_weighted_mean_is_given_beside_the_unweighted_where_there_is_one() -> None:
    comparison, _ = one_member()
    assert "sammantaget" not in describe_standing(comparison, same)
    text = describe_standing(replace(comparison, weighted_mean=71.5), same)
    assert text.endswith("Hela gruppen sammantaget: 71,5\u00a0%.")


def test_the_headline_says_who_and_gives_the_mean_and_the_nation() -> None:
    text = describe_standing(one_member()[0], same)
    assert text.startswith("Botkyrka: 66,6\u00a0% (2023), plats 7 av 8")
    assert text.endswith("Gruppens ovägda medel är 71,8\u00a0% och Riket 73,0\u00a0%.")


def test_the_headline_and_the_last_box_say_that_my_value_is_explained() -> None:
    comparison, _member = one_member(explanation="Ny enkät.")
    assert describe_standing(comparison, same).endswith("Botkyrka förklarar sitt värde: Ny enkät.")
    row = OverviewRow("", comparison, Series("0127", "Botkyrka", ()))
    overview = Overview(
        Place("0127", "Botkyrka", PlaceKind.MUNICIPALITY),
        GROUP,
        Gender.TOTAL,
        ColourAmong.ALL,
        RELEASE,
        (row,),
    )
    assert missing_or_uncertain(overview, same) == ["Förklarat i en fotnot: Examen inom 4 år."]


def test_an_established_trend_is_described_from_its_first_to_its_last_year() -> None:
    values = np.full((1, 4, 8), 50.0)
    values[0, :, 1] = [40, 43, 46, 49]
    overview = overview_of(values, [Direction.HIGHER])
    (row,) = overview.rows
    rising = [
        replace(member, trend=Trend.INCREASING) if member.code == "0127" else member
        for member in row.comparison.members
    ]
    overview = replace(
        overview, rows=(replace(row, comparison=replace(row.comparison, members=tuple(rising))),)
    )
    (finding,) = moved_most(overview, same)
    assert finding.text == "ökar, från 40,0 (2020) till 49,0\u00a0% (2023). Trenden är säkerställd."


def test_a_trend_is_never_described_across_a_break() -> None:
    values = np.full((1, 4, 8), 50.0)
    values[0, :, 1] = [4, 4, 46, 49]
    overview = overview_of(values, [Direction.HIGHER])
    (row,) = overview.rows
    rising = [
        replace(member, trend=Trend.INCREASING) if member.code == "0127" else member
        for member in row.comparison.members
    ]
    broken = replace(row.focus_series, break_years=(2022,))
    overview = replace(
        overview,
        rows=(replace(row, comparison=replace(row.comparison, members=tuple(rising)), focus_series=broken),),
    )
    (finding,) = moved_most(overview, same)
    assert finding.text.startswith("ökar, från 46,0 (2022)")
    assert "Brott i serien: Mått 0 (2022)." in missing_or_uncertain(overview, same)


@pytest.mark.parametrize(
    ("place", "swedish", "english"),
    [
        (1, "1:a", "1st"),
        (2, "2:a", "2nd"),
        (3, "3:e", "3rd"),
        (11, "11:e", "11th"),
        (12, "12:e", "12th"),
        (21, "21:a", "21st"),
        (111, "111:e", "111th"),
        (122, "122:a", "122nd"),
    ],
)
def test_places_are_counted_as_people_count(place: int, swedish: str, english: str) -> None:
    assert ordinal(place, same) == swedish
    assert ordinal(place, same, "en") == english


def test_a_shared_place_says_that_it_is_shared() -> None:
    assert place_words(one_member(rank=2, is_tied=True)[1], 8, same) == "delad 2:a av 8"
    assert place_words(one_member(rank=1)[1], 8, same) == "1 av 8"
    assert place_words(one_member(rank=None)[1], 8, same) == ""


def test_a_place_and_a_quarter_that_pull_apart_are_joined_by_but() -> None:
    assert "plats 2 av 8 i gruppen men bland de lägsta" in standing(*one_member(rank=2), same)
    assert "plats 7 av 8 i gruppen men bland de högsta" in standing(*one_member(colour=Colour.GREEN), same)


def test_an_old_value_is_described_as_old_and_not_as_the_present() -> None:
    values = np.tile(np.array([9.0, 1, 2, 3, 4, 5, 6, 7]), (2, 4, 1))
    overview = overview_of(values, [Direction.LOWER, Direction.LOWER])
    first, second = overview.rows
    old = replace(first, comparison=replace(first.comparison, year=2012))
    overview = replace(overview, rows=(old, second))
    assert [row.measure for row in standing_well(overview, same)] == [second.comparison.measure]
    assert "Senaste värdet är gammalt: Mått 0 (2012)." in missing_or_uncertain(overview, same)
