"""The page as a table of contents."""

from app_pages.learn_from import choose, load
from app_pages.learn_from import show as sections
from app_pages.parts import bank, choice_row, choices, computed_effects, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.story import show_story_style
from domain.errors.user_error import UserError


def show() -> None:
    with frame.page_frame(PageName.LEARN_FROM):
        show_story_style()
        sections.show_style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.LEARN_FROM)
        choice_row.show_choices(
            choice.view, shown=choose.SHOWN, own={Name.MEASURE: choose.measure_control(choice)}
        )
        learning = load.load_learning(choice)
        if isinstance(learning, UserError):
            sections.show_error(learning)
            return
        sections.show_steps(choice, learning)
        computed_effects.show_progress(choice.view.library, choice.bank, load.cases_of(learning))
        sections.show_foot(learning)
