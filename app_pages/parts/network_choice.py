"""The network that a page is about: the one in the address, else the current user's, else the municipality's."""

from collections.abc import Callable

from app_pages.parts import address, first_start, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.networks import network as kept_network
from data.workspace.networks import networks
from domain.errors.networks import UnknownNetworkError
from domain.network import Network
from domain.place import alphabetical
from domain.rights import Action


def chosen_network(view: View) -> Network | None:
    """Return the chosen network, or None where there is none."""

    def parse(word: str) -> Network:
        network = kept_network(get_workspace(), word)
        if network.is_made_up and not view.release.is_made_up:
            raise UnknownNetworkError(network=word, suggestion="")
        return network

    return view.address.read(Name.NETWORK, parse, _mine(view), kind=_("nätverk"))


def known_networks(view: View) -> tuple[Network, ...]:
    """Return all networks by name; those of the demonstration only beside its values."""
    if view.release.is_made_up:
        first_start.wait()
    return tuple(
        network for network in networks(get_workspace()) if not network.is_made_up or view.release.is_made_up
    )


def members_by_name(view: View, network: Network) -> tuple[str, ...]:
    """Return the codes of today's members, by name."""
    places = view.library.places.by_code

    def name(code: str) -> str:
        return alphabetical(places[code].name if code in places else code)

    return tuple(sorted(network.members_on(person.today()), key=name))


def network_control(chosen_one: Network) -> Callable[[View], None]:
    """Return what draws the choice of network, the reader's own first."""

    def draw(view: View) -> None:
        everything = known_networks(view)
        own_ids, day = person.own_network_ids(), person.today()
        own_codes = {*person.own_codes(), view.municipality.code}
        mine = [
            network
            for network in everything
            if network.id in own_ids or own_codes & set(network.members_on(day))
        ]
        others = [network for network in everything if network not in mine]
        select(
            Name.NETWORK, _("Nätverk"), {other.id: other.name for other in (*mine, *others)}, chosen_one.id
        )

    return draw


def nothing_yet(view: View) -> None:
    """Show on the first visit what a network is for, and how to create one."""
    frame.show_head(
        _("{place} är inte med i något nätverk ännu").format(place=view.municipality.name),
        _("Sex till tio kommuner väljer sina mått tillsammans och lär av varandra"),
        view,
    )
    sentences = [
        _("Här ser ett nätverk sina medlemmar, sina mått, vad som är nytt och när nästa möte är."),
        _(
            "Se vilka nätverk som finns och vad de mäter, eller bilda ett eget, till exempel av en grupp i Kolada."
        ),
    ]
    if not person.may_here(Action.CREATE_NETWORK) and person.people_on_offer():
        sentences.append(
            _("Den som är nätverksledare kan bilda nätverk. Du väljer vem du är högst upp på sidan.")
        )
    frame.show_box(_("Så kommer ni i gång"), sentences)
    show_links([(address.link(PageName.NETWORKS), _("Till alla nätverk"))])


def _mine(view: View) -> Network | None:
    everything = known_networks(view)
    own_ids, own_codes, day = person.own_network_ids(), set(person.own_codes()), person.today()
    named = [network for network in everything if network.id in own_ids]
    by_person = [network for network in everything if own_codes & set(network.members_on(day))]
    by_place = [network for network in everything if view.municipality.code in network.members_on(day)]
    return next(iter([*named, *by_person, *by_place]), None)
