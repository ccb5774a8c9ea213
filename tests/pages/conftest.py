"""A home of made-up values for the pages, made once for all of their tests."""

import functools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from app_pages.parts.cached_answers import forget_answers
from app_pages.parts.opening import get_workspace
from data.workspace import measures
from data.workspace.networks import create_network
from data.workspace.people import ensure_people
from data.workspace.workspace import Workspace
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState, NetworkMeasure
from domain.place import PlaceKind
from domain.rights import Person
from pipelines.demonstration.truths import SODERTORN

# Streamlit reads the metadata of every installed package each time that a test opens a page; once per process is enough.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def demonstration(demonstration_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of a page that shows made-up values."""
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JAMFOR_HOME", str(demonstration_home))
    return demonstration_home


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """For a test that replaces something whose answers are cached: they are keyed by home, release and state alone."""
    _forget_everything()
    yield
    _forget_everything()


def _forget_everything() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
    forget_answers()


@pytest.fixture
def open_page(demonstration: Path) -> Callable[..., AppTest]:
    """Opens a page as the address says: `open_page("overview", kommun="0127")`."""

    def run_page(page: str, **address: str) -> AppTest:
        app = AppTest.from_string(f"from app_pages.{page}.page import show\nshow()", default_timeout=60)
        for name, word in address.items():
            app.query_params[name] = word
        return app.run()

    return run_page


@pytest.fixture
def page_html() -> Callable[[AppTest], str]:
    """Returns all the HTML of a page: `page_html(app)`."""

    def join_blocks(app: AppTest) -> str:
        return "\n".join(block.proto.body for block in app.get("html"))

    return join_blocks


@pytest.fixture
def workspace(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of the test's own beside the shared made-up values, with the demonstration people in it."""
    monkeypatch.setenv("JAMFOR_WORKSPACE", f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    ensure_people(get_workspace())
    return get_workspace()


@pytest.fixture
def administrator(workspace: Workspace) -> Person:
    return ensure_people(workspace)[0]


@pytest.fixture
def sodertorn(workspace: Workspace, administrator: Person) -> Network:
    """Södertörn, formed a year ago, with the demonstration coordinator as its coordinator."""
    today = datetime.now(UTC).date()
    stays = tuple(Membership(code, today - timedelta(days=365)) for code in SODERTORN)
    network = create_network(
        workspace, administrator, Network("", "Södertörn", PlaceKind.MUNICIPALITY, stays), today
    )
    ensure_people(workspace)
    return network


@pytest.fixture
def proposed(workspace: Workspace, administrator: Person) -> Callable[..., NetworkMeasure]:
    """Proposes a measure and leads it on: `proposed(network, "Examen", until=MeasureState.IN_USE)`."""

    def make(
        network: Network,
        name: str,
        *,
        until: MeasureState = MeasureState.PROPOSED,
        expression: str = "N17461",
        **changed: object,
    ) -> NetworkMeasure:
        facts = {
            "version": 1,
            "first_year": 2010,
            "source": MeasureSource.KPI,
            "expression": expression,
            "name": name,
            "resident_sentence": "Hur många som tar examen.",
            "unit": "%",
            "decimals": 1,
            "direction": Direction.HIGHER,
            "kind": MeasureKind.QUALITY,
        } | changed
        measure = measures.propose(workspace, administrator, network, MeasureDefinition(**facts), "Skola")
        now = datetime.now(UTC)
        for event in (
            LifeEvent(MeasureState.DISCUSSED, now, ""),
            LifeEvent(MeasureState.DECIDED, now, "", decided_on=date(2026, 1, 1), minutes_reference="§ 1"),
            LifeEvent(MeasureState.IN_USE, now, ""),
        ):
            if measure.state is until:
                break
            measure = measures.change_measure_state(workspace, administrator, measure, event)
        return measure

    return make


@pytest.fixture
def open_page_as(workspace: Workspace) -> Callable[..., AppTest]:
    """Opens a page as somebody: `open_page_as("coordinator", "network", natverk="sodertorn")`."""

    def run_page(person_id: str, page: str, **address: str) -> AppTest:
        app = AppTest.from_string(f"from app_pages.{page}.page import show\nshow()", default_timeout=60)
        app.session_state["acting-person"] = person_id
        for name, word in address.items():
            app.query_params[name] = word
        return app.run()

    return run_page
