"""The values of a file, read as a mapping says and with nothing guessed beside it.

Every column is read once, every distinct text once; what 600 000 cells have in common is done at once for all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any, Final

import numpy as np
import pandas as pd

from domain.cell_problem import Problem
from domain.dimension import PERCENT, PERCENTAGE_POINTS
from domain.message import Count, Message, Value, to_translate
from domain.upload import Address, ColumnMapping, ColumnRole, FileMapping, Note, SheetMapping
from domain.value import Gender
from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.measure_names import MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.number_columns import NumberColumn, read_numbers
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text, is_blank
from pipelines.uploads.interpretation.periods import is_date_of_year, parse_part, parse_period, split_period
from pipelines.uploads.interpretation.text_codes import (
    NO_TEXT,
    Array,
    Codes,
    Flags,
    Floats,
    TextCodes,
    encode_distinct,
    fill_down,
    map_distinct,
)
from pipelines.uploads.interpreted_file import VALUE_COLUMNS, InterpretedFile
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

MOST_NOTES: Final = 40  # of one rule, before the rest are only counted
MOST_ROWS_BELOW: Final = 500  # in which figures that belong to no table are looked for
_DIGITS: Final = 10  # 0.657 × 100 is 65.7 and not 65.70000000000000…
_MEAN_ROW: Final = to_translate(
    "”{said}” är ingen enskild kommun utan ett medelvärde eller en summa. {count} celler läses inte."
)
_UNKNOWN_MEASURE: Final = to_translate(
    "”{said}” är inget mått som vi känner till. {count} värden läses men jämförs inte och publiceras inte."
)
_NO_MEASURE: Final = to_translate(
    "{sheet}Inget säger vilket mått de {count} värdena gäller. De läses men publiceras inte. Välj mått i läsningen av bladet."
)
_SEVERAL_MEASURES: Final = to_translate(
    "”{said}” kan vara flera mått: {names}. {count} värden läses inte som något av dem. Välj mått för hand."
)
_NEAR_MEASURE: Final = to_translate("”{said}” lästes som måttet ”{name}” (till {likeness} % lika).")
_TWICE: Final = to_translate("{place} står två gånger med samma värden. {count} celler räknas en gång.")
_SCHOOL_YEAR: Final = to_translate("Läsåret ”{said}” räknas som {period}, året då det slutar.")
_TWO_READINGS: Final = to_translate(
    "”{said}” kan läsas på två sätt. Det lästes som ett tal med decimaler, inte som tusental."
)
_MARK: Final = to_translate("”{said}” har ett nottecken. Talet lästes, noten följer inte med.")
_OWN_PLACE: Final = to_translate("{sheet}Ingen kommun nämns. Värdena lästes som {place}s.")
_OWN_PERIOD: Final = to_translate("{sheet}Ingen period nämns. Värdena lästes som {period}.")
_BELOW: Final = to_translate(
    "{sheet}{count} tal under tabellen läses inte, eftersom inget säger vad de gäller."
)
_NOT_READ: Final = to_translate("{sheet}{why}")
_SHEET: Final = to_translate("Bladet ”{name}”: ")
_MORE: Final = to_translate("… och {count} till av samma slag.")
_CODE_COLUMNS: Final = (
    "sheet", "measure_id", "measure_text", "municipality_code", "municipality_text", "period", "gender", "reason",
    "comment", "text", "problem",
)  # fmt: skip


def extract_values(
    workbook: Workbook, mapping: FileMapping, context: UploadContext, names: NameLookup | None = None
) -> InterpretedFile:
    """Every value of the file as the mapping has it, in the order of sheet, row and column, and what was left out and why."""
    extraction = _Extraction(context, names or NameLookup.of(context))
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    for table in mapping.sheets:
        if table.sheet not in by_name:
            continue
        if table.is_read:
            grid = OrientedSheet.of(by_name[table.sheet], is_transposed=table.is_transposed)
            extraction.read(grid, table, _next_top(mapping, table, grid))
        elif table.why and not by_name[table.sheet].is_hidden:  # reading has already reported hidden sheets
            extraction.notes.add("sheet_not_read", _NOT_READ, sheet=_sheet_said(table.sheet), why=table.why)
    values = extraction.values()
    return InterpretedFile(workbook, mapping, values, (*workbook.notes, *extraction.notes.all()))


def _next_top(mapping: FileMapping, table: SheetMapping, grid: OrientedSheet) -> int:
    """The row, from 0, where the next table of the sheet begins, else where the sheet ends."""
    tops = [
        min((*other.heading_rows, other.first_row)) - 1
        for other in mapping.sheets
        if other.sheet == table.sheet and other.is_read
    ]
    firsts = [other.first_row - 1 for other in mapping.sheets if other.sheet == table.sheet and other.is_read]
    return min((row for row in (*tops, *firsts) if row >= table.last_row), default=grid.cells.shape[0])


@dataclass
class _Notes:
    """The notes to show, each once with the number of cells it concerns."""

    _entries: dict[tuple[object, ...], tuple[str, str, dict[str, Value], Address | None]] = field(
        default_factory=dict
    )
    _counts: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def add(
        self, rule: str, text: str, /, *, address: Address | None = None, count: int = 1, **fields: Value
    ) -> None:
        key = (rule, *fields.values())
        self._entries.setdefault(key, (rule, text, fields, address))
        self._counts[key] += count

    def all(self) -> Iterator[Note]:
        counts: Counter[str] = Counter()
        for key, (rule, text, fields, address) in self._entries.items():
            counts[rule] += 1
            if counts[rule] <= MOST_NOTES:
                yield Note(rule, Message(text, **{"count": Count(self._counts[key]), **fields}), address)
        for rule, count in counts.items():
            if count > MOST_NOTES:
                yield Note(rule, Message(_MORE, count=Count(count - MOST_NOTES)))


@dataclass(frozen=True)
class _Key:
    """One key of the rows of a table: a number for each row's text, and which rows say something that is no such key."""

    codes: Codes
    is_unknown: Flags
    texts: Codes


