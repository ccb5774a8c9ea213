"""The period of every row and cell of a table."""

import numpy as np

from domain.upload import ColumnMapping, ColumnRole, SheetMapping
from pipelines.uploads.interpretation.extraction_notes import OWN_PERIOD, SCHOOL_YEAR, sheet_prefix
from pipelines.uploads.interpretation.extraction_state import ExtractionState
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text
from pipelines.uploads.interpretation.periods import is_date_of_year, parse_part, parse_period
from pipelines.uploads.interpretation.row_key import RowKey, read_cells, same_code
from pipelines.uploads.interpretation.text_codes import (
    NO_TEXT,
    Array,
    Codes,
    TextCodes,
)


class PeriodReader:
    """Reads the periods of rows, and of cells under headings with periods."""

    def __init__(self, state: ExtractionState) -> None:
        self._context, self._names = state.context, state.names
        self._notes, self._texts = state.notes, state.texts

    def of_rows(
        self,
        grid: OrientedSheet,
        rows: Array,
        mapping: SheetMapping,
        times: list[ColumnMapping],
        parts: list[ColumnMapping],
        of_measure: list[str] | None,
        columns: list[ColumnMapping],
    ) -> RowKey:
        periods, texts = self._texts["period"], self._texts["text"]
        is_nowhere = np.zeros(len(rows), dtype=np.bool_)
        if times:
            codes, listed = read_cells(grid, rows, times[0])
            dates = [cell for cell in listed if hasattr(cell, "month")]
            are_years = (
                bool(dates)
                and len({(cell.month, cell.day) for cell in dates}) == 1
                and all(map(is_date_of_year, dates))
            )
            read = [parse_period(cell, dates_are_years=are_years) for cell in listed]
            for cell, period_in_text in zip(listed, read, strict=True):
                if period_in_text and period_in_text.is_school_year:
                    self._notes.add(
                        "school_year", SCHOOL_YEAR, said=as_text(cell), period=str(period_in_text.period)
                    )
            period_codes = np.array(
                [*(periods(str(period.period)) if period else NO_TEXT for period in read), NO_TEXT],
                dtype=np.int32,
            )[codes]
            text_codes = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[
                codes
            ]
        else:
            period = mapping.period
            is_said = (
                period
                or of_measure
                or any(len(column.period) >= 4 for column in columns if column.role is ColumnRole.VALUE)
            )
            if not is_said and (
                parts or any(column.period for column in columns if column.role is ColumnRole.VALUE)
            ):
                period = str(self._context.period.year)
            if not period and not is_said:
                period = str(self._context.period)
                if len(rows) and any(column.role is ColumnRole.VALUE for column in columns):
                    self._notes.add(
                        "own_period", OWN_PERIOD, sheet=sheet_prefix(mapping.sheet), period=period
                    )
            period_codes, text_codes = same_code(periods(period), rows), same_code(NO_TEXT, rows)
        if of_measure:
            own = np.array([periods(period) for period in of_measure], dtype=np.int32)
            period_codes = np.where(own != NO_TEXT, own, period_codes)
        if not parts:
            return RowKey(period_codes, is_nowhere, text_codes)
        codes, listed = read_cells(grid, rows, parts[0])
        of_year = [parse_part(cell, is_number=True) for cell in listed]
        part_texts = TextCodes()
        part = np.array([*(part_texts(part_text) for part_text in of_year), NO_TEXT], dtype=np.int32)[codes]
        is_unread = (codes >= 0) & (part == NO_TEXT)
        period_codes = self._add_parts(period_codes, part, part_texts.all())
        words = np.array([*(texts(as_text(cell)) for cell in listed), NO_TEXT], dtype=np.int32)[codes]
        return RowKey(
            np.where(is_unread, NO_TEXT, period_codes), is_unread, np.where(is_unread, words, text_codes)
        )

    def of_cells(
        self, of_rows: Codes, values: list[ColumnMapping], shape: tuple[int, int]
    ) -> tuple[Array, Array]:
        """Return the period of every cell, and which cells have none."""
        periods = self._texts["period"]
        period_codes = np.empty(shape, dtype=np.int32)
        for at, value in enumerate(values):
            if value.period.startswith("-"):
                period_codes[:, at] = self._add_parts(
                    of_rows, np.ones(1, dtype=np.int32), ["", value.period[1:]]
                )
            else:
                period_codes[:, at] = periods(value.period) if value.period else of_rows
        return period_codes, period_codes == NO_TEXT

    def _add_parts(self, years: Codes, parts: Array, part_texts: list[str]) -> Codes:
        """Add parts to years. A period that already has a part stays as it is."""
        periods = self._texts["period"]
        pairs, at = np.unique(
            np.stack([years, np.broadcast_to(parts, years.shape)]), axis=1, return_inverse=True
        )
        period_texts = periods.all()
        joined = [
            periods(f"{period_texts[year]}-{part_texts[part]}")
            if part and len(period_texts[year]) == 4
            else int(year)
            for year, part in pairs.T.tolist()
        ]
        return np.array(joined, dtype=np.int32)[at.reshape(-1)]
