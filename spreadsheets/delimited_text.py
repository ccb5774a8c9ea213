"""Comma, semicolon or tab between the cells: which encoding and which delimiter are found in the text itself."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from domain.errors.files import BrokenFileError
from domain.message import Count, Message, Value, to_translate
from domain.upload import Note
from spreadsheets.cells import empty_cells, trim_empty_margin
from spreadsheets.limits import MOST_COLUMNS, MOST_TEXT_IN_A_CELL, refuse_too_many_cells
from spreadsheets.workbook import CellArray, Sheet

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS: Final = ("\t", ";", ",")  # in this order when they do equally well: Swedish decimals have commas
_SIGNS_TRIED: Final = 50_000
_SAID_BY_EXCEL: Final = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
# What å, ä, ö, Å, Ä, Ö and é in UTF-8 look like to a reader of cp1252: a file of mixed encodings.
_DOUBLY_ENCODED: Final = re.compile("Ã[¤¥¶„…–©]")

_GUESSED: Final = to_translate(
    "Filen säger inte vilken teckenkodning den har. Den är läst som Windows-1252; se efter att å, ä och ö är rätt."
)
_UNDEFINED: Final = to_translate("tecknet på rad {line} finns varken i UTF-8 eller i Windows-1252")
_CUT: Final = to_translate("den slutar mitt i ett tecken")
_MIXED: Final = to_translate("den blandar UTF-8 och annan teckenkodning, första gången på rad {line}")
_NEVER_CLOSED: Final = to_translate("citattecknet på rad {line} stängs aldrig")
_CELL_TOO_LONG: Final = to_translate("en cell på rad {line} har fler än {most} tecken")
_NOT_UTF_16: Final = to_translate("den säger sig vara UTF-16 men är det inte")
_NUL: Final = to_translate("den har nolltecken på rad {line}")


@dataclass(frozen=True)
class DelimitedText:
    sheet: Sheet
    encoding: str
    delimiter: str
    notes: tuple[Note, ...]


def read_delimited_text(content: bytes, file_name: str) -> DelimitedText:
    """One sheet without a name, every cell text or empty. Raises `BrokenFileError` or `TooManyCellsError`."""
    text, encoding = _decoded(content, file_name)
    if "\x00" in text:
        raise _broken(file_name, _NUL, line=text.count("\n", 0, text.index("\x00")) + 1)
    separator_line = _SAID_BY_EXCEL.match(text)
    if separator_line:  # Excel shows the line after it as the first
        text = text[separator_line.end() :]
    delimiter = separator_line[1] if separator_line else _delimiter(text)
    _refuse_too_many(text, delimiter, file_name)
    rows = _rows(text, delimiter, file_name)
    return DelimitedText(
        Sheet("", _cells(rows, file_name)),
        encoding,
        delimiter,
        (Note("encoding", Message(_GUESSED)),) if encoding == "cp1252" else (),
    )


def _decoded(content: bytes, file_name: str) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                if error.end == len(content):
                    raise _broken(file_name, _CUT) from error
                if encoding == "utf-16":
                    raise _broken(file_name, _NOT_UTF_16) from error
                raise _broken(file_name, _MIXED, line=_line(content, error.start)) from error
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        not_utf_8 = error
    if _is_cut(content, not_utf_8):
        raise _broken(file_name, _CUT) from not_utf_8
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _broken(file_name, _UNDEFINED, line=_line(content, error.start)) from error
    if _DOUBLY_ENCODED.search(text):
        raise _broken(file_name, _MIXED, line=_line(content, not_utf_8.start)) from not_utf_8
    return text, "cp1252"


def _is_cut(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether all but an unfinished last sign is UTF-8, and not only because all of it is plain English."""
    return error.reason == "unexpected end of data" and not content[: error.start].isascii()


def _delimiter(text: str) -> str:
    """The sign that parts the most lines into equally many cells."""
    head = text[:_SIGNS_TRIED]
    if len(text) > _SIGNS_TRIED and "\n" in head:
        head = head[: head.rindex("\n")]  # whole lines
    shares = {delimiter: _agreement(head, delimiter) for delimiter in DELIMITERS}
    best = max(shares.values())
    if best == 0:
        return ";"
    return next(
        delimiter for delimiter in DELIMITERS if shares[delimiter] >= 0.9 * best
    )  # a note below may hold a comma


def _agreement(text: str, delimiter: str) -> float:
    """The share of filled lines that have the commonest number of cells, if that is more than one."""
    try:
        widths = [
            len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)
        ]
    except csv.Error:
        return 0.0
    parted = Counter(width for width in widths if width > 1)
    return max(parted.values()) / len(widths) if parted else 0.0


def _refuse_too_many(text: str, delimiter: str, file_name: str) -> None:
    """Before a line is parsed: there are about as many cells as delimiters and lines."""
    lines = max(text.count("\n"), text.count("\r"))
    refuse_too_many_cells(file_name, "", lines, 1)
    refuse_too_many_cells(file_name, "", 1 + (lines + text.count(delimiter)) // MOST_COLUMNS, MOST_COLUMNS)


def _rows(text: str, delimiter: str, file_name: str) -> list[list[str]]:
    """The cells line by line; strictly, and a second time less so for quotation marks in the middle of a text."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        is_open_at_end = "unexpected end of data" in str(error)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, started = [], 1
    try:
        for row in reader:
            rows.append(row)
            last, started = started, reader.line_num + 1
    except csv.Error as error:
        raise _broken(file_name, _CELL_TOO_LONG, line=started, most=Count(MOST_TEXT_IN_A_CELL)) from error
    if is_open_at_end:
        raise _broken(file_name, _NEVER_CLOSED, line=last)
    return rows


def _cells(rows: list[list[str]], file_name: str) -> CellArray:
    width = max(map(len, rows), default=0)
    if len(rows) * width > 0:
        refuse_too_many_cells(file_name, "", len(rows), width)
    cells = empty_cells(len(rows), width)
    for place, row in enumerate(rows):
        cells[place, : len(row)] = row
    cells[cells == ""] = None
    return trim_empty_margin(cells)


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _broken(file_name: str, reason: str, **values: Value) -> BrokenFileError:
    return BrokenFileError(file=file_name, reason=Message(reason, **values))