@dataclass(frozen=True)
class _Rows:
    """What every row of one table says before its values are read."""

    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    place: _Key
    is_group: Flags
    measure: _Key
    period: _Key
    gender: _Key
    has_places: bool
    has_period: bool
    has_gender: bool
    has_measure: bool


class _Extraction:
    def __init__(self, context: UploadContext, names: NameLookup) -> None:
        self._known, self._names = context, names
        self.notes = _Notes()
        self._texts = {name: TextCodes() for name in _CODE_COLUMNS}
        self._parts: dict[str, list[Any]] = {name: [] for name in VALUE_COLUMNS}
        self._scales: dict[int, float] = {}

    # The whole

    def values(self) -> pd.DataFrame:
        """The frame that the contract describes."""
        columns: dict[str, Any] = {}
        for name in VALUE_COLUMNS:
            kind: Any = np.int32 if name in _CODE_COLUMNS or name in {"row", "column"} else np.float64
            joined = np.concatenate([np.empty(0, dtype=kind), *self._parts[name]]).astype(kind, copy=False)
            columns[name] = (
                self._texts[name].categorical(joined, none_if_empty=name == "reason")
                if name in _CODE_COLUMNS
                else joined
            )
        frame = pd.DataFrame(columns)
        frame = self._without_repeats(frame)
        self._tell_of_measures(frame)
        return frame

    def _tell_of_measures(self, frame: pd.DataFrame) -> None:
        measure_ids = self._names.measures
        unknown = frame[(frame["measure_id"] == "").to_numpy()]
        grouped = unknown.groupby(["sheet", "measure_text"], observed=True, sort=False)
        counted = grouped.agg(row=("row", "first"), column=("column", "first"), count=("row", "size"))
        for (sheet, text), row, column, count in counted.itertuples():
            at = Address(str(sheet), int(row), int(column))
            read = measure_ids.read(str(text)) if text else MeasureInText()
            if read.candidates:
                named = ", ".join(map(measure_ids.told_apart, read.candidates))
                self.notes.add(
                    "several_measures",
                    _SEVERAL_MEASURES,
                    address=at,
                    count=int(count),
                    said=text,
                    names=named,
                )
            elif text:
                self.notes.add("unknown_measure", _UNKNOWN_MEASURE, address=at, count=int(count), said=text)
            else:
                self.notes.add(
                    "no_measure", _NO_MEASURE, address=at, count=int(count), sheet=_sheet_said(str(sheet))
                )

    def _without_repeats(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A cell that stands twice with the same value is kept once; with different values both stay, to be found fault with."""
        is_named = (frame["measure_id"] != "") | (frame["measure_text"] != "")
        is_sure = ((frame["problem"] == "") & (frame["municipality_code"] != "") & is_named).to_numpy()
        key = np.zeros(len(frame), dtype=np.int64)
        for name in ("measure_id", "measure_text", "municipality_code", "period", "gender"):
            codes = frame[name].cat.codes.to_numpy().astype(np.int64)
            if name == "measure_text":  # what is not known by id is told apart by what it is called
                codes = np.where((frame["measure_id"] == "").to_numpy(), codes, 0)
            key = key * (len(frame[name].cat.categories) + 1) + codes
        seen = pd.Series(key[is_sure]).duplicated(keep=False).to_numpy()
        if not seen.any():
            return frame
        rows = np.flatnonzero(is_sure)[seen]
        twice = pd.DataFrame(
            {
                "key": key[rows],
                "value": frame["value"].to_numpy()[rows],
                "reason": frame["reason"].cat.codes.to_numpy()[rows],
                "basis": frame["basis"].to_numpy()[rows],
            }
        )
        is_repeat = twice.duplicated().to_numpy()
        repeats = rows[is_repeat]
        if not len(repeats):
            return frame
        for code, group in frame.iloc[repeats].groupby("municipality_code", observed=True, sort=False):
            at = Address(str(group["sheet"].iloc[0]), int(group["row"].iloc[0]), int(group["column"].iloc[0]))
            name = self._known.places[str(code)].name if str(code) in self._known.places else str(code)
            self.notes.add("same_twice", _TWICE, address=at, count=len(group), place=name)
        is_retained = np.ones(len(frame), dtype=np.bool_)
        is_retained[repeats] = False
        return frame[is_retained].reset_index(drop=True)

    # One table

    def read(self, grid: OrientedSheet, mapping: SheetMapping, until: int) -> None:
        """The values of one table; the next one begins at row `until`, from 0."""
        columns = [
            column
            for column in mapping.columns
            if column.column <= grid.cells.shape[1] and column.column - 1 not in grid.hidden_columns
        ]
        values = [column for column in columns if column.role is ColumnRole.VALUE]
        rows = self._rows(grid, mapping, columns)
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
            self._tell_of_numbers(numbers)
            self._tell_of_school_year(value_column)
        self._tell_of_figures_below(grid, mapping, values, until)
        self._add(grid, mapping, rows, values, read, columns)

    def _add(
        self,
        grid: OrientedSheet,
        mapping: SheetMapping,
        rows: _Rows,
        values: list[ColumnMapping],
        read: list[NumberColumn],
        columns: list[ColumnMapping],
    ) -> None:
        """Lay rows × columns of values side by side, give every cell its keys, and keep those that say something."""
        table = _Table(len(rows.rows), len(values))
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
            beside = partial(_beside, columns=around, value=value_column)
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
        period, bad_period = self._periods(rows, values, table)
        gender_codes = [self._texts["gender"](value.gender.value if value.gender else "") for value in values]
        gender = table.by_column(rows.gender.codes, gender_codes)
        bad_gender = np.broadcast_to(rows.gender.is_unknown[:, None], is_filled.shape) & (
            np.array(gender_codes) == NO_TEXT
        )

        if percent.any() or shown_as_percent.any():
            factor = np.where(percent, 0.01, 1.0) * np.where(
                percent | shown_as_percent, self._scale(measure), 1.0
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
        codes = np.full(is_filled.shape, self._texts["sheet"](mapping.sheet), dtype=np.int32)
        for name, part in (
            ("sheet", codes), ("row", sheet_rows), ("column", sheet_columns), ("measure_id", measure),
            ("measure_text", measure_text), ("municipality_code", place), ("municipality_text", place_text),
            ("period", period), ("gender", gender), ("value", number), ("reason", reason), ("basis", basis),
            ("comment", comment), ("text", text), ("problem", problem),
        ):  # fmt: skip
            self._parts[name].append(part[is_filled])

    def _mark_errors(
        self,
        grid: OrientedSheet,
        rows: _Rows,
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

    # What stands beside a value

    def _put_reason(
        self, grid: OrientedSheet, rows: _Rows, column: ColumnMapping, at: int, cells: tuple[Array, ...]
    ) -> None:
        """A reason in a column of its own; words that are no reason are a comment where there is a number."""
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
        self, grid: OrientedSheet, rows: _Rows, column: ColumnMapping, at: int, cells: tuple[Array, ...]
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
        self, grid: OrientedSheet, rows: _Rows, column: ColumnMapping, at: int, comment: Array
    ) -> None:
        codes, listed = encode_distinct(grid.cells[rows.rows, column.column - 1])
        comments = map_distinct(codes, listed, lambda cell: self._texts["comment"](as_text(cell)))
        comment[:, at] = np.where(comments != NO_TEXT, comments, comment[:, at])

    # The keys of rows

    def _rows(self, grid: OrientedSheet, mapping: SheetMapping, columns: list[ColumnMapping]) -> _Rows:
        rows = grid.rows(mapping.first_row - 1, mapping.last_row - 1)
        set_column_role = {role: [column for column in columns if column.role is role] for role in ColumnRole}
        place, is_group = self._places(grid, rows, mapping, set_column_role[ColumnRole.MUNICIPALITY], columns)
        measure, gender_of_measure, period_of_measure = self._measures(
            grid, rows, mapping, set_column_role[ColumnRole.MEASURE]
        )
        times = [*set_column_role[ColumnRole.YEAR], *set_column_role[ColumnRole.PERIOD]]
        period = self._period_of_rows(
            grid, rows, mapping, times, set_column_role[ColumnRole.PART], period_of_measure, columns
        )
        gender = self._genders(grid, rows, mapping, set_column_role[ColumnRole.GENDER], gender_of_measure)
        return _Rows(
            rows,
            place,
            is_group,
            measure,
            period,
            gender,
            has_places=bool(set_column_role[ColumnRole.MUNICIPALITY]),
            has_period=bool(times),
            has_gender=bool(set_column_role[ColumnRole.GENDER]),
            has_measure=bool(set_column_role[ColumnRole.MEASURE]),
        )

    def _cells(self, grid: OrientedSheet, rows: Array, column: ColumnMapping) -> tuple[Codes, list[Any]]:
        codes, listed = encode_distinct(grid.cells[rows, column.column - 1])
        return (fill_down(codes) if column.is_filled_down else codes), listed

    def _places(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        named: list[ColumnMapping],
        columns: list[ColumnMapping],
    ) -> tuple[_Key, Flags]:
        ids, texts = self._texts["municipality_code"], self._texts["municipality_text"]
        nothing = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            code = mapping.municipality_code
            in_headings = any(
                column.municipality_code for column in columns if column.role is ColumnRole.VALUE
            )
            if not code and not in_headings:
                code = self._known.place.code
                if len(rows) and any(column.role is ColumnRole.VALUE for column in columns):
                    name = self._known.place.name.removesuffix("s")
                    self.notes.add("own_place", _OWN_PLACE, sheet=_sheet_said(mapping.sheet), place=name)
            return _Key(_all(ids(code), rows), nothing, _all(NO_TEXT, rows)), nothing
        first: _Key | None = None
        is_group = nothing.copy()
        for column in named:
            codes, listed = self._cells(grid, rows, column)
            read = [self._names.places.read(cell) for cell in listed]
            of_cell = dict(enumerate(read))
            place_codes = np.array(
                [*(ids(place.code) if place else NO_TEXT for place in read), NO_TEXT], dtype=np.int32
            )[codes]
            text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[
                codes
            ]
            group = np.array([*(bool(place and place.is_mean) for place in read), False], dtype=np.bool_)[
                codes
            ]
            for at, place in of_cell.items():
                if place and place.is_mean:
                    self._tell_of_group(grid, rows, column, as_text(listed[at]), codes == at, columns)
            is_group |= group
            if first is None:
                first = _Key(place_codes, nothing, text_codes)
                continue
            differ = (first.codes != place_codes) & (place_codes != NO_TEXT) & (first.codes != NO_TEXT)
            both = np.where((first.codes == NO_TEXT) & (first.texts == NO_TEXT), place_codes, first.codes)
            first = _Key(
                np.where(differ, NO_TEXT, both),
                nothing,
                np.where(first.texts == NO_TEXT, text_codes, first.texts),
            )
        assert first is not None  # noqa: S101 - there was a column
        return first, is_group

    def _tell_of_group(
        self,
        grid: OrientedSheet,
        rows: Array,
        column: ColumnMapping,
        text: str,
        where: Flags,
        columns: Iterable[ColumnMapping],
    ) -> None:
        values = [column.column - 1 for column in columns if column.role is ColumnRole.VALUE]
        lost = sum(not is_blank(grid.cells[row, column]) for row, column in product(rows[where], values))
        at = grid.address(int(rows[where][0]), column.column - 1)
        self.notes.add("mean_row", _MEAN_ROW, address=at, count=lost, said=text)

    def _measures(
        self, grid: OrientedSheet, rows: Array, mapping: SheetMapping, named: list[ColumnMapping]
    ) -> tuple[_Key, Codes, list[str] | None]:
        ids, texts = self._texts["measure_id"], self._texts["measure_text"]
        nothing = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            key = _Key(_all(ids(mapping.measure_id), rows), nothing, _all(NO_TEXT, rows))
            return key, _all(NO_TEXT, rows), None
        codes, listed = self._cells(grid, rows, named[0])
        read = [self._names.measures.read(as_text(cell)) for cell in listed]
        for at, measure in enumerate(read):
            if measure.measure_id and measure.likeness < 100 and (codes == at).any():
                where = grid.address(int(rows[codes == at][0]), named[0].column - 1)
                self._tell_of_near(as_text(listed[at]), measure, where)
        measure_codes = np.array(
            [*(ids(measure.measure_id) for measure in read), ids(mapping.measure_id)], dtype=np.int32
        )[codes]
        text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        genders = self._texts["gender"]
        gender = np.array(
            [*(genders(measure.gender.value if measure.gender else "") for measure in read), NO_TEXT],
            dtype=np.int32,
        )
        periods = [str(measure.period.period) if measure.period else "" for measure in read]
        of_rows = [*periods, ""] if any(periods) else None
        return (
            _Key(measure_codes, nothing, text_codes),
            gender[codes],
            [of_rows[at] for at in codes] if of_rows else None,
        )

    def _tell_of_near(self, text: str, read: MeasureInText, at: Address) -> None:
        likeness = f"{read.likeness:.0f}"
        self.notes.add(
            "near_measure", _NEAR_MEASURE, address=at, said=text, name=read.name, likeness=likeness
        )

    def _period_of_rows(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        times: list[ColumnMapping],
        parts: list[ColumnMapping],
        of_measure: list[str] | None,
        columns: list[ColumnMapping],
    ) -> _Key:
        periods, texts = self._texts["period"], self._texts["text"]
        nothing = np.zeros(len(rows), dtype=np.bool_)
        if times:
            codes, listed = self._cells(grid, rows, times[0])
            dates = [cell for cell in listed if hasattr(cell, "month")]
            are_years = (
                bool(dates)
                and len({(cell.month, cell.day) for cell in dates}) == 1
                and all(map(is_date_of_year, dates))
            )
            read = [parse_period(cell, dates_are_years=are_years) for cell in listed]
            for cell, period_in_text in zip(listed, read, strict=True):
                if period_in_text and period_in_text.is_school_year:
                    self.notes.add(
                        "school_year", _SCHOOL_YEAR, said=as_text(cell), period=str(period_in_text.period)
                    )
            period_codes = np.array(
                [*(periods(str(period.period)) if period else NO_TEXT for period in read), NO_TEXT],
                dtype=np.int32,
            )[codes]
            text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[
                codes
            ]
        else:
            period = mapping.period
            is_said = (
                period
                or of_measure
                or any(len(column.period) >= 4 for column in columns if column.role is ColumnRole.VALUE)
            )
            if not is_said and (
                parts or any(column.period for column in columns if column.role is ColumnRole.VALUE)
            ):
                period = str(self._known.period.year)
            if not period and not is_said:
                period = str(self._known.period)
                if len(rows) and any(column.role is ColumnRole.VALUE for column in columns):
                    self.notes.add("own_period", _OWN_PERIOD, sheet=_sheet_said(mapping.sheet), period=period)
            period_codes, text_codes = _all(periods(period), rows), _all(NO_TEXT, rows)
        if of_measure:
            own = np.array([periods(period) for period in of_measure], dtype=np.int32)
            period_codes = np.where(own != NO_TEXT, own, period_codes)
        if not parts:
            return _Key(period_codes, nothing, text_codes)
        codes, listed = self._cells(grid, rows, parts[0])
        of_year = [parse_part(cell, is_number=True) for cell in listed]
        part_texts = TextCodes()
        part = np.array([*(part_texts(part_text) for part_text in of_year), NO_TEXT], dtype=np.int32)[codes]
        is_unread = (codes >= 0) & (part == NO_TEXT)
        period_codes = self._with_parts(period_codes, part, part_texts.all())
        words = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        return _Key(
            np.where(is_unread, NO_TEXT, period_codes), is_unread, np.where(is_unread, words, text_codes)
        )

    def _with_parts(self, years: Codes, parts: Array, part_texts: list[str]) -> Codes:
        """Years with the parts beside them; a period that already says its part stays as it is."""
        periods = self._texts["period"]
        pairs, at = np.unique(
            np.stack([years, np.broadcast_to(parts, years.shape)]), axis=1, return_inverse=True
        )
        period_texts = periods.all()
        joined = [
            periods(f"{period_texts[year]}-{part_texts[part]}")
            if part and len(period_texts[year]) == 4
            else int(year)
            for year, part in pairs.T.tolist()
        ]
        return np.array(joined, dtype=np.int32)[at.reshape(-1)]

    def _periods(self, rows: _Rows, values: list[ColumnMapping], table: "_Table") -> tuple[Array, Array]:
        """The period of every cell, and where none can be read."""
        periods = self._texts["period"]
        laid = np.empty((table.rows, table.columns), dtype=np.int32)
        for at, value in enumerate(values):
            if value.period.startswith("-"):
                laid[:, at] = self._with_parts(
                    rows.period.codes, np.ones(1, dtype=np.int32), ["", value.period[1:]]
                )
            else:
                laid[:, at] = periods(value.period) if value.period else rows.period.codes
        return laid, laid == NO_TEXT

    def _genders(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        named: list[ColumnMapping],
        of_measure: Codes,
    ) -> _Key:
        genders, texts = self._texts["gender"], self._texts["text"]
        whole = genders((mapping.gender or Gender.TOTAL).value)
        nothing = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            return _Key(
                np.where(of_measure != NO_TEXT, of_measure, whole).astype(np.int32),
                nothing,
                _all(NO_TEXT, rows),
            )
        codes, listed = self._cells(grid, rows, named[0])
        read = [parse_gender(as_text(cell)) for cell in listed]
        gender_codes = np.array(
            [*(genders(gender.value) if gender else whole for gender in read), whole], dtype=np.int32
        )[codes]
        is_unknown = np.array([*(gender is None for gender in read), False], dtype=np.bool_)[codes]
        text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        return _Key(gender_codes, is_unknown, text_codes)

    def _scale(self, measure: Array) -> Array:
        """What a share shown as a percentage is multiplied by: 100, unless the measure itself is counted in parts of one."""
        for code in np.unique(measure).tolist():
            if code not in self._scales:
                unit = self._names.measures.unit(self._texts["measure_id"].all()[code])
                self._scales[code] = 100.0 if unit in {None, "", PERCENT, PERCENTAGE_POINTS} else 1.0
        table = np.array([self._scales.get(code, 100.0) for code in range(int(measure.max(initial=0)) + 1)])
        return table[measure]

    def _tell_of_school_year(self, column: ColumnMapping) -> None:
        for text in column.heading.split(" / "):
            period = parse_period(text) or split_period(text)[0]
            if period and period.is_school_year and str(period.period) == column.period:
                self.notes.add("school_year", _SCHOOL_YEAR, said=text, period=column.period)

    def _tell_of_figures_below(
        self, grid: OrientedSheet, mapping: SheetMapping, values: list[ColumnMapping], until: int
    ) -> None:
        """Figures between this table and the next are nobody's; that they were seen is said."""
        columns = [value.column - 1 for value in values]
        for row in grid.rows(mapping.last_row, min(until, mapping.last_row + MOST_ROWS_BELOW) - 1).tolist():
            for column in columns:
                cell = grid.cells[row, column]
                if isinstance(cell, float) or (isinstance(cell, str) and parse_number(cell)):
                    self.notes.add(
                        "figures_below",
                        _BELOW,
                        address=grid.address(row, column),
                        sheet=_sheet_said(mapping.sheet),
                    )

    def _tell_of_numbers(self, numbers: NumberColumn) -> None:
        for rule, text, listed in (
            ("two_readings", _TWO_READINGS, numbers.ambiguous),
            ("mark", _MARK, numbers.marked),
        ):
            for text_read in listed:
                self.notes.add(rule, text, said=text_read)


@dataclass(frozen=True)
class _Table:
    """A block of cells: so many rows, so many columns of values."""

    rows: int
    columns: int

    def of(self, columns: Iterable[Array]) -> Array:
        return np.stack(list(columns), axis=1)

    def by_column(self, of_rows: Codes, of_columns: list[int]) -> Array:
        """What the heading of a column fixes, else what the row says."""
        fixed = np.array(of_columns, dtype=np.int32)[None, :]
        return np.where(fixed != NO_TEXT, fixed, of_rows[:, None])


def _beside(role: ColumnRole, columns: list[ColumnMapping], value: ColumnMapping) -> list[ColumnMapping]:
    """The columns of a kind that belong to a column of values: those that say nothing else than it does, the most alike first."""

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


def _all(code: int, rows: Array) -> Codes:
    return np.full(len(rows), code, dtype=np.int32)


def _sheet_said(name: str) -> Message | str:
    return Message(_SHEET, name=name) if name else ""
