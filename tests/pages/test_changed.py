"""Förändrat, opened as a reader opens it, on two made-up releases whose differences are known."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_the_counts_are_shown_by_kind(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("changed", kommun="0127"))
    for kind in ("nya värden", "ändrade", "bara annorlunda avrundade", "borttagna", "ny definition"):
        assert kind in html


def test_a_redefined_measure_is_not_shown_as_thousands_of_changes(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("changed", kommun="0127", slag="andrade", bland="alla"))
    assert "Det är en ny definition" in html
    assert "Bränder som spridit sig i byggnader</th>" not in html


def test_the_list_shows_only_the_requested_kind(open_page: OpenPage, page_html: PageHtml):
    app = open_page("changed", kommun="0127", slag="borttagna", bland="alla")
    rows = page_html(app).split("<tbody>")[2]
    assert "borttaget" in rows
    assert "<td>ändrat</td>" not in rows


def test_a_comparison_is_shown_as_known_then_and_now(open_page: OpenPage, page_html: PageHtml):
    app = open_page("changed", kommun="0127", matt="N15030", **{"del": "Då och nu"})
    assert not app.exception
    assert "så som det är känt nu" in page_html(app)


def test_address_words_that_cannot_be_read_are_reported(open_page: OpenPage, page_html: PageHtml):
    app = open_page("changed", sedan="igår", slag="x", bland="y", bara="z", matt="w")
    assert not app.exception
    assert 'role="alert"' in page_html(app)
