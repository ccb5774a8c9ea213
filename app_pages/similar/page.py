"""The page as a table of contents."""

from app_pages.parts import choice_row, choices, forms, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page
from app_pages.similar import choose, load, new_network
from app_pages.similar import show as sections
from domain.errors.user_error import UserError


def show() -> None:
    with frame.page_frame(PageName.SIMILAR):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        forms.show_done()
        choice_row.show_choices(choice.view, shown=(Name.MUNICIPALITY, Name.KNOWN))
        choose.controls(choice)
        answer = load.load_similar_places(choice)
        if isinstance(answer, UserError):
            sections.nothing(answer)
        else:
            sections.show_answer(choice, answer)
            sections.nearest(choice, answer)
            sections.use(choice, answer)
            new_network.form(choice, answer)
            sections.source_lists(choice, answer)
            sections.method(answer)
        sections.show_foot(choice)
