"""`jamfor case`: from a file to published and tried cases, and back to a file; every refusal has exit code 1."""

import base64
import hashlib
import json
import shutil
from io import BytesIO

import pytest
from PIL import Image
from typer.testing import CliRunner

from cli.main import app

CASES = """\
cases:
- standing: {id: laxhjalp, owner_municipality: '0136'}
  title: Läxhjälp på biblioteket
  question: Hur får fler elever godkänt?
  municipality_code: '0136'
  status: running
  started_on: 2021-08-01
  people: Elever i årskurs 9 <script>alert(1)</script>
  what_was_done: Tre kvällar i veckan.
  steps: [{when: våren 2021, what: Lokal}]
  cost: 300 000 kronor om året
  cost_sek: 900000
  staff: vet inte ännu
  partners: [{sector: civil_society, name: Rädda läxan}]
  plan: Fler kvällar
  pitfalls: Tomma stolar i december
  otherwise: Börja med föräldrarna
  results: Stolarna fylls
  evaluation: {who: Skolan, design: Före och efter, outcome: vet inte ännu}
  aims: [{measure_id: N15428, direction: increase, stated_on: 2021-06-01, size: 2}]
"""


@pytest.fixture
def home(small_home, tmp_path):
    shutil.copytree(small_home, tmp_path / "hem")
    return tmp_path / "hem"


@pytest.fixture
def run(home):
    def jamfor(*words, code=0):
        result = CliRunner().invoke(app, ["--home", str(home), "case", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return jamfor


@pytest.fixture
def file(tmp_path):
    yaml_file = tmp_path / "exempel.yml"
    yaml_file.write_text(CASES, encoding="utf-8")
    return yaml_file


def test_a_draft_is_imported_reviewed_published_found_and_tried(run, file):
    assert "utkast" in run("import", file, "--as", "controller-haninge")
    assert "Det finns inga" in run("list")
    assert "laxhjalp" in run("list", "--drafts", "--as", "controller-haninge")
    assert "skickat till granskning" in run("send", "laxhjalp", "--as", "controller-haninge")
    run("return", "laxhjalp", "--as", "coordinator")
    run("review", "laxhjalp", "--as", "coordinator")
    run("publish", "laxhjalp", "--as", "coordinator")

    shown = json.loads(run("show", "laxhjalp", "--json"))
    assert (shown["state"], shown["unanswered"]) == ("published", [])
    assert shown["people"].endswith("<script>alert(1)</script>")
    (match,) = json.loads(run("search", "läxhjälpen på bibliotek", "--json"))["stories"]
    assert match["id"] == "laxhjalp"
    assert json.loads(run("search", "läxhjälp", "--measure", "U07417", "--json"))["stories"] == []

    run("try", "laxhjalp", "--municipality", "Huddinge", "--from", "2025-01-10", "--as", "member-huddinge")
    run(
        "try",
        "laxhjalp",
        "--municipality",
        "0126",
        "--state",
        "kept",
        "--how",
        "Det gick",
        "--as",
        "member-huddinge",
    )
    (tried,) = json.loads(run("show", "laxhjalp", "--json"))["tried_by"]
    assert tried | {"version": 2} == tried
    assert (tried["state"], tried["started_on"], tried["how_it_went"]) == ("kept", "2025-01-10", "Det gick")
    output = run("show", "laxhjalp")
    assert "- civilsamhälle, Rädda läxan" in output
    assert "Huddinge har behållit det. Det gick" in output


def test_exported_stories_are_imported_elsewhere_with_pictures(run, file, tmp_path, small_home):
    drawn = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(drawn, "PNG")
    checksum = hashlib.sha256(drawn.getvalue()).hexdigest()
    text = CASES.replace("owner_municipality: '0136'", "owner_municipality: '0136', state: published")
    text += f"  pictures: [{{checksum: {checksum}, alternative: En blågrön ruta}}]\n"
    text += f"pictures: [{{checksum: {checksum}, content: !!binary {base64.b64encode(drawn.getvalue()).decode()}}}]\n"
    file.write_text(text, encoding="utf-8")
    run("import", file)
    run("export", "-o", tmp_path / "ut.yml")

    elsewhere = tmp_path / "annat hem"
    shutil.copytree(small_home, elsewhere)
    for words in (["import", tmp_path / "ut.yml"], ["export", "laxhjalp", "-o", tmp_path / "igen.yml"]):
        result = CliRunner().invoke(app, ["--home", str(elsewhere), "case", *map(str, words)])
        assert result.exit_code == 0, result.output
    assert (tmp_path / "igen.yml").read_text() == (tmp_path / "ut.yml").read_text()
    assert checksum in (tmp_path / "ut.yml").read_text()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (("'0136'\n  status", "'9999'\n  status"), "”9999”"),
        (("2021-08-01", "2021-13-01"), "Rad 7"),
        (("status: running", "status: ended\n  ended_on: 2020-01-01"), "före starten"),
        (("Lokal}", "'Anna, 19811218-9876'}"), "personnummer"),
        (("N15428", "N99999"), "N99999"),
        (("cost_sek: 900000", "links: [{title: x, url: 'javascript:alert(1)'}]"), "javascript"),
        (("  plan: Fler kvällar\n", "  pictures: [{checksum: abc, alternative: x}]\n"), "abc"),
    ],
)  # fmt: skip
def test_an_invalid_file_stores_nothing_and_says_why(run, file, change, refusal):
    file.write_text(CASES.replace(*change), encoding="utf-8")

    assert refusal in run("import", file, code=1)
    assert "Det finns inga" in run("list", "--drafts")


def test_forbidden_actions_are_refused(run, file):
    assert "inte rätt" in run("import", file, "--as", "member-huddinge", code=1)
    run("import", file, "--as", "controller-haninge")
    assert "inte rätt" in run("review", "laxhjalp", "--as", "controller-haninge", code=1)
    assert "är utkast, så det går inte att publicera" in run("publish", "laxhjalp", code=1)
    assert "granskat" not in run("list", "--drafts")
    run("review", "laxhjalp")
    run("publish", "laxhjalp")
    assert "Menade du laxhjalp?" in run("show", "laxhjelp", code=1)
    run("withdraw", "laxhjalp", "--as", "coordinator")
    assert "Det finns inget exempel" in run("show", "laxhjalp", code=1)
