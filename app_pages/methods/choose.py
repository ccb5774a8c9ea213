"""Read from the address which method is shown, or none for the list."""

from dataclasses import dataclass
from typing import Final

from app_pages.parts import bank, choices, first_start
from app_pages.parts.bank import CASE_ID, Bank
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.cooperation_method import CooperationMethod
from domain.errors.stories import UnknownStoryError
from domain.suggestion import suggest_similar

METHOD: Final = CASE_ID


@dataclass(frozen=True, slots=True)
class Choice:
    """`method` is None where all of them are listed."""

    view: View
    bank: Bank
    method: CooperationMethod | None


def load_choice() -> Choice:
    """Read the choice from the address. Raises `UserError` where the workspace cannot be opened."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.load_bank(view)

    def find_method(word: str) -> CooperationMethod:
        if word not in open_bank.methods:
            raise UnknownStoryError(story=word[:80], suggestion=suggest_similar(word, open_bank.methods))
        return open_bank.methods[word]

    return Choice(view, open_bank, view.address.read(METHOD, find_method, None, kind=_("metod")))
