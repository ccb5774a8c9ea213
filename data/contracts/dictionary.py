"""The data dictionary: every table and column in `docs/data-dictionary.md`, written from the contracts.

Regenerate it with `.venv/bin/python -m data.contracts.dictionary`.
"""

import inspect
from pathlib import Path
from typing import Any, Final

from data.contracts.tables import BULK_TABLES, SMALL_TABLES

DICTIONARY_FILE: Final = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
OPENING: Final = """# Data dictionary

Every table of the figures, written from the contracts in `data/contracts/` by
`python -m data.contracts.dictionary`; a test holds it current. All tables lie in one lake with their history:
each can be read as it was at any release.
"""
TYPE_WORDS: Final = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
}


def data_dictionary() -> str:
    """Return the whole dictionary as Markdown."""
    return "\n".join(
        [OPENING, *(_table(name, contract) for name, contract in (BULK_TABLES | SMALL_TABLES).items())]
    )


def _table(name: str, contract: Any) -> str:  # noqa: ANN401 - pandera has one model class a backend
    schema = contract.to_schema()
    rows = [
        f"| `{column}` | {_type(field)} | {'may be empty' if field.nullable else ''} | {_meaning(field)} |"
        for column, field in schema.columns.items()
    ]
    rules = [f"- {rule}" for rule in _rules(contract, schema)]
    parts = [
        f"## {name}\n",
        inspect.cleandoc(contract.__doc__ or "") + "\n",
        "| column | type | | meaning |\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n",
    ]
    return "\n".join([*parts, *([*rules, ""] if rules else [])])


def _type(field: Any) -> str:  # noqa: ANN401
    name = str(field.dtype).removeprefix("DataType(").removesuffix(")").lower()
    return next(word for start, word in TYPE_WORDS.items() if name.startswith(start))


def _meaning(field: Any) -> str:  # noqa: ANN401
    checks = [_check_text(check) for check in field.checks]
    texts = [field.description, *(text for text in checks if text), "Unique." if field.unique else ""]
    return " ".join(text if text.endswith(".") else f"{text}." for text in texts if text).replace("|", "\\|")


def _rules(contract: Any, schema: Any) -> list[str]:  # noqa: ANN401
    texts = [_check_text(check) for check in schema.checks]
    key = (
        [f"No two rows share {', '.join(f'`{column}`' for column in schema.unique)}."]
        if schema.unique
        else []
    )
    return [text for text in texts if text] + key


def _check_text(check: Any) -> str:  # noqa: ANN401
    """Return the description of our own rule, or words for a ready-made one; empty if the column's meaning covers it."""
    if check.description:
        return str(check.description)
    if check.name == "str_matches":
        return f"Matches `{check.statistics['pattern']}`"
    return {"field_uniqueness": "Unique."}.get(check.name, "")


if __name__ == "__main__":
    DICTIONARY_FILE.write_text(data_dictionary(), encoding="utf-8")
