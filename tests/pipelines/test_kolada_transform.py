"""Transforming pages: a number or a reason, in any order, and nothing that was not requested."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.source import (
    ContradictingRowsError,
    EmptyAnswerError,
    UnknownStatusError,
    UnreadableAnswerError,
    UnrequestedRowsError,
)
from pipelines.kolada import transforming
from pipelines.kolada.catalogue import add_vanished_kpis, read_catalogue, replace_units
from pipelines.kolada.page_forms import read_envelope
from pipelines.kolada.raw_pages import RawPages, raw_folder
from pipelines.kolada.staged_rows import StagedRows
from pipelines.kolada.transform import STAGED_SCHEMA, RequestedScope, transform_pages

ANYWHERE = RequestedScope(
    kpi_ids=frozenset({"N00001", "N00002"}),
    years=frozenset(range(2000, 2030)),
    place_ids=frozenset({"0000", "0114", "0115"}),
    takes_any_place=True,
)


def record(*cells, kpi="N00001", year=2020, place="0114"):
    return {"kpi": kpi, "period": year, "municipality": place, "values": list(cells)}


def cell(gender="T", value=None, status="", **more):
    return {"gender": gender, "count": 1, "status": status, "value": value, "isdeleted": False, **more}


def page(*records):
    return "http://x/v3/data", json.dumps(
        {"values": records, "count": len(records), "next_url": None}
    ).encode()


def rows(*pages, choice=ANYWHERE):
    table, _ = transform_pages(pages, choice)
    return table.cast(STAGED_SCHEMA).to_pylist()


@pytest.mark.parametrize(
    ("status", "value", "number", "reason"),
    [
        ("", 31.33, 31.33, None),
        ("", 0.0, 0.0, None),  # zero is a number
        ("", 7, 7.0, None),
        (None, 7, 7.0, None),
        ("", None, None, "missing"),  # neither signal: 73 real rows
        (None, None, None, "missing"),
        ("Missing", None, None, "missing"),
        ("Missing", 12.5, None, "missing"),  # both signals: 332 real rows
        ("Privacy", None, None, "suppressed"),
        ("Privacy", 12.5, None, "suppressed"),
        ("Not applicable", None, None, "not_applicable"),
    ],
)
def test_a_cell_is_a_number_or_a_reason(status, value, number, reason):
    (row,) = rows(page(record(cell(status=status, value=value))))
    assert (row["value"], row["reason"], row["is_deleted"]) == (number, reason, False)


def test_women_men_and_total_may_come_in_any_order():
    transformed = rows(page(record(cell("M", 3.0), cell("T", 2.0), cell("K", 1.0))))
    assert {row["gender"]: row["value"] for row in transformed} == {"M": 3.0, "T": 2.0, "K": 1.0}


@pytest.mark.parametrize("status", ["", "Missing", "What?", None])
def test_a_deleted_row_holds_neither_number_nor_reason(status):
    (row,) = rows(page(record(cell(value=5.0, status=status, isdeleted=True))))
    assert (row["value"], row["reason"], row["is_deleted"]) == (None, None, True)


def test_an_unknown_status_is_named_with_its_cell():
    with pytest.raises(UnknownStatusError) as refusal:
        rows(page(record(cell(value=1.0)), record(cell(status="Estimated", value=2.0), place="0115")))
    assert "Estimated" in str(refusal.value)
    assert "N00001/0115/2020/T" in str(refusal.value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", '"12"', "true", "[1]"])
def test_a_number_that_is_not_finite_is_refused(number):
    url, body = page(record(cell(value=11111)))
    with pytest.raises(UnreadableAnswerError):
        rows((url, body.replace(b"11111", number.encode())))


def test_a_year_beyond_all_years_is_refused():
    with pytest.raises(UnreadableAnswerError):
        rows(page(record(cell(value=1.0), year=10**30)))


@pytest.mark.parametrize(
    "body", [{"values": [{"kpi": "N00001"}]}, {"values": [record(cell("X", 1.0))]}, {"values": 1}]
)
def test_a_page_of_another_form_is_refused_with_its_address(body):
    with pytest.raises(UnreadableAnswerError, match="http://x/v3/data"):
        rows(("http://x/v3/data", json.dumps(body).encode()))


def test_a_row_that_came_twice_and_agrees_is_one():
    assert len(rows(page(record(cell(value=1.0))), page(record(cell(value=1.0))))) == 1
    assert len(rows(page(record(cell(status="Privacy"))), page(record(cell(status="Privacy"))))) == 1


@pytest.mark.parametrize("other", [cell(value=2.0), cell(status="Privacy"), cell(isdeleted=True)])
def test_a_row_that_came_twice_and_disagrees_is_refused_with_its_cell(other):
    with pytest.raises(ContradictingRowsError, match="N00001/0114/2020/T"):
        rows(page(record(cell(value=1.0))), page(record(other)))


@pytest.mark.parametrize("stranger", [{"kpi": "N09999"}, {"year": 1999}])
def test_a_kpi_or_year_that_was_not_requested_is_refused(stranger):
    with pytest.raises(UnrequestedRowsError):
        rows(page(record(cell(value=1.0)), record(cell(value=1.0), **stranger)))


def test_a_place_that_was_not_requested_is_refused_when_places_were_chosen():
    chosen = RequestedScope(ANYWHERE.kpi_ids, ANYWHERE.years, frozenset({"0115"}), takes_any_place=False)
    with pytest.raises(UnrequestedRowsError):
        rows(page(record(cell(value=1.0))), choice=chosen)


def test_an_unknown_place_is_left_out_and_counted_when_all_were_requested():
    pages = [page(record(cell(value=1.0)), record(cell("K", 1.0), cell("M", 2.0), place="G123"))]
    table, left_out = transform_pages(pages, ANYWHERE)
    assert (table.num_rows, left_out) == (1, {"G123": 2})


def test_an_empty_page_has_no_rows():
    assert rows(page()) == []


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["N00001", "N00002"]),
        st.sampled_from(["0000", "0114", "0115"]),
        st.integers(2000, 2029),
        st.sampled_from("TKM"),
    ),
    st.tuples(
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from(["", "Missing", "Privacy", "Not applicable", None]),
    ),
    max_size=40,
)
REASONS = {"Missing": "missing", "Privacy": "suppressed", "Not applicable": "not_applicable"}


@given(cells=CELLS, split=st.integers(0, 40))
def test_shaping_says_cell_by_cell_what_the_rule_says(cells, split):
    records = [
        record(cell(g, value, status), kpi=k, place=p, year=y)
        for (k, p, y, g), (value, status) in cells.items()
    ]
    transformed = {
        (row["kpi_id"], row["municipality_id"], row["year"], row["gender"]): (row["value"], row["reason"])
        for row in rows(page(*records[:split]), page(*records[split:]))
    }
    assert transformed == {
        key: (value, None) if not status and value is not None else (None, REASONS.get(status, "missing"))
        for key, (value, status) in cells.items()
    }


def landing_of(tmp_path, pages):
    landing = RawPages.begin(raw_folder(tmp_path), "run-1", {})
    raw_pages = []
    for number, (url, body) in enumerate(pages):
        raw_pages.append(landing.keep(f"{url}?{number}", body, read_envelope(body), None))
    return landing, raw_pages


def test_processes_of_their_own_shape_the_same_rows(tmp_path, monkeypatch):
    pages = [
        page(
            *(record(cell(value=float(year + place)), year=year, place=f"01{14 + place}") for place in (0, 1))
        )
        for year in range(2000, 2030)
    ]
    landing, raw_pages = landing_of(tmp_path, pages)
    chains = [[raw_page] for raw_page in raw_pages]
    here = asyncio.run(transforming.transform_raw_pages(landing, chains, ANYWHERE, tmp_path / "here"))
    monkeypatch.setattr(transforming, "PAGES_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(transforming, "ROWS_IN_A_PART", 4)
    with ThreadPoolExecutor(1) as a_page_of_the_app:
        there = a_page_of_the_app.submit(
            lambda: asyncio.run(
                transforming.transform_raw_pages(landing, chains, ANYWHERE, tmp_path / "there")
            )
        ).result()
    assert len(there) > len(here)
    kpis = ["N00001"]
    assert StagedRows(tuple(there)).of(kpis).equals(StagedRows(tuple(here)).of(kpis))


def test_an_error_for_a_person_comes_out_of_a_process_as_it_went_in(tmp_path, monkeypatch):
    monkeypatch.setattr(transforming, "PAGES_WORTH_A_PROCESS", 1)
    landing, raw_pages = landing_of(tmp_path, [page(record(cell(status="Estimated")))])
    with pytest.raises(UnknownStatusError, match="Estimated"):
        asyncio.run(transforming.transform_raw_pages(landing, [raw_pages], ANYWHERE, tmp_path / "there"))


def catalogue(
    kpis=({"id": "N00001", "title": "Något, andel (%)"},),
    places=({"id": "0114", "title": "Väsby", "type": "K"},),
    groups=(),
):
    return read_catalogue([page(*kpis)], [page(*places)], [page(*groups)])


def test_a_catalogue_entry_becomes_a_row_with_its_unit():
    entries = catalogue(
        [
            {
                "id": "N00003",
                "title": "Kostnad,\u00a0 kr/inv (-2023)",
                "description": " Ord. ",
                "is_divided_by_gender": 1,
                "municipality_type": None,
                "publication_date": "2026-08-28T00:00:00",
                "prel_publication_date": "",
                "publ_period": 2025,
            }
        ]
    ).kpis
    assert entries.iloc[0].to_dict() == {
        "id": "N00003",
        "title": "Kostnad, kr/inv (-2023)",
        "unit": "kr/inv",
        "description": "Ord.",
        "is_divided_by_gender": True,
        "municipality_type": "A",
        "operating_area": "",
        "perspective": "",
        "publication_date": "2026-08-28",
        "prel_publication_date": None,
        "publication_period": "2025",
    }


def test_groups_keep_the_order_of_their_members_and_each_member_once():
    members = [{"member_id": code, "member_title": code} for code in ("0180", "0114", "0180", "G5")]
    entries = catalogue(groups=[{"id": "G1", "title": "Liknande  kommuner", "members": members}])
    assert entries.groups["title"].tolist() == ["Liknande kommuner"]
    assert entries.members["municipality_id"].tolist() == ["0180", "0114"]


def test_a_catalogue_without_entries_is_refused():
    with pytest.raises(EmptyAnswerError):
        catalogue(kpis=())


def test_a_kpi_dropped_by_the_source_stays_in_the_catalogue_while_its_values_are_stored():
    before = catalogue([{"id": "N00001", "title": "A, kr"}, {"id": "N00002", "title": "B, kr"}]).kpis
    now = catalogue([{"id": "N00003", "title": "C, kr"}]).kpis
    assert add_vanished_kpis(now, before, stored_ids=["N00002"])["id"].tolist() == ["N00003", "N00002"]


def test_a_unit_can_be_put_right():
    kpis = catalogue([{"id": "N00001", "title": "A, kr"}, {"id": "N00002", "title": "B, kr"}]).kpis
    assert replace_units(kpis, {"N00002": "tkr"})["unit"].tolist() == ["kr", "tkr"]
