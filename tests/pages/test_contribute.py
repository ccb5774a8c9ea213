"""Bidra, edited by those who may, viewed by those who may not, and reviewed by somebody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app_pages.contribute import autosave
from data.workspace import stories
from data.workspace.stories import change_story_state, draft, save_story
from data.workspace.workspace import Workspace
from domain.case import Aim, AimDirection, Case, Evaluation, Sector
from domain.story import Link, Picture, Standing, StoryKind, StoryState, TipBox
from domain.success_bank import Story, kind_of, sections_of, unanswered
from tests.pages.published_stories import case, method, people, programme, publish

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

WRITER, OTHER_WRITER, REVIEWER = "controller-haninge", "administrator", "coordinator"


def start_case(workspace: Workspace, **changed: object) -> Case:
    """A draft of Haninge's own with only a title."""
    new = Case(Standing("", owner_municipality="0136"), "Läxhjälp", "", "0136", case().status)
    return save_story(workspace, people(workspace)[WRITER], replace(new, **changed))  # type: ignore[arg-type]


def load_case(workspace: Workspace, story_id: str) -> Case:
    story = draft(workspace, people(workspace)["administrator"], story_id)
    assert isinstance(story, Case)
    return story


def field(page: AppTest, kind: str, key: str):
    (widget,) = [element for element in page.get(kind) if element.key == key]
    return widget


