"""The page that ours are measured against: nothing but one chart, at an address of its own as ours are."""

import plotly.graph_objects as go
import streamlit as st


def one_chart() -> None:
    st.plotly_chart(go.Figure(go.Bar(x=list("abcdefgh"), y=[3, 1, 4, 1, 5, 9, 2, 6])))


st.navigation(
    [st.Page(one_chart, title="start", default=True), st.Page(one_chart, url_path="matt")], position="hidden"
).run()
