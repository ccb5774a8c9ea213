"""Mitt nätverk, opened as its members, its coordinator and strangers open it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts import local_server
from data.workspace.audit import audit_log, news
from data.workspace.networks import network, save_network
from data.workspace.workspace import Workspace
from domain.audit import Outcome
from domain.errors.people import NotAllowedError
from domain.network import Network
from domain.network_measure import MeasureState, NetworkMeasure
from domain.rights import VISITOR, Person

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
Propose = Callable[..., NetworkMeasure]

TODAY = datetime.now(UTC).date()


def test_without_a_network_the_page_says_what_one_is_for_and_where_to_begin(
    open_page_as: OpenPage, page_html: PageHtml
):
    page = open_page_as("visitor", "network", kommun="0127")
    assert not page.exception
    assert "Botkyrka är inte med i något nätverk ännu" in page_html(page)
    assert 'href="natverk?kommun=0127"' in page_html(page)


def test_a_network_without_measures_leads_on_to_them(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network
):
    html = page_html(open_page_as("member-huddinge", "network", kommun="0126"))
    assert "<h1>Huddinge i nätverket Södertörn</h1>" in html
    assert "Inga mått i bruk" in html
    assert "matt-i-natverket?" in html


def test_a_measure_in_use_is_shown_with_my_place_and_who_has_reported(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Examen inom fyra år", until=MeasureState.IN_USE)
    page = open_page_as("leadership-botkyrka", "network", kommun="0127")
    assert not page.exception
    html = page_html(page)
    assert "Examen inom fyra år</a>" in html
    assert "8 av 8" in html or "7 av 8" in html
    assert "Vår plats" in html
    assert "samling=natverk:sodertorn" in html


def test_a_visitor_sees_no_proposal_and_a_member_does(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Hemligt förslag")
    assert "Hemligt förslag" not in page_html(open_page_as("visitor", "network", kommun="0127"))
    html = page_html(open_page_as("member-huddinge", "network", kommun="0126"))
    assert "Hemligt förslag</a> har föreslagits." in html
    assert "Föreslagna: <a" in html


def test_a_measure_decided_and_put_in_use_on_one_day_is_one_news_item(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    html = page_html(open_page_as("visitor", "network", kommun="0127"))
    assert "Examen</a> är i bruk." in html
    assert "är beslutat" not in html


def test_place_and_colour_are_both_among_the_members(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    html = page_html(open_page_as("visitor", "network", kommun="0127"))
    place, count, colour = re.search(r"(\d) av (\d)<br><small>(\w+ \d+ %)</small>", html).groups()
    share = int(place) / int(count)
    assert colour == ("bästa 25 %" if share <= 0.3 else "sämsta 25 %" if share > 0.75 else "mitten 50 %")


def test_non_members_see_the_network_without_a_rank_in_it(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as("visitor", "network", kommun="0180", natverk="sodertorn")
    assert not page.exception
    html = page_html(page)
    assert "<h1>Södertörn</h1>" in html
    assert "Examen</a>" in html
    assert "Vår plats" not in html


def test_members_are_listed_with_their_days_and_shown_on_the_map(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network
):
    html = page_html(open_page_as("visitor", "network", kommun="0127", **{"del": "Medlemmar"}))
    assert 'class="member-map" alt="Karta över landets kommuner' in html
    assert f"<td>{TODAY - timedelta(days=365)}</td>" in html


def test_the_coordinator_changes_the_description(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, workspace: Workspace
):
    page = open_page_as("coordinator", "network", **{"del": "Ändra"})
    page.text_area(key="network-description-aim").set_value("Lära av <b>varandra</b>")
    page.button(key="save-description").click().run()
    assert not page.exception
    assert network(workspace, "sodertorn").aim == "Lära av <b>varandra</b>"
    assert "Beskrivningen av Södertörn är sparad." in page_html(page)


def test_the_coordinator_asks_for_a_second_person(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, workspace: Workspace
):
    page = open_page_as("coordinator", "network", **{"del": "Ändra"})
    assert not page.checkbox(key="network-description-wants_sign_off").value
    page.checkbox(key="network-description-wants_sign_off").check()
    page.button(key="save-description").click().run()

    assert not page.exception
    assert network(workspace, "sodertorn").wants_sign_off
    html = page_html(open_page_as("visitor", "network", **{"del": "Om nätverket"}))
    assert "en andra person godkänner" in html


def test_the_second_to_save_is_told_and_nothing_is_lost(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    workspace: Workspace,
    administrator: Person,
):
    page = open_page_as("coordinator", "network", **{"del": "Ändra"})
    save_network(workspace, administrator, replace(sodertorn, contact="Kansliet"), TODAY)

    page.text_area(key="network-description-aim").set_value("Mitt syfte")
    page.button(key="save-description").click().run()
    html = page_html(page)
    assert "Nationell administratör hann spara före dig" in html
    assert "Kansliet" in html
    assert page.text_area(key="network-description-aim").value == "Mitt syfte"
    assert page.text_input(key="network-description-contact").value == "Kansliet"
    assert network(workspace, "sodertorn").aim == ""

    page.button(key="save-description").click().run()
    stored = network(workspace, "sodertorn")
    assert (stored.aim, stored.contact) == ("Mitt syfte", "Kansliet")


def test_a_member_joins_and_an_empty_choice_is_reported_at_the_form(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, workspace: Workspace
):
    page = open_page_as("coordinator", "network", **{"del": "Ändra"})
    page.selectbox(key="network-join-code").set_value("0180")
    page.button(key="save-join").click().run()
    assert len(network(workspace, "sodertorn").members_on(TODAY)) == 9
    page.button(key="save-leave").click().run()
    assert "Fältet ”Medlem” är tomt." in page_html(page)


def test_a_controller_who_follows_the_coordinators_address_is_refused_and_noted_once(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    workspace: Workspace,
    administrator: Person,
):
    page = open_page_as("controller-haninge", "network", kommun="0136", **{"del": "Ändra"})
    assert "Controller, Haninge har inte rätt att ändra nätverket" in page_html(page)
    assert "save-description" not in [button.key for button in page.button]
    page.run()
    refused = audit_log(workspace, administrator, outcome=Outcome.REFUSED)
    assert [entry.person_id for entry in refused] == ["controller-haninge"]


def test_an_unknown_network_is_reported(open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network):
    html = page_html(open_page_as("visitor", "network", natverk="Södertön"))
    assert "Menade du Södertörn" in html


def test_choosing_a_demonstration_person_is_not_a_sign_in_and_says_so(
    open_page_as: OpenPage, sodertorn: Network
):
    page = open_page_as("visitor", "network", kommun="0127")
    assert page.radio(key="choice-person").label == (
        "Detta är ingen inloggning: du väljer en demonstrationsperson."
    )
    page.radio(key="choice-person").set_value("coordinator").run()
    assert "Ändra" in [tab.label for tab in page.tabs]
    assert "person" not in str(page.query_params)


def test_where_the_server_is_open_to_the_world_everybody_is_a_visitor(
    open_page_as: OpenPage, sodertorn: Network, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(local_server, "is_local", lambda: False)
    page = open_page_as("administrator", "network", kommun="0127")
    assert not page.radio
    assert "Ändra" not in [tab.label for tab in page.tabs]


def test_the_news_of_a_network_are_refused_to_who_may_not_read_its_work(
    workspace: Workspace, sodertorn: Network
):
    with pytest.raises(NotAllowedError, match="Besökare har inte rätt att läsa nätverkets arbete"):
        news(workspace, VISITOR, sodertorn, most=5)
