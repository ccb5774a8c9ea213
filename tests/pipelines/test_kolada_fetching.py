"""Fetching: patient with faults, strict with refusals, never fetching a stored page again."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.choices import UnreadableChoiceError
from domain.errors.source import SourceAnswersWronglyError, SourceRefusedError, SourceUnreachableError
from pipelines.kolada import client
from pipelines.kolada.client import KoladaClient, Pace
from pipelines.kolada.fetching import Fetcher
from pipelines.kolada.page_forms import GarbledAnswerError, read_envelope
from pipelines.kolada.progress import Stage, ignore_progress
from pipelines.kolada.raw_pages import RawPages, RawPagesPlan, raw_folder
from pipelines.kolada.request_plan import MOST_IDS_IN_A_SEGMENT, DataScope, chain_paths
from pipelines.kolada.source_address import SourceAddress
from tests.pipelines.kolada_server import MadeUpKolada, serving

IN_A_HURRY = Pace(requests_per_second=500, first_wait_seconds=0.001)
QUESTION = {"url": "http://127.0.0.1", "kpi": ""}
PATH = "data/kpi/N00001/year/2020"


def some_cells(places=("0114", "0115", "0180"), kpis=("N00001",), years=(2020,)):
    return {(kpi, place, year, "T"): (float(year), "") for kpi in kpis for place in places for year in years}


def fetched(url, tmp_path, paths, run_id="run-1"):
    """The chains of some paths, fetched into a landing in `tmp_path`; and what the client counted."""
    landing = RawPages.begin(raw_folder(tmp_path), run_id, QUESTION)

    async def fetch():
        async with KoladaClient(IN_A_HURRY) as client:
            fetcher = Fetcher(client, landing, SourceAddress.read(url), ignore_progress)
            chains = await fetcher.chains(paths, Stage.FETCH)
            return chains, fetcher.bodies(chains), client.counts

    return (landing, *asyncio.run(fetch()))


@pytest.mark.parametrize("fault", ["429", "500", "503", "cut", "no json", "no envelope", "short"])
def test_a_passing_fault_is_overcome(fault, tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), fault=lambda number, _path: fault if number < 3 else None)
    with serving(kolada) as url:
        _, chains, _, counts = fetched(url, tmp_path, [PATH])
    assert [page.rows for page in chains[0]] == [3]
    assert (counts.requests, counts.retries) == (3, 2)


@pytest.mark.parametrize("status", ["400", "404", "410", "422"])
def test_a_refusal_is_reported_at_once_with_address_and_detail(status, tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), fault=lambda _number, _path: status)
    with serving(kolada) as url, pytest.raises(SourceRefusedError) as refusal:
        fetched(url, tmp_path, [PATH])
    assert f"{url}/{PATH}" in str(refusal.value)
    assert f"fault {status}" in str(refusal.value)
    assert len(kolada.requested_paths) == 1


def test_a_lasting_fault_is_reported_in_the_end(tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), fault=lambda _number, _path: "no json")
    with serving(kolada) as url, pytest.raises(SourceAnswersWronglyError) as refusal:
        fetched(url, tmp_path, [PATH])
    assert url in str(refusal.value)


def test_a_service_that_breaks_down_for_good_is_given_up_after_some_patience(tmp_path, monkeypatch):
    kolada = MadeUpKolada(
        cells=some_cells(), per_page=1, fault=lambda number, _path: "503" if number > 1 else None
    )
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.0)
    with serving(kolada) as url, pytest.raises(SourceAnswersWronglyError, match="503"):
        fetched(url, tmp_path, [PATH])
    assert len(kolada.requested_paths) == 1 + 2


def test_an_unreachable_source_is_reported_after_a_few_attempts(tmp_path):
    with serving(MadeUpKolada()) as url:
        pass
    with pytest.raises(SourceUnreachableError) as refusal:
        fetched(url, tmp_path, [PATH])
    assert url in str(refusal.value)


def test_pages_are_followed_to_the_end(tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), per_page=1)
    with serving(kolada) as url:
        _, chains, bodies, _ = fetched(url, tmp_path, [PATH])
    assert [page.rows for page in chains[0]] == [1, 1, 1]
    places = [msgspec.json.decode(body)["values"][0]["municipality"] for _, body in bodies]
    assert places == ["0114", "0115", "0180"]


def test_a_next_page_at_another_host_is_fetched_from_the_chosen_host(tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), per_page=2, named_host="https://inside.invalid")
    with serving(kolada) as url:
        _, chains, _, _ = fetched(url, tmp_path, [PATH])
    assert [page.rows for page in chains[0]] == [2, 1]


def test_next_pages_that_lead_in_a_ring_are_refused(tmp_path):
    kolada = MadeUpKolada(cells=some_cells(), fault=lambda _number, _path: "ring")
    with serving(kolada) as url, pytest.raises(SourceAnswersWronglyError):
        fetched(url, tmp_path, [PATH])


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"values": []}', b'{"values": [1], "count": 2}', b'{"values"']
)
def test_a_body_that_is_not_a_page_is_garbled(body):
    with pytest.raises(GarbledAnswerError):
        read_envelope(body)


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("https://api.kolada.se/v3", "https://api.kolada.se/v3"),
        ("https://api.kolada.se/v3/", "https://api.kolada.se/v3"),
        ("https://api.kolada.se", "https://api.kolada.se/v3"),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123/v3"),
        ("https://proxy.example/kolada/v3", "https://proxy.example/kolada/v3"),
    ],
)
def test_an_address_may_be_written_with_or_without_its_end(written, base):
    assert SourceAddress.read(written).base == base


@pytest.mark.parametrize("written", ["api.kolada.se", "ftp://x/v3", "", "https://"])
def test_an_invalid_source_address_is_refused(written):
    with pytest.raises(UnreadableChoiceError):
        SourceAddress.read(written)


def test_a_next_address_keeps_its_query_and_the_prefix_of_the_base():
    address = SourceAddress.read("https://proxy.example/kolada/v3")
    following = address.following("http://inside:8080/v3/data/kpi/N1/year/2020?from_date=2024-01-01&page=2")
    assert following == "https://proxy.example/kolada/v3/data/kpi/N1/year/2020?from_date=2024-01-01&page=2"


scopes = st.builds(
    DataScope,
    kpi_ids=st.integers(0, 120).map(lambda n: tuple(f"N{i:05d}" for i in range(n))),
    years=st.integers(0, 60).map(lambda n: tuple(range(1970, 1970 + n))),
    municipality_ids=st.none() | st.integers(0, 60).map(lambda n: tuple(f"{i:04d}" for i in range(n))),
)


@given(scope=scopes, since=st.none() | st.just(date(2024, 1, 30)))
def test_the_chains_fetch_each_kpi_year_and_place_exactly_once(scope, since):
    cells = []
    for path in chain_paths(scope, from_date=since):
        plain, _, query = path.partition("?")
        assert query == ("from_date=2024-01-30" if since else "")
        parts = plain.split("/")
        ids = {name: part.split(",") for name, part in zip(parts[1::2], parts[2::2], strict=True)}
        assert all(0 < len(measure_id) <= MOST_IDS_IN_A_SEGMENT for measure_id in ids.values())
        places = ids.get("municipality", ["any"])
        cells += [(kpi, int(year), place) for kpi in ids["kpi"] for year in ids["year"] for place in places]
    places = ("any",) if scope.municipality_ids is None else scope.municipality_ids
    assert sorted(cells) == sorted((k, y, p) for k in scope.kpi_ids for y in scope.years for p in places)


def test_a_small_scope_is_cut_into_chains_enough_to_keep_the_pace():
    scope = DataScope(tuple(f"N{i:05d}" for i in range(23)), tuple(range(2000, 2027)))
    assert len(chain_paths(scope)) >= 20
    assert len(chain_paths(scope, from_date=date(2024, 1, 30))) == 2  # two batches of years


def test_an_interrupted_run_is_resumed_and_its_pages_are_not_fetched_again(tmp_path):
    kolada = MadeUpKolada(cells=some_cells(years=(2020, 2021)))
    with serving(kolada) as url:
        fetched(url, tmp_path, [PATH])
        landing, chains, _, _ = fetched(url, tmp_path, [PATH, "data/kpi/N00001/year/2021"], run_id="run-2")
    assert [path.rpartition("/")[2] for path in kolada.requested_paths] == ["2020", "2021"]
    assert landing.plan.resumed_from == ("run-1",)
    assert [page.rows for chain in chains for page in chain] == [3, 3]


def test_a_damaged_page_is_fetched_again(tmp_path):
    kolada = MadeUpKolada(cells=some_cells())
    with serving(kolada) as url:
        landing, chains, _, _ = fetched(url, tmp_path, [PATH])
        (file, _page) = landing.files(chains[0])[0]
        file.write_bytes(file.read_bytes()[:-3] + b"???")
        fetched(url, tmp_path, [PATH], run_id="run-2")
    assert len(kolada.requested_paths) == 2


def test_a_line_that_a_killed_run_was_writing_is_no_page(tmp_path):
    kolada = MadeUpKolada(cells=some_cells())
    with serving(kolada) as url:
        landing, _, _, _ = fetched(url, tmp_path, [PATH])
        with (landing.folder / "manifest.jsonl").open("ab") as manifest:
            manifest.write(b'{"number": 2, "url": "http')
        fetched(url, tmp_path, [PATH, "data/kpi/N00001/year/2021"], run_id="run-2")
        fetched(url, tmp_path, [PATH, "data/kpi/N00001/year/2021"], run_id="run-3")
    assert len(kolada.requested_paths) == 2


@pytest.mark.parametrize("mark", ["finished", "refused", "other question", "too old"])
def test_a_landing_that_is_not_ours_to_go_on_with_is_left_alone(mark, tmp_path):
    kolada = MadeUpKolada(cells=some_cells())
    with serving(kolada) as url:
        landing, _, _, _ = fetched(url, tmp_path, [PATH])
        if mark == "finished":
            landing.finish()
        elif mark == "refused":
            landing.refuse("because")
        else:
            plan = RawPagesPlan(
                {**QUESTION, "kpi": "all"} if mark == "other question" else QUESTION,
                datetime.now(UTC) - (timedelta(days=2) if mark == "too old" else timedelta()),
            )
            (landing.folder / "plan.json").write_bytes(msgspec.json.encode(plan))
        again, _, _, _ = fetched(url, tmp_path, [PATH], run_id="run-2")
    assert len(kolada.requested_paths) == 2
    assert again.plan.resumed_from == ()
    assert (tmp_path / "raw" / "kolada" / "run-1").is_dir()


def test_a_page_is_stored_with_address_time_and_checksum(tmp_path):
    kolada = MadeUpKolada(cells=some_cells())
    with serving(kolada) as url:
        landing, chains, bodies, _ = fetched(url, tmp_path, [PATH])
    listed = [
        msgspec.json.decode(line) for line in (landing.folder / "manifest.jsonl").read_bytes().splitlines()
    ]
    assert [line["url"] for line in listed] == [f"{url}/{PATH}"]
    assert datetime.now(UTC) - datetime.fromisoformat(listed[0]["fetched_at"]) < timedelta(minutes=5)
    assert len(listed[0]["sha256"]) == 64
    assert landing.body(chains[0][0]) == bodies[0][1]
