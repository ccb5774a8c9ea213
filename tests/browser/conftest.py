"""The product as people meet it: the real server on made-up values and a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.serving import ROOT, installed_browser, serve

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HOW_TO_GET_ONE = (
    "no browser: sudo apt-get install chromium, or .venv/bin/python -m playwright install chromium"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file. While it runs there is an event loop, and tests of other files start their own."""
    with sync_playwright() as playwright:
        executable = installed_browser() or playwright.chromium.executable_path
        if not Path(executable).exists():
            pytest.skip(HOW_TO_GET_ONE)
        running = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(whole_demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product, running on a copy of the whole demonstration."""
    home = shutil.copytree(whole_demonstration_home, tmp_path_factory.mktemp("served") / "home")
    with serve(ROOT / "app.py", home) as server:
        yield server.url


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def any_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    yield context.new_page()
    context.close()
