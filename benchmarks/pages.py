"""How long a full page takes in a browser, warm, against an empty Streamlit page with one chart."""

import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import Row
from benchmarks.serving import EMPTY_PAGE, ROOT, installed_browser, serve

CHART = ".js-plotly-plot .main-svg"
SHOWN_AT_THE_END = {"Översikt": ("/", "footer.foot"), "Mått": ("/matt", CHART)}
TIMES = 5
LIMIT = 2.0


def page_rows(home: Path) -> list[Row]:
    """Load each page several times in a browser that has been there before."""
    with ExitStack() as stack:
        empty = stack.enter_context(serve(EMPTY_PAGE, home)).url
        product = stack.enter_context(serve(ROOT / "app.py", home)).url
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        stack.callback(browser.close)
        rows = []
        for name, (path, selector) in SHOWN_AT_THE_END.items():
            bare = _seconds_until_shown(browser, empty + path, CHART)
            seconds = _seconds_until_shown(browser, product + path, selector)
            rows.append(
                Row(
                    name=f"{name}: the whole page in a browser, warm",
                    ours=f"{seconds:.2f} s",
                    bare=f"{bare:.2f} s",
                    figure=seconds / bare,
                    limit=LIMIT,
                )
            )
        return rows


def _seconds_until_shown(browser: Browser, url: str, selector: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    page = context.new_page()
    seconds = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        page.goto(url)
        page.wait_for_selector(selector, timeout=60_000)
        seconds.append(time.perf_counter() - start)
        page.goto("about:blank")
    context.close()
    return median(seconds[1:])
