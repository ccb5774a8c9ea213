"""`.xls`, the binary workbooks of Excel 97–2003 ([MS-XLS]) and of Excel 5 and 95, read record by record.

They are read here and not by calamine, which makes room for as many cells and texts as the file claims to have, and ends the
whole process when there is none; and which gives an empty cell for an error. Formulas are never computed or followed.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from domain.errors import BrokenFileError, EncryptedFileError, TooManySheetsError
from domain.wording import Sentence, to_translate
from pipelines.uploads.reading.bounds import MOST_SHEETS, refuse_too_many_cells
from pipelines.uploads.reading.compound_file import CompoundFile, NotWholeError
from pipelines.uploads.reading.file_kind import not_a_spreadsheet
from pipelines.uploads.reading.grid import empty_cells
from pipelines.uploads.reading.number_format import is_date, is_percent
from pipelines.uploads.workbook import Sheet


class _Kind:
    """Numbers of the records that are read, by [MS-XLS] 2.3."""

    FORMULA = 0x06
    END = 0x0A
    DATE_1904 = 0x22
    FILE_PASS = 0x2F
    CODE_PAGE = 0x42
    COLUMN = 0x7D
    SHEET = 0x85
    MANY_RK = 0xBD
    RICH_LABEL = 0xD6
    STYLE = 0xE0
    MERGED = 0xE5
    SHARED_TEXTS = 0xFC
    SHARED_TEXT_CELL = 0xFD
    NUMBER = 0x0203
    LABEL = 0x0204
    BOOLEAN_OR_ERROR = 0x0205
    TEXT_RESULT = 0x0207
    ROW = 0x0208
    RK = 0x027E
    FORMAT = 0x041E
    BEGIN = 0x0809


_CONTINUE: Final = b"\x3c\x00"
_VERSION_8: Final = 0x0600
_WORKSHEET: Final = 0
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_NO_NUMBER, _EMPTY_RESULT = b"\xff\xff", 3
_EMPTY_TEXT: Final = b"\x17\x00\x00"  # "" within a formula
_HIDDEN_ROW: Final = 0x20
_BEFORE_1900: Final = datetime.fromisoformat("1899-12-30")
_START_1904: Final = datetime.fromisoformat("1904-01-01")
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_MISSING_DAY: Final = 60  # 1900 was no leap year, but Excel has a 29th of February in it
_NOT_WHOLE: Final = to_translate("den slutar innan den är klar")
_ENCRYPTED_STREAM: Final = "EncryptedPackage"

Place = tuple[int, int]


@dataclass
class _Reading:
    """What is gathered of one sheet. Places count from 0 here."""

    cells: dict[Place, str | float | bool | datetime] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    empty_results: set[Place] = field(default_factory=set)
    has_computed: bool = False  # some formula has another result, or an empty text in it
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class _Record:
    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()  # of the records that continue it


@dataclass
class _Globals:
    """What the sheets share."""

    is_version_8: bool = True
    encoding: str = "cp1252"
    is_from_1904: bool = False
    sheets: list[tuple[str, int, bool]] = field(default_factory=list)  # name, where, hidden
    texts: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    formats: list[int] = field(default_factory=list)

    def is_percent(self, style: int) -> bool:
        return style < len(self.formats) and is_percent(
            self.formats[style], self.codes.get(self.formats[style])
        )

    def is_date(self, style: int) -> bool:
        return style < len(self.formats) and is_date(self.formats[style], self.codes.get(self.formats[style]))


def read_binary_workbook(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of cells of an `.xls`. Raises a `PersonalError`."""
    try:
        packed = CompoundFile(content)
        stream = packed.stream(_book_stream(packed, file_name))
        shared = _read_globals(stream, file_name)
        if len(shared.sheets) > MOST_SHEETS:
            raise TooManySheetsError(file=file_name, sheets=len(shared.sheets), most=MOST_SHEETS)
        sheets = [_read_sheet(stream, start, shared) for _, start, _ in shared.sheets]
        # Programs that cannot compute leave an empty text in every formula, even where none can come of it.
        if any(one.has_computed for one in sheets):
            for one in sheets:
                one.empty_results.clear()
        return tuple(
            _finished(name, is_hidden, sheet, file_name)
            for (name, _, is_hidden), sheet in zip(shared.sheets, sheets, strict=True)
        )
    except (NotWholeError, struct.error, IndexError, UnicodeDecodeError) as error:
        raise BrokenFileError(file=file_name, reason=Sentence(_NOT_WHOLE)) from error


