"""Each of Streamlit's inner names that our pages hang on is there: what an upgrade may break, one test a selector."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.serving import ROOT, serve

PARTS = ROOT / "app_pages" / "parts"


def selectors_of_the_style_sheet() -> list[str]:
    """Every selector, without the language of the page, which is ours, and what is drawn after it."""
    rules = re.sub(
        r"/\*.*?\*/", "", (PARTS / "streamlit_names.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    rules = re.sub(r"@media[^{]*{", "", rules)
    lists = re.findall(r"([^{}]+){[^{}]*}", rules)
    each = (selector.strip() for selectors in lists for selector in selectors.split(","))
    return sorted({re.sub(r"^html:lang\(\w+\) |::after$", "", selector) for selector in each})


def selectors_of_the_script() -> list[str]:
    return re.findall(r"\[data-testid='\w+'\]", (PARTS / "page.js").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page, with a file refused in its field."""
    refused = tmp_path_factory.mktemp("files") / "refused.exe"
    refused.write_text("no", encoding="utf-8")
    with serve(
        Path(__file__).with_name("streamlit_names_page.py"), tmp_path_factory.mktemp("home")
    ) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("[data-testid=stExpander]")).to_be_visible(timeout=90_000)
        page.locator("input[type=file]").last.set_input_files(refused)
        expect(page.locator("[role=alert]").first).to_be_visible()
        yield page
        context.close()


@pytest.mark.parametrize("selector", [*selectors_of_the_style_sheet(), *selectors_of_the_script()])
def test_streamlit_still_has_what_our_pages_hang_on(page: Page, selector: str) -> None:
    assert page.locator(selector).count() > 0
