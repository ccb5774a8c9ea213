"""A preview of the sheet as it is in the file, with what each column is read as above it in words.

Rows and columns carry the names that the spreadsheet gives them, so that C14 here is C14 there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from app_pages.parts.period_words import period_name
from app_pages.parts.templates import render_template
from app_pages.parts.words import _, language
from domain.upload import ROLE_NAMES, Address, ColumnMapping, ColumnRole, Finding, SheetMapping
from language.enum_words import GENDER_WORDS
from language.numbers import number
from language.rendering import render
from spreadsheets.workbook import Sheet

MOST_ROWS: Final = 30
MOST_FURTHER_ROWS: Final = 12  # of those that hold own values or findings, below the first ones
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 60
VALUES: Final = frozenset({ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.REASON})


@dataclass(frozen=True, slots=True)
class Marks:
    """Findings and own values of one sheet, by (row, column) from 1, and the rows that are not read."""

    findings: Mapping[tuple[int, int], Finding]
    own: Collection[tuple[int, int]]
    left_out: Mapping[int, str]  # row of the sheet → why, in words


@dataclass(frozen=True, slots=True)
class Lane:
    """What a column (a row of a transposed sheet) is read as, in words, and why."""

    role: ColumnRole
    text: str
    why: str
    is_by_hand: bool


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """The head of a column of the sheet."""

    letters: str
    lane: Lane
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell with its classes, and the sign and message of its finding, if any."""

    kinds: str
    text: str
    sign: str
    message: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet; `why` says in words why it is not among the values. lane: only where the sheet is transposed."""

    number: int
    kind: str
    why: str
    lane: Lane | None
    cells: list[PreviewCell]


def render_preview(
    sheet: Sheet, mapping: SheetMapping, marks: Marks, measure_names: Mapping[str, str]
) -> Markup:
    """Return the first rows and columns as a table. What is left out, hidden or odd is in words, never only in colour."""
    row_count, column_count = sheet.cells.shape
    shown_rows, shown_columns = min(row_count, MOST_ROWS), min(column_count, MOST_COLUMNS)
    lanes = {lane.column: lane for lane in mapping.columns}
    columns = [
        PreviewColumn(
            letters=column_letters(column),
            lane=_lane(None if mapping.is_transposed else lanes.get(column), measure_names),
            is_hidden=column in sheet.hidden_columns,
        )
        for column in range(1, shown_columns + 1)
    ]
    further = _further_rows(sheet, mapping, marks, shown_rows)
    caption = (
        _("Bladet ”{sheet}” så som det ligger i filen").format(sheet=mapping.sheet)
        if mapping.sheet
        else _("Filen så som den ligger")
    )

    def preview_row(row: int) -> PreviewRow:
        why = _row_words(sheet, mapping, marks, row)
        is_heading = row in mapping.heading_rows and not mapping.is_transposed
        return PreviewRow(
            number=row,
            kind=("heading" if is_heading else "out") if why else "",
            why=why,
            lane=_lane(lanes.get(row), measure_names) if mapping.is_transposed else None,
            cells=[
                _cell(sheet, marks, row, column, lanes.get(row if mapping.is_transposed else column))
                for column in range(1, shown_columns + 1)
            ],
        )

    return render_template(
        "upload/preview.html",
        caption=caption,
        is_transposed=mapping.is_transposed,
        columns=columns,
        rows=[preview_row(row) for row in range(1, shown_rows + 1)],
        further_rows=[preview_row(row) for row in further],
        rest=_rest(row_count, column_count, shown_rows + len(further), shown_columns),
    )


def _further_rows(sheet: Sheet, mapping: SheetMapping, marks: Marks, shown_rows: int) -> list[int]:
    """The rows with own values or findings below the first ones."""
    if mapping.is_transposed:
        return []
    rows = {row for row, _column in (*marks.own, *marks.findings) if shown_rows < row <= sheet.cells.shape[0]}
    return sorted(rows)[:MOST_FURTHER_ROWS]


def lane_words(lane: ColumnMapping | None, measure_names: Mapping[str, str]) -> str:
    """What a column is read as: “värde: Trygghet · 2023 · kvinnor”."""
    if lane is None:
        return _(ROLE_NAMES[ColumnRole.IGNORED])
    facts = []
    if lane.measure_id:
        facts.append(measure_names.get(lane.measure_id, lane.measure_id))
    if lane.period:
        facts.append(period_name(lane.period))
    if lane.gender is not None:
        facts.append(_(GENDER_WORDS[lane.gender]))
    if lane.municipality_code:
        facts.append(lane.municipality_code)
    role = _(ROLE_NAMES[lane.role])
    return f"{role}: {' · '.join(facts)}" if facts else role


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
    """A number with all its decimals; thousands are not grouped, since it may be a year."""
    text = f"{value:.10g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 0
    return (
        number(value, decimals, language())
        if abs(value) >= 10_000
        else text.replace(".", "," if language() == "sv" else ".").replace("-", "\u2212")
    )


def _cell(sheet: Sheet, marks: Marks, row: int, column: int, lane: ColumnMapping | None) -> PreviewCell:
    text = cell_text(sheet, row, column)
    kinds = [str(lane.role if lane else ColumnRole.IGNORED)]
    if isinstance(sheet.cells[row - 1, column - 1], (int, float)):
        kinds.append("figure")
    if (row, column) in marks.own:
        kinds.append("own")
    finding = marks.findings.get((row, column))
    if finding is not None:
        kinds.append("stops" if finding.stops else "odd")
    return PreviewCell(
        kinds=" ".join(kinds),
        text=text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…",
        sign="✕" if finding is not None and finding.stops else "!",
        message=render(finding.message, _) if finding is not None else "",
    )


def _row_words(sheet: Sheet, mapping: SheetMapping, marks: Marks, row: int) -> str:
    """Why a row is not among the values (heading, hidden, a mean, a title or a note), or an empty string."""
    if row in sheet.hidden_rows:
        return _("dold, läses inte")
    if row in marks.left_out:
        return marks.left_out[row]
    if mapping.is_transposed or not mapping.is_read:
        return ""
    if row in mapping.heading_rows:
        return _("rubrik")
    return "" if mapping.first_row <= row <= mapping.last_row else _("läses inte")


def _lane(lane: ColumnMapping | None, measure_names: Mapping[str, str]) -> Lane:
    return Lane(
        role=lane.role if lane is not None else ColumnRole.IGNORED,
        text=lane_words(lane, measure_names),
        why=render(lane.why, _) if lane is not None and lane.why else "",
        is_by_hand=lane is not None and lane.is_by_hand,
    )


def column_letters(column: int) -> str:
    """“C” for the third column, as the spreadsheet names it."""
    return Address("", 1, column).cell[:-1]


def _rest(rows: int, columns: int, shown_rows: int, shown_columns: int) -> str:
    """How many rows and columns are read but not shown, or an empty string."""
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
    return text.format(**counts)
