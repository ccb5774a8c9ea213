"""Columns of repeated texts: each text is stored once, and cells hold its number."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.uploads.interpretation.oriented_sheet import Column, is_blank

Array = np.ndarray[Any, np.dtype[Any]]  # of whatever shape and kind
Codes = np.ndarray[tuple[int], np.dtype[np.int32]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
NO_TEXT: Final = 0  # the number of the empty text


class TextCodes:
    """Numbers texts in the order they come. The empty text is 0."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": NO_TEXT}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)

    def categorical(self, codes: Codes, *, none_if_empty: bool = False) -> pd.Categorical:
        """The texts of cells by their numbers; only texts that some cell has. The empty text becomes None with `none_if_empty`."""
        texts = self.all()
        used = np.flatnonzero(np.bincount(codes, minlength=len(texts)))
        used_texts = [texts[code] for code in used]
        place = np.zeros(len(texts), dtype=np.int32)
        place[used] = np.arange(len(used))
        if none_if_empty and used_texts and used_texts[0] == "":
            used_texts, place = used_texts[1:], place - 1
        return pd.Categorical.from_codes(place[codes], categories=pd.Index(used_texts, dtype="str"))


def encode_distinct(cells: Column) -> tuple[Codes, list[Any]]:
    """Return the index of each cell among the distinct ones, -1 for an empty cell, and the distinct cells."""
    places, cells_once = pd.factorize(cells, use_na_sentinel=True)
    listed = list(cells_once)
    blank = np.array([is_blank(cell) for cell in listed], dtype=np.bool_)
    codes = places.astype(np.int32)
    if blank.any():
        codes[np.append(blank, False)[codes]] = -1
    return codes, listed


def map_distinct(
    codes: Codes, listed: list[Any], number_of: Callable[[Any], int], empty: int = NO_TEXT
) -> Codes:
    """A number for every cell, computed once per distinct cell."""
    numbers = [number_of(cell) for cell in listed]
    return np.array([*numbers, empty], dtype=np.int32)[codes]


def fill_down(codes: Codes) -> Codes:
    """Give every empty cell the code of the nearest filled one above it."""
    rows = np.where(codes >= 0, np.arange(len(codes)), -1)
    above = np.maximum.accumulate(rows) if len(rows) else rows
    return np.where(above >= 0, codes[np.maximum(above, 0)], -1).astype(np.int32)
