"""The page as a table of contents."""

from app_pages.changed import choose
from app_pages.changed import show as sections
from app_pages.parts import choice_row, choices, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.CHANGED):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        choice_row.show_choices(
            choice.view,
            shown=(Name.MUNICIPALITY, Name.GROUP, choose.SINCE),
            own={choose.SINCE: lambda _view: choose.since_control(choice)},
        )
        if choice.since is None:
            sections.nothing_earlier()
        else:
            sections.show_parts(choice)
        sections.show_foot(choice)
