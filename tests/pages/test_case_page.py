"""Exempel: a case as a story, what people have written stays text, and trying it leads to an effect of one's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from app_pages.parts.story import Surroundings, render_case
from data.workspace.changing import today
from data.workspace.readings import read_by_others
from data.workspace.reuses import reuses, say_trying
from data.workspace.stories import save_story
from data.workspace.story_import import import_stories
from data.workspace.workspace import Workspace
from domain.case import (
    Aim,
    AimDirection,
    Case,
    CaseStatus,
    Evaluation,
    Partner,
    Reuse,
    ReuseState,
    Sector,
    Step,
    StudyVisit,
)
from domain.rights import Person
from domain.story import NOT_KNOWN_YET, Link, Picture, Standing, StoryState, Tag, TagKind, TipBox

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
PUBLISHED = StoryState.PUBLISHED
HAND = '<script>alert(1)</script><img src=x onerror="alert(2)"> & </p>'


def case_of(text: str = "Så här gick det till.", **changed: object) -> Case:
    """A whole case, every text of it the same."""
    facts: dict[str, object] = {
        "standing": Standing("mentorer", state=PUBLISHED, owner_municipality="0136", is_made_up=True),
        "title": "Mentorer i sjuan",
        "question": text,
        "municipality_code": "0136",
        "status": CaseStatus.RUNNING,
        "started_on": date(2019, 3, 1),
        "people": text,
        "what_was_done": text,
        "steps": (Step(text[:40] or "2019", text),),
        "cost": text,
        "cost_sek": 1_250_000,
        "staff": text,
        "partners": (Partner(Sector.CIVIL_SOCIETY, text),),
        "plan": text,
        "pitfalls": text,
        "otherwise": text,
        "results": text,
        "evaluation": Evaluation(text, text, text),
        "aims": (Aim("N17461", AimDirection.INCREASE, date(2018, 11, 1), 3.0, 2023),),
        "study_visit": StudyVisit(True, text, text),
        "tip_boxes": (TipBox(text, text, Link(text, "https://example.org/a")),),
        "links": (Link(text, "https://example.org/b"),),
        "tags": (Tag(TagKind.SUBJECT, "skola"),),
    }
    return Case(**(facts | changed))  # type: ignore[arg-type]


@pytest.fixture
def publish_case(workspace: Workspace, administrator: Person) -> Callable[..., Case]:
    """Publishes a case: `publish_case(title="…")`."""

    def keep(**changed: object) -> Case:
        if changed.get("aims") == ():
            changed.setdefault("not_known", ("aims",))
        (saved,) = import_stories(workspace, administrator, [case_of(**changed)])  # type: ignore[arg-type]
        assert isinstance(saved, Case)
        return saved

    return keep


# The article


class Tags(HTMLParser):
    """The tags and addresses that a page really has, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.text = ""
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        self.text += data


OUR_TAGS = frozenset(
    "article div section aside header h2 h3 h4 p br b ol ul li dl dt dd small span a".split()  # noqa: SIM905 - read as a line
)


@given(st.one_of(st.text(max_size=60), st.just(HAND)))
def test_whatever_is_written_stays_text(text: str):
    page = Tags(render_case(case_of(text), Surroundings(), has_heading=True))
    assert page.tags <= OUR_TAGS
    assert page.attributes <= {"class", "id", "href", "target", "rel", "aria-label"}
    assert page.addresses <= {"https://example.org/a", "https://example.org/b"}


def test_hostile_texts_can_be_read_as_they_were_written():
    page = Tags(render_case(case_of(HAND), Surroundings()))
    assert page.text.count('<script>alert(1)</script><img src=x onerror="alert(2)"> & </p>') >= 12


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"]
)
def test_an_address_that_is_not_on_the_web_is_shown_and_not_linked(url: str):
    page = Tags(render_case(case_of(links=(Link("Läs mer", url),), tip_boxes=()), Surroundings()))
    assert page.addresses == set()
    assert f"Läs mer ({url})" in page.text


def test_not_knowing_yet_is_shown_as_an_answer():
    page = Tags(
        render_case(
            case_of(results=NOT_KNOWN_YET, evaluation=Evaluation(), not_known=("evaluation",)), Surroundings()
        )
    )
    assert page.text.count("Vet inte ännu") == 2
    assert "Har inget svar ännu" not in page.text


def test_a_draft_says_where_an_answer_is_wanting():
    page = Tags(render_case(case_of(pitfalls="", plan=""), Surroundings(), is_draft=True))
    assert page.text.count("Har inget svar ännu") == 2


def test_a_missing_picture_is_replaced_by_words():

    picture = Picture("0" * 64, "Två elever vid ett bord", "Mentorstid")
    html = render_case(case_of(pictures=(picture,)), Surroundings())
    assert "<img" not in html
    assert "Två elever vid ett bord" in html
    with_picture = render_case(
        case_of(pictures=(picture,)), Surroundings(pictures={"0" * 64: "data:image/png;base64,x"})
    )
    assert '<img alt="Två elever vid ett bord"' in with_picture


def test_the_aims_are_shown_with_size_year_and_the_day_they_were_stated():
    text = Tags(render_case(case_of(), Surroundings())).text
    assert "Höja N17461 med 3,0 till 2023 (sagt 2018-11-01)" in text


# The page


def test_no_case_in_the_address_leads_to_the_bank(open_page_as: OpenPage, page_html: PageHtml):
    page = open_page_as("visitor", "case")
    assert not page.exception
    assert "Inget exempel är valt" in page_html(page)


