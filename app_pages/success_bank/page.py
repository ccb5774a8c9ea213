"""The page as a table of contents."""

from app_pages.parts import bank, frame
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page
from app_pages.parts.story import show_story_style
from app_pages.success_bank import choose, load
from app_pages.success_bank import show as sections


def show() -> None:
    with frame.page_frame(PageName.SUCCESS_BANK):
        on_page.style()
        show_story_style()
        choice = choose.load_choice()
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.SUCCESS_BANK)
        if not choice.bank.cases:
            sections.show_nothing_yet()
            return
        choose.show_controls(choice)
        sections.show_cards(choice, load.load_results(choice))
        sections.show_foot(choice)
