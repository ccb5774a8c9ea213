"""Show a story that is being written as readers will see it, as the same article as on its own page."""

import streamlit as st

from app_pages.contribute.choose import Choice
from app_pages.parts.bank_pages import load_surroundings
from app_pages.parts.blocks import show_text
from app_pages.parts.method_story import render_method
from app_pages.parts.programme_story import render_programme
from app_pages.parts.story import render_case
from app_pages.parts.words import _
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.success_bank import Story


def show_preview(choice: Choice, story: Story) -> None:
    """Show the story as it was last saved."""
    around = load_surroundings(choice.view.library, story, choice.bank)
    with st.container(key="contribute-preview"):
        show_text(_("Så här blir det"), "where")
        if isinstance(story, Case):
            st.html(render_case(story, around, is_draft=True, has_heading=True))
        elif isinstance(story, CooperationMethod):
            st.html(render_method(story, around, is_draft=True, has_heading=True))
        else:
            st.html(render_programme(story, around, is_draft=True, has_heading=True))
