"""The shared places: a catalogue and a workspace in PostgreSQL, values in an S3-compatible store."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from data.store.compaction import tidy
from data.store.figures import open_lake
from data.store.lake import open_figures
from data.store.writing import MergeCounts, write_release
from data.workspace import run_log
from data.workspace.run_log import RunStatus
from disclosure.writing import stored_rows
from tests.homes import home_at

HOW_TO_GET_ONE = (
    "PostgreSQL is absent, so the shared catalogue is not tested: sudo apt-get install postgresql"
)


def postgres_programs() -> Path | None:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) + [
        Path(path) for path in [shutil.which("initdb")] if path
    ]
    return programs[-1].resolve().parent if programs else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def postgres_url():
    programs = postgres_programs()
    if programs is None:
        pytest.skip(HOW_TO_GET_ONE)
    # PostgreSQL refuses to run as root, so root lends it to nobody.
    user = {"user": "nobody"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="jamfor-postgres-"))
    if user:
        shutil.chown(folder, "nobody")
    port = free_port()
    subprocess.run(
        [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "jamfor",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **user,
    )
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    server = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", *options],
        stderr=subprocess.DEVNULL,
        cwd=folder,
        **user,
    )
    ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(200):
        if subprocess.run(ready, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            break
        time.sleep(0.1)
    yield f"postgresql://jamfor@127.0.0.1:{port}/postgres"
    server.send_signal(signal.SIGINT)  # at once, though connections are still pooled
    server.wait(timeout=30)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def bucket():
    moto = pytest.importorskip("moto.server", reason="moto is absent: make setup")
    port = free_port()
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/jamfor", method="PUT")).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        patch.setenv("AWS_ACCESS_KEY_ID", "it's a key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_REGION", "eu-north-1")
        yield "s3://jamfor/values"
    server.stop()


def test_figures_and_runs_are_stored_and_read_on_shared_storage(tmp_path, stage, postgres_url, bucket):
    shared = home_at(
        tmp_path / "home",
        {"JAMFOR_FIGURES": f"{postgres_url}?values={bucket}", "JAMFOR_WORKSPACE": postgres_url},
    )
    assert open_lake(shared.figures) is None

    for value, counts in [(1.0, MergeCounts(new=1)), (2.0, MergeCounts(changed=1))]:
        file = stage([("N00001", "0180", 2020, "T", value)])
        run_id = run_log.start_run(shared.workspace, kind="kolada", scope={})
        merged = write_release(
            shared.figures,
            lambda writer, file=file: writer.merge_indicator_values([file]),
            run_id=run_id,
            description="prov",
        )
        assert merged == counts
        run_log.finish_run(shared.workspace, run_id, status=RunStatus.DONE)
    tidy(shared.figures)

    with open_figures(shared) as figures:
        first, second = figures.releases()
        assert [
            stored_rows(figures.indicator_values(release, kpi_ids=["N00001"]))["value"].tolist()
            for release in (first, second)
        ] == [[1.0], [2.0]]
        assert stored_rows(figures.revisions(first, second))["change"].tolist() == ["changed"]
    assert {run.run_id for run in run_log.runs(shared.stores)} == {first.run_id, second.run_id}
    assert not list((tmp_path / "home").rglob("*.parquet")), "values lie in the bucket, not in the home"
