"""Fetch from Kolada in a separate thread, so that the page stays responsive and can show the progress."""

import logging
import os
import threading
import time
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from app_pages.parts.local_server import is_local
from data.stores import Stores
from domain.errors.user_error import UserError
from pipelines.kolada.progress import Progress
from pipelines.kolada.source_address import DEFAULT_URL
from pipelines.kolada.sync import sync
from pipelines.kolada.sync_choice import SyncChoice
from pipelines.kolada.sync_report import SyncReport

SECONDS_OF_NEWS: Final = 600  # the run log keeps it for good

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Fetch:
    """The fetch of this process: running, finished with a report, or stopped by an error."""

    thread: threading.Thread | None = None
    progress: Progress | None = None
    report: SyncReport | None = None
    error: UserError | None = None
    ended_at: float = 0.0  # by the process's own clock
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    @property
    def is_news(self) -> bool:
        """Whether it ended so recently that its outcome is worth showing."""
        return time.monotonic() - self.ended_at < SECONDS_OF_NEWS

    def start(self, stores: Stores, url: str) -> None:
        """Start a fetch unless one is already running."""
        with self.lock:
            if self.is_running:
                return
            self.progress = self.report = self.error = None
            self.thread = threading.Thread(
                target=self._run, args=(stores, url), name="kolada-sync", daemon=True
            )
            self.thread.start()

    def _run(self, stores: Stores, url: str) -> None:
        try:
            self.report = sync(stores, SyncChoice(url=url), report_progress=self._watch)
        except UserError as error:
            self.error = error
        except Exception:
            log.exception("The fetch from Kolada failed")
            self.error = UserError()
        finally:
            self.ended_at = time.monotonic()

    def _watch(self, progress: Progress) -> None:
        self.progress = progress


@st.cache_resource(show_spinner=False)
def the_fetch() -> Fetch:
    """Return the fetch of this process, which every session shares."""
    return Fetch()


def source_url() -> str:
    """Return the address of Kolada's API: `JAMFOR_KOLADA_URL`, or Kolada itself."""
    return os.environ.get("JAMFOR_KOLADA_URL") or DEFAULT_URL


def is_allowed() -> bool:
    """Whether this reader may start a fetch: only where the server can be reached from its own machine alone.

    Until readers have roles, a page open to the world must not let anybody make the server work.
    """
    return is_local()
