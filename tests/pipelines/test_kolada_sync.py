"""A whole run, from HTTP to a release, and everything that can go wrong."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from cli.main import app
from data.reference import corrections, measure_sets
from data.store import writing
from data.store.figures import open_lake
from data.store.lake import open_figures
from data.workspace.run_log import RunStatus, runs
from disclosure.writing import stored_rows
from domain.errors.choices import UnknownMeasureError, UnknownPlaceError
from domain.errors.source import (
    CorrectionOutdatedError,
    EmptyAnswerError,
    SourceRefusedError,
    UnknownStatusError,
)
from domain.errors.storage import AnotherRunError, DiskFullError
from pipelines.kolada import raw_pages
from pipelines.kolada.client import Pace
from pipelines.kolada.progress import Stage
from pipelines.kolada.sync import sync
from pipelines.kolada.sync_choice import SyncChoice
from tests.homes import home_at
from tests.messages import swedish
from tests.pipelines.kolada_server import MadeUpKolada, serving

IN_A_HURRY = Pace(requests_per_second=500, first_wait_seconds=0.001)
PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"


def cells(years=(2020, 2021, 2022), kpis=("N00001", "N00002"), places=("0000", "0114", "0115"), factor=1.0):
    return {
        (kpi, place, year, gender): (factor * (year - 2000 + number + len(gender)), "")
        for number, kpi in enumerate(kpis)
        for place in places
        for year in years
        for gender in "TKM"
    }


@pytest.fixture
def kolada():
    return MadeUpKolada(cells=cells())


@pytest.fixture
def url(kolada):
    with serving(kolada) as address:
        yield address


@pytest.fixture
def home(tmp_path):
    """An empty home."""
    return home_at(tmp_path / "det är ett hem")


@pytest.fixture(scope="module")
def first_run(tmp_path_factory):
    """A home that has been through one run over `cells()`; copied for each test, since a run takes seconds."""
    folder = tmp_path_factory.mktemp("first run") / "home"
    with serving(MadeUpKolada(cells=cells())) as url:
        run(home_at(folder), url)
    return folder


@pytest.fixture
def filled(first_run, home):
    """A home with what the `kolada` fixture publishes."""
    shutil.copytree(first_run, home.home)
    return home


def run(home, url, **choice):
    given = {"kpi": "N00001,N00002", "years": "2018-2023"} | choice
    return sync(home.stores, SyncChoice(url=url, **given), pace=IN_A_HURRY)


def stored_cells(home, release=None):
    """Every stored cell: a number, or the reason for none."""
    with open_figures(home) as figures:
        table = stored_rows(
            figures.indicator_values(
                release or figures.latest_release(), kpi_ids=["N00001", "N00002", "N15428", "U07417"]
            )
        )
    return {
        (row.kpi_id, row.municipality_id, int(row.year), row.gender): row.reason
        if isinstance(row.reason, str)
        else row.value
        for row in table.itertuples()
    }


def published(kolada):
    return {cell: value for cell, (value, _status) in kolada.cells.items()}


def test_everything_published_is_stored_with_catalogue_places_and_groups(home, url, kolada):
    kolada.cells[("N00001", "0180", 2022, "T")] = (None, "Privacy")
    report = run(home, url)
    assert stored_cells(home) == published(kolada) | {("N00001", "0180", 2022, "T"): "suppressed"}
    assert (report.counts.new, report.rows, report.without_values) == (
        len(kolada.cells),
        len(kolada.cells),
        (),
    )
    with open_figures(home) as figures:
        release = figures.latest_release()
        assert release.run_id == report.run_id
        assert release.known_at == report.release
        assert not release.is_made_up
        assert figures.kpis(release).set_index("id").loc["N00001", "unit"] == "%"
        assert "Stockholm" in set(figures.municipalities(release)["title"])
        assert figures.group_members(release, "G1") == ("0114", "0115")


def test_the_run_log_says_what_was_done(home, url):
    report = run(home, url)
    (logged,) = runs(home.stores)
    assert (logged.run_id, logged.kind, logged.status) == (report.run_id, "kolada", RunStatus.DONE)
    assert logged.counts["new"] == report.counts.new
    assert logged.scope["kpi"] == "N00001,N00002"


def test_faults_of_every_kind_change_nothing_in_the_store(home, url, kolada):
    kolada.per_page = 4
    faults, requests = ("429", "500", "cut", "no json", "short", "no envelope"), Counter()

    def fault(_number, path):
        """The first two answers to an address are wrong, each kind in its turn, in whatever order they are asked for."""
        requests[path] += 1
        return (
            faults[(zlib.crc32(path.encode()) + requests[path]) % len(faults)]
            if requests[path] <= 2
            else None
        )

    kolada.fault = fault
    report = run(home, url)
    assert stored_cells(home) == published(kolada)
    assert report.retries > 0


def test_a_second_run_asks_for_changes_and_looks_at_a_sample(filled, url, kolada):
    kolada.requested_paths.clear()
    report = run(filled, url)
    assert any("from_date=" in path for path in kolada.requested_paths)
    assert report.counts == writing.MergeCounts()
    assert (report.spot_checked_cells > 0, report.spot_check_missed, report.fetched_in_full) == (True, 0, 0)
    with open_figures(filled) as figures:
        assert len(figures.releases()) == 1


def test_changes_new_values_and_deletions_are_applied(filled, url, kolada):
    changed, deleted, new = (
        ("N00001", "0114", 2022, "T"),
        ("N00002", "0115", 2020, "K"),
        ("N00002", "0114", 2023, "T"),
    )
    kolada.changes = {changed: (99.0, ""), deleted: None, new: (1.0, "")}
    kolada.cells |= {changed: (99.0, ""), new: (1.0, "")}
    del kolada.cells[deleted]
    report = run(filled, url)
    assert stored_cells(filled) == published(kolada)
    assert (report.counts.new, report.counts.changed, report.counts.withdrawn) == (1, 1, 1)
    assert report.fetched_in_full == 0


def test_a_change_list_that_misses_something_is_noticed_and_everything_fetched(filled, url, kolada):
    kolada.cells = cells(years=(2021, 2022, 2023), factor=1.01)  # and the list of changes says nothing
    report = run(filled, url)
    assert stored_cells(filled) == published(kolada)
    assert report.spot_check_missed > 0
    assert "ändringslista" in swedish(report.warnings[0])


def test_earlier_releases_can_still_be_read(filled, url, kolada):
    before = stored_cells(filled)
    kolada.cells = cells(years=(2021, 2022, 2023), factor=1.01)
    run(filled, url)
    with open_figures(filled) as figures:
        first, second = figures.releases()
        assert figures.release_as_of(second.known_at - timedelta(microseconds=1)).number == first.number
    assert stored_cells(filled, first) == before


def test_a_kpi_that_is_new_to_the_store_is_fetched_in_full_whatever_since_says(home, url, kolada):
    run(home, url, kpi="N00001")
    report = run(home, url, since="2024-01-30")
    assert report.fetched_in_full == 1
    assert stored_cells(home) == published(kolada)


def test_a_wider_choice_than_before_is_fetched_in_full(home, url, kolada):
    run(home, url, municipality="0114", years="2021-2022")
    assert {cell[1] for cell in stored_cells(home)} == {"0114"}
    run(home, url)
    assert stored_cells(home) == published(kolada)


def test_a_full_fetch_withdraws_only_within_the_requested_scope(filled, url, kolada):
    before = stored_cells(filled)
    kolada.cells = cells(years=(2021,), places=("0114",))
    run(filled, url, since="never", municipality="0114", years="2021-2022")
    gone = {cell for cell in before if cell[1] == "0114" and cell[2] == 2022}
    assert stored_cells(filled) == {cell: value for cell, value in before.items() if cell not in gone}


def test_a_kpi_without_values_any_more_is_kept_and_reported(filled, url, kolada):
    before = stored_cells(filled)
    kolada.titles = {"N00002": "Något, andel (%)"}
    kolada.cells = cells(kpis=("N00001",))
    report = run(filled, url, since="never")
    assert stored_cells(filled) == before
    assert any("N00002" in swedish(warning) for warning in report.warnings)


def test_a_kpi_dropped_from_the_catalogue_is_kept_and_reported_but_no_longer_fetched(filled, url, kolada):
    before = stored_cells(filled)
    kolada.cells = cells(kpis=("N00001",))
    report = run(filled, url, kpi=None, since="never")
    assert report.kpi_ids == ("N00001",)
    assert stored_cells(filled) == before
    assert "N00002" in swedish(report.warnings[0])
    with open_figures(filled) as figures:
        assert "N00002" in set(figures.kpis(figures.latest_release())["id"])


def test_a_kpi_that_never_gave_anything_is_named(home, url, kolada):
    kolada.titles = {"N00009": "Tomt, andel (%)"}
    assert run(home, url, kpi="N00001,N00009").without_values == ("N00009",)


def test_without_a_choice_the_measure_sets_and_the_stored_kpis_are_fetched(home, url, kolada):
    corrected = {correction.kpi_id for correction in corrections()}
    in_a_set = next(measure_id for measure_id in measure_sets()[0].measure_ids if measure_id not in corrected)
    kolada.cells |= cells(kpis=(in_a_set,))
    run(home, url, kpi="N00001")
    assert run(home, url, kpi=None).kpi_ids == tuple(sorted(("N00001", in_a_set)))


@pytest.mark.parametrize(
    ("choice", "error", "refusal"),
    [
        ({"kpi": "N00003"}, UnknownMeasureError, "Menade du"),
        ({"municipality": "0116"}, UnknownPlaceError, "Menade du"),
    ],
)
def test_unknown_names_are_reported_before_any_figure_is_fetched(choice, error, refusal, home, url, kolada):
    with pytest.raises(error, match=refusal):
        run(home, url, **choice)
    assert kolada.data_paths() == []
    assert runs(home.stores)[0].status is RunStatus.FAILED


def assert_as_it_was(home, before):
    """The store is unchanged, and its newest release is the one before."""
    assert stored_cells(home) == before
    with open_figures(home) as figures:
        assert len(figures.releases()) == 1


@pytest.mark.parametrize("fault", ["404", "unknown status", "empty"])
def test_a_run_that_fails_half_way_changes_nothing(fault, filled, url, kolada):
    before = stored_cells(filled)
    kolada.cells = cells(factor=2.0)
    if fault == "404":
        kolada.fault = lambda _number, path: "404" if "N00002" in path else None
        error = SourceRefusedError
    elif fault == "unknown status":
        kolada.cells[("N00002", "0114", 2020, "T")] = (1.0, "Estimated")
        error = UnknownStatusError
    else:
        kolada.titles = dict.fromkeys(("N00001", "N00002"), "Något, andel (%)")
        kolada.cells = {}
        error = EmptyAnswerError
    with pytest.raises(error):
        run(filled, url, since="never")
    assert_as_it_was(filled, before)
    assert runs(filled.stores)[0].status is RunStatus.FAILED


def test_unusable_pages_are_not_resumed(home, url, kolada):
    kolada.cells[("N00002", "0114", 2020, "T")] = (1.0, "Estimated")
    with pytest.raises(UnknownStatusError):
        run(home, url)
    kolada.cells = cells()
    assert run(home, url).pages_taken_over == 0
    assert stored_cells(home) == published(kolada)


def test_an_interrupted_run_continues_where_it_stopped(home, url, kolada):
    kolada.per_page = 4
    kolada.fault = lambda _number, path: "404" if "page=3" in path else None
    with pytest.raises(SourceRefusedError):
        run(home, url)
    kolada.fault = lambda _number, _path: None
    kolada.requested_paths.clear()
    report = run(home, url)
    assert report.pages_taken_over > 0
    assert not any(path.endswith(("/kpi", "/municipality")) for path in kolada.requested_paths)
    assert stored_cells(home) == published(kolada)


def test_a_source_that_moved_on_after_an_interruption_is_fetched_again(home, url, kolada):
    kolada.per_page = 4
    kolada.fault = lambda _number, path: "404" if "page=3" in path else None
    with pytest.raises(SourceRefusedError):
        run(home, url)
    kolada.fault = lambda _number, _path: None
    kolada.cells = cells(factor=3.0)
    report = run(home, url)
    assert stored_cells(home) == published(kolada)
    assert "Källan har ändrats" in swedish(report.warnings[0])


def test_a_full_disk_is_reported_and_the_store_is_unchanged(filled, url, kolada, monkeypatch):
    before = stored_cells(filled)
    kolada.cells = cells(factor=2.0)

    def no_space(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(raw_pages, "_write_atomically", no_space)
    with pytest.raises(DiskFullError):
        run(filled, url, since="never")
    monkeypatch.undo()
    assert_as_it_was(filled, before)


def test_two_runs_at_once_are_one_too_many(home, url):
    with home.lakes.real.writing_lock("other"), pytest.raises(AnotherRunError):
        run(home, url)


def test_a_kpi_that_comes_on_another_level_is_flagged_as_redefined(home, url, kolada):
    many = tuple(f"{code:04d}" for code in range(114, 144))
    kolada.places |= dict.fromkeys(many, "Kommun")
    kolada.cells = cells(kpis=("N00001",), places=many) | cells(kpis=("N00002",), places=many)
    run(home, url)
    kolada.cells = cells(kpis=("N00001",), places=many, factor=100) | cells(kpis=("N00002",), places=many)
    report = run(home, url, since="never")
    (redefined,) = report.redefined
    assert (redefined.kpi_id, redefined.first_year) == ("N00001", None)
    assert redefined.factor == pytest.approx(100)
    with open_figures(home) as figures:
        breaks = figures.level_breaks(figures.latest_release())
    assert breaks["kpi_id"].tolist() == ["N00001"]
    assert breaks["found_by_run"].tolist() == [report.run_id]
    assert run(home, url, since="never").redefined == ()


def test_a_run_of_nothing_but_a_redefined_kpi_flags_it_too(home, url, kolada):
    many = tuple(f"{code:04d}" for code in range(114, 144))
    kolada.places |= dict.fromkeys(many, "Kommun")
    for factor in (1, 100):
        kolada.cells = cells(kpis=("N00001",), places=many, factor=factor)
        report = run(home, url, kpi="N00001", since="never")
    assert [redefinition.kpi_id for redefinition in report.redefined] == ["N00001"]


def test_known_errors_of_the_source_are_put_right(home, url, kolada):
    kolada.cells = {("N15428", place, 2013, "T"): (80.0, "") for place in ("0114", "0115", "0180")}
    kolada.places |= {"2305": "Bräcke"}
    kolada.cells[("N15428", "2305", 2013, "T")] = (0.0, "")
    kolada.cells[("U07417", "0114", 2013, "T")] = (35.0, "")
    kolada.titles["U07417"] = "Anmälda stöld- och tillgreppsbrott, antal/100 000 inv"
    report = run(home, url, kpi="N15428,U07417", years="2013")
    assert stored_cells(home)[("N15428", "2305", 2013, "T")] == "suppressed"
    assert report.corrections == {"N15428-2305-2013-T": 1}
    assert report.units == {"U07417": "per 1\u00a0000 inv"}
    with open_figures(home) as figures:
        kpis = figures.kpis(figures.latest_release()).set_index("id")
    assert kpis.loc["U07417", "unit"] == "per 1\u00a0000 inv"
    run(home, url, kpi="N15428", years="2013")  # a run without the KPI keeps its unit right
    with open_figures(home) as figures:
        kpis = figures.kpis(figures.latest_release()).set_index("id")
    assert kpis.loc["U07417", "unit"] == "per 1\u00a0000 inv"


def test_a_correction_whose_source_has_changed_stops_the_run(home, url, kolada):
    places = [f"{code:04d}" for code in range(114, 134)]
    kolada.places |= dict.fromkeys(places, "Kommun")
    kolada.cells = {("N15428", place, 2013, "T"): (0.8, "") for place in places}
    with pytest.raises(CorrectionOutdatedError, match="N15428"):
        run(home, url, kpi="N15428", years="2013")
    assert open_lake(home.figures) is None


KILLED = """
import sys
from data.settings import read_settings
from data.stores import open_stores
from pathlib import Path
from pipelines.kolada.sync_choice import SyncChoice
from pipelines.kolada.client import Pace
from pipelines.kolada.sync import sync

