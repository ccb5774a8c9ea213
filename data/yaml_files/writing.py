"""Writes the domain's dataclasses as YAML that people can review and that reads back without loss."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

import yaml

LINE_LENGTH: Final = 110
_RARE_BREAKS: Final = re.compile("[\r\x85\u2028\u2029]")


class _Writer(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the one in C is ten times as fast
    """Writes texts of several lines as they look, escapes rare line breaks, and quotes every code."""


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = '"' if _RARE_BREAKS.search(text) else "|" if "\n" in text else "'" if text.isdecimal() else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def written(document: dict[str, Any]) -> str:
    """The text of a file."""
    return str(yaml.dump(document, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=LINE_LENGTH))


def plain_fields(one: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The fields in YAML's types, without those that are as they would be anyhow."""
    return {
        field.name: _value(getattr(one, field.name))
        for field in fields(one)
        if field.name not in without
        and (field.default is MISSING or getattr(one, field.name) != field.default)
    }


def _value(value: Any) -> Any:  # noqa: ANN401 - any value of a domain's field
    if is_dataclass(value) and not isinstance(value, type):
        return plain_fields(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool | int | float | date | bytes) or value is None:
        return value
    return str(value)
