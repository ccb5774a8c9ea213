"""The page as a table of contents."""

from app_pages.learn_from import choose, load
from app_pages.learn_from import show as sections
from app_pages.parts import bank, choices, frame, kept_effects, story
from app_pages.parts.address import Name, PageName
from domain.errors import UserError


def show() -> None:
    with frame.around(PageName.LEARN_FROM):
        story.style()
        sections.style()
        choice = choose.choice(choices.view())
        sections.head(choice)
        bank.ways(PageName.LEARN_FROM)
        choices.row(choice.view, shown=choose.SHOWN, own={Name.MEASURE: choose.measure_control(choice)})
        found = load.road(choice)
        if isinstance(found, UserError):
            sections.nothing(found)
            return
        sections.road(choice, found)
        kept_effects.pending(choice.view.library, choice.bank, load.cases_of(found))
        sections.foot(choice, found)
