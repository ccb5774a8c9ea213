"""Samband, opened as a reader opens it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_the_page_begins_with_a_cost_and_a_result_that_have_values(open_page: OpenPage, page_html: PageHtml):
    app = open_page("relation", kommun="0127")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "Kostnad" in page_html(app)


def test_the_sentence_says_that_going_together_is_not_cause(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("relation", kommun="0127", matt="N15428", och="N17461"))
    assert "visar inte att det ena beror på det andra" in html


def test_the_same_measure_twice_becomes_two(open_page: OpenPage, page_html: PageHtml):
    app = open_page("relation", matt="N17461", och="N17461")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


def test_among_the_group_only_its_members_are_dots(open_page: OpenPage):
    app = open_page(
        "relation", kommun="0127", med="kolada:G96274", bland="gruppen", matt="N15813", och="N17461"
    )
    assert not app.exception
    assert app.get("plotly_chart")[0].proto.alt.startswith("8 kommuner")


def test_address_words_that_cannot_be_read_are_reported(open_page: OpenPage, page_html: PageHtml):
    app = open_page("relation", matt="X", och="Y", ar="i fjol", ar2="2", bland="grannar")
    assert not app.exception
    assert page_html(app).count('role="alert"') == 1
    assert len(app.get("plotly_chart")) == 1
