"""Words as search sees them: folded, cut into runs of three letters, stemmed, and without those that only bind."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Final

import snowballstemmer

from data.reference.search_words import binding_words

WORD: Final = re.compile(r"[^\W_]+")
LONGEST_WORD: Final = 40  # letters: a longer one is a text without blanks
ENDINGS_LEFT: Final = ("et", "an")
SHORTEST_CUT: Final = 6  # letters: shorter words lose more than their ending
_stemmer: Final = snowballstemmer.stemmer("swedish")
_stemming: Final = Lock()  # it keeps the word that it works on


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Small letters without dots and rings, as somebody writes who has none on the keyboard: `äldre` → `aldre`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_BINDING: Final = binding_words() | frozenset(map(fold, binding_words()))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """The folded stems of a word by Snowball's Swedish rules: as it is written, folded first, and without an ending that
    these rules leave on (`jobbet`, `skolan`)."""
    plain = fold(word)
    cut = [plain[:-2]] if plain.endswith(ENDINGS_LEFT) and len(plain) >= SHORTEST_CUT else []
    with _stemming:
        found = [_stemmer.stemWord(one) for one in (word.casefold(), plain, *cut)]
    return tuple(dict.fromkeys(map(fold, found)))


def split_words(text: str) -> Iterator[str]:
    """The words as they are written, those that are longer than any word cut."""
    return (found.group()[:LONGEST_WORD] for found in WORD.finditer(unicodedata.normalize("NFC", text)))


def content_words(text: str) -> list[str]:
    """The words without those that only bind, each once; all of them where no other is there."""
    every = list(dict.fromkeys(word.casefold() for word in split_words(text)))
    return [word for word in every if word not in _BINDING] or every


def trigrams(word: str) -> list[str]:
    """The runs of three letters of a folded word, its beginning marked by a blank: `" he", "hem", "emt"`."""
    padded = f" {word}"
    return [padded[start : start + 3] for start in range(max(len(padded) - 2, 1))]
