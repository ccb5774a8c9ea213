"""Read from the address which case is shown, or which municipality's reuse of it."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import bank, choices, first_start, person
from app_pages.parts.bank import Bank
from app_pages.parts.bank_pages import place_name
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.readings import count_reading
from data.workspace.stories import story
from domain.case import Case, Reuse
from domain.errors.stories import MadeUpCaseError, UnknownStoryError
from domain.errors.user_error import UserError
from domain.place import Place

_COUNTED: Final = "counted-readings"


@dataclass(frozen=True, slots=True)
class Choice:
    """`reuse` is the reuse whose own effect is shown, None for the case itself; `tried_in` is its place."""

    view: View
    bank: Bank
    case: Case
    reuse: Reuse | None
    tried_in: Place | None

    def place_name(self, code: str) -> str:
        return place_name(self.view.library.places.by_code, code)


def load_choice() -> Choice | None:
    """Read the choice from the address, None where it names no case. Raises `UnknownStoryError` for an unpublished case."""
    view = choices.view()
    first_start.wait()
    case_id = view.address.text(bank.CASE_ID)
    if not case_id:
        return None
    open_bank = bank.load_bank(view)
    case = open_bank.cases.get(case_id)
    if case is None:
        raise _missing_case_error(case_id)
    reuse = _read_reuse(view, open_bank, case)
    tried_in = view.library.places.by_code.get(reuse.municipality_code) if reuse is not None else None
    _count_reading(view, case)
    return Choice(view, open_bank, case, reuse, tried_in)


def _missing_case_error(case_id: str) -> UserError:
    """Return why a case is not shown: not published, not a case, or made up beside real figures."""
    published = story(get_workspace(), case_id)  # raises the error itself if it is not published
    if isinstance(published, Case):
        return MadeUpCaseError(title=published.title)
    return UnknownStoryError(story=case_id, suggestion="")


def _read_reuse(view: View, open_bank: Bank, case: Case) -> Reuse | None:
    """Read the reuse from the address; one that does not exist is reported, and the case itself is shown."""
    reuses = {reuse.municipality_code: reuse for reuse in open_bank.reuses_of(case.standing.id)}
    return view.address.read(
        bank.TRIED_BY,
        lambda word: reuses[view.library.places.find(word).code],
        None,
        kind=_("kommun som provar exemplet"),
    )


def _count_reading(view: View, case: Case) -> None:
    """Count that somebody came from a measure to the case, once per session and day."""
    measure = bank.find_measure(view.library, view.address.text(bank.FROM_MEASURE))
    if measure is None:
        return
    today = person.today()
    counted: set[tuple[str, str, str]] = st.session_state.setdefault(_COUNTED, set())
    reading = (measure.id, case.standing.id, str(today))
    if reading not in counted:
        counted.add(reading)
        count_reading(get_workspace(), measure.id, case.standing.id, today)
