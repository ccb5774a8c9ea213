"""Mått, Samband, Förändrat and Om data in a real browser: seen, read aloud, downloaded, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = [
    "matt?kommun=0127&matt=N17461",
    "matt?kommun=0127&matt=N17461&del=Kvinnor+och+män",
    "matt?kommun=0127&matt=N17461&del=Hela+landet",
    "matt?kommun=0127&matt=N17461&del=Om+måttet",
    "samband?kommun=0127",
    "forandrat?kommun=0127",
    "forandrat?kommun=0127&del=Då+och+nu",
    "om-data",
]


def open_page(page: Page, address: str, path: str) -> Page:
    page.goto(f"{address}/{path}")
    expect(page.locator(".foot")).to_be_visible(timeout=90_000)  # the first visit loads the pages
    return page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen_and_nothing_serious_hinders_a_screen_reader(
    any_page: Page, address: str, path: str
) -> None:
    page = open_page(any_page, address, path)
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= page.viewport_size["width"]
    violations = Axe().run(page).response["violations"]
    assert [
        violation["id"] for violation in violations if violation["impact"] in ("serious", "critical")
    ] == []


def test_the_open_part_is_in_the_address_and_going_back_returns_to_it(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address, PAGES[0])
    page.get_by_role("tab", name="Hela landet").click()
    expect(page.get_by_role("heading", name="Alla kommuner på kartan")).to_be_visible()
    assert "del=Hela" in page.url
    page.get_by_role("link", name="Samband").click()
    expect(page.get_by_role("heading", name="Varje prick är en kommun")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Alla kommuner på kartan")).to_be_visible()


def test_the_table_behind_a_chart_opens_with_the_keyboard(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address, PAGES[0])
    summary = page.get_by_text("Visa som tabell").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".figures table").first).to_be_visible()
    expect(page.locator(".figures tr.mine").first).to_contain_text("Botkyrka")


def test_a_picture_is_downloaded_and_no_other_host_is_contacted(desk_page: Page, address: str) -> None:
    hosts: set[str] = set()
    desk_page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page = open_page(desk_page, address, PAGES[0])
    page.get_by_role("button", name="Ladda ner").first.click()
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name="Bild, SVG").click()
    assert "Påhittade demonstrationsvärden" in coming.value.path().read_text(encoding="utf-8")
    assert hosts == {address.split("/")[2]}
