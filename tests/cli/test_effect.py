"""`jamfor effect`, on measures and on panel files, for machines and for people."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from answers.effects.panel_file import PanelColumns, estimate_file_effect, parse_treated, read_panel
from cli.main import app
from domain.errors.effects import TreatedError
from domain.errors.files import UnreadablePanelError
from tests.effects_store import EFFECT
from tests.messages import swedish

PROPOSITION_99 = Path(__file__).parents[2].parent / "shared/worked_examples/california_prop99_synthdid.csv"
COLUMNS = PanelColumns("enhet", "år", "utfall", "gjorde")


def run(home, *words):
    return CliRunner().invoke(app, ["--home", str(home), "effect", *words])


# On a measure


def test_a_measure_gives_every_key_that_is_promised(effects_home):
    result = run(effects_home, "--measure", "N15428", "--treated", "0136:2018", "--design", "sdid", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["estimate"] == pytest.approx(EFFECT, abs=1.0)
    assert answer["p_value"] == pytest.approx(1 / 40)
    assert answer["refused"] is None
    assert answer["pre_rmspe"] > 0
    assert sum(answer["unit_weights"].values()) == pytest.approx(1.0, abs=1e-3)
    assert sum(answer["time_weights"].values()) == pytest.approx(1.0, abs=1e-3)
    assert list(answer["gap"]) == [str(year) for year in range(2008, 2024)]
    after = [answer["gap"][str(year)] for year in range(2018, 2024)]
    assert np.mean(after) == pytest.approx(answer["estimate"])
    assert len(answer["placebos"]) == 39
    assert {check["name"] for check in answer["checks"]} >= {
        "permutation",
        "leave_one_donor_out",
        "placebo_in_time",
    }
    assert (answer["measure"], answer["unit"], answer["is_made_up"]) == ("N15428", "%", False)
    assert answer["names"]["0136"] == "Haninge"


@pytest.mark.parametrize("words", [("N17461", "definition"), ("U07417", "faktorn"), ("N11821", "mätpunkter")])
def test_a_refusal_is_an_answer_with_its_reason_and_no_number(effects_home, words):
    measure, reason = words
    result = run(effects_home, "--measure", measure, "--treated", "0136:2018", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["estimate"] is None
    assert answer["p_value"] is None
    assert reason in answer["refused"]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--measure", "N15428", "--treated", "9999:2018"), "9999"),
        (("--measure", "N99999", "--treated", "0136:2018"), "N99999"),
        (("--measure", "N15428", "--treated", "0136"), "0136:2019"),
        (("--measure", "N15428", "--treated", ",,"), "går inte att läsa"),
        (("--measure", "N15428", "--treated", "0136:2018", "--donors", "codes:0136,0114"), "Haninge"),
        (("--measure", "N15428", "--treated", "0136:2018", "--donors", "grannar"), "grannar"),
        (("--measure", "N15428", "--treated", "0136:2018", "--gender", "K"), "kvinnor och män"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_one(effects_home, words, refusal):
    result = run(effects_home, *words)
    assert result.exit_code == 1
    assert refusal in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("--measure", "N15428"),
        ("--treated", "0136:2018"),
        ("--measure", "N15428", "--panel", "x.csv", "--treated", "a:1"),
        ("--panel", "x.csv", "--treated", "a:1"),
        ("--measure", "N15428", "--treated", "0136:2018", "--design", "regression"),
    ],
)
def test_wrong_use_is_exit_code_two(effects_home, words):
    assert run(effects_home, *words).exit_code == 2


def test_people_read_the_years_the_weights_and_the_doubts(effects_home):
    result = run(effects_home, "--measure", "N15428", "--treated", "0136:2018")
    assert "Skillnad från starten, i snitt: +" in result.stdout
    assert "2018" in result.stdout
    assert "Jämförs med" in result.stdout
    assert "✓ Samma beräkning för 39 som inte gjorde något" in result.stdout


# On a panel file


def _panel_text(delimiter=";", decimal=",", *, n_units=12, n_times=12, start=2010, hole=None, extra=()):
    """Parallel series with small wobbles of their own; `enhet 0` jumps by three from the ninth time on."""
    lines = [delimiter.join(("enhet", "år", "utfall", "gjorde"))]
    chance = np.random.default_rng(3)
    for unit in range(n_units):
        for at in range(n_times):
            is_on = unit == 0 and at >= 8
            value = 10 + (unit + 6) % n_units + at + float(chance.normal(0, 0.1)) + 3 * is_on
            written = "" if hole == (unit, at) else f"{value:.4f}".replace(".", decimal)
            lines.append(delimiter.join((f"enhet {unit}", str(start + at), written, str(int(is_on)))))
    return "\n".join([*lines, *extra]) + "\n"


@pytest.mark.parametrize(
    ("delimiter", "decimal", "encoding"),
    [
        (";", ",", "utf-8"),
        (";", ".", "utf-8"),
        (",", ".", "utf-8-sig"),
        ("\t", ",", "cp1252"),
        (";", ",", "utf-16"),
    ],
)
def test_a_panel_reads_the_same_however_it_is_written(delimiter, decimal, encoding):
    content = _panel_text(delimiter, decimal).encode(encoding)
    panel = read_panel(content, "panel.csv", COLUMNS)
    assert panel.outcomes.shape == (12, 12)
    assert panel.treated == {"enhet 0": 2018}
    same = read_panel(_panel_text().encode(), "panel.csv", COLUMNS)
    np.testing.assert_allclose(panel.outcomes, same.outcomes)


def test_a_jump_of_three_is_found():
    result = estimate_file_effect(_panel_text().encode(), "panel.csv", COLUMNS)
    assert result.estimate == pytest.approx(3.0, abs=0.3)
    assert result.p_value == pytest.approx(1 / 12)


def test_the_treated_may_be_written_out_instead_of_a_column():
    written = PanelColumns("enhet", "år", "utfall", "enhet 0:2018")
    assert read_panel(_panel_text().encode(), "panel.csv", written).treated == {"enhet 0": 2018}
    assert parse_treated("a:2019, b, Den långa gatan: 2020") == {
        "a": 2019,
        "b": None,
        "Den långa gatan": 2020,
    }


def test_a_hole_in_the_treated_series_refuses_and_in_a_donor_leaves_it_out():
    refused = estimate_file_effect(_panel_text(hole=(0, 3)).encode(), "p.csv", COLUMNS)
    assert refused.estimate is None
    assert "2013" in swedish(refused.refused)
    without = estimate_file_effect(_panel_text(hole=(5, 3)).encode(), "p.csv", COLUMNS)
    assert "2013" in swedish(without.left_out["enhet 5"])
    assert "enhet 5" not in without.donors


def test_a_constant_series_refuses():
    lines = ["enhet;år;utfall;gjorde"]
    lines += [f"u{unit};{2000 + at};5;{int(unit == 0 and at > 8)}" for unit in range(9) for at in range(12)]
    result = estimate_file_effect("\n".join(lines).encode(), "p.csv", COLUMNS)
    assert result.estimate is None
    assert result.refused


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("enhet;år;utfall;gjorde\n", "inga rader"),
        ("enhet;år;värde;gjorde\na;2000;1;0\n", "ingen kolumn ”utfall”"),
        ("enhet;år;utfall;utfall;gjorde\na;2000;1;1;0\n", "flera kolumner"),
        ("enhet;år;utfall;gjorde\na;våren;1;0\n", "”våren” på rad 2"),
        ("enhet;år;utfall;gjorde\na;2000;mycket;0\n", "”mycket” på rad 2 är inget tal"),
        ("enhet;år;utfall;gjorde\n;2000;1;0\n", "rad 2"),
        ("enhet;år;utfall;gjorde\na;2000;1;0\na;2000;2;0\n", "både på rad 2 och på rad 3"),
        ("enhet;år;utfall;gjorde\na;2000;1;2\n", "0 före starten"),
        ("enhet;år;utfall;gjorde\na;2000;1;\n", "0 före starten"),
        ("enhet;år;utfall;gjorde\na;2000;1;1\na;2001;1;0\n", "från 1 till 0"),
        ("enhet;år;utfall;gjorde\na;2000;1;0\nb;2000;1;0\n", "ingen etta"),
    ],
)
def test_a_panel_that_cannot_be_understood_says_what_and_where(text, refusal):
    with pytest.raises(UnreadablePanelError) as error:
        read_panel(text.encode(), "panel.csv", COLUMNS)
    assert refusal in str(error.value)


def test_a_word_that_is_neither_column_nor_unit_suggests_what_is_near():
    with pytest.raises(UnreadablePanelError, match="gjorde"):
        read_panel(_panel_text().encode(), "p.csv", PanelColumns("enhet", "år", "utfall", "gjorda"))
    with pytest.raises(TreatedError, match=r":2019\. Inget publicerat exempel"):
        read_panel(_panel_text().encode(), "p.csv", PanelColumns("enhet", "år", "utfall", "enhet 0"))


def test_a_treated_unit_among_its_donors_is_an_error():
    with pytest.raises(TreatedError, match="enhet 0"):
        read_panel(_panel_text().encode(), "p.csv", COLUMNS, donors=["enhet 0", "enhet 1"])


def test_a_panel_larger_than_can_be_counted_on_is_refused_before_it_is():
    lines = ["enhet;år;utfall;gjorde", *(f"u{at};2000;1;0" for at in range(1_001))]
    with pytest.raises(UnreadablePanelError, match="1001 enheter"):
        read_panel("\n".join(lines).encode(), "p.csv", COLUMNS)


def test_a_panel_goes_through_the_command(effects_home, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text(_panel_text(), encoding="utf-8")
    columns = ("--unit", "enhet", "--time", "år", "--outcome", "utfall")
    result = run(
        effects_home, "--panel", str(path), *columns, "--treated", "gjorde", "--design", "sc", "--json"
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["estimate"] == pytest.approx(3.0, abs=0.4)
    gone = run(effects_home, "--panel", str(tmp_path / "borta.csv"), *columns, "--treated", "gjorde")
    assert gone.exit_code == 1
    assert "borta.csv" in gone.stderr
    some = ("--donors", "enhet 1,enhet 2,enhet 3,enhet 4,enhet 5,enhet 6", "--exclude", "enhet 6")
    fewer = run(effects_home, "--panel", str(path), *columns, "--treated", "gjorde", *some, "--json")
    assert set(json.loads(fewer.stdout)["donors"]) == {f"enhet {at}" for at in range(1, 6)}


@pytest.mark.shared
@pytest.mark.skipif(not PROPOSITION_99.exists(), reason="the development material is not beside the project")
@pytest.mark.parametrize(
    ("design", "estimate", "margin"),
    [("did", -27.349, 0.001), ("sc", -19.514, 0.001), ("sdid", -15.604, 0.02)],
)
def test_california_comes_out_as_published(effects_home, design, estimate, margin):
    columns = ("--unit", "State", "--time", "Year", "--outcome", "PacksPerCapita", "--treated", "treated")
    result = run(effects_home, "--panel", str(PROPOSITION_99), *columns, "--design", design, "--json")
    assert json.loads(result.stdout)["estimate"] == pytest.approx(estimate, abs=margin)
