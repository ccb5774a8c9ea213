"""Load who has delivered what, with the rights of the current user."""

from app_pages.deliveries.choose import Choice
from app_pages.parts import person
from app_pages.parts.opening import get_stores
from domain.rights import Action
from pipelines.uploads import deliveries
from pipelines.uploads.deliveries import Deliveries


def load_deliveries(choice: Choice) -> Deliveries | None:
    """Return the deliveries, or None for those who may not read them; a refusal is logged once per session."""
    if person.refusal(Action.READ_DELIVERIES, choice.network) is not None:
        return None
    return deliveries.deliveries(get_stores(), choice.actor, choice.network.id, str(choice.period))
