"""A page with all of Streamlit's own elements that our style sheets and our script name."""

import streamlit as st

st.html("<script>document.documentElement.lang = 'sv'</script>", unsafe_allow_javascript=True)
st.html('<div class="box defect"></div><div class="story"></div><nav class="bank-ways"></nav>')
st.file_uploader("empty", type=["csv"])
st.file_uploader("refused", type=["csv"])
with st.container(key="addable-row"):
    st.caption("caption")
with st.container(key="contribute-status"):
    st.text_input("line")
left, right = st.columns(2)
left.text_area("text")
with right.container(key="contribute-preview"):
    st.write("preview")
with st.expander("more"):
    st.write("content")
st.exception(ValueError("shown by Streamlit"))
