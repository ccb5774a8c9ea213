"""The folders of a test and the stores that are open in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from data.settings import Settings, read_settings
from data.store.lake import Lakes, find_lakes
from data.stores import Stores
from data.workspace.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Home(Settings):
    """The settings of a test, with what they name opened on first use."""

    @cached_property
    def lakes(self) -> Lakes:
        return find_lakes(self)

    @cached_property
    def workspace(self) -> Workspace:
        return open_workspace(self)

    @cached_property
    def stores(self) -> Stores:
        return Stores(self.workspace, self.lakes, self.home)


def home_at(folder: Path, environment: Mapping[str, str] = MappingProxyType({})) -> Home:
    """The home in a folder, whatever the process's own environment says."""
    settings = read_settings(folder, environment)
    return Home(settings.home, settings.figures, settings.demonstration, settings.workspace_url)
