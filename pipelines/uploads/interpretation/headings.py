"""What the headings above one column fix: a measure, a period, a gender, a place, or what kind of column it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.upload import ColumnRole
from domain.value import Gender
from pipelines.uploads.interpretation.genders import parse_gender, split_gender
from pipelines.uploads.interpretation.heading_words import is_count, role_beside_value, role_of_heading
from pipelines.uploads.interpretation.measure_names import MeasureInText
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet, as_text, is_blank
from pipelines.uploads.interpretation.periods import parse_part, parse_period, split_period


@dataclass
class Heading:
    """What a column's headings say. period: written as `Period`, or `-05` for a part of the row's own year.

    rest: what they say beside that. measure: the reading of the text that names one, `measure_text` that text.
    """

    texts: tuple[str, ...] = ()
    role: ColumnRole | None = None
    measure: MeasureInText | None = None
    measure_text: str = ""
    period: str = ""
    is_school_year: bool = False
    gender: Gender | None = None
    place: str = ""
    is_group: bool = False
    beside: ColumnRole | None = None
    is_count: bool = False
    rest: str = ""

    @property
    def text(self) -> str:
        """All of it, from top to bottom."""
        return " / ".join(self.texts)

    @property
    def measure_id(self) -> str:
        return self.measure.measure_id if self.measure else ""

    @property
    def fixes(self) -> bool:
        """Whether it says which values stand below."""
        return bool(self.measure_id or self.period or self.gender or self.place or self.is_group)


def cells_above_columns(grid: OrientedSheet, heading_rows: tuple[int, ...]) -> dict[int, list[object]]:
    """The cells above every column, top to bottom. A cell merged over several columns, or with empty cells to its right
    that have headings of their own below, stands over all of these."""
    over: dict[int, list[object]] = {column: [] for column in grid.columns}
    merged = {
        (row, column): (top, left)
        for top, left, bottom, right in grid.merged
        for row in range(top, min(bottom, max(heading_rows, default=-1)) + 1)
        if row in heading_rows
        for column in range(left, min(right, grid.cells.shape[1] - 1) + 1)
    }
    for row in heading_rows:
        carried: object = None
        below = [heading_row for heading_row in heading_rows if heading_row > row]
        for column in grid.columns:
            cell = grid.cells[row, column]
            if is_blank(cell) and (row, column) in merged:
                top, left = merged[row, column]
                cell = grid.cells[top, left] if top == row else None
            if not is_blank(cell):
                carried = None if isinstance(cell, str) and role_of_heading(cell) else cell
            elif carried is not None and any(not is_blank(grid.cells[row, column]) for row in below):
                cell = carried
            else:
                carried = None
            if not is_blank(cell):
                over[column].append(cell)
    return over


def read_heading(cells: Iterable[object], names: NameLookup) -> Heading:
    """What the cells above one column say together; the lower ones win where two say the same kind of thing."""
    heading = Heading()
    listed = list(cells)
    rest = [left for cell in listed if (left := _take(heading, cell, names))]
    heading.texts = tuple(as_text(cell) for cell in listed)
    if len(rest) > 1 and heading.measure is None:  # a measure's name cut over two rows
        together = names.measures.read(" ".join(rest))
        if together.measure_id:
            heading.measure, heading.measure_text = together, " ".join(rest)
            rest = []
    heading.rest = ", ".join(rest)
    return heading


def _take(heading: Heading, cell: object, names: NameLookup) -> str:
    """Note what one cell says; what is left of it that nothing is known about."""
    if not isinstance(cell, str):
        if period := parse_period(cell):
            heading.period, heading.is_school_year = str(period.period), period.is_school_year
            return ""
        if isinstance(cell, float) and (place := names.places.read(cell)) and place.code:
            heading.place = place.code
            return ""
        return as_text(cell)
    if is_count(cell):
        heading.is_count = True
        return ""
    if role := role_of_heading(cell):
        heading.role = role
        return ""
    if gender := parse_gender(cell):
        heading.gender = gender
        return ""
    if period := parse_period(cell):
        heading.period, heading.is_school_year = str(period.period), period.is_school_year
        return ""
    if part := parse_part(cell):
        heading.period = f"{heading.period}-{part}" if len(heading.period) == 4 else f"-{part}"
        return ""
    whole = names.measures.read(cell)
    beside, text = (None, cell) if whole.measure_id and whole.likeness == 100 else role_beside_value(cell)
    read = names.measures.read(text) if text else MeasureInText()
    if not read.measure_id and not read.candidates and (place := names.places.read(cell)):
        heading.place, heading.is_group = place.code, place.is_mean
        return ""
    heading.beside = beside or heading.beside
    left = _take_what_stands_beside(heading, text, read)
    if read.measure_id or read.candidates:
        heading.measure, heading.measure_text = read, as_text(text)
        return ""
    if is_count(left):
        heading.is_count = True
        return ""
    if role := role_of_heading(left):
        heading.role = role
        return ""
    return left


def _take_what_stands_beside(heading: Heading, text: str, read: MeasureInText) -> str:
    gender, period, left = read.gender, read.period, text
    if not (read.measure_id or read.candidates):
        period, left = split_period(left)
        gender = parse_gender(left)
        if gender:
            left = ""
        else:
            gender, left = split_gender(left)
        if period is None:
            period, left = split_period(left)
    if period:
        heading.period, heading.is_school_year = str(period.period), period.is_school_year
    heading.gender = gender or heading.gender
    return left.strip(" ,;:–-")
