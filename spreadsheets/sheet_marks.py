"""The marks of a sheet in its XML: errors, formulas without a result, percentages, hidden and merged cells.

The reader of values returns an empty cell for an error and for a formula that was never computed, so the same bytes are
searched again for marked cells. That is sound because a real parser has found the sheet well formed before: `<c ` begins a
cell and nothing else. A sheet written in an unusual form is first rewritten in the usual one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from spreadsheets.limits import MOST_CELLS, MOST_COLUMNS

Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Booleans = np.ndarray[tuple[int], np.dtype[np.bool_]]

_PREFIXED: Final = re.compile(rb":(?:c|row|v)[ >/]")
_LONGEST_REFERENCE: Final = 16  # bytes after which a cell's tag has ended, if it is usual
_MOST_LETTERS, _MOST_DIGITS = 3, 7
_ENDS_NAME: Final = np.isin(np.arange(256), [ord(sign) for sign in " \t\r\n>/"])
_EMPTY_TAG: Final = re.compile(rb"<c [^<>]*?(/?)>")
_BLOCK_BYTES: Final = 1 << 18
_LOOKED_AT: Final = 1_000_000  # a program writes all its tags in one way
_UNUSUAL_TAG: Final = re.compile(
    rb'<c(?: (?!r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-z]+="[^"<>]*")* ?/?>)|[>/\t\r\n])'
    rb'|<row(?: (?!r="[0-9]{1,7}"(?: [\w:]+="[^"<>]*")* ?/?>)|[>/\t\r\n])'
)
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*? t="e"[^<>]*>\s*(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?\s*(?:<v>([^<]*))?'
)
_WITHOUT_RESULT: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)>\s*<f(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(</c>|<v ?/>|<v></v>|<v>0</v>)'
)
_PERHAPS_NO_NUMBER: Final = (
    re.compile(rb"<v>-?(?:[^<0-9.-]|[0-9]{300})"),
    re.compile(rb"E\+?[0-9]{3,}<"),
    re.compile(rb"e\+?[0-9]{3,}<"),
)
_HIDDEN_ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"[^<>]*? hidden="(?:1|true)"')
_HIDDEN_COLUMN: Final = re.compile(rb'<col\s[^<>]*?\bhidden="(?:1|true)"[^<>]*>')
_LIMIT: Final = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGED: Final = re.compile(rb'<mergeCell\s[^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True)
class Marks:
    """The marked cells of a sheet. Rows and columns count from 1. percentages: filled cells shown as percentages."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unread_formulas: frozenset[tuple[int, int]] = frozenset()
    percentages: tuple[tuple[int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    may_hold_infinity: bool = False


def require_well_formed(xml: bytes) -> None:
    """Raise `ExpatError` for XML that is not well formed, such as a tag that has one attribute twice."""
    ParserCreate().Parse(xml, True)


def normalise_sheet(sheet_xml: bytes, *, has_declarations: bool) -> tuple[bytes, int, int]:
    """Return a sheet as common programs write it, and the rows and columns of the box from A1 that holds its cells.

    In that form there are no prefixes, comments (has_declarations) or processing instructions, each cell begins with its
    reference, and every cell comes after the one before it: further right in its row, or in a lower row. Readers of values trust
    the references, and one of them makes room for all cells between two. Raises `ExpatError` for a sheet that is not well formed,
    whose references are out of order, or where two cells have the same one.
    """
    require_well_formed(sheet_xml)
    has_instructions = sheet_xml.count(b"?") > 2 and sheet_xml.count(b"<?") > 1  # besides the XML declaration
    is_plain = not has_declarations and not has_instructions and not _PREFIXED.search(sheet_xml)
    references = _cell_references(sheet_xml) if is_plain else None
    if references is None:
        sheet_xml = _rewritten(sheet_xml)
        references = _cell_references(sheet_xml)
    if references is None:
        raise ExpatError("a cell reference that no sheet has")
    rows, columns = references
    if not len(rows):
        return sheet_xml, 0, 0
    if (np.diff(rows * (MOST_COLUMNS + 1) + columns) <= 0).any():
        raise ExpatError("cells out of order")
    if rows.max() * columns.max() > MOST_CELLS:  # empty cells that only have a format take no room
        rows, columns = (numbers[_is_filled(sheet_xml)] for numbers in (rows, columns))
    return sheet_xml, int(rows.max(initial=0)), int(columns.max(initial=0))


def _is_filled(sheet_xml: bytes) -> Booleans:
    """Which cells of a sheet in the usual form have something between their tags."""
    return np.array([not end for end in _EMPTY_TAG.findall(sheet_xml)], dtype=np.bool_)


def _cell_references(sheet_xml: bytes) -> tuple[Integers, Integers] | None:
    """The row and the column of every cell of a well-formed sheet, from 1, in the order of the file.

    None where some cell does not begin with a reference of one to three letters and one to seven digits. All cells are looked at
    together, a letter or digit at a time: a sheet of half a million cells takes as long as a search for one byte in it.
    """
    text = np.frombuffer(sheet_xml + bytes(_LONGEST_REFERENCE), dtype=np.uint8)
    starts = _cell_tags(text)
    at = starts + len('<c r="')
    columns, rows = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    is_usual = np.ones(len(at), dtype=np.bool_)
    for offset, sign in enumerate(b' r="', start=2):
        is_usual &= text[starts + offset] == sign
    for first, last, base, numbers, longest in (
        (ord("A"), ord("Z"), 26, columns, _MOST_LETTERS),
        (ord("0"), ord("9"), 10, rows, _MOST_DIGITS),
    ):
        is_within = np.ones(len(at), dtype=np.bool_)
        for position in range(longest):
            signs = text[at]
            is_within &= (signs >= first) & (signs <= last)
            if not is_within.any():
                break
            step = signs - first + (1 if base == 26 else 0)
            np.copyto(numbers, numbers * base + step, where=is_within)
            at = at + is_within
            if position == 0:
                is_usual &= is_within & (step > 0)  # no row begins with a zero
    is_usual &= (text[at] == ord('"')) & _ENDS_NAME[text[at + 1]]
    return (rows, columns) if is_usual.all() else None


def _cell_tags(text: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Integers:
    """Return where the start tags of cells begin. Searching in blocks keeps the comparisons small."""
    last = len(text) - 1
    blocks = []
    for first in range(0, last, _BLOCK_BYTES):
        end = min(first + _BLOCK_BYTES, last)
        is_start = (text[first:end] == ord("<")) & (text[first + 1 : end + 1] == ord("c"))
        blocks.append(np.flatnonzero(is_start) + first)
    starts = np.concatenate(blocks)
    return starts[_ENDS_NAME[text[starts + 2]]]


def _has_tag(sheet_xml: bytes, letter: str) -> bool:
    """Return whether some tag begins with the letter; several times as fast as searching for the two bytes."""
    text = np.frombuffer(sheet_xml, dtype=np.uint8)
    last = len(text) - 1
    for first in range(0, last, _BLOCK_BYTES):
        end = min(first + _BLOCK_BYTES, last)
        if ((text[first:end] == ord("<")) & (text[first + 1 : end + 1] == ord(letter))).any():
            return True
    return False


def marks(sheet_xml: bytes, *, percent_styles: frozenset[int], is_uncomputed: bool) -> Marks:
    """Return the marks of a sheet in the usual form.

    is_uncomputed: the workbook was written by a program that cannot compute and leaves 0 as every formula's result,
    asking the spreadsheet program to compute all on opening; there a result of 0 is none.
    """
    if _UNUSUAL_TAG.search(sheet_xml, 0, sheet_xml.rfind(b">", 0, _LOOKED_AT) + 1):  # whole tags
        sheet_xml = _rewritten(sheet_xml)
    is_hiding = sheet_xml.find(b'hidden="') >= 0
    has_formulas = _has_tag(sheet_xml, "f") and (b"f>" in sheet_xml or b"shared" in sheet_xml)
    end = sheet_xml.rfind(b"</sheetData>")
    return Marks(
        errors=dict(_errors(sheet_xml)) if sheet_xml.find(b't="e"') >= 0 else {},
        unread_formulas=(
            frozenset(_without_result(sheet_xml, is_uncomputed)) if has_formulas else frozenset()
        ),
        percentages=tuple(_percentages(sheet_xml, percent_styles)) if percent_styles else (),
        hidden_rows=(
            frozenset(int(row_number) for row_number in _HIDDEN_ROW.findall(sheet_xml))
            if is_hiding
            else frozenset()
        ),
        hidden_columns=frozenset(_hidden_columns(sheet_xml)) if is_hiding else frozenset(),
        merged=tuple(
            (int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in _MERGED.findall(sheet_xml, max(end, 0))
        ),
        may_hold_infinity=any(pattern.search(sheet_xml) for pattern in _PERHAPS_NO_NUMBER),
    )


def column_number(letters: bytes) -> int:
    """3 for `C`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _errors(sheet_xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for letters, digits, error in _ERROR.findall(sheet_xml):
        yield (int(digits), column_number(letters)), error.decode("utf-8", "replace") or "#VALUE!"


def _without_result(sheet_xml: bytes, is_uncomputed: bool) -> Iterator[tuple[int, int]]:
    for letters, digits, attributes, end in _WITHOUT_RESULT.findall(sheet_xml):
        is_empty_text = b't="str"' in attributes and end != b"</c>"
        is_real_zero = end == b"<v>0</v>" and not is_uncomputed
        if not is_empty_text and not is_real_zero:
            yield int(digits), column_number(letters)


def _percentages(sheet_xml: bytes, styles: frozenset[int]) -> Iterator[tuple[int, int]]:
    style_pattern = b"|".join(str(style).encode() for style in sorted(styles))
    shown = re.compile(
        rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*? s="(?:' + style_pattern + rb')"(?: [^<>/]*)?>'
    )
    numbers = {
        letters: column_number(letters)
        for letters in {letters_of_cell for letters_of_cell, _ in shown.findall(sheet_xml)}
    }
    for letters, digits in shown.findall(sheet_xml):
        yield int(digits), numbers[letters]


def _hidden_columns(sheet_xml: bytes) -> Iterator[int]:
    for column in _HIDDEN_COLUMN.findall(sheet_xml):
        limits = dict(_LIMIT.findall(column))
        if b"min" in limits and b"max" in limits:
            yield from range(int(limits[b"min"]), int(limits[b"max"]) + 1)


def _rewritten(sheet_xml: bytes) -> bytes:
    """The rows, cells, merged areas and columns of a sheet in the usual form; all else is left out."""
    writing = _Writing()
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = writing.start
    parser.EndElementHandler = writing.end
    parser.CharacterDataHandler = writing.text
    parser.Parse(sheet_xml, True)
    return writing.done()


class _Writing:
    """Rewrites a sheet as it is parsed; a row or cell without reference stands after the one before it."""

    _NAMESPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    _TEXTS: Final = frozenset({"v", "f", "t"})

    def __init__(self) -> None:
        self._out: list[str] = [f'<worksheet xmlns="{self._NAMESPACE}">']
        self._row, self._column = 0, 0
        self._is_in_cell, self._is_phonetic, self._is_text = False, False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self._row = _number(attributes.get("r"), default=self._row + 1)
            self._column = 0
            hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
            self._out.append(f'<row r="{self._row}"{hidden}>')
        elif name == "c":
            self._start_cell(attributes)
        elif name == "rPh":
            self._is_phonetic = True
        elif self._is_in_cell and not self._is_phonetic and name in (*self._TEXTS, "is"):
            self._out.append(f"<{name}>")
            self._is_text = name in self._TEXTS
        elif name in ("cols", "sheetData", "mergeCells"):
            self._out.append(f"<{name}>")
        elif name in ("col", "mergeCell"):
            written = "".join(
                f" {key}={quoteattr(value)}" for key, value in attributes.items() if " " not in key
            )
            self._out.append(f"<{name}{written}/>")

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "rPh":
            self._is_phonetic = False
        elif name in ("row", "c", "cols", "sheetData", "mergeCells", "worksheet") or (
            self._is_in_cell and not self._is_phonetic and name in (*self._TEXTS, "is")
        ):
            self._out.append(f"</{name}>")
            self._is_text = False
            self._is_in_cell = self._is_in_cell and name != "c"

    def text(self, text: str) -> None:
        if self._is_text and not self._is_phonetic:
            self._out.append(escape(text))

    def done(self) -> bytes:
        return "".join(self._out).encode()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", attributes.get("r", "").upper())
        if match:
            self._column = column_number(match[1].encode())
            reference = match[0]
        elif attributes.get("r"):
            raise ExpatError(f"no cell: {attributes['r'][:20]}")
        else:
            self._column += 1
            reference = f"{_letters(self._column)}{self._row}"
        rest = "".join(f" {key}={quoteattr(attributes[key])}" for key in ("s", "t") if key in attributes)
        self._out.append(f'<c r="{reference}"{rest}>')
        self._is_in_cell = True


def _number(text: str | None, *, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
