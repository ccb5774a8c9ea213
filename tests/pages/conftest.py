"""A home of made-up values for the pages, made once for all of their tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.places import settings
from pipelines.demonstration import ensure_demonstration


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demonstration")
    ensure_demonstration(settings(home))
    return home


@pytest.fixture
def demonstration(demonstration_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The environment of a page that shows made-up values."""
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JAMFOR_HOME", str(demonstration_home))
    yield demonstration_home
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def opened(demonstration: Path) -> Callable[..., AppTest]:
    """Opens a page as the address says: `opened("overview", kommun="0127")`."""

    def open_page(page: str, **address: str) -> AppTest:
        app = AppTest.from_string(f"from app_pages.{page}.page import show\nshow()", default_timeout=60)
        for name, word in address.items():
            app.query_params[name] = word
        return app.run()

    return open_page


@pytest.fixture
def written() -> Callable[[AppTest], str]:
    """All that a page has written as HTML."""

    def html(app: AppTest) -> str:
        return "\n".join(block.proto.body for block in app.get("html"))

    return html
