"""The product served as `streamlit run` does, on a free port, for as long as somebody measures or tries it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import psutil

ROOT: Final = Path(__file__).parents[1]
SECONDS_TO_START: Final = 60
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


EMPTY_PAGE: Final = Path(__file__).with_name("empty_page.py")


class Server(NamedTuple):
    """A running server: its address and its process."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """The CPU time, user and system, that the server and its child processes have used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)

    def resident_mib(self) -> float:
        return float(self.process.memory_info().rss) / 2**20


@contextmanager
def serve(script: Path, home: Path) -> Iterator[Server]:
    """Serve a Streamlit script that keeps everything in `home`. Raises `TimeoutError` if it never answers."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            f"--server.port={port}",
            "--server.headless=true",
        ],
        cwd=ROOT,
        env=os.environ | {"JAMFOR_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url)
        yield Server(url, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def installed_browser() -> str | None:
    """The machine's own browser, or `None` where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _wait_for(url: str) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < last:
        try:
            if httpx.get(f"{url}/_stcore/health").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise TimeoutError(url)
