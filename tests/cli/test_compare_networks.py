"""`jamfor compare` and `jamfor trend` within networks of our own: the flag goes along in every form."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from cli.main import app
from data.workspace import comparability, measures, networks, targets, use_counts
from domain.comparability import Comparability, ComparabilityStatement
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState, Target
from domain.place import PlaceKind
from domain.rights import HeldRole, Person, Role
from tests.homes import home_at

SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")
LEADER = Person("p", "Administratör", (HeldRole(Role.ADMINISTRATOR),))
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def workspace(small_home, tmp_path_factory):
    """Södertörn with half the graduates, doubled from 2022 on; Tyresö is not comparable, Salem only with care."""
    url = f"sqlite:///{tmp_path_factory.mktemp('workspace') / 'workspace.sqlite'}"
    place = home_at(small_home, {"JAMFOR_WORKSPACE": url})
    stays = tuple(Membership(code, date(2020, 1, 1)) for code in SODERTORN)
    network = networks.create_network(
        place.workspace, LEADER, Network("", "Södertörn", PlaceKind.MUNICIPALITY, stays), NOW.date()
    )
    first = MeasureDefinition(
        1, 2010, MeasureSource.FORMULA, "N17461 / 2", "Halva", "", "index", 1, Direction.HIGHER, MeasureKind.QUALITY
    )  # fmt: skip
    made = measures.propose(place.workspace, LEADER, network, first)
    for event in (
        LifeEvent(MeasureState.DISCUSSED, NOW, ""),
        LifeEvent(MeasureState.DECIDED, NOW, "", decided_on=NOW.date(), minutes_reference="§ 1"),
        LifeEvent(MeasureState.IN_USE, NOW, ""),
    ):
        made = measures.change_measure_state(place.workspace, LEADER, made, event)
    for code, flag, text in (
        ("0138", Comparability.NOT_COMPARABLE, "=1+1; räknar själva"),
        ("0128", Comparability.WITH_RESERVATION, "ny metod"),
    ):
        comparability.state(
            place.workspace,
            LEADER,
            ComparabilityStatement(network.id, made.id, code, flag, counting_method=text),
        )
    targets.set_target(place.workspace, LEADER, Target(network.id, made.id, None, 2022, 35.0, 45.0))
    return url


@pytest.fixture
def run(small_home, workspace):
    def invoke(*arguments, fails=False):
        result = CliRunner().invoke(
            app,
            list(arguments),
            env={"JAMFOR_HOME": str(small_home), "JAMFOR_LANGUAGE": "sv", "JAMFOR_WORKSPACE": workspace},
        )
        assert (result.exit_code != 0) is fails, result.output
        return result.output

    return invoke


def test_json_carries_flag_footnote_target_and_who_is_counted(run):
    answer = json.loads(run("compare", "halva", "--group", "network:Södertörn", "--format", "json"))
    members = {member["code"]: member for member in answer["members"]}
    assert answer["group"] == "network:sodertorn"
    assert (members["0138"]["value"], members["0138"]["rank"], members["0138"]["comparability"]) == (
        40.5,
        None,
        "not_comparable",
    )
    assert (members["0128"]["rank"], members["0128"]["comparability"], members["0128"]["footnote"]) == (
        1,
        "with_reservation",
        "ny metod",
    )
    assert (answer["n"], answer["n_with_value"], answer["n_not_comparable"]) == (8, 7, 1)
    assert answer["mean"] == pytest.approx((573 - 81) / 2 / 7)
    assert answer["targets"] == [{"municipality": None, "year": 2022, "low": 35.0, "high": 45.0}]
    assert "Kolada" not in answer["source"]


def test_the_table_marks_incomparable_members_and_the_networks_target(run):
    table = run("compare", "Halva", "--group", "network:Södertörn")
    (tyreso,) = [line for line in table.splitlines() if "Tyresö" in line and "40,5" in line]
    assert tyreso.endswith("inte jämförbar: =1+1; räknar själva")
    assert "jämförbar med förbehåll: ny metod" in table
    assert "Mål från 2022: 35,0\u00a0index till 45,0\u00a0index" in table
    assert "Jämförbarhet" not in run("compare", "N17461", "--group", "kolada:G96274")


def test_csv_has_the_flag_on_every_row_and_no_text_becomes_a_formula(run):
    rows = list(
        csv.DictReader(
            io.StringIO(run("compare", "halva", "--group", "network:Södertörn", "--format", "csv")),
            delimiter=";",
        )
    )
    by_code = {row["code"]: row for row in rows}
    assert by_code["0138"]["comparability"] == "not_comparable"
    assert by_code["0138"]["footnote"] == "'=1+1; räknar själva"
    assert by_code["0127"]["comparability"] == "comparable"


def test_trend_carries_the_flag_and_averages_only_the_comparable(run):
    answer = json.loads(run("trend", "halva", "--group", "network:Södertörn", "--json"))
    assert {member["code"]: member["comparability"] for member in answer["members"]}[
        "0138"
    ] == "not_comparable"
    assert answer["group_years"][-1]["n_with_value"] == 7


def test_an_unknown_network_is_answered_with_the_nearest(run):
    assert "Menade du Södertörn" in run("compare", "N17461", "--group", "network:Södertälje", fails=True)


def test_every_comparison_of_an_own_measure_counts_as_a_view(run, small_home, workspace):
    place = home_at(small_home, {"JAMFOR_WORKSPACE": workspace})
    before = use_counts.uses(place.workspace, "sodertorn", date(2020, 1, 1))["halva"]
    run("compare", "halva", "--group", "network:Södertörn")
    run("compare", "N17461", "--group", "network:Södertörn")
    assert use_counts.uses(place.workspace, "sodertorn", date(2020, 1, 1)) == {"halva": before + 1}
