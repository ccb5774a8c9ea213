"""Several processes at one lake: killed in the middle, writing at once, and one that comes too late."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.settings import Settings
from data.store.compaction import tidy
from data.store.lake import open_figures
from data.store.writing import write_release
from data.workspace import run_log
from data.workspace.run_log import RunStatus
from disclosure.writing import stored_rows
from domain.errors.storage import AnotherRunError

ROOT = Path(__file__).parents[2]
GOOD = ("N00001", "0180", 2020, "T", 1.0)

BEGINNING = """
import sys, time
from pathlib import Path
from data.settings import read_settings
from data.stores import open_stores
from data.store.writing import write_release
from data.workspace.run_log import start_run
home, files = read_settings(Path(sys.argv[1]), {}), [Path(file) for file in sys.argv[2:]]
"""

MERGE_AND_WAIT = """
def work(writer):
    writer.merge_indicator_values(files)
    print("merged", flush=True)
    time.sleep(60)
stores = open_stores(home)
with stores.lakes.real.writing_lock("killed"):
    start_run(stores.workspace, kind="kolada", scope={}, run_id="killed")
    write_release(home.figures, work, run_id="killed", description="prov")
"""

WRITE_EACH = """
for file in files:
    write_release(home.figures, lambda writer: writer.merge_indicator_values([file]), run_id=file.stem, description="prov")
"""


def start(program: str, home: Settings, *files: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-W", "ignore", "-c", BEGINNING + program, str(home.home), *map(str, files)]
    return subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def merge(home, file, run_id="run"):
    return write_release(
        home.figures, lambda writer: writer.merge_indicator_values([file]), run_id=run_id, description="prov"
    )


def values(figures):
    return stored_rows(figures.indicator_values(figures.latest_release(), kpi_ids=["N00001"]))[
        "value"
    ].tolist()


def test_a_writer_killed_in_the_middle_leaves_the_store_as_it_was(home, stage):
    merge(home, stage([GOOD]))
    changed = stage([(*GOOD[:4], 2.0)])
    writer = start(MERGE_AND_WAIT, home, changed)
    assert writer.stdout.readline() == "merged\n"

    with open_figures(home) as figures:
        assert values(figures) == [1.0], "a reader saw what was never committed"
        assert run_log.runs(home.stores)[0].status is RunStatus.RUNNING
        with pytest.raises(AnotherRunError, match=str(writer.pid)), home.lakes.real.writing_lock("second"):
            pytest.fail("two held the lock")

        writer.send_signal(signal.SIGKILL)
        writer.wait()

        assert values(figures) == [1.0]
        assert run_log.runs(home.stores)[0].status is RunStatus.INTERRUPTED
        assert home.lakes.real.lock_holder() is None
        with home.lakes.real.writing_lock("next"):
            merge(home, changed, "next")
        assert values(figures) == [2.0]


def test_files_that_a_killed_writer_left_are_tidied_away_and_history_stays(home, stage):
    merge(home, stage([GOOD]))
    writer = start(MERGE_AND_WAIT, home, stage([(*GOOD[:4], 2.0)]))
    writer.stdout.readline()
    writer.kill()
    writer.wait()
    for value in (3.0, 4.0, 5.0):
        merge(home, stage([(*GOOD[:4], value), ("N00002", "0180", 2020, "T", value)]))

    assert tidy(home.figures) == 0, "a young file may belong to a writer that is about to commit"
    assert tidy(home.figures, orphans_before=datetime.now(UTC) + timedelta(minutes=1)) > 0

    with open_figures(home) as figures:
        history = [
            stored_rows(figures.indicator_values(release, kpi_ids=["N00001"]))["value"].tolist()
            for release in figures.releases()
        ]
        first, *_, last = figures.releases()
        revised = stored_rows(figures.revisions(first, last, ["N00001"]))
    assert history == [[1.0], [3.0], [4.0], [5.0]]
    assert revised[["old_value", "new_value"]].to_numpy().tolist() == [[1.0, 5.0]]


def test_two_processes_that_write_at_once_lose_nothing(home, stage):
    merge(home, stage([GOOD]))
    writers = [
        start(WRITE_EACH, home, *(stage([(kpi_id, "0180", year, "T", 1.0)]) for year in range(2010, 2014)))
        for kpi_id in ("N00002", "N00003")
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0]

    with open_figures(home) as figures:
        release = figures.latest_release()
        assert len(figures.releases()) == 1 + 8
        assert all(
            figures.years_with_values(release, kpi_id) == [*range(2010, 2014)]
            for kpi_id in ("N00002", "N00003")
        )


def test_a_run_killed_after_its_commit_counts_as_done(home, stage):
    run_id = run_log.start_run(home.workspace, kind="kolada", scope={"kpi": ["N00001"]})
    merge(home, stage([GOOD]), run_id)

    assert run_log.runs(home.stores)[0].status is RunStatus.DONE


def test_the_log_shows_what_each_run_did_newest_first(home):
    for counts in ({"new": 1}, {"new": 2}):
        run_id = run_log.start_run(home.workspace, kind="kolada", scope={})
        run_log.finish_run(home.workspace, run_id, status=RunStatus.DONE, counts=counts)
    run_log.start_run(home.workspace, kind="demonstration", scope={})

    assert [run.counts for run in run_log.runs(home.stores, kind="kolada")] == [{"new": 2}, {"new": 1}]
    assert run_log.runs(home.stores, most=1)[0].kind == "demonstration"
    with pytest.raises(KeyError):
        run_log.finish_run(home.workspace, "never begun", status=RunStatus.DONE)
