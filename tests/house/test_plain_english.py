"""The code reads as a native-speaking engineer of this field would write it (GLOSSARY.md has the terms)."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "answers",
    "app_pages",
    "benchmarks",
    "cli",
    "data",
    "disclosure",
    "domain",
    "language",
    "metrics",
    "pipelines",
    "spreadsheets",
    "tests",
)
FILES = {
    folder: sorted(f for f in (ROOT / folder).rglob("*.py") if f != Path(__file__).resolve())
    for folder in FOLDERS
}

# Names that say that something was found, told or kept without saying what.
EMPTY_NAMES = {"one", "found", "told", "said", "kept", "wanted", "asked"}
STORED_NAMES = {("domain/upload.py", "found")}  # a key of stored findings, beside what was expected

# Phrases that give a translation away.
TRANSLATED = re.compile(
    "|".join(
        (
            r"what lacks",
            r"\bfor who\b",
            r"\btold of\b",
            r"\b(?:line|file|row|sheet|class) a (?:piece|subject|table|line|row|page|measure|place|member|design|doubt)\b",
            r"\bheld (?:to|against)\b",
            r"\bhold(?:s|ing)? \w+(?: \w+)? against\b",
            r"\banew\b",
            r"\bof others'",
            r"\bnobody to compare with\b",
            r"\blanded\b",
        )
    ),
    re.IGNORECASE,
)


def assigned_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The variables, parameters and functions that a file names, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def prose(text: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The docstrings and comments of a file, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (
            docstring := ast.get_docstring(node)
        ):
            yield getattr(node, "lineno", 1), docstring
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_says_only_that_something_was_found_or_told(folder: str) -> None:
    empty = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in FILES[folder]
        for line, name in assigned_names(ast.parse(file.read_text(encoding="utf-8")))
        if name.strip("_") in EMPTY_NAMES and (file.relative_to(ROOT).as_posix(), name) not in STORED_NAMES
    ]
    assert empty == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_docstring_or_comment_reads_as_a_translation(folder: str) -> None:
    translated = []
    for file in FILES[folder]:
        text = file.read_text(encoding="utf-8")
        translated += [
            f"{file.relative_to(ROOT)}:{line} {phrase[0]}"
            for line, words in prose(text, ast.parse(text))
            if (phrase := TRANSLATED.search(" ".join(words.split())))
        ]
    assert translated == []


def test_two_public_things_of_one_package_never_share_a_name() -> None:
    """A page's `show` and the words of a command are found by their module, and migrations have alembic's names."""
    defined: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for file in FILES[folder]:
            if folder in {"app_pages", "cli", "tests"} or "migrations" in file.parts:
                continue
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                    defined[folder, node.name].append(str(file.relative_to(ROOT)))
    shared = {f"{folder}: {name}": files for (folder, name), files in defined.items() if len(files) > 1}
    assert shared == {}
