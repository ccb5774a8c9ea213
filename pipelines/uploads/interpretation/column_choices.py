"""Roles that depend on the other columns of the table."""

from collections.abc import Iterable, Sequence

from domain.message import Message, to_translate
from domain.upload import ColumnRole
from pipelines.uploads.interpretation.column_roles import (
    BY_HEADING,
    NOTHING_KNOWN,
    ColumnCandidate,
    columns_with_role,
    set_role,
)
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text
from pipelines.uploads.interpretation.table_titles import TableTitles
from pipelines.uploads.interpretation.tables import Table

_MEASURE_IN_HEADING = to_translate("Rubriken namnger måttet ”{name}”.")
_NEAR_IN_HEADING = to_translate("Rubriken liknar till {likeness} % måttet ”{name}”.")
_SEVERAL_IN_HEADING = to_translate("Rubriken kan mena flera mått: {names}. Välj ett.")
_UNKNOWN_HEADING = to_translate("Siffror under en rubrik som inte namnger något mått som vi känner.")
_NUMBERS = to_translate("Kolumnen håller siffror.")
_FIXED = to_translate("Rubriken säger {what}.")
_TITLES = to_translate("Texter som ser ut som mått.")
_OTHER_FIGURES = to_translate("Siffror, men rubriken säger inte vilka, och värdena står i andra kolumner.")


