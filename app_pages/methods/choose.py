"""What this page is about: all methods of a kind, or one of them."""

from dataclasses import dataclass
from typing import Final

from app_pages.parts import bank, choices, first_start
from app_pages.parts.bank import CASE_ID, Bank
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.cooperation_method import CooperationMethod
from domain.errors import UnknownStoryError
from domain.suggestion import did_you_mean

METHOD: Final = CASE_ID


@dataclass(frozen=True, slots=True)
class Choice:
    """`method` is None where all of them are listed."""

    view: View
    bank: Bank
    method: CooperationMethod | None


def choice() -> Choice:
    """What the address says. Raises `UserError` where the workspace cannot be opened."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.bank(view)

    def known(word: str) -> CooperationMethod:
        if word not in open_bank.methods:
            raise UnknownStoryError(story=word[:80], suggestion=did_you_mean(word, open_bank.methods))
        return open_bank.methods[word]

    return Choice(view, open_bank, view.address.read(METHOD, known, None, kind=_("metod")))
