"""Ladda upp: a controller's file through the four steps, and what the others may see of it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.upload import findings
from app_pages.upload.choose import next_period
from app_pages.upload.load import AT_HAND
from data.workspace.changing import today
from data.workspace.networks import network as kept_network
from data.workspace.networks import save_network
from data.workspace.uploads import upload as kept_upload
from data.workspace.uploads import uploads
from data.workspace.workspace import Workspace
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure
from domain.period import Period
from domain.rights import Person
from domain.upload import Upload, UploadState
from spreadsheets.limits import MOST_BYTES

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
Propose = Callable[..., NetworkMeasure]
NAME = "Trygga elever"
CONTROLLER = "controller-haninge"


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
    """A measure that the members of Södertörn report themselves."""
    return proposed(
        sodertorn,
        NAME,
        until=MeasureState.IN_USE,
        source=MeasureSource.OWN,
        expression="trygga_elever",
        first_year=2019,
    )


def sheet(*rows: str, heading: str = "Kommun;Mått;År;Värde") -> bytes:
    return "\r\n".join((heading, *rows)).encode("utf-8-sig")


OTHERS = (
    f"Botkyrka;{NAME};2024;68,4",
    f"Huddinge;{NAME};2024;74,0",
    f"Nynäshamn;{NAME};2024;77,5",
)
WHOLE = sheet(f"Haninge;{NAME};2024;71,2", *OTHERS)
BROKEN = sheet(f"Haninge;{NAME};2024;712", *OTHERS)


def drop(page: AppTest, content: bytes, file_name: str = "resultat.csv") -> AppTest:
    field = next(uploader for uploader in page.get("file_uploader") if uploader.key.startswith("file-"))
    field.set_value((file_name, content, "text/csv"))
    return page.run()


def address_of(page: AppTest, word: str) -> str:
    value = page.query_params.get(word, "")
    return value[0] if isinstance(value, list) else value


def at_step(page: AppTest, step: str) -> AppTest:
    page.query_params["steg"] = step
    return page.run()


def only(workspace: Workspace) -> Upload:
    (upload,) = uploads(workspace)
    return upload


def publish(page: AppTest) -> AppTest:
    at_step(page, "publicera")
    return page.button(key="save-publication").click().run()


def test_a_controller_gets_the_own_municipality_and_its_network_preset(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    page = open_page_as(CONTROLLER, "upload")
    assert not page.exception
    html = page_html(page)
    assert "<h1>Ladda upp resultat för Haninge</h1>" in html
    assert "bara Haninge ser" in " ".join(html.split())
    assert [box.value for box in page.selectbox] == ["sodertorn", "0136", "2025"]
    assert page.selectbox(key="choice-kommun").options == ["Haninge"]


def test_the_four_steps_are_always_visible_with_their_status_in_words(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    html = page_html(open_page_as(CONTROLLER, "upload"))
    bar = html[html.index('<ol class="upload-steps">') : html.index("</ol>", html.index("upload-steps"))]
    for name in ("Fil", "Så läser vi den", "Anmärkningar", "Publicera"):
        assert f"{name}</b>" in bar
    assert bar.count('aria-current="step"') == 1
    assert bar.count("väntar på filen") == 3


def test_without_own_variables_there_is_nothing_to_report_and_a_way_to_them(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network
):
    page = open_page_as(CONTROLLER, "upload")
    assert not page.exception
    assert "Det finns inget att rapportera" in page_html(page)
    assert 'href="matverkstad?natverk=sodertorn"' in page_html(page)


def test_a_file_is_read_and_stored_as_a_draft_and_named_in_the_address(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE)
    assert not page.exception
    draft = only(workspace)
    assert (draft.state, draft.municipality_code, draft.period) == (UploadState.DRAFT, "0136", "2024")
    assert address_of(page, "uppladdning") == draft.id
    assert address_of(page, "steg") == "lasning"
    html = page_html(page)
    assert "Vi läste 1 värde för Haninge i 1 mått, 2024. 3 värden för andra kommuner läses men" in html
    assert "värde" in html
    assert '<th scope="row">2</th>' in html


def test_a_file_that_is_no_spreadsheet_is_refused_in_a_box_and_nothing_is_stored(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = drop(open_page_as(CONTROLLER, "upload"), b"%PDF-1.7 \x00\x01", "rapport.xlsx")
    assert not page.exception
    html = page_html(page)
    assert "rapport.xlsx togs inte emot" in html
    assert "är inget kalkylark" in html
    assert uploads(workspace) == ()


def test_a_file_with_identity_numbers_is_refused_and_nothing_is_stored(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    content = sheet(
        f"Haninge;{NAME};2024;71,2;19811228-9874", *OTHERS, heading="Kommun;Mått;År;Värde;Kommentar"
    )
    html = page_html(drop(open_page_as(CONTROLLER, "upload"), content))
    assert "ser ut som personnummer" in html
    assert "9874" not in html
    assert uploads(workspace) == ()


def test_a_file_over_the_limit_is_refused_in_swedish(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = drop(open_page_as(CONTROLLER, "upload"), b"a" * (MOST_BYTES + 1), "stor.csv")
    assert "går att ladda upp" in page_html(page)
    assert uploads(workspace) == ()


def test_a_structure_finding_is_shown_with_its_cell_and_stops_the_publication(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), BROKEN), "anmarkningar")
    assert not page.exception
    html = page_html(page)
    assert "måste rättas" in html
    assert "<b>D2</b>" in html
    page = at_step(page, "publicera")
    assert "Det går inte att publicera ännu" in page_html(page)
    assert "save-publication" not in [button.key for button in page.button]


def test_a_corrected_file_replaces_the_first_in_the_same_draft(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), BROKEN), "anmarkningar")
    first = only(workspace)
    page = drop(page, WHOLE, "rättad.csv")
    assert not page.exception
    assert (only(workspace).id, only(workspace).file_name) == (first.id, "rättad.csv")
    assert "inget kvar att göra" in page_html(page)


def test_a_published_file_is_in_the_figures_and_can_be_undone(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE)
    page = at_step(page, "publicera")
    html = page_html(page)
    assert "För Haninge: 1 nytt värde." in html
    assert f'<th scope="row">{NAME}, 2024</th>' in html
    assert '<td data-label="Blir">71,2\u00a0%</td>' in html
    assert page.button(key="save-publication").label == "Publicera 1 värde"
    page.button(key="save-publication").click().run()
    assert not page.exception
    assert "resultat.csv är publicerad." in page_html(page)
    assert only(workspace).state is UploadState.PUBLISHED
    page.button(key="save-undo").click().run()
    assert "”Varför den ångras” är tomt" in page_html(page)
    page.text_input(key="undo-because").set_value("Fel år")
    page.button(key="save-undo").click().run()
    assert only(workspace).state is UploadState.UNDONE
    assert "resultat.csv är ångrad" in page_html(page)


def test_an_odd_value_is_explained_before_it_is_published(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    publish(
        drop(
            open_page_as(CONTROLLER, "upload", period="2023"),
            sheet(f"Haninge;{NAME};2023;7,1", *(other.replace("2024", "2023") for other in OTHERS)),
        )
    )
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE), "anmarkningar")
    html = page_html(page)
    assert "att förklara" in html
    assert "Förklaringen blir en fotnot" in html
    held = page.session_state[AT_HAND]
    field = next(area for area in page.text_area if area.label.startswith("Förklaring till"))
    field.set_value("Ny enkät <b>").run()
    assert not page.exception
    assert list(page.session_state[AT_HAND].explanations.values()) == ["Ny enkät <b>"]
    if len(held.unexplained) > 1:
        page.checkbox(key="explain-together-all").set_value(True)
        page.text_area(key="explain-together-text").set_value("Samma skäl")
        page.button(key="save-together").click().run()
    assert page.session_state[AT_HAND].unexplained == ()
    publish(page)
    assert kept_upload(workspace, held.upload.id).state is UploadState.PUBLISHED
    assert "förklaring" in page_html(page)


def test_many_findings_are_shown_one_page_at_a_time(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    rows = [f"Haninge;{NAME};2024;{700 + number}" for number in range(90)]
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), sheet(*rows)), "anmarkningar")
    assert not page.exception
    assert page_html(page).count('<th scope="row"><b>') <= findings.A_PAGE


def test_a_column_is_corrected_by_hand_and_the_file_is_read_again(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    content = sheet(f"Haninge;{NAME};2024;71,2", *OTHERS, heading="Kommun;Mått;År;Resultat")
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), content), "lasning")
    (columns,) = [box for box in page.multiselect if str(box.key).endswith("-columns")]
    form = str(columns.key).removesuffix("-columns")
    columns.set_value([2])
    page.selectbox(key=f"{form}-role").set_value("comment")
    page.button(key=f"save-{form}").click().run()
    assert not page.exception
    html = page_html(page)
    assert "Filen är läst så som du sade." in html
    assert "kommentar</span> <small>vald för hand</small>" in html


def test_a_visitor_may_check_a_file_and_nothing_is_stored(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    page = open_page_as("visitor", "upload", natverk="sodertorn", kommun="0136", period="2024")
    assert "laddas upp av kommunens controller" in page_html(page)
    page = drop(page, BROKEN)
    assert not page.exception
    assert "Vi läste 1 värde för Haninge" in page_html(page)
    page = at_step(page, "anmarkningar")
    assert "måste rättas" in page_html(page)
    assert uploads(workspace) == ()


def test_somebody_elses_draft_is_refused_politely_and_its_values_stay_hidden(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE)
    for step in ("lasning", "anmarkningar", "publicera"):
        page = open_page_as("member-huddinge", "upload", uppladdning=only(workspace).id, steg=step)
        assert not page.exception
        html = page_html(page)
        assert "Utkastet är kommunens eget" in html
        assert "71,2" not in html
        assert "save-publication" not in [button.key for button in page.button]


def test_where_the_network_requires_it_a_second_person_approves(
    open_page_as: OpenPage,
    page_html: PageHtml,
    reported: NetworkMeasure,
    sodertorn: Network,
    workspace: Workspace,
    administrator: Person,
):
    save_network(
        workspace, administrator, replace(kept_network(workspace, sodertorn.id), wants_sign_off=True), today()
    )
    page = at_step(drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE), "publicera")
    assert page.button(key="save-publication").label == "Skicka 1 värde för godkännande"
    page.button(key="save-publication").click().run()
    draft = only(workspace)
    assert draft.state is UploadState.AWAITING_SIGN_OFF
    assert "save-sign-off" not in [button.key for button in page.button]
    leader = open_page_as("coordinator", "upload", uppladdning=draft.id, steg="publicera")
    assert not leader.exception
    assert "71,2" not in page_html(leader)
    leader.button(key="save-sign-off").click().run()
    assert not leader.exception
    assert only(workspace).state is UploadState.PUBLISHED
    assert only(workspace).signed_by


def test_a_draft_waits_in_the_list_and_can_be_thrown_away(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    drop(open_page_as(CONTROLLER, "upload", period="2024"), WHOLE)
    draft = only(workspace)
    page = open_page_as(CONTROLLER, "upload")
    assert "Fortsätt med resultat.csv" in page_html(page)
    page.button(key=f"discard-{draft.id}").click().run()
    assert "resultat.csv är kastad." in page_html(page)
    assert "Fortsätt med" not in page_html(page)
    assert only(workspace).state is UploadState.DISCARDED


def project_results(*rows: tuple[object, ...]) -> bytes:
    """A workbook as a project submits it."""
    book = openpyxl.Workbook()
    headings = (
        "Projekt",
        "Kommun",
        "Mått",
        "Före",
        "Efter",
        "Datum före",
        "Datum efter",
        "Antal personer",
        "Metod",
    )
    for row in (headings, *rows):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def hand_in_projects(page: AppTest, content: bytes) -> AppTest:
    field = next(uploader for uploader in page.get("file_uploader") if uploader.key.startswith("projects-"))
    field.set_value(("projekt.xlsx", content, "application/octet-stream"))
    return page.run()


def test_results_of_a_project_are_published_beside_the_figures(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    row = ("Nattvandrarna", "Haninge", NAME, 61.5, 70, "2022", "2024", 120, "Enkät före och efter")
    page = hand_in_projects(open_page_as(CONTROLLER, "upload"), project_results(row))
    assert not page.exception
    html = page_html(page)
    assert '<th scope="row">Nattvandrarna</th>' in html
    assert '<td data-label="Före">61,5 (2022)</td>' in html
    page.button(key="save-publication").click().run()
    assert not page.exception
    assert only(workspace).state is UploadState.PUBLISHED


def test_a_project_without_a_number_must_be_corrected_and_nothing_is_stored(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure, workspace: Workspace
):
    row = ("Nattvandrarna", "Haninge", NAME, "många", 70, "2022", "2024", 120, "Enkät")
    page = hand_in_projects(open_page_as(CONTROLLER, "upload"), project_results(row))
    assert not page.exception
    assert "måste rättas. Ingenting av filen är sparat." in page_html(page)
    assert "<b>D2</b>" in page_html(page)
    assert uploads(workspace) == ()


def delivered_by(code: str, period: str) -> Upload:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Upload("u", "n", code, period, "f.csv", "", "p", "P", moment, UploadState.PUBLISHED)


def test_the_period_is_what_the_others_have_come_to_and_then_the_next():
    years = tuple(Period(year, part) for year in (2023, 2022, 2021) for part in ("", "HT", "VT"))
    others = (delivered_by("0127", "2021"), delivered_by("0126", "2022-VT"))
    assert next_period(others, "0136", years) == Period(2022)
    assert next_period((*others, delivered_by("0136", "2022")), "0136", years) == Period(2023)
    assert next_period((*others, delivered_by("0136", "2022-VT")), "0136", years) == Period(2022)
    assert next_period((), "0136", years) == Period(2023)


def test_a_file_without_own_values_says_so_and_offers_nothing_to_publish(
    open_page_as: OpenPage, page_html: PageHtml, reported: NetworkMeasure
):
    page = drop(open_page_as(CONTROLLER, "upload", period="2024"), sheet(*OTHERS))
    assert "Vi hittade inga värden för Haninge" in page_html(page)
    page = at_step(page, "publicera")
    assert not page.exception
    assert "save-publication" not in [button.key for button in page.button]
