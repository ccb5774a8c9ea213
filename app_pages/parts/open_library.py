"""The figures, opened once a process, and the libraries over them, one for each release, language and state of the
networks' own.

Answers made from a library may be kept in the process as long as the library's `key` and the language are part of their key: they are
frozen results, a new release has a new number, and whatever is changed in the workspace gives it a new state.
"""

import logging
from datetime import UTC, date, datetime

import streamlit as st

from answers.library import Library, build_library
from answers.network_snapshot import NetworkSnapshot, load_network_snapshot
from app_pages.parts.opening import get_lakes, get_stores, get_stores_key, get_workspace
from app_pages.parts.words import language, translator
from data.store.figures import Figures
from data.workspace.audit import last_number
from data.workspace.changing import today
from data.workspace.workspace import Workspace
from domain.errors import NothingKeptError, UserError
from domain.release import Release, read_moment
from language.rendering import render
from pipelines.demonstration.lake import ensure_values
from pipelines.uploads.publishing import publish_due
from pipelines.uploads.reconciling import reconcile

SECONDS_BETWEEN_SETTLING = 60  # a publication that waits for its day comes in its first minute
_LOG = logging.getLogger(__name__)


def releases() -> tuple[Release, ...]:
    """Every release, the latest last. What was cut off is settled and what is due is published first."""
    _settled(get_stores_key(), today())
    return tuple(kept_figures().releases())


@st.cache_data(show_spinner=False, ttl=SECONDS_BETWEEN_SETTLING)
def _settled(key: str, day: date) -> bool:
    """Two questions to the workspace where there is nothing to do. What fails here must not keep anybody from reading."""
    try:
        stores = get_stores()
        reconcile(stores)
        publish_due(stores, day)
    except UserError as error:
        _LOG.warning("%s", render(error.message, str))
        return False
    except Exception:
        _LOG.exception("uploads could not be settled")
        return False
    return True


def library_at(release: Release) -> Library:
    """Everything as known at a release."""
    return _at(kept_figures(), release)


def library_as_of(word: str) -> Library:
    """Everything as known at a day (the whole of it) or a moment.

    Raises `UnreadableChoiceError` and `NothingKnownThenError`.
    """
    figures = kept_figures()
    return _at(figures, figures.release_as_of(read_moment(word)))


def workspace_problem() -> UserError | None:
    """Why nothing is known of networks, if the workspace cannot be opened; the published figures can be read without."""
    try:
        last_number(get_workspace())
    except UserError as error:
        return error
    return None


def is_first_start() -> bool:
    """Whether nothing at all is kept yet, so that opening begins with making values up."""
    return get_lakes().are_empty()


def kept_figures() -> Figures:
    """The real figures, or made-up ones as long as there are no real ones; made now if there are none at all."""
    lakes = get_lakes()
    try:
        return lakes.figures()
    except NothingKeptError:
        ensure_values(lakes.made_up)
        return lakes.figures()


def _at(figures: Figures, release: Release) -> Library:
    """The latest release with the networks as they are now, an older one with them as they were known then."""
    library = _library(figures, release, (str(figures.location), release.run_id, release.number, language()))
    try:
        workspace = get_workspace()
        state = last_number(workspace)
    except UserError:
        return library
    as_of = None if release == figures.latest_release() else release.known_at
    today = str(datetime.now(UTC).astimezone().date())
    own = _own(workspace, as_of, (get_stores_key(), str(as_of), state, today))
    return _knowing(
        library, own, (str(figures.location), *library.release_key, own.state, str(own.day), language())
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def _library(_figures: Figures, _release: Release, key: tuple[str, str, int, str]) -> Library:
    return build_library(_figures, _release, translate=translator())


@st.cache_resource(show_spinner=False, max_entries=8)
def _own(_workspace: Workspace, _as_of: datetime | None, key: tuple[str, str, int, str]) -> NetworkSnapshot:
    return load_network_snapshot(_workspace, as_of=_as_of)


@st.cache_resource(show_spinner=False, max_entries=8)
def _knowing(_library: Library, _own: NetworkSnapshot, key: tuple[str, str, int, int, str, str]) -> Library:
    return _library.with_snapshot(_own)
