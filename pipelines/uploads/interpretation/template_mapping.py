"""Our own template come back: nothing is guessed, since every column has its heading and its role."""

from dataclasses import dataclass
from typing import Final

from domain.message import Message, to_translate
from domain.reporting_template import COLUMNS, HEADINGS, REPORTING_SHEET, TemplateColumn
from domain.upload import ColumnMapping, FileMapping, SheetMapping
from pipelines.uploads.interpretation.layout import layout_key
from pipelines.uploads.interpretation.oriented_sheet import is_blank
from pipelines.uploads.template_id import read_template_id
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Sheet, Workbook

_ROWS_TO_LOOK_IN: Final = 12  # somebody may have put a line above the headings
_OURS = to_translate("Mallen för {place}: varje kolumn har sin givna plats.")
_NOT_READ = to_translate("Mallen läses bara i bladet ”{sheet}”.")
_COLUMN = to_translate("Mallens kolumn ”{heading}”.")


def template_mapping(workbook: Workbook, context: UploadContext) -> FileMapping | None:
    """How the file is read if it is our template with its headings where we put them, else None."""
    template = read_template_id(workbook)
    headings = next(
        (
            headings_of_sheet
            for headings_of_sheet in map(_find_headings, workbook.sheets)
            if headings_of_sheet
        ),
        None,
    )
    if template is None or headings is None:
        return None
    place = context.places.get(template.municipality_code)
    sheets = tuple(
        SheetMapping(
            sheet=sheet.name,
            is_read=True,
            heading_rows=(headings.row + 1,),
            first_row=headings.row + 2,
            last_row=_last_row(sheet, headings),
            columns=tuple(
                ColumnMapping(
                    place_ + 1, column.heading, column.role, why=Message(_COLUMN, heading=column.heading)
                )
                for place_, column in headings.columns
            ),
            municipality_code=template.municipality_code,
            why=Message(_OURS, place=place.name if place else template.municipality_code),
        )
        if sheet is headings.sheet
        else SheetMapping(
            sheet.name, is_read=False, why=Message(_NOT_READ, sheet=headings.sheet.name or REPORTING_SHEET)
        )
        for sheet in workbook.sheets
    )
    return FileMapping(sheets, layout_key(workbook, sheets), is_template=True)


@dataclass(frozen=True, eq=False)
class _Headings:
    """The sheet and the row of the headings, and the columns that are ours, from 0."""

    sheet: Sheet
    row: int
    columns: tuple[tuple[int, TemplateColumn], ...]


def _find_headings(sheet: Sheet) -> _Headings | None:
    """Where the headings stand, all of them and each once; columns may have been added or moved."""
    if sheet.is_hidden:
        return None
    for row in range(min(_ROWS_TO_LOOK_IN, sheet.cells.shape[0])):
        texts = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in sheet.cells[row]]
        if all(texts.count(heading) == 1 for heading in HEADINGS):
            return _Headings(sheet, row, tuple((texts.index(column.heading), column) for column in COLUMNS))
    return None


def _last_row(sheet: Sheet, headings: _Headings) -> int:
    """The last row that names a measure."""
    column = headings.columns[0][0]
    filled = [
        row for row in range(headings.row + 1, sheet.cells.shape[0]) if not is_blank(sheet.cells[row, column])
    ]
    return max(filled, default=headings.row) + 1
