"""The page as a table of contents."""

from app_pages.methods import choose
from app_pages.methods import show as sections
from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName


def show() -> None:
    with frame.around(PageName.METHODS):
        bank_pages.style()
        choice = choose.choice()
        sections.head(choice)
        bank.ways(PageName.METHODS)
        if choice.method is not None:
            sections.one(choice, choice.method)
        elif choice.bank.methods:
            sections.listed(choice)
        else:
            sections.nothing_yet()
        sections.foot(choice)
