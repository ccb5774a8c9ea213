"""`jamfor compare`, `trend` and `revisions`: what leaves the command line."""

import csv
import io
import json
import math
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from answers.comparison import compare_measure as answer
from answers.trend import compare_development as development
from cli import compare, output, trend
from cli.main import app
from domain.group import GroupReference

runner = CliRunner()


@pytest.fixture
def jamfor(small_home):
    def run(*arguments):
        result = runner.invoke(
            app, list(arguments), env={"JAMFOR_HOME": str(small_home), "JAMFOR_LANGUAGE": "sv"}
        )
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def as_json(jamfor):
    def run(*arguments):
        return json.loads(jamfor(*arguments), parse_constant=pytest.fail)  # NaN and Infinity are no JSON

    return run


KEYS = [
    "measure",
    "year",
    "gender",
    "unit",
    "direction",
    "release",
    "source",
    "method",
    "n",
    "n_with_value",
    "mean",
    "median",
    "q1",
    "q3",
    "riket",
    "members",
]
MEMBER_KEYS = ["code", "name", "value", "status", "rank", "colour", "verdict", "trend"]


def test_json_has_the_promised_keys(as_json):
    comparison = as_json(
        "compare",
        "N17461",
        "--year",
        "2023",
        "--group",
        "kolada:G96274",
        "--focus",
        "0127",
        "--format",
        "json",
    )
    assert set(KEYS) <= set(comparison)
    assert all(set(MEMBER_KEYS) <= set(member) for member in comparison["members"])
    assert (comparison["measure"], comparison["year"], comparison["gender"], comparison["direction"]) == (
        "N17461",
        2023,
        "T",
        "higher",
    )
    assert (comparison["n"], comparison["n_with_value"], comparison["riket"]) == (8, 8, 72.5)
    assert comparison["mean"] == pytest.approx(573 / 8)
    assert comparison["q1"] == pytest.approx(66 + 0.75 * (67 - 66))  # position 7 × 0.25 = 1.75 among eight
    assert comparison["source"] == "Källa: Kolada"
    assert comparison["members"][0] == comparison["members"][0] | {
        "code": "0127", "name": "Botkyrka", "value": 66.0, "status": "ok", "rank": 7, "colour": "red", "verdict": "none",
        "trend": "cannot_be_calculated",
    }  # fmt: skip


def test_members_without_a_number_have_null_and_the_reason(as_json):
    comparison = as_json(
        "compare", "U07417", "--year", "2022", "--group", "kolada:G96274", "--format", "json"
    )
    members = {member["code"]: member for member in comparison["members"]}
    assert [members[code]["status"] for code in ("0192", "0128", "0181", "0138")] == [
        "missing", "suppressed", "not_applicable", "not_reported",
    ]  # fmt: skip
    assert [members[code]["value"] for code in ("0192", "0128", "0181", "0138")] == [None] * 4
    assert {members[code]["colour"] for code in ("0192", "0128", "0181", "0138")} == {"none"}


def test_a_neutral_measure_is_described_in_shades(as_json):
    comparison = as_json("compare", "N11821", "--group", "kolada:G96274", "--format", "json")
    assert {member["colour"] for member in comparison["members"]} == {"light", "medium", "dark"}


def test_the_release_of_an_answer_finds_the_same_answer_again(as_json, library, earlier_library):
    arguments = ["compare", "N15428", "--group", "codes:0127,0136,0126", "--format", "json"]
    newest = as_json(*arguments)
    assert as_json(*arguments, "--as-of", newest["release"]) == newest
    earlier = as_json(*arguments, "--as-of", earlier_library.release.known_at.isoformat())
    assert earlier["release"] == earlier_library.release.known_at.isoformat()
    assert [member["value"] for member in earlier["members"]] == [84.04, 84.1, 87.0]
    assert [member["value"] for member in newest["members"]] == [84.0, 85.1, None]
    today = library.release.known_at.astimezone().date().isoformat()
    assert as_json(*arguments, "--as-of", today) == newest  # a day means the whole of it


