"""Open stores are passed on: only functions that open something take settings, and only surfaces read them."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
BELOW_SURFACES = ("answers", "data", "domain", "language", "metrics", "pipelines", "spreadsheets")
OPENING = {
    "data/store/lake.py": {"find_lakes", "open_figures"},
    "data/stores.py": {"open_stores"},
    "data/workspace/workspace.py": {"open_workspace"},
    "pipelines/demonstration_process.py": {"ensure_demonstration"},  # a process of its own
}
READING = {"data/settings.py", "pipelines/demonstration_process.py"}


def test_only_what_opens_something_takes_settings() -> None:
    for file, tree in _trees():
        takers = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(
                argument.annotation is not None and "Settings" in ast.unparse(argument.annotation)
                for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            )
        }
        assert takers == OPENING.get(file, set()), file


def test_only_surfaces_read_the_settings() -> None:
    readers = {
        file
        for file, tree in _trees()
        if any(isinstance(node, ast.Name) and node.id == "read_settings" for node in ast.walk(tree))
    }
    assert readers <= READING


def _trees() -> list[tuple[str, ast.Module]]:
    files = [file for folder in BELOW_SURFACES for file in (ROOT / folder).rglob("*.py")]
    return [
        (str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))) for file in sorted(files)
    ]