class ColumnChoices:
    """Settles the roles of a table's columns together, once each has been guessed alone."""

    def __init__(
        self,
        grid: OrientedSheet,
        table: Table,
        names: NameLookup,
        columns: Sequence[ColumnCandidate],
        titles: TableTitles,
    ) -> None:
        self._grid, self._table, self._names = grid, table, names
        self._columns, self._titles = columns, titles

    def settle(self) -> None:
        """Set the final role of every column."""
        self._choose_measure_column()
        self._choose_values()
        self._attach_columns_beside()
        self._limit_key_columns()

    def _choose_measure_column(self) -> None:
        """Take a column of texts for measures, where no other column or title names them."""
        if columns_with_role(self._columns, ColumnRole.MEASURE):
            return
        texts = [
            column
            for column in self._columns
            if column.role is None and column.content.is_text and column.content.count
        ]
        context = [text for text in texts if text.content.measures > 0.0]
        first_value = min(
            (column.column for column in columns_with_role(self._columns, ColumnRole.VALUE)),
            default=self._grid.cells.shape[1],
        )
        if context:
            chosen = max(context, key=lambda text: text.content.measures)
            set_role(chosen, ColumnRole.MEASURE, chosen.content.measures)
        elif not any(column.heading.measure_id for column in self._columns) and not self._titles.measure():
            left = [text for text in texts if text.column < first_value and text.content.filled > 0.2]
            has_no_place = not columns_with_role(self._columns, ColumnRole.MUNICIPALITY) and not any(
                column.heading.place for column in self._columns
            )
            like_titles = [
                text for text in left if text.content.length >= 12 or (has_no_place and text is left[0])
            ]
            if like_titles:
                chosen = max(like_titles, key=lambda like_title: like_title.content.length)
                chosen.role, chosen.why = ColumnRole.MEASURE, Message(_TITLES)

    def _choose_values(self) -> None:
        values = columns_with_role(self._columns, ColumnRole.VALUE)
        headed = [value for value in values if value.heading.role is ColumnRole.VALUE]
        fixed = [
            value
            for value in values
            if value.heading.fixes and not (value.heading.is_count and value.heading.role is None)
        ]
        counts = [value for value in values if value.heading.is_count]
        if headed or any(value not in counts for value in fixed):
            for count in counts:
                if count not in headed:
                    count.role, count.why = ColumnRole.BASIS, Message(BY_HEADING, heading=count.heading.text)
        measure_is_known = bool(columns_with_role(self._columns, ColumnRole.MEASURE)) or bool(
            self._titles.measure()
        )
        chosen = (
            fixed if fixed and not headed else [*headed, *(value for value in fixed if value not in headed)]
        )
        for count in columns_with_role(self._columns, ColumnRole.VALUE):
            self._explain(count)
            if chosen and count not in chosen and (measure_is_known or headed):
                count.role, count.why = ColumnRole.IGNORED, Message(_OTHER_FIGURES)

    def _explain(self, candidate: ColumnCandidate) -> None:
        measure = candidate.heading.measure
        if measure and measure.measure_id:
            candidate.measure_id = measure.measure_id
            candidate.why = (
                Message(_MEASURE_IN_HEADING, name=measure.name)
                if measure.likeness >= 100
                else Message(_NEAR_IN_HEADING, name=measure.name, likeness=f"{measure.likeness:.0f}")
            )
        elif measure and measure.candidates:
            candidate.why = Message(_SEVERAL_IN_HEADING, names=self._list_names(measure.candidates))
        elif candidate.heading.fixes:
            fixed_texts = [
                candidate.heading.period,
                *([as_text(candidate.heading.gender)] if candidate.heading.gender else []),
                candidate.heading.place,
            ]
            candidate.why = Message(_FIXED, what=", ".join(text for text in fixed_texts if text))
        elif candidate.heading.role is ColumnRole.VALUE or candidate.heading.is_count:
            candidate.why = Message(BY_HEADING, heading=candidate.heading.text)
        elif candidate.heading.rest:
            candidate.why = Message(_UNKNOWN_HEADING)
        else:
            candidate.why = Message(_NUMBERS)

    def _attach_columns_beside(self) -> None:
        """Attach a basis or comment without a measure of its own to the value before it, or else to the whole row."""
        values = columns_with_role(self._columns, ColumnRole.VALUE)
        named = {value.measure_id for value in values if value.measure_id}
        for column in self._columns:
            if column.role not in {ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON}:
                continue
            if column.heading.measure_id:
                column.measure_id = column.heading.measure_id
                continue
            before = [value for value in values if value.column < column.column]
            if column.role is ColumnRole.BASIS or len(columns_with_role(self._columns, column.role)) > 1:
                if len(named) > 1 and before:
                    column.measure_id = before[-1].measure_id
                fixed = {
                    (value.heading.period, value.heading.gender, value.heading.place) for value in values
                }
                if (
                    len(fixed) > 1
                    and before
                    and not (column.heading.period or column.heading.gender or column.heading.place)
                ):
                    nearest = before[-1].heading
                    column.heading.period, column.heading.gender, column.heading.place = (
                        nearest.period,
                        nearest.gender,
                        nearest.place,
                    )

    def _limit_key_columns(self) -> None:
        """Keep the best column of each key. Only the municipality may have two, its code and its name."""
        for role in (ColumnRole.MEASURE, ColumnRole.GENDER, ColumnRole.PART):
            same = columns_with_role(self._columns, role)
            best = max(same, key=lambda column: _fitness(column, role), default=None)
            for column in same:
                if column is not best:
                    column.role, column.why = ColumnRole.IGNORED, Message(NOTHING_KNOWN)
        times = [
            *columns_with_role(self._columns, ColumnRole.YEAR),
            *columns_with_role(self._columns, ColumnRole.PERIOD),
        ]
        for column in sorted(times, key=lambda time: (time.heading.role is None, time.column))[1:]:
            column.role, column.why = ColumnRole.IGNORED, Message(NOTHING_KNOWN)
        for role in (
            ColumnRole.MUNICIPALITY,
            ColumnRole.MEASURE,
            ColumnRole.YEAR,
            ColumnRole.PERIOD,
            ColumnRole.PART,
        ):
            for column in columns_with_role(self._columns, role):
                column.is_filled_down = column.content.is_grouped or self._is_merged_down(column.column)

    def _is_merged_down(self, column: int) -> bool:
        first, last = self._table.first_row, self._table.last_row
        return any(
            left == column == right and first <= top < bottom <= last
            for top, left, bottom, right in self._grid.merged
        )

    def _list_names(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self._names.measures.told_apart, ids))


def _fitness(candidate: ColumnCandidate, role: ColumnRole) -> tuple[float, bool, int]:
    content = candidate.content
    share = {
        ColumnRole.MEASURE: content.measures,
        ColumnRole.GENDER: content.genders,
        ColumnRole.PART: content.parts,
    }[role]
    return share, candidate.heading.role is role, -candidate.column
