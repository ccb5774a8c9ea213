"""The figures, opened once per process, and a library for each release, language and state of the networks.

A new release has a new number, and any change in the workspace gives a new state, so answers from a library can be
cached by its key (`cached_answers.py`).
"""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime

import streamlit as st

from answers.library import Library, build_library
from answers.network_snapshot import NetworkSnapshot, load_network_snapshot
from app_pages.parts.cached_answers import cached_answer
from app_pages.parts.opening import get_lakes, get_stores, get_stores_key, get_workspace
from app_pages.parts.words import language
from data.settings import FiguresLocation
from data.store.figures import Figures
from data.workspace.audit import last_number
from data.workspace.changing import today
from domain.errors.storage import NothingKeptError
from domain.errors.user_error import UserError
from domain.release import Release, read_moment
from language.catalogue import catalogue
from pipelines.demonstration.lake import ensure_values
from pipelines.uploads.publishing import publish_due
from pipelines.uploads.reconciling import reconcile

SECONDS_BETWEEN_SETTLING = 60  # a publication that waits for its day comes in its first minute
_LOG = logging.getLogger(__name__)


def releases() -> tuple[Release, ...]:
    """Return every release, latest last, after completing interrupted publications and publishing what is due."""
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
        _LOG.warning("%s", error)
        return False
    except Exception:
        _LOG.exception("uploads could not be settled")
        return False
    return True


def library_at(release: Release, latest: Release) -> Library:
    """Return the library of a release. latest: the last of `releases`, so that the lake is not asked for it again."""
    return _at(kept_figures(), release, latest)


def library_as_of(word: str, latest: Release) -> Library:
    """Return the library as known at a day (the whole of it) or a moment.

    Raises `UnreadableChoiceError` and `NothingKnownThenError`.
    """
    figures = kept_figures()
    return _at(figures, figures.release_as_of(read_moment(word)), latest)


def workspace_problem() -> UserError | None:
    """Return why nothing is known of networks, if the workspace cannot be opened; figures remain readable."""
    try:
        last_number(get_workspace())
    except UserError as error:
        return error
    return None


def is_first_start() -> bool:
    """Whether nothing at all is stored yet, so that opening starts with making up values."""
    return get_lakes().are_empty()


def kept_figures() -> Figures:
    """Return the real figures, or made-up ones as long as there are none; they are made now if missing."""
    lakes = get_lakes()
    try:
        return lakes.figures()
    except NothingKeptError:
        ensure_values(lakes.made_up)
        return lakes.figures()


def _at(figures: Figures, release: Release, latest: Release) -> Library:
    """Return the latest release with the networks as they are now, an older one with them as known then."""
    of_release = ReleaseQuestion(figures.location, release, language())
    try:
        state = last_number(get_workspace())
    except UserError:
        return _of_release(of_release)
    as_of = None if release == latest else release.known_at
    day = datetime.now(UTC).astimezone().date()
    return _with_networks(NetworksQuestion(of_release, SnapshotQuestion(get_stores_key(), as_of, state, day)))


@dataclass(frozen=True, slots=True)
class ReleaseQuestion:
    """What is known at a release, without the networks?"""

    location: FiguresLocation
    release: Release
    language: str


@dataclass(frozen=True, slots=True)
class SnapshotQuestion:
    """How are the networks on a day, or how were they known at a moment? `state` tells one change from the next."""

    stores: str
    as_of: datetime | None
    state: int
    day: date


@dataclass(frozen=True, slots=True)
class NetworksQuestion:
    """What is known at a release, with the networks?"""

    release: ReleaseQuestion
    snapshot: SnapshotQuestion


@cached_answer(max_entries=8)
def _of_release(question: ReleaseQuestion) -> Library:
    translate = catalogue(question.language).gettext
    return build_library(kept_figures(), question.release, translate=translate)


@cached_answer(max_entries=8)
def _snapshot(question: SnapshotQuestion) -> NetworkSnapshot:
    return load_network_snapshot(get_workspace(), as_of=question.as_of)


@cached_answer(max_entries=8)
def _with_networks(question: NetworksQuestion) -> Library:
    return _of_release(question.release).with_snapshot(_snapshot(question.snapshot))
