"""The first start: the demonstration is made in a separate process, while the server loads its pages.

Where values are stored already, the process starts after the first page, so that it does not delay it. Where none are,
the values come first. Pages about stories and networks wait for the rest; other pages do not.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import streamlit as st

from app_pages.parts.words import _
from data.settings import read_settings

LONGEST_WAIT_SECONDS: Final = 60
PAUSE_SECONDS: Final = 0.1
_ROOT: Final = Path(__file__).parents[2]
_PROCESSES: Final[dict[str, subprocess.Popen[bytes]]] = {}
_DELAYED: Final[set[str]] = set()  # homes whose process starts when a page is shown or waits for it


def begin_if_empty() -> None:
    """Start the process before anything large is loaded, if no values are stored that a page could show meanwhile."""
    catalogue = read_settings().demonstration.catalogue_file
    if catalogue is None or not catalogue.exists():
        begin()
    else:
        _DELAYED.add(repr(read_settings()))


def begin() -> None:
    """Start the process, once per server and home. It makes what is missing, and ends if nothing is."""
    _start(repr(read_settings()))


def wait() -> None:
    """Wait until the demonstration is complete, if it is being made, and show that."""
    key = repr(read_settings())
    if key in _DELAYED:
        begin()
    process = _PROCESSES.get(key)
    if process is None or process.poll() is not None:
        return
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    with st.spinner(_("Skapar påhittade exempel och ett påhittat nätverk …")):
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)


@st.cache_resource(show_spinner=False)
def _start(key: str) -> None:
    """Start the process. It reads the same environment, and ends with this one when its standard input closes."""
    _PROCESSES[key] = subprocess.Popen(
        [sys.executable, "-m", "pipelines.demonstration_process"], cwd=_ROOT, stdin=subprocess.PIPE
    )
