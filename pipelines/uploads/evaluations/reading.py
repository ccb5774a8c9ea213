"""A workbook with evaluation results → one row a result, with the cell that each of its fields stands in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from domain.errors.choices import UnreadablePeriodError
from domain.errors.fields import UnusableNameError
from domain.errors.files import NoEvaluationsError
from domain.message import Message, to_translate
from domain.naming import slug
from domain.period import Period
from domain.place import Place
from domain.reporting_template import FINDINGS_SHEET
from domain.upload import Address, Note
from pipelines.uploads.evaluations.columns import COLUMNS, FIELDS, HEADINGS
from pipelines.uploads.interpretation.place_names import PlaceNames
from spreadsheets.normalised_text import normalise_text
from spreadsheets.workbook import Sheet, Workbook
from spreadsheets.written_numbers import parse_number

ROWS_LOOKED_THROUGH: Final = 40  # for the headings; titles and instructions stand above them
FEWEST_HEADINGS: Final = 4
_DAY: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_YEAR_SPAN: Final = range(1950, 2101)
MOST_NOTES: Final = 100
_NOT_READ: Final = to_translate(
    "Bladet ”{sheet}” läses inte: det är dolt eller saknar rubrikerna för projektresultat."
)
_HIDDEN: Final = to_translate("Rad {row} är dold och läses inte.")
_OTHERS: Final = to_translate("Raden gäller {place} och publiceras inte: filen lämnas för {own}.")
_UNKNOWN: Final = to_translate(
    "Måttet ”{measure}” finns inte bland måtten här. Resultatet visas för sig, inte vid ett mått."
)


@dataclass(frozen=True)
class ReadEvaluations:
    """The results that a file holds. rows: `evaluation_schema`, with sheet and row; columns: where each field stands, by sheet."""

    workbook: Workbook
    rows: pd.DataFrame
    columns: Mapping[str, Mapping[str, int]]
    notes: tuple[Note, ...] = field(default=())

    def address(self, row: Any, name: str) -> Address:  # noqa: ANN401 - a row of `itertuples`
        """The cell of a field; of the row's first cell where the sheet has no such column."""
        return Address(row.sheet, int(row.row), self.columns[row.sheet].get(name, 1))


