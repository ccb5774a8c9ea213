"""Studiebesök, opened as readers open it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.settings import Settings
from domain.case import StudyVisit
from domain.story import Standing, Tag, TagKind
from tests.pages.published_stories import case, publish

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_without_a_visit_the_page_says_where_they_come_from(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    publish(workspace, case(study_visit=StudyVisit()))
    html = page_html(open_page_as("visitor", "study_visits"))
    assert "Ingen tar emot studiebesök ännu" in html
    assert "Läxhjälp" not in html


def test_the_directory_says_what_one_sees_and_how_to_ask_and_marks_the_place_on_the_map(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    published = publish(workspace, case())
    page = open_page_as("visitor", "study_visits", kommun="0127")
    assert not page.exception
    html = page_html(page)
    assert "1 exempel att besöka" in html
    assert f"exempel?kommun=0127&amp;id={published.standing.id}" in html
    assert "En tisdagskväll med fyrtio elever." in html
    assert "Bibliotekschefen." in html
    assert 'alt="Karta över dem som tar emot studiebesök: 1 Haninge."' in html


def test_those_of_my_own_county_come_first(open_page_as: OpenPage, page_html: PageHtml, workspace: Settings):
    publish(workspace, case())
    elsewhere = case(
        title="Skogsbad", municipality_code="0583", standing=Standing("", owner_municipality="0583")
    )
    publish(workspace, elsewhere)
    from_motala = page_html(open_page_as("visitor", "study_visits", kommun="0583"))
    assert from_motala.index("Skogsbad</a>") < from_motala.index("Läxhjälp på biblioteket</a>")
    from_botkyrka = page_html(open_page_as("visitor", "study_visits", kommun="0127"))
    assert from_botkyrka.index("Läxhjälp på biblioteket</a>") < from_botkyrka.index("Skogsbad</a>")


def test_visits_are_chosen_by_subject_and_an_empty_choice_says_the_way_out(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Settings
):
    publish(workspace, case())
    publish(workspace, case(title="Skogsbad", tags=(Tag(TagKind.SUBJECT, "miljö"),)))
    html = page_html(open_page_as("visitor", "study_visits", omrade="miljö"))
    assert "Skogsbad</a>" in html
    assert "Läxhjälp på biblioteket</a>" not in html
    nothing = page_html(open_page_as("visitor", "study_visits", omrade="sjöfart"))
    assert "Inget studiebesök passar" in nothing
    assert "Visa alla studiebesök" in nothing