def _book_stream(packed: CompoundFile, file_name: str) -> str:
    if _ENCRYPTED_STREAM in packed.names:
        raise EncryptedFileError(file=file_name)
    for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if name in packed.names:
            return name
    if "WordDocument" in packed.names:
        raise not_a_spreadsheet(file_name, to_translate("ett Word-dokument"))
    if "PowerPoint Document" in packed.names:
        raise not_a_spreadsheet(file_name, to_translate("en presentation"))
    raise not_a_spreadsheet(file_name, to_translate("ett annat Officedokument"))


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """The records from a place to the end of their part, continuations joined to what they continue."""
    at, depth = start, 0
    size = len(stream)
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if at > size:
            raise NotWholeError
        more = []
        while at + 4 <= size and stream[at : at + 2] == _CONTINUE:
            length = int.from_bytes(stream[at + 2 : at + 4], "little")
            more.append(stream[at + 4 : at + 4 + length])
            at += 4 + length
        if kind == _Kind.BEGIN:
            depth += 1
        if kind == _Kind.END:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:  # a chart inside the sheet is a part of its own
            yield _Record(kind, data, tuple(more))


def _read_globals(stream: bytes, file_name: str) -> _Globals:
    shared = _Globals()
    for one in _records(stream, 0):
        data = one.data
        match one.kind:
            case _Kind.BEGIN:
                shared.is_version_8 = struct.unpack_from("<H", data)[0] >= _VERSION_8
            case _Kind.FILE_PASS:
                raise EncryptedFileError(file=file_name)
            case _Kind.CODE_PAGE:
                shared.encoding = _encoding(struct.unpack_from("<H", data)[0])
            case _Kind.DATE_1904:
                shared.is_from_1904 = data[:2] == b"\x01\x00"
            case _Kind.SHEET:
                start, visibility, kind = struct.unpack_from("<IBB", data)
                if kind == _WORKSHEET:
                    name = _short_text(data[6:], shared)
                    shared.sheets.append((name, start, visibility & 3 != 0))
            case _Kind.FORMAT:
                code = _text(data, 2, shared) if shared.is_version_8 else _short_text(data[2:], shared)
                shared.codes[struct.unpack_from("<H", data)[0]] = code
            case _Kind.STYLE:
                shared.formats.append(struct.unpack_from("<H", data, 2)[0])
            case _Kind.SHARED_TEXTS:
                shared.texts = list(_shared_texts((data, *one.more)))
    return shared


