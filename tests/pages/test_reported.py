"""What members publish shows at once on pages that are already open, with its explanations and its source."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.settings import Settings
from data.store.writing import write_release
from data.workspace import measures
from data.workspace.networks import create_network
from data.workspace.people import ensure_people
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState
from domain.place import PlaceKind
from pipelines.demonstration.truths import SODERTORN
from tests.homes import home_at

PageHtml = Callable[[AppTest], str]


@pytest.fixture
def home(demonstration_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Made-up figures of the test's own, and Södertörn with an own variable in use."""
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(demonstration_home / "demonstration", tmp_path / "demonstration")
    monkeypatch.setenv("JAMFOR_HOME", str(tmp_path))
    places = home_at(tmp_path)
    administrator = ensure_people(places.workspace)[0]
    today = datetime.now(UTC).date()
    stays = tuple(Membership(code, today - timedelta(days=365)) for code in SODERTORN)
    network = create_network(
        places.workspace, administrator, Network("", "Södertörn", PlaceKind.MUNICIPALITY, stays), today
    )
    definition = MeasureDefinition(
        version=1,
        first_year=2020,
        source=MeasureSource.OWN,
        expression="nojda",
        name="Nöjda",
        resident_sentence="Hur många som är nöjda.",
        unit="%",
        decimals=1,
        direction=Direction.HIGHER,
        kind=MeasureKind.QUALITY,
    )
    measure = measures.propose(places.workspace, administrator, network, definition, "Omsorg")
    now = datetime.now(UTC)
    for event in (
        LifeEvent(MeasureState.DISCUSSED, now, ""),
        LifeEvent(MeasureState.DECIDED, now, "", decided_on=date(2026, 1, 1), minutes_reference="§ 1"),
        LifeEvent(MeasureState.IN_USE, now, ""),
    ):
        measure = measures.change_measure_state(places.workspace, administrator, measure, event)
    return places


def publish(places: Settings, cells: dict[str, tuple[float, str]], upload_id: str) -> None:
    """Write what an upload would: (value, explanation) by code."""
    changes = pd.DataFrame(
        [
            ("nojda", code, "2023", "T", value, None, 200.0, words, upload_id, False)
            for code, (value, words) in cells.items()
        ],
        columns=[
            *("measure_id", "municipality_id", "period", "gender", "value", "reason", "basis"),
            *("footnote", "upload_id", "is_deleted"),
        ],
    )
    write_release(
        places.demonstration,
        lambda writer: writer.merge_reported_values(changes),
        run_id=f"upload-{upload_id}",
        description="Anna publicerade",
        is_made_up=True,
        details={"upload_id": upload_id, "person": "Anna"},
    )


def open_page(page: str, **address: str) -> AppTest:
    app = AppTest.from_string(f"from app_pages.{page}.page import show\nshow()", default_timeout=60)
    for name, word in ({"kommun": "0136", "med": "network:sodertorn"} | address).items():
        app.query_params[name] = word
    return app.run()


def test_a_published_value_shows_at_once_with_its_explanation_and_source(
    home: Settings, page_html: PageHtml
) -> None:
    nothing = page_html(open_page("measure", matt="nojda"))
    assert "Ingen medlem har rapporterat något värde för måttet Nöjda ännu." in nothing

    words = "Ny <i>enkät</i>"
    publish(home, {"0136": (60.0, words), "0127": (50.0, "")}, "u1")
    first = open_page("measure", matt="nojda")
    assert not first.exception
    assert "Haninge: 60,0\u00a0% (2023), plats 1 av 2" in page_html(first)
    assert "a) Haninge 2023: Ny &lt;i&gt;enkät&lt;/i&gt;" in page_html(first)
    assert "rapporterade i nätverket Södertörn" in page_html(first)
    assert words not in page_html(first)
    overview = open_page("overview", samling="natverk:sodertorn")
    assert 'title="Ny &lt;i&gt;enkät&lt;/i&gt;"' in page_html(overview)
    assert "Förklarat i en fotnot: Nöjda." in page_html(overview)
    assert "Haninge: Ny &lt;i&gt;enkät&lt;/i&gt;" in page_html(open_page("network", natverk="sodertorn"))

    publish(home, {"0136": (40.0, "")}, "u2")
    second = page_html(open_page("measure", matt="nojda"))
    assert "Haninge: 40,0\u00a0% (2023), plats 2 av 2" in second
    assert "enkät" not in second
    about = page_html(open_page("measure", matt="nojda", **{"del": "Om måttet"}))
    assert "2 av 8 har lämnat uppgifter för 2023." in about
    assert "Ännu inte: " in about
