"""What makes two files of the same layout: their headings in order, not their years, places or values."""

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from domain.upload import ColumnRole, SheetMapping
from spreadsheets.normalised_text import normalise_text
from spreadsheets.workbook import Workbook

_TIME: Final = re.compile(
    r"\b(?:(?:vt|ht|kv|q)\s?\d{0,4}|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*)\b|\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b"
)


def normalise_heading(heading: str) -> str:
    """A heading as it stays from year to year."""
    return " ".join(_TIME.sub("#", normalise_text(heading)).split())


def layout_key(workbook: Workbook, sheets: Iterable[SheetMapping]) -> str:
    """The same for two files whose sheets have the same headings, however many years or municipalities lie side by side."""
    described = [_described(sheet) for sheet in sheets if sheet.is_read]
    text = "\n".join((workbook.kind.value, *dict.fromkeys(described)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _described(sheet: SheetMapping) -> str:
    headings = (
        "*"
        if column.role is ColumnRole.VALUE and column.municipality_code
        else normalise_heading(column.heading)
        for column in sheet.columns
    )
    return "|".join(
        (str(sheet.is_transposed), str(len(sheet.heading_rows)), *(text for text, _ in groupby(headings)))
    )
