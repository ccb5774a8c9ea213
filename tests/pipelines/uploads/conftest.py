"""A home with figures, a network and own variables, copied for each test; drafts are made from small tables."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from data.store.lake import open_figures
from data.workspace import measures, uploads
from data.workspace.networks import create_network
from data.workspace.people import demonstration_people, ensure_people, save_person
from data.workspace.upload_content import UploadContent
from disclosure.reported import disclose_reported
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    ReportingInterval,
)
from domain.place import PlaceKind
from domain.rights import HeldRole, Person, Role
from domain.upload import FileMapping, Upload, UploadState
from pipelines.uploads.resolved_cells import KEPT_COLUMNS
from tests.homes import home_at

HANINGE, HUDDINGE = "0136", "0126"
MEMBERS = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")
TODAY = date(2026, 11, 22)
NETWORK = "sodertorn"
SAFE, COUNT, MONTHLY = "trygga-elever", "antal-arenden", "vantetid"


def definition(name, expression, unit, **changed):
    given = {
        "version": 1,
        "first_year": 2015,
        "source": MeasureSource.OWN,
        "expression": expression,
        "name": name,
        "resident_sentence": "",
        "unit": unit,
        "decimals": 1,
        "direction": Direction.HIGHER,
        "kind": MeasureKind.QUALITY,
    }
    return MeasureDefinition(**(given | changed))


OWN = (
    definition("Trygga elever", "trygga", "%", smallest_basis=7),
    definition("Antal ärenden", "arenden", "antal", kind=MeasureKind.VOLUME),
    definition("Väntetid", "vantetid", "dagar", interval=ReportingInterval.MONTHLY),
)


@pytest.fixture(scope="session")
def reporting_home(small_home, tmp_path_factory):
    """Real figures, the demonstration people, a second controller of Haninge, and a network with three own variables."""
    home = tmp_path_factory.mktemp("reporting") / "home"
    shutil.copytree(small_home, home)
    chosen = home_at(home)
    administrator = ensure_people(chosen.workspace)[0]
    stays = tuple(Membership(code, date(2026, 1, 1)) for code in MEMBERS)
    network = create_network(
        chosen.workspace, administrator, Network("", "Södertörn", PlaceKind.MUNICIPALITY, stays), TODAY
    )
    ensure_people(chosen.workspace)
    for municipality in (HANINGE, HUDDINGE):
        held = (HeldRole(Role.CONTROLLER, municipality_code=municipality),)
        save_person(chosen.workspace, administrator, Person("", f"Annan controller {municipality}", held))
    now = datetime.now(UTC)
    for own_measure in OWN:
        measure = measures.propose(chosen.workspace, administrator, network, own_measure, "Skola")
        for event in (
            LifeEvent(MeasureState.DISCUSSED, now, ""),
            LifeEvent(MeasureState.DECIDED, now, "", decided_on=date(2026, 1, 1), minutes_reference="§ 1"),
            LifeEvent(MeasureState.IN_USE, now, ""),
        ):
            measure = measures.change_measure_state(chosen.workspace, administrator, measure, event)
    chosen.workspace.close()
    return home


@pytest.fixture
def home(reporting_home, tmp_path):
    """The settings of a separate home."""
    shutil.copytree(reporting_home, tmp_path / "home")
    chosen = home_at(tmp_path / "home")
    yield chosen
    chosen.workspace.close()


@pytest.fixture
def people(home):
    """Who acts: by role, with `controller` for Haninge, `other` for Haninge too and `neighbour` for Huddinge."""
    by_role = {str(person.roles[0].role): person for person in demonstration_people(home.workspace)}
    assert by_role["controller"].roles[0].municipality_code == HANINGE
    from data.workspace.people import people as everybody

    named = {person.name: person for person in everybody(home.workspace, by_role["administrator"])}
    return by_role | {
        "other": named[f"Annan controller {HANINGE}"],
        "neighbour": named[f"Annan controller {HUDDINGE}"],
    }


def content(cells, *, findings=(), evaluations=None):
    """The content of a file: (measure, period, gender) → number, reason, None for an empty cell, or (number, basis[, comment])."""
    rows = []
    for place, ((measure_id, period, gender), written) in enumerate(cells.items()):
        value, basis, comment = (*(written if isinstance(written, tuple) else (written,)), None, None)[:3]
        is_number = isinstance(value, int | float)
        rows.append(
            {
                "measure_id": measure_id,
                "period": period,
                "gender": gender,
                "value": float(value) if is_number else np.nan,
                "reason": None if is_number else value,
                "basis": np.nan if basis is None else float(basis),
                "comment": comment,
                "sheet": "Blad1",
                "row": place + 2,
                "column": 4,
                "text": str(value or ""),
            }
        )
    values = pd.DataFrame(rows, columns=list(KEPT_COLUMNS))
    return UploadContent(values, FileMapping((), "layout"), tuple(findings), (), evaluations)


def keep(home, actor, cells, *, file_name="resultat.xlsx", municipality=HANINGE, period="2023", **more):
    """A draft, stored as an upload stores it."""
    new = Upload(
        id="",
        network_id=NETWORK,
        municipality_code=municipality,
        period=period,
        file_name=file_name,
        checksum="",
        person_id="",
        person_name="",
        created_at=datetime.now(UTC),
        state=UploadState.DRAFT,
    )
    return uploads.keep_draft(
        home.workspace, actor, new, f"{file_name} {cells}".encode(), content(cells, **more)
    )


def figures_location(home, release=-1):
    """What anybody can read about Haninge: (measure, period, gender) → number or reason."""
    with open_figures(home) as figures:
        shown = disclose_reported(
            figures.reported_values(figures.releases()[release], municipality_ids=[HANINGE])
        ).table
    return {
        (row.measure_id, row.period, row.gender): row.reason if row.reason is not None else row.value
        for row in shown.itertuples()
    }


def figures_table(home):
    """All reported values of the newest release."""
    with open_figures(home) as figures:
        return disclose_reported(figures.reported_values(figures.latest_release())).table


def require_sign_off(home, administrator):
    from data.workspace.networks import network, save_network

    return save_network(
        home.workspace, administrator, replace(network(home.workspace, NETWORK), wants_sign_off=True), TODAY
    )
