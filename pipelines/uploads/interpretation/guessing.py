"""How a file is read, guessed from what its headings and cells say, with the ground for every guess.

A guess is made on a sample; reading uses nothing but the mapping, so that a mapping mended by hand reads the same way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from domain.message import Message, Value, to_translate
from domain.reporting_template import FINDINGS_SHEET
from domain.upload import ColumnMapping, ColumnRole, FileMapping, SheetMapping
from domain.value import Gender
from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.headings import Heading, cells_above_columns, read_heading
from pipelines.uploads.interpretation.layout import layout_key
from pipelines.uploads.interpretation.measure_names import KPI_ID, MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text, is_blank
from pipelines.uploads.interpretation.periods import (
    PeriodInText,
    only_year_in,
    parse_part,
    parse_period,
    split_period,
)
from pipelines.uploads.interpretation.tables import Table, find_tables
from pipelines.uploads.interpretation.template_mapping import template_mapping
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Sheet, Workbook
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

SAMPLE: Final = 200  # rows that a column is judged by
MOST_SAMPLED: Final = 60_000  # cells of a sheet that are looked at, so that a very wide one takes no longer
_FEWEST: Final = 10  # rows even then
MOST_MEASURES_TRIED: Final = 40  # distinct texts of a column that are looked up among thousands of titles
_MOST: Final = 0.6  # share of cells that must say the same kind of thing
_CLEARLY: Final = 0.25  # how much more a sheet must say lying down to be read so
_NEARLY_ALL: Final = 0.9
_WIDEST_TO_SWAP: Final = 400  # rows of a sheet that may be read with rows and columns swapped
_SHEET_NAME: Final = 31  # characters, where spreadsheets cut the name of a sheet
_MOST_LABELS: Final = (
    0.6  # share of filled cells in a column whose text stands only at the first row of its group
)

_NO_TABLE = to_translate("Ingen tabell med värden hittades.")
_OUR_FINDINGS = to_translate("Bladet är vår egen lista med anmärkningar.")
_HIDDEN = to_translate("Bladet är dolt.")
_TABLE = to_translate("Rubriker på rad {headings}, värden på rad {first}–{last}.")
_TABLE_WITHOUT_HEADINGS = to_translate("Inga rubriker, värden på rad {first}–{last}.")
_SWAPPED = to_translate("Bladet är liggande: rader och kolumner byter plats. {rest}")
_ABOUT = to_translate("{table} Hela tabellen gäller {about}.")
_ABOUT_MEASURE = to_translate("{table} Måttet står i ”{said}”.")
_ABOUT_NEAR = to_translate("{table} Måttet står i ”{said}”, som till {likeness} % liknar ”{name}”.")
_ABOUT_OWN_PLACE = to_translate("{table} Ingen kommun nämns, så värdena är {place}s.")
_ABOUT_OWN_PERIOD = to_translate("{table} Ingen period nämns, så värdena gäller {period}.")
_BY_HEADING = to_translate("Rubriken är ”{heading}”.")
_BY_CELLS = to_translate("{hits} av {count} provade celler är {what}.")
_BY_BOTH = to_translate("Rubriken är ”{heading}” och {hits} av {count} provade celler är {what}.")
_MEASURE_IN_HEADING = to_translate("Rubriken namnger måttet ”{name}”.")
_NEAR_IN_HEADING = to_translate("Rubriken liknar till {likeness} % måttet ”{name}”.")
_SEVERAL_IN_HEADING = to_translate("Rubriken kan mena flera mått: {names}. Välj ett.")
_UNKNOWN_HEADING = to_translate("Siffror under en rubrik som inte namnger något mått som vi känner.")
_NUMBERS = to_translate("Kolumnen håller siffror.")
_FIXED = to_translate("Rubriken säger {what}.")
_BASIS_BESIDE = to_translate("Rubriken säger att kolumnen håller underlaget till värdet bredvid.")
_COMMENT_BESIDE = to_translate("Rubriken säger att kolumnen håller kommentarer till värdet bredvid.")
_TITLES = to_translate("Texter som ser ut som mått.")
_NOTHING_KNOWN = to_translate("Varken rubriken eller cellerna säger något som behövs.")
_MEAN_COLUMN = to_translate("Rubriken är ingen enskild kommun utan ett medelvärde eller en summa.")
_OTHER_FIGURES = to_translate("Siffror, men rubriken säger inte vilka, och värdena står i andra kolumner.")
_FILLED_DOWN = to_translate("{why} En tom cell betyder samma som cellen ovanför.")
WHAT: Final = {
    ColumnRole.MUNICIPALITY: to_translate("kommuner"),
    ColumnRole.MEASURE: to_translate("mått"),
    ColumnRole.PERIOD: to_translate("perioder"),
    ColumnRole.YEAR: to_translate("år"),
    ColumnRole.PART: to_translate("delar av år"),
    ColumnRole.GENDER: to_translate("kön"),
}


@dataclass
class _Content:
    """What a sample of a column's cells holds. Shares are of the distinct texts and numbers that are not empty."""

    count: int = 0
    filled: float = 0.0
    places: float = 0.0
    periods: float = 0.0
    parts: float = 0.0
    genders: float = 0.0
    numbers: float = 0.0
    measures: float = 0.0
    encode_distinct: int = 0
    length: float = 0.0
    is_text: bool = False
    has_codes_only: bool = False
    is_grouped: bool = False
    has_parts_of_year: bool = False


