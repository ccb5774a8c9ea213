"""What this page is about: whom one writes for, and the story that the address names, if any."""

from dataclasses import dataclass
from typing import Final

from app_pages.parts import bank, choices, first_start, person
from app_pages.parts.bank import CASE_ID, Bank
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from data.workspace.networks import networks
from data.workspace.stories import draft, may_review, may_write
from domain.rights import Action, Person, Role
from domain.story import Standing
from domain.success_bank import Story

STORY: Final = CASE_ID


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a new story is: a municipality, a network, or everybody's where an administrator writes."""

    municipality_code: str | None
    network_id: str | None
    name: str

    def standing(self) -> Standing:
        return Standing("", owner_municipality=self.municipality_code, owner_network=self.network_id)


@dataclass(frozen=True, slots=True)
class Choice:
    """`story` is its newest version, in whatever state; None on the first page. owners: those one may write for."""

    view: View
    bank: Bank
    actor: Person
    owners: tuple[Owner, ...]
    reviews: bool
    story: Story | None
    may_write: bool
    may_review: bool


def choice() -> Choice:
    """What the address says. Raises `UnknownStoryError` and, for who may not read the draft, `NotAllowedError`."""
    view = choices.view()
    first_start.wait()
    actor = person.signed_in()
    asked = view.address.text(STORY)
    story = draft(get_workspace(), actor, asked) if asked else None
    return Choice(
        view=view,
        bank=bank.bank(view),
        actor=actor,
        owners=_owners(view, actor),
        reviews=person.may_here(Action.REVIEW_STORY, actor=actor),
        story=story,
        may_write=story is not None and may_write(get_workspace(), actor, story),
        may_review=story is not None and may_review(get_workspace(), actor, story),
    )


def _owners(view: View, actor: Person) -> tuple[Owner, ...]:
    """Every municipality and network that the actor's roles let it write for."""
    places = view.library.places.by_code
    names = {network.id: network.name for network in networks(get_workspace())}
    found: list[Owner] = []
    for held in actor.roles:
        if held.role is Role.ADMINISTRATOR:
            found.append(Owner(None, None, ""))
        elif held.role is Role.COORDINATOR and held.network_id in names:
            found.append(Owner(None, held.network_id, names[held.network_id]))
        elif held.municipality_code is not None and held.role is not Role.VISITOR:
            code = held.municipality_code
            found.append(Owner(code, None, places[code].name if code in places else code))
    return tuple(dict.fromkeys(found))
