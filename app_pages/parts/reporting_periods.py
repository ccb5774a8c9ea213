"""The measures that members of a network report themselves, and the periods they report for."""

from typing import Final

from app_pages.parts.opening import get_workspace
from data.workspace.measures import network_measures
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure, ReportingInterval
from domain.period import Period, periods_of

YEARS_BACK: Final = 10  # for mending history


def reported_measures(network: Network) -> tuple[NetworkMeasure, ...]:
    """Return the measures in use that the members have ever reported themselves."""
    return tuple(
        network_measure
        for network_measure in network_measures(get_workspace(), network.id)
        if network_measure.state is MeasureState.IN_USE
        and any(version.source is MeasureSource.OWN for version in network_measure.definitions)
    )


def asked_in(measures: tuple[NetworkMeasure, ...], period: Period) -> tuple[NetworkMeasure, ...]:
    """Return the measures that a period asks for: a year includes its parts, a part what is reported so."""
    return tuple(
        measure
        for measure in measures
        if (definition := measure.definition_for(period.year)).source is MeasureSource.OWN
        and period.interval in {ReportingInterval.YEARLY, definition.interval}
    )


def offered_periods(measures: tuple[NetworkMeasure, ...], this_year: int) -> tuple[Period, ...]:
    """Return the periods that can be reported, newest first: each year in the parts that its measures use."""
    first = min((measure.definitions[0].first_year for measure in measures), default=this_year)
    periods: list[Period] = []
    for year in range(this_year, max(first, this_year - YEARS_BACK) - 1, -1):
        for interval in ReportingInterval:
            of_year = periods_of(year, interval)
            if asked_in(measures, of_year[0]):
                periods += reversed(of_year)
    return tuple(periods)
