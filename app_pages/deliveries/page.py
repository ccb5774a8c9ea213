"""The page as a table of contents."""

from app_pages.deliveries import choose, explanations, load, matrix, reminders
from app_pages.deliveries import show as sections
from app_pages.parts import choices, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.around(PageName.DELIVERIES):
        on_page.style()
        view = choices.view()
        choice = choose.choice(view)
        if choice is None:
            network_choice.nothing_yet(view)
            return
        sections.head(choice)
        choices.row(
            view,
            shown=(Name.NETWORK, choose.PERIOD),
            own={
                Name.NETWORK: network_choice.control(choice.network),
                choose.PERIOD: choose.period_control(choice),
            },
        )
        found = load.deliveries(choice)
        if found is None:
            sections.not_for_everybody(choice)
            return
        if not found.measures:
            sections.nothing_asked_for(choice)
            return
        sections.lead(found)
        matrix.show(choice, found)
        explanations.show(found)
        reminders.show(found)
        sections.foot(choice)
