"""`.xls`, the binary workbooks of Excel 97–2003 ([MS-XLS]) and of Excel 5 and 95, read record by record.

They are read here and not by calamine, which makes room for as many cells and texts as the file claims to have, and ends the
whole process when there is none; and which gives an empty cell for an error. Formulas are never computed or followed.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domain.errors.files import BrokenFileError, EncryptedFileError, TooManySheetsError
from domain.message import Message, to_translate
from spreadsheets.compound_file import CompoundFile, NotWholeError
from spreadsheets.file_kind import not_a_spreadsheet
from spreadsheets.limits import MOST_SHEETS
from spreadsheets.number_format import is_date, is_percent
from spreadsheets.sheet_builder import SheetBuilder
from spreadsheets.workbook import Sheet


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
_NO_NUMBER: Final = b"\xff\xff"  # ends a result that is none, with its kind in its first byte
_TEXT_FOLLOWS, _BOOLEAN_RESULT, _ERROR_RESULT, _EMPTY_RESULT = 0, 1, 2, 3
_EMPTY_TEXT: Final = b"\x17\x00\x00"  # "" within a formula
_OTHER_ERROR: Final = "#VALUE!"
_HIDDEN_ROW: Final = 0x20
_BEFORE_1900: Final = datetime.fromisoformat("1899-12-30")
_START_1904: Final = datetime.fromisoformat("1904-01-01")
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_MISSING_DAY: Final = 60  # 1900 was no leap year, but Excel has a 29th of February in it
_NOT_WHOLE: Final = to_translate("den slutar innan den är klar")
_ENCRYPTED_STREAM: Final = "EncryptedPackage"


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
    """The sheets of cells of an `.xls`. Raises a `UserError`."""
    try:
        packed = CompoundFile(content)
        stream = packed.stream(_book_stream(packed, file_name))
        shared = _read_globals(stream, file_name)
        if len(shared.sheets) > MOST_SHEETS:
            raise TooManySheetsError(file=file_name, sheets=len(shared.sheets), most=MOST_SHEETS)
        sheets = [_ReadSheet(SheetBuilder(name, file_name), shared) for name, _, _ in shared.sheets]
        for listed_sheet, (_, start, _) in zip(sheets, shared.sheets, strict=True):
            listed_sheet.read(stream, start)
        # Programs that cannot compute leave an empty text in every formula, even where none can come of it.
        if any(sheet.has_computed for sheet in sheets):
            for listed_sheet in sheets:
                listed_sheet.builder.clear_unread_formulas()
        return tuple(
            listed_sheet.builder.sheet(is_hidden=is_hidden)
            for listed_sheet, (_, _, is_hidden) in zip(sheets, shared.sheets, strict=True)
        )
    except (NotWholeError, struct.error, IndexError, UnicodeDecodeError) as error:
        raise BrokenFileError(file=file_name, reason=Message(_NOT_WHOLE)) from error


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
    for record in _records(stream, 0):
        data = record.data
        match record.kind:
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
                shared.texts = list(_shared_texts((data, *record.more)))
    return shared


class _ReadSheet:
    """Reads one sheet's records. has_computed: some formula has a result that is no empty text, or an empty text in it."""

    def __init__(self, builder: SheetBuilder, shared: _Globals) -> None:
        self.builder = builder
        self.has_computed = False
        self._shared = shared
        self._text_result: tuple[int, int] | None = None  # the formula whose text stands in the next record

    def read(self, stream: bytes, start: int) -> None:
        for record in _records(stream, start):
            self._read(record.kind, record.data)

    def _read(self, kind: int, data: bytes) -> None:
        match kind:
            case _Kind.NUMBER:
                row, column, style, value = struct.unpack_from("<HHHd", data)
                self._keep_number(row, column, style, value)
            case _Kind.RK:
                row, column, style = struct.unpack_from("<HHH", data)
                self._keep_number(row, column, style, _rk(data[6:10]))
            case _Kind.MANY_RK:
                row, column = struct.unpack_from("<HH", data)
                for place in range((len(data) - 6) // 6):
                    at = 4 + 6 * place
                    style = struct.unpack_from("<H", data, at)[0]
                    self._keep_number(row, column + place, style, _rk(data[at + 2 : at + 6]))
            case _Kind.SHARED_TEXT_CELL:
                row, column, _, place = struct.unpack_from("<HHHI", data)
                if place >= len(self._shared.texts):
                    raise NotWholeError
                self.builder.put(row, (column,), self._shared.texts[place])
            case _Kind.LABEL | _Kind.RICH_LABEL:
                row, column = struct.unpack_from("<HH", data)
                self.builder.put(row, (column,), _text(data, 6, self._shared))
            case _Kind.BOOLEAN_OR_ERROR:
                row, column, _, code, is_error = struct.unpack_from("<HHHBB", data)
                if is_error:
                    self.builder.set_error(row, (column,), _ERRORS.get(code, _OTHER_ERROR))
                else:
                    self.builder.put(row, (column,), bool(code))
            case _Kind.FORMULA:
                self._keep_formula(data)
            case _Kind.TEXT_RESULT if self._text_result is not None:
                row, column = self._text_result
                self.builder.put(row, (column,), _text(data, 0, self._shared))
            case _Kind.ROW:
                row, options = struct.unpack_from("<H10xH", data)
                if options & _HIDDEN_ROW:
                    self.builder.hidden_rows.append(range(row, row + 1))
            case _Kind.COLUMN:
                first, last, _, _, options = struct.unpack_from("<5H", data)
                if options & 1:
                    self.builder.hidden_columns.append(range(first, last + 1))
            case _Kind.MERGED:
                for place in range(struct.unpack_from("<H", data)[0]):
                    top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * place)
                    self.builder.merged.append((top, left, bottom, right))

    def _keep_number(self, row: int, column: int, style: int, value: float) -> None:
        if self._shared.is_date(style) and 0 < value <= _LAST_DAY:
            self.builder.put(row, (column,), _day(value, self._shared))
        else:
            self.builder.put(row, (column,), value, is_percent=self._shared.is_percent(style))

    def _keep_formula(self, data: bytes) -> None:
        """Keeps the stored result; a text follows in the next record."""
        row, column, style = struct.unpack_from("<HHH", data)
        result = data[6:14]
        self._text_result = None
        self.has_computed |= (
            result[6:8] != _NO_NUMBER or result[0] != _EMPTY_RESULT or _EMPTY_TEXT in data[20:]
        )
        if result[6:8] != _NO_NUMBER:
            self._keep_number(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] == _TEXT_FOLLOWS:
            self._text_result = (row, column)
        elif result[0] == _BOOLEAN_RESULT:
            self.builder.put(row, (column,), bool(result[2]))
        elif result[0] == _ERROR_RESULT:
            self.builder.set_error(row, (column,), _ERRORS.get(result[2], _OTHER_ERROR))
        else:
            self.builder.set_unread_formula(row, (column,))


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
    """The texts of the workbook. One may be broken off by a new record, which states again how wide its characters are."""
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
        chunk = self._pieces[self._piece][self._at : self._at + count]
        self._at += count
        if len(chunk) < count:
            raise NotWholeError
        return chunk

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
