"""Take what the first run of a page leaves in memory out of garbage collection."""

import gc

import streamlit as st

from app_pages.parts.address import PageName


@st.cache_resource(show_spinner=False)
def freeze_loaded(page: PageName) -> bool:
    """Collect garbage, then keep all that is left out of later collections; once for each page in the process.

    Streamlit collects after every run. A page's first showing has loaded its libraries and its kept answers, and walking
    over those each time costs more than showing the page does. What is frozen is still freed when nothing refers to it.
    """
    gc.collect()
    gc.freeze()
    return True
