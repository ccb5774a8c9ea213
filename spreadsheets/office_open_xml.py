"""`.xlsx` and `.xlsm` (ECMA-376): values by calamine, which reads a clean archive made of the parts that passed."""

import posixpath
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from domain.errors.files import TooManySheetsError
from domain.errors.user_error import UserError
from domain.message import to_translate
from spreadsheets.archive import Archive
from spreadsheets.cells import to_cells, trim_empty_margin
from spreadsheets.limits import MOST_SHEETS, refuse_too_many_cells
from spreadsheets.number_format import is_percent
from spreadsheets.sheet_marks import Marks, column_number, marks, normalise_sheet, require_well_formed
from spreadsheets.workbook import CellArray, Sheet

_ROOT_RELATIONS: Final = "_rels/.rels"
_MACROS: Final = "vbaProject.bin"
_COUNTS: Final = re.compile(rb'\s(?:uniqueCount|count)="[^"]*"')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_HEAD: Final = 2_000
_DISAGREEING: Final = to_translate("arbetsbokens delar stämmer inte med varandra")
_NOT_WHOLE: Final = to_translate("bladet ”{sheet}” är inte helt")
_SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class OfficeBook:
    """What was read. has_macros: that there are some; they were not read."""

    sheets: tuple[Sheet, ...]
    has_macros: bool
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it; part: where its cells are."""

    name: str
    is_hidden: bool
    part: str
    comments: Mapping[tuple[int, int], str]


def read_office_open_xml(archive: Archive) -> OfficeBook:
    """All sheets of cells of a workbook; charts have none. Raises a `UserError`."""
    book_part = workbook_part(archive)
    book = archive.tree(book_part)
    targets = _targets(archive, book_part)
    sheets = targets.get("worksheet", {})
    if not targets:
        raise archive.broken(_DISAGREEING)
    named = [
        (element, sheets[_relation_id(element.attrib)])
        for element in book.iter()
        if _local(element.tag) == "sheet" and _relation_id(element.attrib) in sheets
    ]
    if len(named) > MOST_SHEETS:
        raise TooManySheetsError(file=archive.file_name, sheets=len(named), most=MOST_SHEETS)
    listed = [
        _Listed(
            element.get("name", ""),
            element.get("state", "visible") != "visible",
            part,
            _comments(archive, part),
        )
        for element, part in named
    ]
    if len({sheet.part for sheet in listed}) != len(
        listed
    ):  # a small part many times over would grow without bound
        raise archive.broken(_DISAGREEING)
    is_from_1904 = any(
        _local(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true")
        for element in book.iter()
    )
    is_uncomputed = any(
        _local(element.tag) == "calcPr" and element.get("fullCalcOnLoad") in ("1", "true")
        for element in book.iter()
    )
    styles = next(iter(targets.get("styles", {}).values()), None)
    texts = next(iter(targets.get("sharedStrings", {}).values()), None)
    percent_styles = _percent_styles(archive, styles) if styles else frozenset()
    clean, sheets_xml = _clean_copy(archive, listed, is_from_1904=is_from_1904, styles=styles, texts=texts)
    seen = {sheet.part for sheet in listed} | {part for part in (styles, texts, book_part) if part}
    archive.refuse_other_tricks(frozenset(seen))
    try:
        return OfficeBook(
            _sheets(clean, listed, sheets_xml, percent_styles, is_uncomputed=is_uncomputed),
            any(name.endswith(_MACROS) for name in archive.names),
            _custom_properties(archive),
        )
    except UserError:
        raise
    except (CalamineError, ExpatError, ValueError, OverflowError) as error:
        raise archive.broken(_DISAGREEING) from error


def workbook_part(archive: Archive) -> str:
    """The part that lists the sheets."""
    for relation in archive.tree(_ROOT_RELATIONS):
        if relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    raise archive.broken(to_translate("delen {part} saknas"), part="workbook.xml")


def _targets(archive: Archive, part: str) -> dict[str, dict[str, str]]:
    """Kind of part → relation id → part, for the parts inside the file; what lies outside it is never followed."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, dict[str, str]] = {}
    for relation in archive.tree(relations) if relations in archive else ():
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(
                posixpath.join("/", folder, unquote(relation.get("Target", "")))
            ).lstrip("/")
            targets.setdefault(relation.get("Type", "").rpartition("/")[2], {})[relation.get("Id", "")] = (
                target
            )
    return targets


def _comments(archive: Archive, part: str) -> dict[tuple[int, int], str]:
    """What is written beside the cells of a sheet, in notes and in conversations."""
    comments: dict[tuple[int, int], str] = {}
    targets = _targets(archive, part)
    for kind in ("comments", "threadedComment"):
        for target in targets.get(kind, {}).values():
            for element in archive.tree(target).iter():
                match = _REFERENCE.fullmatch(element.get("ref", ""))
                if match and _local(element.tag) in ("comment", "threadedComment"):
                    place = (int(match[2]), column_number(match[1].encode()))
                    comments[place] = "\n".join(
                        filter(None, (comments.get(place), "".join(element.itertext())))
                    )
    return comments


def _percent_styles(archive: Archive, part: str) -> frozenset[int]:
    """The numbers of the cell styles that show percentages."""
    tree = archive.tree(part)
    codes = {
        int(element.get("numFmtId", "-1")): element.get("formatCode", "")
        for element in tree.iter()
        if _local(element.tag) == "numFmt"
    }
    styles = next((element for element in tree if _local(element.tag) == "cellXfs"), ())
    formats = [int(style.get("numFmtId", "0")) for style in styles]
    return frozenset(
        place for place, cell_format in enumerate(formats) if is_percent(cell_format, codes.get(cell_format))
    )