def test_csv_is_swedish_and_every_row_carries_its_source(jamfor):
    text = jamfor("compare", "U07417", "--year", "2022", "--group", "kolada:G96274", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 8
    assert rows[0]["code"] == "0127"
    assert rows[0]["value"] == "20,0"
    assert rows[4]["value"] == ""
    assert rows[4]["status"] == "missing"
    assert {row["source"] for row in rows} == {"Källa: Kolada"}
    assert {row["is_made_up"] for row in rows} == {"false"}


def test_the_table_has_signs_beside_colours_and_words_instead_of_numbers(jamfor):
    text = jamfor("compare", "N17461", "--group", "kolada:G96274", "--focus", "0127")
    lines = text.splitlines()
    botkyrka = next(line for line in lines if "Botkyrka" in line)
    assert "66,0" in botkyrka
    assert "▼ röd" in botkyrka
    assert botkyrka.startswith("→")
    assert "▲ grön" in next(line for line in lines if "Tyresö" in line)
    missing = jamfor("compare", "U07417", "--group", "kolada:G96274")
    for words in ("saknas", "för litet underlag", "ej tillämplig", "ej rapporterat", "delad 2"):
        assert words in missing
    assert "Värden: Källa: Kolada" in missing


def test_values_of_the_table_are_aligned(jamfor):
    lines = jamfor("compare", "N17461", "--group", "kolada:G96274").splitlines()
    assert len({line.index(",0 ") for line in lines if " ▲ " in line or " ▼ " in line or " ■ " in line}) == 1


def test_trend_gives_every_member_year_by_year(as_json):
    trends = as_json("trend", "N07914", "--group", "kolada:G96274", "--json")
    botkyrka = trends["members"][0]
    assert [(year["year"], year["value"], year["status"]) for year in botkyrka["series"]] == [
        (2020, 40.0, "ok"), (2021, None, "not_reported"), (2022, 50.0, "ok"), (2023, 50.0, "ok"),
    ]  # fmt: skip
    assert trends["break_years"] == [2022]
    assert botkyrka["unbroken_pieces"] == [[2020, 2020], [2022, 2023]]
    assert botkyrka["trend"] == "cannot_be_calculated"
    assert botkyrka["change_over_series"] == 0.0


def test_revisions_are_counted_by_kind(as_json):
    revisions = as_json("revisions", "--json")
    assert revisions["counts"]["redefined"] == 4
    assert revisions["counts"]["rounded"] == 1
    assert math.isclose(
        next(measure for measure in revisions["measures"] if measure["measure"] == "U07417")["factor"], 100
    )
    of_one_measure = as_json("revisions", "N15428", "--json")
    assert [(row["code"], row["kind"]) for row in of_one_measure["revisions"]] == [
        ("0136", "changed"), ("0127", "rounded"), ("0126", "withdrawn"),
    ]  # fmt: skip


def test_revisions_since_a_day_are_those_of_that_day_too(as_json, library):
    today = library.release.known_at.astimezone().date().isoformat()
    assert (
        as_json("revisions", "--since", today, "--json")["counts"] == as_json("revisions", "--json")["counts"]
    )
    newest = library.release.known_at.isoformat()
    assert as_json("revisions", "--since", newest, "--json")["measures"] == []


def test_tables_of_trend_and_revisions_are_for_people(jamfor):
    assert "+8,0 (2019)" in jamfor("trend", "N17461", "--group", "kolada:G96274")
    assert "Omdefinierade" in jamfor("revisions")


def test_an_explanation_is_included_in_every_format(library, capsys):
    group = library.groups.resolve(GroupReference.parse("kolada:G96274"))
    comparison = answer(library, measure_id="N17461", group=group)
    first = replace(comparison.members[0], explanation="=1+1; ny enkät")
    explained = replace(comparison, members=(first, *comparison.members[1:]))
    assert [member["explanation"] for member in compare.as_json(explained)["members"]][:2] == [
        "=1+1; ny enkät",
        "",
    ]
    assert compare.as_rows(explained)[0]["explanation"] == "=1+1; ny enkät"
    compare._show(explained)
    assert "Botkyrka 2023, förklaring: =1+1; ny enkät" in capsys.readouterr().out
    output.write_csv(compare.as_rows(explained)[:1])
    assert "'=1+1; ny enkät" in capsys.readouterr().out
    years = development(library, measure_id="N17461", group=group)
    series = replace(years.members[0].series, explanations=((2021, "Strejk"),))
    years = replace(years, members=(replace(years.members[0], series=series), *years.members[1:]))
    points = trend._as_json(years)["members"][0]["series"]
    assert {point["year"]: point["explanation"] for point in points}[2021] == "Strejk"
    assert {point["explanation"] for point in points if point["year"] != 2021} == {""}
    trend._show(years)
    assert "Botkyrka 2021, förklaring: Strejk" in capsys.readouterr().out
