"""The language of this run of `jamfor`. Help texts are marked with `to_translate` and translated when shown."""

import os

from language.catalogue import LANGUAGES, SOURCE_LANGUAGE, catalogue

_spoken = SOURCE_LANGUAGE


def speak(language: str | None = None) -> None:
    """Set the language: the given one, else `JAMFOR_LANGUAGE`, else Swedish."""
    global _spoken
    language_code = language or os.environ.get("JAMFOR_LANGUAGE", "")
    _spoken = language_code if language_code in LANGUAGES else SOURCE_LANGUAGE


def language() -> str:
    """Return the language code of this run: "sv" or "en"."""
    return _spoken


def _(text: str) -> str:
    """Translate a text to the language of this run."""
    return catalogue(_spoken).gettext(text)


def ngettext(singular: str, many: str, count: int) -> str:
    """Translate a text for this count to the language of this run."""
    return catalogue(_spoken).ngettext(singular, many, count)
