"""The sheet itself as it lies, with what each column is taken for written above it in words.

Rows and columns carry the names that the spreadsheet gives them, so that C14 here is C14 there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from app_pages.parts.charts.wording import GENDER
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language
from domain.upload import ROLE_NAMES, Address, ColumnMapping, Finding, Role, SheetMapping
from language.numbers import number
from language.rendering import render
from spreadsheets.workbook import Sheet

MOST_ROWS: Final = 30
MOST_FURTHER_ROWS: Final = 12  # of those that hold own values or findings, below the first ones
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 60
VALUES: Final = frozenset({Role.VALUE, Role.BASIS, Role.REASON})


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands at the cells of one sheet, by (row, column) from 1: found to be wrong or odd, and own values."""

    findings: Mapping[tuple[int, int], Finding]
    own: Collection[tuple[int, int]]
    left_out: Mapping[int, str]  # row of the sheet → why, in words


def preview(sheet: Sheet, mapping: SheetMapping, marks: Marks, measure_names: Mapping[str, str]) -> str:
    """The first rows and columns as a table; what is left out, hidden or odd is said in words, never by colour alone."""
    rows, columns = sheet.cells.shape
    shown_rows, shown_columns = min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)
    lanes = {one.column: one for one in mapping.columns}
    lane_of_row = lanes if mapping.is_transposed else {}
    lane_of_column = {} if mapping.is_transposed else lanes
    letters = "".join(
        f'<th scope="col"{_tint(lane_of_column.get(column))}>{_letters(column)}'
        f"{_hidden(column in sheet.hidden_columns)}</th>"
        for column in range(1, shown_columns + 1)
    )
    head = f'<tr><th class="corner"><span class="unseen">{escape(_("rad"))}</span></th>'
    if mapping.is_transposed:
        head += f'<th class="corner">{escape(_("läses som"))}</th>'
    head += f"{letters}</tr>"
    if not mapping.is_transposed:
        told = "".join(
            f"<td{_tint(lane)}>{_lane(lane, measure_names)}</td>"
            for column in range(1, shown_columns + 1)
            for lane in [lane_of_column.get(column)]
        )
        head += f'<tr class="lanes"><th scope="row">{escape(_("läses som"))}</th>{told}</tr>'
    further = _further_rows(sheet, mapping, marks, shown_rows)
    body = "".join(
        _row(sheet, mapping, marks, row, shown_columns, lane_of_row, lane_of_column, measure_names)
        if row
        else f'<tr class="gap"><th scope="row">…</th><td colspan="{shown_columns + mapping.is_transposed}"></td></tr>'
        for row in (*range(1, shown_rows + 1), *((0, *further) if further else ()))
    )
    caption = (
        _("Bladet ”{sheet}” så som det ligger i filen").format(sheet=mapping.sheet)
        if mapping.sheet
        else _("Filen så som den ligger")
    )
    return (
        f'<div class="scroll sheet" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f'<caption class="unseen">{escape(caption)}</caption><thead>{head}</thead><tbody>{body}</tbody></table></div>'
        f"{_rest(rows, columns, shown_rows + len(further), shown_columns)}"
    )


def _further_rows(sheet: Sheet, mapping: SheetMapping, marks: Marks, shown_rows: int) -> list[int]:
    """The rows below the first ones that concern the reader: own values and findings."""
    if mapping.is_transposed:
        return []
    rows = {row for row, _column in (*marks.own, *marks.findings) if shown_rows < row <= sheet.cells.shape[0]}
    return sorted(rows)[:MOST_FURTHER_ROWS]


def lane_words(lane: ColumnMapping | None, measure_names: Mapping[str, str]) -> str:
    """What a column is taken for: “värde: Trygghet · 2023 · kvinnor”."""
    if lane is None:
        return _(ROLE_NAMES[Role.IGNORED])
    facts = []
    if lane.measure_id:
        facts.append(measure_names.get(lane.measure_id, lane.measure_id))
    if lane.period:
        facts.append(period_name(lane.period))
    if lane.gender is not None:
        facts.append(_(GENDER[lane.gender]))
    if lane.municipality_code:
        facts.append(lane.municipality_code)
    role = _(ROLE_NAMES[lane.role])
    return f"{role}: {' · '.join(facts)}" if facts else role


def cell_name(row: int, column: int) -> str:
    return Address("", row, column).cell


def cell_text(sheet: Sheet, row: int, column: int) -> str:
    """A cell as a person would write it: decimal comma, per cent, day; the spreadsheet's own word for an error."""
    if (error := sheet.errors.get((row, column))) is not None:
        return error
    value = sheet.cells[row - 1, column - 1]
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("SANT") if value else _("FALSKT")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (int, float)):
        is_percent = sheet.is_percent is not None and bool(sheet.is_percent[row - 1, column - 1])
        return _numeric(float(value) * 100) + "\u00a0%" if is_percent else _numeric(float(value))
    return str(value)