def _read_sheet(stream: bytes, start: int, shared: _Globals) -> _Reading:
    found = _Reading()
    formula: Place | None = None
    for one in _records(stream, start):
        data = one.data
        match one.kind:
            case _Kind.NUMBER:
                row, column, style, value = struct.unpack_from("<HHHd", data)
                _keep_number(found, (row, column), style, value, shared)
            case _Kind.RK:
                row, column, style = struct.unpack_from("<HHH", data)
                _keep_number(found, (row, column), style, _rk(data[6:10]), shared)
            case _Kind.MANY_RK:
                row, column = struct.unpack_from("<HH", data)
                for place in range((len(data) - 6) // 6):
                    at = 4 + 6 * place
                    style = struct.unpack_from("<H", data, at)[0]
                    _keep_number(found, (row, column + place), style, _rk(data[at + 2 : at + 6]), shared)
            case _Kind.SHARED_TEXT_CELL:
                row, column, _, place = struct.unpack_from("<HHHI", data)
                if place >= len(shared.texts):
                    raise NotWholeError
                _keep_text(found, (row, column), shared.texts[place])
            case _Kind.LABEL | _Kind.RICH_LABEL:
                row, column = struct.unpack_from("<HH", data)
                _keep_text(found, (row, column), _text(data, 6, shared))
            case _Kind.BOOLEAN_OR_ERROR:
                row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
                if is_error:
                    found.errors[row, column] = _ERRORS.get(value, "#N/A")
                else:
                    found.cells[row, column] = bool(value)
            case _Kind.FORMULA:
                formula = _keep_formula(found, data, shared)
            case _Kind.TEXT_RESULT:
                if formula is not None:
                    _keep_text(found, formula, _text(data, 0, shared))
            case _Kind.ROW:
                row, options = struct.unpack_from("<H10xH", data)
                if options & _HIDDEN_ROW:
                    found.hidden_rows.add(row)
            case _Kind.COLUMN:
                first, last, _, _, options = struct.unpack_from("<5H", data)
                if options & 1:
                    found.hidden_columns.update(range(first, min(last, 255) + 1))
            case _Kind.MERGED:
                for place in range(struct.unpack_from("<H", data)[0]):
                    found.merged.append(struct.unpack_from("<4H", data, 2 + 8 * place))
    return found


def _keep_number(found: _Reading, place: Place, style: int, value: float, shared: _Globals) -> None:
    if not np.isfinite(value):
        found.errors[place] = "#NUM!"
    elif shared.is_date(style) and 0 < value <= _LAST_DAY:
        found.cells[place] = _day(value, shared)
    else:
        found.cells[place] = value
        if shared.is_percent(style):
            found.percent.add(place)


def _keep_text(found: _Reading, place: Place, text: str) -> None:
    if text:
        found.cells[place] = text


def _keep_formula(found: _Reading, data: bytes, shared: _Globals) -> Place | None:
    """Keeps the stored result; gives the place if it is a text, which stands in the next record."""
    row, column, style = struct.unpack_from("<HHH", data)
    result = data[6:14]
    is_empty = result[6:8] == _NO_NUMBER and result[0] == _EMPTY_RESULT
    found.has_computed |= not is_empty or _EMPTY_TEXT in data[20:]
    if result[6:8] != _NO_NUMBER:
        _keep_number(found, (row, column), style, struct.unpack("<d", result)[0], shared)
        return None
    match result[0]:
        case 0:
            return row, column
        case 1:
            found.cells[row, column] = bool(result[2])
        case 2:
            found.errors[row, column] = _ERRORS.get(result[2], "#N/A")
        case _:
            found.empty_results.add((row, column))
    return None


def _finished(name: str, is_hidden: bool, found: _Reading, file_name: str) -> Sheet:
    places = [*found.cells, *found.errors, *found.empty_results]
    rows = max((row for row, _ in places), default=-1) + 1
    columns = max((column for _, column in places), default=-1) + 1
    refuse_too_many_cells(file_name, name, rows, columns)
    cells = empty_cells(rows, columns)
    for place, value in found.cells.items():
        cells[place] = value
    percent = np.zeros(cells.shape, dtype=np.bool_)
    for place in found.percent:
        percent[place] = True
    return Sheet(
        name,
        cells,
        is_hidden=is_hidden,
        hidden_rows=frozenset(row + 1 for row in found.hidden_rows if row < rows),
        hidden_columns=frozenset(column + 1 for column in found.hidden_columns if column < columns),
        is_percent=percent if found.percent else None,
        errors={(row + 1, column + 1): error for (row, column), error in found.errors.items()},
        unread_formulas=frozenset((row + 1, column + 1) for row, column in found.empty_results),
        merged=tuple((top + 1, left + 1, bottom + 1, right + 1) for top, bottom, left, right in found.merged),
    )


def _day(value: float, shared: _Globals) -> datetime:
    start = _START_1904 if shared.is_from_1904 else _BEFORE_1900
    if not shared.is_from_1904 and value < _MISSING_DAY:
        value += 1
    return start + timedelta(days=min(value, _LAST_DAY - 1_463) if shared.is_from_1904 else value)


def _rk(packed: bytes) -> float:
    """A number in four bytes: a whole number or the upper half of a real one, perhaps a hundred times too large."""
    bits = struct.unpack("<i", packed)[0]
    value = (
        float(bits >> 2)
        if bits & 2
        else float(struct.unpack("<d", b"\x00" * 4 + struct.pack("<i", bits & ~3))[0])
    )
    return value / 100 if bits & 1 else value


def _short_text(data: bytes, shared: _Globals) -> str:
    """A text with its length in one byte."""
    if not shared.is_version_8:
        return data[1 : 1 + data[0]].decode(shared.encoding, "replace")
    wide = data[1] & 1
    return data[2 : 2 + data[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _text(data: bytes, at: int, shared: _Globals) -> str:
    """A text with its length in two bytes."""
    length = struct.unpack_from("<H", data, at)[0]
    if not shared.is_version_8:
        return data[at + 2 : at + 2 + length].decode(shared.encoding, "replace")
    wide = data[at + 2] & 1
    return data[at + 3 : at + 3 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _shared_texts(pieces: tuple[bytes, ...]) -> Iterator[str]:
    """The texts of the workbook. One may be broken off by a new record, which says anew how wide its signs are."""
    reading = _Pieces(pieces)
    reading.skip(4)
    for _ in range(struct.unpack("<I", reading.take(4))[0]):
        if reading.is_done:
            raise NotWholeError
        length, flags = struct.unpack("<HB", reading.take(3))
        runs = struct.unpack("<H", reading.take(2))[0] if flags & 8 else 0
        phonetic = struct.unpack("<I", reading.take(4))[0] if flags & 4 else 0
        yield reading.text(length, is_wide=bool(flags & 1))
        reading.skip(4 * runs + phonetic)


class _Pieces:
    """Reads on through the records that continue each other."""

    def __init__(self, pieces: tuple[bytes, ...]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    @property
    def is_done(self) -> bool:
        return self._piece >= len(self._pieces) - 1 and self._at >= len(self._pieces[-1])

    def take(self, count: int) -> bytes:
        self._turn()
        found = self._pieces[self._piece][self._at : self._at + count]
        self._at += count
        if len(found) < count:
            raise NotWholeError
        return found

    def skip(self, count: int) -> None:
        while count > 0:
            self._turn()
            step = min(count, len(self._pieces[self._piece]) - self._at)
            self._at += step
            count -= step

    def text(self, length: int, *, is_wide: bool) -> str:
        parts = []
        while length > 0:
            if self._at >= len(self._pieces[self._piece]):
                self._turn()
                is_wide = bool(self.take(1)[0] & 1)
            left = len(self._pieces[self._piece]) - self._at
            count = min(length, left // (1 + is_wide))
            if count == 0:
                raise NotWholeError
            parts.append(
                self.take(count * (1 + is_wide)).decode("utf-16-le" if is_wide else "latin-1", "replace")
            )
            length -= count
        return "".join(parts)

    def _turn(self) -> None:
        while self._at >= len(self._pieces[self._piece]):
            self._piece, self._at = self._piece + 1, 0
            if self._piece >= len(self._pieces):
                raise NotWholeError


def _encoding(code_page: int) -> str:
    """The name of a Windows code page; those of old Macintoshes and UTF-16 are named in their own way."""
    return {1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}.get(
        code_page, f"cp{code_page}" if code_page in (437, 850, 852, 865, 1250, 1251, 1252, 1257) else "cp1252"
    )
