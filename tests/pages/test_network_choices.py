"""Networks of our own among the choices of the pages: my network first, and its measures before any others."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app_pages.parts.opening import get_workspace
from data.workspace import comparability, measures, networks, use_counts
from domain.comparability import Comparability, ComparabilityStatement
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState
from domain.place import PlaceKind
from domain.rights import HeldRole, Person, Role

SIX = ("0127", "0136", "0126", "0140", "0192", "0128")
LEADER = Person("p", "Administratör", (HeldRole(Role.ADMINISTRATOR),))


@pytest.fixture
def workspace(demonstration, tmp_path, monkeypatch):
    monkeypatch.setenv("JAMFOR_WORKSPACE", f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    return get_workspace()


@pytest.fixture
def network(workspace):
    """Sex söder om Stockholm, formed a year ago, with one formula in use."""
    today = datetime.now(UTC).date()
    stays = tuple(Membership(code, today - timedelta(days=365)) for code in SIX)
    return networks.create_network(
        workspace, LEADER, Network("", "Sex söderut", PlaceKind.MUNICIPALITY, stays), today
    )


def in_use(workspace, network, expression, name, **changed):
    given = {
        "version": 1,
        "first_year": 2010,
        "source": MeasureSource.FORMULA,
        "expression": expression,
        "name": name,
        "resident_sentence": "",
        "unit": "%",
        "decimals": 1,
        "direction": Direction.HIGHER,
        "kind": MeasureKind.QUALITY,
        "not_to_be_used_for": "att jämföra enskilda skolor",
    }
    measure = measures.propose(workspace, LEADER, network, MeasureDefinition(**(given | changed)), "Skola")
    now = datetime.now(UTC)
    for event in (
        LifeEvent(MeasureState.DISCUSSED, now, ""),
        LifeEvent(MeasureState.DECIDED, now, "", decided_on=date(2026, 1, 1), minutes_reference="§ 1"),
        LifeEvent(MeasureState.IN_USE, now, ""),
    ):
        measure = measures.change_measure_state(workspace, LEADER, measure, event)
    return measure


def chosen(page, name):
    return next(box for box in page.selectbox if box.key == f"choice-{name}")


def test_the_overview_opens_on_my_network_and_its_measures(workspace, network, open_page, page_html):
    in_use(workspace, network, "glidande_medel(N15428; 3)", "Behöriga, tre år")
    page = open_page("overview", kommun="0127")
    assert not page.exception
    assert chosen(page, "med").value == "network:sex-soderut"
    assert chosen(page, "samling").value == "natverk:sex-soderut"
    html = page_html(page)
    assert "Botkyrka bland medlemmarna i Sex söderut" in html
    assert "Behöriga, tre år" in html
    assert "kvalitet · % · ↑ högt är bra" in html
    assert "Värden: Egen beräkning av nätverket Sex söderut" in html
    # Who is in no network sees what everybody sees.
    other = open_page("overview", kommun="2584")
    assert "natverk" not in chosen(other, "samling").value


def test_changes_in_the_workspace_show_at_once(workspace, network, open_page, page_html):
    assert "Halva behörigheten" not in page_html(open_page("overview", kommun="0127"))
    made = in_use(workspace, network, "N15428 / 2", "Halva behörigheten")
    assert "Halva behörigheten" in page_html(open_page("overview", kommun="0127"))
    measures.redefine(
        workspace,
        LEADER,
        made,
        replace(made.definition, first_year=2015, name="Ny halva", changed_because="ny lag"),
    )
    assert "Ny halva" in page_html(open_page("overview", kommun="0127"))


def test_an_own_measure_has_a_page_with_definition_break_and_incomparable_members(
    workspace, network, open_page, page_html
):
    made = in_use(workspace, network, "N15428 / 2", "Halva behörigheten")
    measures.redefine(
        workspace,
        LEADER,
        made,
        replace(made.definition, expression="N15428 / 4", first_year=2019, changed_because="ny lag"),
    )
    comparability.state(
        workspace,
        LEADER,
        ComparabilityStatement(
            network.id, made.id, "0136", Comparability.NOT_COMPARABLE, counting_method="egen räkning"
        ),
    )
    page = open_page("measure", kommun="0127", matt=made.id)
    assert not page.exception
    html = page_html(page)
    assert "Halva behörigheten: Botkyrka bland medlemmarna i Sex söderut" in html
    assert "Måttet har en ny definition från 2019" in html
    about = page_html(open_page("measure", kommun="0127", matt=made.id, **{"del": "Om måttet"}))
    assert "att jämföra enskilda skolor" in about
    assert "Definition 2 gäller från och med 2019" in about
    assert "Haninge är inte jämförbar i detta mått" in about
    assert (
        about.count("Egen beräkning av nätverket Sex söderut på påhittade") == 2
    )  # among the facts, and beneath


def test_a_page_view_is_counted_once_per_visit(workspace, network, open_page):
    made = in_use(workspace, network, "N15428 / 2", "Halva behörigheten")
    page = open_page("measure", kommun="0127", matt=made.id)
    page.run()
    counted = use_counts.uses(workspace, network.id, date(2020, 1, 1))
    assert counted == {made.id: 1}


def test_without_a_workspace_the_published_figures_still_show(
    demonstration, monkeypatch, open_page, page_html
):
    monkeypatch.setenv("JAMFOR_WORKSPACE", "postgresql://nobody@127.0.0.1:1/nothing")
    page = open_page("overview", kommun="0127")
    assert not page.exception
    assert "Databasen för arbetsytan går inte att nå" in page_html(page)
    assert 'class="rug' in page_html(page)


def test_an_incomparable_member_has_a_sign_a_letter_and_a_footnote(workspace, network, open_page, page_html):
    measure = in_use(workspace, network, "(N17461 + N15428) / 2", "Skolan i två tal")
    statement = ComparabilityStatement(
        network.id, measure.id, "0136", Comparability.NOT_COMPARABLE, operator="bara egen regi"
    )
    comparability.state(workspace, LEADER, statement)
    careful = ComparabilityStatement(
        network.id, measure.id, "0126", Comparability.WITH_RESERVATION, overhead="hyror ingår"
    )
    comparability.state(workspace, LEADER, careful)
    html = page_html(open_page("overview", kommun="0127"))
    assert '<td role="cell" class="other apart"><i role="img" aria-label="inte jämförbar">≠</i>' in html
    letters = dict(re.findall(r'<li id="anm-(\w)"><sup>\w</sup> Skolan i två tal, ([^<]*)</li>', html))
    assert set(letters.values()) == {
        "Haninge: inte jämförbar: bara egen regi",
        "Huddinge: jämförbar med förbehåll: hyror ingår",
    }
    assert all(f'<sup><a href="#anm-{letter}"' in html for letter in letters)
