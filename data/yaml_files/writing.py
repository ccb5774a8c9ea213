"""Writes the domain's dataclasses as YAML that people can review and that can be read back without loss."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

import yaml

LINE_LENGTH: Final = 110
_RARE_BREAKS: Final = re.compile("[\r\x85\u2028\u2029]")


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # written in C: ten times as fast
    """Writes texts with line breaks as blocks, escapes rare line breaks, and quotes texts of digits only."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if _RARE_BREAKS.search(text) else "|" if "\n" in text else "'" if text.isdecimal() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def to_yaml(document: dict[str, Any]) -> str:
    """Return the document as YAML, fields in their order."""
    return str(yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LINE_LENGTH))


def to_plain_fields(instance: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """Return a dataclass's fields as values that YAML has, leaving out those that hold their default."""
    return {
        field.name: _to_plain(getattr(instance, field.name))
        for field in fields(instance)
        if field.name not in without
        and (field.default is MISSING or getattr(instance, field.name) != field.default)
    }


def _to_plain(value: Any) -> Any:  # noqa: ANN401 - any value of a dataclass's field
    if is_dataclass(value) and not isinstance(value, type):
        return to_plain_fields(value)
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool | int | float | date | bytes) or value is None:
        return value
    return str(value)
