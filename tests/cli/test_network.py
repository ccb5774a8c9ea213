"""`jamfor network` and `jamfor measure`: the whole workflow on the command line; every refusal has exit code 1."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from cli.main import app
from data.workspace.audit import audit_log
from data.workspace.networks import networks
from data.workspace.people import ensure_people
from domain.audit import Outcome
from tests.homes import home_at

CODES = "0127,0136,0126,0140,0192,0128"
DEFINITION = """\
name: Examen per stöld
resident_sentence: Hur många examina det går på varje anmäld stöld.
source: formula
expression: N17461 / U07417
first_year: 2015
unit: ''
decimals: 1
direction: higher
kind: quality
section: Skola
"""


@pytest.fixture
def home(small_home, tmp_path):
    shutil.copytree(small_home, tmp_path / "hem")
    return tmp_path / "hem"


@pytest.fixture
def run(home):
    def jamfor(*words, code=0):
        result = CliRunner().invoke(app, ["--home", str(home), *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return jamfor


@pytest.fixture
def definition(tmp_path):
    file = tmp_path / "examen.yml"
    file.write_text(DEFINITION, encoding="utf-8")
    return file


def refused_lines(home):
    stores = home_at(home)
    return [
        line
        for line in audit_log(stores.workspace, ensure_people(stores.workspace)[0])
        if line.outcome is Outcome.REFUSED
    ]


def test_a_network_is_created_shown_and_changed(run):
    assert "Södertörn (sodertorn)" in run(
        "network", "create", "Södertörn", "--members", CODES, "--aim", "Lära"
    )

    run("network", "members", "Södertörn", "--join", "Tyresö", "--from", "2027-01-01")
    shown = json.loads(run("network", "show", "sodertorn", "--json"))

    assert (shown["aim"], shown["version"]) == ("Lära", 2)
    assert shown["members"][-1] == {
        "code": "0138", "name": "Tyresö", "from_day": "2027-01-01", "to_day": None,
    }  # fmt: skip


def test_a_kolada_group_is_adopted(run):
    shown = json.loads(run("network", "create", "--from-kolada", "G96274", "--json"))

    assert (shown["name"], shown["kolada_group"], len(shown["members"])) == (
        "Södertörnskommunerna",
        "G96274",
        8,
    )


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("Fem", "--members", "0127,0136,0126,0140,0192"), "skulle få 5"),
        (("Elva", "--members", CODES + ",0138,0181,0180,0182,0184"), "skulle få 11"),
        (("Två", "--members", CODES + ",0127"), "Botkyrka står mer än en gång"),
        (("Okänd", "--members", CODES + ",Tyreså"), "Menade du Tyresö"),
        (("Inga",), "--members"),
        (("Grupp", "--from-kolada", "G99999"), "går inte att tolka"),
    ],
)
def test_an_invalid_network_is_reported_and_not_stored(run, home, words, refusal):
    assert refusal in run("network", "create", *words, code=1)
    assert networks(home_at(home).workspace) == ()


def test_a_controller_who_tries_what_a_coordinator_does_is_refused_and_noted(run, home):
    run("network", "create", "Södertörn", "--members", CODES)

    output = run("network", "members", "Södertörn", "--leave", "0127", "--as", "controller-haninge", code=1)

    assert "Controller, Haninge har inte rätt att" in output
    (line,) = refused_lines(home)
    assert (line.person_id, line.subject_id) == ("controller-haninge", "sodertorn")


def test_a_measure_goes_from_file_to_use_and_is_redefined(run, definition, home):
    run("network", "create", "Södertörn", "--members", CODES)
    on = ("examen-per-stold",)

    assert "räknas i" in run("measure", "check", definition)
    run("measure", "define", definition, "--network", "Södertörn", "--as", "coordinator")
    run("measure", "discuss", *on)
    run("measure", "vote", *on, "--municipality", "Huddinge", "--for", "--as", "member-huddinge")
    assert "i vilket protokoll" in run("measure", "decide", *on, code=1)
    run(
        "measure",
        "decide",
        *on,
        "--on",
        "2026-11-20",
        "--minutes",
        "§ 4",
        "--as",
        "controller-haninge",
        code=1,
    )
    run("measure", "decide", *on, "--on", "2026-11-20", "--minutes", "§ 4")
    assert "i bruk" in run("measure", "use", *on)
    definition.write_text(
        DEFINITION.replace("2015", "2019").replace("/ U07417", "/ U07417 * 2")
        + "measure: examen-per-stold\nchanged_because: Nytt register\n",
        encoding="utf-8",
    )
    run("measure", "define", definition, "--network", "Södertörn")

    shown = json.loads(run("measure", "show", *on, "--json"))
    assert (shown["state"], shown["break_years"]) == ("in_use", [2019])
    assert "Version 2, från 2019" in run("measure", "versions", *on)
    assert "1 för, 0 emot, 5 har inte röstat" in run("measure", "show", *on)
    assert "Ange varför" in run("measure", "retire", *on, code=1)
    assert "avvecklat" in run("measure", "retire", *on, "--reason", "Ingen använder det")
    assert [line.person_id for line in refused_lines(home)] == ["controller-haninge"]


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("N17461 / U07417", "N17461 / U07418", "U07418"),
        ("N17461 / U07417", "__import__('os')", "Tecken"),
        ("N17461 / U07417", "1 + " * 2_500 + "1", "tecken"),
        ("N17461 / U07417", "N17461 + N00003", "Tecken"),
        ("unit: ''", "unit: kr", "enhet är kr"),
        ("source: formula\nexpression: N17461 / U07417", "source: kpi\nexpression: N99999", "inget mått"),
        ("kind: quality", "kind: kvalitet", "Rad 9 i examen.yml"),
    ],
)
def test_an_invalid_measure_is_reported_and_not_stored(run, definition, old, new, refusal):
    run("network", "create", "Södertörn", "--members", CODES)
    definition.write_text(DEFINITION.replace(old, new), encoding="utf-8")

    assert refusal in run("measure", "check", definition, code=1)
    assert refusal in run("measure", "define", definition, "--network", "Södertörn", code=1)
    assert json.loads(run("network", "measures", "Södertörn", "--json"))["measures"] == []


def test_a_measure_cannot_be_made_of_itself(run, definition):
    run("network", "create", "Södertörn", "--members", CODES)
    run("measure", "define", definition, "--network", "Södertörn")
    definition.write_text(
        DEFINITION.replace("N17461 / U07417", "examen_per_stold * 2") + "measure: examen-per-stold\n",
        encoding="utf-8",
    )

    assert "i en ring: examen_per_stold" in run(
        "measure", "define", definition, "--network", "Södertörn", code=1
    )


def test_a_network_moves_by_file(run, definition, tmp_path):
    run("network", "create", "Södertörn", "--members", CODES)
    run("measure", "define", definition, "--network", "Södertörn")
    first, second = tmp_path / "natet.yml", tmp_path / "igen.yml"
    run("network", "export", "Södertörn", "-o", first)

    assert "upptaget" in run("network", "import", first, code=1)
    run("--home", tmp_path / "annat hem", "network", "import", first)
    run("--home", tmp_path / "annat hem", "network", "export", "Södertörn", "-o", second)

    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert "går inte att läsa" in run("network", "import", tmp_path / "finns inte.yml", code=1)


def test_a_visitor_sees_no_proposal(run, definition):
    run("network", "create", "Södertörn", "--members", CODES)
    run("measure", "define", definition, "--network", "Södertörn")

    assert "inga sådana mått" in run("network", "measures", "Södertörn", "--as", "visitor")
    assert "Examen per stöld" in run("network", "measures", "Södertörn", "--as", "member-huddinge")
    assert "Examen" not in run("network", "export", "Södertörn", "--as", "visitor")
    assert "har inte rätt" in run("measure", "show", "examen-per-stold", "--as", "visitor", code=1)
