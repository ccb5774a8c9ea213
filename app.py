"""The list of pages. `streamlit run app.py` opens the product."""

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from app_pages.parts import first_start


def run_page() -> None:
    """Show the page of the address. A page is loaded when it is first shown: all of them together take seconds."""
    from app_pages.parts.address import PageName
    from app_pages.parts.frame import browser_title

    def shower(name: PageName) -> Callable[[], None]:
        return lambda: import_module(f"app_pages.{name.name.lower()}.page").show()

    start = PageName.OVERVIEW  # the bare address
    st.navigation(
        [
            st.Page(shower(start), title=browser_title(start), default=True),
            *(st.Page(shower(name), title=browser_title(name), url_path=name) for name in PageName),
        ],
        position="hidden",
    ).run()


st.set_page_config(layout="wide", page_icon="app_pages/parts/icon.svg")
first_start.begin_if_empty()
run_page()
first_start.begin()
