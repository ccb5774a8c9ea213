"""Networks and measures go to YAML and back without loss; unreadable text is reported by line."""

import shutil
import string
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workspace.networks import network, networks
from data.workspace.people import ensure_people
from domain.comparability import Comparability, ComparabilityStatement
from domain.errors.fields import UnreadableDefinitionError, UnusableNameError
from domain.errors.formulas import FormulaError
from domain.errors.measures import MeasureDefinitionError, MeasureLifeError
from domain.errors.networks import NameTakenError, NetworkSizeError
from domain.errors.people import NotAllowedError
from domain.errors.user_error import UserError
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    ReportingInterval,
    Target,
)
from domain.place import PlaceKind
from pipelines.networks.exchange import (
    MeasureFile,
    NetworkFile,
    export_network,
    import_network,
    measure_from_yaml,
    measure_to_yaml,
    network_from_yaml,
    network_to_yaml,
)
from tests.homes import home_at

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "0127",
        "2026-01-01",
        "yes",
        "null",
        "~",
        "1e3",
        "- a",
        "a: b",
        "'; DROP TABLE x; --",
        "<b>",
        "{x}",
        "åäö\n\nrad ",
        "# nej",
        "&a *a",
        "!!python/object:os.system",
    ]
)
DAY = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
YEAR = st.integers(1990, 2090)
DEFINITION = st.builds(
    MeasureDefinition,
    version=st.just(1),
    first_year=YEAR,
    source=st.sampled_from(MeasureSource),
    expression=TEXT,
    name=TEXT,
    resident_sentence=TEXT,
    unit=TEXT,
    decimals=st.integers(0, 6),
    direction=st.sampled_from(Direction),
    kind=st.sampled_from(MeasureKind),
    included=TEXT,
    not_included=TEXT,
    service_and_overheads=TEXT,
    numerator=TEXT,
    denominator=TEXT,
    data_source=TEXT,
    responsible=TEXT,
    interval=st.sampled_from(ReportingInterval),
    smallest_basis=st.integers(0, 100),
    not_to_be_used_for=TEXT,
    changed_because=TEXT,
)
EVENT = st.builds(
    LifeEvent,
    st.sampled_from(MeasureState),
    MOMENT,
    TEXT,
    st.none() | DAY,
    minutes_reference=TEXT,
    reason=TEXT,
)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
FILE = st.builds(
    NetworkFile,
    network=st.builds(
        Network,
        id=st.just("natet"),
        name=TEXT,
        kind=st.sampled_from(PlaceKind),
        memberships=st.lists(st.builds(Membership, TEXT, DAY, st.none() | DAY), max_size=3).map(tuple),
        aim=TEXT,
        area_of_work=TEXT,
        contact=TEXT,
        period_from=st.none() | DAY,
        period_to=st.none() | DAY,
        forming_until=st.none() | DAY,
        next_meeting=st.none() | DAY,
        kolada_group=st.none() | TEXT,
        wants_sign_off=st.booleans(),
        is_made_up=st.booleans(),
        version=st.just(0),
    ),
    measures=st.lists(
        st.builds(
            NetworkMeasure,
            id=TEXT,
            owner_network=TEXT,
            network_id=st.just("natet"),
            definitions=st.lists(DEFINITION, max_size=2).map(tuple),
            life=st.lists(EVENT, max_size=2).map(tuple),
            section=TEXT,
            version=st.just(0),
        ),
        max_size=2,
    ).map(tuple),
    statements=st.lists(
        st.builds(
            ComparabilityStatement,
            st.just("natet"), TEXT, TEXT, st.sampled_from(Comparability), TEXT, TEXT, TEXT, TEXT, st.just(0),
        ),
        max_size=2,
    ).map(tuple),
    targets=st.lists(
        st.builds(Target, st.just("natet"), TEXT, st.none() | TEXT, YEAR, NUMBER, NUMBER, st.just(0)), max_size=2
    ).map(tuple),
)  # fmt: skip


