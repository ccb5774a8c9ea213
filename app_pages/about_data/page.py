"""The page as a table of contents."""

from app_pages.about_data import choose
from app_pages.about_data import show as sections
from app_pages.parts import choices, frame
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.ABOUT_DATA):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice.view)
        sections.fetch(choice.view)
        sections.show_parts(choice)
        sections.show_foot(choice.view)
