"""The sheet of the template that is filled in."""

from math import ceil
from typing import Any

from domain.message import to_translate
from domain.reporting_template import (
    COLUMNS,
    DEFINITIONS_SHEET,
    HEADING_ROW,
    ID_ROW,
    MARK,
)
from domain.upload import ColumnRole
from domain.value import Gender
from pipelines.uploads.template.columns import column_index, column_letter
from pipelines.uploads.template.formats import (
    LINE_POINTS,
    TemplateFormats,
    count_lines,
)
from pipelines.uploads.template.rows import TemplateRow, row_cells, template_id
from pipelines.uploads.template.texts import FILLED, HELP, TITLE, Translate, fill_in
from pipelines.uploads.template.validations import cell_validations
from pipelines.uploads.upload_context import UploadContext


def write_reporting(
    sheet: Any,  # noqa: ANN401
    context: UploadContext,
    rows: tuple[TemplateRow, ...],
    definition_rows: dict[str, int],
    formats: TemplateFormats,
    translate: Translate,
) -> None:
    for column_number, column in enumerate(COLUMNS):
        sheet.set_column(column_number, column_number, column.width)
        sheet.write_string(HEADING_ROW - 1, column_number, column.heading, formats.head)
    sheet.set_row(HEADING_ROW - 1, 2 * LINE_POINTS)
    sheet.write_string(0, 0, fill_in(TITLE, context, translate), formats.title)
    sheet.write_string(ID_ROW - 1, 0, f"{MARK};{template_id(context)}", formats.quiet)
    sheet.write_string(HEADING_ROW - 2, 0, translate(HELP), formats.help)

    for row_number, row in enumerate(rows, start=HEADING_ROW):
        _write_row(sheet, row_number, row, definition_rows, formats, translate)
    for start in range(HEADING_ROW, HEADING_ROW + len(rows), len(Gender)):
        row = rows[start - HEADING_ROW]
        where = column_index("Vad som räknas")
        sheet.merge_range(start, where, start + len(Gender) - 1, where, "", formats.cell)
        sheet.write_string(start, where, row.hint, formats.cell)
        height = ceil(max(count_lines(row.hint, 40), 2 * len(Gender)) / len(Gender))
        for gender_row in range(start, start + len(Gender)):
            sheet.set_row(gender_row, LINE_POINTS * height)

    first, last = HEADING_ROW + 1, HEADING_ROW + len(rows)
    value, reason = column_letter(ColumnRole.VALUE), column_letter(ColumnRole.REASON)
    sheet.conditional_format(
        f"{value}{first}:{reason}{last}",
        {
            "type": "formula",
            "criteria": f'=AND(${value}{first}<>"",${reason}{first}<>"")',
            "format": formats.wrong,
        },
    )
    counted = f'SUMPRODUCT(--((({value}{first}:{value}{last}<>"")+({reason}{first}:{reason}{last}<>""))>0))'
    filled = sum(row.now is not None and not row.is_hidden for row in rows)
    label = column_index("Kommentar")
    sheet.write_string(ID_ROW - 1, label, f"{translate(FILLED)} ({len(rows)}):", formats.quiet)
    sheet.write_formula(HEADING_ROW - 2, label, f"={counted}", formats.help, filled)

    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(ColumnRole.GENDER)}{last}"})
    sheet.freeze_panes(HEADING_ROW, column_index("Enhet"))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW - 1)
    sheet.print_area(0, 0, last - 1, len(COLUMNS) - 1)
    sheet.set_selection(HEADING_ROW, column_index("Värde"), HEADING_ROW, column_index("Värde"))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_row(
    sheet: Any,  # noqa: ANN401
    row_number: int,
    row: TemplateRow,
    definition_rows: dict[str, int],
    formats: TemplateFormats,
    translate: Translate,
) -> None:
    definition = row.measure.definition
    for column, (heading, cell) in enumerate(row_cells(row).items()):
        kind = COLUMNS[column]
        look = formats.cell
        if kind.role is ColumnRole.VALUE:
            look = formats.number_format(definition.decimals, is_input=True)
        elif kind.role is ColumnRole.BASIS:
            look = formats.count
        elif kind.role is ColumnRole.COMMENT:
            look = formats.comment
        elif kind.is_input:
            look = formats.field
        elif isinstance(cell, float):
            look = formats.number_format(definition.decimals, is_input=False)
        if heading == "Vad som räknas":
            continue  # one cell for all three rows
        if cell is None:
            sheet.write_blank(row_number, column, None, look)
        elif isinstance(cell, str):
            sheet.write_string(row_number, column, cell, look)
        else:
            sheet.write_number(row_number, column, cell, look)
    if row.gender is Gender.TOTAL:
        target = f"internal:'{DEFINITIONS_SHEET}'!A{definition_rows[row.measure.id]}"
        sheet.write_url(row_number, column_index("Mått"), target, formats.cell, definition.name)
    if row.before is not None and row.period.year in row.measure.break_years:
        note = translate(
            to_translate("Definitionen ändrades {year}. Talen före och efter går inte att jämföra.")
        )
        sheet.write_comment(row_number, column_index("Året innan"), note.format(year=row.period.year))
    if row.is_hidden:
        note = translate(
            to_translate(
                "Det som är publicerat här visas inte, eftersom underlaget är för litet. Fyll i det igen om det ska ändras."
            )
        )
        sheet.write_comment(row_number, column_index("Värde"), note)
    for role, validation in cell_validations(definition, translate).items():
        column = next(
            number for number, column_of_template in enumerate(COLUMNS) if column_of_template.role is role
        )
        sheet.data_validation(row_number, column, row_number, column, validation)
    if definition.smallest_basis:
        value, basis = (
            f"${column_letter(role)}{row_number + 1}" for role in (ColumnRole.VALUE, ColumnRole.BASIS)
        )
        sheet.conditional_format(
            row_number,
            column_index("Underlag, antal"),
            row_number,
            column_index("Underlag, antal"),
            {"type": "formula", "criteria": f'=AND({value}<>"",{basis}="")', "format": formats.missing},
        )
