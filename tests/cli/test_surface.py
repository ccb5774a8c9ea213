"""How every command behaves: language, home, exit codes, closed pipes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.main import app
from cli.surface import hoist_options
from language.catalogue import catalogue

JAMFOR = Path(sys.executable).parent / "jamfor"
runner = CliRunner()


def run(*arguments, **environment):
    return runner.invoke(app, list(arguments), env={"JAMFOR_LANGUAGE": "sv", **environment})


def every_command(command, words=()):
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*words, name))


COMMANDS = [words for words, _ in every_command(typer.main.get_command(app))]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_swedish(words):
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Användning: {' '.join(('jamfor', *words))}")
    english = {
        "Usage:",
        "Options:",
        "Commands:",
        "Arguments:",
        "Show this message",
        "[required]",
        "[default:",
        "env var",
    }
    assert {word for word in english if word in result.stdout} == set()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_and_every_choice_has_an_explanation(words):
    command = dict(every_command(typer.main.get_command(app)))[words]
    assert command.help or not words
    assert [param.name for param in command.params if not getattr(param, "help", None)] == []


def test_help_is_in_english_on_request(monkeypatch):
    translated = {"Jämför ett mått ett år i en grupp av kommuner.": "Compare one measure in one year."}
    monkeypatch.setattr(
        type(catalogue("en")),
        "gettext",
        lambda self, text: translated.get(text, text) if self is catalogue("en") else text,
    )
    for result in (
        run("compare", "--help", "--language", "en"),
        run("compare", "--help", JAMFOR_LANGUAGE="en"),
    ):
        assert result.stdout.startswith("Usage: ")
        assert "Compare one measure in one year." in result.stdout
    assert "Jämför ett mått ett år" in run("compare", "--help").stdout


def test_the_words_of_the_issue_are_commands():
    names = {" ".join(words) for words in COMMANDS}
    assert {
        "kolada sync",
        "status",
        "compare",
        "revisions",
        "trend",
        "demo",
        "bench",
        "borders import",
    } <= names


def test_bad_input_is_one_sentence_and_exit_code_1(small_home):
    result = run("compare", "N1746", "--group", "all", "--home", str(small_home))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.strip() == "Det finns inget mått med beteckningen ”N1746”. Menade du N17461?"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compare", "N17461"], "Valet '--group' saknas."),
        (["compar"], "Menade du 'compare'?"),
        (["compare", "N17461", "--group", "all", "--year", "i fjol"], "'--year': det är inget heltal."),
        (["compare", "N17461", "--group", "all", "--gender", "X"], "'X' är inget av"),
        (["compare", "N17461", "--group", "all", "--colour", "x"], "Det finns inget val --colour"),
        (["--language", "de", "status"], "--language"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_a_home_without_values_says_what_to_do(tmp_path):
    for command in (
        ["compare", "N17461", "--group", "all"],
        ["revisions"],
        ["trend", "N17461", "--group", "all"],
    ):
        result = run(*command, JAMFOR_HOME=str(tmp_path))
        assert result.exit_code == 1
        assert "jamfor kolada sync" in result.stderr
    assert list(tmp_path.iterdir()) == []  # the command line never makes up values by itself


def test_the_home_is_the_option_before_the_environment_and_is_not_left_behind(small_home, tmp_path):
    arguments = ["compare", "N17461", "--group", "kolada:G96274", "--format", "json"]
    for placed in (["--home", str(small_home), *arguments], [*arguments, f"--home={small_home}"]):
        assert run(*placed, JAMFOR_HOME=str(tmp_path)).exit_code == 0
    assert run(*arguments, JAMFOR_HOME=str(tmp_path)).exit_code == 1
    assert run(*arguments, JAMFOR_HOME=str(small_home)).exit_code == 0


def test_global_options_are_understood_anywhere_but_not_behind_two_dashes():
    assert hoist_options(["compare", "X", "--home", "h", "--language=en"]) == [
        "--home",
        "h",
        "--language=en",
        "compare",
        "X",
    ]
    assert hoist_options(["a", "--", "--home", "h"]) == ["a", "--", "--home", "h"]


def real(*arguments, home, **settings):
    environment = {**os.environ, "JAMFOR_HOME": str(home)}
    return subprocess.run(
        [str(JAMFOR), *arguments], env=environment, capture_output=True, text=True, **settings
    )


def test_the_installed_command_answers_in_json(small_home):
    result = real(
        "compare", "N17461", "--year", "2023", "--group", "kolada:G96274", "--format", "json", home=small_home
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["mean"] == pytest.approx(573 / 8)


def test_a_pipe_that_is_closed_early_gives_no_traceback(small_home):
    process = subprocess.Popen(
        [str(JAMFOR), "compare", "N17461", "--group", "all", "--format", "json"],
        env={**os.environ, "JAMFOR_HOME": str(small_home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 0


def test_no_error_of_the_installed_command_shows_a_traceback(small_home):
    result = real("compare", "N17461", "--group", "codes:Hudinge,0127", home=small_home)
    assert result.returncode == 1
    assert re.fullmatch(r"Det finns ingen kommun .*Menade du Huddinge.*\?\n", result.stderr)
