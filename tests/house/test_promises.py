"""Promises that the project's own files make to each other."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import nodes

from app_pages.parts import theme
from app_pages.parts.templates import environment
from data.reference import texts_to_translate

ROOT = Path(__file__).parents[2]
CODE = (
    "answers",
    "app_pages",
    "cli",
    "data",
    "disclosure",
    "domain",
    "language",
    "metrics",
    "pipelines",
    "spreadsheets",
)
MARKS = {"_", "translate", "to_translate", "ngettext"}


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"https?:|--index-url|--find-links|--extra-index-url", lock) == []
    assert "--hash=sha256:" in lock


def test_every_direct_dependency_is_in_the_lock_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    requirements = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[=\[<>]", requirement)[0] for requirement in requirements]
    assert [name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)] == []


def _texts_to_translate_in(code: str) -> Iterator[str]:
    """The Swedish texts of a file; read as Python, because Babel's extractor does not look inside f-strings."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = node.args[0]
            if name in MARKS and isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def test_texts_are_found_wherever_they_are() -> None:
    code = "f'<p>{escape(_(\"Först\"))}</p>'; ngettext('en', 'flera', 2); words.translate('Sedan ' 'sist')"
    assert set(_texts_to_translate_in(code)) == {"Först", "en", "Sedan sist"}


def _texts_to_translate_in_template(source: str) -> Iterator[str]:
    """The Swedish texts of a template."""
    for call in environment("sv").parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS and call.args:
            text = call.args[0]
            if isinstance(text, nodes.Const) and isinstance(text.value, str):
                yield text.value


def test_texts_are_found_in_templates() -> None:
    source = "<p title=\"{{ _('Först') }}\">{% if ngettext('en', 'flera', 2).format() %}{{ _('Sist') }}{% endif %}</p>"
    assert set(_texts_to_translate_in_template(source)) == {"Först", "en", "Sist"}


def test_templates_are_escaped_and_complete() -> None:
    names = [str(file.relative_to(ROOT / "app_pages")) for file in (ROOT / "app_pages").rglob("*.html")]
    assert names
    assert [
        name for name in names if "| safe" in (ROOT / "app_pages" / name).read_text(encoding="utf-8")
    ] == []
    for name in names:
        assert environment("sv").get_template(name)


def test_everything_that_people_read_has_an_english_translation() -> None:
    with (ROOT / "language" / "en.po").open("rb") as source:
        english = read_po(source, locale="en")
    translated = {
        (message.id if isinstance(message.id, str) else message.id[0])
        for message in english
        if message.id and message.string and not message.fuzzy and all(message.string)
    }
    used = {
        text
        for folder in CODE
        for file in (ROOT / folder).rglob("*.py")
        for text in _texts_to_translate_in(file.read_text(encoding="utf-8"))
    } | set(texts_to_translate())
    used |= {
        text
        for file in (ROOT / "app_pages").rglob("*.html")
        for text in _texts_to_translate_in_template(file.read_text(encoding="utf-8"))
    }
    assert sorted(used - translated) == []


def test_translations_keep_the_places_of_the_original() -> None:
    with (ROOT / "language" / "en.po").open("rb") as source:
        english = read_po(source, locale="en")

    def places(text: str) -> set[str]:
        return set(re.findall(r"{(\w*)[^}]*}", text))

    changed = [
        message.id
        for message in english
        if isinstance(message.id, str) and message.id and places(message.id) != places(str(message.string))
    ]
    assert changed == []


def test_the_continuous_check_is_the_command_that_people_run() -> None:
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_decision_says_what_was_asked_chosen_measured_and_what_would_change_it() -> None:
    headings = ("## Question", "## Choice", "## Measured", "## What would change our mind")
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    incomplete = [
        record.name
        for record in records
        if not all(h in record.read_text(encoding="utf-8") for h in headings)
    ]
    assert incomplete == []


def test_no_stored_data_is_tracked() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "data/kept"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    assert tracked == ""


def test_streamlits_inner_names_are_in_one_style_sheet_and_one_script() -> None:
    files = [file for kind in ("css", "js", "py", "html") for file in (ROOT / "app_pages").rglob(f"*.{kind}")]
    naming = {file.name for file in files if "data-testid" in file.read_text(encoding="utf-8")}
    assert naming == {"streamlit_names.css", "page.js"}


def test_every_colour_of_the_pages_is_in_the_theme() -> None:
    """The icon in the browser's tab is a separate file and cannot read them."""
    coloured = {
        str(file.relative_to(ROOT))
        for kind in ("css", "js", "py", "html", "svg")
        for file in (ROOT / "app_pages").rglob(f"*.{kind}")
        if re.search(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", file.read_text(encoding="utf-8"))
    }
    assert coloured == {"app_pages/parts/theme.py", "app_pages/parts/icon.svg"}


def test_streamlits_own_theme_has_the_same_colours() -> None:
    of_streamlit = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert of_streamlit["primaryColor"] == theme.MINE
    assert of_streamlit["backgroundColor"] == theme.WHITE
    assert of_streamlit["secondaryBackgroundColor"] == theme.PALE
    assert of_streamlit["textColor"] == theme.INK
    assert of_streamlit["linkColor"] == theme.LINK


def test_every_custom_property_of_the_style_sheets_is_a_colour_of_the_theme() -> None:
    used = {
        name
        for file in (ROOT / "app_pages").rglob("*.css")
        for name in re.findall(r"var\(--([\w-]+)\)", file.read_text(encoding="utf-8"))
    }
    assert used - set(re.findall(r"--([\w-]+):", theme.custom_properties())) == set()