def test_a_visitor_learns_who_may_write_here(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    page = open_page_as("visitor", "contribute")
    assert not page.exception
    assert "Här skriver den som har något att dela" in page_html(page)
    assert not page.text_input


def test_a_draft_cannot_be_read_by_a_visitor_or_another_municipality(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace, results="Hemligt ännu")
    for person_id in ("visitor", "member-huddinge"):
        html = page_html(open_page_as(person_id, "contribute", id=story.standing.id))
        assert "Hemligt ännu" not in html
        assert "Det gick inte att visa sidan" in html


def test_a_title_is_enough_to_begin_a_draft(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    page = open_page_as(WRITER, "contribute")
    field(page, "text_input", "new-story-title").set_value("Läxhjälp på biblioteket")
    field(page, "button", "begin-story").click()
    page.run()
    assert not page.exception
    assert page.query_params["id"] == "laxhjalp-pa-biblioteket"
    story = load_case(workspace, "laxhjalp-pa-biblioteket")
    assert (story.title, story.municipality_code, story.standing.owner_municipality) == (
        "Läxhjälp på biblioteket",
        "0136",
        "0136",
    )
    assert field(page, "text_input", "bidra-title-title").value == "Läxhjälp på biblioteket"


def test_without_a_title_nothing_is_begun(open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace):
    page = open_page_as(WRITER, "contribute")
    field(page, "button", "begin-story").click().run()
    assert "Rubrik eller namn" in page_html(page)
    assert "id" not in page.query_params


def test_text_is_saved_at_once_and_shown_beside_the_form(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "text_area", "bidra-results-results").set_value("Fler kom än väntat.").run()
    assert not page.exception
    assert load_case(workspace, story.standing.id).results == "Fler kom än väntat."
    html = page_html(page)
    assert "Sparat " in html
    assert "<p>Fler kom än väntat.</p>" in html


def test_each_change_is_a_version_and_opening_is_none(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    assert load_case(workspace, story.standing.id).standing.version == 1
    field(page, "text_area", "bidra-people-people").set_value("Elever").run()
    assert load_case(workspace, story.standing.id).standing.version == 2


def test_a_complete_row_is_saved_and_can_be_moved_and_removed(open_page_as: OpenPage, workspace: Workspace):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    for what in ("Först", "Sedan"):
        field(page, "button", "bidra-steps-add").click().run()
        last = [
            widget.key for widget in page.text_input if widget.key and widget.key.startswith("bidra-steps-")
        ][-1]
        field(page, "text_input", last).set_value(what).run()
    assert [step.what for step in load_case(workspace, story.standing.id).steps] == ["Först", "Sedan"]
    (up,) = [widget for widget in page.button if widget.label == "Flytta upp"]
    up.click().run()
    assert [step.what for step in load_case(workspace, story.standing.id).steps] == ["Sedan", "Först"]
    take = [widget for widget in page.button if widget.label == "Ta bort"]
    take[0].click().run()
    assert [step.what for step in load_case(workspace, story.standing.id).steps] == ["Först"]


def test_a_choice_in_a_row_is_saved_as_its_value(open_page_as: OpenPage, workspace: Workspace):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "button", "bidra-partners-add").click().run()
    (sector,) = [widget for widget in page.selectbox if widget.key and widget.key.endswith("-sector")]
    name = sector.key.removesuffix("-sector") + "-name"
    sector.set_value("region")
    field(page, "text_input", name).set_value("Vårdcentralen").run()
    (partner,) = load_case(workspace, story.standing.id).partners
    assert partner.sector is Sector.REGION
    assert partner.name == "Vårdcentralen"


def test_a_measure_is_searched_for_and_becomes_an_aim(open_page_as: OpenPage, workspace: Workspace):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "text_input", "bidra-measure-words").set_value("N17461").run()
    field(page, "button", "bidra-aims-add").click().run()
    (measure,) = [widget for widget in page.selectbox if widget.key and widget.key.endswith("-measure_id")]
    measure.set_value("N17461").run()
    row = measure.key.removesuffix("measure_id")
    field(page, "number_input", f"{row}size").set_value(3.5)
    field(page, "number_input", f"{row}by_year").set_value(2025).run()
    assert not page.exception
    (aim,) = load_case(workspace, story.standing.id).aims
    assert (aim.measure_id, aim.size, aim.by_year) == ("N17461", 3.5, 2025)


def test_not_knowing_yet_is_an_answer_until_something_is_written(
    open_page_as: OpenPage, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    assert "pitfalls" in unanswered(load_case(workspace, story.standing.id))
    field(page, "button", "bidra-unknown-pitfalls").click().run()
    assert load_case(workspace, story.standing.id).not_known == ("pitfalls",)
    assert "pitfalls" not in unanswered(load_case(workspace, story.standing.id))
    field(page, "text_area", "bidra-pitfalls-pitfalls").set_value("Det blev trångt.").run()
    assert load_case(workspace, story.standing.id).not_known == ()


def test_an_identity_number_is_refused_at_its_section_and_the_others_are_saved(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "text_area", "bidra-staff-staff").set_value("Anna, 19811218-9876").run()
    html = page_html(page)
    assert "ser ut som ett personnummer" in html
    assert "1 del är inte sparad" in html
    field(page, "text_area", "bidra-results-results").set_value("Fler kom.").run()
    story = load_case(workspace, story.standing.id)
    assert (story.staff, story.results) == ("", "Fler kom.")
    assert field(page, "text_area", "bidra-staff-staff").value == "Anna, 19811218-9876"
    field(page, "text_area", "bidra-staff-staff").set_value("En bibliotekarie").run()
    assert load_case(workspace, story.standing.id).staff == "En bibliotekarie"
    assert "inte sparad" not in page_html(page)


def test_an_invalid_address_is_refused(open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "text_input", "bidra-evaluation-link_url").set_value("javascript:alert(1)").run()
    assert "är ingen webbadress" in page_html(page)
    assert load_case(workspace, story.standing.id).evaluation.link is None


def test_html_in_what_is_written_stays_text_beside_the_form(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    story = start_case(workspace, title=attack, results=attack, pitfalls=attack)
    html = page_html(open_page_as(WRITER, "contribute", id=story.standing.id))
    html += page_html(open_page_as(WRITER, "contribute"))
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_odd_content_from_a_file_can_be_opened_and_corrected(open_page_as: OpenPage, workspace: Workspace):
    odd = Aim("X99999", AimDirection.INCREASE, date(1850, 1, 1), 2.0, 2020)
    story = start_case(workspace, aims=(odd,), method_ids=("okand",))
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    assert not page.exception
    (size,) = [widget for widget in page.number_input if widget.key and widget.key.endswith("-size")]
    size.set_value(3.0).run()
    assert load_case(workspace, story.standing.id).aims == (replace(odd, size=3.0),)


# ---- two who write at the same time ------------------------------------------------------------------------------


def test_changes_saved_elsewhere_are_adopted_and_reported(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    save_story(workspace, people(workspace)[OTHER_WRITER], replace(story, plan="Ny plan"))
    field(page, "text_area", "bidra-results-results").set_value("Fler kom.").run()
    story = load_case(workspace, story.standing.id)
    assert (story.plan, story.results) == ("Ny plan", "Fler kom.")
    assert "Någon annan sparade under tiden" in page_html(page)
    assert field(page, "text_area", "bidra-plan-plan").value == "Ny plan"


@pytest.mark.parametrize(("button", "expected"), [("mine", "Mitt"), ("theirs", "Deras")])
def test_where_both_changed_the_same_nothing_is_lost_and_the_writer_chooses(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, button: str, expected: str
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    save_story(workspace, people(workspace)[OTHER_WRITER], replace(story, results="Deras"))
    field(page, "text_area", "bidra-results-results").set_value("Mitt").run()
    html = page_html(page)
    assert "Någon annan har ändrat samma del" in html
    assert "Nu sparat: Deras" in html
    assert load_case(workspace, story.standing.id).results == "Deras"
    assert field(page, "text_area", "bidra-results-results").value == "Mitt"
    field(page, "button", f"bidra-results-{button}").click().run()
    assert load_case(workspace, story.standing.id).results == expected
    assert field(page, "text_area", "bidra-results-results").value == expected
    assert "Någon annan har ändrat samma del" not in page_html(page)


# ---- pictures ----------------------------------------------------------------------------------------------------


def a_picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 30), "#1b3a63").save(target, "PNG")
    return target.getvalue()


def test_a_picture_is_saved_and_requires_a_description(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    page.file_uploader[0].upload("bord.png", a_picture(), "image/png").run()
    assert not page.exception
    (picture,) = load_case(workspace, story.standing.id).pictures
    html = page_html(page)
    assert "Beskrivningen saknas" in html
    assert "1 bild saknar beskrivning" in html
    (alternative,) = [
        widget for widget in page.text_input if widget.key and widget.key.endswith("-alternative")
    ]
    alternative.set_value("Ett långt bord").run()
    assert load_case(workspace, story.standing.id).pictures == (Picture(picture.checksum, "Ett långt bord"),)
    assert "Beskrivningen saknas" not in page_html(page)


def test_a_file_that_is_not_a_picture_is_refused(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    page.file_uploader[0].upload("bord.png", b"<svg onload=alert(1)>", "image/png").run()
    assert "är ingen bild som går att visa" in page_html(page)
    assert load_case(workspace, story.standing.id).pictures == ()


# ---- review ------------------------------------------------------------------------------------------------------


def test_missing_sections_are_listed_and_block_sending(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = start_case(workspace)
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    count = len(unanswered(story))
    html = page_html(page)
    assert f"{count} delar saknar svar" in html
    assert '<a href="#del-pitfalls">Fallgropar</a>' in html
    assert '<a href="#del-municipality_code">Start</a>' in html  # it is asked for together with where
    assert 'id="del-municipality_code"' in html
    assert field(page, "button", "bidra-to-sent").disabled


def test_from_draft_to_published_by_two_people(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = save_story(workspace, people(workspace)[WRITER], case())
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "button", "bidra-to-sent").click().run()
    assert "är skickat" in page_html(page)
    assert load_case(workspace, story.standing.id).standing.state is StoryState.SENT
    assert not [widget for widget in page.button if widget.key == "bidra-to-reviewed"]

    listed = page_html(open_page_as(REVIEWER, "contribute"))
    assert "Väntar på granskning" in listed
    page = open_page_as(REVIEWER, "contribute", id=story.standing.id)
    assert not page.text_area  # another municipality's words are not the reviewer's to change
    field(page, "button", "bidra-to-reviewed").click().run()
    field(page, "button", "bidra-to-published").click().run()
    assert "är publicerat" in page_html(page)
    assert stories.story(workspace, story.standing.id).title == "Läxhjälp på biblioteket"  # type: ignore[union-attr]


def test_a_reviewer_sends_back_what_is_not_ready(open_page_as: OpenPage, workspace: Workspace):
    story = save_story(workspace, people(workspace)[WRITER], case())
    change_story_state(workspace, people(workspace)[WRITER], story.standing.id, StoryState.SENT, 1)
    page = open_page_as(REVIEWER, "contribute", id=story.standing.id)
    field(page, "button", "bidra-to-draft").click().run()
    assert load_case(workspace, story.standing.id).standing.state is StoryState.DRAFT


def test_nobody_approves_what_they_have_written(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = save_story(workspace, people(workspace)["administrator"], case())
    page = open_page_as("administrator", "contribute", id=story.standing.id)
    field(page, "button", "bidra-to-reviewed").click().run()
    assert "Någon annan måste granska det" in page_html(page)
    assert load_case(workspace, story.standing.id).standing.state is StoryState.DRAFT


def test_a_changed_story_stays_published_until_the_change_is_reviewed(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    story = publish(workspace, case())
    page = open_page_as(WRITER, "contribute", id=story.standing.id)
    field(page, "text_area", "bidra-results-results").set_value("Ändrat.").run()
    assert "Det som är publicerat står kvar" in page_html(page)
    published = stories.story(workspace, story.standing.id)
    assert isinstance(published, Case)
    assert published.results == "Fler kom än väntat."


@pytest.mark.parametrize("story", [method(), programme()])
def test_methods_and_programmes_are_written_the_same_way(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, story: object
):
    new = save_story(workspace, people(workspace)["administrator"], story)  # type: ignore[type-var]
    page = open_page_as("administrator", "contribute", id=new.standing.id)
    assert not page.exception
    name = "name-name"
    field(page, "text_input", f"bidra-{name}").set_value("Nytt namn").run()
    assert not page.exception
    again = draft(workspace, people(workspace)["administrator"], new.standing.id)
    assert again == replace(new, name="Nytt namn", standing=again.standing)


@pytest.mark.parametrize(
    "story",
    [
        case(
            aims=(Aim("N17461", AimDirection.DECREASE, date(2018, 1, 1), 2.5, 2022),),
            also_in=(("0127", 2020),),
            tip_boxes=(
                TipBox("Kortet", "Ett kort.", Link("Mer", "https://example.org/")),
                TipBox("Utan länk", ""),
            ),
            links=(Link("Rapport", "https://example.org/r"),),
            pictures=(Picture("a" * 64, "Ett bord", "Bordet"),),
            evaluation=Evaluation("Vi", "Enkät", "Bra", Link("Rapport", "https://example.org/u")),
            method_ids=("karta",),
            cost_sek=0,
            not_known=("plan",),
            plan="",
            is_failure=True,
        ),
        method(not_known=("preparation",), preparation=""),
        programme(ended_on=date(2024, 1, 1)),
    ],
)
def test_every_section_writes_back_what_it_reads(story: Story):
    for section in autosave.sections(kind_of(story)):
        assert section.change(story, section.read(story)) == story, section.name


@pytest.mark.parametrize("kind", list(StoryKind))
def test_the_form_asks_for_everything_that_must_be_answered(kind: StoryKind):
    touched = {name for section in autosave.sections(kind) for name in section.touched}
    assert set(sections_of(kind)) <= touched
    unknowable = {name for section in autosave.sections(kind) for name in section.unknowable}
    assert unknowable <= set(sections_of(kind))
