"""The page as a table of contents."""

from app_pages.parts import bank, frame, story
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page
from app_pages.success_bank import choose, load
from app_pages.success_bank import show as sections


def show() -> None:
    with frame.around(PageName.SUCCESS_BANK):
        on_page.style()
        story.style()
        choice = choose.choice()
        sections.head(choice)
        bank.ways(PageName.SUCCESS_BANK)
        if not choice.bank.cases:
            sections.nothing_yet(choice)
            return
        choose.controls(choice)
        found = load.found(choice)
        sections.cards(choice, found)
        sections.foot(choice)
