"""The translation catalogues: Swedish is the text in the code, other languages are looked up."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE: Final = "sv"
LANGUAGES: Final = {"sv": "Svenska", "en": "English"}


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; Swedish, the source, needs none.

    The `.po` file is read as it is (some 20 ms, once a process), so no compiled file can be out of date.
    """
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (Path(__file__).parent / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
