"""Text as it is compared: one case, one kind of space, one kind of line."""

import re
import unicodedata
from typing import Final

_LINES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_WORD: Final = re.compile(r"[^\W_]+|%|‰")


def normalise_text(text: str) -> str:
    """Small letters, single spaces, plain hyphens; no-break and zero-width spaces mean nothing."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(plain.translate(_LINES).casefold().split())


def split_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded, without punctuation."""
    return tuple(_WORD.findall(normalise_text(text)))
