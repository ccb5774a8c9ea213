"""Nätverk: the list of the country's networks, sharing measures, and founding one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from data.workspace.measures import network_measures
from data.workspace.networks import create_network, networks
from data.workspace.workspace import Workspace
from domain.network import Network
from domain.network_measure import MeasureState, NetworkMeasure
from domain.rights import Person
from pipelines.demonstration.truths import SODERTORN

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
Propose = Callable[..., NetworkMeasure]


@pytest.fixture
def second_network(workspace: Workspace, administrator: Person, sodertorn: Network) -> Network:
    """Another network of the same members."""
    other = replace(sodertorn, id="", name="Andra nätverket", version=0)
    return create_network(workspace, administrator, other, datetime.now(UTC).date())


def test_no_network_yet_says_what_one_is(open_page_as: OpenPage, page_html: PageHtml):
    page = open_page_as("visitor", "networks")
    assert not page.exception
    assert "Det finns inga nätverk ännu" in page_html(page)


def test_a_kolada_group_becomes_a_network_with_one_click(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace
):
    page = open_page_as("coordinator", "networks", kommun="0127", **{"del": "Bilda nätverk"})
    assert page.selectbox(key="found-kolada-group").value == "G96274"
    page.button(key="save-kolada").click().run()
    assert not page.exception
    (network,) = networks(workspace)
    assert network.kolada_group == "G96274"
    assert set(network.members_on(datetime.now(UTC).date())) == set(SODERTORN)
    assert page.query_params["natverk"] == network.id
    page.button(key="save-kolada").click().run()
    assert "är upptaget" in page_html(page)


@pytest.mark.parametrize("count", [5, 11])
def test_five_or_eleven_members_are_refused_and_what_was_written_stays(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, count: int
):
    page = open_page_as("coordinator", "networks", kommun="0127", **{"del": "Bilda nätverk"})
    page.text_input(key="found-own-name").set_value("Vårt nätverk")
    page.multiselect(key="found-own-codes").set_value([*SODERTORN, "0180", "0182", "0184"][:count])
    page.button(key="save-network").click().run()
    assert "Ett nätverk har 6 till 10 medlemmar" in page_html(page)
    assert page.text_input(key="found-own-name").value == "Vårt nätverk"
    assert networks(workspace) == ()


def test_measures_of_several_networks_are_listed_and_adopted_with_one_click(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    second_network: Network,
    proposed: Propose,
    workspace: Workspace,
    administrator: Person,
):
    measure = proposed(sodertorn, "Examen inom fyra år", until=MeasureState.IN_USE)
    page = open_page_as("administrator", "networks", till=second_network.id, **{"del": "Deras mått"})
    page.button(key=f"take-{measure.id}").click().run()
    assert not page.exception
    assert "är föreslaget i Andra nätverket" in page_html(page)
    (taken,) = network_measures(workspace, second_network.id, actor=administrator)
    assert (taken.id, taken.state, taken.owner_network) == (
        measure.id,
        MeasureState.PROPOSED,
        sodertorn.id,
    )


def test_a_member_of_the_public_is_offered_nothing_to_change(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as("visitor", "networks", **{"del": "Deras mått"})
    assert "Examen</a>" in page_html(page)
    assert not page.button
    refused = open_page_as("visitor", "networks", **{"del": "Bilda nätverk"})
    assert "Besökare har inte rätt att bilda nätverk" in page_html(refused)
