"""From a red value to whom one can learn from, and from a card to the story with its effect, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def open_page(page: Page, address: str, path: str) -> Page:
    page.goto(f"{address}/{path}")
    expect(page.locator(".foot")).to_be_visible(timeout=90_000)  # the first visit loads the pages
    return page


@pytest.mark.parametrize(
    "path", ["framgangsbanken", "exempel?id=pahittat-franvarocoachen", "metoder", "studiebesok", "ladda-upp"]
)
def test_no_page_is_wider_than_the_screen_or_hinders_a_screen_reader(
    any_page: Page, address: str, path: str
) -> None:
    page = open_page(any_page, address, path)
    assert (
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        <= page.viewport_size["width"]
    )
    violations = Axe().run(page).response["violations"]
    assert [
        violation["id"] for violation in violations if violation["impact"] in {"serious", "critical"}
    ] == []


def test_a_card_leads_to_its_story(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address, "framgangsbanken?sok=gymnasiefrånvaro")
    page.get_by_role("link", name="Den som ringer klockan åtta").first.click()
    expect(page.locator("h1")).to_have_text("Den som ringer klockan åtta")
    assert re.search(r"/exempel\?.*id=pahittat-franvarocoachen", page.url)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Påhittat exempel")


def test_a_red_value_leads_to_whom_one_can_learn_from(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address, "oversikt?kommun=0127")
    page.locator("a.learn").first.click()
    expect(page.locator("h1")).to_contain_text("Lär av")
    assert "/lar-av" in page.url
