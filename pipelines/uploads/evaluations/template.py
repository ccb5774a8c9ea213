"""The template for results of projects: headings, hints and room for a page of results."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from domain.message import to_translate
from domain.place import Place
from pipelines.uploads.evaluations.columns import COLUMNS, EVALUATION_SHEET
from pipelines.uploads.template.formats import FIELD, HEAD, INK, LINE, LINE_POINTS, QUIET

ROOM: Final = 100
HEADING_ROW: Final = 3  # from 0
TITLE: Final = to_translate("Resultat av projekt i {place}")
HELP: Final = to_translate(
    "En rad per projekt och mått. Projekt, kommun, mått, före, efter och metod behövs. Skriv inga personuppgifter."
)


def evaluation_template(place: Place, *, translate: Callable[[str], str] = lambda text: text) -> bytes:
    """An Excel workbook for the municipality's projects. Headings stay Swedish, since they are read again."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        base = {"font_color": INK, "valign": "top", "text_wrap": True, "border": 1, "border_color": LINE}
        head = book.add_format({**base, "bold": True, "bg_color": HEAD, "font_color": "#ffffff"})
        hint = book.add_format({**base, "font_size": 9, "font_color": QUIET})
        field = book.add_format({**base, "bg_color": FIELD, "locked": False})
        title = book.add_format({"bold": True, "font_size": 16, "font_color": HEAD})
        sheet = book.add_worksheet(EVALUATION_SHEET)
        sheet.write_string(0, 0, translate(TITLE).format(place=place.name), title)
        sheet.write_string(1, 0, translate(HELP))
        last = HEADING_ROW + ROOM
        for number, column in enumerate(COLUMNS):
            sheet.set_column(number, number, column.width)
            sheet.write_string(HEADING_ROW - 1, number, translate(column.hint), hint)
            sheet.write_string(HEADING_ROW, number, column.heading, head)
            for row in range(HEADING_ROW + 1, last + 1):
                sheet.write_blank(row, number, None, field)
            if rule := _rule(column.field, translate):
                sheet.data_validation(HEADING_ROW + 1, number, last, number, rule)
        sheet.set_row(HEADING_ROW - 1, 4 * LINE_POINTS)
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        sheet.protect("", {"format_columns": True, "format_rows": True})
    return target.getvalue()


def _rule(name: str, translate: Callable[[str], str]) -> dict[str, Any] | None:
    if name in {"before", "after"}:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "error_message": translate(to_translate("Skriv ett tal.")),
        }
    if name == "person_count":
        return {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_message": translate(to_translate("Skriv ett helt tal som inte är mindre än 0.")),
        }
    return None
