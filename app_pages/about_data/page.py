"""The page as a table of contents."""

from app_pages.about_data import choose
from app_pages.about_data import show as sections
from app_pages.parts import choices, frame
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.around(PageName.ABOUT_DATA):
        on_page.style()
        choice = choose.choice(choices.view())
        sections.head(choice.view)
        sections.fetch(choice.view)
        sections.parts(choice)
        sections.foot(choice.view)
