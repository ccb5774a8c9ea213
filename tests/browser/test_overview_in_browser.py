"""The overview in a real browser: going about, on a phone, on paper, by ear."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def open_page(page: Page, address: str, query: str = "kommun=0127") -> Page:
    page.goto(f"{address}/oversikt?{query}")
    expect(page.locator(".foot")).to_be_visible(timeout=90_000)  # the first visit loads the pages
    return page


def test_nothing_is_wider_than_the_screen_and_nothing_hinders_a_screen_reader(
    any_page: Page, address: str
) -> None:
    page = open_page(any_page, address)
    assert (
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        <= page.viewport_size["width"]
    )
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.lang") == "sv"


def test_a_link_changes_the_page_without_reloading_and_keeps_the_choices(
    desk_page: Page, address: str
) -> None:
    page = open_page(desk_page, address, "kommun=0192&kon=kvinnor")
    page.evaluate("window.isTheSame = true")
    page.locator(".rug th.measure a").first.click()
    expect(page.locator("nav a[aria-current]")).to_have_text("Mått")
    assert re.search(r"/matt\?.*kommun=0192", page.url)
    assert "kon=kvinnor" in page.url
    assert page.evaluate("window.isTheSame")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Nynäshamn bland Södertörnskommunerna")
    expect(page.locator(".rug")).to_be_visible()


def test_another_municipality_is_chosen_with_the_keyboard_alone(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address)
    page.get_by_role("combobox", name="Min kommun").focus()
    page.keyboard.type("Tyresö")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tyresö bland Södertörnskommunerna")
    assert "kommun=0138" in page.url


def test_on_a_phone_a_measure_is_a_card_with_mine_place_mean_and_line(desk_page: Page, address: str) -> None:
    page = desk_page
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address)
    row = page.locator(".rug tbody tr:not(.section)").first
    for part in ("td.mine b", "td.mine i", "td.place", "td.mean", "td.trend img"):
        expect(row.locator(part)).to_be_visible()
    expect(row.locator("td.other").first).to_be_hidden()
    expect(page.locator(".rug thead")).to_be_hidden()


def test_on_paper_it_is_one_a4_without_controls(desk_page: Page, address: str) -> None:
    page = open_page(desk_page, address)
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".st-key-choices")).to_be_hidden()
    expect(page.locator(".rug")).to_be_visible()


def test_a_link_can_be_shared(desk_page: Page, address: str) -> None:
    desk_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(desk_page, address, "kommun=0138&ordning=plats")
    page.get_by_role("button", name="Dela länk").click()
    expect(page.get_by_role("button", name="Länken är kopierad")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
