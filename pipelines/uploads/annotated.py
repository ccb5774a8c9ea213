"""A controller's own file back: every finding as a coloured cell with a comment, and a sheet that lists them all.

A file that comes back a second time is first freed of what was written into it the first time: the sheet of findings
keeps, in a column too narrow to be seen, each coloured cell's own formatting.
"""

from collections.abc import Callable, Sequence
from copy import copy
from pathlib import PurePath
from typing import Final

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from domain.message import to_translate
from domain.reporting_template import FINDINGS_SHEET
from domain.upload import LEVEL_NAMES, Address, Finding, FindingLevel, Note
from language.rendering import render
from pipelines.uploads.review import FileReview
from spreadsheets.workbook import Workbook
from spreadsheets.workbook_copy import (
    WorkbookCopy,
    open_workbook_copy,
    remove_unwritable_characters,
    saved,
    sheet_name,
    write_text,
)

Translate = Callable[[str], str]

MOST_LISTED: Final = 10_000  # more than anybody reads; the rest is counted
MOST_COMMENTS: Final = 5_000  # each is a drawing of its own, which a spreadsheet program opens slowly
LONGEST_COMMENT: Final = 2_000
AUTHOR: Final = "Jämförelsebanken"
OURS: Final = f"[{AUTHOR}]"  # what stands before it in a comment is the owner's own
INK: Final = "FF1C2733"
HEAD: Final = "FF1B3A63"
LEVEL_COLOURS: Final = {
    FindingLevel.READING: "FFF9D6D2",
    FindingLevel.STRUCTURE: "FFF9D6D2",
    FindingLevel.HISTORY: "FFFDE9B8",
    FindingLevel.OTHERS: "FFD9E6F5",
}
TITLE: Final = to_translate("Anmärkningar på {file}")
REMARK_LEVEL: Final = to_translate("upplysning")
COLUMNS: Final = (
    (to_translate("Nivå"), 22),
    (to_translate("Blad"), 18),
    (to_translate("Cell"), 8),
    (to_translate("Rad"), 24),
    (to_translate("Kolumn"), 24),
    (to_translate("Hittat"), 18),
    (to_translate("Väntat"), 26),
    (to_translate("Vad det gäller"), 60),
    (to_translate("Att göra"), 50),
    (to_translate("Regel"), 20),
    (to_translate("Beteckning"), 34),
)
CELL_COLUMN: Final = 3
TEXT: Final = "text"
LINK: Final = "link"
# Each cell's own formatting, to be put back; too narrow to be seen rather than hidden, since hidden columns are reported.
FORMATTING_COLUMN: Final = len(COLUMNS) + 1


def annotate_review(content: bytes, review: FileReview, *, translate: Translate = lambda text: text) -> bytes:
    """Return the reviewed file as an .xlsx workbook with its findings in it, texts in the language of `translate`."""
    return annotate_file(content, review.workbook, review.findings, review.notes, translate=translate)


def annotate_file(
    content: bytes,
    read: Workbook,
    findings: Sequence[Finding],
    notes: Sequence[Note] = (),
    *,
    translate: Translate = lambda text: text,
) -> bytes:
    """Return any read file with findings and notes in it. content: the bytes of the file that `read` came from."""
    file = open_workbook_copy(content, read)
    _free(file)
    listed = findings[:MOST_LISTED]
    formatting = _mark(file, listed, translate)
    _list(file, read, findings, notes, formatting, translate)
    return saved(file, read)


def name_annotated_file(file_name: str) -> str:
    """What to call it: the name of the file and what has been added."""
    return f"{PurePath(file_name).stem} – anmärkningar.xlsx"


def _free(file: WorkbookCopy) -> None:
    """Take away what an earlier reading wrote, and put back what stood there."""
    for listing in [sheet for sheet in file.book.worksheets if _is_listing(sheet)]:
        for row in listing.iter_rows(min_col=CELL_COLUMN, max_col=FORMATTING_COLUMN):
            link = row[0].hyperlink
            target = _linked(file, link.location) if link is not None and link.location else None
            if target is not None and row[-1].value is not None:
                target._style = copy(row[-1]._style)
        file.book.remove(listing)
        del file.sheets[listing.title]
    for sheet in file.book.worksheets:
        for cell in [cell for cell in sheet._cells.values() if cell.comment is not None]:
            before, mark, _ = cell.comment.text.partition(OURS)
            if mark:
                _comment(cell, before.strip(), cell.comment.author if before.strip() else "")


