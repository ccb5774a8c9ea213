"""Reminders as text to copy: one for everybody, and one per member that has something left."""

import streamlit as st

from app_pages.parts import blocks
from app_pages.parts.words import _, translator
from pipelines.uploads.deliveries import Deliveries, reminder_text, reminder_to_all


def show(deliveries: Deliveries) -> None:
    """Show the reminders; nothing is sent from here."""
    blocks.show_heading(_("Påminnelser att kopiera"))
    late_members = {code: name for code, name in deliveries.members if deliveries.missing(code)}
    if not late_members:
        blocks.show_text(_("Ingen behöver påminnas: allt är publicerat."))
        return
    blocks.show_text(_("Kopiera texten och skicka den själv. Härifrån skickas ingenting."))
    with st.expander(_("Till alla som har något kvar")):
        st.code(reminder_to_all(deliveries, translator()), language=None, wrap_lines=True)
    for code, name in late_members.items():
        with st.expander(_("Till {place}").format(place=name)):
            st.code(reminder_text(deliveries, code, translator()), language=None, wrap_lines=True)
