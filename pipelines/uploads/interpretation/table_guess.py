"""How one table of a sheet would be read, with the reason for every choice."""

from dataclasses import replace
from typing import Final

from domain.message import Message, to_translate
from domain.upload import ColumnMapping, ColumnRole, SheetMapping
from pipelines.uploads.interpretation.column_choices import ColumnChoices
from pipelines.uploads.interpretation.column_content import ColumnContent, describe_content
from pipelines.uploads.interpretation.column_roles import (
    NOTHING_KNOWN,
    ColumnCandidate,
    columns_with_role,
    guess_role,
)
from pipelines.uploads.interpretation.headings import cells_above_columns, read_heading
from pipelines.uploads.interpretation.measure_names import MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet
from pipelines.uploads.interpretation.table_titles import TableTitles
from pipelines.uploads.interpretation.tables import Table
from spreadsheets.workbook import Workbook

SAMPLE: Final = 200  # rows that a column is judged by
MOST_SAMPLED: Final = 60_000  # cells of a sheet that are looked at, so that a very wide one takes no longer
_FEWEST: Final = 10  # rows even then
_TABLE = to_translate("Rubriker på rad {headings}, värden på rad {first}–{last}.")
_TABLE_WITHOUT_HEADINGS = to_translate("Inga rubriker, värden på rad {first}–{last}.")
_ABOUT = to_translate("{table} Hela tabellen gäller {about}.")
_ABOUT_MEASURE = to_translate("{table} Måttet står i ”{said}”.")
_ABOUT_NEAR = to_translate("{table} Måttet står i ”{said}”, som till {likeness} % liknar ”{name}”.")
_ABOUT_OWN_PLACE = to_translate("{table} Ingen kommun nämns, så värdena är {place}s.")
_ABOUT_OWN_PERIOD = to_translate("{table} Ingen period nämns, så värdena gäller {period}.")
_FILLED_DOWN = to_translate("{why} En tom cell betyder samma som cellen ovanför.")


