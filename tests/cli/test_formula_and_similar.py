"""`jamfor formula check` and `jamfor similar`, for people and for machines."""

import json

import pytest
from typer.testing import CliRunner

from cli.main import app
from domain.formula_function import Function
from metrics.formula import parse


def run(home, *words):
    return CliRunner().invoke(app, ["--home", str(home), *words])


def test_a_valid_formula_is_shown_with_its_unit(small_home):
    result = run(
        small_home, "formula", "check", "share(platser; N01951)", "--variable", "platser=antal", "--json"
    )
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert (answer["unit"], answer["is_right"], answer["is_ratio"], answer["errors"]) == ("%", True, True, [])
    assert answer["written"] == "andel(platser; N01951)"
    assert [formula_input["name"] for formula_input in answer["inputs"]] == ["platser", "N01951"]


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
def test_an_invalid_formula_is_reported_with_its_position_and_exit_code_1(small_home, text, position):
    result = run(small_home, "formula", "check", text, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert (answer["is_right"], answer["unit"]) == (False, None)
    assert answer["errors"][0]["position"] == position
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


def test_similar_places_are_listed_with_shares_and_the_source_lists(small_home):
    words = ("similar", "0127", "--variables", "population,N17461", "--weights", "4,1", "--most", "3")
    result = run(small_home, *words, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert [variable["weight"] for variable in answer["variables"]] == [0.8, 0.2]
    assert len(answer["similar"]) == 3
    assert answer["similar"][0]["distance"] <= answer["similar"][1]["distance"]
    assert [source_list["area"] for source_list in answer["source_lists"]] == ["övergripande", "skola"]
    shown = run(small_home, *words).stdout
    assert "Mest lika Botkyrka" in shown
    assert "övergripande 2024" in shown


def test_weights_may_have_decimal_commas_between_semicolons(small_home):
    words = ("similar", "0127", "--variables", "population;N17461", "--weights", "4,5;0,5", "--json")
    answer = json.loads(run(small_home, *words).stdout)
    assert [variable["weight"] for variable in answer["variables"]] == [4.5 / 5, 0.5 / 5]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("0127", "--weights", "mycket"), "mycket"),
        (("0127", "--weights", "1,2"), "2"),
        (("Botkyrkaa",), "Menade du Botkyrka?"),
    ],
)
def test_an_impossible_comparison_is_explained_with_exit_code_1(small_home, words, refusal):
    result = run(small_home, "similar", *words)
    assert result.exit_code == 1
    assert refusal in result.stderr
