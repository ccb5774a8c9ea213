"""Change a network: its description, and who joins and leaves when."""

from dataclasses import replace

import streamlit as st

from app_pages.network.choose import Choice
from app_pages.parts import forms, frame, person
from app_pages.parts.error_advice import explain
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace import networks
from domain.audit import FIELD_NAMES
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.network import Network
from domain.place import PlaceKind
from domain.rights import Action

DESCRIPTION = "network-description"
JOIN = "network-join"
LEAVE = "network-leave"
TEXTS = ("name", "area_of_work", "aim", "contact")
SIGN_OFF = "wants_sign_off"
DAYS = ("period_from", "period_to", "next_meeting", "forming_until")


def show_refusal(choice: Choice) -> None:
    """Tell a user who followed an address here that they may not change the network."""
    if choice.asks_to_change and not choice.may_change:
        error = person.refusal(Action.CHANGE_NETWORK, choice.network)
        if error is not None:
            frame.show_box(_("Det får du inte göra"), [explain(error)])


def forms_of(choice: Choice) -> None:
    """Show the three forms beside each other."""
    _description(choice)
    left, right = st.columns(2)
    with left:
        _join(choice)
    with right:
        _leave(choice)


def _description(choice: Choice) -> None:
    network = choice.network
    forms.show_problem(DESCRIPTION)
    forms.open_form(
        DESCRIPTION, network, {name: getattr(network, name) for name in (*TEXTS, *DAYS, SIGN_OFF)}
    )
    with st.form(DESCRIPTION, enter_to_submit=False):
        st.markdown(f"**{_('Beskrivningen')}**")
        left, right = st.columns(2)
        left.text_input(_("Namn"), key=key(DESCRIPTION, "name"), max_chars=LONGEST_NAME)
        right.text_input(_("Verksamhetsområde"), key=key(DESCRIPTION, "area_of_work"), max_chars=LONGEST_TEXT)
        st.text_area(_("Syfte"), key=key(DESCRIPTION, "aim"), max_chars=LONGEST_TEXT)
        st.text_input(
            _("Kontakt: en funktion, inte en person"), key=key(DESCRIPTION, "contact"), max_chars=LONGEST_TEXT
        )
        for column, name in zip(st.columns(4), DAYS, strict=True):
            label = _(FIELD_NAMES[name])
            column.date_input(
                label[:1].upper() + label[1:], value=None, key=key(DESCRIPTION, name), format="YYYY-MM-DD"
            )
        st.checkbox(
            _("En andra person godkänner det som medlemmarna publicerar"), key=key(DESCRIPTION, SIGN_OFF)
        )
        st.form_submit_button(
            _("Spara beskrivningen"), key="save-description", type="primary", on_click=_save_description
        )


def _save_description() -> None:
    def work() -> str:
        values = {name: forms.text(DESCRIPTION, name) for name in TEXTS}
        days = {name: forms.value(DESCRIPTION, name) for name in DAYS}
        saved = networks.save_network(
            get_workspace(),
            person.current_user(),
            replace(
                forms.subject(DESCRIPTION),
                **values,
                **days,
                wants_sign_off=bool(forms.value(DESCRIPTION, SIGN_OFF)),
            ),
            person.today(),
        )
        return _("Beskrivningen av {network} är sparad.").format(network=saved.name)

    forms.save(DESCRIPTION, work)


def _join(choice: Choice) -> None:
    library = choice.view.library
    is_region = choice.network.kind is PlaceKind.REGION
    places = library.places.regions() if is_region else library.places.municipalities()
    names = {place.code: place.name for place in places if place.code not in choice.codes}
    forms.show_problem(JOIN)
    forms.open_form(JOIN, choice.network, {"code": None, "day": person.today()})
    with st.form(JOIN, enter_to_submit=False):
        st.markdown(f"**{_('Ny medlem')}**")
        st.selectbox(
            _("Region") if is_region else _("Kommun"),
            list(names),
            index=None,
            format_func=lambda code: names.get(code, code),
            key=key(JOIN, "code"),
            placeholder=_("Välj …"),
        )
        st.date_input(_("Medlem från och med"), key=key(JOIN, "day"), format="YYYY-MM-DD")
        st.form_submit_button(_("Lägg till medlemmen"), key="save-join", on_click=_save_join)


def _save_join() -> None:
    def work() -> str:
        network: Network = forms.subject(JOIN)
        code = forms.required_value(JOIN, "code", _("Kommun"))
        networks.join(
            get_workspace(), person.current_user(), network, code, forms.value(JOIN, "day"), person.today()
        )
        return _("Den nya medlemmen i {network} är sparad.").format(network=network.name)

    forms.save(JOIN, work)


def _leave(choice: Choice) -> None:
    staying = [stay.code for stay in choice.network.memberships if stay.to_day is None]
    names = {code: choice.name(code) for code in staying}
    forms.show_problem(LEAVE)
    forms.open_form(LEAVE, choice.network, {"code": None, "day": person.today()})
    with st.form(LEAVE, enter_to_submit=False):
        st.markdown(f"**{_('Medlem som lämnar')}**")
        st.selectbox(
            _("Medlem"),
            list(names),
            index=None,
            format_func=lambda code: names.get(code, code),
            key=key(LEAVE, "code"),
            placeholder=_("Välj …"),
        )
        st.date_input(_("Sista dag som medlem"), key=key(LEAVE, "day"), format="YYYY-MM-DD")
        st.form_submit_button(_("Avsluta medlemskapet"), key="save-leave", on_click=_save_leave)


def _save_leave() -> None:
    def work() -> str:
        network: Network = forms.subject(LEAVE)
        code = forms.required_value(LEAVE, "code", _("Medlem"))
        networks.leave(
            get_workspace(), person.current_user(), network, code, forms.value(LEAVE, "day"), person.today()
        )
        return _("Medlemskapet i {network} är avslutat.").format(network=network.name)

    forms.save(LEAVE, work)
