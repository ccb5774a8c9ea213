"""A column of cells that should hold numbers, read at once: numbers are taken as they are, each distinct text is parsed once."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from domain.cell_problem import Problem
from pipelines.uploads.interpretation.oriented_sheet import Column, as_text, is_blank
from pipelines.uploads.interpretation.text_codes import NO_TEXT, Codes, Flags, Floats, TextCodes
from spreadsheets.written_numbers import WrittenNumber, parse_number
from spreadsheets.written_reasons import parse_reason


@dataclass(frozen=True)
class NumberColumn:
    """What every cell holds. is_said: not empty. reason, text and problem are numbers in the texts that were handed in;
    `text` only where the cell is not a plain number. is_percent: written with a percent sign.

    ambiguous, marked: the distinct texts that could be read in two ways, and those with a footnote sign.
    """

    numbers: Floats
    is_said: Flags
    reasons: Codes
    texts: Codes
    problems: Codes
    is_percent: Flags
    ambiguous: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def read_numbers(cells: Column, *, reasons: TextCodes, texts: TextCodes, problems: TextCodes) -> NumberColumn:
    """Read every cell of a column as a number, a reason or a problem."""
    count = len(cells)
    if pd.api.types.infer_dtype(cells, skipna=True) == "floating":
        is_number, numbers = np.ones(count, dtype=np.bool_), cells.astype(np.float64)  # None becomes NaN
    else:
        is_number = np.fromiter((type(cell) is float for cell in cells), dtype=np.bool_, count=count)
        numbers = np.full(count, np.nan)
        numbers[is_number] = cells[is_number].astype(np.float64)
    is_said = is_number & ~np.isnan(numbers)
    column = NumberColumn(
        numbers,
        is_said,
        reasons=np.zeros(count, dtype=np.int32),
        texts=np.zeros(count, dtype=np.int32),
        problems=np.zeros(count, dtype=np.int32),
        is_percent=np.zeros(count, dtype=np.bool_),
    )
    infinite = is_said & np.isinf(numbers)
    column.problems[infinite] = problems(Problem.NOT_A_NUMBER)
    others = np.flatnonzero(~is_number)
    if not len(others):
        return column
    read: dict[object, tuple[float, int, int, int, bool]] = {}
    numbers_by_text: dict[str, WrittenNumber] = {}
    for at, cell in zip(others.tolist(), cells[others].tolist(), strict=True):
        if cell is None:
            continue
        key = (type(cell), cell)  # True is not 1
        if key not in read:
            read[key] = _read(cell, reasons, texts, problems, numbers_by_text)
        number, reason, text, problem, is_percent = read[key]
        if text == NO_TEXT:
            continue
        column.is_said[at] = True
        column.numbers[at], column.reasons[at] = number, reason
        column.texts[at], column.problems[at], column.is_percent[at] = text, problem, is_percent
    decimal_signs = {
        number.separator
        for number in numbers_by_text.values()
        if number.separator and not number.is_ambiguous
    }
    ambiguous = tuple(
        text
        for text, number in numbers_by_text.items()
        if number.is_ambiguous and number.separator not in decimal_signs
    )
    marked = tuple(text for text, number in numbers_by_text.items() if number.mark)
    return NumberColumn(
        column.numbers,
        column.is_said,
        column.reasons,
        column.texts,
        column.problems,
        column.is_percent,
        ambiguous,
        marked,
    )


def _read(
    cell: object,
    reasons: TextCodes,
    texts: TextCodes,
    problems: TextCodes,
    numbers_by_text: dict[str, WrittenNumber],
) -> tuple[float, int, int, int, bool]:
    if is_blank(cell):
        return np.nan, NO_TEXT, NO_TEXT, NO_TEXT, False
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell), NO_TEXT, texts(str(cell)), NO_TEXT, False
    text = as_text(cell)
    if isinstance(cell, str) and not isinstance(cell, date):
        if reason := parse_reason(cell):
            return np.nan, reasons(reason.value), texts(text), NO_TEXT, False
        if number := parse_number(cell):
            numbers_by_text[text] = number
            return number.value, NO_TEXT, texts(text), NO_TEXT, number.is_percent
    return np.nan, NO_TEXT, texts(text), problems(Problem.NOT_A_NUMBER), False
