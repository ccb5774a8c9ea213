"""Which case the reader wants, and whether it is the try of another municipality that is asked for."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import bank, choices, first_start, person
from app_pages.parts.bank import Bank
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.readings import count_reading
from data.workspace.stories import story
from domain.case import Case, Reuse
from domain.errors import MadeUpCaseError, UnknownStoryError, UserError
from domain.place import Place

_COUNTED: Final = "counted-readings"


@dataclass(frozen=True, slots=True)
class Choice:
    """`reuse` is the try whose own effect is asked for; `tried_in` the place of it."""

    view: View
    bank: Bank
    case: Case
    reuse: Reuse | None
    tried_in: Place | None

    def place_name(self, code: str) -> str:
        known = self.view.library.places.by_code
        return known[code].name if code in known else code


def choice() -> Choice | None:
    """What the address says; nothing where it names no case. Raises `UnknownStoryError` for one that is not published."""
    view = choices.view()
    first_start.wait()
    wanted = view.address.text(bank.CASE_ID)
    if not wanted:
        return None
    open_bank = bank.bank(view)
    case = open_bank.cases.get(wanted)
    if case is None:
        raise _not_here(wanted)
    reuse = _reuse(view, open_bank, case)
    tried_in = view.library.places.by_code.get(reuse.municipality_code) if reuse is not None else None
    _count(view, case)
    return Choice(view, open_bank, case, reuse, tried_in)


def _not_here(wanted: str) -> UserError:
    """Why a case is not shown: it is not published, it is no case, or it is made up and the figures are not."""
    found = story(get_workspace(), wanted)  # says itself if it is not published
    if isinstance(found, Case):
        return MadeUpCaseError(title=found.title)
    return UnknownStoryError(story=wanted, suggestion="")


def _reuse(view: View, open_bank: Bank, case: Case) -> Reuse | None:
    """The try that the address asks for; what it cannot mean is told, and the case itself is shown."""
    tried = {one.municipality_code: one for one in open_bank.tried(case.standing.id)}
    return view.address.read(
        bank.TRIED_BY,
        lambda word: tried[view.library.places.find(word).code],
        None,
        kind=_("kommun som provar exemplet"),
    )


def _count(view: View, case: Case) -> None:
    """One reading from a measure, once a visit and day."""
    measure = bank.measure_of(view.library, view.address.text(bank.FROM_MEASURE))
    if measure is None:
        return
    today = person.today()
    counted: set[tuple[str, str, str]] = st.session_state.setdefault(_COUNTED, set())
    reading = (measure.id, case.standing.id, str(today))
    if reading not in counted:
        counted.add(reading)
        count_reading(get_workspace(), measure.id, case.standing.id, today)
