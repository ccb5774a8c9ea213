"""The two sheets of the template that are only read: instructions and definitions."""

from typing import Any, Final

from domain.audit import FIELD_NAMES
from domain.network_measure import INTERVAL_NAMES, MeasureDefinition
from domain.reporting_template import (
    DEFINITIONS_SHEET,
)
from pipelines.uploads.template.formats import (
    LINE_POINTS,
    TemplateFormats,
    count_lines,
)
from pipelines.uploads.template.texts import INSTRUCTIONS, TITLE, Translate, fill_in
from pipelines.uploads.upload_context import UploadContext

_DEFINITION_FIELDS: Final = (
    "resident_sentence",
    "included",
    "not_included",
    "service_and_overheads",
    "numerator",
    "denominator",
    "unit",
    "interval",
    "smallest_basis",
    "data_source",
    "responsible",
    "not_to_be_used_for",
    "changed_because",
)


def write_instructions(
    sheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    context: UploadContext,
    formats: TemplateFormats,
    translate: Translate,
) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, fill_in(TITLE, context, translate), formats.title)
    instructions = [
        instruction
        for instruction in INSTRUCTIONS
        if context.network.contact or "{contact}" not in instruction[1]
    ]
    for row, (heading, text) in enumerate(instructions, start=2):
        filled = fill_in(text, context, translate)
        sheet.write_string(row, 0, translate(heading), formats.bold)
        sheet.write_string(row, 1, filled, formats.text)
        sheet.set_row(row, LINE_POINTS * count_lines(filled, 92))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def write_definitions(
    sheet: Any,  # noqa: ANN401
    context: UploadContext,
    formats: TemplateFormats,
    translate: Translate,
) -> dict[str, int]:
    """Write every requested measure with its definition. Return the row of each measure, counted from 1."""
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, DEFINITIONS_SHEET, formats.title)
    definition_rows: dict[str, int] = {}
    row = 2
    for measure in dict.fromkeys(requested_measure for requested_measure, _ in context.requested):
        definition = measure.definition
        definition_rows[measure.id] = row + 1
        sheet.write_string(row, 0, definition.name, formats.head)
        sheet.write_string(row, 1, measure.id, formats.head)
        row += 1
        for name in _DEFINITION_FIELDS:
            text = _describe_measure(definition, name, translate)
            if not text:
                continue
            label = translate(FIELD_NAMES[name])
            sheet.write_string(row, 0, label[:1].upper() + label[1:], formats.bold)
            sheet.write_string(row, 1, text, formats.text)
            sheet.set_row(row, LINE_POINTS * count_lines(text, 92))
            row += 1
        row += 1
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return definition_rows


def _describe_measure(definition: MeasureDefinition, name: str, translate: Translate) -> str:
    value = getattr(definition, name)
    if name == "interval":
        return translate(INTERVAL_NAMES[value])
    return str(value) if value else ""
