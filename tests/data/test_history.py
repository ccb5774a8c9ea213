"""What was known when, and what a later release changed."""

import errno
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from data.store import compaction
from data.store.connection import connect
from data.store.lake import open_figures
from data.store.writing import MergeCounts, Scope, write_release
from disclosure.writing import stored_rows
from domain.errors.choices import NothingKnownThenError
from domain.errors.storage import DiskFullError, NothingKeptError

STOCKHOLM, UPPSALA, NATION = "0180", "0380", "0000"


def keep(home, file, run_id="run", full_scope=None):
    return write_release(
        home.figures,
        lambda writer: writer.merge_indicator_values([file], full_scope=full_scope),
        run_id=run_id,
        description="prov",
    )


def cells(figures, release, kpi_id="N00001"):
    """The contents of a release as (place, year, gender) → number or reason."""
    table = stored_rows(figures.indicator_values(release, kpi_ids=[kpi_id]))
    return {
        (row.municipality_id, row.year, row.gender): row.reason if row.reason is not None else row.value
        for row in table.itertuples()
    }


def test_an_earlier_release_reads_as_it_was_known_then(home, stage):
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 10.0)]), "first")
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 11.0)]), "second")

    with open_figures(home) as figures:
        first, second = figures.releases()

        assert (first.run_id, second.run_id) == ("first", "second")
        assert cells(figures, first) == {(STOCKHOLM, 2020, "T"): 10.0}
        assert cells(figures, second) == {(STOCKHOLM, 2020, "T"): 11.0}
        assert figures.latest_release() == second


def test_a_moment_leads_to_the_release_that_was_known_then(home, stage):
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 10.0)]), "first")
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 11.0)]), "second")

    with open_figures(home) as figures:
        first, second = figures.releases()

        assert figures.release_as_of(first.known_at).run_id == "first"
        assert figures.release_as_of(second.known_at - timedelta(microseconds=1)).run_id == "first"
        assert figures.release_as_of(second.known_at).run_id == "second"
        with pytest.raises(NothingKnownThenError):
            figures.release_as_of(first.known_at - timedelta(days=1))


def test_zero_missing_suppressed_and_never_reported_stay_four_things(home, stage):
    keep(
        home,
        stage(
            [
                ("N00001", STOCKHOLM, 2020, "T", 0.0),
                ("N00001", STOCKHOLM, 2020, "K", "suppressed"),
                ("N00001", STOCKHOLM, 2020, "M", "missing"),
                ("N00001", UPPSALA, 2020, "T", "not_applicable"),
            ]
        ),
    )

    with open_figures(home) as figures:
        assert cells(figures, figures.latest_release()) == {
            (STOCKHOLM, 2020, "T"): 0.0,
            (STOCKHOLM, 2020, "K"): "suppressed",
            (STOCKHOLM, 2020, "M"): "missing",
            (UPPSALA, 2020, "T"): "not_applicable",
        }


def test_revisions_list_new_changed_and_withdrawn_values(home, stage):
    keep(
        home,
        stage(
            [
                ("N00001", STOCKHOLM, 2020, "T", 10.0),
                ("N00001", STOCKHOLM, 2021, "T", 12.0),
                ("N00001", UPPSALA, 2020, "T", "suppressed"),
            ]
        ),
    )
    keep(
        home,
        stage(
            [
                ("N00001", STOCKHOLM, 2020, "T", 10.5),
                ("N00001", STOCKHOLM, 2021, "T", "deleted"),
                ("N00001", UPPSALA, 2021, "T", 7.0),
            ]
        ),
    )

    with open_figures(home) as figures:
        first, second = figures.releases()
        revised = stored_rows(figures.revisions(first, second))

    assert list(revised[["municipality_id", "year", "change"]].itertuples(index=False, name=None)) == [
        (STOCKHOLM, 2020, "changed"),
        (STOCKHOLM, 2021, "withdrawn"),
        (UPPSALA, 2021, "new"),
    ]
    changed = revised.iloc[0]
    assert (changed.old_value, changed.new_value) == (10.0, 10.5)


def test_a_cell_changed_twice_is_one_revision_and_one_changed_back_is_none(home, stage):
    for there, and_back in [(1.0, 1.0), (2.0, 2.0), (3.0, 1.0)]:
        keep(
            home,
            stage([("N00001", STOCKHOLM, 2020, "T", there), ("N00001", UPPSALA, 2020, "T", and_back)]),
        )

    with open_figures(home) as figures:
        first, _, third = figures.releases()
        revised = stored_rows(figures.revisions(first, third))

    assert list(
        revised[["municipality_id", "old_value", "new_value"]].itertuples(index=False, name=None)
    ) == [(STOCKHOLM, 1.0, 3.0)]


def test_a_value_withdrawn_and_reported_unchanged_is_no_revision(home, stage):
    row = ("N00001", STOCKHOLM, 2020, "T")
    for content in (5.0, "deleted", 5.0):
        keep(home, stage([(*row, content)]))

    with open_figures(home) as figures:
        first, _, third = figures.releases()
        assert stored_rows(figures.revisions(first, third)).empty


def test_loading_the_same_again_changes_nothing_and_makes_no_release(home, stage):
    file = stage([("N00001", STOCKHOLM, 2020, "T", 10.0), ("N00001", UPPSALA, 2020, "T", "missing")])

    assert keep(home, file) == MergeCounts(new=2)
    assert keep(home, file) == MergeCounts(unchanged=2)

    with open_figures(home) as figures:
        assert len(figures.releases()) == 1


