"""What members report themselves in the answers: values, kinds of nothing, bases, parts of a year, explanations."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from answers.comparison import compare_measure
from answers.delivery import find_delivery
from answers.library import build_library
from answers.network_snapshot import NetworkSnapshot
from answers.overview import build_overview
from answers.revisions import find_revisions
from answers.trend import compare_development
from answers.women_and_men import compare_women_and_men
from data.store.lake import open_figures
from data.store.writing import write_release
from domain.comparison import Verdict
from domain.errors.choices import NotDividedByGenderError, NothingReportedError
from domain.group import GroupReference
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    ReportingInterval,
)
from domain.place import PlaceKind
from domain.revision import RevisionKind
from domain.value import Gender, Status
from tests.conftest import catalogue
from tests.homes import home_at
from tests.messages import swedish

SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")
GROUP = GroupReference.parse("network:Södertörn")
COLUMNS = [
    "measure_id",
    "municipality_id",
    "period",
    "gender",
    "value",
    "reason",
    "basis",
    "footnote",
    "upload_id",
]


def definition(expression="nojda", **changed):
    given = {
        "version": 1,
        "first_year": 2019,
        "source": MeasureSource.OWN,
        "expression": expression,
        "name": "Nöjda",
        "resident_sentence": "",
        "unit": "%",
        "decimals": 1,
        "direction": Direction.HIGHER,
        "kind": MeasureKind.QUALITY,
    }
    return MeasureDefinition(**(given | changed))


def measure(*definitions, measure_id="nojda"):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    life = tuple(LifeEvent(state, at, "p") for state in (MeasureState.PROPOSED, MeasureState.IN_USE))
    return NetworkMeasure(measure_id, "sodertorn", "sodertorn", definitions or (definition(),), life)


def rows(*cells, measure_id="nojda"):
    """Each cell (code, period, value or reason) and more: gender, basis, footnote."""
    table = []
    for code, period, value, *more in cells:
        gender, basis, footnote = [*more, *("T", None, "")[len(more) :]]
        number, reason = (None, value.value) if isinstance(value, Status) else (value, None)
        table.append((measure_id, code, period, gender, number, reason, basis, footnote, "u1"))
    return pd.DataFrame(table, columns=COLUMNS).astype({"value": "float64", "basis": "float64"})


def sodertorn():
    stays = tuple(Membership(code, date(2020, 1, 1)) for code in SODERTORN)
    return Network("sodertorn", "Södertörn", PlaceKind.MUNICIPALITY, stays)


def values(comparison):
    return {member.code: member.value for member in comparison.members if member.value is not None}


@pytest.fixture
def library_with(library):
    def build(*measures, **changed):
        own = NetworkSnapshot((sodertorn(),), measures or (measure(),), day=date(2026, 11, 21), state=1)
        return library.with_snapshot(replace(own, **changed))

    return build


def compare(library, measure_id="nojda", **question):
    return compare_measure(library, measure_id=measure_id, group=library.groups.resolve(GROUP), **question)


def test_reported_values_are_compared_and_the_reasons_for_no_value_stay_distinct(library_with):
    known = library_with().with_reported(
        rows(
            ("0127", "2023", 60.0),
            ("0136", "2023", 0.0),
            ("0126", "2023", Status.MISSING),
            ("0140", "2023", Status.SUPPRESSED),
            ("0192", "2023", Status.NOT_APPLICABLE),
        )
    )
    comparison = compare(known)
    assert comparison.year == 2023
    assert {m.code: m.status for m in comparison.members if m.value is None} == {
        "0126": Status.MISSING,
        "0140": Status.SUPPRESSED,
        "0192": Status.NOT_APPLICABLE,
        "0128": Status.NOT_REPORTED,
        "0181": Status.NOT_REPORTED,
        "0138": Status.NOT_REPORTED,
    }
    assert (comparison.mean, comparison.n_with_value) == ((60 + 0) / 2, 2)
    assert (comparison.member("0127").rank, comparison.member("0136").rank) == (1, 2)


def test_the_latest_year_and_the_years_there_are_come_from_what_is_reported(library_with):
    known = library_with().with_reported(
        rows(("0127", "2021", 1.0), ("0136", "2024", 2.0), ("0127", "2025", Status.MISSING))
    )
    assert compare(known).year == 2024
    assert known.values.years_with_values(known.catalogue.measure("nojda")) == (2021, 2024)
    assert [
        (p.year, p.status)
        for p in compare_development(known, measure_id="nojda", group=known.groups.resolve(GROUP))
        .member("0127")
        .series.points
    ] == [
        (2021, Status.OK),
        (2022, Status.NOT_REPORTED),
        (2023, Status.NOT_REPORTED),
        (2024, Status.NOT_REPORTED),
        (2025, Status.MISSING),
    ]


def test_without_any_reported_value_the_error_says_that_nobody_has_reported(library_with):
    with pytest.raises(NothingReportedError, match="Ingen medlem har rapporterat"):
        compare(library_with())


def test_the_overview_holds_what_is_reported_beside_what_is_published(library_with):
    known = library_with().with_reported(rows(("0127", "2024", 60.0), ("0136", "2024", 50.0)))
    shown = build_overview(
        known, measure_ids=["nojda", "N17461"], group=known.groups.resolve(GROUP), focus="0127"
    )
    assert [(row.comparison.measure.id, row.comparison.year, row.focus.value) for row in shown.rows] == [
        ("nojda", 2024, 60.0),
        ("N17461", 2023, 66.0),
    ]
    assert [point.year for point in shown.rows[0].focus_series.points] == [2024]


def test_a_number_behind_a_share_gives_intervals_verdicts_and_a_weighted_mean(library_with):
    cells = rows(
        *(
            (code, "2023", 80.0 if code == "0127" else 50.0, "T", 1000 if code == "0127" else 500)
            for code in SODERTORN
        )
    )
    comparison = compare(library_with().with_reported(cells))
    mine = comparison.member("0127")
    # Wilson for 800 of 1 000, by hand: (2·800 + 3,84146 ± 1,95996·√(3,84146 + 4·800·0,2)) / (2·1003,84146).
    assert (mine.interval.low, mine.interval.high) == (
        pytest.approx(77.41, abs=0.005),
        pytest.approx(82.36, abs=0.005),
    )
    assert mine.verdict is Verdict.BETTER
    assert comparison.weighted_mean == pytest.approx((80 * 1000 + 7 * 50 * 500) / (1000 + 7 * 500))
    assert mine.rank_range == (1, 1)
    assert "Wilson" in " ".join(swedish(comparison.method))
    bare = compare(library_with().with_reported(cells.assign(basis=float("nan"))))
    assert bare.member("0127").interval is None
    assert bare.weighted_mean is None


def test_a_number_behind_an_index_or_an_amount_makes_no_interval(library_with):
    for unit in ("poäng", "antal", "kr/inv"):
        known = library_with(measure(definition(unit=unit))).with_reported(
            rows(("0127", "2023", 5.0, "T", 100))
        )
        assert compare(known).member("0127").interval is None


def test_a_rate_per_so_many_is_an_interval_by_byar(library_with):
    known = library_with(measure(definition(unit="per 1 000 inv")))
    comparison = compare(
        known.with_reported(rows(("0127", "2023", 20.0, "T", 5000), ("0136", "2023", 10.0, "T", 5000)))
    )
    low, high = comparison.member("0127").interval.low, comparison.member("0127").interval.high
    # 100 cases among 5 000; Byar: 100·(1 − 1/900 − 1,96/30)³ = 81,36 and 101·(1 − 1/909 + 1,96/30,15)³ = 121,63.
    assert (low, high) == (pytest.approx(81.36 / 5, abs=0.01), pytest.approx(121.63 / 5, abs=0.01))


def test_formulas_count_with_what_is_reported_and_carry_its_reasons(library_with):
    half = measure(definition("nojda / 2 + 0 * N17461", source=MeasureSource.FORMULA), measure_id="halva")
    known = library_with(measure(), half).with_reported(
        rows(("0127", "2023", 60.0), ("0136", "2023", Status.SUPPRESSED), ("0126", "2022", 10.0))
    )
    comparison = compare(known, "halva", year=2023)
    assert comparison.member("0127").value == 60 / 2
    assert comparison.member("0136").status is Status.SUPPRESSED
    assert comparison.member("0126").status is Status.NOT_REPORTED


def test_a_definition_holds_from_its_first_year_and_breaks_the_series(library_with):
    changing = measure(
        definition("N17461", source=MeasureSource.KPI), definition(version=2, first_year=2023, name="Nöjda")
    )
    known = library_with(changing).with_reported(rows(("0127", "2022", 1.0), ("0127", "2023", 99.0)))
    series = (
        compare_development(known, measure_id="nojda", group=known.groups.resolve(GROUP))
        .member("0127")
        .series
    )
    assert {point.year: point.value for point in series.points}[
        2022
    ] == 66.0 - 2  # the KPI; what was reported is not used
    assert {point.year: point.value for point in series.points}[2023] == 99.0
    assert series.break_years == (2023,)


# ---- women and men


def test_women_and_men_are_requested_only_where_somebody_reports_them(library_with):
    known = library_with().with_reported(rows(("0127", "2023", 60.0)))
    assert not known.catalogue.measure("nojda").is_divided_by_gender
    with pytest.raises(NotDividedByGenderError):
        compare(known, gender=Gender.WOMEN)
    both = known.with_reported(rows(("0127", "2023", 70.0, "K"), ("0127", "2023", 50.0, "M")))
    assert both.catalogue.measure("nojda").is_divided_by_gender
    pair = compare_women_and_men(both, measure_id="nojda", group=both.groups.resolve(GROUP))
    assert (pair.women.member("0127").value, pair.men.member("0127").value) == (70.0, 50.0)
    assert pair.gaps[[member.code for member in pair.women.members].index("0127")] == 70 - 50


def test_a_third_value_that_could_be_derived_is_hidden_here_too(library_with):
    known = library_with().with_reported(
        rows(
            ("0127", "2023", 60.0),
            ("0127", "2023", Status.SUPPRESSED, "K"),
            ("0127", "2023", 50.0, "M"),
            ("0136", "2023", 40.0, "M"),
        )
    )
    assert compare(known, gender=Gender.MEN).member("0127").status is Status.SUPPRESSED


# ---- parts of a year


def quarterly(**changed):
    return measure(definition(interval=ReportingInterval.QUARTERLY, **changed))


def test_quarters_become_years_and_the_method_says_how(library_with):
    quarters = rows(
        *(("0127", f"2023-Q{n}", 10.0 * n, "T", 100 + n) for n in (1, 2, 3, 4)), ("0136", "2023-Q1", 5.0)
    )
    share = compare(library_with(quarterly()).with_reported(quarters))
    assert share.member("0127").value == (10 + 20 + 30 + 40) / 4
    assert share.member("0136").status is Status.NOT_REPORTED
    assert "ovägda medelvärdet av årets kvartal" in " ".join(swedish(share.method))
    visits = quarterly(kind=MeasureKind.VOLUME, unit="antal")
    amount = compare(library_with(visits).with_reported(quarters))
    assert amount.member("0127").value == 10 + 20 + 30 + 40
    assert "summan av årets kvartal" in " ".join(swedish(amount.method))


def test_a_hidden_quarter_hides_the_year(library_with):
    cells = [("0127", f"2023-Q{n}", 10.0) for n in (1, 2, 3)]
    known = library_with(quarterly()).with_reported(
        rows(*cells, ("0127", "2023-Q4", Status.SUPPRESSED), ("0136", "2023", 1.0))
    )
    assert compare(known, year=2023).member("0127").status is Status.SUPPRESSED


def test_years_reported_whole_before_the_quarters_began_still_count(library_with):
    cells = rows(("0127", "2022", 7.0), *(("0127", f"2023-Q{n}", 10.0) for n in (1, 2, 3, 4)))
    known = library_with(quarterly()).with_reported(cells)
    points = (
        compare_development(known, measure_id="nojda", group=known.groups.resolve(GROUP))
        .member("0127")
        .series.points
    )
    assert [(point.year, point.value) for point in points] == [(2022, 7.0), (2023, 10.0)]


# ---- explanations


def test_an_explanation_is_at_its_own_point_only(library_with):
    known = library_with().with_reported(
        rows(
            ("0127", "2022", 50.0, "T", None, "Ny enkät."),
            ("0127", "2023", 60.0),
            ("0136", "2023", Status.MISSING, "T", None, "Enkäten\n uteblev."),
        )
    )
    now = compare(known)
    assert [(member.code, member.explanation) for member in now.members if member.explanation] == [
        ("0136", "Enkäten uteblev.")
    ]
    series = (
        compare_development(known, measure_id="nojda", group=known.groups.resolve(GROUP))
        .member("0127")
        .series
    )
    assert (series.explanation(2022), series.explanation(2023)) == ("Ny enkät.", "")
    assert compare(known, year=2022).member("0127").explanation == "Ny enkät."
    shown = build_overview(known, measure_ids=["nojda"], group=known.groups.resolve(GROUP), focus="0136")
    assert (
        shown.rows[0].focus.explanation == shown.rows[0].focus_series.explanation(2023) == "Enkäten uteblev."
    )


def test_an_explanation_of_womens_value_is_not_put_on_the_total(library_with):
    known = library_with().with_reported(
        rows(
            ("0127", "2023", 60.0), ("0127", "2023", 70.0, "K", None, "Få svar."), ("0127", "2023", 50.0, "M")
        )
    )
    assert compare(known).member("0127").explanation == ""
    assert compare(known, gender=Gender.WOMEN).member("0127").explanation == "Få svar."


def test_a_formula_carries_the_explanation_of_its_variable_with_the_name_before_it(library_with):
    half = measure(definition("nojda / 2", source=MeasureSource.FORMULA, name="Halva"), measure_id="halva")
    quarter = measure(definition("halva / 2", source=MeasureSource.FORMULA), measure_id="kvart")
    change = measure(definition("förändring(nojda)", source=MeasureSource.FORMULA), measure_id="andring")
    known = library_with(measure(), half, quarter, change).with_reported(
        rows(("0127", "2022", 50.0, "T", None, "Ny enkät."), ("0127", "2023", 60.0))
    )
    assert compare(known, "halva", year=2022).member("0127").explanation == "Nöjda: Ny enkät."
    assert compare(known, "kvart", year=2022).member("0127").explanation == "Nöjda: Ny enkät."
    assert compare(known, "halva", year=2023).member("0127").explanation == ""
    # The change from 2022 to 2023 rests on the explained value too.
    assert compare(known, "andring", year=2023).member("0127").explanation == "Nöjda 2022: Ny enkät."


def test_explanations_of_parts_say_which_part_in_the_order_of_the_year(library_with):
    terms = measure(definition(interval=ReportingInterval.TERM))
    known = library_with(terms).with_reported(
        rows(("0127", "2023-HT", 2.0, "T", None, "Flytt."), ("0127", "2023-VT", 1.0, "T", None, "Strejk."))
    )
    assert compare(known).member("0127").explanation == "2023-VT: Strejk.; 2023-HT: Flytt."


# ---- where they come from, and what they would change


def test_the_source_says_who_reported_and_never_kolada_alone(library_with):
    half = measure(definition("nojda / 2", source=MeasureSource.FORMULA), measure_id="halva")
    mixed = measure(definition("nojda + N17461", source=MeasureSource.FORMULA), measure_id="blandad")
    known = library_with(measure(), half, mixed).with_reported(
        rows(("0127", "2023", 60.0), ("0136", "2023", 70.0))
    )
    assert (
        swedish(compare(known).source)
        == "Källa: kommunernas egna uppgifter, rapporterade i nätverket Södertörn"
    )
    assert (
        swedish(compare(known, "halva").source)
        == "Egen beräkning av nätverket Södertörn på kommunernas egna uppgifter"
    )
    assert swedish(compare(known, "blandad").source) == (
        "Egen beräkning av nätverket Södertörn på publicerade värden och kommunernas egna uppgifter"
    )


def test_replaced_cells_change_only_the_copy(library_with):
    before = library_with().with_reported(rows(("0127", "2023", 60.0), ("0136", "2023", 50.0)))
    nothing = rows(("0136", "2023", None))
    after = before.with_reported(pd.concat([rows(("0127", "2023", 40.0)), nothing]))
    assert (compare(before).member("0127").rank, compare(before).member("0136").value) == (1, 50.0)
    assert (compare(after).member("0127").value, compare(after).member("0136").status) == (
        40.0,
        Status.NOT_REPORTED,
    )


# ---- as kept in the lake


@pytest.fixture
def lake(tmp_path):
    """A lake with a fetch and two publications; gives the figures and a way to make a library of a release."""
    location = home_at(tmp_path).figures

    def fetched(writer):
        writer.replace_kpis(catalogue())

        table = pd.DataFrame(
            [
                *(("N17461", code, 2023, "T", 70.0, None, False) for code in SODERTORN),
                ("N17461", "0180", 2023, "T", None, "missing", False),
            ],
            columns=["kpi_id", "municipality_id", "year", "gender", "value", "reason", "is_deleted"],
        ).astype({"value": "float64", "year": "int32"})
        table.to_parquet(tmp_path / "fetched.parquet")
        return writer.merge_indicator_values([tmp_path / "fetched.parquet"])

    def publish(cells, upload_id, person):
        changes = cells.assign(upload_id=upload_id, is_deleted=cells["value"].isna() & cells["reason"].isna())
        write_release(
            location,
            lambda writer: writer.merge_reported_values(changes),
            run_id=f"upload-{upload_id}",
            description=f"{person} publicerade",
            details={"upload_id": upload_id, "person": person},
        )

    write_release(location, fetched, run_id="run-1", description="hämtat")
    publish(
        rows(
            ("0127", "2023", 60.0, "T", None, "Ny enkät."),
            ("0136", "2023", 50.0, "T", 40),
            ("0126", "2023", 1.0),
            ("0140", "2023", 2.0),
        ),
        "u1",
        "Anna",
    )
    publish(
        rows(
            ("0127", "2023", 61.0),
            ("0136", "2023", Status.SUPPRESSED),
            ("0126", "2023", None),
            ("0140", "2023", 2.0, "T", None, "Stämmer."),
        ),
        "u2",
        "Bo",
    )
    own = NetworkSnapshot((sodertorn(),), (measure(),), day=date(2026, 11, 21), state=1)
    with open_figures(home_at(tmp_path)) as figures:
        yield figures, lambda release: build_library(figures, release).with_snapshot(own)


def test_reported_values_are_read_as_known_then_unless_suppressed_now(lake):
    figures, library_at = lake
    fetched, first, second = map(library_at, figures.releases())
    assert values(compare(second)) == {"0127": 61.0, "0140": 2.0}
    assert compare(second).member("0136").status is Status.SUPPRESSED
    # In the first publication Haninge's value was shown; now that it is hidden it is hidden there too.
    assert values(compare(first)) == {"0127": 60.0, "0126": 1.0, "0140": 2.0}
    assert compare(first).member("0136").status is Status.SUPPRESSED
    assert (compare(first).member("0127").explanation, compare(second).member("0127").explanation) == (
        "Ny enkät.",
        "",
    )
    with pytest.raises(NothingReportedError):
        compare(fetched)


def test_a_library_of_an_old_release_asks_again_when_the_workspace_has_changed(lake):
    figures, library_at = lake
    old = library_at(figures.releases()[1])
    assert compare(old).member("0126").value == 1.0
    later = old.with_snapshot(replace(old.own_measures.snapshot, state=2))
    assert later.own_measures.reported is not old.own_measures.reported
    assert (
        old.with_snapshot(replace(old.own_measures.snapshot, measures=())).own_measures.reported
        is old.own_measures.reported
    )


def test_changed_reported_values_are_listed_with_who_changed_them(lake):
    figures, library_at = lake
    report = find_revisions(library_at(figures.latest_release()), since=figures.releases()[1])
    changes_by_cell = {
        revision.place_code: (revision.kind, revision.old_value, revision.new_value, revision.because)
        for revision in report.revisions
    }
    assert changes_by_cell == {
        "0127": (RevisionKind.CHANGED, 60.0, 61.0, "Bo publicerade"),
        "0126": (RevisionKind.WITHDRAWN, 1.0, None, ""),
    }  # 0136 is hidden in both, 0140 has only been explained
    assert [(measure.measure.id, measure.changed, measure.withdrawn) for measure in report.measures] == [
        ("nojda", 1, 1)
    ]
    only = find_revisions(
        library_at(figures.latest_release()), since=figures.releases()[1], measure_id="N17461"
    )
    assert only.revisions == ()


def test_without_a_moment_changes_are_listed_since_before_the_latest_fetch(lake):
    figures, library_at = lake
    fetched = figures.releases()[0]
    report = find_revisions(library_at(figures.latest_release()))
    assert report.since == fetched  # the only fetch has nothing before it, so what members did since is told
    assert [(measure.new, measure.changed) for measure in report.measures] == [(3, 0)]
    assert find_revisions(library_at(fetched)).since is None


# ---- the end of a series of parts


def test_a_year_is_what_its_definition_says_whichever_was_reported_first(library_with):
    cells = rows(("0127", "2023", 99.0), *(("0127", f"2023-Q{n}", 10.0) for n in (1, 2, 3, 4)))
    assert compare(library_with(quarterly()).with_reported(cells)).member("0127").value == 10.0
    assert compare(library_with(measure()).with_reported(cells)).member("0127").value == 99.0


# ---- who has delivered


def test_deliveries_are_counted_with_the_day(lake):
    figures, library_at = lake
    now = library_at(figures.latest_release())
    delivery = find_delivery(now, now.catalogue.measure("nojda"), now.groups.resolve(GROUP))
    assert (delivery.year, set(delivery.codes), delivery.n) == (2023, {"0127", "0136", "0140"}, 8)
    assert delivery.latest == figures.releases()[2].known_at
    assert find_delivery(now, now.catalogue.measure("nojda"), now.groups.resolve(GROUP), 2020).codes == ()
    assert find_delivery(now, now.catalogue.measure("N17461"), now.groups.resolve(GROUP)) is None


def test_a_formula_is_delivered_when_all_that_it_needs_is(library_with):
    other = measure(definition("svar"), measure_id="svar")
    ratio = measure(definition("nojda / svar", source=MeasureSource.FORMULA), measure_id="kvot")
    known = library_with(measure(), other, ratio).with_reported(
        pd.concat(
            [
                rows(("0127", "2023", 1.0), ("0136", "2023", 1.0)),
                rows(("0127", "2023", Status.MISSING), measure_id="svar"),
            ]
        )
    )
    delivery = find_delivery(known, known.catalogue.measure("kvot"), known.groups.resolve(GROUP))
    assert (delivery.codes, delivery.latest) == (("0127",), None)
