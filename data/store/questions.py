"""The SQL of the store: one question a file in `sql/`, with bound `$parameters`."""

from functools import cache
from pathlib import Path


@cache
def question(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
