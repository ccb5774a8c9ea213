"""What is done once when the app starts."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def once() -> bool:
    """Load the large libraries and take them out of garbage collection.

    Streamlit collects after every run; walking over the modules each time costs more than the pages do.
    """
    import duckdb  # noqa: F401
    import pandas as pd  # noqa: F401
    import plotly.graph_objects as go
    import pyarrow as pa  # noqa: F401

    go.Figure(go.Bar())  # the first figure loads plotly's validators
    gc.collect()
    gc.freeze()
    return True
