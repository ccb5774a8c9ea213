"""The values of one table, each with its keys and with what is written beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from domain.cell_problem import Problem
from domain.dimension import PERCENT, PERCENTAGE_POINTS
from domain.upload import ColumnMapping, ColumnRole, SheetMapping
from pipelines.uploads.interpretation.extraction_state import CODE_COLUMNS, ExtractionState
from pipelines.uploads.interpretation.number_columns import NumberColumn, read_numbers
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text
from pipelines.uploads.interpretation.row_keys import RowKeys
from pipelines.uploads.interpretation.row_periods import PeriodReader
from pipelines.uploads.interpretation.text_codes import (
    NO_TEXT,
    Array,
    Codes,
    Floats,
    TextCodes,
    encode_distinct,
    map_distinct,
)
from pipelines.uploads.interpreted_file import VALUE_COLUMNS
from spreadsheets.written_reasons import parse_reason

_DIGITS: Final = 10  # 0.657 × 100 is 65.7 and not 65.70000000000000…


class ValueCells:
    """Collects the values of tables, column by column."""

    def __init__(self, state: ExtractionState) -> None:
        self._context, self._names = state.context, state.names
        self._notes, self._texts = state.notes, state.texts
        self._periods = PeriodReader(state)
        self._parts: dict[str, list[Any]] = {name: [] for name in VALUE_COLUMNS}
        self._scales: dict[int, float] = {}

    def add(
        self,
        grid: OrientedSheet,
        mapping: SheetMapping,
        rows: RowKeys,
        values: list[ColumnMapping],
        read: list[NumberColumn],
        columns: list[ColumnMapping],
    ) -> None:
        """Add the filled cells of one table, each with its keys."""
        table = _Block(len(rows.rows), len(values))
        number, is_filled = (
            table.of(column.numbers for column in read),
            table.of(column.is_said for column in read),
        )
        reason, text = table.of(column.reasons for column in read), table.of(column.texts for column in read)
        problem, percent = (
            table.of(column.problems for column in read),
            table.of(column.is_percent for column in read),
        )
        shown_as_percent = np.zeros(is_filled.shape, dtype=np.bool_)
        if grid.is_percent is not None:
            shown_as_percent = grid.is_percent[rows.rows][:, [value.column - 1 for value in values]] & (
                text == NO_TEXT
            )
        self._mark_errors(grid, rows, values, is_filled, text, problem)

        basis = np.full(number.shape, np.nan)
        comment = np.zeros(number.shape, dtype=np.int32)
        around = [
            column
            for column in columns
            if column.role in {ColumnRole.REASON, ColumnRole.BASIS, ColumnRole.COMMENT}
        ]
        for at, value_column in enumerate(values):
            beside = partial(_columns_beside, columns=around, value=value_column)
            for column in beside(role=ColumnRole.REASON):
                self._put_reason(grid, rows, column, at, (number, is_filled, reason, text, problem, comment))
            for column in beside(role=ColumnRole.BASIS)[:1]:
                basis[:, at] = self._basis(grid, rows, column, at, (is_filled, text, problem))
            for column in beside(role=ColumnRole.COMMENT):
                self._put_comment(grid, rows, column, at, comment)

        place = table.by_column(
            rows.place.codes, [self._texts["municipality_code"](value.municipality_code) for value in values]
        )
        place_text = table.by_column(
            rows.place.texts,
            [
                self._texts["municipality_text"](value.heading if value.municipality_code else "")
                for value in values
            ],
        )
        is_group = np.broadcast_to(rows.is_group[:, None], is_filled.shape)
        is_filled = is_filled & ~is_group
        measure = table.by_column(
            rows.measure.codes, [self._texts["measure_id"](value.measure_id) for value in values]
        )
        headings = [value.measure_text for value in values]
        measure_text = table.by_column(
            rows.measure.texts, [self._texts["measure_text"](text) for text in headings]
        )
        period, bad_period = self._periods.of_cells(rows.period.codes, values, is_filled.shape)
        gender_codes = [self._texts["gender"](value.gender.value if value.gender else "") for value in values]
        gender = table.by_column(rows.gender.codes, gender_codes)
        bad_gender = np.broadcast_to(rows.gender.is_unknown[:, None], is_filled.shape) & (
            np.array(gender_codes) == NO_TEXT
        )

        if percent.any() or shown_as_percent.any():
            factor = np.where(percent, 0.01, 1.0) * np.where(
                percent | shown_as_percent, self._percent_factor(measure), 1.0
            )
            number = np.where(factor == 1.0, number, np.round(number * factor, _DIGITS))
        bad_place = (place == NO_TEXT) & is_filled
        for is_bad, what, key in (
            (bad_gender, Problem.UNKNOWN_GENDER, rows.gender.texts),
            (bad_period, Problem.UNKNOWN_PERIOD, rows.period.texts),
            (bad_place, Problem.UNKNOWN_PLACE, None),
        ):
            if is_bad.any():
                problem[is_bad] = self._texts["problem"](what)
                if key is not None:
                    text = np.where(is_bad, key[:, None], text)
        is_wrong = problem != NO_TEXT
        number[is_wrong], reason[is_wrong] = np.nan, NO_TEXT

        sheet_rows = np.broadcast_to((rows.rows + 1)[:, None], is_filled.shape)
        sheet_columns = np.broadcast_to(
            np.array([value.column for value in values])[None, :], is_filled.shape
        )
        if grid.is_transposed:
            sheet_rows, sheet_columns = sheet_columns, sheet_rows
        is_full = bool(is_filled.all())
        codes = np.full(is_filled.shape, self._texts["sheet"](mapping.sheet), dtype=np.int32)
        for name, part in (
            ("sheet", codes), ("row", sheet_rows), ("column", sheet_columns), ("measure_id", measure),
            ("measure_text", measure_text), ("municipality_code", place), ("municipality_text", place_text),
            ("period", period), ("gender", gender), ("value", number), ("reason", reason), ("basis", basis),
            ("comment", comment), ("text", text), ("problem", problem),
        ):  # fmt: skip
            self._parts[name].append(part.ravel() if is_full else part[is_filled])

    def frame(self) -> pd.DataFrame:
        """Return the collected values as `VALUE_COLUMNS` describes them."""
        columns: dict[str, Any] = {}
        for name in VALUE_COLUMNS:
            kind: Any = np.int32 if name in CODE_COLUMNS or name in {"row", "column"} else np.float64
            parts = self._parts[name] or [np.empty(0, dtype=kind)]
            joined = (parts[0] if len(parts) == 1 else np.concatenate(parts)).astype(kind, copy=False)
            columns[name] = (
                self._texts[name].categorical(joined, none_if_empty=name == "reason")
                if name in CODE_COLUMNS
                else joined
            )
        return pd.DataFrame(columns)

    def _mark_errors(
        self,
        grid: OrientedSheet,
        rows: RowKeys,
        values: list[ColumnMapping],
        is_filled: Array,
        text: Array,
        problem: Array,
    ) -> None:
        if not grid.errors and not grid.unread:
            return
        row_at = {int(row): at for at, row in enumerate(rows.rows)}
        column_at = {value.column - 1: at for at, value in enumerate(values)}
        errors = ((cell, shown, Problem.ERROR_CELL) for cell, shown in grid.errors.items())
        unread = ((cell, "", Problem.FORMULA_WITHOUT_RESULT) for cell in grid.unread)
        for (row, column), shown, what in (*errors, *unread):
            if row in row_at and column in column_at:
                at = row_at[row], column_at[column]
                is_filled[at], problem[at], text[at] = (
                    True,
                    self._texts["problem"](what),
                    self._texts["text"](shown),
                )

    def _put_reason(
        self, grid: OrientedSheet, rows: RowKeys, column: ColumnMapping, at: int, cells: tuple[Array, ...]
    ) -> None:
        """Read reasons from a column of their own. Other words are a comment where there is a number."""
        number, is_filled, reason, text, problem, comment = (cell[:, at] for cell in cells)
        codes, listed = encode_distinct(grid.cells[rows.rows, column.column - 1])
        reasons, texts = self._texts["reason"], self._texts["text"]
        reason_codes = map_distinct(codes, listed, lambda cell: _reason_code(cell, reasons))
        words = map_distinct(codes, listed, lambda cell: texts(as_text(cell)))
        comments = map_distinct(codes, listed, lambda cell: self._texts["comment"](as_text(cell)))
        has_number = is_filled & ~np.isnan(number)
        is_both = has_number & (reason_codes != NO_TEXT)
        problem[is_both], text[is_both] = self._texts["problem"](Problem.NUMBER_AND_REASON), words[is_both]
        is_reason = ~has_number & (reason_codes != NO_TEXT) & (problem == NO_TEXT)
        reason[is_reason], text[is_reason], is_filled[is_reason] = (
            reason_codes[is_reason],
            words[is_reason],
            True,
        )
        is_unread = ~is_filled & (reason_codes == NO_TEXT) & (words != NO_TEXT)
        is_filled[is_unread], text[is_unread] = True, words[is_unread]
        problem[is_unread] = self._texts["problem"](Problem.NOT_A_NUMBER)
        is_remark = has_number & (reason_codes == NO_TEXT) & (words != NO_TEXT)
        comment[is_remark] = comments[is_remark]

    def _basis(
        self, grid: OrientedSheet, rows: RowKeys, column: ColumnMapping, at: int, cells: tuple[Array, ...]
    ) -> Floats:
        is_filled, text, problem = (cell[:, at] for cell in cells)
        numbers = read_numbers(
            grid.cells[rows.rows, column.column - 1],
            reasons=TextCodes(),
            texts=self._texts["text"],
            problems=self._texts["problem"],
        )
        is_wrong = is_filled & (numbers.problems != NO_TEXT) & (problem == NO_TEXT)
        problem[is_wrong], text[is_wrong] = numbers.problems[is_wrong], numbers.texts[is_wrong]
        return numbers.numbers

    def _put_comment(
        self, grid: OrientedSheet, rows: RowKeys, column: ColumnMapping, at: int, comment: Array
    ) -> None:
        codes, listed = encode_distinct(grid.cells[rows.rows, column.column - 1])
        comments = map_distinct(codes, listed, lambda cell: self._texts["comment"](as_text(cell)))
        comment[:, at] = np.where(comments != NO_TEXT, comments, comment[:, at])

    def _percent_factor(self, measure: Array) -> Array:
        """Return the factor for shares shown as percentages: 100, or 1 for measures counted in parts of one."""
        for code in np.unique(measure).tolist():
            if code not in self._scales:
                unit = self._names.measures.unit(self._texts["measure_id"].all()[code])
                self._scales[code] = 100.0 if unit in {None, "", PERCENT, PERCENTAGE_POINTS} else 1.0
        table = np.array([self._scales.get(code, 100.0) for code in range(int(measure.max(initial=0)) + 1)])
        return table[measure]


@dataclass(frozen=True)
class _Block:
    """A block of value cells."""

    rows: int
    columns: int

    def of(self, columns: Iterable[Array]) -> Array:
        return np.stack(list(columns), axis=1)

    def by_column(self, of_rows: Codes, of_columns: list[int]) -> Array:
        """Return the code that a column's heading gives, or else the row's."""
        fixed = np.array(of_columns, dtype=np.int32)[None, :]
        return np.where(fixed != NO_TEXT, fixed, of_rows[:, None])


def _columns_beside(
    role: ColumnRole, columns: list[ColumnMapping], value: ColumnMapping
) -> list[ColumnMapping]:
    """Return the columns of a role that belong to a value column: those that do not contradict it, the most similar first."""

    def alike(column: ColumnMapping) -> int:
        pairs = (
            (column.measure_id, value.measure_id),
            (column.period, value.period),
            (column.gender, value.gender),
            (column.municipality_code, value.municipality_code),
        )
        return sum(1 if mine == its else -10 for mine, its in pairs if mine)

    fitting = [column for column in columns if column.role is role and alike(column) >= 0]
    return sorted(fitting, key=lambda column: (-alike(column), abs(column.column - value.column)))


def _reason_code(cell: object, reasons: TextCodes) -> int:
    reason = parse_reason(cell) if isinstance(cell, str) else None
    return reasons(reason.value) if reason else NO_TEXT
