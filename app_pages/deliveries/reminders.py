"""Reminders as text to copy: one for everybody, and one a member that has something left."""

from html import escape

import streamlit as st

from app_pages.parts.words import _, translator
from pipelines.uploads.deliveries import Deliveries, reminder_text, reminder_to_all


def show(found: Deliveries) -> None:
    """Nothing is sent from here."""
    st.html(f'<h2 class="part">{escape(_("Påminnelser att kopiera"))}</h2>')
    left = {code: name for code, name in found.members if found.missing(code)}
    if not left:
        st.html(f'<p class="part">{escape(_("Ingen behöver påminnas: allt är publicerat."))}</p>')
        return
    st.html(
        f'<p class="part">{escape(_("Kopiera texten och skicka den själv. Härifrån skickas ingenting."))}</p>'
    )
    with st.expander(_("Till alla som har något kvar")):
        st.code(reminder_to_all(found, translator()), language=None, wrap_lines=True)
    for code, name in left.items():
        with st.expander(_("Till {place}").format(place=name)):
            st.code(reminder_text(found, code, translator()), language=None, wrap_lines=True)