def _is_listing(sheet: Worksheet) -> bool:
    return sheet.title.startswith(FINDINGS_SHEET) and str(sheet.cell(1, 1).value or "").startswith(OURS)


def _linked(file: WorkbookCopy, location: str) -> Cell | None:
    """The cell that a link of the listing leads to."""
    name, _, place = location.rpartition("!")
    sheet = file.sheets.get(name.strip("'").replace("''", "'"))
    return None if sheet is None or not place else sheet[place]


def _mark(
    file: WorkbookCopy, findings: Sequence[Finding], translate: Translate
) -> dict[tuple[str, str], object]:
    """Colour and comment the cells. Gives, by sheet and cell, the formatting that stood there."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.address is not None and finding.address.sheet in file.sheets:
            cell = _cell(file.sheets[finding.address.sheet], finding.address)
            by_cell.setdefault((finding.address.sheet, cell.coordinate), []).append(finding)
    before: dict[tuple[str, str], object] = {}
    # Each look costs a search among all formats of the workbook, so it is made once.
    looks: dict[object, object] = {}
    for count, ((sheet, place), some) in enumerate(by_cell.items()):
        cell = file.sheets[sheet][place]
        before[sheet, place] = own_style = copy(cell._style) or StyleArray()
        colour = LEVEL_COLOURS[min(finding.level for finding in some)]
        look = tuple(own_style), colour
        if look not in looks:
            cell.fill = PatternFill("solid", fgColor=colour)
            font = copy(cell.font)
            font.color = INK  # what was white on dark would not be seen
            cell.font = font
            looks[look] = copy(cell._style)
        cell._style = copy(looks[look])
        if count < MOST_COMMENTS:
            own = cell.comment.text.strip() if cell.comment is not None else ""
            author = cell.comment.author if cell.comment is not None else AUTHOR
            text = "\n\n".join(_format_finding(finding, translate) for finding in some)
            _comment(cell, f"{own}\n\n{OURS}\n{text}" if own else f"{OURS}\n{text}", author)
    return before


def _cell(sheet: Worksheet, address: Address) -> Cell:
    """The cell, or the corner of the merged range that it lies in."""
    for merged in sheet.merged_cells.ranges:
        if (
            merged.min_row <= address.row <= merged.max_row
            and merged.min_col <= address.column <= merged.max_col
        ):
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(address.row, address.column)


def _comment(cell: Cell, text: str, author: str) -> None:
    if not text:
        cell.comment = None
        return
    text = remove_unwritable_characters(text)
    shown = text if len(text) <= LONGEST_COMMENT else text[: LONGEST_COMMENT - 1] + "…"
    lines = sum(1 + len(line) // 48 for line in shown.splitlines())
    cell.comment = Comment(shown, author, height=min(30 + 18 * lines, 500), width=340)


def _format_finding(finding: Finding, translate: Translate) -> str:
    level = translate(LEVEL_NAMES[finding.level])
    lines = [f"{level[:1].upper()}{level[1:]}: {render(finding.message, translate)}"]
    if finding.expected:
        lines.append(f"{translate(to_translate('Väntat'))}: {render(finding.expected, translate)}")
    if finding.advice:
        lines.append(f"{translate(to_translate('Att göra'))}: {render(finding.advice, translate)}")
    return "\n".join(lines)


def _list(
    file: WorkbookCopy,
    read: Workbook,
    findings: Sequence[Finding],
    notes: Sequence[Note],
    formatting: dict[tuple[str, str], object],
    translate: Translate,
) -> None:
    """The sheet that lists them all, first in the workbook."""
    sheet = file.book.create_sheet(sheet_name(FINDINGS_SHEET, file.book.sheetnames), 0)
    row = _write_opening(sheet, file, read, findings, translate)
    head = row
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(head, column)
        write_text(cell, translate(heading))
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    looks = _row_looks(file)
    for finding in findings[:MOST_LISTED]:
        row += 1
        _write_row(
            sheet,
            row,
            looks,
            (
                translate(LEVEL_NAMES[finding.level]),
                *_place(finding.address),
                finding.row_name,
                finding.column_name,
                render(finding.found, translate),
                render(finding.expected, translate),
                render(finding.message, translate),
                render(finding.advice, translate),
                finding.rule,
                finding.id,
            ),
        )
        sheet.cell(row, 1)._style = copy(looks[LEVEL_COLOURS[finding.level]])
        corner = _link(sheet, row, file, finding.address, looks)
        style = formatting.get(corner) if corner else None
        if style is not None:
            formatting_cell = sheet.cell(row, FORMATTING_COLUMN)
            formatting_cell._style = copy(style)
            formatting_cell.value = 0
    if len(findings) > MOST_LISTED:
        row += 1
        more = translate(to_translate("… och {count} anmärkningar till."))
        write_text(sheet.cell(row, 1), more.format(count=len(findings) - MOST_LISTED))
    for note in notes[:MOST_LISTED]:
        row += 1
        _write_row(
            sheet,
            row,
            looks,
            (
                translate(REMARK_LEVEL),
                *_place(note.address),
                *[""] * 4,
                render(note.message, translate),
                "",
                note.rule,
                "",
            ),
        )
        _link(sheet, row, file, note.address, looks)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    if row > head:
        sheet.auto_filter.ref = f"A{head}:{sheet.cell(row, len(COLUMNS)).coordinate}"
    sheet.column_dimensions[sheet.cell(1, FORMATTING_COLUMN).column_letter].width = 0.2
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in file.book.worksheets:
        other.sheet_view.tabSelected = other is sheet  # several chosen sheets would be edited together
    file.book.active = 0


def _write_opening(
    sheet: Worksheet, file: WorkbookCopy, read: Workbook, findings: Sequence[Finding], translate: Translate
) -> int:
    """Title, what became of the file, and what the colours mean. Gives the row after them."""
    write_text(sheet.cell(1, 1), f"{OURS} {translate(TITLE).format(file=read.file_name)}")
    sheet.cell(1, 1).font = Font(bold=True, size=16, color=HEAD)
    row = 2
    for remark in file.remarks:
        write_text(sheet.cell(row, 1), translate(remark))
        row += 1
    for levels, meaning in (
        (
            (FindingLevel.READING, FindingLevel.STRUCTURE),
            to_translate("Måste rättas innan något kan publiceras: {count}"),
        ),
        (
            (FindingLevel.HISTORY,),
            to_translate("Avviker från tidigare – rätta, eller skriv en förklaring: {count}"),
        ),
        (
            (FindingLevel.OTHERS,),
            to_translate("Avviker från andra – rätta, eller skriv en förklaring: {count}"),
        ),
    ):
        cell = sheet.cell(row, 1)
        count = sum(finding.level in levels for finding in findings)
        write_text(cell, translate(meaning).format(count=count))
        for column in range(1, 6):
            sheet.cell(row, column).fill = PatternFill("solid", fgColor=LEVEL_COLOURS[levels[0]])
        row += 1
    return row + 1


def _row_looks(file: WorkbookCopy) -> dict[str, object]:
    """The formats of the list: of a text, of a link, and of each level by its colour."""
    scratch = file.book.create_sheet()
    looks: dict[str, object] = {}
    for name, font, colour in (
        (TEXT, Font(), ""),
        (LINK, Font(color="FF0B4F8A", underline="single"), ""),
        *((level_colour, Font(color=INK), level_colour) for level_colour in set(LEVEL_COLOURS.values())),
    ):
        cell = scratch.cell(1, len(looks) + 1)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
        looks[name] = copy(cell._style)
    file.book.remove(scratch)
    return looks


def _write_row(sheet: Worksheet, row: int, looks: dict[str, object], texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=1):
        if text:
            cell = sheet.cell(row, column)
            cell._style = copy(looks[TEXT])
            write_text(cell, text)


def _place(address: Address | None) -> tuple[str, str]:
    return (address.sheet, address.cell) if address is not None else ("", "")


def _link(
    sheet: Worksheet, row: int, file: WorkbookCopy, address: Address | None, looks: dict[str, object]
) -> tuple[str, str] | None:
    """Make the cell's name a link to it. Gives the sheet and the cell that it leads to."""
    if address is None or address.sheet not in file.sheets:
        return None
    target = file.sheets[address.sheet]
    place = _cell(target, address).coordinate
    quoted = target.title.replace("'", "''")
    cell = sheet.cell(row, CELL_COLUMN)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}", display=place)
    cell._style = copy(looks[LINK])
    return address.sheet, place
