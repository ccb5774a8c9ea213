"""A sheet as it is read, straight or with rows and columns swapped. Counts from 0 here, from 1 outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from domain.upload import Address
from spreadsheets.workbook import CellArray, Sheet

Column = np.ndarray[tuple[int], np.dtype[np.object_]]


@dataclass(frozen=True)
class OrientedSheet:
    """A sheet as it is read. hidden_rows, hidden_columns, errors, unread and merged count from 0 and are swapped with it."""

    name: str
    cells: CellArray
    is_transposed: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    is_percent: np.ndarray[tuple[int, int], np.dtype[np.bool_]] | None
    errors: Mapping[tuple[int, int], str]
    unread: frozenset[tuple[int, int]]
    merged: tuple[tuple[int, int, int, int], ...]

    @classmethod
    def of(cls, sheet: Sheet, *, is_transposed: bool = False) -> Self:
        """Build from a sheet, transposed on request. A merged range is given by its first and last cell."""

        def at(row: int, column: int) -> tuple[int, int]:
            return (column - 1, row - 1) if is_transposed else (row - 1, column - 1)

        rows = frozenset(row - 1 for row in sheet.hidden_rows)
        columns = frozenset(column - 1 for column in sheet.hidden_columns)
        percent: Any = sheet.is_percent
        cells: Any = sheet.cells
        return cls(
            name=sheet.name,
            cells=cells.T if is_transposed else cells,
            is_transposed=is_transposed,
            hidden_rows=columns if is_transposed else rows,
            hidden_columns=rows if is_transposed else columns,
            is_percent=percent.T if is_transposed and percent is not None else percent,
            errors={at(*cell): error for cell, error in sheet.errors.items()},
            unread=frozenset(at(*cell) for cell in sheet.unread_formulas),
            merged=tuple((*at(top, left), *at(bottom, right)) for top, left, bottom, right in sheet.merged),
        )

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns that are not hidden."""
        return tuple(column for column in range(self.cells.shape[1]) if column not in self.hidden_columns)

    def rows(self, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The rows from first to last, both included, that are not hidden."""
        all_rows = np.arange(max(first, 0), min(last + 1, self.cells.shape[0]))
        if not self.hidden_rows:
            return all_rows
        return all_rows[~np.isin(all_rows, np.fromiter(self.hidden_rows, dtype=np.int64))]

    def address(self, row: int, column: int) -> Address:
        """Return the address of the cell in the file."""
        return Address(self.name, *((column + 1, row + 1) if self.is_transposed else (row + 1, column + 1)))


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing that a person would see."""
    return (
        cell is None
        or (isinstance(cell, str) and not cell.strip())
        or (isinstance(cell, float) and cell != cell)
    )


def as_text(cell: object) -> str:
    """Return the cell roughly as a person sees it: whole numbers without decimals, others with a comma."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, float):
        return f"{cell:.0f}" if abs(cell) < 1e15 and cell == int(cell) else f"{cell:.10g}".replace(".", ",")
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat(sep=" ")).removesuffix(" 00:00:00") if hasattr(cell, "hour") else str(cell)
    return " ".join(str(cell).split())
