"""Liknande kommuner, opened as a reader opens it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts import local_server, person
from app_pages.parts.opening import get_workspace
from data.workspace.audit import audit_log
from data.workspace.networks import networks
from data.workspace.people import DEMONSTRATION_PEOPLE
from domain.audit import Outcome
from domain.errors.choices import SimilarityError
from domain.rights import Action

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

ADMINISTRATOR = DEMONSTRATION_PEOPLE[0]


@pytest.fixture
def workspace(demonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A separate workspace, on a server that only its own machine reaches."""
    monkeypatch.setenv("JAMFOR_WORKSPACE", f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    monkeypatch.setattr(local_server, "is_local", lambda: True)
    return get_workspace()


def acting(app: AppTest, who: str) -> AppTest:
    app.session_state[person.ACTING] = who
    return app.run()


def test_the_nearest_places_are_listed_with_what_sets_them_apart(open_page: OpenPage, page_html: PageHtml):
    app = open_page("similar", kommun="0127")
    assert not app.exception
    html = page_html(app)
    assert "<h1>Kommuner som liknar Botkyrka</h1>" in html
    assert '<p class="lead">Mest lik Botkyrka är ' in html
    assert html.count('class="parts"') == 7


def test_shares_of_the_distance_are_in_words_beside_the_bar(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("similar", kommun="0127", variabler="population,N17461", vikter="1,3"))
    bars = re.findall(r'role="img" aria-label="([^"]*)"', html)
    assert len(bars) == 7
    assert all(re.fullmatch(r"Folkmängd \d+ %, .+ \d+ %", alternative) for alternative in bars)
    assert "vikt 25 %" in html
    assert "vikt 75 %" in html


def test_the_nearest_can_be_compared_with(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("similar", kommun="0127", variabler="population"))
    (codes,) = re.findall(r'class="way" href="oversikt\?[^"]*med=codes:([\d,]+)"', html)
    assert codes.split(",")[0] == "0127"
    assert len(codes.split(",")) == 8


def test_the_sources_own_lists_are_given_with_the_number_in_common(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("similar", kommun="0127", variabler="population"))
    assert "Koladas egna listor" in html
    assert re.search(r"\d av 7</td>", html)


def test_choosing_a_weight_writes_it_into_the_address(open_page: OpenPage):
    app = open_page("similar", kommun="0127", variabler="population,N17461")
    app.slider("choice-vikter-N17461").set_value(2.5).run()
    assert app.query_params["vikter"] == "1,2.5"
    assert not app.exception


def test_another_variable_keeps_the_weights_of_the_others(open_page: OpenPage):
    app = open_page("similar", kommun="0127", variabler="population,N17461", vikter="4,1")
    app.multiselect("choice-variabler").set_value(["population", "N15428"]).run()
    assert app.query_params["variabler"] == "population,N15428"
    assert app.query_params["vikter"] == "4,1"


@pytest.mark.parametrize(
    "address",
    [
        {"vikter": "a,b"},
        {"vikter": "-1,2"},
        {"vikter": "0,0"},
        {"vikter": "1"},
        {"variabler": "X99"},
        {"variabler": "'; DROP TABLE person; --"},
        {"vikter": "nan,1"},
    ],
)
def test_address_words_that_cannot_be_read_are_reported_and_replaced(
    open_page: OpenPage, page_html: PageHtml, address: dict[str, str]
):
    app = open_page("similar", **({"kommun": "0127", "variabler": "population,N17461"} | address))
    assert not app.exception
    assert page_html(app).count('role="alert"') == 1
    assert page_html(app).count('class="parts"') == 7


@pytest.mark.usefixtures("fresh_caches")
def test_variables_that_too_few_places_have_are_explained(
    open_page: OpenPage, page_html: PageHtml, monkeypatch: pytest.MonkeyPatch
):
    def too_little(*_given: object, **_more: object) -> None:
        raise SimilarityError(SimilarityError.TOO_LITTLE_KNOWN, place="Stockholm", share=40, least=80)

    monkeypatch.setattr("app_pages.similar.load.find_similar_places", too_little)
    app = open_page("similar", kommun="0180")
    assert not app.exception
    assert "Det går inte att likna efter det här" in page_html(app)
    assert "Minst 80 % behövs" in page_html(app)


def test_a_visitor_is_not_shown_how_to_make_a_network(workspace, open_page: OpenPage):
    app = open_page("similar", kommun="0127", variabler="population")
    assert not [button for button in app.button if button.key == "found-save"]


def test_an_administrator_makes_a_network_of_the_nearest(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("similar", kommun="0127", variabler="population"), "administrator")
    app.text_input("found-name").set_value("Storleksgruppen")
    app.button("found-save").click().run()
    assert not app.exception
    (network,) = networks(workspace)
    assert network.name == "Storleksgruppen"
    assert network.memberships[0].code == "0127"
    assert len(network.memberships) == 8
    assert "Nätverket Storleksgruppen är bildat med 8 medlemmar." in page_html(app)


def test_a_network_without_a_name_is_refused_at_the_form(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("similar", kommun="0127", variabler="population"), "administrator")
    app.button("found-save").click().run()
    assert "Fältet ”namn” är tomt" in page_html(app)
    assert networks(workspace) == ()


def test_a_controller_who_asks_by_address_is_refused_and_noted(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(
        open_page("similar", kommun="0136", variabler="population", bilda="ja"), "controller-haninge"
    )
    app.text_input("found-name").set_value("Mitt eget")
    app.button("found-save").click().run()
    assert not app.exception
    assert "Controller, Haninge har inte rätt att bilda nätverk" in page_html(app)
    assert networks(workspace) == ()
    (refused,) = audit_log(workspace, ADMINISTRATOR, outcome=Outcome.REFUSED)
    assert (refused.person_id, refused.action) == ("controller-haninge", Action.CREATE_NETWORK)
