"""Read from the address what the catalogue is searched for, and whether only measures with values are shown."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import address
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.words import _

WORDS: Final = "sok"
WHICH: Final = "visa"
KEPT: Final = "med-varden"
WHOLE: Final = "hela"


@dataclass(frozen=True, slots=True)
class Choice:
    """`words` is what is searched for; `is_whole_catalogue` also shows measures without stored values."""

    view: View
    words: str
    is_whole_catalogue: bool


def load_choice(view: View) -> Choice:
    """Read the choice from the address."""
    return Choice(
        view=view,
        words=view.address.text(WORDS),
        is_whole_catalogue=view.address.read(
            WHICH,
            {KEPT: False, WHOLE: True}.__getitem__,
            False,
            kind=_("urval"),
            hint=_("Möjliga ord: {words}.").format(words=f"{KEPT}, {WHOLE}"),
        ),
    )


def search_controls(chosen: Choice) -> None:
    """Show the search field and the choice of which part of the catalogue is searched."""
    key = "choice-sok"
    st.session_state[key] = chosen.words
    with st.container(horizontal=True, key="search-choices", vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Sök bland måtten: ord, namn eller beteckning"),
            key=key,
            on_change=lambda: address.change(**{WORDS: st.session_state[key]}),
            placeholder=_("till exempel: behöriga lärare"),
        )
        names = {KEPT: _("mått med hämtade värden"), WHOLE: _("hela katalogen")}
        select(WHICH, _("Sök i"), names, WHOLE if chosen.is_whole_catalogue else KEPT)
