"""What is kept of each measure at a release, read once a process: a release never changes."""

import pandas as pd
import streamlit as st

from answers.library import Library
from app_pages.parts.choices import View
from domain.measure import Measure

Key = tuple[str, int]


def years(view: View, measure: Measure) -> tuple[int, ...]:
    """The years in which anybody has a value, rising."""
    return _years(view.library, measure, (*view.library.key, measure.id))


def kpis(view: View) -> pd.DataFrame:
    """kpi_id, first_year, last_year, row_count, value_count. Not to be changed: everybody shares it."""
    return _kpis(view.library, _key(view))


def _key(view: View) -> Key:
    return view.release.run_id, view.release.number


@st.cache_resource(show_spinner=False, max_entries=1024)
def _years(_library: Library, _measure: Measure, key: tuple[str, int, int, str, str]) -> tuple[int, ...]:
    return _library.values.years_with_values(_measure)


@st.cache_resource(show_spinner=False, max_entries=4)
def _kpis(_library: Library, release: Key) -> pd.DataFrame:
    return _library.figures.kept_kpis(_library.release)
