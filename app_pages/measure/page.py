"""The page as a table of contents."""

from app_pages.measure import choose, load
from app_pages.measure import show as sections
from app_pages.parts import choice_row, choices, frame, uses
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.MEASURE):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        choice_row.show_choices(
            choice.view,
            shown=choose.SHOWN,
            own={Name.MEASURE: choose.measure_control(choice), Name.YEAR: choose.year_control(choice)},
        )
        uses.count([choice.measure])
        comparison = load.load_comparison(load.question_of(choice))
        sections.show_answer(comparison)
        sections.show_parts(choice, comparison)
        sections.show_foot(choice)
