"""The page as a table of contents."""

import streamlit as st

from app_pages.case import choose, load, measured, own_try, trying
from app_pages.case import show as sections
from app_pages.parts import bank, forms, frame
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page
from app_pages.parts.story import show_story_style


def show() -> None:
    with frame.page_frame(PageName.CASE):
        on_page.style()
        show_story_style()
        choice = choose.load_choice()
        if choice is None:
            sections.show_nothing_chosen()
            return
        if choice.reuse is not None:
            own_try.show(choice, choice.reuse)
            return
        sections.show_head(choice)
        bank.show_bank_navigation(PageName.CASE)
        forms.show_done()
        summary = st.empty()
        summary.html(sections.render_summary(choice, None))
        sections.show_article(choice)
        effects = load.load_effects(choice)
        summary.html(sections.render_summary(choice, effects))
        measured.show(choice, effects)
        trying.show(choice)
        sections.show_similar_cases(choice)
        sections.show_versions(choice)
        sections.show_foot(choice)
