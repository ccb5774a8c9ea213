"""What a command has open: the lakes and the workspace, opened when first needed and closed when the command ends."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

from typer._click.globals import get_current_context

from answers.library import Library, build_library
from cli.words import _
from data.settings import Settings, read_settings
from data.store.lake import Lakes, find_lakes
from domain.release import read_moment

if TYPE_CHECKING:  # SQLAlchemy takes long to import, and many commands need only figures
    from data.stores import Stores
    from data.workspace.workspace import Workspace

Resource = TypeVar("Resource", "Lakes", "Workspace")


@contextmanager
def opened_library(as_of: str | None = None) -> Iterator[Library]:
    """The library of the latest release, or of the one known at a date (the whole day) or time.

    The networks are read only if they are asked for. Raises `NothingKeptError`, `NothingKnownThenError` and
    `UnreadableChoiceError`.
    """
    from answers.network_snapshot import load_network_snapshot

    moment = read_moment(as_of) if as_of else None
    figures = get_lakes().figures()
    release = figures.latest_release() if moment is None else figures.release_as_of(moment)
    yield build_library(figures, release, lambda: load_network_snapshot(get_workspace(), as_of=moment), _)


def get_lakes() -> Lakes:
    """Return the lakes of figures."""
    return _open_once("lakes", find_lakes)


def get_workspace() -> "Workspace":
    """Return the workspace. Raises what `open_workspace` raises."""
    from data.workspace.workspace import open_workspace

    return _open_once("workspace", open_workspace)


def get_stores() -> "Stores":
    """Return the workspace and the lakes. Raises what `open_workspace` raises."""
    from data.stores import Stores

    return Stores(get_workspace(), get_lakes(), read_settings().home)


def has_real_release() -> bool:
    """Return whether the real figures have a release, so that made-up ones are no longer shown."""
    return get_lakes().real.has_release()


def _open_once(name: str, open_resource: Callable[[Settings], Resource]) -> Resource:
    """Return the command's open resources, which its context closes."""
    command = get_current_context().find_root()
    key = f"{__name__}.{name}"
    if key not in command.meta:
        resource: AbstractContextManager[Resource] = closing(open_resource(read_settings()))
        command.meta[key] = command.with_resource(resource)
    opened: Resource = command.meta[key]
    return opened
