"""Om data, as a reader opens it."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.about_data import fetching
from tests.homes import home_at

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


@pytest.fixture
def dead_address() -> str:
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"http://127.0.0.1:{port}/v3"


def test_swedish_words_find_the_measure(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("about_data", sok="behöriga lärare"))
    assert "Behöriga lärare, åk 1–9</a>" in html


def test_words_that_fit_nothing_say_what_to_do(open_page: OpenPage, page_html: PageHtml):
    app = open_page("about_data", sok="qqqqzzzz")
    assert not app.exception
    assert "Pröva andra ord" in page_html(app)


def test_a_search_text_is_shown_as_text_and_never_run(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("about_data", sok="<script>alert(1)</script>"))
    assert "<script>alert" not in html


def test_known_errors_and_new_levels_are_listed(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("about_data", **{"del": "Rättelser och brott"}))
    assert "Kända fel i källan" in html
    assert "Bränder som spridit sig i byggnader" in html


def test_where_the_server_is_open_to_the_world_there_is_no_button(
    open_page: OpenPage, page_html: PageHtml, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "is_allowed", lambda: False)
    app = open_page("about_data")
    assert "fetch-now" not in [button.key for button in app.button]
    assert "jamfor kolada sync" in page_html(app)


def test_a_source_that_does_not_answer_becomes_a_calm_box_and_changes_nothing(
    tmp_path: Path, dead_address: str
):
    fetch = fetching.Fetch()
    fetch.start(home_at(tmp_path).stores, dead_address)
    until = time.monotonic() + 60
    while fetch.is_running and time.monotonic() < until:
        time.sleep(0.05)
    assert fetch.report is None
    assert fetch.error is not None
    assert dead_address.split("/")[2].split(":")[1] in str(fetch.error)
    assert not home_at(tmp_path).figures.catalogue_file.exists()


def test_a_second_start_while_one_is_under_way_does_nothing(tmp_path: Path, dead_address: str):
    fetch = fetching.Fetch()
    fetch.start(home_at(tmp_path).stores, dead_address)
    first = fetch.thread
    fetch.start(home_at(tmp_path).stores, dead_address)
    assert fetch.thread is first
    first.join(60)
