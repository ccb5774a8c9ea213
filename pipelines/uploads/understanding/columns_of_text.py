"""Columns of values in which the same few texts stand again and again: each text is kept once, cells hold its number."""

from collections.abc import Callable, Hashable
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.uploads.understanding.grid import Column, is_blank

Codes = np.ndarray[tuple[int], np.dtype[np.int32]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
NO_TEXT: Final = 0  # the number of the empty text


class Texts:
    """Texts numbered as they come; the empty one is 0."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": NO_TEXT}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)

    def categorical(self, codes: Codes, *, none_if_empty: bool = False) -> pd.Categorical:
        """The texts of cells by their numbers; only texts that stand in some cell are kept. The empty one becomes None if so wanted."""
        used, places = np.unique(codes, return_inverse=True)
        texts = self.all()
        kept = [texts[one] for one in used]
        numbers: Any = places.reshape(-1)
        if none_if_empty and kept and kept[0] == "":
            kept, numbers = kept[1:], numbers - 1
        return pd.Categorical.from_codes(numbers, categories=pd.Index(kept, dtype="str"))


def distinct(cells: Column) -> tuple[Codes, list[Any]]:
    """Which of the distinct cells each cell is, -1 for an empty one, and the distinct ones."""
    codes, cells_once = pd.factorize(cells, use_na_sentinel=True)
    listed = list(cells_once)
    blank = np.array([is_blank(cell) for cell in listed], dtype=np.bool_)
    codes = codes.astype(np.int32)
    if blank.any():
        codes[np.append(blank, False)[codes]] = -1
    return codes, listed


def by_distinct(codes: Codes, listed: list[Any], said: Callable[[Any], int], empty: int = NO_TEXT) -> Codes:
    """A number for every cell, asked for once a distinct one."""
    numbers = [said(cell) for cell in listed]
    return np.array([*numbers, empty], dtype=np.int32)[codes]


def filled_down(codes: Codes) -> Codes:
    """Every empty cell as the nearest filled one above it."""
    rows = np.where(codes >= 0, np.arange(len(codes)), -1)
    above = np.maximum.accumulate(rows) if len(rows) else rows
    return np.where(above >= 0, codes[np.maximum(above, 0)], -1).astype(np.int32)


def hashable(cell: object) -> Hashable:
    return cell if isinstance(cell, Hashable) else str(cell)
