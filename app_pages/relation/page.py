"""The page as a table of contents."""

from app_pages.parts import choice_row, choices, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page
from app_pages.relation import choose, load
from app_pages.relation import show as sections


def show() -> None:
    with frame.page_frame(PageName.RELATION):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        choice_row.show_choices(choice.view, shown=(Name.MUNICIPALITY, Name.GROUP, Name.KNOWN))
        choose.controls(choice)
        two = load.relate(load.question_of(choice))
        sections.show_answer(choice, two)
        sections.chart(choice, two)
        sections.show_foot(choice)
