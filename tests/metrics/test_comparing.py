"""The whole of a comparison, with the arithmetic visible."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from domain.comparability import Comparability
from domain.comparison import Colour, ColourAmong, Trend, Verdict
from domain.group import Group, GroupReference
from domain.measure import Basis, CountModel, Direction, Measure
from domain.release import Release
from domain.value import Gender, Status
from language.comparison_method import describe_method
from language.rendering import render
from metrics.comparison import ComparisonInput, compute_comparisons
from tests.messages import swedish

NAN = np.nan
CODES = ("0127", "0126", "0136", "0138", "0192")
YEARS = (2019, 2020, 2021, 2022, 2023)
RELEASE = Release(number=3, known_at=datetime(2024, 1, 30, tzinfo=UTC), run_id="r", description="")
OK, GONE, LACKS = Status.OK, Status.SUPPRESSED, Status.MISSING


def measure(measure_id="N1", direction=Direction.HIGHER, basis=None):
    return Measure(measure_id, measure_id, measure_id, "%", 1, direction, basis=basis)


def panel(**changed):
    """Two measures, five members. The first rises by one a year; in 2023 it is 60, 50, 50, none, 0."""
    first = np.array([60.0, 50.0, 50.0, NAN, 0.0]) + np.arange(-4.0, 1.0)[:, np.newaxis]
    second = np.array([1.0, 2.0, 3.0, 4.0, 5.0]) * np.ones((5, 1))
    given = {
        "measures": (measure("N1"), measure("N2", Direction.LOWER)),
        "years": YEARS,
        "compared_years": (2023, 2022),
        "gender": Gender.TOTAL,
        "group": Group(GroupReference.parse("codes:" + ",".join(CODES)), "fem", CODES),
        "names": ("Botkyrka", "Huddinge", "Haninge", "Tyresö", "Nynäshamn"),
        "values": np.array([first, second]),
        "statuses": np.array([[OK, OK, OK, GONE, OK], [OK] * 5], dtype=object),
        "release": RELEASE,
        "sources": ("Källa: Kolada", "Källa: Kolada"),
        "national_values": np.array([55.5, NAN]),
        "focus": "0127",
    }
    return ComparisonInput(**(given | changed))


def column(comparison, field):
    return [getattr(member, field) for member in comparison.members]


def test_one_comparison_comes_of_each_measure_in_its_own_year():
    first, second = compute_comparisons(panel())
    assert (first.measure.id, first.year, second.measure.id, second.year) == ("N1", 2023, "N2", 2022)
    assert (first.n, first.n_with_value, second.n_with_value) == (5, 4, 5)
    assert (first.release, first.source, first.focus) == (RELEASE, "Källa: Kolada", "0127")
    assert column(first, "code") == list(CODES)


def test_values_places_and_distances():
    first, second = compute_comparisons(panel())
    assert column(first, "value") == [60, 50, 50, None, 0]
    assert column(first, "rank") == [1, 2, 2, None, 4]
    assert column(first, "is_tied") == [False, True, True, False, False]
    assert first.mean == (60 + 50 + 50 + 0) / 4
    assert (first.lower_quartile, first.median, first.upper_quartile) == (37.5, 50, 52.5)
    assert (first.best, second.best) == (60, 1)
    assert (first.national_value, second.national_value) == (55.5, None)
    assert column(first, "deviation_from_mean") == [20, 10, 10, None, -40]
    assert column(first, "deviation_from_best") == [0, -10, -10, None, -60]
    assert column(second, "rank") == [1, 2, 3, 4, 5]
    assert column(second, "colour") == [Colour.GREEN, Colour.YELLOW, Colour.YELLOW, Colour.YELLOW, Colour.RED]


def test_a_reason_stays_what_it_is_and_zero_is_a_value():
    first, _ = compute_comparisons(panel())
    assert column(first, "status") == [OK, OK, OK, GONE, OK]
    assert first.member("0138").colour is Colour.NONE
    assert first.member("0192").colour is Colour.RED


def test_changes_do_not_cross_a_break():
    first, second = compute_comparisons(panel(break_years=((2022,), (2022,))))
    assert column(first, "change_since_last_year") == [1, 1, 1, None, 1]
    assert column(first, "change_over_series") == [1, 1, 1, None, 1]
    assert column(first, "change_over_series_from") == [2022, 2022, 2022, None, 2022]
    assert column(second, "change_since_last_year") == [None] * 5
    assert first.break_years == (2022,)


def test_the_colour_can_be_decided_among_all():
    everybody = np.array([np.arange(101.0), np.arange(101.0)])
    first, second = compute_comparisons(panel(all_values=everybody, colour_among=ColourAmong.ALL))
    #                                           60 of 0–100 is in the middle, 0 is last
    assert column(first, "colour") == [Colour.YELLOW, Colour.YELLOW, Colour.YELLOW, Colour.NONE, Colour.RED]
    assert column(first, "rank_among_all") == [41, 51, 51, None, 101]
    assert column(first, "rank") == [1, 2, 2, None, 4]
    assert column(second, "colour") == [Colour.GREEN] * 5
    assert first.n_with_value_among_all == 101


def test_a_basis_brings_intervals_ranges_verdicts_and_trends():
    basis = Basis("N01951", 100, CountModel.PROPORTION)
    measures = (
        measure("N1", basis=basis),
        measure("N2", Direction.LOWER, Basis("N01951", 1000, CountModel.RATE)),
    )
    # A first series that no doubt rises, with 10 000 behind each value; nothing known behind the last member.
    values = panel().values.copy()
    values[0, :, 0] = [20, 30, 40, 50, 60]
    values[0, :, 4] = 10.0
    denominators = np.full(values.shape, 10_000.0)
    denominators[:, :, 4] = NAN
    first, second = compute_comparisons(panel(measures=measures, values=values, denominators=denominators))
    botkyrka, haninge, nynashamn = first.member("0127"), first.member("0136"), first.member("0192")
    assert botkyrka.interval.low == pytest.approx(59.04, abs=0.01)  # Wilson, 6 000 of 10 000
    assert botkyrka.interval.high == pytest.approx(60.96, abs=0.01)
    assert (botkyrka.verdict, botkyrka.trend) == (Verdict.BETTER, Trend.INCREASING)
    assert (nynashamn.interval, nynashamn.verdict, nynashamn.rank_range) == (None, Verdict.NONE, None)
    assert nynashamn.trend is Trend.CANNOT_BE_CALCULATED
    assert haninge.rank_range == (2, 4)  # the one without an interval could lie on either side
    assert second.member("0127").trend is Trend.CANNOT_BE_CALCULATED  # only four years up to 2022
    (rising, _) = compute_comparisons(
        panel(measures=measures, values=values, denominators=denominators, break_years=((2021,), ()))
    )
    assert rising.member("0127").trend is Trend.CANNOT_BE_CALCULATED


def test_a_rate_has_a_trend_too():
    measures = (measure("N1", basis=Basis("N01951", 1000, CountModel.RATE)), measure("N2"))
    values = panel().values.copy()
    values[0, :, 0] = [60, 50, 40, 30, 20]
    first, _ = compute_comparisons(panel(measures=measures, values=values, denominators=np.full(values.shape, 10_000.0),
                             statuses=np.array([[OK, OK, OK, GONE, OK], [OK] * 5], dtype=object)))  # fmt: skip
    assert first.member("0127").trend is Trend.DECREASING
    assert first.member("0126").trend is Trend.NO_SIGNIFICANT_CHANGE


def test_a_neutral_measure_has_shades_and_no_verdict():
    basis = Basis("N01951", 100, CountModel.PROPORTION)
    measures = (measure("N1", Direction.NEUTRAL, basis), measure("N2"))
    first, _ = compute_comparisons(panel(measures=measures, denominators=np.full((2, 5, 5), 1000.0)))
    assert column(first, "colour") == [Colour.DARK, Colour.MEDIUM, Colour.MEDIUM, Colour.NONE, Colour.LIGHT]
    assert set(column(first, "verdict")) == {Verdict.NONE}
    assert (first.best, first.member("0127").deviation_from_best) == (None, None)
    assert first.member("0127").interval is not None


def test_the_method_says_what_was_counted_and_what_is_missing():
    first, second = compute_comparisons(panel())
    text = " ".join(swedish(describe_method(first)))
    assert "(4 av 5)" in text
    assert "Underlaget är för litet för att visas för Tyresö." in swedish(describe_method(first))
    assert "högsta värdet" in text
    assert "Riket" in text
    assert "lägsta värdet" in " ".join(swedish(describe_method(second)))
    assert "Riket" not in " ".join(swedish(describe_method(second)))


def test_the_method_never_says_colour_where_there_is_none():
    few = panel(
        values=np.full((2, 5, 5), 1.0) * np.array([1, 1, 1, NAN, NAN]),
        statuses=np.array([[OK, OK, OK, LACKS, LACKS]] * 2, dtype=object),
    )
    first, _ = compute_comparisons(few)
    assert set(column(first, "colour")) == {Colour.NONE}
    assert "Färre än fyra värden ger ingen färg." in swedish(describe_method(first))


def test_the_method_can_be_rendered_in_another_language():
    first, _ = compute_comparisons(panel())
    mean = next(sentence for sentence in describe_method(first) if "(4 av 5)" in swedish(sentence))
    assert (
        render(mean, lambda text: "{n_with_value} of {n}" if "{n_with_value}" in text else text) == "4 of 5"
    )


def test_nothing_that_came_in_is_changed():
    given = panel(denominators=np.full((2, 5, 5), 1000.0))
    values, statuses = given.values.copy(), given.statuses.copy()
    compute_comparisons(given)
    np.testing.assert_array_equal(given.values, values)
    assert given.statuses.tolist() == statuses.tolist()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"national_values": np.zeros(3)}, "national_values"),
        ({"names": ("Botkyrka",)}, "names"),
        ({"colour_among": ColourAmong.ALL}, "all_values"),
        ({"compared_years": (2023, 2024)}, "compared year"),
        ({"statuses": np.full((2, 5), OK, dtype=object)}, "ok exactly where there is a number"),
    ],
)
def test_a_panel_that_does_not_fit_together_is_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        compute_comparisons(replace(panel(), **changed))


def test_a_group_without_any_value_is_still_a_comparison():
    empty = panel(values=np.full((2, 5, 5), NAN), statuses=np.full((2, 5), Status.NOT_REPORTED, dtype=object))
    first, _ = compute_comparisons(empty)
    assert (first.n, first.n_with_value, first.mean, first.median, first.best) == (5, 0, None, None, None)
    assert set(column(first, "rank")) == {None}


# ---- comparability ---------------------------------------------------------------------------------------------------

YES, CAREFUL, NO = Comparability.COMPARABLE, Comparability.WITH_RESERVATION, Comparability.NOT_COMPARABLE


def apart(**changed):
    """Huddinge (50 and 2) is not comparable in either measure; Haninge (50 and 3) only with reservation."""
    flags = np.array([[YES, NO, CAREFUL, YES, YES]] * 2, dtype=object)
    return panel(comparability=flags, footnotes=(("", "egen räkning", "", "", ""),) * 2, **changed)


def test_incomparable_members_are_shown_but_neither_ranked_nor_averaged_nor_coloured():
    first, second = compute_comparisons(apart())
    assert column(first, "value") == [60, 50, 50, None, 0]
    assert column(first, "rank") == [1, None, 2, None, 3]
    assert column(first, "is_tied") == [False] * 5  # the equal value stands apart
    assert first.mean == (60 + 50 + 0) / 3
    assert (first.n_with_value, first.n_not_comparable) == (3, 1)
    assert column(second, "rank") == [1, None, 2, 3, 4]
    assert column(second, "colour") == [Colour.GREEN, Colour.NONE, Colour.YELLOW, Colour.YELLOW, Colour.RED]
    huddinge = first.member("0126")
    assert (huddinge.deviation_from_mean, huddinge.deviation_from_best, huddinge.verdict) == (
        None,
        None,
        Verdict.NONE,
    )
    assert huddinge.change_since_last_year == 1  # against itself it may be held
    assert (huddinge.comparability, huddinge.footnote) == (NO, "egen räkning")


def test_a_reservation_is_shown_but_changes_no_figure():
    flags = np.array([[YES, CAREFUL, YES, YES, YES]] * 2, dtype=object)
    flagged, plain = compute_comparisons(panel(comparability=flags))[0], compute_comparisons(panel())[0]
    assert column(flagged, "rank") == column(plain, "rank")
    assert flagged.mean == plain.mean
    assert "Jämförbar med förbehåll: Huddinge." in swedish(describe_method(flagged))


def test_the_method_names_the_incomparable_and_counts_the_rest():
    said_of_first = " ".join(swedish(describe_method(compute_comparisons(apart())[0])))
    assert "Huddinge är inte jämförbar" in said_of_first
    assert "(3 av 5 medlemmar)" in said_of_first


def test_the_weighted_mean_is_the_sum_of_numerators_over_the_sum_of_denominators():
    # 60 % of 100, 50 % of 300, 50 % of 100 and 0 % of 500: (60 + 150 + 50 + 0) / 1 000 = 26 %
    denominators = np.full((2, 5, 5), NAN)
    denominators[0] = [100.0, 300.0, 100.0, 900.0, 500.0]
    first, second = compute_comparisons(panel(denominators=denominators))
    assert first.weighted_mean == pytest.approx(26.0)
    assert second.weighted_mean is None
    denominators[0, :, 0] = NAN  # a mean over fewer than the unweighted one is about others
    assert compute_comparisons(panel(denominators=denominators))[0].weighted_mean is None
    denominators[0, :, 0] = 100.0
    without_huddinge = compute_comparisons(apart(denominators=denominators))[0]
    assert without_huddinge.weighted_mean == pytest.approx((60 * 100 + 50 * 100 + 0 * 500) / 700)