@given(FILE)
def test_a_networks_file_says_everything(content):
    assert network_from_yaml(network_to_yaml(content), "fil.yml") == content


@given(st.builds(MeasureFile, DEFINITION, TEXT, TEXT))
def test_a_measures_file_says_everything(content):
    assert measure_from_yaml(measure_to_yaml(content), "fil.yml") == content


MEASURE = """\
# Kostnad för grundskolan
name: Kostnad per elev
resident_sentence: Vad en elev kostar.
source: formula
expression: N15030 / N01951
first_year: 2015
unit: kr/inv
decimals: 0
direction: lower
kind: cost
section: Skola
"""


def test_a_file_written_by_hand_is_read():
    read = measure_from_yaml(MEASURE, "kostnad.yml")

    assert (read.definition.name, read.definition.first_year, read.section) == (
        "Kostnad per elev",
        2015,
        "Skola",
    )
    assert read.definition.direction is Direction.LOWER


@pytest.mark.parametrize(
    ("old", "new", "line", "refusal"),
    [
        ("first_year: 2015", "first_year: tjugo", 6, "”tjugo” är inte ett heltal"),
        ("first_year: 2015", "first_year: 2015.5", 6, "är inte ett heltal"),
        ("first_year: 2015", "first_yaer: 2015", 6, "Menade du first_year"),
        ("kind: cost", "kind: kostnad", 10, "Orden är quality, satisfaction"),
        ("kind: cost", "kind: costs", 10, "Menade du cost"),
        ("decimals: 0", "decimals: [0]", 8, "ett enda värde"),
        ("unit: kr/inv", "unit: 2026-01-01", 7, "citattecken"),
        ("unit: kr/inv", "unit: yes", 7, "citattecken"),
        ("unit: kr/inv", "unit: &a kr\nnumerator: *a", 8, "hänvisningar"),
        ("unit: kr/inv", "unit: 'kr", 7, "ingen YAML"),
        ("unit: kr/inv", "unit: !!python/object/apply:os.system ['true']", 7, "ett enda värde"),
        ("unit: kr/inv", "unit: kr\nunit: inv", 8, "står två gånger"),
        ("unit: kr/inv", "unit: kr\n\tnumerator: x", 8, "ingen YAML"),
        ("unit: kr/inv", "", 2, "fältet ”unit” saknas"),
        ("unit: kr/inv", "version: 7", 7, "fältet ”version” finns inte"),
        ("unit: kr/inv", "__class__: x", 7, "finns inte"),
    ],
)
def test_unreadable_text_is_reported_by_line(old, new, line, refusal):
    with pytest.raises(UnreadableDefinitionError) as refused:
        measure_from_yaml(MEASURE.replace(old, new), "kostnad.yml")

    message = str(refused.value)
    assert message.startswith(f"Rad {line} i kostnad.yml: ")
    assert refusal in message


@pytest.mark.parametrize("text", ["", "- a", "42", "\x00", "a: b: c", "{" * 2_000, "x" * 2_000_001, "\ud800"])
def test_a_file_in_another_format_is_refused_politely(text):
    with pytest.raises(UnreadableDefinitionError):
        network_from_yaml(text, "fil.yml")


@given(st.text(string.printable + "åäö", max_size=80))
def test_no_text_whatever_breaks_the_reading(text):
    for read in (network_from_yaml, measure_from_yaml):
        with suppress(UserError):
            read(text, "fil.yml")


# Into the workspace


@pytest.fixture(scope="module")
def empty_workspace(tmp_path_factory):
    chosen = home_at(tmp_path_factory.mktemp("exchange"))
    ensure_people(chosen.workspace)
    chosen.workspace.close()
    return chosen


@pytest.fixture
def workspace(empty_workspace, tmp_path):
    shutil.copytree(empty_workspace.home, tmp_path / "home")
    opened = home_at(tmp_path / "home").workspace
    yield opened
    opened.close()


