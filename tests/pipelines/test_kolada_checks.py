"""What a run checks before it stores: choices, coverage, corrections, the sample, redefinition."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import corrections
from domain.correction import Correction, CorrectionAction
from domain.errors.choices import (
    UnknownMeasureError,
    UnknownPlaceError,
    UnknownSetError,
    UnreadableChoiceError,
)
from domain.errors.source import CorrectionOutdatedError
from domain.measure import MeasureSet
from domain.value import Gender
from pipelines.kolada.corrections import check_expectations, correct_rows, correct_units
from pipelines.kolada.coverage import Coverage, coverage_table, read_coverage
from pipelines.kolada.spot_check import MOST_KPIS, compare_sample, sample
from pipelines.kolada.sync_choice import parse_since, parse_years, resolve_kpis, resolve_places
from pipelines.kolada.transform import STAGED_SCHEMA

TODAY = date(2026, 11, 21)
SETS = (MeasureSet("skola", "Skola", (("", ("N00001", "N00009")),)),)
CATALOGUE = ("N00001", "N00002", "N15428")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2010-2012", (2010, 2011, 2012)),
        ("2022", (2022,)),
        ("2010, 2012–2013", (2010, 2012, 2013)),
        (None, tuple(range(2000, 2027))),
    ],
)
def test_years_are_written_as_ranges_and_lists(text, years):
    assert parse_years(text, TODAY) == years


@pytest.mark.parametrize("text", ["2012-2010", "20", "i fjol", "1800-1900", "2010-", "2010-2012-2014", "-"])
def test_an_invalid_year_is_refused(text):
    with pytest.raises(UnreadableChoiceError, match="2010-2024"):
        parse_years(text, TODAY)


def test_since_is_a_word_or_a_day_that_has_been():
    assert parse_since("AUTO", TODAY) == "auto"
    assert parse_since("2024-01-30", TODAY) == date(2024, 1, 30)
    for wrong in ("2026-11-22", "igår", "2024-13-01"):
        with pytest.raises(UnreadableChoiceError):
            parse_since(wrong, TODAY)


@pytest.mark.parametrize(
    ("text", "kpis"),
    [
        (None, ("N00001", "N00002")),  # of the sets and of what is kept: all that the catalogue has
        ("all", ("N00001", "N00002", "N15428")),
        ("set:skola", ("N00001",)),
        ("set:Skola,n00002", ("N00001", "N00002")),
        ("N70000", ("N70000",)),  # dropped from the catalogue, still kept
    ],
)
def test_kpis_are_chosen_by_id_set_or_all(text, kpis):
    assert resolve_kpis(text, catalogue=CATALOGUE, stored=["N00002", "N70000"], sets=SETS) == kpis


def test_an_unknown_kpi_is_met_with_the_nearest_one():
    with pytest.raises(UnknownMeasureError, match="Menade du N15428"):
        resolve_kpis("N00001,N15429", catalogue=CATALOGUE, stored=[], sets=SETS)


def test_an_unknown_set_is_met_with_the_nearest_one():
    with pytest.raises(UnknownSetError, match="Menade du skola"):
        resolve_kpis("set:skolan", catalogue=CATALOGUE, stored=[], sets=SETS)


def test_places_are_chosen_by_code_or_name():
    names = {"0114": "Upplands Väsby", "0180": "Stockholm"}
    assert resolve_places("all", names) is None
    assert resolve_places("stockholm, 0114", names) == ("0114", "0180")
    with pytest.raises(UnknownPlaceError, match="Menade du Stockholm"):
        resolve_places("Stokholm", names)


covers = st.builds(
    lambda first, length, places, day: Coverage(first, first + length, places, date(2026, 1, day)),
    st.integers(2000, 2010),
    st.integers(0, 5),
    st.none() | st.frozensets(st.sampled_from(["0114", "0115", "0180"]), min_size=1),
    st.integers(1, 28),
)


def cells(coverage):
    places = coverage.municipality_ids or {"0114", "0115", "0180", "other"}
    return {(year, place) for year in range(coverage.first_year, coverage.last_year + 1) for place in places}


@given(before=covers, new=covers)
def test_coverage_never_claims_more_or_fresher_than_was_fetched(before, new):
    after = before.after(new)
    assert cells(after) <= cells(before) | cells(new)
    for fetched in cells(after):
        days = [coverage.fetched_at for coverage in (before, new) if fetched in cells(coverage)]
        assert after.fetched_at <= max(days)


@given(before=covers)
def test_coverage_is_stored_and_read_back(before):
    assert read_coverage(coverage_table({"N00001": before})) == {"N00001": before}


def test_all_places_cover_some_but_some_do_not_cover_all():
    everywhere = Coverage.of((2020, 2021), None, TODAY)
    somewhere = Coverage.of((2020, 2021), ("0114", "0115"), TODAY)
    assert everywhere.covers((2020,), ("0114",))
    assert somewhere.covers((2020,), ("0114",))
    assert not somewhere.covers((2020,), None)
    assert not everywhere.covers((2022,), None)


def correction(**changed):
    plain = {
        "id": "c",
        "kpi_id": "N00001",
        "municipality_id": "0114",
        "year": 2020,
        "gender": Gender.WOMEN,
        "action": CorrectionAction.SET_REASON,
        "argument": "suppressed",
        "applies_from": 0.0,
        "applies_to": 0.0,
        "expected_median_from": 50.0,
        "expected_median_to": 100.0,
        "reason": "",
        "source": "",
    }
    return Correction(**{**plain, **changed})


def staged(*rows):
    return pa.Table.from_pylist(
        [dict(zip(STAGED_SCHEMA.names, (*row, False), strict=True)) for row in rows], schema=STAGED_SCHEMA
    )


ROWS = staged(
    ("N00001", "0114", 2020, "K", 0.0, None),
    ("N00001", "0114", 2020, "T", 0.0, None),
    ("N00001", "0115", 2020, "K", 0.0, None),
    ("N00001", "0114", 2021, "K", 80.0, None),
)


def contents(table):
    return [(row["value"], row["reason"]) for row in table.to_pylist()]


def test_a_correction_sets_a_reason_in_its_cell_only():
    rows, applied = correct_rows(ROWS, [correction()])
    assert contents(rows) == [(None, "suppressed"), (0.0, None), (0.0, None), (80.0, None)]
    assert applied == {"c": 1}


def test_an_empty_column_means_any():
    rows, applied = correct_rows(ROWS, [correction(gender=None, municipality_id=None)])
    assert applied == {"c": 3}
    assert contents(rows)[3] == (80.0, None)


def test_a_cell_that_holds_something_else_than_meant_is_left_alone():
    rows, applied = correct_rows(ROWS, [correction(year=2021)])
    assert (contents(rows), applied) == (contents(ROWS), {})


def test_a_correction_can_multiply():
    scaled = correction(
        action=CorrectionAction.MULTIPLY, argument="0.01", year=2021, applies_from=50.0, applies_to=None
    )
    rows, _ = correct_rows(ROWS, [scaled])
    assert contents(rows)[3] == (80.0 * 0.01, None)


def test_a_changed_source_is_reported_loudly():
    check_expectations([correction()], {"N00001": 82.0})
    check_expectations([correction()], {})  # nothing came: nothing to judge
    with pytest.raises(CorrectionOutdatedError, match="N00001"):
        check_expectations([correction()], {"N00001": 0.82})


def test_a_unit_is_put_right_only_at_the_level_that_needs_it():
    wrong = correction(
        action=CorrectionAction.SET_UNIT,
        argument="per 1 000 inv",
        applies_from=1.0,
        applies_to=300.0,
        expected_median_from=1.0,
        expected_median_to=30000.0,
    )
    assert correct_units([wrong], {"N00001": 35.0}) == {"N00001": "per 1\u00a0000 inv"}
    assert correct_units([wrong], {"N00001": 3500.0}) == {}
    assert correct_units([wrong], {}) == {}
    with pytest.raises(CorrectionOutdatedError):
        check_expectations([wrong], {"N00001": 0.035})


def test_the_tracked_corrections_can_be_read_and_say_why():
    tracked = corrections()
    assert len({tracked_correction.id for tracked_correction in tracked}) == len(tracked)
    assert all(tracked_correction.reason and tracked_correction.source for tracked_correction in tracked)
    assert all(
        tracked_correction.expected_median_from < tracked_correction.expected_median_to
        for tracked_correction in tracked
    )


KEPT = pd.DataFrame({"kpi_id": [f"N{i:05d}" for i in range(100)], "first_year": 2006, "last_year": 2022})


def test_the_sample_looks_at_the_latest_years_the_next_one_and_an_earlier_one():
    scope = sample(("N00001", "N00002"), tuple(range(2000, 2027)), None, KEPT, TODAY)
    assert scope.kpi_ids == ("N00001", "N00002")
    assert {2021, 2022, 2023} < set(scope.years)
    assert len(scope.years) == 4
    assert min(scope.years) < 2021


def test_the_sample_of_many_kpis_is_one_path_segment_and_moves_on_with_the_day():
    kpi_ids = tuple(KEPT["kpi_id"])
    seen = {
        kpi_id
        for day in range(1, 30)
        for kpi_id in sample(kpi_ids, tuple(range(2000, 2027)), None, KEPT, date(2026, 1, day)).kpi_ids
    }
    assert len(sample(kpi_ids, (2022,), None, KEPT, TODAY).kpi_ids) == MOST_KPIS
    assert seen == set(kpi_ids)


def sampled(*rows):
    return pd.DataFrame(rows, columns=["kpi_id", "municipality_id", "year", "gender", "value", "reason"])


def test_a_sample_that_is_the_same_misses_nothing():
    same = sampled(("N00001", "0114", 2020, "T", 1.0, None), ("N00001", "0115", 2020, "T", None, "missing"))
    result = compare_sample(same, same)
    assert (result.compared, result.missed) == (2, 0)


@pytest.mark.parametrize(
    "fetched",
    [
        sampled(("N00001", "0114", 2020, "T", 1.1, None)),
        sampled(("N00001", "0114", 2020, "T", None, "suppressed")),
        sampled(),
        sampled(("N00001", "0114", 2020, "T", 1.0, None), ("N00001", "0115", 2020, "T", 2.0, None)),
    ],
    ids=["changed", "now a reason", "gone", "new"],
)
def test_a_difference_in_the_sample_is_noticed(fetched):
    result = compare_sample(sampled(("N00001", "0114", 2020, "T", 1.0, None)), fetched)
    assert result.missed == 1
    assert "N00001/01" in result.examples
