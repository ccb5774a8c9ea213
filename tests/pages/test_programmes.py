"""Program, opened as readers open it."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from app_pages.parts.programme_story import running_totals
from data.settings import Settings
from domain.programme import RunningCount
from tests.pages.published_stories import programme, publish

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_without_a_programme_the_page_says_what_one_is(open_page_as: OpenPage, page_html: PageHtml):
    assert "Här finns inga program ännu" in page_html(open_page_as("visitor", "programmes"))


def test_the_only_programme_is_shown_with_its_steps_gates_and_criteria(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    publish(workspace, programme())
    page = open_page_as("visitor", "programmes")
    assert not page.exception
    html = page_html(page)
    assert "<h1>Ingen ska äta ensam</h1>" in html
    assert 'aria-current="step">Samverkansprojekt' in html
    assert "Grinden passerades 2018-12-10" in html
    assert "Grinden är inte passerad" in html
    assert "1 av 2 kriterier är uppfyllda, 1 delvis." in html
    assert "2 lokala projekt i 2 kommuner" in html
    assert "Karta med de lokala projekten: 1 Haninge, 2 Botkyrka." in html


def test_a_criterion_stated_after_the_start_is_marked_as_such(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    publish(workspace, programme())
    html = page_html(open_page_as("visitor", "programmes"))
    assert "2019-02-01</span> <small>(efter starten)" in html
    assert "2018-08-01</span></td>" in html


def test_a_count_is_shown_as_a_picture_and_as_a_table(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    publish(workspace, programme())
    html = page_html(open_page_as("visitor", "programmes"))
    assert 'alt="Samtal: 7\xa0020 till och med 2020-06-30, räknat från 1\xa0240 den 2019-06-30."' in html
    assert '<th scope="row">2019-06-30</th><td class="number">1\xa0240</td>' in html


def test_running_counts_of_several_places_are_summed_by_their_latest_readings():
    counts = [
        RunningCount("Samtal", date(2020, 1, 1), 10, "0136"),
        RunningCount("Samtal", date(2020, 6, 1), 5, "0127"),
        RunningCount("Samtal", date(2021, 1, 1), 30, "0136"),
    ]
    assert running_totals(counts) == (
        (date(2020, 1, 1), 10),
        (date(2020, 6, 1), 10 + 5),
        (date(2021, 1, 1), 30 + 5),
    )


def test_several_programmes_are_listed(open_page_as: OpenPage, page_html: PageHtml, workspace: Settings):
    publish(workspace, programme())
    publish(workspace, programme(name="Tryggt i centrum"))
    html = page_html(open_page_as("visitor", "programmes"))
    assert "<h1>Program</h1>" in html
    assert "program?id=tryggt-i-centrum" in html
