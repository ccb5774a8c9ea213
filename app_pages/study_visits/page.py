"""The page as a table of contents."""

from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName
from app_pages.study_visits import choose
from app_pages.study_visits import show as sections


def show() -> None:
    with frame.page_frame(PageName.STUDY_VISITS):
        bank_pages.show_bank_style()
        choice = choose.load_choice()
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.STUDY_VISITS)
        if not choice.offered:
            sections.show_nothing_yet()
        else:
            choose.show_controls(choice)
            sections.show_directory(choice)
        sections.show_foot(choice)
