"""The road of a measure from proposal to retirement, drawn as a list of steps."""

from collections.abc import Sequence
from html import escape
from typing import Final

from app_pages.parts.words import _
from domain.network_measure import STATE_NAMES, LifeEvent, MeasureState, NetworkMeasure

ROAD: Final = (
    MeasureState.PROPOSED,
    MeasureState.DISCUSSED,
    MeasureState.DECIDED,
    MeasureState.IN_USE,
    MeasureState.RETIRED,
)


def road(measure: NetworkMeasure) -> str:
    """Each step with its day; where the measure stands is marked, what it has passed is ticked."""
    taken = {event.state: event for event in measure.life}
    steps = "".join(_step(state, taken.get(state), is_here=state is measure.state) for state in ROAD)
    return f'<ol class="road" aria-label="{escape(_("Måttets väg"))}">{steps}</ol>'


def counted(measures: Sequence[NetworkMeasure]) -> str:
    """The same road with how many measures stand at each step."""
    steps = "".join(
        f'<li class="{"here" if count else "ahead"}"><span>{escape(_(STATE_NAMES[state]))}</span>'
        f"<strong>{count}</strong></li>"
        for state in ROAD
        for count in [sum(1 for one in measures if one.state is state)]
    )
    return (
        f'<ol class="road counted" aria-label="{escape(_("Så många mått står vid varje steg"))}">{steps}</ol>'
    )


def _step(state: MeasureState, event: LifeEvent | None, *, is_here: bool) -> str:
    kind = "here" if is_here else "passed" if event else "ahead"
    mark = ' aria-current="step"' if is_here else ""
    told = []
    if event is not None:
        told.append(str(event.decided_on or event.at.astimezone().date()))
        told += [text for text in (event.minutes_reference, event.reason) if text]
    notes = "".join(f"<small>{escape(text)}</small>" for text in told)
    return f'<li class="{kind}"{mark}><span>{escape(_(STATE_NAMES[state]))}</span>{notes}</li>'
