"""Mått, opened as a reader opens it, on made-up values whose truths are known."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

SODERTORN = "kolada:G96274"


def charts(app: AppTest) -> list[str]:
    """The text alternatives of the charts that are drawn."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def test_the_page_says_who_among_whom_and_where_mine_lies(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("measure", kommun="0127", med=SODERTORN, matt="N17461"))
    assert "<h1>" in html
    assert "Botkyrka bland" in html
    assert '<p class="lead">Botkyrka: ' in html
    assert " av 8" in html


def test_every_chart_has_a_text_alternative_a_table_and_files(open_page: OpenPage, page_html: PageHtml):
    app = open_page("measure", kommun="0127", med=SODERTORN, matt="N17461")
    assert len(charts(app)) == 2
    assert all("Botkyrka" in alternative for alternative in charts(app))
    assert page_html(app).count("Visa som tabell") == 2
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count("Excel") == 2
    assert labels.count("CSV, som visat") == labels.count("CSV, alla värden") == 2


@pytest.mark.parametrize(
    ("part", "headings"),
    [
        ("Läge och utveckling", ["Läget", "Utvecklingen"]),
        ("Kvinnor och män", ["Kvinnor och män 2"]),
        ("Hela landet", ["Alla kommuner på kartan", "Alla kommuner efter värde"]),
        ("Om måttet", []),
    ],
)
def test_only_the_part_that_is_open_is_drawn(
    open_page: OpenPage, page_html: PageHtml, part: str, headings: list[str]
):
    app = open_page("measure", kommun="0127", med=SODERTORN, matt="N17461", **{"del": part})
    assert not app.exception
    assert len(charts(app)) == len(headings)
    assert all(f"<h2>{heading}" in page_html(app) for heading in headings)


def test_the_page_says_that_values_are_made_up(open_page: OpenPage, page_html: PageHtml):
    assert "Påhittade demonstrationsvärden" in page_html(open_page("measure"))


def test_an_unknown_measure_is_reported_with_the_nearest(open_page: OpenPage, page_html: PageHtml):
    app = open_page("measure", matt="N1746")
    assert not app.exception
    assert "N1746" in page_html(app)
    assert "Menade du" in page_html(app)


def test_a_year_without_values_is_reported_and_the_latest_is_shown(open_page: OpenPage, page_html: PageHtml):
    app = open_page("measure", matt="N17461", ar="1999")
    assert not app.exception
    assert "1999" in page_html(app)
    assert len(charts(app)) == 2


@pytest.mark.parametrize("word", ["", "abc", "9999", "-1", "0180"])
def test_no_word_for_the_lifted_municipality_breaks_the_page(open_page: OpenPage, word: str):
    app = open_page("measure", kommun="0127", med=SODERTORN, matt="N17461", lyft=word)
    assert not app.exception
    assert len(charts(app)) == 2


def test_a_measure_that_is_not_divided_shows_the_total_and_says_so(open_page: OpenPage, page_html: PageHtml):
    app = open_page("measure", matt="N09805", kon="kvinnor")
    assert not app.exception
    assert "inte uppdelat på kön" in page_html(app)


def test_choosing_another_measure_writes_it_into_the_address_and_forgets_the_year(open_page: OpenPage):
    app = open_page("measure", kommun="0127", med=SODERTORN, matt="N17461", ar="2020")
    app.selectbox("choice-matt").set_value("N15428").run()
    assert app.query_params["matt"] == "N15428"
    assert "ar" not in app.query_params


def test_suppressed_known_truths_are_not_shown_as_numbers(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("measure", kommun="0127", med=SODERTORN, matt="N15428", ar="2024"))
    assert "Nykvarn: för litet underlag." in html


def test_women_are_not_given_away_where_they_are_suppressed(open_page: OpenPage, page_html: PageHtml):
    address = {"kommun": "0140", "med": SODERTORN, "matt": "N17625", "ar": "2024", "del": "Kvinnor och män"}
    html = page_html(open_page("measure", **address))
    assert "kvinnor: för litet underlag" in html
    assert "kvinnor: för litet underlag, män: för litet underlag" in html
