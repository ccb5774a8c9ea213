"""The page as a table of contents."""

import streamlit as st

from app_pages.contribute import choose, editor, preview, review, start
from app_pages.parts import bank, bank_pages, forms, frame
from app_pages.parts.address import PageName
from app_pages.parts.words import _
from language.rendering import render


def show() -> None:
    with frame.page_frame(PageName.CONTRIBUTE):
        bank_pages.show_bank_style()
        choice = choose.load_choice()
        start.show_head(choice)
        bank.show_bank_navigation(PageName.CONTRIBUTE)
        with (
            st.empty().container()
        ):  # what comes and goes must not move the fields, which would lose the focus
            forms.show_done()
        if choice.story is None:
            start.show_start(choice)
        elif choice.may_write:
            left, right = st.columns([1.15, 1], gap="large")
            with left:
                opened = editor.show_form(choice, choice.story)
                review.show_steps(choice, opened.story, problem_count=len(opened.problems))
            with right:
                preview.show_preview(choice, opened.story)
        else:
            review.show_steps(choice, choice.story)
            preview.show_preview(choice, choice.story)
        frame.show_foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
