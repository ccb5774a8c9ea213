"""The page as a table of contents."""

from app_pages.methods import choose
from app_pages.methods import show as sections
from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName


def show() -> None:
    with frame.page_frame(PageName.METHODS):
        bank_pages.show_bank_style()
        choice = choose.load_choice()
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.METHODS)
        if choice.method is not None:
            sections.show_method(choice, choice.method)
        elif choice.bank.methods:
            sections.show_methods(choice)
        else:
            sections.show_nothing_yet()
        sections.show_foot(choice)
