"""Read from the address which programme is shown, or none for the list."""

from dataclasses import dataclass
from typing import Final

from app_pages.parts import bank, choices, first_start
from app_pages.parts.bank import CASE_ID, Bank
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.errors.stories import UnknownStoryError
from domain.programme import Programme
from domain.suggestion import suggest_similar

PROGRAMME: Final = CASE_ID


@dataclass(frozen=True, slots=True)
class Choice:
    """`programme` is the one that the address names, or the only one there is; None where they are listed."""

    view: View
    bank: Bank
    programme: Programme | None


def load_choice() -> Choice:
    """Read the choice from the address. Raises `UserError` where the workspace cannot be opened."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.load_bank(view)
    programmes = open_bank.programmes
    only = next(iter(programmes.values())) if len(programmes) == 1 else None

    def find_programme(word: str) -> Programme:
        if word not in programmes:
            raise UnknownStoryError(story=word[:80], suggestion=suggest_similar(word, programmes))
        return programmes[word]

    return Choice(view, open_bank, view.address.read(PROGRAMME, find_programme, only, kind=_("program")))
