"""The template as an Excel workbook: instructions, the sheet to fill in, and definitions."""

from io import BytesIO
from typing import Final

import xlsxwriter

from domain.reporting_template import (
    DEFINITIONS_SHEET,
    INSTRUCTIONS_SHEET,
    MARK,
    REPORTING_SHEET,
)
from pipelines.uploads.template.definition_sheets import write_definitions, write_instructions
from pipelines.uploads.template.formats import TemplateFormats
from pipelines.uploads.template.reporting_sheet import write_reporting
from pipelines.uploads.template.rows import template_id, template_rows
from pipelines.uploads.template.texts import TITLE, Translate, fill_in
from pipelines.uploads.upload_context import UploadContext

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def template_workbook(context: UploadContext, *, translate: Translate = lambda text: text) -> bytes:
    """The template as an Excel workbook. Headings and codes stay Swedish in every language, since the file is read back.

    Raises `NothingToReportError`.
    """
    rows = template_rows(context)
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_custom_property(MARK, str(template_id(context)))
        book.set_properties({"title": fill_in(TITLE, context, translate)})
        formats = TemplateFormats(book)
        instructions = book.add_worksheet(INSTRUCTIONS_SHEET)
        reporting = book.add_worksheet(REPORTING_SHEET)
        definitions = book.add_worksheet(DEFINITIONS_SHEET)
        write_instructions(instructions, context, formats, translate)
        definition_rows = write_definitions(definitions, context, formats, translate)
        write_reporting(reporting, context, rows, definition_rows, formats, translate)
        for sheet in (instructions, reporting, definitions):
            sheet.set_paper(9)  # A4
            sheet.set_margins(left=0.4, right=0.4)
            sheet.set_footer(f"&L{fill_in(TITLE, context, translate).replace('&', '&&')}&R&P/&N")
        reporting.activate()
    return target.getvalue()
