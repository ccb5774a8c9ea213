"""Where in the controller's own sheet something stands or should stand, and what she calls its row and column."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final

from domain.period import Period
from domain.upload import Address, ColumnMapping, ColumnRole, SheetMapping
from domain.value import Gender
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext, UploadMeasure
from spreadsheets.normalised_text import normalise_text
from spreadsheets.workbook import CellArray

LABELS: Final = (
    ColumnRole.MUNICIPALITY,
    ColumnRole.MEASURE,
    ColumnRole.PERIOD,
    ColumnRole.YEAR,
    ColumnRole.PART,
    ColumnRole.GENDER,
)
MOST_ROWS_SOUGHT: Final = (
    5_000  # a missing value is looked for among so many; in a longer list it is told without its cell
)
LONGEST_NAME: Final = 80
_GENDER_LABELS: Final = {
    Gender.TOTAL: ("totalt", "alla", "samtliga"),
    Gender.WOMEN: ("kvinnor", "flickor"),
    Gender.MEN: ("män", "pojkar"),
}


class CellLocator:
    """The rows and columns of one file, as it was understood."""

    def __init__(self, interpreted: InterpretedFile, context: UploadContext) -> None:
        self._known = context
        self._sheets = {sheet.name: sheet for sheet in interpreted.workbook.sheets}
        self._mappings = {sheet.sheet: sheet for sheet in interpreted.mapping.sheets if sheet.is_read}
        self._numbers = {
            sheet.name: place for place, sheet in enumerate(interpreted.workbook.sheets, start=1)
        }
        self._has_many = len(self._mappings) > 1

    def cell_id(self, address: Address) -> str:
        """The cell in an id that is easy to type: `C14`, or `blad2.C14` in a file of which several sheets are read."""
        return f"blad{self._numbers.get(address.sheet, 0)}.{address.cell}" if self._has_many else address.cell

    def names(self, address: Address) -> tuple[str, str]:
        """What the sheet calls the row and the column of a cell; empty where it does not say."""
        mapping = self._mappings.get(address.sheet)
        if mapping is None:
            return "", ""
        cells = self._cells(mapping)
        row, column = (
            (address.column, address.row) if mapping.is_transposed else (address.row, address.column)
        )
        labels = (self._text(cells, row, column) for column in mapping.columns if column.role in LABELS)
        row_name = " · ".join(text for text in labels if text)[:LONGEST_NAME]
        column_name = next(
            (candidate.heading for candidate in mapping.columns if candidate.column == column), ""
        )[:LONGEST_NAME]
        return (column_name, row_name) if mapping.is_transposed else (row_name, column_name)

    def basis_of(self, address: Address) -> Address | None:
        """The cell that tells how many stand behind the value of a cell, if the layout has one."""
        mapping = self._mappings.get(address.sheet)
        if mapping is None:
            return None
        across = address.row if mapping.is_transposed else address.column
        value = next((candidate for candidate in mapping.columns if candidate.column == across), None)
        bases = [
            candidate.column
            for candidate in mapping.columns
            if candidate.role is ColumnRole.BASIS
            and value is not None
            and all(
                mine in {None, "", theirs}
                for mine, theirs in (
                    (candidate.measure_id, value.measure_id),
                    (candidate.period, value.period),
                    (candidate.gender, value.gender),
                )
            )
        ]
        if len(bases) != 1:
            return None
        if mapping.is_transposed:
            return Address(address.sheet, bases[0], address.column)
        return Address(address.sheet, address.row, bases[0])

    def should_stand(self, measure: UploadMeasure, period: Period, gender: Gender) -> Address | None:
        """The empty cell where a value of the municipality would be read, if the layout tells."""
        for mapping in self._mappings.values():
            for column in mapping.columns:
                if column.role is not ColumnRole.VALUE:
                    continue
                sought = self._sought(mapping, column, measure, period, gender)
                row = None if sought is None else self._row_with(mapping, sought)
                if row is not None:
                    at = (column.column, row) if mapping.is_transposed else (row, column.column)
                    return Address(mapping.sheet, *at)
        return None

    def _sought(
        self,
        mapping: SheetMapping,
        column: ColumnMapping,
        measure: UploadMeasure,
        period: Period,
        gender: Gender,
    ) -> Mapping[ColumnRole, frozenset[str]] | None:
        """What a row must say, beside what the column and the sheet say; nothing if these say something else."""
        place = self._known.place
        fixed_gender = column.gender or mapping.gender
        labels = (
            (
                ColumnRole.MEASURE,
                column.measure_id or mapping.measure_id,
                measure.id,
                (measure.definition.name, measure.variable_name),
            ),
            (ColumnRole.PERIOD, column.period or mapping.period, str(period), ()),
            (ColumnRole.GENDER, str(fixed_gender or ""), str(gender), _GENDER_LABELS[gender]),
            (
                ColumnRole.MUNICIPALITY,
                column.municipality_code or mapping.municipality_code,
                place.code,
                (place.name, place.code.lstrip("0")),
            ),
        )
        sought: dict[ColumnRole, frozenset[str]] = {}
        for role, fixed, value_wanted, also in labels:
            if fixed and fixed != value_wanted:
                return None
            if not fixed:
                sought[role] = frozenset(normalise_text(word) for word in (value_wanted, *also) if word)
        return sought

    def _row_with(self, mapping: SheetMapping, sought: Mapping[ColumnRole, frozenset[str]]) -> int | None:
        """The first row whose labels say it. A role without a column holds for every row, but a measure and a period must be
        said somewhere."""
        columns = {column.role: column.column for column in mapping.columns if column.role in LABELS}
        if (
            ColumnRole.PERIOD in sought
            and ColumnRole.PERIOD not in columns
            and ColumnRole.YEAR in columns
            and ColumnRole.PART not in columns
        ):
            columns[ColumnRole.PERIOD] = columns[ColumnRole.YEAR]
        if any(role in sought and role not in columns for role in (ColumnRole.MEASURE, ColumnRole.PERIOD)):
            return None
        labels = [
            (self._labels(mapping, columns[role]), words) for role, words in sought.items() if role in columns
        ]
        last = min(mapping.last_row, mapping.first_row + MOST_ROWS_SOUGHT - 1)
        for place in range(max(last - mapping.first_row + 1, 0)):
            if all(place < len(texts) and texts[place] in words for texts, words in labels):
                return mapping.first_row + place
        return None

    def _labels(self, mapping: SheetMapping, column: int) -> Sequence[str]:
        """What a column says in each row that is read, without regard to case and spaces."""
        key = (mapping.sheet, column)
        if key not in self._read_labels:
            cells = self._cells(mapping)
            last = min(mapping.last_row, mapping.first_row + MOST_ROWS_SOUGHT - 1, cells.shape[0])
            self._read_labels[key] = [
                normalise_text(_as_plain_text(cells[row - 1, column - 1])) if column <= cells.shape[1] else ""
                for row in range(mapping.first_row, last + 1)
            ]
        return self._read_labels[key]

    @cached_property
    def _read_labels(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def _cells(self, mapping: SheetMapping) -> CellArray:
        cells = self._sheets[mapping.sheet].cells
        return cells.T if mapping.is_transposed else cells

    def _text(self, cells: CellArray, row: int, column: ColumnMapping) -> str:
        if not (1 <= row <= cells.shape[0] and 1 <= column.column <= cells.shape[1]):
            return ""
        text = _as_plain_text(cells[row - 1, column.column - 1])
        if column.role is ColumnRole.MEASURE and text in self._known.by_id:
            return self._known.by_id[text].definition.name
        return text


def _as_plain_text(cell: object) -> str:
    """A label as it looks: years without decimals, days without a time."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())
