"""The page that ours are measured against: nothing but one chart."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=list("abcdefgh"), y=[3, 1, 4, 1, 5, 9, 2, 6])))
