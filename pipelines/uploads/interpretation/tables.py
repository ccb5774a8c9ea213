"""Where the tables of a sheet lie: their headings, their first and last rows, and the titles above them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby, pairwise
from typing import Final

from domain.upload import ColumnRole
from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.heading_words import is_count, role_beside_value, role_of_heading
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text, is_blank
from pipelines.uploads.interpretation.periods import FIRST_YEAR, LAST_YEAR, parse_part, parse_period
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

TOP: Final = 60  # rows in which the first heading is looked for
MOST_LOOKED_THROUGH: Final = 3_000  # rows of a sheet that may hold several tables; longer ones hold one
_WIDEST: Final = 200  # columns that a row is judged by
_MOST_HEADING_ROWS: Final = 4
_LONGEST_STEP: Final = 5  # years between two columns of years
_CODE_LENGTH: Final = 4
_REACH: Final = 4  # rows between a heading and the first row of values


class _Row(Enum):
    """What a row is, judged by itself."""

    EMPTY = auto()
    TITLE = auto()  # one text, or a word and what it says: "Kommun: Haninge"
    HEADING = auto()
    VALUES = auto()
    TEXT = auto()


class _Text(Enum):
    """What a text in a cell is; a reason counts as a number, since it stands where one would."""

    PERIOD = auto()
    ROLE = auto()
    GENDER = auto()
    PART = auto()
    PLACE = auto()
    GROUP = auto()
    NUMBER = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Title:
    """A text above a table, with the cell that it stands in, from 0."""

    text: str
    row: int
    column: int


@dataclass(frozen=True)
class Table:
    """A table, rows counted from 0. notes_from: the first row below it that was left out though it holds figures."""

    heading_rows: tuple[int, ...]
    first_row: int
    last_row: int
    titles: tuple[Title, ...] = ()
    notes_from: int | None = None


@dataclass
class _Seen:
    """What the cells of one row are, distinct where that matters."""

    cells: list[tuple[int, object]] = field(default_factory=list)
    numbers: int = 0
    periods: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    groups: int = 0
    genders: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    roles: list[ColumnRole] = field(default_factory=list)
    reasons: int = 0  # words that head a column of reasons and are reasons themselves: "bortfall"
    texts: int = 0

    @property
    def only_says_why(self) -> bool:
        """Whether it is a row of somebody's or some year's whose only word that could be a heading is a reason."""
        return 0 < self.reasons == len(self.roles) and bool(self.places or self.groups or self.periods)


def find_tables(grid: OrientedSheet, names: NameLookup) -> list[Table]:
    """The tables of a sheet from top to bottom; none where no row holds values."""
    return list(_Sheet(grid, names).tables())


class _Sheet:
    def __init__(self, grid: OrientedSheet, names: NameLookup) -> None:
        self._grid = grid
        self._names = names
        self._texts: dict[str, tuple[_Text, str]] = {}
        self._is_long = grid.cells.shape[0] > MOST_LOOKED_THROUGH
        self._rows = [int(row) for row in grid.rows(0, TOP if self._is_long else MOST_LOOKED_THROUGH)]
        self._seen = {row: self._see(row) for row in self._rows}
        self._kinds = {row: self._kind(seen) for row, seen in self._seen.items()}

    def tables(self) -> Iterator[Table]:
        starts = self._starts()
        if not starts:
            return
        above = -1
        for number, (heading_rows, first) in enumerate(starts):
            following = starts[number + 1] if number + 1 < len(starts) else None
            last, notes_from = self._last(first, following)
            top = min((*heading_rows, first))
            titles = tuple(self._titles(above + 1, top - 1))
            if last >= first:
                yield from self._sections(Table(heading_rows, first, last, titles, notes_from))
                above = last

    def _starts(self) -> list[tuple[tuple[int, ...], int]]:
        """Heading rows and first row of every table."""
        starts: list[tuple[tuple[int, ...], int]] = []
        position, after = 0, -1
        while position < len(self._rows):
            row = self._rows[position]
            if self._kinds[row] is _Row.HEADING and (block := self._block(position)):
                is_new = (
                    not starts
                    or self._rows[position - 1] in self._gaps
                    or self._stands_apart(block[0], starts[-1][0])
                )
                if is_new and (first := self._first_below(block[-1])) is not None:
                    starts.append((self._with_rows_above(block, after), first))
                    after = first
                    position = self._rows.index(first) + 1
                    continue
            position += 1
        if starts and not self._values_before(starts[0]):
            return starts
        first = next((row for row in self._rows if self._kinds[row] is _Row.VALUES), None)
        if first is None:
            return []
        if starts and first >= starts[0][1]:
            return starts
        return [self._without_known_headings(first)]

    @property
    def _gaps(self) -> set[int]:
        return {row for row, kind in self._kinds.items() if kind in {_Row.EMPTY, _Row.TITLE}}

    def _stands_apart(self, row: int, earlier: tuple[int, ...]) -> bool:
        """Whether a heading in the midst of values repeats an earlier one, as at the top of every printed page."""

        def texts(row_above: int) -> list[str]:
            return [as_text(cell) for _, cell in self._seen[row_above].cells]

        return any(texts(row) == texts(row_above) for row_above in earlier)

    def _values_before(self, start: tuple[tuple[int, ...], int]) -> bool:
        """Whether at least three rows of values stand above what looks like the first heading."""
        return sum(self._kinds[row] is _Row.VALUES for row in self._rows if row < min(start[0])) >= 3

    def _without_known_headings(self, first: int) -> tuple[tuple[int, ...], int]:
        """A table whose headings say nothing that we know: the row above the values, if it holds several texts."""
        row = first - 1
        while row in self._kinds and self._kinds[row] is _Row.TEXT and self._names_a_key(row):
            first, row = row, row - 1  # rows of the table that hold no value
        seen = self._seen.get(row)
        is_heading = seen is not None and self._kinds[row] is _Row.TEXT and len(seen.cells) >= 2
        return ((row,) if is_heading else (), first)

    def _block(self, position: int) -> tuple[int, ...]:
        block = [self._rows[position]]
        for earlier, later in pairwise(self._rows[position:]):
            if (
                later != earlier + 1
                or self._kinds[later] is not _Row.HEADING
                or len(block) == _MOST_HEADING_ROWS
            ):
                break
            block.append(later)
        return tuple(block)

    def _first_below(self, heading: int) -> int | None:
        for row in self._rows:
            if not heading < row <= heading + _REACH:
                continue
            kind = self._kinds[row]
            if kind is _Row.VALUES or (kind in {_Row.TEXT, _Row.TITLE} and self._names_a_key(row)):
                return row
        return None

    def _names_a_key(self, row: int) -> bool:
        """Whether a row without values still belongs to the table: it names a place, a period or a measure."""
        seen = self._seen[row]
        if seen.places or seen.groups or (seen.periods and len(seen.cells) > 1):
            return True
        return any(
            isinstance(cell, str) and self._names.measures.read(cell).measure_id for _, cell in seen.cells[:3]
        )

    def _with_rows_above(self, block: tuple[int, ...], after: int) -> tuple[int, ...]:
        """The heading with the rows above that belong to it: they stand over its columns, not at the table's left edge."""
        rows = list(block)
        left = min(column for row in block for column, _ in self._seen[row].cells)
        corner = left if not is_blank(self._grid.cells[block[-1], left]) else left - 1
        row = block[0] - 1
        while row > after and len(rows) < _MOST_HEADING_ROWS and row in self._seen:
            cells = self._seen[row].cells
            over = [column for column, _ in cells if column > corner]
            if not over or self._kinds[row] is _Row.VALUES or self._is_pair(self._seen[row]):
                break
            if len(cells) == 1 and self._covers_all(row, over[0], corner):
                break
            rows.insert(0, row)
            row -= 1
        return tuple(rows)

    def _covers_all(self, row: int, column: int, corner: int) -> bool:
        return any(top == row and left == column <= corner for top, left, _, _ in self._grid.merged)

    def _last(self, first: int, following: tuple[tuple[int, ...], int] | None) -> tuple[int, int | None]:
        """The last row of values, and where figures below it were left out."""
        if self._is_long:
            return self._last_of_long(first), None
        end = min((*following[0], following[1])) - 1 if following else self._rows[-1]
        values = [row for row in self._rows if first <= row <= end and self._kinds[row] is _Row.VALUES]
        keyed = [
            row
            for row in self._rows
            if first <= row <= end and self._kinds[row] is _Row.TEXT and self._names_a_key(row)
        ]
        if not values:
            return first - 1, None
        last, notes_from = values[-1], None
        blanks = [row for row in self._rows if first < row < last and self._kinds[row] is _Row.EMPTY]
        for blank in blanks:
            below = [row for row in values if row > blank]
            if (
                below
                and not any(self._names_a_key(row) or self._seen[row].genders for row in below)
                and any(self._names_a_key(row) for row in values if row < blank)
            ):
                last, notes_from = max(row for row in values if row < blank), below[0]
                break
        return max([last, *(row for row in keyed if row <= end and not notes_from)]), notes_from

    def _last_of_long(self, first: int) -> int:
        rows = self._grid.cells.shape[0]
        for row in range(rows - 1, first - 1, -1):
            if self._kind(self._see(row)) is _Row.VALUES:
                return row
        return first - 1

    def _titles(self, first: int, last: int) -> Iterator[Title]:
        for row in self._rows:
            if first <= row <= last:
                for column, cell in self._seen[row].cells:
                    yield Title(as_text(cell), row, column)

    def _sections(self, table: Table) -> Iterator[Table]:
        """The table cut where a row holds nothing but the name of a measure: what follows is about that."""
        cuts = [
            row for row in self._rows if table.first_row <= row <= table.last_row and self._is_section(row)
        ]
        if not cuts or self._is_long:
            yield table
            return
        if cuts[0] > table.first_row:
            yield Table(table.heading_rows, table.first_row, cuts[0] - 1, table.titles)
        for cut, following in pairwise([*cuts, table.last_row + 1]):
            if following - 1 > cut:
                ((column, cell),) = self._seen[cut].cells
                title = Title(as_text(cell), cut, column)
                notes = table.notes_from if following > table.last_row else None
                yield Table(table.heading_rows, cut + 1, following - 1, (title,), notes)

    def _is_section(self, row: int) -> bool:
        seen = self._seen[row]
        if len(seen.cells) != 1 or self._kinds[row] is _Row.VALUES or seen.places or seen.groups:
            return False
        cell = seen.cells[0][1]
        return (
            isinstance(cell, str)
            and bool(self._names.measures.read(cell).measure_id)
            and self._kinds.get(row + 1) is _Row.VALUES
        )

    def _see(self, row: int) -> _Seen:
        seen = _Seen()
        for column in self._grid.columns[:_WIDEST]:
            cell = self._grid.cells[row, column]
            if is_blank(cell):
                continue
            seen.cells.append((column, cell))
            self._note(seen, cell)
        return seen

    def _note(self, seen: _Seen, cell: object) -> None:
        if isinstance(cell, float):
            if cell == int(cell) and FIRST_YEAR <= cell <= LAST_YEAR if abs(cell) < 1e9 else False:
                seen.periods.append(str(int(cell)))
            else:
                seen.numbers += 1
            return
        if not isinstance(cell, str):
            if period := parse_period(cell):
                seen.periods.append(str(period.period))
            return
        if cell not in self._texts:
            self._texts[cell] = self._what(cell)
        what, reading = self._texts[cell]
        if what is _Text.PERIOD:
            seen.periods.append(reading)
        elif what is _Text.ROLE:
            seen.roles.append(ColumnRole(reading))
            seen.reasons += parse_reason(cell) is not None
        elif what is _Text.GENDER:
            seen.genders.add(reading)
        elif what is _Text.PART:
            seen.parts.add(reading)
        elif what is _Text.PLACE:
            seen.places.add(reading)
        seen.numbers += what is _Text.NUMBER
        seen.groups += what is _Text.GROUP
        seen.texts += what is _Text.OTHER

    def _what(self, text: str) -> tuple[_Text, str]:
        """What a text is, looked into once however often it stands in the sheet."""
        plain = text.strip()
        if period := parse_period(text):
            return _Text.PERIOD, str(period.period)
        if role := (ColumnRole.VALUE if is_count(text) else role_of_heading(text)):
            return _Text.ROLE, role
        if gender := parse_gender(text):
            return _Text.GENDER, gender
        if part := parse_part(text):
            return _Text.PART, part
        if parse_number(text) and not (plain.startswith("0") and len(plain) == _CODE_LENGTH):
            return _Text.NUMBER, ""
        if place := self._names.places.read(text):
            return (_Text.GROUP, "") if place.is_mean else (_Text.PLACE, place.code)
        return (_Text.NUMBER if parse_reason(text) else _Text.OTHER), ""

    def _kind(self, seen: _Seen) -> _Row:
        if not seen.cells:
            return _Row.EMPTY
        if self._is_heading(seen):
            return _Row.HEADING
        if (
            seen.numbers
            or seen.only_says_why
            or (len(seen.cells) >= 2 and self._may_hold_year_like_values(seen))
        ):
            return _Row.VALUES
        return _Row.TITLE if len(seen.cells) == 1 or self._is_pair(seen) else _Row.TEXT

    def _is_heading(self, seen: _Seen) -> bool:
        if seen.numbers:
            return self._is_row_of_codes(seen)
        if self._is_pair(seen) or len(seen.cells) < 2 or seen.only_says_why:
            return False
        if seen.roles or len(seen.places) >= 2 or len(seen.genders) >= 2 or len(seen.parts) >= 2:
            return not (len(seen.places) == 1 and seen.periods and not seen.roles)
        if len(set(seen.periods)) >= 2:
            return _is_run(seen.periods, fewest=3 if seen.places or seen.genders else 2)
        if seen.periods and len(set(seen.periods)) == 1 and not seen.places and not seen.texts:
            return len(seen.periods) >= 2  # the same year over several columns
        if seen.periods or seen.places:
            return False
        texts = [cell for _, cell in seen.cells if isinstance(cell, str)]
        named = [cell for cell in texts if self._heads_values(cell)]
        return len(named) >= 2 or (len(named) == 1 and len(texts) == 1)

    def _heads_values(self, text: str) -> bool:
        read = self._names.measures.read(role_beside_value(text)[1])
        return bool(read.measure_id or read.candidates or (read.period and not parse_period(text)))

    def _is_row_of_codes(self, seen: _Seen) -> bool:
        """Municipality codes over the columns, as numbers: too many to be values that only look like codes."""
        numbers = [cell for _, cell in seen.cells if isinstance(cell, float) or parse_number(str(cell))]
        codes = {
            place.code
            for cell in numbers
            if len(as_text(cell)) >= _CODE_LENGTH - 1 and (place := self._names.places.read(cell)) is not None
        }
        are_alike = len({type(cell) for cell in numbers}) == 1
        return (
            len(numbers) >= 3
            and are_alike
            and len(codes) == len(numbers)
            and len(seen.cells) - len(numbers) <= 2
        )

    def _is_pair(self, seen: _Seen) -> bool:
        """A word and what it says, above the table: `År | 2023`, `Kommun: | Haninge`."""
        if len(seen.cells) != 2 or not isinstance(first := seen.cells[0][1], str):
            return False
        if first.rstrip().endswith(":"):
            return True
        role = role_of_heading(first)
        return (
            (role is ColumnRole.MUNICIPALITY and len(seen.places) == 1)
            or (role in {ColumnRole.YEAR, ColumnRole.PERIOD} and len(seen.periods) == 1)
            or (role is ColumnRole.MEASURE and bool(seen.texts))
        )

    @staticmethod
    def _may_hold_year_like_values(seen: _Seen) -> bool:
        return bool(seen.periods) and bool(
            seen.places or seen.groups or seen.texts or seen.genders or len(seen.periods) > 1
        )


def _is_run(periods: list[str], *, fewest: int) -> bool:
    """Whether periods follow each other as they do over columns, once or again and again: 2021, 2022, 2021, 2022."""
    listed = [period for period, _ in groupby(periods)]
    length = listed.index(listed[0], 1) if listed[0] in listed[1:] else len(listed)
    block = listed[:length]
    if length < fewest or listed != (block * len(listed))[: len(listed)] or len(listed) % length:
        return False
    if not all(cell.isdigit() for cell in block):
        return len(set(block)) == length
    steps = {int(later) - int(earlier) for earlier, later in pairwise(block)}
    return (max(steps) < 0 or min(steps) > 0) and max(map(abs, steps)) <= _LONGEST_STEP
