"""The page as a table of contents."""

import streamlit as st

from app_pages.contribute import choose, editor, preview, review, start
from app_pages.parts import bank, bank_pages, forms, frame
from app_pages.parts.address import PageName
from app_pages.parts.words import _
from language.rendering import render


def show() -> None:
    with frame.around(PageName.CONTRIBUTE):
        bank_pages.style()
        choice = choose.choice()
        start.head(choice)
        bank.ways(PageName.CONTRIBUTE)
        with (
            st.empty().container()
        ):  # what comes and goes must not move the fields, which would lose the focus
            forms.done()
        if choice.story is None:
            start.first_page(choice)
        elif choice.may_write:
            left, right = st.columns([1.15, 1], gap="large")
            with left:
                open_story = editor.form(choice, choice.story)
                review.steps(choice, open_story.story, problems=len(open_story.problems))
            with right:
                preview.beside(choice, open_story.story)
        else:
            review.steps(choice, choice.story)
            preview.beside(choice, choice.story)
        frame.foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
