"""Administration, opened as different people open it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.administration import before_after
from app_pages.parts import local_server
from app_pages.parts import person as acting_person
from app_pages.parts.opening import get_workspace
from data.workspace.audit import audit_log
from data.workspace.networks import create_network, network, save_network
from data.workspace.people import DEMONSTRATION_PEOPLE, ensure_people, people, person, save_person
from domain.audit import Outcome
from domain.network import Membership, Network
from domain.place import PlaceKind
from domain.rights import Action, HeldRole, Role

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

ADMINISTRATOR = DEMONSTRATION_PEOPLE[0]
SIX = ("0127", "0136", "0126", "0140", "0192", "0128")
LOG = {"del": "Ändringslogg"}


@pytest.fixture
def workspace(demonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A workspace with one network, on a server that only its own machine reaches."""
    monkeypatch.setenv("JAMFOR_WORKSPACE", f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    monkeypatch.setattr(local_server, "is_local", lambda: True)
    today = datetime.now(UTC).date()
    stays = tuple(Membership(code, today - timedelta(days=365)) for code in SIX)
    create_network(
        get_workspace(), ADMINISTRATOR, Network("", "Sex söderut", PlaceKind.MUNICIPALITY, stays), today
    )
    ensure_people(get_workspace())
    return get_workspace()


def acting(app: AppTest, who: str) -> AppTest:
    app.session_state[acting_person.ACTING] = who
    return app.run()


def test_an_administrator_sees_everybody_with_their_roles_in_words(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("administration"), "administrator")
    assert not app.exception
    html = page_html(app)
    assert "<td>controller i Haninge</td>" in html
    assert "<td>nätverksledare för Sex söderut</td>" in html
    assert "<td>nationell administratör</td>" in html


def test_a_new_person_gets_a_role_for_a_municipality(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("administration"), "administrator")
    app.text_input("person-new-name").set_value("Controller, Salem")
    app.selectbox("person-new-role").set_value("controller").run()
    app.selectbox("person-new-municipality").set_value("0128")
    app.button("save-person").click().run()
    assert not app.exception
    assert "Controller, Salem är sparad." in page_html(app)
    assert person(workspace, "controller-salem").roles == (HeldRole(Role.CONTROLLER, None, "0128"),)


def test_a_role_is_removed_and_the_name_changed(workspace, open_page: OpenPage):
    app = acting(open_page("administration", andra="controller-haninge"), "administrator")
    app.text_input("person-controller-haninge-name").set_value("Ekonom, Haninge")
    app.multiselect("person-controller-haninge-roles").set_value([])
    app.button("save-person").click().run()
    saved = person(workspace, "controller-haninge")
    assert (saved.name, saved.roles) == ("Ekonom, Haninge", ())


def test_the_second_to_save_is_told_what_the_first_changed_and_loses_nothing(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("administration", andra="member-huddinge"), "administrator")
    app.multiselect("person-member-huddinge-roles").set_value([]).run()
    first = replace(person(workspace, "member-huddinge"), name="Ledamot, Huddinge")
    save_person(workspace, ADMINISTRATOR, first)
    app.button("save-person").click().run()
    html = page_html(app)
    assert "Nationell administratör hann spara före dig" in html
    assert "Ledamot, Huddinge" in html
    assert person(workspace, "member-huddinge").roles == first.roles
    assert app.multiselect("person-member-huddinge-roles").value == []
    app.button("save-person").click().run()
    saved = person(workspace, "member-huddinge")
    assert (saved.name, saved.roles) == ("Ledamot, Huddinge", ())


def test_the_last_administrator_cannot_be_removed(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("administration", andra="administrator"), "administrator")
    app.multiselect("person-administrator-roles").set_value([])
    app.button("save-person").click().run()
    assert "är den enda nationella administratören" in page_html(app)


def test_quotes_and_code_in_a_name_stay_text(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("administration"), "administrator")
    name = "<b>Bo</b> '; DROP TABLE person; --"
    app.text_input("person-new-name").set_value(name)
    app.button("save-person").click().run()
    assert not app.exception
    assert "<b>Bo</b>" not in page_html(app)
    assert name in [person.name for person in people(workspace, ADMINISTRATOR)]


def test_the_log_shows_who_when_what_and_both_states(workspace, open_page: OpenPage, page_html: PageHtml):
    changed = create_and_change(workspace)
    html = page_html(acting(open_page("administration", natverk=changed.id, **LOG), "administrator"))
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", html)
    assert "ändra nätverket och dess medlemmar: nätverk sex-soderut" in html
    assert '<th scope="row">syfte</th><td>–</td><td>Lära av varandra</td>' in html


def create_and_change(workspace):
    stored = network(workspace, "sex-soderut")
    return save_network(
        workspace, ADMINISTRATOR, replace(stored, aim="Lära av varandra"), datetime.now(UTC).date()
    )


def test_the_log_can_be_narrowed_to_what_was_refused(workspace, open_page: OpenPage, page_html: PageHtml):
    acting(open_page("administration"), "controller-haninge")
    filters = {"utfall": "nekat", "vem": "controller-haninge", **LOG}
    html = page_html(acting(open_page("administration", **filters), "administrator"))
    assert html.count('<tr class="refused">') == 1
    assert "✕ nekat" in html
    assert "Controller, Haninge" in html


def test_a_coordinator_reads_the_log_of_its_own_network_alone(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("administration"), "coordinator")
    assert not app.exception
    html = page_html(app)
    assert "nätverk sex-soderut" in html
    assert "person controller-haninge" not in html
    assert not [button for button in app.button if button.key == "save-person"]
    assert list(app.selectbox("choice-natverk").options) == ["Sex söderut"]


def test_a_controller_is_refused_politely_and_it_is_logged(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("administration"), "controller-haninge")
    assert not app.exception
    assert "Controller, Haninge har inte rätt att hantera personer och roller" in page_html(app)
    assert "<td>nationell administratör</td>" not in page_html(app)
    app.run()
    (refused,) = audit_log(
        workspace, ADMINISTRATOR, outcome=Outcome.REFUSED, person_id="controller-haninge"
    )  # once a visit, however often the page is drawn
    assert refused.action is Action.MANAGE_PEOPLE


def test_nobody_is_an_administrator_where_the_server_is_open_to_others(
    workspace, open_page: OpenPage, page_html: PageHtml, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(local_server, "is_local", lambda: False)
    app = acting(open_page("administration"), "administrator")
    assert "Du har inte rätt till den här sidan" in page_html(app)


def test_address_words_that_cannot_be_read_are_reported(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(
        open_page("administration", vad="x", utfall="y", fore="z", andra="'", natverk="-", **LOG),
        "administrator",
    )
    assert not app.exception
    assert page_html(app).count('role="alert"') == 1


def test_nested_values_of_a_state_are_described_in_their_own_words(workspace):
    (made,) = audit_log(workspace, ADMINISTRATOR, subject_id="controller-haninge")
    rows = before_after.rows(made, lambda text: text)
    assert ("roller 1, kommun", "", "Haninge") in rows
    assert ("roller 1, roll", "", "controller") in rows
    assert not [name for name, *_ in rows if name == "version"]