@dataclass
class _Candidate:
    column: int
    heading: Heading
    content: _Content
    role: ColumnRole | None = None
    why: Message | None = None
    measure_id: str = ""
    is_filled_down: bool = False


def guess_mapping(workbook: Workbook, context: UploadContext, names: NameLookup | None = None) -> FileMapping:
    """How the file would be read if nobody said otherwise."""
    names = names or NameLookup.of(context)
    if template := template_mapping(workbook, context):
        return template
    sheets: list[SheetMapping] = []
    for sheet in workbook.sheets:
        sheets.extend(_guess_sheet(sheet, workbook, names))
    return FileMapping(tuple(sheets), layout_key(workbook, sheets))


def guess_sheet(
    sheet: Sheet, workbook: Workbook, names: NameLookup, *, is_transposed: bool
) -> list[SheetMapping]:
    """How one sheet would be read, its tables from top to bottom, lying as it is said to lie."""
    grid = OrientedSheet.of(sheet, is_transposed=is_transposed)
    return [guess.mapping for guess in _guesses(grid, names, workbook)]


def _guesses(grid: OrientedSheet, names: NameLookup, workbook: Workbook) -> list["_Guess"]:
    return [_Guess(grid, table, names, workbook) for table in find_tables(grid, names)]


def _guess_sheet(sheet: Sheet, workbook: Workbook, names: NameLookup) -> list[SheetMapping]:
    if sheet.is_hidden:
        return [SheetMapping(sheet.name, is_read=False, why=Message(_HIDDEN))]
    if sheet.name.startswith(FINDINGS_SHEET):
        return [SheetMapping(sheet.name, is_read=False, why=Message(_OUR_FINDINGS))]
    straight = _guesses(OrientedSheet.of(sheet), names, workbook)
    if sheet.cells.shape[0] <= _WIDEST_TO_SWAP and sheet.cells.shape[1] <= _WIDEST_TO_SWAP:
        swapped = _guesses(OrientedSheet.of(sheet, is_transposed=True), names, workbook)
        if _worth(swapped) > _worth(straight) + _CLEARLY:
            return [
                replace(guess.mapping, why=Message(_SWAPPED, rest=guess.mapping.why or ""))
                for guess in swapped
            ]
    return [guess.mapping for guess in straight] or [
        SheetMapping(sheet.name, is_read=False, why=Message(_NO_TABLE))
    ]


