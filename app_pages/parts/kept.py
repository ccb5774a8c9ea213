"""What is kept of each measure at a release, read once a process: a release never changes."""

import pandas as pd
import streamlit as st

from app_pages.parts.choices import View
from pipelines.answers.library import Library

Key = tuple[str, int]


def years(view: View, measure_id: str) -> tuple[int, ...]:
    """The years in which anybody has a value, rising."""
    return _years(view.library, _key(view), measure_id)


def kpis(view: View) -> pd.DataFrame:
    """kpi_id, first_year, last_year, row_count, value_count. Not to be changed: everybody shares it."""
    return _kpis(view.library, _key(view))


def _key(view: View) -> Key:
    return view.release.run_id, view.release.number


@st.cache_resource(show_spinner=False, max_entries=1024)
def _years(_library: Library, release: Key, measure_id: str) -> tuple[int, ...]:
    return tuple(_library.figures.years_with_values(_library.release, measure_id))


@st.cache_resource(show_spinner=False, max_entries=4)
def _kpis(_library: Library, release: Key) -> pd.DataFrame:
    return _library.figures.kept_kpis(_library.release)
