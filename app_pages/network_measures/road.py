"""Show the life of a measure from proposal to retirement, as a list of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from domain.network_measure import STATE_NAMES, LifeEvent, MeasureState, NetworkMeasure

ROAD: Final = (
    MeasureState.PROPOSED,
    MeasureState.DISCUSSED,
    MeasureState.DECIDED,
    MeasureState.IN_USE,
    MeasureState.RETIRED,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a measure; the notes are its day, minutes and reason, as far as there are any."""

    kind: Literal["here", "passed", "ahead"]
    name: str
    notes: tuple[str, ...]


def show_road(measure: NetworkMeasure) -> None:
    """Show each step with its day; the current one is marked, earlier ones are ticked."""
    taken = {event.state: event for event in measure.life}
    steps = [_step(state, taken.get(state), is_here=state is measure.state) for state in ROAD]
    show_template("network_measures/road.html", steps=steps)


def show_counted_road(measures: Sequence[NetworkMeasure]) -> None:
    """Show the steps with the number of measures at each."""
    steps = [(_(STATE_NAMES[state]), sum(measure.state is state for measure in measures)) for state in ROAD]
    show_template("network_measures/counted_road.html", steps=steps)


def _step(state: MeasureState, event: LifeEvent | None, *, is_here: bool) -> Step:
    name = _(STATE_NAMES[state])
    if event is None:
        return Step("here" if is_here else "ahead", name, ())
    day = str(event.decided_on or event.at.astimezone().date())
    notes = tuple(text for text in (day, event.minutes_reference, event.reason) if text)
    return Step("here" if is_here else "passed", name, notes)
