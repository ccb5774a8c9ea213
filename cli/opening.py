"""Opens what a command asks about: the figures, as known now or at a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from answers.library import Library
from answers.own import own_measures
from cli.words import _
from data.places import settings
from data.store.figures import open_figures, open_lake
from domain.release import read_moment


@contextmanager
def opened_library(as_of: str | None = None) -> Iterator[Library]:
    """The library of the latest release, or of the one known at a date (the whole day) or time.

    What the networks have of their own is read only if it is asked for. Raises `NothingKeptError`, `NothingKnownThenError` and `UnreadableChoiceError`.
    """
    moment = read_moment(as_of) if as_of else None
    places = settings()
    with open_figures(places) as figures:
        release = figures.latest_release() if moment is None else figures.release_as_of(moment)
        yield Library(figures, release, lambda: own_measures(places, as_of=moment), _)


def are_real_ones_kept() -> bool:
    """Whether real figures hold a release, so that made-up ones are no longer shown."""
    real = open_lake(settings().figures)
    if real is None:
        return False
    with real:
        return bool(real.releases())
