"""The whole view is in the address, so that a link shows somebody else the same thing.

The address is the source of truth: a page reads it first and sets its widgets from it, and a changed widget writes to
it. What cannot be read is reported to the reader and replaced by the default.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

import streamlit as st

from domain.errors.choices import UnreadableChoiceError
from domain.errors.user_error import UserError

T = TypeVar("T")


class Name(StrEnum):
    """The name in the address of each choice that pages share. A page may add names of its own."""

    MUNICIPALITY = "kommun"
    GROUP = "med"
    MEASURE_SET = "samling"
    MEASURE = "matt"
    YEAR = "ar"
    GENDER = "kon"
    COLOUR_AMONG = "farg"
    KNOWN = "kand"
    LANGUAGE = "lang"
    NETWORK = "natverk"


class PageName(StrEnum):
    """The last segment of each page's address."""

    OVERVIEW = "oversikt"
    MEASURE = "matt"
    RELATION = "samband"
    CHANGED = "forandrat"
    ABOUT_DATA = "om-data"
    NETWORK = "mitt-natverk"
    NETWORKS = "natverk"
    NETWORK_MEASURES = "matt-i-natverket"
    WORKSHOP = "matverkstad"
    SIMILAR = "liknande"
    UPLOAD = "ladda-upp"
    DELIVERIES = "rapporteringslage"
    HISTORY = "historik"
    ADMINISTRATION = "administration"
    SUCCESS_BANK = "framgangsbanken"
    CASE = "exempel"
    METHODS = "metoder"
    PROGRAMMES = "program"
    LEARN_FROM = "lar-av"
    STUDY_VISITS = "studiebesok"
    CONTRIBUTE = "bidra"


LIFTED: Final = "lyft"  # on the page of a measure: the member that stands out among the lines
CHANGED: Final = "andra"  # in the workshop: the measure that gets a new definition

FOLLOWING: Final = frozenset(
    {
        Name.MUNICIPALITY,
        Name.GROUP,
        Name.MEASURE_SET,
        Name.MEASURE,
        Name.GENDER,
        Name.COLOUR_AMONG,
        Name.KNOWN,
        Name.LANGUAGE,
        Name.NETWORK,
    }
)  # these go along from page to page; the rest belongs to the page it was chosen on


class Address:
    """What the address says in this run, and what in it could not be read."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self.parameters = dict(parameters)
        self.problems: list[UserError] = []

    def text(self, name: str) -> str:
        """Return the word as it is, or an empty string."""
        return self.parameters.get(name, "").strip()

    def read(self, name: str, parse: Callable[[str], T], default: T, *, kind: str, hint: str = "") -> T:
        """Return what `parse` makes of the word, or the default.

        `kind` and `hint` say in the page's language what it should have been. `parse` may raise `UserError`,
        `ValueError` or `KeyError`; each is reported, and the default is used.
        """
        word = self.text(name)
        if not word:
            return default
        try:
            return parse(word)
        except UserError as error:
            self.problems.append(error)
        except (ValueError, KeyError):
            self.problems.append(UnreadableChoiceError(value=word, kind=kind, hint=hint))
        return default


def here() -> Address:
    """Return the address of this run."""
    return Address(st.query_params.to_dict())


def change(**words: str | None) -> None:
    """Write words to the address, for use in `on_change`; None or an empty string removes one."""
    for name, word in words.items():
        if word:
            st.query_params[name] = word
        elif name in st.query_params:
            del st.query_params[name]


def link(page: PageName, **words: str | None) -> str:
    """Return the address of a page with the choices of this one, changed by `words` (None removes one)."""
    parameters: dict[str, str | None] = {
        name: word for name, word in st.query_params.to_dict().items() if name in FOLLOWING
    }
    parameters.update(words)
    query = urlencode({name: word for name, word in parameters.items() if word}, safe=":,")
    return f"{page}?{query}" if query else str(page)


def same_page_link(page: PageName, **words: str | None) -> str:
    """Return the address of this page with its choices changed by `words`."""
    everything: dict[str, str | None] = {**st.query_params.to_dict(), **words}
    return link(page, **everything)
