"""A file that was handed over, as a workbook that can be written into and handed back.

An .xlsx or .xlsm is opened as it is, without its macros. What is no such file, or is too large to be opened with all its
formatting, becomes a new workbook with the same cells.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook as OpenWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.message import to_translate
from language.formula_guard import FORMULA_STARTS
from spreadsheets.workbook import FileKind, Sheet, Workbook

MOST_FORMATTED_CELLS: Final = 700_000  # each takes some 0.5 kB and 15 µs when opened with its formatting
MOST_CELLS: Final = 700_000  # of a new workbook
LONGEST_CELL: Final = 32_767
LONGEST_NAME: Final = 31
NAMELESS: Final = "Blad1"

REWRITTEN: Final = to_translate(
    "Filen är omskriven som Excel-fil: alla celler är med, men inte formler och formatering."
)
WITHOUT_CELLS: Final = to_translate(
    "Filen är för stor för att lämnas tillbaka hel. Här står bara anmärkningarna; cellerna finns i din egen fil."
)
WITHOUT_PICTURES: Final = to_translate("Diagram och bilder i din fil är inte med i den här.")
WITHOUT_MACROS: Final = to_translate("Makron i din fil är inte med i den här.")

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_COUNTED: Final = re.compile(rb"<c[ >/]|<row[ >/]")
_FORMULA: Final = re.compile(
    rb'(<c r="([A-Z]+)(\d+)")([^>]*)>(<f\b[^>]*?(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)</c>'
)


@dataclass(frozen=True)
class WorkbookCopy:
    """The workbook, where each sheet of the file stands in it, and what the reader should know of the copy."""

    book: OpenWorkbook
    sheets: dict[str, Worksheet]
    remarks: tuple[str, ...] = ()


def open_workbook_copy(content: bytes, read: Workbook) -> WorkbookCopy:
    """The file to write into."""
    if read.kind in {FileKind.XLSX, FileKind.XLSM}:
        opened = _as_it_is(content, read)
        if opened is not None:
            return opened
    return _made_anew(read)


def saved(copy: WorkbookCopy, read: Workbook) -> bytes:
    """The bytes of the workbook. Its formulas keep the results that the file came with, until they are recomputed."""
    target = BytesIO()
    # Results that are stored are as right as they were; a workbook that asks to be recomputed says that they are not.
    copy.book.calculation.fullCalcOnLoad = any(sheet.unread_formulas for sheet in read.sheets)
    copy.book.save(target)
    results = {
        f"xl/worksheets/sheet{place}.xml": sheet
        for place, opened in enumerate(copy.book.worksheets, start=1)
        for sheet in read.sheets
        if copy.sheets.get(sheet.name) is opened
    }
    return _with_results(target.getvalue(), results, copy.book.epoch)


def remove_unwritable_characters(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return _UNWRITABLE.sub("", text)


def write_text(cell: Cell, text: str) -> None:
    """A text that stays a text, also when it is edited, whatever sign it begins with."""
    cell.value = remove_unwritable_characters(text)[:LONGEST_CELL]
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def sheet_name(proposed: str, taken: Sequence[str]) -> str:
    """A name that a workbook accepts and no other sheet has, as near to the wanted one as can be."""
    name = _NOT_IN_NAMES.sub(" ", proposed).strip().strip("'")[:LONGEST_NAME] or NAMELESS
    others = {taken_name.casefold() for taken_name in taken}
    count, free_name = 1, name
    while free_name.casefold() in others:
        count += 1
        free_name = f"{name[: LONGEST_NAME - len(str(count)) - 1]} {count}"
    return free_name


def _as_it_is(content: bytes, read: Workbook) -> WorkbookCopy | None:
    """None where it is too large, or made by a program whose files the reader of formatting does not bear."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        if _cell_count(packed) > MOST_FORMATTED_CELLS:
            return None
    try:
        book = openpyxl.load_workbook(BytesIO(content), keep_vba=False, rich_text=True)
    except Exception:  # whatever a stranger's file makes of it: the cells themselves have been read
        return None
    has_pictures = any(name.startswith(("xl/charts/", "xl/media/")) for name in names)
    remarks = (*[WITHOUT_PICTURES][:has_pictures], *[WITHOUT_MACROS][: read.kind is FileKind.XLSM])
    return WorkbookCopy(book, {sheet.title: sheet for sheet in book.worksheets}, remarks)


