"""Guarded cells are opened only in `disclosure/`, and what is read for writing is never shown."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("answers", "app_pages", "benchmarks", "cli", "data", "domain", "language", "metrics", "pipelines")
DISCLOSING = ("disclosure/",)
GUARDING = ("data/store/guarded.py",)
READ_FOR_WRITING = {
    "pipelines/kolada/staged_rows.py",
    "pipelines/uploads/committing.py",
    "pipelines/whole_demonstration.py",
}


def files() -> list[tuple[str, ast.Module]]:
    paths = [path for folder in (*FOLDERS, "disclosure") for path in (ROOT / folder).rglob("*.py")]
    return [
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths
    ]


@pytest.fixture(scope="module")
def parsed() -> list[tuple[str, ast.Module]]:
    return files()


def opens_guarded(tree: ast.Module) -> list[int]:
    """The lines that read the inside of something guarded, however it is spelled."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr.startswith("guarded_"))
        or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("guarded_")
        )
    ]


def makes_shown(tree: ast.Module) -> list[int]:
    """The lines that make what only the disclosure room makes."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"ShownGrid", "ShownReported", "ShownHistory", "RevisedCells"}
    ]


def test_only_the_disclosure_room_opens_guarded_cells(parsed: list[tuple[str, ast.Module]]) -> None:
    outside = [(path, tree) for path, tree in parsed if not path.startswith((*DISCLOSING, *GUARDING))]
    assert [(path, lines) for path, tree in outside if (lines := opens_guarded(tree))] == []


def test_only_the_disclosure_room_makes_cells_that_may_be_shown(parsed: list[tuple[str, ast.Module]]) -> None:
    outside = [(path, tree) for path, tree in parsed if not path.startswith(DISCLOSING)]
    assert [(path, lines) for path, tree in outside if (lines := makes_shown(tree))] == []


def test_only_pipelines_that_write_read_what_is_stored(parsed: list[tuple[str, ast.Module]]) -> None:
    importing = {
        path
        for path, tree in parsed
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "disclosure.writing"
    }
    assert importing == READ_FOR_WRITING


def test_an_opened_cell_is_noticed() -> None:
    code = "rows = figures.reported_values(release).guarded_rows\ngetattr(values, 'guarded_rows')"
    assert opens_guarded(ast.parse(code)) == [1, 2]
    assert makes_shown(ast.parse("ShownReported(rows)")) == [1]
