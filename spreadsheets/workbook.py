"""A file as it lies: sheets of cells, with what a reader of values alone would lose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from domain.upload import Note

CellArray = np.ndarray[tuple[int, int], np.dtype[np.object_]]


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"  # comma, semicolon or tab between the cells


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows and columns count from 1 everywhere but in the arrays, where they count from 0.

    cells: (rows, columns) of str, float, bool, date, datetime or None for an empty cell; dates and times as
    `datetime`. is_percent: the same shape, True where the number is shown as a percentage, so that 0.66 is 66 %; None where no cell is.
    errors: the error that a cell shows (`#REF!`), by (row, column). unread_formulas: formulas that came without a stored
    result. merged: (first row, first column, last row, last column). comments: what is
    written beside a cell, by (row, column).
    """

    name: str
    cells: CellArray
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_percent: np.ndarray[tuple[int, int], np.dtype[np.bool_]] | None = None
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unread_formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """A read file. checksum: SHA-256 of its bytes in hexadecimal. properties: the custom document
    properties, as text by name."""

    file_name: str
    kind: FileKind
    checksum: str
    size: int
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[Note, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
