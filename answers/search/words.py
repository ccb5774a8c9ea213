"""Words for search: folded, split into trigrams, stemmed, and without stop words."""

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
    """Return a word in lower case without dots and rings, as written on a keyboard without them: `äldre` → `aldre`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_BINDING: Final = binding_words() | frozenset(map(fold, binding_words()))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the folded stems of a word by Snowball's Swedish rules: of the word as written, of the folded word, and without
    an ending that these rules leave on (`jobbet`, `skolan`)."""
    plain = fold(word)
    cut = [plain[:-2]] if plain.endswith(ENDINGS_LEFT) and len(plain) >= SHORTEST_CUT else []
    with _stemming:
        stemmed = [_stemmer.stemWord(form) for form in (word.casefold(), plain, *cut)]
    return tuple(dict.fromkeys(map(fold, stemmed)))


def split_words(text: str) -> Iterator[str]:
    """Return the words as they are written, overlong ones cut."""
    return (match.group()[:LONGEST_WORD] for match in WORD.finditer(unicodedata.normalize("NFC", text)))


def content_words(text: str) -> list[str]:
    """Return the words without stop words, each once; all of them where there is no other."""
    every = list(dict.fromkeys(word.casefold() for word in split_words(text)))
    return [word for word in every if word not in _BINDING] or every


def trigrams(word: str) -> list[str]:
    """Return the trigrams of a folded word, its beginning marked by a blank: `" he", "hem", "emt"`."""
    padded = f" {word}"
    return [padded[start : start + 3] for start in range(max(len(padded) - 2, 1))]
