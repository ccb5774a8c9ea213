"""The first start on an empty home, in a real browser: figures first, then stories and the network."""

from pathlib import Path

from playwright.sync_api import Page, expect

from benchmarks.serving import ROOT, serve

MILLISECONDS_UNTIL_ALL_IS_MADE = 180_000  # seconds when the machine is idle; the test is not about speed


def test_an_empty_home_gets_figures_stories_and_a_network(desk_page: Page, tmp_path: Path) -> None:
    with serve(ROOT / "app.py", tmp_path) as server:
        desk_page.goto(f"{server.url}/oversikt?kommun=0127")
        expect(desk_page.locator(".rug")).to_be_visible(timeout=MILLISECONDS_UNTIL_ALL_IS_MADE)
        desk_page.goto(f"{server.url}/exempel?id=pahittat-franvarocoachen")
        expect(desk_page.locator("h1")).to_have_text(
            "Den som ringer klockan åtta", timeout=MILLISECONDS_UNTIL_ALL_IS_MADE
        )
        desk_page.goto(f"{server.url}/natverk")
        expect(desk_page.locator("[data-testid=stMain]")).to_contain_text(
            "Påhittade Södertörnsnätverket", timeout=MILLISECONDS_UNTIL_ALL_IS_MADE
        )
