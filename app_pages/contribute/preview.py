"""What is written as readers will see it, by the same article as on their page."""

from html import escape

import streamlit as st

from app_pages.contribute.choose import Choice
from app_pages.parts import bank_pages, story
from app_pages.parts.method_story import method_article
from app_pages.parts.programme_story import programme_article
from app_pages.parts.words import _
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.success_bank import Story


def beside(choice: Choice, written: Story) -> None:
    """The result, as far as it is kept."""
    around = bank_pages.around(choice.view.library, written, known=choice.bank)
    with st.container(key="contribute-preview"):
        st.html(f'<p class="where">{escape(_("Så här blir det"))}</p>')
        if isinstance(written, Case):
            st.html(story.case_article(written, around, is_draft=True, heading=True))
        elif isinstance(written, CooperationMethod):
            st.html(method_article(written, around, is_draft=True, heading=True))
        else:
            st.html(programme_article(written, around, is_draft=True, heading=True))
