"""Made-up stories and a made-up network beside the made-up values, made while the first page is already read.

It takes some seconds, so they are made in the background; a page about either waits for them, other pages do not.
"""

import logging
import time
from threading import Thread

import streamlit as st

from app_pages.parts import open_library
from app_pages.parts.words import _
from data.places import Settings, settings
from domain.errors import UserError
from pipelines.demonstration.network import ensure_demonstration_network
from pipelines.demonstration.stories import ensure_demonstration_stories

LONGEST_WAIT_SECONDS = 60
LONGEST_WAIT_FOR_VALUES_SECONDS = 300
PAUSE_SECONDS = 0.25
_LOG = logging.getLogger(__name__)


def begin() -> None:
    """Begin to make them, once a process, where they are wanted."""
    places = settings()
    _begun(places, repr(places))


def wait() -> None:
    """Wait for them, if they are being made, and say so."""
    places = settings()
    making = _MAKING.get(repr(places))
    if making is not None and making.is_alive():
        with st.spinner(_("Skapar påhittade exempel och ett påhittat nätverk …")):
            making.join(LONGEST_WAIT_SECONDS)


_MAKING: dict[str, Thread] = {}


@st.cache_resource(show_spinner=False)
def _begun(_places: Settings, key: str) -> bool:
    thread = Thread(target=_make, args=(_places,), name="demonstration", daemon=True)
    _MAKING[key] = thread
    thread.start()
    return True


def _make(places: Settings) -> None:
    """Once the first page has made the values. Nothing that fails here may keep anybody from reading, nor the one from the other;
    the next start tries again."""
    _wait_for_values(places)
    for ensure in (ensure_demonstration_stories, ensure_demonstration_network):
        try:
            ensure(places)
        except UserError as error:
            _LOG.warning("%s", error.message(str))
        except Exception:
            _LOG.exception("%s failed", ensure.__name__)


def _wait_for_values(places: Settings) -> None:
    """Until there are figures, real or made-up: the made-up ones take their name when they are whole."""
    until = time.monotonic() + LONGEST_WAIT_FOR_VALUES_SECONDS
    while open_library.is_nothing_kept(places) and time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
