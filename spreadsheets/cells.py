"""Convert the values of a reader to the cells of a sheet."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final

import numpy as np

from spreadsheets.workbook import CellArray

Some = np.ndarray[tuple[int, ...], np.dtype[np.object_]]
Which = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_AS_THEY_ARE: Final = frozenset({str, float, bool, datetime, type(None)})
_NOTHING: Final = np.array(None, dtype=object)


def empty_cells(rows: int, columns: int) -> CellArray:
    return np.full((rows, columns), None, dtype=object)


def to_cells(rows: Sequence[Sequence[Any]]) -> CellArray:
    """Return rows of one length as cells: empty text becomes None, whole numbers floats, dates datetimes, times text."""
    if not rows or not rows[0]:
        return empty_cells(0, 0)
    cells: CellArray = np.array(rows, dtype=object)
    kinds = set(map(type, chain.from_iterable(rows)))
    if str in kinds:
        cells[cells == ""] = None
    for kind in kinds - _AS_THEY_ARE:
        for place in zip(*np.nonzero(np.vectorize(type, otypes=[object])(cells) == kind), strict=True):
            cells[place] = plain(cells[place])
    return cells


def plain(value: object) -> str | float | bool | datetime | None:
    """Convert one value to its form in `CellArray`. Times and durations become text, since no figure is one."""
    match value:
        case "" | None:
            return None
        case bool() | str() | float() | datetime():
            return value
        case int():
            return float(value)
        case date():
            return datetime.combine(value, time.min)
        case time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def is_filled(cells: Some) -> Which:
    """True where a cell holds something."""
    filled: Which = cells != _NOTHING
    return filled


def trim_empty_margin(cells: CellArray) -> CellArray:
    """Return the cells without empty rows below and empty columns to the right; coordinates stay."""
    if cells.size and is_filled(cells[-1]).any() and is_filled(cells[:, -1]).any():
        return cells
    filled = is_filled(cells)
    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    if not len(rows):
        return empty_cells(0, 0)
    return cells[: rows[-1] + 1, : columns[-1] + 1]
