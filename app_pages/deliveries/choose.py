"""What is chosen on this page: the network and the reporting period."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app_pages.parts import network_choice, person
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.reporting_periods import offered_periods, reported_measures
from app_pages.parts.words import _
from data.workspace.uploads import uploads
from domain.network import Network
from domain.period import Period
from domain.rights import Person
from domain.upload import UploadState

PERIOD: Final = "period"


@dataclass(frozen=True, slots=True)
class Choice:
    """`periods` are those that can be reported, the newest first."""

    view: View
    network: Network
    actor: Person
    periods: tuple[Period, ...]
    period: Period


def load_choice(view: View) -> Choice | None:
    """Return what the address chooses, or None without a network."""
    network = network_choice.chosen_network(view)
    if network is None:
        return None
    periods = offered_periods(reported_measures(network), person.today().year)
    period = view.address.read(PERIOD, Period.read, _newest(network, periods), kind=_("period"))
    return Choice(view, network, person.current_user(), periods, period)


def _newest(network: Network, periods: tuple[Period, ...]) -> Period:
    """Return the newest period that anybody has published; without any, the latest year that is over."""
    published = uploads(get_workspace(), network_id=network.id, states=(UploadState.PUBLISHED,))
    published_periods = {Period.read(upload.period) for upload in published} & set(periods)
    past_periods = [period for period in periods if period.year < person.today().year]
    return (
        max(published_periods)
        if published_periods
        else next(iter(past_periods or periods), Period(person.today().year - 1))
    )


def period_control(choice: Choice) -> Callable[[View], None]:
    """Return what draws the choice of reporting period."""

    def draw(_view: View) -> None:
        names = {str(period): period_name(period) for period in (*choice.periods, choice.period)}
        select(PERIOD, _("Period"), names, str(choice.period))

    return draw
