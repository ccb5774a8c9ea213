"""Read from the address which of the network's measures is shown, or all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from app_pages.parts import network_choice, person
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.measure_words import CHOSEN
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.measures import network_measures
from domain.errors.choices import UnknownMeasureError
from domain.network import Network
from domain.network_measure import NetworkMeasure
from domain.rights import Action, Person
from domain.suggestion import suggest_similar

MEASURE = CHOSEN
PART = "del"


@dataclass(frozen=True, slots=True)
class Choice:
    """`measures` are those that the current user may see, `codes` today's members."""

    view: View
    network: Network
    actor: Person
    codes: tuple[str, ...]
    measures: tuple[NetworkMeasure, ...]
    measure: NetworkMeasure | None

    def may(self, action: Action, code: str | None = None) -> bool:
        """Whether the current user may do this here."""
        return person.may_here(action, self.network, code, actor=self.actor)

    def name(self, code: str) -> str:
        places = self.view.library.places.by_code
        return places[code].name if code in places else code

    def own_code(self, action: Action) -> str | None:
        """Return the member municipality for which the current user may do this, if any."""
        return next((code for code in self.codes if self.may(action, code)), None)

    def speaking_for(self) -> str | None:
        """Return the member municipality that the current user speaks for."""
        return next((code for code in person.own_codes() if code in self.codes), None)


def load_choice(view: View, network: Network) -> Choice:
    """Read the choice from the address. A measure that the reader may not see is reported as unknown."""
    actor = person.current_user()
    may_read = person.may_here(Action.READ_NETWORK, network, actor=actor)
    measures = network_measures(get_workspace(), network.id, actor=actor if may_read else None)
    by_id = {measure.id: measure for measure in measures}

    def parse(word: str) -> NetworkMeasure:
        if word not in by_id:
            raise UnknownMeasureError(measure=word, suggestion=suggest_similar(word, by_id))
        return by_id[word]

    return Choice(
        view=view,
        network=network,
        actor=actor,
        codes=network_choice.members_by_name(view, network),
        measures=measures,
        measure=view.address.read(MEASURE, parse, None, kind=_("mått")),
    )


def measure_control(choice: Choice) -> Callable[[View], None]:
    """Return what draws the choice of measure."""

    def draw(_view: View) -> None:
        names = {"": _("alla mått")} | {measure.id: measure.definition.name for measure in choice.measures}
        select(MEASURE, _("Mått"), names, choice.measure.id if choice.measure else "")

    return draw