def _made_anew(read: Workbook) -> WorkbookCopy:
    book = openpyxl.Workbook()
    del book[book.active.title]
    if sum(int(sheet.cells.size) for sheet in read.sheets) > MOST_CELLS:
        return WorkbookCopy(book, {}, (WITHOUT_CELLS,))
    sheets: dict[str, Worksheet] = {}
    for sheet in read.sheets:
        name = sheet.name or PurePath(read.file_name).stem
        sheets[sheet.name] = made = book.create_sheet(sheet_name(name, book.sheetnames))
        _write_cells(made, sheet)
    if not any(sheet.sheet_state == "visible" for sheet in sheets.values()):
        for made in sheets.values():
            made.sheet_state = "visible"
    return WorkbookCopy(book, sheets, (REWRITTEN,))


def _write_cells(made: Worksheet, sheet: Sheet) -> None:
    for row, values in enumerate(sheet.cells.tolist(), start=1):
        for column, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            cell = made.cell(row, column)
            if isinstance(value, str):
                write_text(cell, value)
            else:
                cell.value = value
            if sheet.is_percent is not None and sheet.is_percent[row - 1, column - 1]:
                cell.number_format = "0.0%"
    for (row, column), error in sheet.errors.items():
        write_text(made.cell(row, column), error)
    for row in sheet.hidden_rows:
        made.row_dimensions[row].hidden = True
    for column in sheet.hidden_columns:
        made.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True
    for first_row, first_column, last_row, last_column in sheet.merged:
        made.merge_cells(
            start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column
        )
    if sheet.is_hidden:
        made.sheet_state = "hidden"


def _cell_count(packed: zipfile.ZipFile) -> int:
    """Cells and rows of all sheets, empty ones with formatting too; stops counting when there are too many."""
    count = 0
    for name in packed.namelist():
        if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
            continue
        with packed.open(name) as part:
            rest = b""
            while chunk := part.read(1 << 20):
                text = rest + chunk
                count += len(_COUNTED.findall(text))
                rest = text[-4:] if not _COUNTED.search(text[-4:]) else b""
                if count > MOST_FORMATTED_CELLS:
                    return count
    return count


def _with_results(content: bytes, results: Mapping[str, Sheet], epoch: datetime) -> bytes:
    """The saved workbook with stored results put back: the writer of formatting leaves every formula without one."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for item in source.infolist():
            data = source.read(item)
            if item.filename in results and b"<f" in data:
                data = _FORMULA.sub(partial(_with_result, sheet=results[item.filename], epoch=epoch), data)
            made.writestr(item, data)
    return target.getvalue()


def _with_result(match: re.Match[bytes], *, sheet: Sheet, epoch: datetime) -> bytes:
    column = openpyxl.utils.column_index_from_string(match[2].decode())
    row = int(match[3])
    if (row, column) in sheet.unread_formulas:
        return match[0]
    error = sheet.errors.get((row, column))
    if error is not None:
        kind, text = b' t="e"', error
    elif row > sheet.cells.shape[0] or column > sheet.cells.shape[1]:
        return match[0]
    else:
        value = sheet.cells[row - 1, column - 1]
        if value is None:
            return match[0]
        kind, text = _stored(value, epoch)
    return b"".join(
        (
            match[1],
            match[4],
            kind,
            b">",
            match[5],
            b"<v>",
            escape(remove_unwritable_characters(text)).encode(),
            b"</v></c>",
        )
    )


def _stored(value: Any, epoch: datetime) -> tuple[bytes, str]:  # noqa: ANN401 - whatever a cell may hold
    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, (datetime, date, time)):
        return b"", repr(to_excel(value, epoch))
    if isinstance(value, (int, float)):
        return b"", repr(value)
    return b' t="str"', str(value)
