"""The page as a table of contents."""

from app_pages.parts import bank, bank_pages, frame
from app_pages.parts.address import PageName
from app_pages.study_visits import choose
from app_pages.study_visits import show as sections


def show() -> None:
    with frame.around(PageName.STUDY_VISITS):
        bank_pages.style()
        choice = choose.choice()
        sections.head(choice)
        bank.ways(PageName.STUDY_VISITS)
        if not choice.offered:
            sections.nothing_yet()
        else:
            choose.controls(choice)
            sections.directory(choice)
        sections.foot(choice)
