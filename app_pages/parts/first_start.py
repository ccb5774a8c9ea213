"""A made-up network beside the made-up values, made while the first page is already read.

It takes some seconds, so it is made in the background; a page about networks waits for it, other pages do not.
"""

import logging
from threading import Thread

import streamlit as st

from app_pages.parts.words import _
from data.places import Settings, settings
from domain.errors import PersonalError
from pipelines.networks.demonstration import ensure_demonstration_network

LONGEST_WAIT_SECONDS = 60
_LOG = logging.getLogger(__name__)


def begin() -> None:
    """Begin to make the network, once a process, where it is wanted."""
    places = settings()
    _begun(places, repr(places))


def wait() -> None:
    """Wait for it, if it is being made, and say so."""
    places = settings()
    making = _MAKING.get(repr(places))
    if making is not None and making.is_alive():
        with st.spinner(_("Skapar ett påhittat nätverk att pröva i …")):
            making.join(LONGEST_WAIT_SECONDS)


_MAKING: dict[str, Thread] = {}


@st.cache_resource(show_spinner=False)
def _begun(_places: Settings, key: str) -> bool:
    thread = Thread(target=_make, args=(_places,), name="demonstration-network", daemon=True)
    _MAKING[key] = thread
    thread.start()
    return True


def _make(places: Settings) -> None:
    """Nothing that fails here may keep anybody from reading; the next start tries again."""
    try:
        ensure_demonstration_network(places)
    except PersonalError as error:
        _LOG.warning("%s", error.message(str))
    except Exception:
        _LOG.exception("the made-up network could not be made")
