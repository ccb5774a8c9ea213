"""`jamfor demo` says what it made, that it is made up, and what real values would do to it."""

import re
import shutil

import pytest
from typer.testing import CliRunner

from cli.main import app
from data.store.writing import write_release
from pipelines.demonstration import lake
from tests.homes import home_at


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home in which the demonstration was made once, with one measure, and the command's output."""
    whole = lake.generate_values()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lake, "generate_values", lambda: whole[whole["kpi_id"] == "N15428"])
        folder = tmp_path_factory.mktemp("kept") / "hem åt någon"
        output = run(folder, "demo")
        yield folder, output


def run(home, *words):
    result = CliRunner().invoke(app, ["--home", str(home), *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_first_time_it_makes_and_the_second_it_says_that_they_are_there(home):
    folder, said_first = home
    assert said_first.startswith("Påhittade demonstrationsvärden är skapade.")
    assert re.search(r"\d värden för 1 mått i 290 kommuner, 2012–2024\.", said_first)
    assert "34 påhittade exempel, metoder och program finns i framgångsbanken." in said_first
    assert "jamfor kolada sync" in said_first
    assert run(folder, "demo").startswith("Påhittade demonstrationsvärden finns redan.")


def test_the_anew_option_makes_them_again_although_they_exist(home):
    assert run(home[0], "demo", "--anew").startswith("Påhittade demonstrationsvärden är skapade.")


def test_a_comparison_of_made_up_values_never_names_the_real_source(home):
    shown = run(home[0], "compare", "N15428", "--group", "kolada:G96274")
    assert "Påhittade demonstrationsvärden" in shown
    assert "Källa: Kolada" not in shown


def test_it_says_so_when_real_values_are_shown_instead(home, tmp_path):
    moved = shutil.copytree(home[0], tmp_path / "moved")
    staged = tmp_path / "staged.parquet"
    values = lake.generate_values().head(10).assign(is_deleted=False)
    lake.pq.write_table(lake.pa.Table.from_pandas(values, schema=lake.STAGED, preserve_index=False), staged)
    write_release(
        home_at(moved).figures,
        lambda writer: writer.merge_indicator_values([staged]),
        run_id="real",
        description="real",
    )
    assert "Riktiga värden från Kolada är inlästa" in run(moved, "demo")
