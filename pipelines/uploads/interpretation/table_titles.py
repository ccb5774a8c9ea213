"""The titles above a table, in its corner and on its sheet, and what they say of the whole table."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from domain.upload import ColumnRole
from domain.value import Gender
from pipelines.uploads.interpretation.column_roles import (
    ColumnCandidate,
)
from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.measure_names import KPI_ID, MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet
from pipelines.uploads.interpretation.periods import (
    PeriodInText,
    only_year_in,
    parse_period,
    split_period,
)
from pipelines.uploads.interpretation.tables import Table
from spreadsheets.workbook import Workbook

_SHEET_NAME: Final = 31  # characters, where spreadsheets cut the name of a sheet


class TableTitles:
    """The texts that may say what a table is about. Corner headings depend on the current roles of `columns`."""

    def __init__(
        self,
        grid: OrientedSheet,
        table: Table,
        names: NameLookup,
        workbook: Workbook,
        columns: Sequence[ColumnCandidate],
    ) -> None:
        self._grid, self._table, self._names, self._workbook = grid, table, names, workbook
        self._columns = columns

    def texts(self) -> list[str]:
        """Return the texts that may say what the table is about, the nearest first: above it, in its corner, the sheet's name."""
        keys = {
            ColumnRole.MUNICIPALITY,
            ColumnRole.MEASURE,
            ColumnRole.PERIOD,
            ColumnRole.YEAR,
            ColumnRole.GENDER,
        }
        corner = [text for column in self._columns if column.role in keys for text in column.heading.texts]
        above = [title.text for title in reversed(self._table.titles)]
        return [text for text in (*above, *corner, self._grid.name) if text.strip()]

    def measure(self) -> tuple[str, MeasureInText] | None:
        for text in self.texts():
            after_colon = text.partition(":")[2].strip() or text
            for words in dict.fromkeys((text, after_colon)):
                read = self._names.measures.read(words)
                if read.measure_id:
                    return text, read
        name = self._grid.name
        if len(name) == _SHEET_NAME and (read := self._names.measures.of_beginning(name)).measure_id:
            return name, read
        if match := KPI_ID.search(PurePath(self._workbook.file_name).stem):
            read = self._names.measures.read(match[1])
            if read.measure_id:
                return self._workbook.file_name, read
        return None

    def place(self) -> str:
        for text in self.texts():
            for part in (
                text,
                text.partition(":")[2],
                text.partition(",")[0],
                text.partition(" – ")[0],
                text.rpartition(", ")[2],
            ):
                place = self._names.places.read(part) if part.strip() else None
                if place and place.code:
                    return place.code
        return ""

    def period(self) -> PeriodInText | None:
        titles = self.texts()
        for text in titles:
            after_colon = text.partition(":")[2].strip()
            for candidate in (text, after_colon):
                if candidate and (period := parse_period(candidate)):
                    return period
        for text in titles:
            if period := split_period(text)[0] or only_year_in(text):
                return period
        return None

    def gender(self) -> Gender | None:
        return next((gender for text in self.texts() if (gender := parse_gender(text))), None)