class TableGuess:
    """The guess for one table."""

    def __init__(self, grid: OrientedSheet, table: Table, names: NameLookup, workbook: Workbook) -> None:
        self._grid, self._table, self._names = grid, table, names
        rows = grid.rows(table.first_row, table.last_row)
        size = min(SAMPLE, max(_FEWEST, MOST_SAMPLED // max(1, len(grid.columns))))
        step = max(1, len(rows) // size)
        self._sample = [int(row) for row in rows[::step][: size + 1]]
        self._head = [int(row) for row in rows[:size]]
        over = cells_above_columns(grid, table.heading_rows)
        self._columns = [
            ColumnCandidate(column, read_heading(over[column], names), self._content(column))
            for column in grid.columns
        ]
        self._columns = [column for column in self._columns if column.content.count or column.heading.texts]
        self._titles = TableTitles(grid, table, names, workbook, self._columns)
        self.mapping = self._mapping()

    @property
    def columns_left_out(self) -> int:
        """The number of columns of figures that are left out without being means."""
        left = (
            column
            for column in columns_with_role(self._columns, ColumnRole.IGNORED)
            if column.heading.role is None and not column.heading.is_group
        )
        return sum(column.content.numbers >= 0.5 for column in left)

    @property
    def share_of_measures(self) -> float:
        """The share of measures in the measure column, or 0 without one."""
        return max(
            (
                max(column.content.measures, 0.5 * (column.heading.role is ColumnRole.MEASURE))
                for column in columns_with_role(self._columns, ColumnRole.MEASURE)
            ),
            default=0.0,
        )

    def _mapping(self) -> SheetMapping:
        for candidate in self._columns:
            guess_role(candidate)
        ColumnChoices(self._grid, self._table, self._names, self._columns, self._titles).settle()
        about = self._describe_table()
        numbers = tuple(row + 1 for row in self._table.heading_rows)
        return SheetMapping(
            sheet=self._grid.name,
            is_read=any(column.role is ColumnRole.VALUE for column in self._columns),
            heading_rows=numbers,
            first_row=self._table.first_row + 1,
            last_row=self._table.last_row + 1,
            columns=tuple(self._column(column) for column in self._columns),
            is_transposed=self._grid.is_transposed,
            measure_id=about.measure_id,
            municipality_code=about.municipality_code,
            period=about.period,
            gender=about.gender,
            why=about.why,
        )

    def _column(self, candidate: ColumnCandidate) -> ColumnMapping:
        role = candidate.role or ColumnRole.IGNORED
        is_value = role in {ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON}
        why = candidate.why or Message(NOTHING_KNOWN)
        return ColumnMapping(
            column=candidate.column + 1,
            heading=candidate.heading.text,
            role=role,
            measure_id=candidate.measure_id if is_value else "",
            period=candidate.heading.period if is_value else "",
            gender=candidate.heading.gender if is_value else None,
            municipality_code=candidate.heading.place if is_value else "",
            why=Message(_FILLED_DOWN, why=why) if candidate.is_filled_down else why,
            is_filled_down=candidate.is_filled_down,
            measure_text=(candidate.heading.measure_text or candidate.heading.rest)
            if role is ColumnRole.VALUE
            else "",
        )

    def _content(self, column: int) -> ColumnContent:
        cells = self._grid.cells
        return describe_content(
            [cells[row, column] for row in self._sample],
            [cells[row, column] for row in self._head],
            self._names,
        )

    def _describe_table(self) -> SheetMapping:
        """Return the measure, municipality, period and gender that titles give where no column does, with the reasons."""
        context, values = self._names.context, columns_with_role(self._columns, ColumnRole.VALUE)
        why = self._where()
        about = SheetMapping(self._grid.name, is_read=True)
        beside: MeasureInText | None = None
        if not columns_with_role(self._columns, ColumnRole.MEASURE) and not all(
            value.measure_id for value in values
        ):
            named = self._titles.measure()
            ambiguous = any(value.heading.measure and value.heading.measure.candidates for value in values)
            if (
                named
                and not ambiguous
                and not any(value.heading.rest and not value.heading.fixes for value in values)
            ):
                text, beside = named
                about = replace(about, measure_id=beside.measure_id)
                why = _why_measure(why, text, beside)
        if not columns_with_role(self._columns, ColumnRole.MUNICIPALITY) and not any(
            value.heading.place for value in values
        ):
            if code := self._titles.place():
                name = context.places[code].name
                about = replace(about, municipality_code=code)
                why = Message(_ABOUT, table=why, about=name)
            elif values:
                why = Message(_ABOUT_OWN_PLACE, table=why, place=context.place.name.removesuffix("s"))
        time_is_known = columns_with_role(self._columns, ColumnRole.YEAR) or columns_with_role(
            self._columns, ColumnRole.PERIOD
        )
        if not time_is_known and not all(len(value.heading.period) >= 4 for value in values):
            period = (beside.period if beside else None) or self._titles.period()
            if period:
                about = replace(about, period=str(period.period))
                why = Message(_ABOUT, table=why, about=str(period.period))
            elif values and not any(len(value.heading.period) >= 4 for value in values):
                why = Message(_ABOUT_OWN_PERIOD, table=why, period=str(context.period))
        if not columns_with_role(self._columns, ColumnRole.GENDER) and not any(
            value.heading.gender for value in values
        ):
            about = replace(about, gender=(beside.gender if beside else None) or self._titles.gender())
        return replace(about, why=why)

    def _where(self) -> Message:
        first, last = self._table.first_row + 1, self._table.last_row + 1
        if not self._table.heading_rows:
            return Message(_TABLE_WITHOUT_HEADINGS, first=first, last=last)
        headings = [row + 1 for row in self._table.heading_rows]
        written = f"{headings[0]}–{headings[-1]}" if len(headings) > 1 else str(headings[0])
        return Message(_TABLE, headings=written, first=first, last=last)


def _why_measure(table: Message, text: str, read: MeasureInText) -> Message:
    if read.likeness >= 100:
        return Message(_ABOUT_MEASURE, table=table, said=text)
    return Message(_ABOUT_NEAR, table=table, said=text, name=read.name, likeness=f"{read.likeness:.0f}")