def _clean_copy(
    archive: Archive, listed: list[_Listed], *, is_from_1904: bool, styles: str | None, texts: str | None
) -> tuple[BytesIO, list[bytes]]:
    """An archive with the sheets in their order, their texts and styles, and nothing else, unpacked; and the sheets."""
    clean, sheets = BytesIO(), []
    relations = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(listed) + 1)]
    with ZipFile(clean, "w", ZIP_STORED) as writing:
        writing.writestr("[Content_Types].xml", f'<Types xmlns="{_CONTENT_TYPES}"/>')
        writing.writestr(_ROOT_RELATIONS, _relations_xml([("officeDocument", "xl/workbook.xml")]))
        for listed_sheet, (_, target) in zip(listed, relations, strict=True):
            sheet_xml = archive.unpack(listed_sheet.part)
            has_declarations = archive.refuse_tricks(sheet_xml)
            try:
                sheet_xml, rows, columns = normalise_sheet(sheet_xml, has_declarations=has_declarations)
            except ExpatError as error:
                raise archive.broken(_NOT_WHOLE, sheet=listed_sheet.name) from error
            refuse_too_many_cells(archive.file_name, listed_sheet.name, rows, columns)
            writing.writestr(f"xl/{target}", sheet_xml)
            sheets.append(sheet_xml)
        if styles:
            relations.append(("styles", "styles.xml"))
            writing.writestr("xl/styles.xml", archive.unpack(styles))
        if texts and texts in archive:
            text_xml = archive.unpack(texts)
            archive.refuse_tricks(text_xml)
            try:
                require_well_formed(text_xml)
            except ExpatError as error:
                raise archive.broken(_DISAGREEING) from error
            relations.append(("sharedStrings", "sharedStrings.xml"))
            # A reader makes room for as many texts as the file claims to have; let it count them.
            writing.writestr("xl/sharedStrings.xml", _COUNTS.sub(b"", text_xml[:_HEAD]) + text_xml[_HEAD:])
        writing.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations_xml(relations),
        )
        writing.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(is_from_1904)}"/><sheets>'
            + "".join(
                f'<sheet name={quoteattr(f"{number}")} sheetId="{number}" r:id="r{number}"/>'
                for number in range(1, len(listed) + 1)
            )
            + "</sheets></workbook>",
        )
    clean.seek(0)
    return clean, sheets


def _relations_xml(relations: list[tuple[str, str]]) -> str:
    """Kinds and targets as a part of relations, their ids r1, r2, …"""
    listed = (
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{"".join(listed)}</Relationships>'


def _sheets(
    clean: BytesIO,
    listed: list[_Listed],
    sheets_xml: list[bytes],
    percent_styles: frozenset[int],
    *,
    is_uncomputed: bool,
) -> tuple[Sheet, ...]:
    """The sheets; calamine parses one while the same sheet's marks are searched, for it leaves Python alone meanwhile."""
    sheets = []
    with (
        ThreadPoolExecutor(max_workers=1) as beside,
        CalamineWorkbook.from_filelike(clean) as book,
    ):
        clean.close()  # it has been copied
        for place, listed_sheet in enumerate(listed):
            marks_in_progress = beside.submit(
                marks, sheets_xml[place], percent_styles=percent_styles, is_uncomputed=is_uncomputed
            )
            read = book.get_sheet_by_index(place)
            rows = read.to_python(skip_empty_area=False) if read.start is not None else []
            sheets.append(_sheet(listed_sheet, to_cells(rows), marks_in_progress.result()))
    return tuple(sheets)


def _sheet(listed: _Listed, cells: CellArray, marks: Marks) -> Sheet:
    errors = dict(marks.errors)
    if marks.may_hold_infinity:
        for row, column in np.argwhere((cells != cells) | (cells == np.inf) | (cells == -np.inf)):
            errors.setdefault((int(row) + 1, int(column) + 1), "#NUM!")
            cells[row, column] = None
    marked = [*errors, *marks.unread_formulas]
    if marked:  # they are empty to the reader of values, but they are in the sheet
        cells = _grown(cells, max(row for row, _ in marked), max(column for _, column in marked))
        for row, column in marked:
            cells[row - 1, column - 1] = None
    else:
        cells = trim_empty_margin(cells)
    rows, columns = cells.shape
    percent = np.zeros(cells.shape, dtype=np.bool_)
    for row, column in marks.percentages:
        if row <= rows and column <= columns:
            percent[row - 1, column - 1] = isinstance(cells[row - 1, column - 1], float)
    return Sheet(
        listed.name,
        cells,
        is_hidden=listed.is_hidden,
        hidden_rows=frozenset(hidden_row for hidden_row in marks.hidden_rows if hidden_row <= rows),
        hidden_columns=frozenset(
            hidden_column for hidden_column in marks.hidden_columns if hidden_column <= columns
        ),
        is_percent=percent if percent.any() else None,
        errors=errors,
        unread_formulas=marks.unread_formulas,
        merged=marks.merged,
        comments=listed.comments,
    )


def _grown(cells: CellArray, rows: int, columns: int) -> CellArray:
    """At least so large; what is new is empty."""
    grown = np.full((max(rows, cells.shape[0]), max(columns, cells.shape[1])), None, dtype=object)
    grown[: cells.shape[0], : cells.shape[1]] = cells
    return grown


def _custom_properties(archive: Archive) -> dict[str, str]:
    """The document properties that somebody has added, as text by name."""
    part = "docProps/custom.xml"
    if part not in archive:
        return {}
    return {
        name: "".join(element.itertext()).strip()
        for element in archive.tree(part)
        if (name := element.get("name"))
    }


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if _local(key) == "id"), "")