def read_evaluations(
    workbook: Workbook,
    *,
    place: Place,
    places: Mapping[str, Place],
    measures: Mapping[str, str],
) -> ReadEvaluations:
    """The results of every visible sheet that has the headings; those of other places are left out and said.

    measures: names by id, of the network's measures and of the catalogue. Raises `NoEvaluationsError`.
    """
    names = PlaceNames(places)
    by_name = {normalise_text(title): id_ for id_, title in reversed(list(measures.items()))}
    columns: dict[str, dict[str, int]] = {}
    rows: list[dict[str, object]] = []
    notes: list[Note] = list(workbook.notes)
    for sheet in workbook.sheets:
        heading = None if sheet.is_hidden or sheet.name.startswith(FINDINGS_SHEET) else _headings(sheet)
        if heading is None:
            notes.append(Note("sheet-not-read", Message(_NOT_READ, sheet=sheet.name)))
            continue
        first, columns[sheet.name] = heading
        for row in range(first + 1, sheet.cells.shape[0] + 1):
            if row in sheet.hidden_rows:
                if any(value is not None for value in sheet.cells[row - 1]):
                    notes.append(Note("hidden-row", Message(_HIDDEN, row=row), Address(sheet.name, row, 1)))
                continue
            texts = {name: _text(sheet, row, columns[sheet.name].get(name)) for name in FIELDS}
            if any(texts.values()):
                cells = {name: _cell(sheet, row, columns[sheet.name].get(name)) for name in FIELDS}
                rows.append(
                    {"sheet": sheet.name, "row": row, **_understood(texts, cells, names, by_name, measures)}
                )
    if not rows:
        raise NoEvaluationsError(file=workbook.file_name, headings=", ".join(HEADINGS.values()))
    table = pd.DataFrame(rows)
    is_others = (table["municipality_id"] != "") & (table["municipality_id"] != place.code)
    notes += [
        Note(
            "other-place",
            Message(_OTHERS, place=row["municipality_text"], own=place.name),
            Address(row["sheet"], row["row"], 1),
        )
        for row in table[is_others].head(MOST_NOTES).to_dict("records")
    ]
    own = table[~is_others].reset_index(drop=True)
    if own.empty:
        raise NoEvaluationsError(file=workbook.file_name, headings=", ".join(HEADINGS.values()))
    notes += [
        Note("unknown-measure", Message(_UNKNOWN, measure=text))
        for text in dict.fromkeys(
            own.loc[(own["measure_id"] == "") & (own["measure_text"] != ""), "measure_text"]
        )
    ][:MOST_NOTES]
    return ReadEvaluations(workbook, own, columns, tuple(notes))


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings and where each field stands, or None where no row has enough of them."""
    best: tuple[int, dict[str, int]] | None = None
    for row in range(1, min(ROWS_LOOKED_THROUGH, sheet.cells.shape[0]) + 1):
        columns: dict[str, int] = {}
        for column, value in enumerate(sheet.cells[row - 1].tolist(), start=1):
            name = (
                _field(normalise_text(value))
                if isinstance(value, str) and column not in sheet.hidden_columns
                else ""
            )
            if name and name not in columns:
                columns[name] = column
        is_enough = len(columns) >= FEWEST_HEADINGS and {"before", "after"} <= columns.keys()
        if is_enough and (best is None or len(columns) > len(best[1])):
            best = row, columns
    return best


def _field(heading: str) -> str:
    """The field of a heading that says it exactly, or begins with its longest name."""
    field_by_heading = {
        name: column.field for column in COLUMNS for name in (normalise_text(column.heading), *column.others)
    }
    if heading in field_by_heading:
        return field_by_heading[heading]
    begun = [
        name
        for name in field_by_heading
        if len(name) > 1 and heading.startswith((f"{name} ", f"{name},", f"{name}("))
    ]
    return field_by_heading[max(begun, key=len)] if begun else ""


def _understood(
    texts: Mapping[str, str],
    cells: Mapping[str, Any],
    names: PlaceNames,
    by_name: Mapping[str, str],
    measures: Mapping[str, str],
) -> dict[str, object]:
    place = names.read(cells["municipality_text"]) if texts["municipality_text"] else None
    code = place.code if place is not None else ""
    measure_id = _measure_id(texts["measure_text"], by_name, measures)
    days = {name: _day(cells[name]) for name in ("before_day", "after_day")}
    return {
        **{
            name: texts[name]
            for name in ("project", "municipality_text", "measure_text", "unit", "method", "reference")
        },
        "municipality_id": code,
        "measure_id": measure_id,
        **{name: _number(cells[name]) for name in ("before", "after", "person_count")},
        **days,
        **{
            f"{name}_text": texts[name]
            for name in ("before", "after", "person_count", "before_day", "after_day")
        },
        "result_id": _result_id(
            texts["project"], code, measure_id or texts["measure_text"], days["after_day"]
        ),
    }


def _measure_id(text: str, by_name: Mapping[str, str], measures: Mapping[str, str]) -> str:
    """By id, by a name that is the same, or by an id that the text begins with ("N15428 Behöriga …")."""
    first = text.split(maxsplit=1)[0].strip(".,:;") if text.split() else ""
    return next((name for name in (text, first) if name in measures), by_name.get(normalise_text(text), ""))


def _result_id(project: str, code: str, measure: str, day: str) -> str:
    """The same for the same thing, whoever uploads it; empty where something is missing."""
    try:
        parts = [slug(project), code, slug(measure), day]
    except UnusableNameError:
        return ""
    return ":".join(part for part in parts if part) if code else ""


def _cell(sheet: Sheet, row: int, column: int | None) -> Any:  # noqa: ANN401 - whatever a cell may hold
    return None if column is None else sheet.cells[row - 1, column - 1]


def _text(sheet: Sheet, row: int, column: int | None) -> str:
    """What a person sees in the cell."""
    if column is None:
        return ""
    if error := sheet.errors.get((row, column)):
        return error
    if (row, column) in sheet.unread_formulas:
        return "=…"
    value = sheet.cells[row - 1, column - 1]
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return " ".join(str(value).split())


def _number(cell: Any) -> float:  # noqa: ANN401
    if isinstance(cell, bool) or cell is None:
        return np.nan
    if isinstance(cell, (int, float)):
        return float(cell)
    number = parse_number(cell) if isinstance(cell, str) else None
    return np.nan if number is None else number.value


def _day(cell: Any) -> str:  # noqa: ANN401
    """`2023`, `2023-05` or `2023-05-01`; empty where the cell says nothing of the kind."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return str(int(cell)) if cell == cell and cell in _YEAR_SPAN else ""
    text = str(cell or "").strip()
    if _DAY.fullmatch(text):
        try:
            return datetime.fromisoformat(text).date().isoformat() if len(text) == 10 else text
        except ValueError:
            return ""
    try:
        period = Period.read(text)
    except UnreadablePeriodError:
        return ""
    return str(period.year)
