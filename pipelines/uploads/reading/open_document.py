"""`.ods` (OpenDocument 1.3 part 3), parsed as a stream, so that a million repeated empty cells are a number and not cells."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

import numpy as np

from domain.errors import TooManySheetsError
from domain.wording import to_translate
from pipelines.uploads.reading.archive import Archive
from pipelines.uploads.reading.bounds import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, refuse_too_many_cells
from pipelines.uploads.reading.grid import empty_cells
from pipelines.uploads.workbook import Sheet

_CONTENT: Final = "content.xml"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_EXTENDED: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_SHOWN_ERROR: Final = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|(?:Err|Fel):\d{3}")
_NUMBERS: Final = frozenset({"float", "currency", "percentage"})
_NOT_WHOLE: Final = to_translate("innehållet är inte helt")

Value = str | float | bool | datetime | None


def read_open_document(archive: Archive) -> tuple[Sheet, ...]:
    """All sheets of a spreadsheet document. Raises a `PersonalError`."""
    text = archive.unpack(_CONTENT)
    archive.refuse_tricks(text)
    archive.refuse_other_tricks(frozenset({_CONTENT}))
    reading = _Reading(archive.file_name)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(text, True)
    except (ExpatError, ValueError, OverflowError) as error:
        raise archive.broken(_NOT_WHOLE) from error
    return tuple(reading.sheets)


class _Reading:
    """Gathers cells as they are parsed. Places count from 0 here."""

    def __init__(self, file_name: str) -> None:
        self.sheets: list[Sheet] = []
        self._file_name = file_name
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # of tables: one inside a cell is not read
        self._in_cell = 0
        self._skipped = 0  # comments and drawings hold texts that are not the cell's
        self._words: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            _STYLE + "style": self._start_style,
            _STYLE + "table-properties": self._start_table_properties,
            _TABLE + "table-column": self._start_column,
            _TABLE + "table-row": self._start_row,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if (
            self._skipped
            or tag in (_OFFICE + "annotation", _TABLE + "shapes")
            or tag.startswith("urn:oasis:names:tc:opendocument:xmlns:drawing:")
        ):
            self._skipped += 1
        elif tag == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif self._depth > 1:
            return
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell") and self._depth:
            self._start_cell(attributes)
        elif tag == _TEXT + "p" and self._in_cell:
            if self._words:
                self._words.append("\n")
        elif tag == _TEXT + "s" and self._in_cell:
            self._words.append(" " * min(int(attributes.get(_TEXT + "c", "1")), 1_000))
        elif tag in (_TEXT + "tab", _TEXT + "line-break") and self._in_cell:
            self._words.append("\n" if tag.endswith("break") else "\t")
        elif tag in self._starts and (self._depth or tag.startswith(_STYLE)):
            self._starts[tag](attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == _TABLE + "table":
            if self._depth == 1:
                self._end_table()
            self._depth -= 1
        elif self._depth > 1:
            return
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell") and self._depth:
            self._end_cell()
        elif tag == _TABLE + "table-row" and self._depth:
            self._end_row()

    def text(self, text: str) -> None:
        if self._in_cell and not self._skipped and self._depth == 1:
            self._words.append(text)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE + "name", "")

    def _start_table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise TooManySheetsError(file=self._file_name, sheets=f"> {MOST_SHEETS}", most=MOST_SHEETS)
        self._name = attributes.get(_TABLE + "name", "")
        self._is_hidden = attributes.get(_TABLE + "style-name", "") in self._hidden_styles
        self._rows: dict[int, dict[int, Value]] = {}
        self._percent: set[tuple[int, int]] = set()
        self._errors: dict[tuple[int, int], str] = {}
        self._unread: set[tuple[int, int]] = set()
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._row, self._column, self._columns_said, self._count = 0, 0, 0, 0

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeated = _repeated(attributes, "columns")
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            self._hidden_columns.append((self._columns_said, self._columns_said + repeated))
        self._columns_said += repeated

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_repeated = _repeated(attributes, "rows")
        self._column = 0
        self._filled: dict[int, Value] = {}
        self._row_percent: set[int] = set()
        self._row_errors: dict[int, str] = {}
        self._row_unread: set[int] = set()
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            self._hidden_rows.append((self._row, self._row + self._row_repeated))

    def _end_row(self) -> None:
        last = max([*self._filled, *self._row_errors, *self._row_unread], default=-1)
        if last >= 0:
            self._count += self._row_repeated * (last + 1)
            refuse_too_many_cells(self._file_name, self._name, self._row + self._row_repeated, last + 1)
            for row in range(self._row, self._row + self._row_repeated):
                if self._filled:
                    self._rows[row] = self._filled
                self._percent.update((row, column) for column in self._row_percent)
                self._errors.update({(row, column): error for column, error in self._row_errors.items()})
                self._unread.update((row, column) for column in self._row_unread)
        self._row += self._row_repeated

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell += 1
        self._cell = attributes
        self._words = []

    def _end_cell(self) -> None:
        self._in_cell -= 1
        attributes, repeated = self._cell, _repeated(self._cell, "columns")
        text = "".join(self._words)
        kind = attributes.get(_OFFICE + "value-type", "")
        is_formula = _TABLE + "formula" in attributes
        columns = range(self._column, self._column + repeated)
        if is_formula and kind == "" and not text:
            self._row_unread.update(self._bounded(columns))
        elif attributes.get(_EXTENDED + "value-type") == "error" or (
            is_formula and _SHOWN_ERROR.fullmatch(text.strip())
        ):
            shown = _SHOWN_ERROR.fullmatch(text.strip())
            self._row_errors.update(dict.fromkeys(self._bounded(columns), shown[0] if shown else "#VALUE!"))
        else:
            value = _value(kind, attributes, text)
            if isinstance(value, float) and not np.isfinite(value):
                self._row_errors.update(dict.fromkeys(self._bounded(columns), "#NUM!"))
            elif value is not None and value != "":
                self._filled.update(dict.fromkeys(self._bounded(columns), value))
                if kind == "percentage":
                    self._row_percent.update(columns)
        self._keep_merged(attributes)
        self._column += repeated

    def _bounded(self, columns: range) -> range:
        """The same, if so many filled cells are read at all."""
        refuse_too_many_cells(self._file_name, self._name, self._row + 1, columns.stop)
        return columns

    def _keep_merged(self, attributes: dict[str, str]) -> None:
        rows = int(attributes.get(_TABLE + "number-rows-spanned", "1"))
        columns = int(attributes.get(_TABLE + "number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            self._merged.append((self._row + 1, self._column + 1, self._row + rows, self._column + columns))

    def _end_table(self) -> None:
        places = [*self._errors, *self._unread]
        rows = max([*self._rows, *(row for row, _ in places)], default=-1) + 1
        columns = 1 + max(
            [*(max(one) for one in self._rows.values()), *(column for _, column in places)], default=-1
        )
        refuse_too_many_cells(self._file_name, self._name, rows, columns)
        cells = empty_cells(rows, columns)
        for row, filled in self._rows.items():
            for column, value in filled.items():
                cells[row, column] = value
        percent = np.zeros(cells.shape, dtype=np.bool_)
        for place in self._percent:
            percent[place] = True
        self.sheets.append(
            Sheet(
                self._name,
                cells,
                is_hidden=self._is_hidden,
                hidden_rows=_numbered(self._hidden_rows, rows),
                hidden_columns=_numbered(self._hidden_columns, columns),
                is_percent=percent if self._percent else None,
                errors={(row + 1, column + 1): error for (row, column), error in self._errors.items()},
                unread_formulas=frozenset((row + 1, column + 1) for row, column in self._unread),
                merged=tuple(self._merged),
            )
        )
        self._rows = {}


def _value(kind: str, attributes: dict[str, str], text: str) -> Value:
    if kind in _NUMBERS:
        return float(attributes.get(_OFFICE + "value", "nan"))
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        return _date(attributes.get(_OFFICE + "date-value", "")) or text
    return attributes.get(_OFFICE + "string-value") or text or None


def _date(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _repeated(attributes: dict[str, str], what: str) -> int:
    most = MOST_ROWS if what == "rows" else MOST_COLUMNS
    return max(1, min(int(attributes.get(f"{_TABLE}number-{what}-repeated", "1")), most))


def _numbered(runs: list[tuple[int, int]], most: int) -> frozenset[int]:
    """The numbers, from 1, of what is hidden among the first `most`."""
    return frozenset(place + 1 for start, stop in runs for place in range(start, min(stop, most)))