def _worth(guesses: Sequence["_Guess"]) -> float:
    """How much a reading of a sheet says of each of its cells: their measure, place and period, and what stands beside them."""
    worth, cells = 0.0, 0
    for its in guesses:
        table = its.mapping
        rows = table.last_row - table.first_row + 1
        roles = {column.role for column in table.columns}
        cells += rows * its.columns_left_out
        for column in table.columns:
            if column.role is not ColumnRole.VALUE:
                continue
            measured = 1.0 if column.measure_id or table.measure_id else its.share_of_measures
            has_place = (
                bool(column.municipality_code or table.municipality_code) or ColumnRole.MUNICIPALITY in roles
            )
            has_period = bool(column.period or table.period) or bool(
                {ColumnRole.PERIOD, ColumnRole.YEAR} & roles
            )
            has_beside = bool({ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON} & roles)
            worth += rows * (0.2 + 2.0 * measured + has_place + has_period + 0.5 * has_beside)
            cells += rows
    return worth / cells if cells else 0.0


class _Guess:
    """The guess for one table."""

    def __init__(self, grid: OrientedSheet, table: Table, names: NameLookup, workbook: Workbook) -> None:
        self._grid, self._table, self._names, self._workbook = grid, table, names, workbook
        rows = grid.rows(table.first_row, table.last_row)
        size = min(SAMPLE, max(_FEWEST, MOST_SAMPLED // max(1, len(grid.columns))))
        step = max(1, len(rows) // size)
        self._sample = [int(row) for row in rows[::step][: size + 1]]
        self._head = [int(row) for row in rows[:size]]
        over = cells_above_columns(grid, table.heading_rows)
        self._columns = [
            _Candidate(column, read_heading(over[column], names), self._content(column))
            for column in grid.columns
        ]
        self._columns = [column for column in self._columns if column.content.count or column.heading.texts]
        self.mapping = self._mapping()

    @property
    def columns_left_out(self) -> int:
        """Columns of figures that are not read, though nothing says that they are means."""
        left = (
            column
            for column in self._with(ColumnRole.IGNORED)
            if column.heading.role is None and not column.heading.is_group
        )
        return sum(column.content.numbers >= 0.5 for column in left)

    @property
    def share_of_measures(self) -> float:
        """How surely the column of measures, if there is one, holds measures."""
        return max(
            (
                max(column.content.measures, 0.5 * (column.heading.role is ColumnRole.MEASURE))
                for column in self._with(ColumnRole.MEASURE)
            ),
            default=0.0,
        )

    def _mapping(self) -> SheetMapping:
        for candidate in self._columns:
            self._by_heading_and_content(candidate)
        self._choose_measure_column()
        self._choose_values()
        self._attach_what_stands_beside()
        self._keep_one_of_each()
        about = self._about_the_whole()
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

    def _column(self, candidate: _Candidate) -> ColumnMapping:
        role = candidate.role or ColumnRole.IGNORED
        is_value = role in {ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON}
        why = candidate.why or Message(_NOTHING_KNOWN)
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

    # What one column holds

    def _content(self, column: int) -> _Content:
        cells = [self._grid.cells[row, column] for row in self._sample]
        full = [cell for cell in cells if not is_blank(cell)]
        content = _Content(count=len(full), filled=len(full) / max(1, len(cells)))
        if not full:
            return content
        counted = Counter(full)
        content.encode_distinct = len(counted)
        if all(isinstance(cell, float) and cell % 1 for cell in counted):  # decimals are nothing but values
            content.numbers = 1.0
            return content
        texts = [cell for cell in counted if isinstance(cell, str)]
        content.is_text = len(texts) * 2 > len(counted)
        content.length = sum(map(len, texts)) / len(texts) if texts else 0.0
        places = self._names.places
        content.periods = _share(counted, lambda cell: parse_period(cell) is not None)
        content.has_parts_of_year = any(
            (period := parse_period(cell)) and period.period.part for cell in counted
        )
        content.parts = _share(counted, lambda cell: bool(parse_part(cell, is_number=True)))
        content.genders = _share(
            counted, lambda cell: isinstance(cell, str) and parse_gender(cell) is not None
        )
        content.numbers = _share(counted, _is_value)
        content.places = _share(counted, lambda cell: places.read(cell) is not None)
        content.has_codes_only = not any(
            isinstance(cell, str) and any(map(str.isalpha, cell)) and places.read(cell) for cell in counted
        )
        if texts and content.numbers < 0.5:
            measures = self._names.measures
            tried: dict[object, int] = dict.fromkeys(texts[:MOST_MEASURES_TRIED], 1)
            content.measures = _share(tried, lambda cell: bool(measures.read(str(cell)).measure_id))
        head = [self._grid.cells[row, column] for row in self._head]
        listed = [cell for cell in head if not is_blank(cell)]
        content.is_grouped = (
            len(head) > 1
            and not is_blank(head[0])
            and len(listed) <= _MOST_LABELS * len(head)
            and all(cell != other for cell, other in pairwise(listed))
        )
        return content

    def _by_heading_and_content(self, candidate: _Candidate) -> None:
        heading, content = candidate.heading, candidate.content
        role_of_heading = heading.role
        if not content.count and role_of_heading is None and not heading.fixes and not heading.beside:
            candidate.role = ColumnRole.IGNORED
        elif heading.beside:
            candidate.role = heading.beside
            candidate.why = Message(_BASIS_BESIDE if heading.beside is ColumnRole.BASIS else _COMMENT_BESIDE)
        elif self._is_place_column(candidate):
            self._set(candidate, ColumnRole.MUNICIPALITY, content.places)
        elif (
            role_of_heading in {ColumnRole.YEAR, ColumnRole.PERIOD, ColumnRole.PART}
            and not heading.measure_id
            and self._is_time(candidate)
        ):
            pass
        elif role_of_heading is ColumnRole.GENDER and content.genders >= 0.5:
            self._set(candidate, ColumnRole.GENDER, content.genders)
        elif role_of_heading in {
            ColumnRole.MEASURE,
            ColumnRole.BASIS,
            ColumnRole.REASON,
            ColumnRole.COMMENT,
            ColumnRole.IGNORED,
        } and not (role_of_heading is ColumnRole.IGNORED and heading.fixes):
            candidate.role, candidate.why = role_of_heading, Message(_BY_HEADING, heading=heading.text)
        elif heading.is_group and not heading.place:
            candidate.role, candidate.why = ColumnRole.IGNORED, Message(_MEAN_COLUMN)
        elif role_of_heading is None and not heading.fixes and self._is_key_by_content(candidate):
            pass
        elif (
            content.is_text
            and content.numbers < 0.5
            and content.count
            and not heading.period
            and not heading.place
        ):
            candidate.role = None  # a measure column perhaps, or nothing
        elif (
            heading.fixes or role_of_heading is ColumnRole.VALUE or heading.is_count or content.numbers >= 0.5
        ):
            candidate.role = ColumnRole.VALUE

    def _is_place_column(self, candidate: _Candidate) -> bool:
        heading, content = candidate.heading, candidate.content
        if not content.count or content.places < _MOST or heading.period:
            return False
        if heading.role is ColumnRole.MUNICIPALITY or (
            content.places >= _NEARLY_ALL and not content.has_codes_only
        ):
            return content.genders < _NEARLY_ALL or heading.role is ColumnRole.MUNICIPALITY
        if heading.role in {
            ColumnRole.YEAR,
            ColumnRole.PERIOD,
            ColumnRole.GENDER,
            ColumnRole.BASIS,
            ColumnRole.COMMENT,
            ColumnRole.REASON,
            ColumnRole.IGNORED,
        }:
            return False
        if (
            content.has_codes_only
        ):  # numbers that happen to be codes are values, unless they are all codes and the heading is silent
            return (
                content.places == 1.0
                and not heading.fixes
                and heading.role is None
                and content.periods < _NEARLY_ALL
                and (content.encode_distinct >= 5 or content.is_text)
            )
        return content.is_text and not (content.genders >= _NEARLY_ALL)

    def _is_time(self, candidate: _Candidate) -> bool:
        heading, content = candidate.heading, candidate.content
        if content.periods >= 0.5 and heading.role is not ColumnRole.PART:
            self._set(
                candidate,
                ColumnRole.PERIOD if content.has_parts_of_year else ColumnRole.YEAR,
                content.periods,
            )
            return True
        if content.parts >= 0.5:
            self._set(candidate, ColumnRole.PART, content.parts)
            return True
        return False

    def _is_key_by_content(self, candidate: _Candidate) -> bool:
        content = candidate.content
        if content.count and content.genders >= _NEARLY_ALL:
            self._set(candidate, ColumnRole.GENDER, content.genders)
        elif content.periods >= _NEARLY_ALL and not (candidate.heading.rest and not content.is_text):
            self._set(
                candidate,
                ColumnRole.PERIOD if content.has_parts_of_year else ColumnRole.YEAR,
                content.periods,
            )
        elif content.is_text and content.parts >= _NEARLY_ALL and content.numbers < 0.5:
            self._set(candidate, ColumnRole.PART, content.parts)
        elif content.is_text and content.measures >= 0.3:
            self._set(candidate, ColumnRole.MEASURE, content.measures)
        return candidate.role is not None

    def _set(self, candidate: _Candidate, role: ColumnRole, share: float) -> None:
        candidate.role = role
        fields: dict[str, Value] = {
            "hits": round(share * candidate.content.count),
            "count": candidate.content.count,
            "what": Message(WHAT[role]),
        }
        named = candidate.heading.role is not None and candidate.heading.text
        candidate.why = (
            Message(_BY_BOTH, heading=candidate.heading.text, **fields)
            if named
            else Message(_BY_CELLS, **fields)
        )

    # What columns are together

    def _choose_measure_column(self) -> None:
        """A column of texts with nothing else to be: measures, where no other column or title says which."""
        if self._with(ColumnRole.MEASURE):
            return
        texts = [
            column
            for column in self._columns
            if column.role is None and column.content.is_text and column.content.count
        ]
        context = [text for text in texts if text.content.measures > 0.0]
        first_value = min(
            (column.column for column in self._with(ColumnRole.VALUE)), default=self._grid.cells.shape[1]
        )
        if context:
            chosen = max(context, key=lambda text: text.content.measures)
            self._set(chosen, ColumnRole.MEASURE, chosen.content.measures)
        elif not any(column.heading.measure_id for column in self._columns) and not self._title_measure():
            left = [text for text in texts if text.column < first_value and text.content.filled > 0.2]
            has_no_place = not self._with(ColumnRole.MUNICIPALITY) and not any(
                column.heading.place for column in self._columns
            )
            like_titles = [
                text for text in left if text.content.length >= 12 or (has_no_place and text is left[0])
            ]
            if like_titles:
                chosen = max(like_titles, key=lambda like_title: like_title.content.length)
                chosen.role, chosen.why = ColumnRole.MEASURE, Message(_TITLES)

    def _choose_values(self) -> None:
        values = self._with(ColumnRole.VALUE)
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
                    count.role, count.why = ColumnRole.BASIS, Message(_BY_HEADING, heading=count.heading.text)
        measure_is_known = bool(self._with(ColumnRole.MEASURE)) or bool(self._title_measure())
        chosen = (
            fixed if fixed and not headed else [*headed, *(value for value in fixed if value not in headed)]
        )
        for count in self._with(ColumnRole.VALUE):
            self._explain(count)
            if chosen and count not in chosen and (measure_is_known or headed):
                count.role, count.why = ColumnRole.IGNORED, Message(_OTHER_FIGURES)

    def _explain(self, candidate: _Candidate) -> None:
        measure = candidate.heading.measure
        if measure and measure.measure_id:
            candidate.measure_id = measure.measure_id
            candidate.why = (
                Message(_MEASURE_IN_HEADING, name=measure.name)
                if measure.likeness >= 100
                else Message(_NEAR_IN_HEADING, name=measure.name, likeness=f"{measure.likeness:.0f}")
            )
        elif measure and measure.candidates:
            candidate.why = Message(_SEVERAL_IN_HEADING, names=self._named(measure.candidates))
        elif candidate.heading.fixes:
            fixed_texts = [
                candidate.heading.period,
                *([as_text(candidate.heading.gender)] if candidate.heading.gender else []),
                candidate.heading.place,
            ]
            candidate.why = Message(_FIXED, what=", ".join(text for text in fixed_texts if text))
        elif candidate.heading.role is ColumnRole.VALUE or candidate.heading.is_count:
            candidate.why = Message(_BY_HEADING, heading=candidate.heading.text)
        elif candidate.heading.rest:
            candidate.why = Message(_UNKNOWN_HEADING)
        else:
            candidate.why = Message(_NUMBERS)

    def _attach_what_stands_beside(self) -> None:
        """A basis or a comment without a measure of its own belongs to the value before it, else to the whole row."""
        values = self._with(ColumnRole.VALUE)
        named = {value.measure_id for value in values if value.measure_id}
        for column in self._columns:
            if column.role not in {ColumnRole.BASIS, ColumnRole.COMMENT, ColumnRole.REASON}:
                continue
            if column.heading.measure_id:
                column.measure_id = column.heading.measure_id
                continue
            before = [value for value in values if value.column < column.column]
            if column.role is ColumnRole.BASIS or len(self._with(column.role)) > 1:
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

    def _keep_one_of_each(self) -> None:
        """Two columns may both name the municipality, by code and by name; of other keys the fuller one is kept."""
        for role in (ColumnRole.MEASURE, ColumnRole.GENDER, ColumnRole.PART):
            same = self._with(role)
            best = max(same, key=lambda column: _fitness(column, role), default=None)
            for column in same:
                if column is not best:
                    column.role, column.why = ColumnRole.IGNORED, Message(_NOTHING_KNOWN)
        times = [*self._with(ColumnRole.YEAR), *self._with(ColumnRole.PERIOD)]
        for column in sorted(times, key=lambda time: (time.heading.role is None, time.column))[1:]:
            column.role, column.why = ColumnRole.IGNORED, Message(_NOTHING_KNOWN)
        for role in (
            ColumnRole.MUNICIPALITY,
            ColumnRole.MEASURE,
            ColumnRole.YEAR,
            ColumnRole.PERIOD,
            ColumnRole.PART,
        ):
            for column in self._with(role):
                column.is_filled_down = column.content.is_grouped or self._is_merged_down(column.column)

    def _is_merged_down(self, column: int) -> bool:
        first, last = self._table.first_row, self._table.last_row
        return any(
            left == column == right and first <= top < bottom <= last
            for top, left, bottom, right in self._grid.merged
        )

    def _with(self, role: ColumnRole) -> list[_Candidate]:
        return [column for column in self._columns if column.role is role]

    def _named(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self._names.measures.told_apart, ids))

    # What the whole table is about

    def _titles(self) -> list[str]:
        """Texts that may say what the table is about, the nearest first: above it, in its corner, the sheet's name."""
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

    def _title_measure(self) -> tuple[str, MeasureInText] | None:
        for text in self._titles():
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

    def _about_the_whole(self) -> SheetMapping:
        """The measure, municipality, period and gender that no column says, from titles; why, in sentences."""
        context, values = self._names.context, self._with(ColumnRole.VALUE)
        why = self._where()
        about = SheetMapping(self._grid.name, is_read=True)
        beside: MeasureInText | None = None
        if not self._with(ColumnRole.MEASURE) and not all(value.measure_id for value in values):
            named = self._title_measure()
            ambiguous = any(value.heading.measure and value.heading.measure.candidates for value in values)
            if (
                named
                and not ambiguous
                and not any(value.heading.rest and not value.heading.fixes for value in values)
            ):
                text, beside = named
                about = replace(about, measure_id=beside.measure_id)
                why = _why_measure(why, text, beside)
        if not self._with(ColumnRole.MUNICIPALITY) and not any(value.heading.place for value in values):
            if code := self._title_place():
                name = context.places[code].name
                about = replace(about, municipality_code=code)
                why = Message(_ABOUT, table=why, about=name)
            elif values:
                why = Message(_ABOUT_OWN_PLACE, table=why, place=context.place.name.removesuffix("s"))
        time_is_known = self._with(ColumnRole.YEAR) or self._with(ColumnRole.PERIOD)
        if not time_is_known and not all(len(value.heading.period) >= 4 for value in values):
            period = (beside.period if beside else None) or self._title_period()
            if period:
                about = replace(about, period=str(period.period))
                why = Message(_ABOUT, table=why, about=str(period.period))
            elif values and not any(len(value.heading.period) >= 4 for value in values):
                why = Message(_ABOUT_OWN_PERIOD, table=why, period=str(context.period))
        if not self._with(ColumnRole.GENDER) and not any(value.heading.gender for value in values):
            about = replace(about, gender=(beside.gender if beside else None) or self._title_gender())
        return replace(about, why=why)

    def _where(self) -> Message:
        first, last = self._table.first_row + 1, self._table.last_row + 1
        if not self._table.heading_rows:
            return Message(_TABLE_WITHOUT_HEADINGS, first=first, last=last)
        headings = [row + 1 for row in self._table.heading_rows]
        written = f"{headings[0]}–{headings[-1]}" if len(headings) > 1 else str(headings[0])
        return Message(_TABLE, headings=written, first=first, last=last)

    def _title_place(self) -> str:
        for text in self._titles():
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

    def _title_period(self) -> PeriodInText | None:
        titles = self._titles()
        for text in titles:
            after_colon = text.partition(":")[2].strip()
            for candidate in (text, after_colon):
                if candidate and (period := parse_period(candidate)):
                    return period
        for text in titles:
            if period := split_period(text)[0] or only_year_in(text):
                return period
        return None

    def _title_gender(self) -> Gender | None:
        return next((gender for text in self._titles() if (gender := parse_gender(text))), None)


def _why_measure(table: Message, text: str, read: MeasureInText) -> Message:
    if read.likeness >= 100:
        return Message(_ABOUT_MEASURE, table=table, said=text)
    return Message(_ABOUT_NEAR, table=table, said=text, name=read.name, likeness=f"{read.likeness:.0f}")


def _fitness(candidate: _Candidate, role: ColumnRole) -> tuple[float, bool, int]:
    content = candidate.content
    share = {
        ColumnRole.MEASURE: content.measures,
        ColumnRole.GENDER: content.genders,
        ColumnRole.PART: content.parts,
    }[role]
    return share, candidate.heading.role is role, -candidate.column


def _share(counted: Mapping[object, int], holds: Callable[[object], bool]) -> float:
    """The share of cells for which something holds, asked for once a distinct one."""
    return sum(count for cell, count in counted.items() if holds(cell)) / max(1, sum(counted.values()))


def _is_value(cell: object) -> bool:
    if isinstance(cell, float):
        return True
    return isinstance(cell, str) and (parse_number(cell) is not None or parse_reason(cell) is not None)
