"""The template as a text file."""

import csv
from io import StringIO

from domain.reporting_template import (
    HEADINGS,
    MARK,
)
from language.formula_guard import guard_formula
from pipelines.uploads.template.rows import row_cells, template_id, template_rows
from pipelines.uploads.upload_context import UploadContext


def template_csv(context: UploadContext) -> bytes:
    """The template as text: the id, the headings, then one line per value. UTF-8 with a byte order mark, `;` and decimal comma.

    Raises `NothingToReportError`.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([MARK, *str(template_id(context)).split(";")])
    writer.writerow(HEADINGS)
    for row in template_rows(context):
        writer.writerow([_as_text(cell) for cell in row_cells(row).values()])
    return target.getvalue().encode("utf-8-sig")


def _as_text(cell: str | float | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = " ".join(cell.split("\n"))
        return guard_formula(text)
    return repr(cell).removesuffix(".0").replace(".", ",")
