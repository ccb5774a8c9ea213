"""ARCHITECTURE.md shows the house as it is: every room and every arrow."""

import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
FOLDERS = (
    *(
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
    ),
    "spreadsheets",
)


def drawn_arrows() -> set[tuple[str, str]]:
    (picture,) = re.findall(r"```mermaid\n(.*?)```", TEXT, flags=re.DOTALL)
    return set(re.findall(r"^\s*(\w+) --> (\w+)$", picture, flags=re.MULTILINE))


def real_arrows() -> set[tuple[str, str]]:
    graph = grimp.build_graph(*FOLDERS, cache_dir=None)
    return {
        (importer.split(".")[0], imported.split(".")[0])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.split(".")[0] != imported.split(".")[0]
    }


def test_every_arrow_of_the_picture_is_an_import_and_every_import_an_arrow() -> None:
    assert drawn_arrows() == real_arrows()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_room_of_a_folder_is_named_with_what_belongs_in_it(folder: str) -> None:
    rooms = [
        f"{folder}/{path.name}" + ("/" if path.is_dir() else "")
        for path in sorted((ROOT / folder).iterdir())
        if path.is_dir() and not path.name.startswith(("_", "."))
    ]
    missing = [room for room in rooms if f"`{room}`" not in TEXT and (ROOT / room).glob("*.py")]
    assert [room for room in missing if any((ROOT / room).rglob("*.py"))] == []


def test_every_path_that_the_map_names_exists() -> None:
    named = re.findall(
        r"`((?:answers|app_pages|benchmarks|cli|data|disclosure|docs|domain|language|metrics|pipelines|spreadsheets|tests)/[\w./-]*)`",
        TEXT,
    )
    git_ignored = {"data/kept/"}
    assert [path for path in named if path not in git_ignored and not (ROOT / path).exists()] == []
