"""Read from the address which story is being written, and find whom the user may write for."""

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
    """The owner of a new story: a municipality, a network, or neither where an administrator writes for all."""

    municipality_code: str | None
    network_id: str | None
    name: str

    def standing(self) -> Standing:
        return Standing("", owner_municipality=self.municipality_code, owner_network=self.network_id)


@dataclass(frozen=True, slots=True)
class Choice:
    """`story` is in its newest version, in any state; None on the first page. owners: those the user may write for."""

    view: View
    bank: Bank
    actor: Person
    owners: tuple[Owner, ...]
    reviews: bool
    story: Story | None
    may_write: bool
    may_review: bool


def load_choice() -> Choice:
    """Read the choice from the address. Raises `UnknownStoryError`, or `NotAllowedError` for a draft the user may not read."""
    view = choices.view()
    first_start.wait()
    actor = person.current_user()
    story_id = view.address.text(STORY)
    story = draft(get_workspace(), actor, story_id) if story_id else None
    return Choice(
        view=view,
        bank=bank.load_bank(view),
        actor=actor,
        owners=_owners(view, actor),
        reviews=person.may_here(Action.REVIEW_STORY, actor=actor),
        story=story,
        may_write=story is not None and may_write(get_workspace(), actor, story),
        may_review=story is not None and may_review(get_workspace(), actor, story),
    )


def _owners(view: View, actor: Person) -> tuple[Owner, ...]:
    """The municipalities and networks that the actor may write for by its roles."""
    places = view.library.places.by_code
    names = {network.id: network.name for network in networks(get_workspace())}
    owners: list[Owner] = []
    for held in actor.roles:
        if held.role is Role.ADMINISTRATOR:
            owners.append(Owner(None, None, ""))
        elif held.role is Role.COORDINATOR and held.network_id in names:
            owners.append(Owner(None, held.network_id, names[held.network_id]))
        elif held.municipality_code is not None and held.role is not Role.VISITOR:
            code = held.municipality_code
            owners.append(Owner(code, None, places[code].name if code in places else code))
    return tuple(dict.fromkeys(owners))
