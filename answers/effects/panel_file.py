"""A panel from any file with one row per unit and time: which column is what, and numbers as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from answers.effects.estimation import choose_design
from domain.effect import Design, Effect
from domain.errors.effects import TreatedError
from domain.errors.files import UnreadablePanelError
from domain.message import Message, Value
from domain.suggestion import suggest_similar
from language import panel_file_texts as texts
from metrics.effects.estimating import estimate
from metrics.effects.panel import Panel
from spreadsheets import read_file
from spreadsheets.workbook import CellArray
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

MOST_UNITS: Final = 1_000  # three times the municipalities; every pair of them is held in memory at once
MOST_TIMES: Final = 1_000


_UNIT_AND_TIME: Final = re.compile(r"(?P<unit>.*?)(?:\s*:\s*(?P<time>-?\d+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PanelColumns:
    """The headings of the four columns. treated: a column of 0 and 1, or units as `NAME:TIME,NAME:TIME`."""

    unit: str
    time: str
    outcome: str
    treated: str


def read_panel(
    content: bytes,
    file_name: str,
    columns: PanelColumns,
    *,
    donors: Sequence[str] | None = None,
    left_out: Sequence[str] = (),
) -> Panel:
    """Read delimited text or a workbook's first sheet, with headings in its first row. An empty outcome is a gap.

    donors: the units that may be compared with, everybody by default. left_out: the units that may not. Raises
    `UnreadablePanelError`, `TreatedError` and what `spreadsheets.read_file` raises.
    """
    cells = read_file(content, file_name).sheets[0].cells
    table = _Table(cells, file_name)
    units, times = table.texts(columns.unit), table.times(columns.time)
    outcomes = table.numbers(columns.outcome)
    named, ordered = list(dict.fromkeys(units)), sorted(set(times))
    if len(named) > MOST_UNITS or len(ordered) > MOST_TIMES:
        raise table.unreadable(texts.TOO_MANY, n=len(named), times=len(ordered), most=MOST_UNITS)
    row_of, column_of = (
        {unit: row for row, unit in enumerate(named)},
        {time: column for column, time in enumerate(ordered)},
    )
    values = np.full((len(named), len(ordered)), np.nan)
    seen: dict[tuple[str, int], int] = {}
    for at, (unit, time, outcome) in enumerate(zip(units, times, outcomes, strict=True)):
        if (unit, time) in seen:
            raise table.unreadable(texts.TWICE, unit=unit, time=time, first=seen[unit, time], row=at + 2)
        seen[unit, time] = at + 2
        values[row_of[unit], column_of[time]] = outcome
    if table.has(columns.treated):
        treated = _starts_from_column(table, columns.treated, units, times)
    else:
        treated = _starts_from_text(table, columns.treated, named)
    for unit in [*(donors or ()), *left_out]:
        if unit not in row_of:
            raise table.unreadable(texts.NO_SUCH_UNIT, unit=unit, suggestion=suggest_similar(unit, named))
    for unit in donors or ():
        if unit in treated:
            raise TreatedError(TreatedError.AMONG_DONORS, unit=unit)
    others = named if donors is None else list(donors)
    allowed = tuple(other for other in others if other not in treated and other not in left_out)
    return Panel(values, tuple(named), tuple(ordered), treated, allowed)


def estimate_file_effect(
    content: bytes,
    file_name: str,
    columns: PanelColumns,
    *,
    design: Design | None = None,
    donors: Sequence[str] | None = None,
    left_out: Sequence[str] = (),
) -> Effect:
    """Estimate the effect in a panel file, by a design or by what the series allows. Raises as `read_panel` does."""
    panel = read_panel(content, file_name, columns, donors=donors, left_out=left_out)
    return estimate(panel, design or choose_design(panel))


class _Table:
    """Cells under headings; every error names the file, and the row as a spreadsheet counts it."""

    def __init__(self, cells: CellArray, file_name: str) -> None:
        self._file_name = file_name
        self._headings = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells[0]]
        is_filled = np.array([any(cell is not None for cell in row) for row in cells[1:]], dtype=np.bool_)
        if not is_filled.any():
            raise self.unreadable(texts.NO_ROWS)
        self._rows = cells[1 : 1 + int(np.flatnonzero(is_filled)[-1]) + 1]

    def unreadable(self, problem: str, **values: Value) -> UnreadablePanelError:
        return UnreadablePanelError(file=self._file_name, problem=Message(problem, **values))

    @property
    def headings(self) -> list[str]:
        return [heading for heading in self._headings if heading]

    def has(self, heading: str) -> bool:
        return self._position(heading) is not None

    def texts(self, heading: str) -> list[str]:
        units = []
        for at, cell in enumerate(self._column(heading)):
            text = _as_text(cell)
            if not text:
                raise self.unreadable(texts.NO_UNIT, row=at + 2)
            units.append(text)
        return units

    def times(self, heading: str) -> list[int]:
        times = []
        for at, cell in enumerate(self._column(heading)):
            number = _number(cell)
            if number is None or number != number or number != int(number):
                raise self.unreadable(texts.NO_TIME, value=_as_text(cell), row=at + 2)
            times.append(int(number))
        return times

    def numbers(self, heading: str) -> list[float]:
        numbers = []
        for at, cell in enumerate(self._column(heading)):
            number = _number(cell)
            if number is None or abs(number) == np.inf:
                raise self.unreadable(texts.NO_NUMBER, value=_as_text(cell), row=at + 2)
            numbers.append(number)
        return numbers

    def _column(self, heading: str) -> list[object]:
        position = self._position(heading)
        if position is None:
            raise self.unreadable(
                texts.NO_COLUMN,
                column=heading,
                columns=", ".join(self.headings),
                suggestion=suggest_similar(heading, self.headings),
            )
        return list(self._rows[:, position])

    def _position(self, heading: str) -> int | None:
        """Return the position of a column: with the exact heading, else ignoring case; `None` where there is none."""
        title = " ".join(heading.split())
        for fold in (str, str.casefold):
            positions = [
                at for at, own_heading in enumerate(self._headings) if fold(own_heading) == fold(title)
            ]
            if len(positions) > 1:
                raise self.unreadable(texts.TWO_COLUMNS, column=heading)
            if positions:
                return positions[0]
        return None


def parse_treated(text: str) -> dict[str, int | None]:
    """Parse `0136:2019,0127` into units and, where it is written, the first time."""
    first_times: dict[str, int | None] = {}
    for part in text.split(","):
        match = _UNIT_AND_TIME.fullmatch(part.strip())
        if match is not None and match["unit"].strip():
            first_times[match["unit"].strip()] = int(match["time"]) if match["time"] else None
    return first_times


def _starts_from_column(
    table: _Table, heading: str, units: Sequence[str], times: Sequence[int]
) -> dict[str, int]:
    """Return the first time with a 1 of each unit. Raises where a unit goes back to 0."""
    flags = table.numbers(heading)
    starts: dict[str, int] = {}
    for at, (unit, time, flag) in enumerate(zip(units, times, flags, strict=True)):
        if flag not in (0.0, 1.0):
            raise table.unreadable(
                texts.NOT_ZERO_OR_ONE, column=heading, row=at + 2, value="" if flag != flag else f"{flag:g}"
            )
        if flag == 1.0:
            starts[unit] = min(time, starts.get(unit, time))
    for unit, time, flag in zip(units, times, flags, strict=True):
        if flag == 0.0 and unit in starts and time > starts[unit]:
            raise table.unreadable(texts.GOES_BACK, unit=unit, column=heading, time=time)
    if not starts:
        raise table.unreadable(texts.NOBODY, column=heading)
    return starts


def _starts_from_text(table: _Table, text: str, named: Sequence[str]) -> dict[str, int]:
    """Return the first time of units that are listed with it."""
    first_times = parse_treated(text) or {text: None}
    starts: dict[str, int] = {}
    for unit, time in first_times.items():
        if unit not in named:
            near = suggest_similar(unit, [*table.headings, *named])
            raise table.unreadable(texts.NEITHER, word=unit, suggestion=near)
        if time is None:
            raise TreatedError(TreatedError.WITHOUT_START, unit=unit)
        starts[unit] = time
    return starts


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _number(cell: object) -> float | None:
    """Return NaN for an empty cell and for what people write where there is no number, `None` for other text."""
    if cell is None:
        return np.nan
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, float | int):
        return float(cell)
    text = str(cell)
    if parse_reason(text) is not None:
        return np.nan
    parsed = parse_number(text)
    return None if parsed is None else parsed.value
