"""Asks who has delivered what, with the reader's right."""

from app_pages.deliveries.choose import Choice
from app_pages.parts import person
from app_pages.parts.opening import get_stores
from domain.rights import Action
from pipelines.uploads.deliveries import Deliveries
from pipelines.uploads.deliveries import deliveries as found


def deliveries(choice: Choice) -> Deliveries | None:
    """Nothing for those who may not read it; the refusal stands in the log once a session."""
    if person.refusal(Action.READ_DELIVERIES, choice.network) is not None:
        return None
    return found(get_stores(), choice.actor, choice.network.id, str(choice.period))
