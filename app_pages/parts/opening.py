"""What the pages have open: the lakes and the workspace, opened once per process for the configured places."""

import streamlit as st

from data.settings import FiguresLocation, Settings, read_settings
from data.store.lake import Lakes, find_lakes
from data.stores import Stores
from data.workspace.workspace import Workspace, open_workspace


def get_stores() -> Stores:
    """Return the workspace and the lakes. Raises what `open_workspace` raises."""
    return Stores(get_workspace(), get_lakes(), read_settings().home)


def get_lakes() -> Lakes:
    """Return the lakes of figures."""
    settings = read_settings()
    return _find_lakes(settings, settings.figures, settings.demonstration)


def get_workspace() -> Workspace:
    """Return the workspace. Raises what `open_workspace` raises; the next call then tries again."""
    settings = read_settings()
    return _open_workspace(settings, settings.workspace_url)


def get_stores_key() -> str:
    """Return the key under which answers from the stores are cached, so that none is shown for another home."""
    return repr(read_settings())


@st.cache_resource(show_spinner=False, max_entries=4)
def _find_lakes(_settings: Settings, real: FiguresLocation, made_up: FiguresLocation) -> Lakes:
    return find_lakes(_settings)


@st.cache_resource(show_spinner=False, max_entries=4)
def _open_workspace(_settings: Settings, url: str) -> Workspace:
    return open_workspace(_settings)
