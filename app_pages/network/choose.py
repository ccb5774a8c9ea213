"""Read from the address which network is shown, its members today, and whether the focus municipality is one."""

from dataclasses import dataclass

from app_pages.parts import address, network_choice, person
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.network import Network
from domain.rights import Action

PART = "del"


@dataclass(frozen=True, slots=True)
class Choice:
    """`codes` are the members of today; `may_read` and `may_change` are the rights of whoever acts.

    `asks_to_change` is true where the address leads to the change of a network.
    """

    view: View
    network: Network
    codes: tuple[str, ...]
    may_read: bool
    may_change: bool
    asks_to_change: bool

    @property
    def is_mine(self) -> bool:
        """Whether the focus municipality is a member."""
        return self.view.municipality.code in self.codes

    def name(self, code: str) -> str:
        places = self.view.library.places.by_code
        return places[code].name if code in places else code


def load_choice(view: View, network: Network) -> Choice:
    """Read the choice from the address, with what the current user may do with the network."""
    return Choice(
        view=view,
        network=network,
        codes=network_choice.members_by_name(view, network),
        may_read=person.may_here(Action.READ_NETWORK, network),
        may_change=person.may_here(Action.CHANGE_NETWORK, network),
        asks_to_change=address.here().text(PART) in {"Ändra", _("Ändra")},
    )
