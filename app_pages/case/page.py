"""The page as a table of contents."""

import streamlit as st

from app_pages.case import choose, load, measured, own_try, trying
from app_pages.case import show as sections
from app_pages.parts import bank, forms, frame, story
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page


def show() -> None:
    with frame.around(PageName.CASE):
        on_page.style()
        story.style()
        choice = choose.choice()
        if choice is None:
            sections.nothing_chosen()
            return
        if choice.reuse is not None:
            own_try.show(choice, choice.reuse)
            return
        sections.head(choice)
        bank.ways(PageName.CASE)
        forms.done()
        in_short = st.empty()
        in_short.html(sections.in_short(choice, None))
        sections.article(choice)
        effects = load.effects(choice)
        in_short.html(sections.in_short(choice, effects))
        measured.show(choice, effects)
        trying.show(choice)
        sections.more(choice)
        sections.foot(choice)
