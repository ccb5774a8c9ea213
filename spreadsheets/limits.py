"""How much of a file is read; each bound is asked before the work that it bounds is done."""

from typing import Final

from domain.errors.files import TooManyCellsError
from domain.message import Count

MEGABYTE: Final = 1_000_000
MOST_BYTES: Final = 25 * MEGABYTE  # ten times the largest sheet that a network of ten has reason to send
MOST_UNPACKED_BYTES: Final = 200 * MEGABYTE  # 50 000 × 12 values unpack to 20 MB
MOST_PARSED_BYTES: Final = 10 * MEGABYTE  # of a part that becomes a tree in memory: styles, list of sheets
MOST_PARTS: Final = 5_000
MOST_SHEETS: Final = 60
MOST_CELLS: Final = 3_000_000  # of the box from A1 to the last filled cell
MOST_ROWS: Final = 1_048_576  # what the format itself allows
MOST_COLUMNS: Final = 16_384
MOST_TEXT_IN_A_CELL: Final = 131_072  # spreadsheets stop at 32 767; longer is a quotation mark never closed


def refuse_too_many_cells(file_name: str, sheet: str, rows: int, columns: int) -> None:
    """Raises `TooManyCellsError` if a sheet of that many rows and columns would not be read."""
    if rows * columns > MOST_CELLS or rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise TooManyCellsError(
            file=file_name, sheet=sheet, cells=Count(rows * columns), most=Count(MOST_CELLS)
        )
