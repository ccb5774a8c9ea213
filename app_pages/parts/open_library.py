"""The figures, opened once a process, and the libraries over them, one for each release.

Answers made from a library may be kept in the process as long as its release is part of the key: they are frozen
results, and a new release has a new number.
"""

from datetime import date, datetime, time

import streamlit as st
from data.store.figures import Figures, open_figures
from pipelines.answers.library import Library

from data.places import Settings, settings
from domain.errors import NothingKeptError
from domain.release import Release


def library() -> Library:
    """Everything as known now."""
    return _at(kept_figures().latest_release())


def library_as_of(word: str) -> Library:
    """Everything as known at a day (the whole of it) or a moment. Raises `ValueError`, `NothingKnownThenError`."""
    return _at(kept_figures().release_as_of(moment(word)))


def moment(word: str) -> datetime:
    """`2024-01-30` as the last moment of that day, or a time as it stands, in local time. Raises `ValueError`."""
    if len(word) == len("2024-01-30"):
        return datetime.combine(date.fromisoformat(word), time.max).astimezone()
    return datetime.fromisoformat(word).astimezone()


def kept_figures() -> Figures:
    """The real figures, or made-up ones as long as there are no real ones."""
    places = settings()
    return _opened(places, _signature(places))


def _signature(places: Settings) -> int:
    """Changes when real figures first appear where there were none."""
    file = places.figures.catalogue_file
    return int(file is None or file.exists())


@st.cache_resource(show_spinner=False)
def _opened(_places: Settings, signature: int) -> Figures:
    try:
        return open_figures(_places)
    except NothingKeptError:
        from pipelines.demonstration import ensure_demonstration

        ensure_demonstration(_places)
        return open_figures(_places)


@st.cache_resource(show_spinner=False, max_entries=8)
def _library(_figures: Figures, _release: Release, key: tuple[str, int]) -> Library:
    return Library(_figures, _release)


def _at(release: Release) -> Library:
    return _library(kept_figures(), release, (release.run_id, release.number))
