"""How a file is read, guessed from its headings and cells, with the reason for every guess.

A guess is made from a sample. Reading uses the mapping alone, so that a mapping corrected by hand is read in the same way.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from domain.message import Message, to_translate
from domain.reporting_template import FINDINGS_SHEET
from domain.upload import ColumnRole, FileMapping, SheetMapping
from pipelines.uploads.interpretation.layout import layout_key
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet
from pipelines.uploads.interpretation.table_guess import TableGuess
from pipelines.uploads.interpretation.tables import find_tables
from pipelines.uploads.interpretation.template_mapping import template_mapping
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Sheet, Workbook

_CLEARLY: Final = 0.25  # how much higher the swapped reading must score to be chosen
_WIDEST_TO_SWAP: Final = 400  # rows of a sheet that may be read with rows and columns swapped
_NO_TABLE = to_translate("Ingen tabell med värden hittades.")
_OUR_FINDINGS = to_translate("Bladet är vår egen lista med anmärkningar.")
_HIDDEN = to_translate("Bladet är dolt.")
_SWAPPED = to_translate("Bladet är liggande: rader och kolumner byter plats. {rest}")


def guess_mapping(workbook: Workbook, context: UploadContext, names: NameLookup | None = None) -> FileMapping:
    """Guess how a file is read, unless it is our own template."""
    names = names or NameLookup.of(context)
    if template := template_mapping(workbook, context):
        return template
    sheets: list[SheetMapping] = []
    for sheet in workbook.sheets:
        sheets.extend(_guess_sheet(sheet, workbook, names))
    return FileMapping(tuple(sheets), layout_key(workbook, sheets))


def guess_sheet(
    sheet: Sheet, workbook: Workbook, names: NameLookup, *, is_transposed: bool
) -> list[SheetMapping]:
    """Guess how one sheet is read, its tables from top to bottom, straight or with rows and columns swapped."""
    grid = OrientedSheet.of(sheet, is_transposed=is_transposed)
    return [guess.mapping for guess in _guess_tables(grid, names, workbook)]


def _guess_tables(grid: OrientedSheet, names: NameLookup, workbook: Workbook) -> list[TableGuess]:
    return [TableGuess(grid, table, names, workbook) for table in find_tables(grid, names)]


def _guess_sheet(sheet: Sheet, workbook: Workbook, names: NameLookup) -> list[SheetMapping]:
    if sheet.is_hidden:
        return [SheetMapping(sheet.name, is_read=False, why=Message(_HIDDEN))]
    if sheet.name.startswith(FINDINGS_SHEET):
        return [SheetMapping(sheet.name, is_read=False, why=Message(_OUR_FINDINGS))]
    straight = _guess_tables(OrientedSheet.of(sheet), names, workbook)
    if sheet.cells.shape[0] <= _WIDEST_TO_SWAP and sheet.cells.shape[1] <= _WIDEST_TO_SWAP:
        swapped = _guess_tables(OrientedSheet.of(sheet, is_transposed=True), names, workbook)
        if _score_reading(swapped) > _score_reading(straight) + _CLEARLY:
            return [
                replace(guess.mapping, why=Message(_SWAPPED, rest=guess.mapping.why or ""))
                for guess in swapped
            ]
    return [guess.mapping for guess in straight] or [
        SheetMapping(sheet.name, is_read=False, why=Message(_NO_TABLE))
    ]


def _score_reading(guesses: Sequence[TableGuess]) -> float:
    """Score a reading by what it says of each cell: its measure, place and period, and what is beside it."""
    worth, cells = 0.0, 0
    for guess in guesses:
        table = guess.mapping
        rows = table.last_row - table.first_row + 1
        roles = {column.role for column in table.columns}
        cells += rows * guess.columns_left_out
        for column in table.columns:
            if column.role is not ColumnRole.VALUE:
                continue
            measured = 1.0 if column.measure_id or table.measure_id else guess.share_of_measures
            has_place = (
                bool(column.municipality_code or table.municipality_code) or ColumnRole.MUNICIPALITY in roles
            )
            has_period = bool(column.period or table.period) or bool(
                {ColumnRole.PERIOD, ColumnRole.YEAR} & roles
            )
            has_beside = bool({ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON} & roles)
            worth += rows * (0.2 + 2.0 * measured + has_place + has_period + 0.5 * has_beside)
            cells += rows
    return worth / cells if cells else 0.0
