"""The page as a table of contents."""

from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName
from app_pages.programmes import choose
from app_pages.programmes import show as sections


def show() -> None:
    with frame.page_frame(PageName.PROGRAMMES):
        bank_pages.show_bank_style()
        choice = choose.load_choice()
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.PROGRAMMES)
        if choice.programme is not None:
            sections.show_programme(choice, choice.programme)
        elif choice.bank.programmes:
            sections.show_programmes(choice)
        else:
            sections.show_nothing_yet()
        sections.show_foot(choice)
