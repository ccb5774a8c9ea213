"""The municipality, measure, period and gender of every row of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np

from domain.upload import Address, ColumnMapping, ColumnRole, SheetMapping
from domain.value import Gender
from pipelines.uploads.interpretation.extraction_notes import (
    MEAN_ROW,
    NEAR_MEASURE,
    OWN_PLACE,
    sheet_prefix,
)
from pipelines.uploads.interpretation.extraction_state import ExtractionState
from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.measure_names import MeasureInText
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text, is_blank
from pipelines.uploads.interpretation.row_key import RowKey, read_cells, same_code
from pipelines.uploads.interpretation.row_periods import PeriodReader
from pipelines.uploads.interpretation.text_codes import (
    NO_TEXT,
    Array,
    Codes,
    Flags,
)


@dataclass(frozen=True)
class RowKeys:
    """The keys of every row of one table."""

    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    place: RowKey
    is_group: Flags
    measure: RowKey
    period: RowKey
    gender: RowKey
    has_places: bool
    has_period: bool
    has_gender: bool
    has_measure: bool


class RowKeyReader:
    """Reads the keys of rows."""

    def __init__(self, state: ExtractionState) -> None:
        self._context, self._names = state.context, state.names
        self._notes, self._texts = state.notes, state.texts
        self._periods = PeriodReader(state)

    def read(self, grid: OrientedSheet, mapping: SheetMapping, columns: list[ColumnMapping]) -> RowKeys:
        rows = grid.rows(mapping.first_row - 1, mapping.last_row - 1)
        columns_by_role = {role: [column for column in columns if column.role is role] for role in ColumnRole}
        place, is_group = self._places(grid, rows, mapping, columns_by_role[ColumnRole.MUNICIPALITY], columns)
        measure, gender_of_measure, period_of_measure = self._measures(
            grid, rows, mapping, columns_by_role[ColumnRole.MEASURE]
        )
        times = [*columns_by_role[ColumnRole.YEAR], *columns_by_role[ColumnRole.PERIOD]]
        period = self._periods.of_rows(
            grid, rows, mapping, times, columns_by_role[ColumnRole.PART], period_of_measure, columns
        )
        gender = self._genders(grid, rows, mapping, columns_by_role[ColumnRole.GENDER], gender_of_measure)
        return RowKeys(
            rows,
            place,
            is_group,
            measure,
            period,
            gender,
            has_places=bool(columns_by_role[ColumnRole.MUNICIPALITY]),
            has_period=bool(times),
            has_gender=bool(columns_by_role[ColumnRole.GENDER]),
            has_measure=bool(columns_by_role[ColumnRole.MEASURE]),
        )

    def _places(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        named: list[ColumnMapping],
        columns: list[ColumnMapping],
    ) -> tuple[RowKey, Flags]:
        ids, texts = self._texts["municipality_code"], self._texts["municipality_text"]
        is_nowhere = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            code = mapping.municipality_code
            in_headings = any(
                column.municipality_code for column in columns if column.role is ColumnRole.VALUE
            )
            if not code and not in_headings:
                code = self._context.place.code
                if len(rows) and any(column.role is ColumnRole.VALUE for column in columns):
                    name = self._context.place.name.removesuffix("s")
                    self._notes.add("own_place", OWN_PLACE, sheet=sheet_prefix(mapping.sheet), place=name)
            return RowKey(same_code(ids(code), rows), is_nowhere, same_code(NO_TEXT, rows)), is_nowhere
        first: RowKey | None = None
        is_group = is_nowhere.copy()
        for column in named:
            codes, listed = read_cells(grid, rows, column)
            read = [self._names.places.read(cell) for cell in listed]
            of_cell = dict(enumerate(read))
            place_codes = np.array(
                [*(ids(place.code) if place else NO_TEXT for place in read), NO_TEXT], dtype=np.int32
            )[codes]
            text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[
                codes
            ]
            group = np.array([*(bool(place and place.is_mean) for place in read), False], dtype=np.bool_)[
                codes
            ]
            for at, place in of_cell.items():
                if place and place.is_mean:
                    self._note_group(grid, rows, column, as_text(listed[at]), codes == at, columns)
            is_group |= group
            if first is None:
                first = RowKey(place_codes, is_nowhere, text_codes)
                continue
            differ = (first.codes != place_codes) & (place_codes != NO_TEXT) & (first.codes != NO_TEXT)
            both = np.where((first.codes == NO_TEXT) & (first.texts == NO_TEXT), place_codes, first.codes)
            first = RowKey(
                np.where(differ, NO_TEXT, both),
                is_nowhere,
                np.where(first.texts == NO_TEXT, text_codes, first.texts),
            )
        assert first is not None  # noqa: S101 - there was a column
        return first, is_group

    def _note_group(
        self,
        grid: OrientedSheet,
        rows: Array,
        column: ColumnMapping,
        text: str,
        where: Flags,
        columns: Iterable[ColumnMapping],
    ) -> None:
        values = [column.column - 1 for column in columns if column.role is ColumnRole.VALUE]
        lost = sum(not is_blank(grid.cells[row, column]) for row, column in product(rows[where], values))
        at = grid.address(int(rows[where][0]), column.column - 1)
        self._notes.add("mean_row", MEAN_ROW, address=at, count=lost, said=text)

    def _measures(
        self, grid: OrientedSheet, rows: Array, mapping: SheetMapping, named: list[ColumnMapping]
    ) -> tuple[RowKey, Codes, list[str] | None]:
        ids, texts = self._texts["measure_id"], self._texts["measure_text"]
        is_nowhere = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            key = RowKey(same_code(ids(mapping.measure_id), rows), is_nowhere, same_code(NO_TEXT, rows))
            return key, same_code(NO_TEXT, rows), None
        codes, listed = read_cells(grid, rows, named[0])
        read = [self._names.measures.read(as_text(cell)) for cell in listed]
        for at, measure in enumerate(read):
            if measure.measure_id and measure.likeness < 100 and (codes == at).any():
                where = grid.address(int(rows[codes == at][0]), named[0].column - 1)
                self._note_near_measure(as_text(listed[at]), measure, where)
        measure_codes = np.array(
            [*(ids(measure.measure_id) for measure in read), ids(mapping.measure_id)], dtype=np.int32
        )[codes]
        text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        genders = self._texts["gender"]
        gender = np.array(
            [*(genders(measure.gender.value if measure.gender else "") for measure in read), NO_TEXT],
            dtype=np.int32,
        )
        periods = [str(measure.period.period) if measure.period else "" for measure in read]
        of_rows = [*periods, ""] if any(periods) else None
        return (
            RowKey(measure_codes, is_nowhere, text_codes),
            gender[codes],
            [of_rows[at] for at in codes] if of_rows else None,
        )

    def _note_near_measure(self, text: str, read: MeasureInText, at: Address) -> None:
        likeness = f"{read.likeness:.0f}"
        self._notes.add(
            "near_measure", NEAR_MEASURE, address=at, said=text, name=read.name, likeness=likeness
        )

    def _genders(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        named: list[ColumnMapping],
        of_measure: Codes,
    ) -> RowKey:
        genders, texts = self._texts["gender"], self._texts["text"]
        whole = genders((mapping.gender or Gender.TOTAL).value)
        is_nowhere = np.zeros(len(rows), dtype=np.bool_)
        if not named:
            return RowKey(
                np.where(of_measure != NO_TEXT, of_measure, whole).astype(np.int32),
                is_nowhere,
                same_code(NO_TEXT, rows),
            )
        codes, listed = read_cells(grid, rows, named[0])
        read = [parse_gender(as_text(cell)) for cell in listed]
        gender_codes = np.array(
            [*(genders(gender.value) if gender else whole for gender in read), whole], dtype=np.int32
        )[codes]
        is_unknown = np.array([*(gender is None for gender in read), False], dtype=np.bool_)[codes]
        text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        return RowKey(gender_codes, is_unknown, text_codes)
