"""Who is acting. Until there is real sign-in one chooses a demonstration person, on one's own machine only.

The person is kept in the session, never in the address. Rights are enforced where things are written; pages only hide
what would be refused.
"""

from typing import Final

import streamlit as st

from app_pages.parts import local_server
from app_pages.parts.opening import get_stores_key, get_workspace
from app_pages.parts.words import _
from data.workspace.audit import last_number
from data.workspace.changing import What, subject_of, today
from data.workspace.people import ensure_people
from data.workspace.workspace import Workspace
from domain.audit import SubjectKind
from domain.errors.people import NotAllowedError
from domain.errors.user_error import UserError
from domain.message import to_translate
from domain.network import Network
from domain.rights import ANYTHING, VISITOR, Action, Person, may

ACTING: Final = "acting-person"  # the id, in the session
PICKER: Final = "choice-person"
NO_SIGN_IN: Final = to_translate("Detta är ingen inloggning: du väljer en demonstrationsperson.")


def current_user() -> Person:
    """Return who acts in this session, with the roles as they are now; a visitor where nobody is chosen."""
    person_id = st.session_state.get(ACTING, VISITOR.id)
    return next((person for person in people_on_offer() if person.id == person_id), VISITOR)


def people_on_offer() -> tuple[Person, ...]:
    """Return whom the reader can choose to be: nobody where other machines can reach the server."""
    if not local_server.is_local():
        return ()
    try:
        workspace = get_workspace()
        return _people(workspace, get_stores_key(), last_number(workspace))
    except UserError:
        return ()  # the page itself says what is wrong with the workspace, if it needs it


@st.cache_resource(show_spinner=False, max_entries=8)
def _people(_workspace: Workspace, key: str, state: int) -> tuple[Person, ...]:
    """Load the people again whenever something has changed, because their roles may have."""
    return ensure_people(_workspace)


def picker() -> None:
    """Show the choice of person in the top line; nothing where it is not allowed."""
    people = {group.id: group for group in people_on_offer()}
    if not people:
        return
    chosen = current_user()
    st.session_state[PICKER] = chosen.id
    with st.popover(_(chosen.name), icon=":material/person:", key="person"):
        st.radio(
            _(NO_SIGN_IN),
            list(people),
            format_func=lambda person_id: _(people[person_id].name) if person_id in people else person_id,
            key=PICKER,
            on_change=_choose,
        )


def _choose() -> None:
    st.session_state[ACTING] = st.session_state[PICKER]


def may_here(
    action: Action,
    network: Network | None = None,
    municipality_code: str | None = None,
    *,
    actor: Person | None = None,
) -> bool:
    """Whether the current user may do this in a network, so that the page can hide what would be refused.

    `actor` is given where it is already known, to check many actions.
    """
    subject = ANYTHING if network is None else subject_of(network, municipality_code)
    return may(actor or current_user(), action, subject)


def refusal(action: Action, network: Network | None = None) -> NotAllowedError | None:
    """Return the refusal of an action that the address asks for, or None. It is logged, once per session."""
    actor = current_user()
    subject = ANYTHING if network is None else subject_of(network)
    if may(actor, action, subject):
        return None
    noted: dict[tuple[str, ...], NotAllowedError] = st.session_state.setdefault("refusals", {})
    key = (actor.id, action, network.id if network else "")
    if key not in noted:
        network_id = network.id if network else None
        try:
            get_workspace().require_right(
                actor,
                action,
                subject,
                What(SubjectKind.NETWORK, network_id or "", network_id=network_id),
            )
        except NotAllowedError as error:
            noted[key] = error
    return noted.get(key)


def own_codes() -> tuple[str, ...]:
    """Return the municipalities that the current user acts for."""
    return tuple(
        dict.fromkeys(
            role.municipality_code for role in current_user().roles if role.municipality_code is not None
        )
    )


def own_network_ids() -> tuple[str, ...]:
    """Return the networks that the current user's roles name."""
    return tuple(
        dict.fromkeys(role.network_id for role in current_user().roles if role.network_id is not None)
    )


__all__ = [
    "ACTING",
    "NO_SIGN_IN",
    "PICKER",
    "current_user",
    "may_here",
    "own_codes",
    "own_network_ids",
    "people_on_offer",
    "picker",
    "refusal",
    "today",
]
