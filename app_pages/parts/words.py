"""The language of the page, which is in the address like every other choice."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from language.catalogue import LANGUAGES, SOURCE_LANGUAGE, catalogue

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Speech:
    """A language with its translations, for code that writes many texts at once or after the run is over."""

    translate: Translate
    language: str


def language() -> str:
    """Return the language that the address asks for; Swedish for none or an unknown one."""
    code = st.query_params.get("lang", SOURCE_LANGUAGE)
    return code if code in LANGUAGES else SOURCE_LANGUAGE


def _(text: str) -> str:
    """Translate a Swedish text to the language of the page."""
    return catalogue(language()).gettext(text)


def ngettext(singular: str, many: str, count: int) -> str:
    """Translate the text for this count to the language of the page."""
    return catalogue(language()).ngettext(singular, many, count)


def translator() -> Translate:
    """Return `_` bound to the language of this run, for work after the run, such as a download."""
    return catalogue(language()).gettext


def speech() -> Speech:
    """Return the language of this run with its translations."""
    return Speech(translator(), language())


def capitalize_first(text: str) -> str:
    """Return the text with a capital first letter; the rest is unchanged."""
    return text[:1].upper() + text[1:]
