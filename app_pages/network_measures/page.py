"""The page as a table of contents."""

from app_pages.network_measures import choose, listed, measure, steps
from app_pages.parts import choice_row, choices, forms, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.NETWORK_MEASURES):
        on_page.style()
        view = choices.view()
        network = network_choice.chosen_network(view)
        if network is None:
            network_choice.nothing_yet(view)
            return
        choice = choose.load_choice(view, network)
        if choice.measure is None:
            listed.show_head(choice)
        else:
            measure.show_head(choice, choice.measure)
        forms.show_done()
        choice_row.show_choices(
            view,
            shown=(Name.NETWORK, choose.MEASURE),
            own={
                Name.NETWORK: network_choice.network_control(network),
                choose.MEASURE: choose.measure_control(choice),
            },
        )
        steps.show_refusal(choice)
        if choice.measure is None:
            listed.show_parts(choice)
        else:
            measure.show_parts(choice, choice.measure)
