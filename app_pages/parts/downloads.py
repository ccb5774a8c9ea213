"""Download a table: Excel and CSV, as displayed or in full, always with title, source, date and method.

The files are made when somebody asks for them, so that no page waits for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pandas as pd
import streamlit as st
import xlsxwriter

from app_pages.parts.theme import FILL_INK
from app_pages.parts.words import Translate, _, translator
from domain.comparison import Colour
from domain.message import to_translate
from domain.release import Release
from language.formula_guard import guard_formula
from language.numbers import day

COLOUR_NOTE: Final = to_translate("Färgen visar läget jämfört med andra, inte om resultatet är bra i sig.")
MADE_UP_NOTE: Final = to_translate("Påhittade demonstrationsvärden. De säger ingenting om verkliga kommuner.")
EXCEL_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Export:
    """What is taken along. `shown` is the table as on the page, `full` one row a value with every detail.

    `about` holds (heading, text) pairs for the sheet that says what the table is.
    """

    file_name: str
    title: str
    shown: pd.DataFrame
    full: pd.DataFrame
    about: tuple[tuple[str, str], ...]
    is_made_up: bool
    decimals: int = 1


def about(
    *, title: str, subtitle: str, release: Release, source: str, method: tuple[str, ...], translate: Translate
) -> tuple[tuple[str, str], ...]:
    """Return the pairs that every export carries."""
    made_up = ((translate("Observera"), translate(MADE_UP_NOTE)),) if release.is_made_up else ()
    return (
        *made_up,
        (translate("Titel"), title),
        (translate("Urval"), subtitle),
        (translate("Källa"), source),
        (translate("Känt"), day(release.known_at)),
        (translate("Färg"), translate(COLOUR_NOTE)),
        *((translate("Metod"), sentence) for sentence in method),
    )


def excel(export: Export, *, translate: Translate = lambda text: text) -> bytes:
    """Return a workbook with the table as displayed, every value in full, and a sheet that describes it."""
    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(
            {"title": export.title, "subject": dict(export.about).get(translate("Källa"), "")}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        warning = book.add_format({"bold": True, "font_color": FILL_INK[Colour.RED]})
        pattern = "#,##0" + ("." + "0" * export.decimals if export.decimals else "")
        numeric = book.add_format({"num_format": pattern})
        for name, table in ((translate("Visat"), export.shown), (translate("Alla värden"), export.full)):
            sheet = book.add_worksheet(name)
            top = 0
            if export.is_made_up:
                sheet.write_string(0, 0, translate(MADE_UP_NOTE), warning)
                top = 1
            _write_table(sheet, table, top, bold, numeric)
        sheet = book.add_worksheet(translate("Om"))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 100)
        for row, (heading, text) in enumerate(export.about):
            sheet.write_string(row, 0, heading, bold)
            sheet.write_string(row, 1, text, wrapped)
    return target.getvalue()


def _write_table(
    sheet: "xlsxwriter.worksheet.Worksheet", table: pd.DataFrame, top: int, bold: object, numeric: object
) -> None:
    """Write numbers as numbers, other values as text, and nothing for missing ones."""
    for column, name in enumerate(table.columns):
        sheet.write_string(top, column, str(name), bold)
        texts = [str(name)]
        for row, value in enumerate(table[name].tolist(), start=top + 1):
            if value is None or value is pd.NA or (isinstance(value, float) and value != value):
                continue
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                sheet.write_string(row, column, str(value))
                texts.append(str(value))
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_number(row, column, value, numeric)
        sheet.set_column(column, column, min(max(map(len, texts)) + 2, 48))
    sheet.freeze_panes(top + 1, 1)
    if len(table):
        sheet.autofilter(top, 0, top + len(table), len(table.columns) - 1)


def csv(export: Export, *, is_full: bool, translate: Translate = lambda text: text) -> bytes:
    """Semicolons and decimal comma, as Swedish spreadsheets read it; one heading line, source on every line.

    UTF-8 with a byte-order mark, because Excel otherwise takes it for the old code page.
    """
    table = (export.full if is_full else export.shown).copy()
    facts = dict(export.about)
    for heading in (translate("Källa"), translate("Känt")):
        table[heading] = facts.get(heading, "")
    if export.is_made_up:
        table[translate("Observera")] = translate(MADE_UP_NOTE)
    table.columns = pd.Index([guard_formula(str(name)) for name in table.columns])
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            texts = [_as_text(value) for value in table[name].tolist()]
            table[name] = pd.Series(texts, index=table.index, dtype=object)
    return table.to_csv(sep=";", decimal=",", index=False, lineterminator="\r\n").encode("utf-8-sig")


def _as_text(value: object) -> object:
    """Return a cell of a mixed column as text: its numbers get a decimal comma too."""
    if isinstance(value, float):
        return "" if value != value else str(value).replace(".", ",")
    return guard_formula(value) if isinstance(value, str) else value


def menu(
    make: Callable[[], Export], *, key: str, file_name: str, also: Callable[[], None] | None = None
) -> None:
    """A small menu with the files. `make` is called when a file is asked for, never before.

    `also` puts more into the menu, such as pictures.
    """
    translate = translator()
    with st.popover(_("Ladda ner"), key=f"{key}-downloads"):
        st.download_button(
            _("Excel"),
            lambda: excel(make(), translate=translate),
            file_name=f"{file_name}.xlsx",
            mime=EXCEL_TYPE,
            key=f"{key}-excel",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("CSV, som visat"),
            lambda: csv(make(), is_full=False, translate=translate),
            file_name=f"{file_name}.csv",
            mime="text/csv",
            key=f"{key}-csv-shown",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("CSV, alla värden"),
            lambda: csv(make(), is_full=True, translate=translate),
            file_name=f"{file_name}-{_('alla')}.csv",
            mime="text/csv",
            key=f"{key}-csv-full",
            on_click="ignore",
            width="stretch",
        )
        if also is not None:
            also()
