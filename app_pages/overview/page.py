"""The page as a table of contents."""

from app_pages.overview import choose, load
from app_pages.overview import show as parts
from app_pages.parts import choice_row, choices, frame
from app_pages.parts.address import PageName


def show() -> None:
    with frame.page_frame(PageName.OVERVIEW):
        view = choices.view()
        order = choose.order(view)
        parts.show_head(view)
        choice_row.show_choices(view)
        overview = load.load_overview(view)
        if overview.rows:
            parts.sentences(overview)
            with parts.toolbar():
                choose.order_control(order)
                parts.downloads(view, overview)
            parts.table(view, overview, order)
        else:
            parts.empty(view)
        parts.show_foot(view, overview)
