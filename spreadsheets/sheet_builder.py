"""A sheet built cell by cell, in any order, within the limits on its size."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from math import isfinite

import numpy as np

from spreadsheets.cells import empty_cells
from spreadsheets.limits import refuse_too_many_cells
from spreadsheets.workbook import Sheet

Value = str | float | bool | datetime


class SheetBuilder:
    """One sheet. Rows and columns count from 0 here. Raises `TooManyCellsError` as soon as it is too large."""

    def __init__(self, name: str, file_name: str) -> None:
        self.name = name
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []
        self.merged: list[tuple[int, int, int, int]] = []  # first row, first column, last row, last column
        self.comments: dict[tuple[int, int], str] = {}
        self._file_name = file_name
        self._values: defaultdict[int, dict[int, Value]] = defaultdict(dict)
        self._percentages: defaultdict[int, set[int]] = defaultdict(set)
        self._errors: dict[tuple[int, int], str] = {}
        self._unread: set[tuple[int, int]] = set()
        self._rows, self._columns = 0, 0

    def put(self, row: int, columns: Iterable[int], value: Value, *, is_percent: bool = False) -> None:
        """A value, which may fill several columns. Empty text is nothing."""
        for column in columns:
            if value == "":
                return
            if isinstance(value, float) and not isfinite(value):
                self.set_error(row, (column,), "#NUM!")
                continue
            self._grow(row, column)
            self._values[row][column] = value
            if is_percent:
                self._percentages[row].add(column)

    def set_error(self, row: int, columns: Iterable[int], error: str) -> None:
        for column in columns:
            self._grow(row, column)
            self._errors[row, column] = error

    def set_unread_formula(self, row: int, columns: Iterable[int]) -> None:
        """Formulas without a stored result."""
        for column in columns:
            self._grow(row, column)
            self._unread.add((row, column))

    def repeat(self, row: int, times: int) -> None:
        """Repeat a row until there are `times` rows of it."""
        values, percentages = self._values.get(row), self._percentages.get(row)
        errors = [(column, error) for (at, column), error in self._errors.items() if at == row]
        unread = [column for at, column in self._unread if at == row]
        width = max([*(values or ()), *(column for column, _ in errors), *unread], default=-1) + 1
        if width == 0 or times == 1:
            return
        refuse_too_many_cells(self._file_name, self.name, row + times, width)
        for after in range(row + 1, row + times):
            self._grow(after, width - 1)
            if values is not None:
                self._values[after] = values
            if percentages is not None:
                self._percentages[after] = percentages
            for column, error in errors:
                self._errors[after, column] = error
            self._unread.update((after, column) for column in unread)

    def clear_unread_formulas(self) -> None:
        """The formulas without a result turned out to have an empty text for one."""
        self._unread.clear()
        filled = [(row, max(values)) for row, values in self._values.items()] + list(self._errors)
        self._rows = max((row for row, _ in filled), default=-1) + 1
        self._columns = max((column for _, column in filled), default=-1) + 1

    def sheet(self, *, is_hidden: bool) -> Sheet:
        """Return the sheet. Its rows and columns count from 1."""
        cells = empty_cells(self._rows, self._columns)
        for row, values in self._values.items():
            cells[row, list(values)] = list(values.values())
        percent = np.zeros(cells.shape, dtype=np.bool_)
        for row, columns in self._percentages.items():
            percent[row, list(columns)] = True
        return Sheet(
            self.name,
            cells,
            is_hidden=is_hidden,
            hidden_rows=_numbered(self.hidden_rows, self._rows),
            hidden_columns=_numbered(self.hidden_columns, self._columns),
            is_percent=percent if self._percentages else None,
            errors={(row + 1, column + 1): error for (row, column), error in self._errors.items()},
            unread_formulas=frozenset((row + 1, column + 1) for row, column in self._unread),
            merged=tuple(
                (top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in self.merged
            ),
            comments={(row + 1, column + 1): text for (row, column), text in self.comments.items()},
        )

    def _grow(self, row: int, column: int) -> None:
        """The box of filled cells bounds their number: the rewritten sheet takes no more room."""
        if row >= self._rows or column >= self._columns:
            self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
            refuse_too_many_cells(self._file_name, self.name, self._rows, self._columns)


def _numbered(runs: Iterable[range], most: int) -> frozenset[int]:
    """Return the numbers, from 1, of the hidden rows or columns among the first `most`."""
    return frozenset(place + 1 for run in runs for place in range(run.start, min(run.stop, most)))
