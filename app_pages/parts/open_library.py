"""The figures, opened once a process, and the libraries over them, one for each release and language.

Answers made from a library may be kept in the process as long as its release and the language are part of the key:
they are frozen results, and a new release has a new number.
"""

import streamlit as st

from app_pages.parts.words import language, translator
from data.places import Settings, settings
from data.store.figures import Figures, open_figures, open_lake
from domain.errors import NothingKeptError
from domain.release import Release, read_moment
from pipelines.answers.library import Library
from pipelines.demonstration import ensure_demonstration

SECONDS_UNTIL_REAL_VALUES_SHOW = 2


def releases() -> tuple[Release, ...]:
    """Every release, the latest last."""
    return tuple(kept_figures().releases())


def library_at(release: Release) -> Library:
    """Everything as known at a release."""
    return _at(kept_figures(), release)


def library_as_of(word: str) -> Library:
    """Everything as known at a day (the whole of it) or a moment.

    Raises `UnreadableChoiceError` and `NothingKnownThenError`.
    """
    figures = kept_figures()
    return _at(figures, figures.release_as_of(read_moment(word)))


def is_first_start() -> bool:
    """Whether nothing at all is kept yet, so that opening begins with making values up."""
    places = settings()
    files = (places.figures.catalogue_file, places.demonstration.catalogue_file)
    return not any(file is None or file.exists() for file in files)


def kept_figures() -> Figures:
    """The real figures, or made-up ones as long as there are no real ones."""
    places = settings()
    figures = _opened(places, repr(places))
    if figures.location == places.demonstration and _are_real_ones_kept(places, repr(places)):
        _opened.clear()
        figures = _opened(places, repr(places))
    return figures


@st.cache_resource(show_spinner=False)
def _opened(_places: Settings, key: str) -> Figures:
    try:
        return open_figures(_places)
    except NothingKeptError:
        ensure_demonstration(_places)
        return open_figures(_places)


@st.cache_data(show_spinner=False, ttl=SECONDS_UNTIL_REAL_VALUES_SHOW)
def _are_real_ones_kept(_places: Settings, key: str) -> bool:
    """Whether the first release of real figures has come since the made-up ones were opened."""
    real = open_lake(_places.figures)
    if real is None:
        return False
    with real:
        return bool(real.releases())


def _at(figures: Figures, release: Release) -> Library:
    return _library(figures, release, (str(figures.location), release.run_id, release.number, language()))


@st.cache_resource(show_spinner=False, max_entries=8)
def _library(_figures: Figures, _release: Release, key: tuple[str, str, int, str]) -> Library:
    return Library(_figures, _release, translator())