def test_a_case_that_is_not_published_is_not_there(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, administrator: Person
):
    saved = save_story(workspace, administrator, case_of(standing=Standing("", owner_municipality="0136")))
    page = open_page_as("visitor", "case", id=saved.standing.id)
    assert not page.exception
    assert "Det gick inte att visa sidan" in page_html(page)
    assert "Så här gick det till" not in page_html(page)


def test_a_case_reads_as_a_story_with_its_effect(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    publish_case(is_failure=True)
    page = open_page_as("visitor", "case", id="mentorer", kommun="0127")
    assert not page.exception
    html = page_html(page)
    for text in (
        "Mentorer i sjuan",
        "Haninge",
        "Fallgropar",
        "Det skulle vi göra annorlunda",
        "1\u00a0250\u00a0000 kr i allt",
    ):
        assert text in html, text
    assert "Gav inte det man hoppades" in html
    assert "Påhittat exempel" in html
    assert "Vad siffrorna säger" in html
    assert "Målet, formulerat 2018-11-01: öka med minst 3,0\u00a0procentenheter till 2023." in html


def test_a_hostile_case_harms_no_page(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    publish_case(text=HAND, title=HAND, aims=())
    for page in (open_page_as("visitor", "case", id="mentorer"), open_page_as("visitor", "success_bank")):
        assert not page.exception
        assert "<script>alert" not in page_html(page)
        assert "<img src=x" not in page_html(page)


def test_a_stale_case_says_since_when(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    yesterday = today() - timedelta(days=1)
    publish_case(aims=(), standing=replace(case_of().standing, revisit_on=yesterday))
    assert f"Inte sett över sedan {yesterday}" in page_html(open_page_as("visitor", "case", id="mentorer"))


def test_a_reading_is_counted_once_a_visit_and_only_from_a_measure_that_exists(
    open_page_as: OpenPage, workspace: Workspace, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("visitor", "case", id="mentorer", fran="N17461")
    page.run()
    open_page_as("visitor", "case", id="mentorer", fran="finns-inte")
    open_page_as("visitor", "case", id="mentorer")
    assert read_by_others(workspace, "N17461") == {"mentorer": 1}
    assert read_by_others(workspace, "finns-inte") == {}


# Trying it


def test_a_member_says_that_its_municipality_tries_it(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("member-huddinge", "case", id="mentorer")
    assert "Ingen annan kommun har sagt att den provar det här ännu" in page_html(page)
    page.date_input(key="trying-started_on").set_value(date(2024, 9, 2))
    page.text_area(key="trying-how_it_went").set_value("Två skolor har börjat.")
    page.button(key="save-trying").click().run()
    assert not page.exception
    (saved,) = reuses(workspace)
    assert saved == Reuse(
        "mentorer", "0126", ReuseState.TRYING, date(2024, 9, 2), "Två skolor har börjat.", "", version=1
    )
    assert "Prövat av 1 kommun till: 1 provar." in page_html(page)
    assert "provar=0126" in page_html(page)
    page.selectbox(key="trying-state").set_value(ReuseState.STOPPED)
    page.button(key="save-trying").click().run()
    assert [reuse.state for reuse in reuses(workspace)] == [ReuseState.STOPPED]


def test_an_identity_number_in_how_it_went_is_refused_and_what_was_written_stays(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("member-huddinge", "case", id="mentorer")
    page.text_area(key="trying-how_it_went").set_value("Fråga 19811218-9876.")
    page.button(key="save-trying").click().run()
    assert "personnummer" in page_html(page)
    assert page.text_area(key="trying-how_it_went").value == "Fråga 19811218-9876."
    assert reuses(workspace) == ()


def test_a_visitor_learns_who_may_try_a_case(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("visitor", "case", id="mentorer")
    assert "Den som arbetar i en kommun" in page_html(page)
    assert [button.key for button in page.button if button.key == "save-trying"] == []


def test_nobody_tries_their_own_case(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("controller-haninge", "case", id="mentorer")
    assert "Det här är ert eget exempel" in page_html(page)
    assert [button.key for button in page.button if button.key == "save-trying"] == []


def test_a_try_has_a_page_of_its_own_that_gives_no_number_while_it_is_too_early(
    open_page_as: OpenPage,
    page_html: PageHtml,
    workspace: Workspace,
    administrator: Person,
    publish_case: Callable[..., Case],
):
    publish_case()
    reuse = Reuse("mentorer", "0126", ReuseState.TRYING, date(2026, 9, 1), "Nyss börjat.")
    say_trying(workspace, administrator, reuse)
    page = open_page_as("visitor", "case", id="mentorer", provar="0126")
    assert not page.exception
    html = page_html(page)
    assert "Huddinge provar: Mentorer i sjuan" in html
    assert "effekten räknas från 2027" in html
    assert "Nyss börjat." in html
    assert "Ingen siffra på effekten ges." in html
    assert "mot jämförelsen" not in html


def test_an_unknown_reuse_is_reported_and_the_case_is_shown(
    open_page_as: OpenPage, page_html: PageHtml, publish_case: Callable[..., Case]
):
    publish_case(aims=())
    page = open_page_as("visitor", "case", id="mentorer", provar="0180")
    assert "Något i adressen gick inte att läsa" in page_html(page)
    assert "Så här gick det till" in page_html(page)