def watch(progress):
    print(progress.stage, flush=True)
    if progress.stage == sys.argv[3]:
        sys.stdin.read()

stores = open_stores(read_settings(Path(sys.argv[1]), environment={}))
choice = SyncChoice(url=sys.argv[2], kpi="N00001,N00002", years="2018-2023", since="never")
sync(stores, choice, report_progress=watch, pace=Pace(500, 0.001))
"""


@pytest.mark.parametrize("stage", [Stage.CATALOGUE, Stage.FETCH, Stage.SHAPE, Stage.STORE])
def test_a_run_killed_at_any_stage_leaves_the_store_as_it_was_and_the_next_one_goes_on(
    stage, filled, url, kolada
):
    before = stored_cells(filled)
    kolada.cells = cells(factor=2.0)
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(filled.home), url, stage],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while killed.stdout.readline().strip() != stage:
        assert killed.poll() is None
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert_as_it_was(filled, before)
    assert runs(filled.stores)[0].status is RunStatus.INTERRUPTED
    report = run(filled, url, since="never")
    assert stored_cells(filled) == published(kolada)
    assert (report.pages_taken_over > 0) == (stage is not Stage.CATALOGUE)


def test_a_run_killed_after_its_commit_is_done_and_its_pages_are_not_used_again(
    home, url, kolada, monkeypatch
):
    monkeypatch.setattr(raw_pages.RawPages, "finish", lambda _landing: None)
    run(home, url)
    monkeypatch.undo()
    kolada.cells = cells(factor=2.0)
    report = run(home, url, since="auto")
    assert report.pages_taken_over == 0
    assert stored_cells(home) == published(kolada)


@contextmanager
def real_kolada(*options):
    """The development server with real values and faults; gives its address."""
    server = subprocess.Popen(
        [sys.executable, str(SHARED / "tools" / "kolada_v3_server.py"), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()


def real_cells(day):
    """The cells of two KPIs in one pull, as they should be stored."""
    rows = duckdb.execute(
        """
        SELECT kpi, municipality, period, gender,
            CASE status WHEN 'Privacy' THEN 'suppressed' WHEN 'Not applicable' THEN 'not_applicable'
                WHEN 'Missing' THEN 'missing' ELSE CASE WHEN value IS NULL THEN 'missing' END END AS reason,
            value
        FROM read_parquet($file) WHERE kpi IN ('N15428', 'U07417')
        """,
        {"file": str(SHARED / "kolada" / f"pull-{day}.parquet")},
    ).fetchall()
    return {tuple(row[:4]): row[4] or row[5] for row in rows}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the development material is not here")
def test_two_real_pulls_in_a_row_are_stored_cell_by_cell(home):
    faults = [option for fault in ("429:7", "500:5", "drop:6", "garble:8") for option in ("--fault", fault)]
    with real_kolada("--as-of", "2023-03-28", *faults) as url:
        run(home, url, kpi="N15428,U07417", years="2006-2023")
    assert stored_cells(home) == real_cells("2023-03-28")
    with real_kolada(*faults) as url:
        report = run(home, url, kpi="N15428,U07417", years="2006-2023")
    later = real_cells("2024-01-30")
    wrong = {cell for cell, content in later.items() if cell[0] == "N15428" and content == 0}
    assert len(wrong) == sum(report.corrections.values()) == 9
    assert stored_cells(home) == later | dict.fromkeys(wrong, "suppressed")
    assert report.spot_check_missed > 0
    with open_figures(home) as figures:
        first, _second = figures.releases()
    assert stored_cells(home, first) == real_cells("2023-03-28")


def jamfor(*arguments, home):
    from typer.testing import CliRunner

    return CliRunner().invoke(app, ["--home", str(home.home), *arguments])


def test_the_command_writes_its_outcome_as_json_alone_on_standard_output(home, url):
    outcome = jamfor(
        "kolada", "sync", "--url", url, "--kpi", "N00001", "--years", "2020-2022", "--json", home=home
    )
    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout)["new"] == 27
    status = jamfor("status", "--json", home=home)
    answer = json.loads(status.stdout)
    assert (answer["kpis"], answer["values"], answer["years"], answer["is_made_up"]) == (
        1,
        27,
        [2020, 2022],
        False,
    )
    assert answer["runs"][0]["status"] == "done"


def test_bad_input_is_a_sentence_and_exit_code_one(home, url):
    outcome = jamfor("kolada", "sync", "--url", url, "--kpi", "N0000X", home=home)
    assert outcome.exit_code == 1
    assert "Menade du" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_the_status_of_an_empty_home_is_no_error(home):
    outcome = jamfor("status", "--json", home=home)
    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout)["release"] is None
