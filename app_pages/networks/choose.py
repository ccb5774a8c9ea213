"""Read from the address which public measures are shown, and which network a measure is copied to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import address, network_choice, person
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.measures import network_measures
from domain.network import Network
from domain.network_measure import MeasureState, NetworkMeasure
from domain.rights import Action

WORDS: Final = "sok"
INTO: Final = "till"
PART: Final = "del"


@dataclass(frozen=True, slots=True)
class Choice:
    """`measures` are those that somebody has decided on and not retired; `own` the networks that whoever is signed in may propose in.

    `into` is the one of them that measures are taken over to.
    """

    view: View
    networks: Mapping[str, Network]
    measures: tuple[NetworkMeasure, ...]
    words: str
    own: Mapping[str, Network]
    into: Network | None
    may_create: bool
    may_administer: bool
    asks_to_create: bool

    def name(self, code: str) -> str:
        places = self.view.library.places.by_code
        return places[code].name if code in places else code


def load_choice(view: View) -> Choice:
    """Read the choice from the address."""
    everything = {network.id: network for network in network_choice.known_networks(view)}
    actor = person.current_user()
    own = {
        network.id: network
        for network in everything.values()
        if person.may_here(Action.PROPOSE_MEASURE, network, actor=actor)
    }
    words = view.address
    first = next(
        (own[network_id] for network_id in person.own_network_ids() if network_id in own),
        next(iter(own.values()), None),
    )
    return Choice(
        view=view,
        networks=everything,
        measures=tuple(
            measure
            for measure in network_measures(get_workspace())
            if measure.state is not MeasureState.RETIRED and measure.network_id in everything
        ),
        words=words.text(WORDS),
        own=own,
        into=words.read(INTO, own.__getitem__, first, kind=_("nätverk")) if own else None,
        may_create=person.may_here(Action.CREATE_NETWORK, actor=actor),
        may_administer=person.may_here(Action.MANAGE_PEOPLE, actor=actor)
        or any(person.may_here(Action.READ_AUDIT, network, actor=actor) for network in own.values()),
        asks_to_create=words.text(PART) in {"Bilda nätverk", _("Bilda nätverk")},
    )


def search_control(choice: Choice) -> None:
    """Show the search field for measures, and the choice of the network to copy them to."""
    key = "choice-sok"
    st.session_state[key] = choice.words
    with st.container(horizontal=True, key="search-choices", vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Sök bland nätverkens mått"),
            key=key,
            on_change=lambda: address.change(**{WORDS: st.session_state[key]}),
            placeholder=_("till exempel: hemtjänst"),
        )
        if choice.into is not None:
            select(
                INTO,
                _("Ta över till"),
                {network.id: network.name for network in choice.own.values()},
                choice.into.id,
            )