TODAY = date(2026, 11, 21)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
COST = measure_from_yaml(MEASURE, "").definition
WHOLE = NetworkFile(
    network=Network(
        "sodertorn",
        "Södertörn",
        PlaceKind.MUNICIPALITY,
        tuple(
            Membership(code, date(2026, 1, 1)) for code in ("0127", "0136", "0126", "0140", "0192", "0128")
        ),
        aim='Lära "av" varandra; DROP TABLE x',
    ),
    measures=(
        NetworkMeasure(
            "kostnad-per-elev",
            "sodertorn",
            "sodertorn",
            (COST, replace(COST, version=2, first_year=2019, changed_because="Lokaler ingår inte")),
            (
                LifeEvent(MeasureState.PROPOSED, AT, "coordinator"),
                LifeEvent(MeasureState.DISCUSSED, AT, "coordinator"),
                LifeEvent(MeasureState.DECIDED, AT, "coordinator", date(2026, 3, 1), "§ 4"),
                LifeEvent(MeasureState.IN_USE, AT, "coordinator"),
            ),
            "Skola",
        ),
    ),
    statements=(
        ComparabilityStatement(
            "sodertorn", "kostnad-per-elev", "0136", Comparability.NOT_COMPARABLE, "Allt utom skolskjuts"
        ),
    ),
    targets=(Target("sodertorn", "kostnad-per-elev", None, 2027, None, 90_000.0),),
)


def test_a_moved_network_is_the_same_in_its_new_place(workspace):
    people = ensure_people(workspace)
    text = network_to_yaml(WHOLE)

    import_network(workspace, people[0], network_from_yaml(text, "natet.yml"), TODAY)

    assert export_network(workspace, people[0], "Södertörn") == WHOLE
    assert network_to_yaml(export_network(workspace, None, "sodertorn")) == text


def test_a_network_that_is_there_already_is_not_overwritten(workspace):
    people = ensure_people(workspace)
    import_network(workspace, people[0], WHOLE, TODAY)
    stored = network(workspace, "sodertorn")

    with pytest.raises(NameTakenError):
        import_network(
            workspace, people[0], replace(WHOLE, network=replace(WHOLE.network, aim="Kapad")), TODAY
        )

    assert network(workspace, "sodertorn") == stored


@pytest.mark.parametrize(
    ("broken", "refusal"),
    [
        (replace(WHOLE, network=replace(WHOLE.network, memberships=WHOLE.network.memberships[:5])), NetworkSizeError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], life=WHOLE.measures[0].life[1:]),)), MeasureDefinitionError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], life=WHOLE.measures[0].life[:1] * 2),)), MeasureLifeError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], definitions=(replace(COST, version=2),)),)), MeasureDefinitionError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], definitions=(replace(COST, expression="__import__('os')"),)),)), FormulaError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], owner_network="kullen"),)), UserError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], id="N15428"),), statements=(), targets=()), UnusableNameError),
        (replace(WHOLE, measures=(replace(WHOLE.measures[0], id="a/../b"),), statements=(), targets=()), UnusableNameError),
        (replace(WHOLE, network=replace(WHOLE.network, id="x" * 81), measures=(), statements=(), targets=()), UnusableNameError),
        (replace(WHOLE, targets=(replace(WHOLE.targets[0], measure_id="finns-inte"),)), UserError),
    ],
)  # fmt: skip
def test_nothing_is_stored_from_an_inconsistent_file(workspace, broken, refusal):
    with pytest.raises(refusal):
        import_network(workspace, ensure_people(workspace)[0], broken, TODAY)
    assert networks(workspace) == ()


def test_only_those_who_may_form_networks_may_import_one(workspace):
    with pytest.raises(NotAllowedError):
        import_network(workspace, ensure_people(workspace)[-1], WHOLE, TODAY)
    assert networks(workspace) == ()
