"""What a page, a command or a test opens once and passes on: the workspace and the lakes of figures."""

from dataclasses import dataclass
from pathlib import Path

from data.settings import Settings
from data.store.lake import Lakes, find_lakes
from data.workspace.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Stores:
    """The workspace, the lakes of figures, and the folder for other files."""

    workspace: Workspace
    lakes: Lakes
    home: Path


def open_stores(settings: Settings) -> Stores:
    """Open the workspace, and find the lakes. Raises what `open_workspace` raises."""
    return Stores(open_workspace(settings), find_lakes(settings), settings.home)
