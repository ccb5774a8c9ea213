"""Create a network: from one of Kolada's groups with one click, or from named municipalities."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from app_pages.networks.choose import Choice
from app_pages.parts import address, forms, frame, person
from app_pages.parts.address import Name
from app_pages.parts.error_advice import explain
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.networks import create_network
from domain.group import NETWORK_SIZE
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.network import Network
from domain.rights import Action
from pipelines.networks.founding import draft_network, draft_network_from_kolada

KOLADA: Final = "found-kolada"
OWN: Final = "found-own"
TEXTS: Final = ("area_of_work", "aim", "contact")


def show_refusal(choice: Choice) -> None:
    """Tell a user who followed an address here that they may not create a network."""
    if choice.asks_to_create and not choice.may_create:
        error = person.refusal(Action.CREATE_NETWORK)
        if error is not None:
            frame.show_box(_("Det får du inte göra"), [explain(error)])


def forms_of(choice: Choice) -> None:
    """Show both ways to create a network."""
    _of_kolada(choice)
    _of_places(choice)


def kolada_groups(choice: Choice) -> dict[str, str]:
    """The source's groups of a network's size by id, those of my municipality first; not its lists of similar places."""
    groups = choice.view.library.groups
    mine = [group.reference.key for group in groups.kolada_groups_with(choice.view.municipality.code)]
    sized = {
        group.id: f"{group.title} ({group.member_count})"
        for group in groups.kolada.by_id.values()
        if group.member_count in NETWORK_SIZE and not group.is_similar_list
    }
    first = {group_id: sized[group_id] for group_id in mine if group_id in sized}
    return first | dict(sorted(sized.items(), key=lambda entry: entry[1].casefold()))


def _of_kolada(choice: Choice) -> None:
    names = kolada_groups(choice)
    forms.show_problem(KOLADA)
    if not names:
        return
    forms.open_form(KOLADA, None, {"group": next(iter(names))})
    with st.container(horizontal=True, key="found-kolada-row", vertical_alignment="bottom", gap="small"):
        st.selectbox(
            _("Grupp i Kolada med sex till tio medlemmar"),
            list(names),
            format_func=lambda name: names.get(name, name),
            key=key(KOLADA, "group"),
        )
        st.button(
            _("Bilda nätverket av gruppen"),
            key="save-kolada",
            type="primary",
            on_click=partial(_create_from_kolada, choice),
        )


def _create_from_kolada(choice: Choice) -> None:
    def work() -> str:
        group = forms.required_value(KOLADA, "group", _("Grupp i Kolada"))
        return _create(draft_network_from_kolada(choice.view.library, group, person.today()))

    forms.save(KOLADA, work)


def _of_places(choice: Choice) -> None:
    library = choice.view.library
    names = {
        place.code: place.name for place in (*library.places.municipalities(), *library.places.regions())
    }
    forms.show_problem(OWN)
    forms.open_form(
        OWN,
        None,
        {
            "name": "",
            "codes": [],
            "from_day": person.today(),
            "forming_until": None,
            **dict.fromkeys(TEXTS, ""),
        },
    )
    with st.form(OWN, enter_to_submit=False):
        st.markdown(f"**{_('Bilda ett nätverk')}**")
        st.text_input(_("Namn"), key=key(OWN, "name"), max_chars=LONGEST_NAME)
        st.multiselect(
            _("Medlemmar: sex till tio kommuner eller regioner"),
            list(names),
            format_func=lambda name: names.get(name, name),
            key=key(OWN, "codes"),
            placeholder=_("Välj …"),
        )
        left, right = st.columns(2)
        left.date_input(_("Medlemmar från och med"), key=key(OWN, "from_day"), format="YYYY-MM-DD")
        right.date_input(
            _("Under bildande till (om ni är färre än sex)"),
            value=None,
            key=key(OWN, "forming_until"),
            format="YYYY-MM-DD",
        )
        left.text_input(_("Verksamhetsområde"), key=key(OWN, "area_of_work"), max_chars=LONGEST_TEXT)
        right.text_input(
            _("Kontakt: en funktion, inte en person"), key=key(OWN, "contact"), max_chars=LONGEST_TEXT
        )
        st.text_area(_("Syfte"), key=key(OWN, "aim"), max_chars=LONGEST_TEXT, height=80)
        st.form_submit_button(_("Bilda nätverket"), key="save-network", on_click=_create_own)


def _create_own() -> None:
    def work() -> str:
        codes = forms.required_value(OWN, "codes", _("Medlemmar"))
        made = draft_network(
            forms.text(OWN, "name"), codes, forms.required_value(OWN, "from_day", _("Medlemmar från och med"))
        )
        texts: dict[str, Any] = {name: forms.text(OWN, name) for name in TEXTS}
        return _create(replace(made, forming_until=forms.value(OWN, "forming_until"), **texts))

    forms.save(OWN, work)


def _create(network: Network) -> str:
    created = create_network(get_workspace(), person.current_user(), network, person.today())
    address.change(**{Name.NETWORK: created.id})
    return _("Nätverket {network} är bildat. Du hittar det under Mitt nätverk.").format(network=created.name)
