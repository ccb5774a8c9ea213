"""What was read in an upload's file, to and from what a database keeps: JSON for structure, Parquet for tables."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from io import BytesIO
from typing import Any, Final

import pandas as pd

from domain.message import Count, Factor, Listing, Message, Number
from domain.upload import (
    Address,
    ColumnMapping,
    ColumnRole,
    FileMapping,
    Finding,
    FindingLevel,
    Note,
    SheetMapping,
)
from domain.value import Gender


@dataclass(frozen=True)
class UploadContent:
    """What was read in a file. `values` holds what the file says, unsuppressed; whoever reads it must have the right.

    evaluations: results of projects, if the file holds any. result: the cells that the publication makes, kept once it
    is on its way. Texts without content come back as NaN.
    """

    values: pd.DataFrame
    mapping: FileMapping
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    evaluations: pd.DataFrame | None = None
    result: pd.DataFrame | None = None


def table_to_bytes(table: pd.DataFrame) -> bytes:
    """The table as Parquet, compressed; without its index."""
    stored = BytesIO()
    table.to_parquet(stored, engine="pyarrow", compression="zstd", index=False)
    return stored.getvalue()


def table_from_bytes(stored: bytes) -> pd.DataFrame:
    return pd.read_parquet(BytesIO(stored), engine="pyarrow")


def mapping_to_json(mapping: FileMapping) -> dict[str, Any]:
    return {
        "layout_key": mapping.layout_key,
        "is_template": mapping.is_template,
        "is_remembered": mapping.is_remembered,
        "sheets": [
            _plain_fields(sheet) | {"columns": [_plain_fields(column) for column in sheet.columns]}
            for sheet in mapping.sheets
        ],
    }


def mapping_from_json(stored: Mapping[str, Any]) -> FileMapping:
    return FileMapping(
        sheets=tuple(
            SheetMapping(
                **_read_fields(sheet)
                | {
                    "heading_rows": tuple(sheet["heading_rows"]),
                    "gender": _gender(sheet["gender"]),
                    "columns": tuple(
                        ColumnMapping(
                            **_read_fields(column)
                            | {"role": ColumnRole(column["role"]), "gender": _gender(column["gender"])}
                        )
                        for column in sheet["columns"]
                    ),
                }
            )
            for sheet in stored["sheets"]
        ),
        layout_key=stored["layout_key"],
        is_template=stored["is_template"],
        is_remembered=stored["is_remembered"],
    )


def findings_to_json(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [_plain_fields(finding) for finding in findings]


def findings_from_json(stored: list[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            **_read_fields(finding)
            | {
                "level": FindingLevel(finding["level"]),
                "address": _address(finding["address"]),
                "gender": Gender(finding["gender"]),
            }
        )
        for finding in stored
    )


def notes_to_json(notes: tuple[Note, ...]) -> list[dict[str, Any]]:
    return [_plain_fields(note) for note in notes]


def notes_from_json(stored: list[Mapping[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note(**_read_fields(note) | {"address": _address(note["address"])}) for note in stored)


def _plain_fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass of an upload
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A value as JSON. A message keeps its text and typed values, so that it can be rendered in any language later."""
    if isinstance(value, Message):
        return {"text": value.text, "values": {name: _plain(item) for name, item in value.values.items()}}
    if isinstance(value, Count | Number | Factor | Listing):
        return _plain_fields(value)
    if isinstance(value, Address):
        return [value.sheet, value.row, value.column]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def _read_fields(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read_value(value) for name, value in stored.items()}


_VALUE_TYPES: Final = {
    frozenset(field.name for field in fields(kind)): kind for kind in (Count, Number, Factor)
}


def _read_value(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """The value that `_plain` wrote, also in homes where numbers were formatted before they were written."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"text", "values"}:
        return Message(value["text"], **_read_fields(value["values"]))
    if "items" in value:
        return Listing(**value | {"items": tuple(map(_read_value, value["items"]))})
    return _VALUE_TYPES[frozenset(value)](**value)


def _address(stored: list[Any] | None) -> Address | None:
    return Address(*stored) if stored else None


def _gender(stored: str | None) -> Gender | None:
    return Gender(stored) if stored else None
