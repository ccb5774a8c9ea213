"""Whose reporting template a file is: our templates say so in a document property and in a cell, text files in their first line."""

from domain.reporting_template import ID_ROW, MARK, REPORTING_SHEET, TemplateId
from spreadsheets.workbook import FileKind, Sheet, Workbook


def read_template_id(workbook: Workbook) -> TemplateId | None:
    """Return whose template the file is, or None where it is no template of ours."""
    if written := workbook.properties.get(MARK):
        return TemplateId.read(written)
    if workbook.kind is FileKind.TEXT:
        first_row = workbook.sheets[0].cells[0] if len(workbook.sheets[0].cells) else ()
        return _read_marked(";".join(str(cell or "").strip() for cell in first_row))
    # Some programs save a workbook without its properties.
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == REPORTING_SHEET), None)
    return None if sheet is None else _read_marked(_id_cell(sheet))


def _id_cell(sheet: Sheet) -> str:
    """The text of the cell that holds the id in the reporting sheet, empty where the sheet does not reach so far."""
    return str(sheet.cells[ID_ROW - 1, 0] or "") if sheet.cells.shape[0] >= ID_ROW else ""


def _read_marked(text: str) -> TemplateId | None:
    """The id behind the mark; None for a text without the mark."""
    return TemplateId.read(text) if text.split(";")[0].strip() == MARK else None
