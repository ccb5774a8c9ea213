"""What members of a network report themselves, and for which periods."""

from typing import Final

from app_pages.parts.opening import get_workspace
from data.workspace.measures import network_measures
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure, ReportingInterval
from domain.period import Period, periods_of

YEARS_BACK: Final = 10  # for mending history


def reported_measures(network: Network) -> tuple[NetworkMeasure, ...]:
    """What is in use and was ever reported by the members themselves."""
    return tuple(
        network_measure
        for network_measure in network_measures(get_workspace(), network.id)
        if network_measure.state is MeasureState.IN_USE
        and any(version.source is MeasureSource.OWN for version in network_measure.definitions)
    )


def asked_in(measures: tuple[NetworkMeasure, ...], period: Period) -> tuple[NetworkMeasure, ...]:
    """Those that are asked for: a year asks for all of its parts, a part for what is reported for such parts."""
    return tuple(
        measure
        for measure in measures
        if (definition := measure.definition_for(period.year)).source is MeasureSource.OWN
        and period.interval in {ReportingInterval.YEARLY, definition.interval}
    )


def offered_periods(measures: tuple[NetworkMeasure, ...], this_year: int) -> tuple[Period, ...]:
    """What can be reported, the newest first: every year of the measures, in the parts in which they are reported."""
    first = min((measure.definitions[0].first_year for measure in measures), default=this_year)
    periods: list[Period] = []
    for year in range(this_year, max(first, this_year - YEARS_BACK) - 1, -1):
        for interval in ReportingInterval:
            of_year = periods_of(year, interval)
            if asked_in(measures, of_year[0]):
                periods += reversed(of_year)
    return tuple(periods)
