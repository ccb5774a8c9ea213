"""Merging any sequence of loads gives the same result as a dictionary."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.store import writing
from data.store.connection import connect
from data.store.schema import ensure_tables
from data.store.writing import FiguresWriter, MergeCounts, Scope
from tests.homes import home_at

KPIS = ("N00001", "N00002", "U00003")
PLACES = ("0180", "0380")
YEARS = (2020, 2021)
NUMBERS = count()  # DuckDB remembers a file by its path, so each load gets a path of its own

keys = st.tuples(
    st.sampled_from(KPIS), st.sampled_from(PLACES), st.sampled_from(YEARS), st.sampled_from("TK")
)
contents = st.one_of(st.sampled_from([0.0, 1.5, 2.0]), st.sampled_from(["missing", "suppressed", "deleted"]))
loads = st.dictionaries(keys, contents, max_size=8)
scopes = st.none() | st.builds(
    Scope,
    kpi_ids=st.sets(st.sampled_from(KPIS)).map(sorted),
    years=st.sets(st.sampled_from(YEARS)).map(sorted),
    municipality_ids=st.sets(st.sampled_from(PLACES)).map(sorted),
)


def merge_by_hand(stored, load, scope):
    """The same rule in plain Python: the new state and the counts."""
    state = dict(stored)
    counts = {"new": 0, "changed": 0, "unchanged": 0, "withdrawn": 0}
    for key, content in load.items():
        if content == "deleted":
            counts["withdrawn"] += state.pop(key, None) is not None
        else:
            what = "new" if key not in stored else "unchanged" if stored[key] == content else "changed"
            counts[what] += 1
            state[key] = content
    came = {kpi_id for kpi_id, *_ in load}
    for key in set(stored) - set(load) if scope else ():
        kpi_id, place, year, _ = key
        is_in_scope = (
            kpi_id in scope.kpi_ids
            and kpi_id in came
            and year in scope.years
            and (not scope.municipality_ids or place in scope.municipality_ids)
        )
        if is_in_scope:
            counts["withdrawn"] += 1
            del state[key]
    return state, MergeCounts(**counts)


def stored_rows_of(connection):
    rows = connection.execute("FROM lake.indicator_value").fetchall()
    state = {tuple(row[:4]): row[5] if row[4] is None else row[4] for row in rows}
    assert len(state) == len(rows), "a key is kept twice"
    return state


@pytest.fixture(scope="module")
def lake():
    with TemporaryDirectory() as folder:
        location = home_at(Path(folder)).figures
        with connect(location, read_only=False) as connection:
            ensure_tables(connection, location)
            yield Path(folder), connection


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    sequence=st.lists(st.tuples(loads, scopes), min_size=1, max_size=4),
    rows_a_batch=st.sampled_from([1, 3, 100]),
)
def test_any_sequence_of_loads_leaves_what_a_dictionary_would_hold(
    lake, write_staged, sequence, rows_a_batch
):
    folder, connection = lake
    usual, writing.ROWS_A_BATCH = writing.ROWS_A_BATCH, rows_a_batch
    connection.begin()
    try:
        writer, state = FiguresWriter(connection), {}
        for load, scope in sequence:
            file = write_staged(
                folder / f"staged-{next(NUMBERS)}.parquet", [(*key, content) for key, content in load.items()]
            )
            state, counts = merge_by_hand(state, load, scope)
            assert writer.merge_indicator_values([file], full_scope=scope) == counts
            assert stored_rows_of(connection) == state
    finally:
        connection.rollback()
        writing.ROWS_A_BATCH = usual
