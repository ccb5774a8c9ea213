"""The page as a table of contents."""

from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName
from app_pages.programmes import choose
from app_pages.programmes import show as sections


def show() -> None:
    with frame.around(PageName.PROGRAMMES):
        bank_pages.style()
        choice = choose.choice()
        sections.head(choice)
        bank.ways(PageName.PROGRAMMES)
        if choice.programme is not None:
            sections.one(choice, choice.programme)
        elif choice.bank.programmes:
            sections.listed(choice)
        else:
            sections.nothing_yet()
        sections.foot(choice)
