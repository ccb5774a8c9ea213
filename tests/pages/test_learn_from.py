"""Lär av, opened as a reader opens it, and the ways that lead there."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data.workspace.readings import count_reading
from data.workspace.workspace import Workspace
from domain.case import Aim, AimDirection, StudyVisit
from domain.story import Standing, Tag, TagKind
from tests.pages.published_stories import case, method, publish

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

HANINGE, NYKVARN = "0136", "0140"
HOME_CARE = "U21468"  # satisfied with home care: high is good
STEPS = (
    "Hur ligger vi till?",
    "Vem liknar oss och är bättre, eller har förbättrats mer?",
    "Vad har de gjort?",
    "Med vilka metoder?",
    "Vart kan vi åka och titta?",
)


def aim(measure_id: str = HOME_CARE) -> Aim:
    return Aim(measure_id, AimDirection.INCREASE, date(2018, 11, 1))


def visible_text(page_html: PageHtml, app: AppTest) -> str:
    """What the page says, without its marks."""
    return unescape(re.sub(r"<[^>]+>", " ", page_html(app)))


def test_the_road_has_five_steps_in_order(open_page_as: OpenPage, page_html: PageHtml):
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE)
    assert not app.exception
    html = page_html(app)
    assert "<h1>Lär av andra: Nöjda med hemtjänsten</h1>" in html
    assert tuple(re.findall(r"<li><section><h2>(.*?)</h2>", html)) == STEPS


def test_with_nothing_written_yet_the_page_says_so_and_leads_on(open_page_as: OpenPage, page_html: PageHtml):
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE)
    assert not app.exception
    html = page_html(app)
    assert "Ingen har ännu berättat om något som skulle påverka måttet" in html
    assert 'href="bidra?' in html
    assert 'href="framgangsbanken?' in html
    assert "Botkyrka har " in html


def test_a_case_of_a_similar_place_is_shown_with_its_reason_method_and_visit(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    used = publish(workspace, method())
    published = publish(
        workspace,
        case(
            aims=(aim(),),
            not_known=(),
            method_ids=(used.standing.id,),
            study_visit=StudyVisit(True, "En förmiddag i köket.", "Enhetschefen."),
        ),
    )
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE)
    assert not app.exception
    html = page_html(app)
    assert (
        f"exempel?kommun=0127&amp;matt={HOME_CARE}&amp;id={published.standing.id}&amp;fran={HOME_CARE}"
        in html
    )
    text = visible_text(page_html, app)
    assert "Skulle påverka just det här måttet." in text
    assert "Haninge liknar Botkyrka" in text
    assert "Användes i ”Läxhjälp på biblioteket” (Haninge)." in text
    assert "Haninge tar emot studiebesök om ”Läxhjälp på biblioteket”." in text
    assert "En förmiddag i köket." in text


def test_what_others_read_is_shown_with_counts(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    published = publish(workspace, case(aims=(aim(),), not_known=()))
    for _ in range(3):
        count_reading(workspace, HOME_CARE, published.standing.id, date(2026, 1, 1))
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE)
    html = page_html(app)
    assert "Det här läste andra som tittade på måttet" in html
    assert "3 gånger" in html


def test_a_case_on_the_same_subject_has_its_own_heading(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    publish(workspace, case(tags=(Tag(TagKind.SUBJECT, "äldreomsorg"),)))
    html = page_html(open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE))
    assert "Om samma område" in html
    assert "Ingen annan har ännu berättat om något som skulle påverka just det här måttet." in html


def test_scripts_in_a_case_are_shown_as_text(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    visit = StudyVisit(True, attack, attack)
    publish(workspace, case(title=attack, question=attack, aims=(aim(),), not_known=(), study_visit=visit))
    html = page_html(open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE))
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_neutral_measure_calls_nobody_better(open_page_as: OpenPage, page_html: PageHtml):
    app = open_page_as("visitor", "learn_from", kommun="0127", matt="N15033")
    assert not app.exception
    html = page_html(app)
    assert "Måttet har ingen riktning" in html
    assert "bättre</span>" not in html


def test_a_place_without_applicable_values_is_explained(open_page_as: OpenPage, page_html: PageHtml):
    app = open_page_as("visitor", "learn_from", kommun=NYKVARN, matt="N17813")
    assert not app.exception
    assert "Måttet är inte tillämpligt för Nykvarn" in page_html(app)


@pytest.mark.parametrize("word", ["X99", "'; DROP TABLE story; --", "<script>"])
def test_a_measure_that_cannot_be_read_is_reported_and_replaced(
    open_page_as: OpenPage, page_html: PageHtml, word: str
):
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=word)
    assert not app.exception
    html = page_html(app)
    assert len(re.findall(r'class="box [^"]*" role="alert"', html)) == 1
    assert html.count("<li><section>") == len(STEPS)
    assert "”<script>”" not in html


def test_a_region_has_a_road_too(open_page_as: OpenPage, page_html: PageHtml):
    app = open_page_as("visitor", "learn_from", kommun="0001", matt=HOME_CARE)
    assert not app.exception


def test_the_page_is_shown_in_english_too(open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace):
    publish(workspace, case(standing=Standing("", owner_municipality=HANINGE), aims=(aim(),), not_known=()))
    app = open_page_as("visitor", "learn_from", kommun="0127", matt=HOME_CARE, lang="en")
    assert not app.exception


def test_only_my_own_red_value_leads_here(open_page_as: OpenPage, page_html: PageHtml):
    html = page_html(open_page_as("visitor", "overview", kommun="0127"))
    mine = re.findall(r'<td role="cell" class="mine red">.*?</td>', html)
    assert mine
    assert all(re.search(r'<a data-page class="learn" href="lar-av\?[^"]*matt=\w+"', cell) for cell in mine)
    assert html.count('class="learn"') == len(mine)


def test_a_poor_position_leads_here(open_page_as: OpenPage, page_html: PageHtml):
    html = page_html(open_page_as("visitor", "overview", kommun="0127"))
    assert re.search(r'href="lar-av\?[^"]*">Se vilka som är lika oss men bättre', html)


def test_the_page_of_a_measure_leads_here(open_page_as: OpenPage, page_html: PageHtml):
    html = page_html(open_page_as("visitor", "measure", kommun="0127", matt=HOME_CARE))
    assert f'href="lar-av?kommun=0127&amp;matt={HOME_CARE}"' in html
