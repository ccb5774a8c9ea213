"""How our own templates say that they are ours: a document property and a cell, or the first line of a text file."""

from collections.abc import Iterable, Sequence

from domain.reporting_template import ID_ROW, MARK, REPORTING_SHEET
from spreadsheets.workbook import Sheet


def template_id_in(first_row: Sequence[str]) -> str | None:
    """`1;<network>;<municipality>;<period>` of a first line that begins with the mark; None for any other line."""
    cells = [one.strip() for one in first_row]
    if not cells or cells[0] != MARK:
        return None
    while cells and not cells[-1]:  # a spreadsheet program fills the line to the width of the others
        cells.pop()
    return ";".join(cells[1:]) or None


def template_id_on(sheets: Iterable[Sheet]) -> str | None:
    """The id that stands in a cell of the reporting sheet, for workbooks that were saved without their properties."""
    for sheet in sheets:
        if sheet.name == REPORTING_SHEET and sheet.cells.shape[0] >= ID_ROW:
            return template_id_in(str(sheet.cells[ID_ROW - 1, 0] or "").split(";"))
    return None
