"""The language of the page, which stands in the address like every other choice."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from language.catalogue import LANGUAGES, SOURCE_LANGUAGE, catalogue

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Speech:
    """A language with its translations, for what writes many texts at once or writes after the run is over."""

    translate: Translate
    language: str


def language() -> str:
    """The language that the address asks for; Swedish where it asks for none that there is."""
    code = st.query_params.get("lang", SOURCE_LANGUAGE)
    return code if code in LANGUAGES else SOURCE_LANGUAGE


def _(text: str) -> str:
    """A Swedish text in the language of the page."""
    return catalogue(language()).gettext(text)


def ngettext(singular: str, many: str, count: int) -> str:
    """The text for this count in the language of the page."""
    return catalogue(language()).ngettext(singular, many, count)


def translator() -> Translate:
    """`_` bound to the language of this run, for work that is done after the run, such as a download."""
    return catalogue(language()).gettext


def speech() -> Speech:
    """The language of this run with its translations."""
    return Speech(translator(), language())


def capitalize_first(text: str) -> str:
    """The text with a capital first letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]
