"""The page as a table of contents."""

from app_pages.deliveries import choose, explanations, load, matrix, reminders
from app_pages.deliveries import show as sections
from app_pages.parts import choice_row, choices, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.DELIVERIES):
        on_page.style()
        view = choices.view()
        choice = choose.load_choice(view)
        if choice is None:
            network_choice.nothing_yet(view)
            return
        sections.show_head(choice)
        choice_row.show_choices(
            view,
            shown=(Name.NETWORK, choose.PERIOD),
            own={
                Name.NETWORK: network_choice.network_control(choice.network),
                choose.PERIOD: choose.period_control(choice),
            },
        )
        deliveries = load.load_deliveries(choice)
        if deliveries is None:
            sections.show_refusal(choice)
            return
        if not deliveries.measures:
            sections.show_nothing_to_report(choice)
            return
        sections.show_lead(deliveries)
        matrix.show(choice, deliveries)
        explanations.show(deliveries)
        reminders.show(deliveries)
        sections.show_foot(choice)