def _numeric(value: float) -> str:
    """As exact as it was written; thousands are not grouped, since it may be a year."""
    text = f"{value:.10g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 0
    return (
        number(value, decimals, language())
        if abs(value) >= 10_000
        else text.replace(".", "," if language() == "sv" else ".").replace("-", "\u2212")
    )


def _row(
    sheet: Sheet,
    mapping: SheetMapping,
    marks: Marks,
    row: int,
    shown_columns: int,
    lane_of_row: Mapping[int, ColumnMapping],
    lane_of_column: Mapping[int, ColumnMapping],
    measure_names: Mapping[str, str],
) -> str:
    why = _row_words(sheet, mapping, marks, row)
    kind = (
        ""
        if not why
        else ' class="heading"'
        if row in mapping.heading_rows and not mapping.is_transposed
        else ' class="out"'
    )
    told = f"<small>{escape(why)}</small>" if why else ""
    cells = f'<th scope="row">{row}{told}</th>'
    if mapping.is_transposed:
        lane = lane_of_row.get(row)
        cells += f"<td{_tint(lane)}>{_lane(lane, measure_names)}</td>"
    for column in range(1, shown_columns + 1):
        lane = lane_of_row.get(row) if mapping.is_transposed else lane_of_column.get(column)
        cells += _cell(sheet, marks, row, column, lane)
    return f"<tr{kind}>{cells}</tr>"


def _cell(sheet: Sheet, marks: Marks, row: int, column: int, lane: ColumnMapping | None) -> str:
    text = cell_text(sheet, row, column)
    short = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
    kinds = [str(lane.role if lane else Role.IGNORED)]
    title, mark = "", ""
    if isinstance(sheet.cells[row - 1, column - 1], (int, float)):
        kinds.append("figure")
    if (row, column) in marks.own:
        kinds.append("own")
    finding = marks.findings.get((row, column))
    if finding is not None:
        kinds.append("stops" if finding.stops else "odd")
        message = render(finding.message, _)
        title = f' title="{escape(message)}"'
        mark = f'<i aria-hidden="true">{"✕" if finding.stops else "!"}</i><span class="unseen">{escape(message)} </span>'
    return f'<td class="{" ".join(kinds)}"{title}>{mark}{escape(short)}</td>'


def _row_words(sheet: Sheet, mapping: SheetMapping, marks: Marks, row: int) -> str:
    """Why a row is not among the values: heading, hidden, a mean, a title or a note."""
    if row in sheet.hidden_rows:
        return _("dold, läses inte")
    if row in marks.left_out:
        return marks.left_out[row]
    if mapping.is_transposed or not mapping.is_read:
        return ""
    if row in mapping.heading_rows:
        return _("rubrik")
    return "" if mapping.first_row <= row <= mapping.last_row else _("läses inte")


def _lane(lane: ColumnMapping | None, measure_names: Mapping[str, str]) -> str:
    words = escape(lane_words(lane, measure_names))
    by_hand = f" <small>{escape(_('vald för hand'))}</small>" if lane is not None and lane.is_by_hand else ""
    title = f' title="{escape(render(lane.why, _))}"' if lane is not None and lane.why else ""
    return f"<span{title}>{words}</span>{by_hand}"


def _tint(lane: ColumnMapping | None) -> str:
    return f' class="{lane.role if lane else Role.IGNORED}"'


def _hidden(is_hidden: bool) -> str:
    return f" <small>{escape(_('dold, läses inte'))}</small>" if is_hidden else ""


def _letters(column: int) -> str:
    return Address("", 1, column).cell[:-1]


def _rest(rows: int, columns: int, shown_rows: int, shown_columns: int) -> str:
    """What the preview has no room for; it is read all the same."""
    rows_left, columns_left = rows - shown_rows, columns - shown_columns
    counts = {
        "rows": number(max(rows_left, 0), 0, language()),
        "columns": number(max(columns_left, 0), 0, language()),
    }
    if rows_left > 0 and columns_left > 0:
        text = _("… och {rows} rader och {columns} kolumner till, som läses på samma sätt.")
    elif rows_left > 0:
        text = _("… och {rows} rader till, som läses på samma sätt.")
    elif columns_left > 0:
        text = _("… och {columns} kolumner till, som läses på samma sätt.")
    else:
        return ""
    return f'<p class="chart-notes">{escape(text.format(**counts))}</p>'
