"""The values of a file, read as a mapping says, with nothing guessed.

Every column is read once and every distinct text parsed once; work on whole columns replaces work on single cells.
"""

from typing import Final

import pandas as pd

from domain.upload import Address, ColumnMapping, ColumnRole, FileMapping, SheetMapping
from pipelines.uploads.interpretation.extraction_notes import (
    FIGURES_BELOW,
    FOOTNOTE_MARK,
    NO_MEASURE,
    SCHOOL_YEAR,
    SEVERAL_MEASURES,
    SHEET_NOT_READ,
    TWO_READINGS,
    UNKNOWN_MEASURE,
    sheet_prefix,
)
from pipelines.uploads.interpretation.extraction_state import ExtractionState
from pipelines.uploads.interpretation.measure_names import MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.number_columns import NumberColumn, read_numbers
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet
from pipelines.uploads.interpretation.periods import parse_period, split_period
from pipelines.uploads.interpretation.repeated_values import drop_repeats
from pipelines.uploads.interpretation.row_keys import RowKeyReader
from pipelines.uploads.interpretation.value_cells import ValueCells
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook
from spreadsheets.written_numbers import parse_number

MOST_ROWS_BELOW: Final = 500  # searched for figures that belong to no table


def extract_values(
    workbook: Workbook, mapping: FileMapping, context: UploadContext, names: NameLookup | None = None
) -> InterpretedFile:
    """Return the values of the file in the order of sheet, row and column, with notes on what was left out and why."""
    state = ExtractionState(context, names or NameLookup.of(context))
    extraction = _Extraction(state)
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for table in mapping.sheets:
        if table.sheet not in by_name:
            continue
        if table.is_read:
            grid = OrientedSheet.of(by_name[table.sheet], is_transposed=table.is_transposed)
            extraction.read(grid, table, _next_top(mapping, table, grid))
        elif table.why and not by_name[table.sheet].is_hidden:  # reading has already reported hidden sheets
            state.notes.add("sheet_not_read", SHEET_NOT_READ, sheet=sheet_prefix(table.sheet), why=table.why)
    values = extraction.values()
    return InterpretedFile(workbook, mapping, values, (*workbook.notes, *state.notes.all()))


def _next_top(mapping: FileMapping, table: SheetMapping, grid: OrientedSheet) -> int:
    """Return the row, from 0, where the next table of the sheet begins, or where the sheet ends."""
    tops = [
        min((*other.heading_rows, other.first_row)) - 1
        for other in mapping.sheets
        if other.sheet == table.sheet and other.is_read
    ]
    firsts = [other.first_row - 1 for other in mapping.sheets if other.sheet == table.sheet and other.is_read]
    return min((row for row in (*tops, *firsts) if row >= table.last_row), default=grid.cells.shape[0])


class _Extraction:
    """Reads the tables of one file, one after the other."""

    def __init__(self, state: ExtractionState) -> None:
        self._context, self._names = state.context, state.names
        self._notes, self._texts = state.notes, state.texts
        self._cells, self._row_keys = ValueCells(state), RowKeyReader(state)

    def values(self) -> pd.DataFrame:
        """Return the values of all tables that were read."""
        frame = drop_repeats(self._cells.frame(), self._context, self._notes)
        self._note_unidentified_measures(frame)
        return frame

    def _note_unidentified_measures(self, frame: pd.DataFrame) -> None:
        measure_ids = self._names.measures
        unknown = frame[(frame["measure_id"] == "").to_numpy()]
        grouped = unknown.groupby(["sheet", "measure_text"], observed=True, sort=False)
        counted = grouped.agg(row=("row", "first"), column=("column", "first"), count=("row", "size"))
        for (sheet, text), row, column, count in counted.itertuples():
            at = Address(str(sheet), int(row), int(column))
            read = measure_ids.read(str(text)) if text else MeasureInText()
            if read.candidates:
                named = ", ".join(map(measure_ids.told_apart, read.candidates))
                self._notes.add(
                    "several_measures",
                    SEVERAL_MEASURES,
                    address=at,
                    count=int(count),
                    said=text,
                    names=named,
                )
            elif text:
                self._notes.add("unknown_measure", UNKNOWN_MEASURE, address=at, count=int(count), said=text)
            else:
                self._notes.add(
                    "no_measure", NO_MEASURE, address=at, count=int(count), sheet=sheet_prefix(str(sheet))
                )

    def read(self, grid: OrientedSheet, mapping: SheetMapping, until: int) -> None:
        """Read the values of one table. until: the row, from 0, where the next table begins."""
        columns = [
            column
            for column in mapping.columns
            if column.column <= grid.cells.shape[1] and column.column - 1 not in grid.hidden_columns
        ]
        values = [column for column in columns if column.role is ColumnRole.VALUE]
        rows = self._row_keys.read(grid, mapping, columns)
        if not values or not len(rows.rows):
            return
        read = [
            read_numbers(
                grid.cells[rows.rows, value.column - 1],
                reasons=self._texts["reason"],
                texts=self._texts["text"],
                problems=self._texts["problem"],
            )
            for value in values
        ]
        for value_column, numbers in zip(values, read, strict=True):
            self._note_numbers(numbers)
            self._note_school_year(value_column)
        self._note_figures_below(grid, mapping, values, until)
        self._cells.add(grid, mapping, rows, values, read, columns)

    def _note_school_year(self, column: ColumnMapping) -> None:
        for text in column.heading.split(" / "):
            period = parse_period(text) or split_period(text)[0]
            if period and period.is_school_year and str(period.period) == column.period:
                self._notes.add("school_year", SCHOOL_YEAR, said=text, period=column.period)

    def _note_figures_below(
        self, grid: OrientedSheet, mapping: SheetMapping, values: list[ColumnMapping], until: int
    ) -> None:
        """Note the figures between this table and the next, which belong to no table."""
        columns = [value.column - 1 for value in values]
        for row in grid.rows(mapping.last_row, min(until, mapping.last_row + MOST_ROWS_BELOW) - 1).tolist():
            for column in columns:
                cell = grid.cells[row, column]
                if isinstance(cell, float) or (isinstance(cell, str) and parse_number(cell)):
                    self._notes.add(
                        "figures_below",
                        FIGURES_BELOW,
                        address=grid.address(row, column),
                        sheet=sheet_prefix(mapping.sheet),
                    )

    def _note_numbers(self, numbers: NumberColumn) -> None:
        for rule, text, listed in (
            ("two_readings", TWO_READINGS, numbers.ambiguous),
            ("mark", FOOTNOTE_MARK, numbers.marked),
        ):
            for text_read in listed:
                self._notes.add(rule, text, said=text_read)
