"""`jamfor template` and `jamfor upload`: the controller's whole workflow on the command line; every refusal has exit code 1."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from typer.testing import CliRunner

import cli.upload
from cli.main import app
from data.store.lake import open_figures
from data.workspace.changing import today
from data.workspace.networks import network, save_network
from data.workspace.people import ensure_people
from domain.reporting_template import REPORTING_SHEET
from tests.homes import home_at

CODES = "0127,0136,0126,0140,0192,0128"
FOR = ("--network", "Södertörn", "--municipality", "Haninge")
MEASURES = {
    "trygghet": ("Trygghet", "%", 1, "quality", 7),
    "platser": ("Platser", "antal", 0, "volume", 0),
}


@pytest.fixture(scope="module")
def network_home(small_home, tmp_path_factory):
    """The small store with a network that has two own variables in use."""
    home = tmp_path_factory.mktemp("upload") / "hem"
    shutil.copytree(small_home, home)

    def jamfor(*words):
        result = CliRunner().invoke(app, ["--home", str(home), *words])
        assert result.exit_code == 0, result.output

    jamfor("network", "create", "Södertörn", "--members", CODES)
    for id_, (name, unit, decimals, kind, smallest) in MEASURES.items():
        file = home / f"{id_}.yml"
        file.write_text(
            f"name: {name}\nresident_sentence: Vad {name} säger.\nsource: own\nexpression: {id_}\nfirst_year: 2015\n"
            f"unit: '{unit}'\ndecimals: {decimals}\ndirection: higher\nkind: {kind}\nsmallest_basis: {smallest}\n",
            encoding="utf-8",
        )
        jamfor("measure", "define", str(file), "--network", "Södertörn")
        jamfor("measure", "discuss", id_, "--network", "Södertörn")
        jamfor("measure", "decide", id_, "--network", "Södertörn", "--on", "2026-01-15", "--minutes", "§ 1")
        jamfor("measure", "use", id_, "--network", "Södertörn")
    return home


@pytest.fixture
def home(network_home, tmp_path):
    shutil.copytree(network_home, tmp_path / "hem")
    return tmp_path / "hem"


@pytest.fixture
def run(home):
    def jamfor(*words, code=0):
        result = CliRunner().invoke(app, ["--home", str(home), *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return jamfor


@pytest.fixture
def filled(run, tmp_path):
    """A template of a year with cells written into it."""

    def make(year=2023, **cells):
        file = tmp_path / f"mall-{year}-{len(list(tmp_path.iterdir()))}.xlsx"
        run("template", *FOR, "--period", year, "-o", file)
        book = openpyxl.load_workbook(file)
        for cell, value in cells.items():
            book[REPORTING_SHEET][cell] = value
        book.save(file)
        return file

    return make


RIGHT = {"H5": 81.5, "I5": 200, "H6": 85, "I6": 100, "H7": 78, "I7": 100, "H8": 120}


def as_json(text):
    return json.loads(text[text.index("{") :])


def test_a_template_is_filled_in_checked_published_listed_and_undone(run, filled):
    file = filled(**RIGHT)
    assert "Inga anmärkningar." in run("upload", "check", file)

    published = as_json(run("upload", "publish", file, "--reason", "Årets siffror", "--json"))
    shown = as_json(
        run("compare", "trygghet", "--year", "2023", "--group", "network:Södertörn", "--format", "json")
    )
    (listed,) = as_json(run("upload", "list", "--json"))["uploads"]

    assert published["state"] == listed["state"] == "published"
    assert published["changes"] == {"new": 4, "changed": 0, "unchanged": 0, "withdrawn": 0}
    assert (listed["file"], listed["reason"]) == (file.name, "Årets siffror")
    assert {member["code"]: member["value"] for member in shown["members"]}["0136"] == 81.5

    undone = as_json(run("upload", "undo", published["upload"], "--because", "Fel enkät", "--json"))

    assert (undone["state"], undone["undone_because"]) == ("undone", "Fel enkät")
    assert undone["changes"]["withdrawn"] == 4
    run("compare", "trygghet", "--year", "2023", "--group", "network:Södertörn", code=1)


def test_findings_are_printed_as_json_with_their_cells_and_exit_code_1(run, filled):
    report = as_json(run("upload", "check", filled(**RIGHT | {"H6": 185}), "--json", code=1))

    (finding,) = report["findings"]
    assert (report["network"], report["municipality"], report["period"]) == ("sodertorn", "0136", "2023")
    assert (report["is_template"], report["values"], report["stops"]) == (True, 4, 1)
    assert finding.keys() >= {"level", "sheet", "cell", "rule", "found", "expected", "message"}
    assert (finding["level"], finding["sheet"], finding["cell"]) == (1, REPORTING_SHEET, "H6")
    assert (finding["measure"], finding["gender"], finding["rule"]) == ("trygghet", "K", "share")


def test_the_findings_are_written_into_the_file_itself(run, filled, tmp_path):
    out = tmp_path / "anm.xlsx"
    output = run("upload", "check", filled(**RIGHT | {"H6": 185}), "--annotated", out, code=1)

    book = openpyxl.load_workbook(out)

    assert str(out) in output
    assert "Måste rättas" in book[REPORTING_SHEET]["H6"].comment.text
    assert book.sheetnames[0] == "Anmärkningar"


def test_the_annotated_file_can_itself_be_corrected_and_published(run, filled, tmp_path):
    out = tmp_path / "anm.xlsx"
    run("upload", "check", filled(**RIGHT | {"H6": 185}), "--annotated", out, code=1)
    book = openpyxl.load_workbook(out)
    book[REPORTING_SHEET]["H6"] = 85
    book.save(out)

    report = as_json(run("upload", "check", out, "--json"))

    assert (report["findings"], report["values"], report["is_template"]) == ([], 4, True)
    run("upload", "publish", out)


def test_a_file_with_structure_findings_is_neither_published_nor_stored(run, filled):
    assert "måste rättas" in run("upload", "publish", filled(**RIGHT | {"H6": 185}), code=1)
    assert as_json(run("upload", "list", "--json"))["uploads"] == []


def test_an_unusual_value_needs_an_explanation_which_becomes_a_footnote(run, filled):
    run("upload", "publish", filled(**RIGHT))
    odd = filled(2024, **RIGHT | {"H5": 79, "H6": 80, "H7": 78.5, "H8": 1200})
    (finding,) = as_json(run("upload", "check", odd, "--json"))["findings"]

    refused = run("upload", "publish", odd, code=1)
    assert finding["id"] in refused
    assert "förklaring" in refused
    run("upload", "publish", odd, "--explain", f"{finding['id']}x=Nytt boende", code=1)
    run("upload", "publish", odd, "--explain", finding["id"], code=1)
    assert len(as_json(run("upload", "list", "--json"))["uploads"]) == 1

    run("upload", "publish", odd, "--explain", f"{finding['id']}=Nytt boende = fler platser")
    shown = as_json(
        run("compare", "platser", "--year", "2024", "--group", "network:Södertörn", "--format", "json")
    )
    (member,) = [member for member in shown["members"] if member["code"] == "0136"]
    assert member["explanation"].startswith("Nytt boende = fler platser")


def test_any_sheet_is_read_for_the_latest_year_that_is_not_in_the_future(run, tmp_path):
    file = tmp_path / "eget.csv"
    file.write_text(
        f"Kommun;År;Platser\nHaninge;2021;100\nHaninge;2022;110\nHaninge;{today().year + 3};500\n",
        encoding="cp1252",
    )

    report = as_json(run("upload", "check", file, *FOR, "--json", code=1))

    assert (report["period"], report["is_template"]) == ("2022", False)


def test_only_a_template_knows_for_whom_it_is(run, tmp_path):
    file = tmp_path / "eget.csv"
    file.write_text("Kommun;År;Platser\nHaninge;2021;100\n", encoding="utf-8")

    assert "--network" in run("upload", "check", file, code=1)


def test_a_file_that_cannot_be_read_is_a_finding_of_level_0(run, tmp_path):
    file = tmp_path / "resultat.xlsx"
    file.write_bytes(b"MZ\x90\x00" + b"\x00" * 500)

    report = as_json(run("upload", "check", file, *FOR, "--json", code=1))
    output = run("upload", "check", file, *FOR, code=1)

    (finding,) = report["findings"]
    assert (finding["level"], finding["cell"], finding["rule"]) == (0, None, "not-a-spreadsheet")
    assert finding["message"].strip() == output.strip()


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(run, tmp_path, monkeypatch):
    file = tmp_path / "stor.xlsx"
    with file.open("wb") as made:
        made.truncate(200_000_000)
    monkeypatch.setattr(cli.upload.check, "read_bytes", lambda _: pytest.fail("read all the same"))

    assert "200 MB" in run("upload", "check", file, *FOR, code=1)


def test_a_missing_file_is_reported(run, tmp_path):
    assert "saknas.xlsx" in run("upload", "check", tmp_path / "saknas.xlsx", *FOR, code=1)


def test_publishing_without_the_right_is_refused_and_nothing_is_stored(run, filled):
    run("upload", "publish", filled(**RIGHT), "--as", "visitor", code=1)

    assert as_json(run("upload", "list", "--json"))["uploads"] == []


def test_an_embargoed_upload_waits_for_its_day(run, filled, monkeypatch):
    day = today() + timedelta(days=3)
    waiting = as_json(run("upload", "publish", filled(**RIGHT), "--on", day, "--json"))
    assert (waiting["state"], waiting["publish_on"]) == ("awaiting_date", day.isoformat())
    assert "Ingenting väntar" in run("upload", "due")

    monkeypatch.setattr(cli.upload.publish, "today", lambda: day)

    (published,) = as_json(run("upload", "due", "--json"))["uploads"]
    assert (published["upload"], published["state"]) == (waiting["upload"], "published")


def test_a_second_person_signs_off_where_the_network_requires_it(run, home, filled):
    stores = home_at(home)
    people = ensure_people(stores.workspace)
    save_network(
        stores.workspace,
        people[0],
        replace(network(stores.workspace, "Södertörn"), wants_sign_off=True),
        today(),
    )
    waiting = as_json(run("upload", "publish", filled(**RIGHT), "--as", "controller-haninge", "--json"))
    assert waiting["state"] == "awaiting_sign_off"

    run("upload", "sign-off", waiting["upload"], "--as", "controller-haninge", code=1)
    signed = as_json(run("upload", "sign-off", waiting["upload"], "--json"))

    assert (signed["state"], signed["signed_by"]) == ("published", people[0].name)


def test_a_draft_that_waits_is_discarded_and_visitors_do_not_see_it(run, filled):
    day = today() + timedelta(days=3)
    waiting = as_json(run("upload", "publish", filled(**RIGHT), "--on", day, "--json"))

    assert as_json(run("upload", "list", "--as", "visitor", "--json"))["uploads"] == []
    assert as_json(run("upload", "discard", waiting["upload"], "--json"))["state"] == "discarded"
    run("upload", "discard", waiting["upload"], code=1)


def test_an_unknown_upload_is_reported(run):
    assert "upload-x" in run("upload", "undo", "upload-x", "--because", "Fel", code=1)


def test_the_text_template_is_read_back(run, tmp_path):
    file = tmp_path / "mall.csv"
    run("template", *FOR, "--period", 2023, "-o", file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    lines[2] = lines[2].removesuffix(";;;;;") + ";;81,5;200;;Enkät i mars"
    lines[5] = lines[5].removesuffix(";;;;;") + ";;;;ej tillämplig;"
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")

    report = as_json(run("upload", "check", file, "--json"))

    assert (report["is_template"], report["values"], report["findings"]) == (True, 2, [])


def evaluation(run, tmp_path, after=68.0, persons=140):
    file = tmp_path / f"projekt-{after}.xlsx"
    run("template", *FOR, "--evaluation", "-o", file)
    book = openpyxl.load_workbook(file)
    row = ["Läxhjälp", "Haninge", "trygghet", "%", 61.5, after, 2022, "2023-06-15", persons, "Enkät", "KS 1"]
    for column, value in enumerate(row, start=1):
        book.active.cell(5, column).value = value
    book.save(file)
    return file


def results(home):
    with open_figures(home_at(home)) as figures:
        table = figures.evaluation_results(figures.latest_release())
    return list(zip(table["measure_id"], table["before"], table["after"], strict=True))


def test_project_results_take_the_same_road_and_an_undone_file_gives_back_what_it_replaced(
    run, home, tmp_path
):
    first, second = evaluation(run, tmp_path), evaluation(run, tmp_path, after=70)
    run("upload", "publish", first, *FOR, "--evaluation")
    later = as_json(run("upload", "publish", second, *FOR, "--evaluation", "--json"))
    assert results(home) == [("trygghet", 61.5, 70.0)]

    run("upload", "undo", later["upload"], "--because", "Fel rad")

    assert results(home) == [("trygghet", 61.5, 68.0)]


def test_project_results_with_too_few_persons_are_refused_at_their_cell(run, home, tmp_path):
    file = evaluation(run, tmp_path, persons=4)
    report = as_json(run("upload", "check", file, *FOR, "--evaluation", "--json", code=1))

    (finding,) = report["findings"]
    assert (finding["cell"], finding["rule"], finding["level"]) == ("I5", "few-person-count", 1)
    run("upload", "publish", file, *FOR, "--evaluation", code=1)
    assert results(home) == []


def test_the_history_of_a_value_shows_who_when_from_which_file_and_why(run, filled):
    history_command = (
        "upload",
        "history",
        "--measure",
        "trygghet",
        "--municipality",
        "Haninge",
        "--period",
        "2023",
    )
    assert "Ingenting" in run(*history_command)
    first = as_json(run("upload", "publish", filled(**RIGHT), "--reason", "Först", "--json"))
    second = as_json(run("upload", "publish", filled(**RIGHT | {"H5": 82}), "--reason", "Sedan", "--json"))
    run("upload", "undo", second["upload"], "--because", "Fel fil")

    events = as_json(run(*history_command, "--json"))["events"]

    assert [(event["after"]["value"], event["why"], event["is_undo"]) for event in events] == [
        (81.5, "Fel fil", True),
        (82.0, "Sedan", False),
        (81.5, "Först", False),
    ]
    assert [event["upload"] for event in events] == [second["upload"], second["upload"], first["upload"]]
    assert first["file"] in run(*history_command)


def test_the_history_of_all_files_needs_no_measure_and_an_undoing_no_reason(run, filled):
    run("upload", "publish", filled(H5=62, I5=250, H8=1200), *FOR)
    (listed,) = json.loads(run("upload", "list", "--json"))["uploads"]
    run("upload", "undo", listed["upload"])
    events = json.loads(run("upload", "history", "--municipality", "Haninge", "--json"))["events"]
    assert [event["state"] for event in events] == ["undone", "published", "draft"]
    assert events[0]["why"] == "ingen orsak angiven"
    assert json.loads(run("upload", "history", "--period", "2019", "--json"))["events"] == []
    assert "--municipality" in run("upload", "history", "--measure", "trygghet", code=1)
