"""Swedish personal identity numbers anywhere in a file: no network has any business with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np

from domain.identity_number import COORDINATION_DAYS, FEWEST_SIGNS, WRITTEN, is_identity_number
from domain.upload import Address
from spreadsheets.workbook import CellArray, Sheet, Workbook

_MONTHS, _LONGEST_MONTH = 12, 31
_LOWEST_NUMBER: Final = 1800_00_00_0000
_HIGHEST_NUMBER: Final = 2100_00_00_0000
_LOWEST_SHORT: Final = 1_01_0000  # 00-01-01-0000: a number drops its leading zeros
_HIGHEST_SHORT: Final = 10**10
_FEWEST_SHORT_NUMBERS: Final = 3


def find_identity_numbers(workbook: Workbook) -> tuple[Address, ...]:
    """The cells that hold one, in the order of sheets, rows and columns.

    With a sign between date and last digits it is always taken for one. Without, amounts and points in time look the
    same, and one in ten has a right check digit by chance: then at least half of such values of the column must be
    right, and of numbers with ten digits or fewer (the century left out) nearly all of at least three.
    """
    return tuple(
        Address(sheet.name, row, column)
        for sheet in workbook.sheets
        for row, column in sorted(set(_find_suspects(sheet)))
    )


def _find_suspects(sheet: Sheet) -> Iterator[tuple[int, int]]:
    commented = sheet.comments.items()
    yield from (place for place, text in commented if any(_among_texts([text])))
    texts, numbers = _texts_and_numbers(sheet.cells)
    certain, likely = _among_texts(texts)
    long_numbers = {number for number in numbers if number >= _LOWEST_NUMBER}
    right_numbers = {number for number in numbers if is_identity_number(_digits(number))}
    if not certain and not likely and not right_numbers:
        return
    for column in range(sheet.cells.shape[1]):
        places: dict[object, list[int]] = defaultdict(list)
        for place, value in enumerate(sheet.cells[:, column], start=1):
            if type(value) is float or type(value) is str:
                places[value].append(place)
        bare = [place for place in places if texts.get(place)]
        long = [place for place in places if place in long_numbers]
        short = [place for place in places if place in numbers and place not in long_numbers]
        suspects = {place for place in places if place in certain}
        suspects |= _if_half([*bare, *long], likely | right_numbers)
        suspects |= _if_nearly_all(short, right_numbers)
        yield from ((place, column + 1) for suspect in suspects for place in places[suspect])


def _texts_and_numbers(cells: CellArray) -> tuple[dict[object, bool], set[float]]:
    """The different texts (and whether one is digits alone that have a date) and whole numbers that have a date."""
    different = set(cells.ravel().tolist())
    written = [cell for cell in different if type(cell) is str and len(cell) >= FEWEST_SIGNS]
    texts: dict[object, bool] = {}
    if WRITTEN.search("\n".join(written)):
        texts = {cell: not match["separator"] for cell in written if (match := WRITTEN.search(cell))}
    floats = np.array(
        [cell for cell in different if type(cell) is float and cell >= _LOWEST_SHORT], dtype=np.float64
    )
    is_possible = (floats < _HIGHEST_NUMBER) & (floats == np.floor(floats))
    possible = floats[is_possible & ((floats < _HIGHEST_SHORT) | (floats >= _LOWEST_NUMBER))]
    days, months = possible // 10**4 % 100, possible // 10**6 % 100
    is_dated = (months >= 1) & (months <= _MONTHS) & (days % COORDINATION_DAYS <= _LONGEST_MONTH) & (days > 0)
    return texts, set(possible[is_dated].tolist())


def _among_texts(texts: Iterable[object]) -> tuple[set[object], set[object]]:
    """Those with a sign before the last digits, and those of digits alone."""
    certain: set[object] = set()
    likely: set[object] = set()
    for text in texts:
        for match in WRITTEN.finditer(str(text)):
            if is_identity_number(match["date"] + match["last"]):
                (certain if match["separator"] else likely).add(text)
    return certain, likely


def _if_half(candidates: Sequence[object], right: AbstractSet[object]) -> set[object]:
    hits = set(candidates) & right
    return hits if 2 * len(hits) >= len(candidates) else set()


def _if_nearly_all(candidates: Sequence[object], right: AbstractSet[object]) -> set[object]:
    hits = set(candidates) & right
    return hits if len(hits) >= _FEWEST_SHORT_NUMBERS and 10 * len(hits) >= 9 * len(candidates) else set()


def _digits(number: float) -> str:
    return f"{int(number):010d}"
