"""Metoder, opened as readers open it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.workspace.pictures import keep_attachment
from data.workspace.workspace import Workspace
from domain.cooperation_method import Attachment, MethodKind
from domain.story import Standing
from tests.pages.published_stories import case, method, people, publish

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_without_a_method_the_page_says_what_one_is(open_page_as: OpenPage, page_html: PageHtml):
    page = open_page_as("visitor", "methods")
    assert not page.exception
    assert "Här finns inga metoder ännu" in page_html(page)


def test_methods_are_grouped_by_kind_with_effort_and_number_of_uses(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    published = publish(workspace, method())
    publish(workspace, method(name="Följ en dag", kind=MethodKind.TOOL, minutes=480))
    publish(workspace, case(method_ids=(published.standing.id,)))
    html = page_html(open_page_as("visitor", "methods"))
    assert html.index("Verktyg</h2>") < html.index("Få igång samverkan</h2>")
    assert "75 minuter · 5–14 personer" in html
    assert "8 timmar" in html
    assert "använd i 1 exempel" in html
    assert f"metoder?id={published.standing.id}" in html


def test_a_method_shows_when_it_does_not_fit_its_steps_and_the_cases_that_used_it(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    published = publish(workspace, method())
    used = publish(workspace, case(method_ids=(published.standing.id,)))
    page = open_page_as("visitor", "methods", id=published.standing.id)
    assert not page.exception
    html = page_html(page)
    assert "Passar inte när" in html
    assert html.index("Rita en vecka.") < html.index("Sätt upp lappar.")
    assert f"exempel?id={used.standing.id}" in html


def test_the_template_is_to_be_had_as_it_was_handed_over(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    content = b"%PDF-1.7 a page"
    checksum = keep_attachment(
        workspace, people(workspace)["administrator"], Standing(""), content, "karta.pdf"
    )
    published = publish(workspace, method(template=Attachment(checksum, "karta.pdf")))
    page = open_page_as("visitor", "methods", id=published.standing.id)
    assert [button.proto.label for button in page.get("download_button")] == ["Ladda ner mallen (karta.pdf)"]


def test_scripts_in_a_method_are_shown_as_text(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    published = publish(workspace, method(purpose=attack, how_to=(attack,), fits_when=attack))
    html = page_html(open_page_as("visitor", "methods", id=published.standing.id)) + page_html(
        open_page_as("visitor", "methods")
    )
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_an_unknown_method_is_reported_and_the_list_is_shown(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    publish(workspace, method())
    html = page_html(open_page_as("visitor", "methods", id="vem-gor-va-kartan"))
    assert "vem-gor-va-kartan" in html
    assert "Vem gör vad-kartan" in html
