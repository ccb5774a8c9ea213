"""The page as a table of contents."""

import streamlit as st

from app_pages.parts import choice_row, choices, forms, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page
from app_pages.workshop import choose, language_help, load, propose
from app_pages.workshop import show as sections


def show() -> None:
    with frame.page_frame(PageName.WORKSHOP):
        on_page.style()
        choice = choose.load_choice(choices.view())
        sections.show_head(choice)
        forms.show_done()
        if choice.network is None:
            choice_row.show_choices(choice.view, shown=(Name.MUNICIPALITY, Name.GROUP))
        else:
            choice_row.show_choices(
                choice.view,
                shown=(Name.MUNICIPALITY, Name.NETWORK),
                own={Name.NETWORK: network_choice.network_control(choice.network)},
            )
        left, right = st.columns([1.7, 1], gap="large")
        with right:
            language_help.beside(choice)
        with left:
            choose.source_control(choice)
            choose.editor(choice)
            trial = load.trial(choice, propose.look(choice))
            sections.show_reading(choice, trial)
            if trial is not None:
                sections.show_result(choice, trial)
        if trial is not None:
            sections.show_coloured(trial)
        propose.form(choice, trial)
        sections.show_foot(choice, trial)
