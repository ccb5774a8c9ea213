"""Show people and their roles, with a form to change or add one."""

from functools import partial
from typing import Final

import streamlit as st

from app_pages.administration.choose import PERSON, Choice
from app_pages.parts import forms, person
from app_pages.parts.choice_row import select
from app_pages.parts.choices import municipality_names
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace.people import people, save_person
from domain.kept_text import LONGEST_NAME
from domain.rights import ACTION_NAMES, RIGHTS, ROLE_NAMES, HeldRole, Person, Role

FOR_NETWORK: Final = frozenset({Role.COORDINATOR})
FOR_MUNICIPALITY: Final = frozenset({Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER})


def show(choice: Choice) -> None:
    """Show everybody in a table, then a form for any of them."""
    everybody = people(get_workspace(), person.current_user())
    show_template(
        "administration/people.html",
        people=[(member.name, [role_words(choice, held) for held in member.roles]) for member in everybody],
    )
    by_id = {member.id: member for member in everybody}
    with st.container(horizontal=True, key="person-choices", gap="small"):
        names = {"": _("ny person")} | {member.id: member.name for member in everybody}
        select(PERSON, _("Ändra"), names, choice.person_id if choice.person_id in by_id else "")
    _form(choice, by_id.get(choice.person_id))
    roles = [
        (_(ROLE_NAMES[role]), [_(ACTION_NAMES[action]) for action in actions])
        for role, actions in RIGHTS.items()
    ]
    show_template("administration/roles.html", roles=roles)


def role_words(choice: Choice, held: HeldRole) -> str:
    """Describe roles: “nätverksledare för Södertörn”, “controller i Haninge”."""
    role = _(ROLE_NAMES[held.role])
    if held.network_id is not None:
        names = {network.id: network.name for network in choice.networks}
        return _("{role} för {network}").format(
            role=role, network=names.get(held.network_id, held.network_id)
        )
    if held.municipality_code is not None:
        places = choice.view.library.places.by_code
        code = held.municipality_code
        return _("{role} i {place}").format(role=role, place=places[code].name if code in places else code)
    return role


def _form(choice: Choice, chosen: Person | None) -> None:
    form = f"person-{chosen.id if chosen else 'new'}"
    current = chosen or Person("", "")
    forms.open_form(
        form,
        current,
        {
            "name": current.name,
            "roles": [_word(role) for role in current.roles],
            "role": "",
            "municipality": choice.view.municipality.code,
            "network": choice.networks[0].id if choice.networks else "",
        },
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.text_input(_("Namn eller funktion"), key=key(form, "name"), max_chars=LONGEST_NAME)
        held = list(dict.fromkeys([*(_word(role) for role in current.roles), *forms.value(form, "roles")]))
        if held:
            st.multiselect(
                _("Roller som personen behåller"),
                held,
                format_func=lambda word: role_words(choice, _held(word)),
                key=key(form, "roles"),
                placeholder=_("ingen"),
            )
    with right:
        roles = {"": _("ingen ny roll")} | {str(role): _(name) for role, name in ROLE_NAMES.items()}
        st.selectbox(
            _("Ny roll"), list(roles), format_func=lambda role: roles.get(role, role), key=key(form, "role")
        )
        added = forms.value(form, "role")
        if added in FOR_MUNICIPALITY:
            names = municipality_names(choice.view.library)
            st.selectbox(
                _("För kommunen"),
                list(names),
                format_func=lambda code: names.get(code, code),
                key=key(form, "municipality"),
            )
        if added in FOR_NETWORK:
            of_network = {network.id: network.name for network in choice.networks}
            st.selectbox(
                _("För nätverket"),
                list(of_network),
                format_func=lambda network_id: of_network.get(network_id, network_id),
                key=key(form, "network"),
            )
    forms.show_problem(form)
    label = _("Spara {person}").format(person=chosen.name) if chosen else _("Lägg till personen")
    st.button(label, type="primary", key="save-person", on_click=partial(_save, form))


def _save(form: str) -> None:
    def work() -> str:
        base: Person = forms.subject(form)
        roles = [_held(word) for word in forms.value(form, "roles") or ()]
        if added := forms.value(form, "role"):
            role = Role(added)
            roles.append(
                HeldRole(
                    role,
                    network_id=(forms.value(form, "network") or None) if role in FOR_NETWORK else None,
                    municipality_code=forms.value(form, "municipality") if role in FOR_MUNICIPALITY else None,
                )
            )
        changed = Person(base.id, forms.text(form, "name"), tuple(dict.fromkeys(roles)), base.version)
        saved = save_person(get_workspace(), person.current_user(), changed)
        return _("{person} är sparad.").format(person=saved.name)

    forms.save(form, work)


def _word(held: HeldRole) -> str:
    """Return a role as plain text, as the select box stores it."""
    return f"{held.role}|{held.network_id or ''}|{held.municipality_code or ''}"


def _held(word: str) -> HeldRole:
    role, network_id, code = word.split("|")
    return HeldRole(Role(role), network_id or None, code or None)
