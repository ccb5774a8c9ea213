"""Women, men and all, as cells and headings say it."""

import re
from typing import Final

from domain.value import Gender
from spreadsheets.normalised_text import normalise_text

_WHOLE: Final = {
    Gender.WOMEN: ("kvinnor", "kvinna", "kvinn", "kvinnor (k)", "flickor", "flicka", "k", "kv", "kv.", "women", "woman", "female",
                   "females", "girls", "f"),
    Gender.MEN: ("män", "man", "män (m)", "pojkar", "pojke", "m", "men", "male", "males", "boys"),
    Gender.TOTAL: ("totalt", "total", "t", "tot", "tot.", "totalt (t)", "alla", "samtliga", "båda", "båda könen", "båda kön",
                   "kvinnor och män", "män och kvinnor", "flickor och pojkar", "both", "all", "total (t)", "k+m"),
}  # fmt: skip
_BY_TEXT: Final = {text: gender for gender, texts in _WHOLE.items() for text in texts}
_BOTH: Final = r"(?:kvinnor och män|män och kvinnor|flickor och pojkar|pojkar och flickor|båda könen)"
_WORD: Final = rf"(?P<word>{_BOTH}|kvinnor|män|flickor|pojkar|totalt|women|men|total|samtliga)"
_LETTER: Final = r"(?:\((?P<letter>[kmt])\)|[,;/–-] ?(?P<bare>[kmt]))"
_LAST: Final = re.compile(rf"(?:[\s,;:/(–-]+{_WORD}\)?|\s?{_LETTER})$", re.IGNORECASE)
_FIRST: Final = re.compile(rf"^\(?{_WORD}(?:[,;:/)]|\s?[–-])\s*", re.IGNORECASE)


def parse_gender(text: str) -> Gender | None:
    """The gender that a whole cell says, or None."""
    return _BY_TEXT.get(normalise_text(text)) if len(text) <= 30 else None


def split_gender(heading: str) -> tuple[Gender | None, str]:
    """The gender at the end or the beginning of a heading, and the heading without it."""
    plain = " ".join(heading.split())
    for pattern in (_LAST, _FIRST):
        if (match := pattern.search(plain)) and (
            rest := (plain[: match.start()] + plain[match.end() :]).strip()
        ):
            gender_word = next(group for group in match.groups() if group)
            gender = Gender.TOTAL if " " in gender_word else _BY_TEXT[gender_word.casefold()]
            return gender, rest
    return None, plain
