"""The page as a table of contents."""

from app_pages.networks import choose, create
from app_pages.networks import show as sections
from app_pages.parts import choices, forms, frame
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.NETWORKS):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        forms.show_done()
        create.show_refusal(choice)
        sections.show_parts(choice)
