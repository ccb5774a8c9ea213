"""One key of the rows of a table, such as their municipality."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.upload import ColumnMapping
from pipelines.uploads.interpretation.oriented_sheet import OrientedSheet
from pipelines.uploads.interpretation.text_codes import (
    Array,
    Codes,
    Flags,
    encode_distinct,
    fill_down,
)


@dataclass(frozen=True)
class RowKey:
    """codes: the key of each row, numbered. is_unknown: the rows whose text is not such a key. texts: what the rows say, numbered."""

    codes: Codes
    is_unknown: Flags
    texts: Codes


def same_code(code: int, rows: Array) -> Codes:
    """Return the same code for every row."""
    return np.full(len(rows), code, dtype=np.int32)


def read_cells(grid: OrientedSheet, rows: Array, column: ColumnMapping) -> tuple[Codes, list[Any]]:
    """Return the code of every row's cell in a column, and the distinct cells."""
    codes, listed = encode_distinct(grid.cells[rows, column.column - 1])
    return (fill_down(codes) if column.is_filled_down else codes), listed
