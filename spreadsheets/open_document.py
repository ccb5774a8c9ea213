"""`.ods` (OpenDocument 1.3 part 3), parsed as a stream, so that a million repeated empty cells are a number and not cells."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from domain.errors.files import TooManySheetsError
from domain.message import to_translate
from spreadsheets.archive import Archive
from spreadsheets.limits import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from spreadsheets.sheet_builder import SheetBuilder, Value
from spreadsheets.workbook import Sheet

_CONTENT: Final = "content.xml"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_EXTENDED: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_ANNOTATION: Final = _OFFICE + "annotation"
_CELL: Final = _TABLE + "table-cell"
_COLUMNS_SPANNED: Final = _TABLE + "number-columns-spanned"
_COVERED_CELL: Final = _TABLE + "covered-table-cell"
_FORMULA: Final = _TABLE + "formula"
_KIND: Final = _OFFICE + "value-type"
_NUMBER: Final = _OFFICE + "value"
_PARAGRAPH: Final = _TEXT + "p"
_ROW: Final = _TABLE + "table-row"
_ROWS_SPANNED: Final = _TABLE + "number-rows-spanned"
_SHEET: Final = _TABLE + "table"
_SHOWN_KIND: Final = _EXTENDED + "value-type"
_SPACES: Final = _TEXT + "s"
_STRING: Final = _OFFICE + "string-value"
_CELLS: Final = (_CELL, _COVERED_CELL)
_ROWS_REPEATED: Final = _TABLE + "number-rows-repeated"
_COLUMNS_REPEATED: Final = _TABLE + "number-columns-repeated"
_DRAWING: Final = "urn:oasis:names:tc:opendocument:xmlns:drawing:"
_SHOWN_ERROR: Final = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|(?:Err|Fel):\d{3}")
_KEPT_OF_OTHERS: Final = (
    "'file:"  # LibreOffice keeps what it last saw of a linked file in a sheet named for it
)
_NUMBERS: Final = frozenset({"float", "currency", "percentage"})
_NOT_WHOLE: Final = to_translate("innehållet är inte helt")


def read_open_document(archive: Archive) -> tuple[Sheet, ...]:
    """All sheets of a spreadsheet document. Raises a `UserError`."""
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
        self._comment: list[str] | None = None
        self._words: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            _STYLE + "style": self._start_style,
            _STYLE + "table-properties": self._start_table_properties,
            _TABLE + "table-column": self._start_column,
            _ROW: self._start_row,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or tag in (_ANNOTATION, _TABLE + "shapes") or tag.startswith(_DRAWING):
            self._skipped += 1
            if tag == _ANNOTATION and self._in_cell:
                self._comment = []
        elif tag == _SHEET:
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif self._depth > 1:
            return
        elif tag in _CELLS and self._depth:
            self._start_cell(attributes)
        elif tag == _PARAGRAPH and self._in_cell:
            if self._words:
                self._words.append("\n")
        elif tag == _SPACES and self._in_cell:
            self._words.append(" " * min(int(attributes.get(_TEXT + "c", "1")), 1_000))
        elif tag in (_TEXT + "tab", _TEXT + "line-break") and self._in_cell:
            self._words.append("\n" if tag.endswith("break") else "\t")
        elif tag in self._starts and (self._depth or tag.startswith(_STYLE)):
            self._starts[tag](attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._comment is not None:
                self._gathered.comments[self._row, self._column] = "".join(self._comment).strip()
                self._comment = None
        elif tag == _SHEET:
            if self._depth == 1:
                self._end_table()
            self._depth -= 1
        elif self._depth > 1:
            return
        elif tag in _CELLS and self._depth:
            self._end_cell()
        elif tag == _ROW and self._depth:
            self._end_row()

    def text(self, text: str) -> None:
        if self._skipped and self._comment is not None:
            self._comment.append(text)
        elif self._in_cell and not self._skipped and self._depth == 1:
            self._words.append(text)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE + "name", "")

    def _start_table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise TooManySheetsError(file=self._file_name, sheets=f"> {MOST_SHEETS}", most=MOST_SHEETS)
        self._gathered = SheetBuilder(attributes.get(_TABLE + "name", ""), self._file_name)
        self._is_hidden = attributes.get(_TABLE + "style-name", "") in self._hidden_styles
        self._row, self._column, self._columns_said = 0, 0, 0

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeated = _repeated(attributes, _COLUMNS_REPEATED, MOST_COLUMNS)
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            self._gathered.hidden_columns.append(range(self._columns_said, self._columns_said + repeated))
        self._columns_said += repeated

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_repeated = _repeated(attributes, _ROWS_REPEATED, MOST_ROWS)
        self._column = 0
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            self._gathered.hidden_rows.append(range(self._row, self._row + self._row_repeated))

    def _end_row(self) -> None:
        self._gathered.repeat(self._row, self._row_repeated)
        self._row += self._row_repeated

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell += 1
        self._cell = attributes
        self._words = []

    def _end_cell(self) -> None:
        self._in_cell -= 1
        attributes, repeated = self._cell, _repeated(self._cell, _COLUMNS_REPEATED, MOST_COLUMNS)
        text = "".join(self._words)
        kind = attributes.get(_KIND, "")
        is_formula = _FORMULA in attributes
        columns = range(self._column, self._column + repeated)
        shown = _SHOWN_ERROR.fullmatch(text.strip()) if is_formula or _SHOWN_KIND in attributes else None
        if is_formula and kind == "" and not text:
            self._gathered.set_unread_formula(self._row, columns)
        elif attributes.get(_SHOWN_KIND) == "error" or (is_formula and shown):
            self._gathered.set_error(self._row, columns, shown[0] if shown else "#VALUE!")
        else:
            value = _value(kind, attributes, text)
            if value is not None:
                self._gathered.put(self._row, columns, value, is_percent=kind == "percentage")
        self._keep_merged(attributes)
        self._column += repeated

    def _keep_merged(self, attributes: dict[str, str]) -> None:
        if _ROWS_SPANNED not in attributes and _COLUMNS_SPANNED not in attributes:
            return
        rows = int(attributes.get(_ROWS_SPANNED, "1"))
        columns = int(attributes.get(_COLUMNS_SPANNED, "1"))
        if rows > 1 or columns > 1:
            self._gathered.merged.append(
                (self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            )

    def _end_table(self) -> None:
        if not self._gathered.name.startswith(_KEPT_OF_OTHERS):
            self.sheets.append(self._gathered.sheet(is_hidden=self._is_hidden))


def _value(kind: str, attributes: dict[str, str], text: str) -> Value | None:
    if kind in _NUMBERS:
        return float(attributes.get(_NUMBER, "nan"))
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        return _date(attributes.get(_OFFICE + "date-value", "")) or text
    return attributes.get(_STRING) or text or None


def _date(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _repeated(attributes: dict[str, str], attribute: str, most: int) -> int:
    times = attributes.get(attribute)
    return 1 if times is None else max(1, min(int(times), most))
