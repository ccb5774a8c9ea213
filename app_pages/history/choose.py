"""Read from the address the network, the member, the value, and possibly an upload to undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app_pages.parts import network_choice, person
from app_pages.parts.address import Name
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.reporting_periods import reported_measures
from app_pages.parts.words import _
from data.workspace.uploads import upload as kept_upload
from disclosure.reported import disclose_reported
from domain.errors.choices import UnknownMeasureError
from domain.network import Network
from domain.network_measure import MeasureSource, NetworkMeasure
from domain.period import Period, periods_of
from domain.rights import Action, Person
from domain.suggestion import suggest_similar
from domain.upload import Upload

UNDO: Final = "angra"
EVERYBODY: Final = "alla"  # files of the whole network
YES: Final = "ja"


@dataclass(frozen=True, slots=True)
class Choice:
    """`codes` are today's members by name, `periods` those of the measure, the newest first. `measure` is None where members
    report nothing themselves. `to_undo` is the upload that the address asks to undo."""

    view: View
    network: Network
    actor: Person
    codes: tuple[str, ...]
    code: str
    measures: tuple[NetworkMeasure, ...]
    measure: NetworkMeasure | None
    periods: tuple[Period, ...]
    period: Period
    is_of_everybody: bool
    to_undo: Upload | None

    def may(self, action: Action, code: str | None = None) -> bool:
        """Whether the current user may do this for the municipality (or another)."""
        return person.may_here(action, self.network, code or self.code, actor=self.actor)

    def name(self, code: str) -> str:
        places = self.view.library.places.by_code
        return places[code].name if code in places else code

    @property
    def place(self) -> str:
        return self.name(self.code)


def load_choice(view: View) -> Choice | None:
    """Read the choice from the address, or None where there is no network. A measure implies its own network."""
    words = view.address
    to_undo = words.read(UNDO, lambda word: kept_upload(get_workspace(), word), None, kind=_("uppladdning"))
    if to_undo is not None:
        words.parameters[Name.NETWORK] = to_undo.network_id
    elif not words.text(Name.NETWORK):
        named = view.library.own_measures.snapshot.by_id.get(words.text(Name.MEASURE))
        if named is not None and any(
            network.id == named.network_id for network in view.library.own_measures.snapshot.networks
        ):
            words.parameters[Name.NETWORK] = named.network_id
    network = network_choice.chosen_network(view)
    if network is None:
        return None
    codes = network_choice.members_by_name(view, network)
    code = _code(view, codes) if to_undo is None else to_undo.municipality_code
    measures = reported_measures(network)
    measure = _measure(view, measures)
    periods = _periods(measure)
    return Choice(
        view=view,
        network=network,
        actor=person.current_user(),
        codes=codes,
        code=code,
        measures=measures,
        measure=measure,
        periods=periods,
        period=_period(view, measure, code, periods),
        is_of_everybody=words.text(EVERYBODY) == YES,
        to_undo=to_undo,
    )


def _code(view: View, codes: tuple[str, ...]) -> str:
    """Return the municipality in the address if it is a member, else the user's own, else the first."""
    named = view.municipality.code
    if named in codes:
        return named
    mine = [code for code in codes if code in person.own_codes()]
    return next(iter(mine or codes), named)


def _measure(view: View, measures: tuple[NetworkMeasure, ...]) -> NetworkMeasure | None:
    """Return the measure that the address names, else the first.

    The word is kept in links from other pages, so a measure of another kind is not an error.
    """
    by_id = {measure.id: measure for measure in measures}
    word = view.address.text(Name.MEASURE)
    if word and word not in by_id and word in view.library.own_measures.snapshot.by_id:
        return next(iter(measures), None)

    def parse(word: str) -> NetworkMeasure:
        if word not in by_id:
            raise UnknownMeasureError(measure=word, suggestion=suggest_similar(word, by_id))
        return by_id[word]

    is_kpi = bool(word) and word not in by_id and word[:1].isupper()
    if is_kpi or not measures:
        return next(iter(measures), None)
    return view.address.read(Name.MEASURE, parse, measures[0], kind=_("mått"))


def _periods(measure: NetworkMeasure | None) -> tuple[Period, ...]:
    """Return every period of the measure up to this year, newest first."""
    if measure is None:
        return ()
    this_year = person.today().year
    return tuple(
        period
        for year in range(this_year, measure.definitions[0].first_year - 1, -1)
        if (definition := measure.definition_for(year)).source is MeasureSource.OWN
        for period in reversed(periods_of(year, definition.interval))
    )


def _period(view: View, measure: NetworkMeasure | None, code: str, periods: tuple[Period, ...]) -> Period:
    """What the address names; a year of what is reported more often means the last of its parts that anything is known of.

    Without one the newest period in which the municipality has published something.
    """
    nothing = Period(person.today().year - 1)
    known = _published(view, measure, code) & set(periods)

    def parse(word: str) -> Period:
        chosen = Period.read(word)
        if chosen in periods:
            return chosen
        of_year = [period for period in periods if period.year == chosen.year]
        return next(iter([period for period in of_year if period in known] or of_year), chosen)

    newest = max(known) if known else next(iter(periods), nothing)
    return view.address.read(Name.YEAR, parse, newest, kind=_("period"))


def _published(view: View, measure: NetworkMeasure | None, code: str) -> set[Period]:
    if measure is None:
        return set()
    library = view.library
    shown = disclose_reported(
        library.figures.reported_values(library.release, measure_ids=[measure.id], municipality_ids=[code])
    )
    return {Period.read(str(period)) for period in shown.table["period"]}


# ---- the row of choices ----------------------------------------------------------------------------------------


def municipality_control(choice: Choice) -> Callable[[View], None]:
    def draw(_view: View) -> None:
        names = {code: choice.name(code) for code in choice.codes} or {choice.code: choice.place}
        names.setdefault(choice.code, choice.place)  # of a former member
        select(Name.MUNICIPALITY, _("Kommun"), names, choice.code, also=lambda _code: {UNDO: None})

    return draw


def measure_control(choice: Choice) -> Callable[[View], None]:
    def draw(_view: View) -> None:
        if choice.measure is not None:
            names = {measure.id: measure.definition.name for measure in choice.measures}
            select(Name.MEASURE, _("Mått"), names, choice.measure.id, also=lambda _id: {Name.YEAR: None})

    return draw


def period_control(choice: Choice) -> Callable[[View], None]:
    def draw(_view: View) -> None:
        if choice.measure is not None:
            names = {str(period): period_name(period) for period in (*choice.periods, choice.period)}
            select(Name.YEAR, _("Period"), names, str(choice.period))

    return draw
