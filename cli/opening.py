"""Opens what a command needs: the figures, as known now or at a moment, and the workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from answers.library import Library, build_library
from answers.network_snapshot import load_network_snapshot
from cli.words import _
from data.settings import Settings, read_settings
from data.store.lake import find_lakes
from data.stores import Stores
from data.workspace.workspace import Workspace, open_workspace
from domain.release import read_moment


@contextmanager
def opened_library(as_of: str | None = None) -> Iterator[Library]:
    """The library of the latest release, or of the one known at a date (the whole day) or time.

    What the networks have of their own is read only if it is asked for. Raises `NothingKeptError`, `NothingKnownThenError` and `UnreadableChoiceError`.
    """
    moment = read_moment(as_of) if as_of else None
    with find_lakes(read_settings()).open_figures() as figures:
        release = figures.latest_release() if moment is None else figures.release_as_of(moment)
        yield build_library(figures, release, lambda: load_network_snapshot(get_workspace(), as_of=moment), _)


def get_workspace() -> Workspace:
    """The workspace, opened once in a process. Raises what `open_workspace` raises."""
    return _workspace(read_settings())


def get_stores() -> Stores:
    """The workspace and the lakes. Raises what `open_workspace` raises."""
    settings = read_settings()
    return Stores(_workspace(settings), find_lakes(settings), settings.home)


def has_real_release() -> bool:
    """Whether real figures hold a release, so that made-up ones are no longer shown."""
    return find_lakes(read_settings()).real.has_release()


@cache
def _workspace(settings: Settings) -> Workspace:
    return open_workspace(settings)
