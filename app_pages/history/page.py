"""The page as a table of contents."""

from app_pages.history import cell, choose, files, undo
from app_pages.history import show as sections
from app_pages.parts import choice_row, choices, forms, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.HISTORY):
        on_page.style()
        view = choices.view()
        choice = choose.load_choice(view)
        if choice is None:
            network_choice.nothing_yet(view)
            return
        sections.show_head(choice)
        forms.show_done()
        choice_row.show_choices(
            view,
            shown=(Name.NETWORK, Name.MUNICIPALITY, Name.MEASURE, Name.YEAR, Name.GENDER),
            own={
                Name.NETWORK: network_choice.network_control(choice.network),
                Name.MUNICIPALITY: choose.municipality_control(choice),
                Name.MEASURE: choose.measure_control(choice),
                Name.YEAR: choose.period_control(choice),
            },
        )
        if choice.to_undo is not None:
            undo.show(choice, choice.to_undo)
        cell.show(choice)
        files.show(choice)
        sections.show_foot(choice)
