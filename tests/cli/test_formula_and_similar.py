"""`jamfor formula check` and `jamfor similar`, for people and for machines."""

import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from domain.formula_function import Function
from metrics.formula import parse


def run(home, *words):
    return CliRunner().invoke(app, ["--home", str(home), *words])


def test_a_right_formula_is_told_with_its_unit(small_home):
    result = run(
        small_home, "formula", "check", "share(platser; N01951)", "--variable", "platser=antal", "--json"
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["unit"], told["is_right"], told["is_ratio"], told["errors"]) == ("%", True, True, [])
    assert told["written"] == "andel(platser; N01951)"
    assert [one["name"] for one in told["inputs"]] == ["platser", "N01951"]


def test_a_formula_may_begin_with_a_minus(small_home):
    result = run(small_home, "formula", "check", "-N17461 + 100", "--json")
    assert json.loads(result.stdout)["unit"] == "%"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("N00003 + N01951", 8),
        ("__import__('os')", 1),
        ("x" * 10_000, 2001),
        ("'; DROP TABLE kpi", 1),
        ("N17461 +", 9),
    ],
)
def test_a_wrong_one_is_told_with_its_place_and_exit_code_one(small_home, text, position):
    result = run(small_home, "formula", "check", text, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["is_right"], told["unit"]) == (False, None)
    assert told["errors"][0]["position"] == position
    for_people = run(small_home, "formula", "check", text)
    assert for_people.exit_code == 1
    assert f"Tecken {position}:" in for_people.stderr
    assert "Traceback" not in for_people.output


def test_every_function_is_shown_as_it_can_be_written(small_home):
    rows = run(small_home, "formula", "functions").stdout.splitlines()[1:]
    assert len(rows) == len(Function)
    for row in rows:
        written = row.split("  ")[0].replace("; …", "")
        assert str(parse(written)) == written


def test_similar_places_are_told_with_shares_and_the_lists_of_the_source(small_home):
    words = ("similar", "0127", "--variables", "population,N17461", "--weights", "4,1", "--most", "3")
    result = run(small_home, *words, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [one["weight"] for one in told["variables"]] == [0.8, 0.2]
    assert len(told["similar"]) == 3
    assert told["similar"][0]["distance"] <= told["similar"][1]["distance"]
    assert [one["area"] for one in told["source_lists"]] == ["övergripande", "skola"]
    shown = run(small_home, *words).stdout
    assert "Mest lika Botkyrka" in shown
    assert "övergripande 2024" in shown


def test_weights_may_have_decimal_commas_between_semicolons(small_home):
    words = ("similar", "0127", "--variables", "population;N17461", "--weights", "4,5;0,5", "--json")
    told = json.loads(run(small_home, *words).stdout)
    assert [one["weight"] for one in told["variables"]] == [4.5 / 5, 0.5 / 5]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("0127", "--weights", "mycket"), "mycket"),
        (("0127", "--weights", "1,2"), "2"),
        (("Botkyrkaa",), "Menade du Botkyrka?"),
    ],
)
def test_what_cannot_be_likened_is_a_sentence_and_exit_code_one(small_home, words, told):
    result = run(small_home, "similar", *words)
    assert result.exit_code == 1
    assert told in result.stderr
