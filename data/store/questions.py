"""The store's SQL: one statement per file in `sql/`, with bound `$parameters`."""

from functools import cache
from pathlib import Path


@cache
def question(name: str, *, table: str = "") -> str:
    """Return the text of `sql/<name>.sql`. table: one of our own tables, for the files that leave it open as `{table}`."""
    text = (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return text.replace("{table}", table) if table else text
