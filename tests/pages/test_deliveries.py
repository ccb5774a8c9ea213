"""Rapporteringsläge: who has delivered what, what to read, and whom to remind, for those with the right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts.opening import get_stores
from data.workspace.workspace import Workspace
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure, ReportingInterval
from pipelines.uploads import drafts
from pipelines.uploads.publishing import changes, publish
from pipelines.uploads.upload_context import load_upload_context

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
Propose = Callable[..., NetworkMeasure]
NAME = "Trygga elever"
EXPLAINED = "Ny <b>enkät</b>"


@pytest.fixture
def demonstration(demonstration_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Separate figures, since the test publishes into them."""
    home = tmp_path / "home"
    shutil.copytree(demonstration_home, home)
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JAMFOR_HOME", str(home))
    return home


@pytest.fixture
def reported(sodertorn: Network, proposed: Propose) -> NetworkMeasure:
    return proposed(
        sodertorn,
        NAME,
        until=MeasureState.IN_USE,
        source=MeasureSource.OWN,
        expression="trygga_elever",
        first_year=2022,
    )


def keep_rows(workspace: Workspace, administrator, *rows: str, code: str = "0136", period: str = "2024"):
    content = "\r\n".join(("Kommun;Mått;Period;Värde;Kommentar;Orsak om värde saknas", *rows)).encode()
    upload_context = load_upload_context(get_stores(), network="sodertorn", municipality=code, period=period)
    reviewed = drafts.review_as_remembered(workspace, content, "fil.csv", upload_context)
    return drafts.save_draft(workspace, administrator, reviewed, content, file_name="fil.csv")


def publish_rows(workspace: Workspace, administrator, *rows: str, **where: str):
    draft = keep_rows(workspace, administrator, *rows, **where)
    seen = changes(get_stores(), administrator, draft.id, with_colours=False)
    return publish(
        get_stores(), administrator, draft.id, state_key=seen.state_key, today=draft.created_at.date()
    )


def matrix(html: str) -> str:
    start = html.index('class="plain-table findings deliveries"')
    return html[start : html.index("</table>", start)]


def test_a_coordinator_sees_who_has_delivered_what_in_sign_and_word(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace, administrator
):
    publish_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;{EXPLAINED}")
    publish_rows(
        workspace,
        administrator,
        f"Salem;{NAME};2024;70;;",
        f"Botkyrka;{NAME};2024;;;bortfall",
        f"Tyresö;{NAME};2024;80;;",
        code="0127",
    )
    keep_rows(workspace, administrator, f"Huddinge;{NAME};2024;66,6;Hemligt", code="0126")
    page = open_page_as("coordinator", "deliveries", natverk="sodertorn", period="2024")
    assert not page.exception
    html = page_html(page)
    assert "<h1>Rapporteringsläge för Södertörn</h1>" in html
    assert "2 av 8 medlemmar har levererat allt för 2024." in html
    assert "Av det som inte är publicerat: 1 finns i utkast." in html
    cells = matrix(html)
    assert '<i aria-hidden="true">✓</i> publicerat' in cells
    assert '<i aria-hidden="true">–</i> bortfall' in cells
    assert '<i aria-hidden="true">✎</i> utkast' in cells
    assert cells.count('<i aria-hidden="true">○</i> inte levererat') == 5
    assert "Nationell administratör" in cells  # when and by whom, behind the cell and in the list
    assert "66,6" not in html
    assert "Hemligt" not in html


def test_published_explanations_are_read_in_full_and_link_to_the_history(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace, administrator
):
    publish_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;{EXPLAINED}")
    html = page_html(open_page_as("controller-haninge", "deliveries", natverk="sodertorn", period="2024"))
    assert "Ny &lt;b&gt;enkät&lt;/b&gt;" in html
    assert EXPLAINED not in html
    assert 'href="historik?' in html
    assert f"matt={reported.id}&amp;" in html


def test_reminders_can_be_copied_for_each_member_and_for_all(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace, administrator
):
    publish_rows(workspace, administrator, f"Haninge;{NAME};2024;71,2;")
    page = open_page_as("coordinator", "deliveries", natverk="sodertorn", period="2024")
    texts = [block.value for block in page.code]
    assert len(texts) == 1 + 7
    assert texts[0].startswith("Hej!")
    assert "– Botkyrka: Trygga elever" in texts[0]
    assert "Haninge" not in texts[0]
    assert texts[1].startswith("Hej Huddinge!")


def test_months_share_one_column_with_the_number_published(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    proposed: Propose,
    workspace: Workspace,
    administrator,
):
    proposed(
        sodertorn,
        "Väntetid",
        until=MeasureState.IN_USE,
        source=MeasureSource.OWN,
        expression="vantetid",
        first_year=2022,
        interval=ReportingInterval.MONTHLY,
    )
    publish_rows(workspace, administrator, "Haninge;Väntetid;2024-02;12,5;", period="2024-02")
    page = open_page_as("coordinator", "deliveries", natverk="sodertorn", period="2024")
    assert not page.exception
    cells = matrix(page_html(page))
    assert cells.count('<th scope="col">') == 2
    assert "1 av 12 publicerade" in cells
    assert "februari 2024: publicerat" in cells
    month = page_html(open_page_as("coordinator", "deliveries", natverk="sodertorn", period="2024-02"))
    assert "1 av 8 medlemmar har levererat allt för februari 2024." in month


def test_a_visitor_learns_who_may_read_the_deliveries_and_sees_none(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    page = open_page_as("visitor", "deliveries", natverk="sodertorn", period="2024")
    assert not page.exception
    html = page_html(page)
    assert "Rapporteringsläget är nätverkets eget" in html
    assert "nätverksledaren" in html
    assert "levererat allt" not in html
    assert not page.code


def test_a_network_without_own_variables_has_nothing_to_report(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network
):
    html = page_html(open_page_as("coordinator", "deliveries", natverk="sodertorn"))
    assert "Det finns inget att rapportera" in html
    assert 'href="matverkstad' in html


def test_without_a_network_it_says_how_to_begin(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    page = open_page_as("visitor", "deliveries")
    assert not page.exception
    assert "är inte med i något nätverk ännu" in page_html(page)
