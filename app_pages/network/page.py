"""The page as a table of contents."""

from app_pages.network import change, choose
from app_pages.network import show as sections
from app_pages.parts import choice_row, choices, forms, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.page_frame(PageName.NETWORK):
        on_page.style()
        view = choices.view()
        network = network_choice.chosen_network(view)
        if network is None:
            network_choice.nothing_yet(view)
            return
        choice = choose.load_choice(view, network)
        sections.show_head(choice)
        forms.show_done()
        choice_row.show_choices(
            view,
            shown=(Name.NETWORK, Name.MUNICIPALITY),
            own={Name.NETWORK: network_choice.network_control(network)},
        )
        change.show_refusal(choice)
        sections.show_parts(choice)
        sections.show_foot(choice)
