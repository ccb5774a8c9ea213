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
from typing import Final

import httpx

ROOT: Final = Path(__file__).parents[1]
SECONDS_TO_START: Final = 60
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def served(script: Path, home: Path) -> Iterator[str]:
    """The address of a Streamlit script that keeps everything in `home`. Raises `TimeoutError` if it never answers."""
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
        yield url
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