def test_values_missing_from_a_full_fetch_are_withdrawn_within_its_scope_only(home, stage):
    keep(
        home,
        stage(
            [
                ("N00001", STOCKHOLM, 2020, "T", 1.0),
                ("N00001", UPPSALA, 2020, "T", 2.0),
                ("N00001", UPPSALA, 2019, "T", 3.0),  # a year outside the scope
                ("N00002", UPPSALA, 2020, "T", 4.0),  # a KPI of which nothing came
                ("N00003", UPPSALA, 2020, "T", 5.0),  # a KPI outside the scope
            ]
        ),
    )
    scope = Scope(kpi_ids=["N00001", "N00002"], years=[2020])
    counts = keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 1.0)]), full_scope=scope)

    assert counts == MergeCounts(unchanged=1, withdrawn=1)
    with open_figures(home) as figures:
        release = figures.latest_release()
        assert cells(figures, release) == {(STOCKHOLM, 2020, "T"): 1.0, (UPPSALA, 2019, "T"): 3.0}
        assert cells(figures, release, "N00002") == {(UPPSALA, 2020, "T"): 4.0}
        assert cells(figures, release, "N00003") == {(UPPSALA, 2020, "T"): 5.0}


def test_a_full_fetch_of_some_municipalities_withdraws_nothing_of_the_others(home, stage):
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 1.0), ("N00001", UPPSALA, 2020, "T", 2.0)]))
    scope = Scope(kpi_ids=["N00001"], years=[2020], municipality_ids=[STOCKHOLM])

    assert keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 9.0)]), full_scope=scope) == MergeCounts(
        changed=1
    )


def test_the_latest_year_is_one_in_which_a_municipality_has_a_number(home, stage):
    keep(
        home,
        stage(
            [
                ("N00001", STOCKHOLM, 2020, "T", 1.0),
                ("N00001", STOCKHOLM, 2021, "T", "missing"),
                ("N00001", NATION, 2022, "T", 3.0),
                ("N00002", "0001", 2022, "T", 3.0),  # only regions have it
            ]
        ),
    )

    with open_figures(home) as figures:
        release = figures.latest_release()
        assert figures.latest_years(release, ["N00001", "N00002", "N00003"]) == {
            "N00001": 2020,
            "N00002": 2022,
        }
        assert figures.years_with_values(release, "N00001") == [2020, 2022]


def test_made_up_values_are_read_until_real_ones_are_stored(home, stage):
    with pytest.raises(NothingKeptError):
        open_figures(home)

    file = stage([("N00001", STOCKHOLM, 2020, "T", 1.0)])
    write_release(
        home.demonstration,
        lambda writer: writer.merge_indicator_values([file]),
        run_id="demo",
        description="påhittat",
        is_made_up=True,
    )
    with open_figures(home) as figures:
        assert figures.latest_release().is_made_up

    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 2.0)]))
    with open_figures(home) as figures:
        assert not figures.latest_release().is_made_up


def test_a_reader_that_is_open_sees_the_next_commit(home, stage):
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 1.0)]))
    with open_figures(home) as figures:
        before = figures.newest_commit()
        keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 2.0)]))

        assert figures.newest_commit() > before
        assert cells(figures, figures.latest_release()) == {(STOCKHOLM, 2020, "T"): 2.0}


def test_many_small_commits_are_merged_into_few_files_and_each_stays_readable(home, stage, monkeypatch):
    monkeypatch.setattr(compaction, "MANY_FILES", 3)
    numbers = [float(number) for number in range(6)]
    for number in numbers:
        keep(home, stage([("N00001", f"{1000 + number:.0f}", 2020, "T", number)]))

    with open_figures(home) as figures:
        releases = figures.releases()
        assert [sorted(cells(figures, release).values()) for release in releases] == [
            numbers[: count + 1] for count in range(6)
        ]
        assert stored_rows(figures.revisions(releases[0], releases[-1]))["new_value"].tolist() == numbers[1:]
    with connect(home.figures, read_only=True) as connection:
        (files,) = connection.execute(
            "SELECT file_count FROM ducklake_table_info('lake') WHERE table_name = 'indicator_value'"
        ).fetchall()
    assert files[0] <= 3


def test_an_error_halfway_rolls_everything_back_and_a_full_disk_is_explained(home, stage):
    keep(home, stage([("N00001", STOCKHOLM, 2020, "T", 1.0)]))
    file = stage([("N00001", STOCKHOLM, 2020, "T", 2.0)])

    def work(writer):
        writer.merge_indicator_values([file])
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFullError):
        write_release(home.figures, work, run_id="run", description="prov")
    with open_figures(home) as figures:
        assert cells(figures, figures.latest_release()) == {(STOCKHOLM, 2020, "T"): 1.0}


def test_many_threads_may_ask_one_reader_at_once(home, stage):
    kpi_ids = [f"N0000{number}" for number in range(8)]
    keep(home, stage([(kpi_id, STOCKHOLM, 2020, "T", float(place)) for place, kpi_id in enumerate(kpi_ids)]))

    with open_figures(home) as figures, ThreadPoolExecutor(8) as threads:
        release = figures.latest_release()
        tables = list(threads.map(lambda kpi_id: cells(figures, release, kpi_id), kpi_ids * 4))

    assert tables == [{(STOCKHOLM, 2020, "T"): float(place)} for place in range(8)] * 4
