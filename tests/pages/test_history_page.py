"""Historik: everything that has been done to a value, a municipality's files, and undoing one with what that restores shown first."""

import hashlib
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts.opening import get_stores
from data.workspace.uploads import upload, uploads
from data.workspace.workspace import Workspace
from domain.network_measure import NetworkMeasure
from domain.upload import UploadState
from pipelines.uploads.undoing import undo
from tests.pages.test_deliveries import NAME, demonstration, keep_rows, publish_rows, reported

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

__all__ = ["demonstration", "reported"]  # fixtures


@pytest.fixture
def two_uploads(workspace: Workspace, administrator, reported: NetworkMeasure):
    """Haninge's value, published, and published again with another number."""
    first = publish_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;Ny enkät")
    second = publish_rows(workspace, administrator, f"Haninge;{NAME};2024;73,4;")
    return first, second


def history(html: str) -> str:
    start = html.index('class="plain-table findings history"')
    return html[start : html.index("</table>", start)]


def test_a_value_shows_who_when_from_which_file_and_what_it_was_before(
    open_page_as: OpenPage, page_html: PageHtml, two_uploads, reported: NetworkMeasure
):
    page = open_page_as("visitor", "history", matt=reported.id, kommun="0136", ar="2024")
    assert not page.exception
    html = page_html(page)
    assert "<h1>Historik för Haninge</h1>" in html
    assert f"{NAME}, Haninge, 2024</h2>" in html
    assert "Nu: 73,4\u00a0%." in html
    rows = history(html).split("<tr>")[2:]
    assert len(rows) == 2
    assert '<i aria-hidden="true">→</i> ändrat' in rows[0]
    assert '<td data-label="Före">71,2\u00a0%</td><td data-label="Efter">73,4\u00a0%</td>' in rows[0]
    assert '<i aria-hidden="true">+</i> nytt' in rows[1]
    assert "Ny enkät" in rows[1]
    assert "fil.csv" in rows[1]
    assert "Nationell administratör" in rows[1]


def test_an_undone_upload_is_shown_as_such_in_both_places(
    open_page_as: OpenPage,
    page_html: PageHtml,
    two_uploads,
    reported: NetworkMeasure,
    workspace: Workspace,
    administrator,
):
    undo(get_stores(), administrator, two_uploads[1].id, "Fel <i>år</i>")
    html = page_html(open_page_as("visitor", "history", matt=reported.id, kommun="0136", ar="2024"))
    first = history(html).split("<tr>")[2]
    assert "ångrat" in first
    assert "Fel &lt;i&gt;år&lt;/i&gt;" in first
    assert "Nu: 71,2\u00a0%." in html
    assert '<article class="handed-in undone">' in html
    assert "<i>år</i>" not in html


def test_a_controller_sees_what_undoing_restores_gives_a_reason_and_undoes(
    open_page_as: OpenPage, page_html: PageHtml, two_uploads, workspace: Workspace
):
    page = open_page_as(
        "controller-haninge", "history", natverk="sodertorn", kommun="0136", angra=two_uploads[1].id
    )
    assert not page.exception
    html = page_html(page)
    assert "Om fil.csv ångras" in html
    assert '<td data-label="Publicerat nu">73,4\u00a0%</td>' in html
    assert '<td data-label="Blir">71,2\u00a0%</td>' in html
    page.button(key="save-undo").click().run()
    assert "”Varför den ångras” är tomt" in page_html(page)
    assert upload(workspace, two_uploads[1].id).state is UploadState.PUBLISHED
    page.text_input(key="undo-because").set_value("Fel fil")
    page.button(key="save-undo").click().run()
    assert not page.exception
    assert upload(workspace, two_uploads[1].id).state is UploadState.UNDONE
    assert "fil.csv är ångrad, och det som stod före är återställt." in page_html(page)
    assert "save-undo" not in [button.key for button in page.button]


def test_others_cannot_undo_and_are_told_who_can(
    open_page_as: OpenPage, page_html: PageHtml, two_uploads, workspace: Workspace
):
    html = page_html(open_page_as("visitor", "history", natverk="sodertorn", kommun="0136"))
    assert "om fil.csv ångras" not in html
    page = open_page_as("member-huddinge", "history", natverk="sodertorn", angra=two_uploads[1].id)
    assert "ångras av kommunens controller" in page_html(page)
    assert "save-undo" not in [button.key for button in page.button]


def test_files_have_their_checksum_and_are_handed_out_to_the_municipality_alone(
    open_page_as: OpenPage, page_html: PageHtml, two_uploads, workspace: Workspace
):
    page = open_page_as("controller-haninge", "history", natverk="sodertorn", kommun="0136")
    html = page_html(page)
    content = (
        f"Kommun;Mått;Period;Värde;Kommentar;Orsak om värde saknas\r\nHaninge;{NAME};2024;73,4;".encode()
    )
    assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in html
    assert len([button for button in page.get("download_button") if button.proto.label == "Hämta filen"]) == 2
    others = open_page_as("leadership-botkyrka", "history", natverk="sodertorn", kommun="0136")
    assert not [button for button in others.get("download_button") if button.proto.label == "Hämta filen"]


def test_drafts_are_listed_for_those_who_read_the_reporting_and_hidden_from_visitors(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace, administrator
):
    keep_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;")
    address = {"natverk": "sodertorn", "kommun": "0136"}
    assert "Ingen fil har lämnats ännu." in page_html(open_page_as("visitor", "history", **address))
    html = page_html(open_page_as("coordinator", "history", **address))
    assert "<b>utkast</b>" in html
    assert "71,2" not in html


def test_a_cell_without_history_says_so(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    page = open_page_as("visitor", "history", natverk="sodertorn", matt=reported.id, kommun="0127", ar="2023")
    assert not page.exception
    assert "Ingenting är rapporterat för det här värdet" in page_html(page)


def test_the_measure_page_links_each_own_value_to_its_history(
    open_page_as: OpenPage, page_html: PageHtml, two_uploads, reported: NetworkMeasure
):
    html = page_html(
        open_page_as("visitor", "measure", matt=reported.id, kommun="0136", med="network:sodertorn")
    )
    assert f'href="historik?matt={reported.id}&amp;kommun=0136&amp;med=network:sodertorn&amp;ar=2024"' in html


def test_an_embargoed_upload_is_published_when_somebody_opens_a_page(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace, administrator
):
    from datetime import timedelta

    from app_pages.parts import open_library
    from data.workspace.changing import today
    from pipelines.uploads.publishing import changes, publish

    draft = keep_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;")
    seen = changes(get_stores(), administrator, draft.id, with_colours=False)
    day = today() - timedelta(days=1)
    publish(
        get_stores(),
        administrator,
        draft.id,
        state_key=seen.state_key,
        publish_on=day,
        today=day - timedelta(days=1),
    )
    assert uploads(workspace)[0].state is UploadState.AWAITING_DATE
    assert open_library.SECONDS_BETWEEN_SETTLING <= 60
    open_page_as("visitor", "history", natverk="sodertorn", kommun="0136")
    assert uploads(workspace)[0].state is UploadState.PUBLISHED
