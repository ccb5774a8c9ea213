"""Create a network of the most similar municipalities."""

from typing import Final

import streamlit as st

from app_pages.parts import address, forms, person
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links, show_text
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from app_pages.similar.choose import Choice
from app_pages.similar.show import codes
from data.workspace.networks import create_network
from domain.rights import Action
from domain.similarity import SimilarPlaces
from pipelines.networks.founding import draft_network

FORM: Final = "found"


def form(choice: Choice, similar_places: SimilarPlaces) -> None:
    """Show the form to those who may create networks or whose address asks for it; the workspace checks the right."""
    if not similar_places.nearest or not (person.may_here(Action.CREATE_NETWORK) or choice.is_founding):
        return
    members = codes(similar_places)
    with st.expander(_("Bilda nätverk av dessa"), expanded=choice.is_founding):
        names = ", ".join(choice.view.library.places.by_code[code].name for code in members)
        text = _("{count} medlemmar från och med i dag: {names}.").format(count=len(members), names=names)
        show_text(text, "chart-notes")
        forms.open_form(FORM, members, {"name": ""})
        st.text_input(_("Nätverkets namn"), key=forms.key(FORM, "name"))
        forms.show_problem(FORM)
        st.button(
            _("Bilda nätverket"),
            type="primary",
            key="found-save",
            on_click=lambda: forms.save(FORM, lambda: _create(members)),
        )
        show_links([(address.link(PageName.NETWORKS), _("Alla nätverk"))], kind="chart-notes")


def _create(members: tuple[str, ...]) -> str:
    today = person.today()
    network = draft_network(forms.text(FORM, "name"), members, today)
    created = create_network(get_workspace(), person.current_user(), network, today)
    return _("Nätverket {name} är bildat med {count} medlemmar.").format(
        name=created.name, count=len(members)
    )
