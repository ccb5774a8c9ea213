"""Gathers what is known before a file is read: from the workspace who reports what, from the figures what is published."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from answers.library import Library
from answers.own import own_measures
from data.places import Settings
from data.store.figures import open_figures
from domain.errors import NotAMemberForUploadError, NothingToReportError
from domain.network import Network
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure
from domain.period import Period
from pipelines.uploads.known import REPORTED_COLUMNS, Known, KnownMeasure

KOLADA_COLUMNS: Final = ("kpi_id", "municipality_code", "year", "gender", "value")
_KPI_ID: Final = re.compile(r"\b[A-Z]\d{5}\b", re.ASCII)


def known(
    settings: Settings, *, network: str, municipality: str, period: str, is_to_report: bool = True
) -> Known:
    """What is known now of one municipality's reporting; network and municipality by id, code or name.

    Who only wants to see how a file is read (`is_to_report` is false) is not refused where nothing is asked for. Raises `UnreadablePeriodError`, `UnknownNetworkError`, `UnknownPlaceError`, `NotAMemberForUploadError`,
    `NothingToReportError`, `NothingKeptError` and what opening the figures and the workspace raises.
    """
    with open_figures(settings) as figures:
        library = Library(figures, figures.latest_release(), own_measures(settings))
        return known_from(
            library, network=network, municipality=municipality, period=period, is_to_report=is_to_report
        )


def known_from(
    library: Library, *, network: str, municipality: str, period: str, is_to_report: bool = True
) -> Known:
    """The same from a library that is open already, as known at its moment. Raises as `known`."""
    asked = Period.read(period)
    own = library.own
    chosen = own.network(network)
    place = library.place(municipality)
    members = own.members(chosen)
    if place.code not in members:
        raise NotAMemberForUploadError(place=place.name, network=chosen.name)
    titles = dict(library.figures.kpis(library.release)[["id", "title"]].itertuples(index=False, name=None))
    measures = tuple(_known(one, asked.year, titles) for one in _in_order(library, chosen))
    found = Known(
        network=chosen,
        place=place,
        period=asked,
        members=members,
        measures=measures,
        places=library.all_places,
        titles=titles,
        published=_published(library, [one.id for one in measures if one.is_reported], members),
        kolada=_kolada(library, _kpi_ids(measures), members),
        is_made_up=library.release.is_made_up,
    )
    if is_to_report and not found.asked:
        raise NothingToReportError(network=chosen.name, period=asked.said)
    return found


def _in_order(library: Library, network: Network) -> list[NetworkMeasure]:
    """The measures in use, in the order in which the network shows them."""
    of_network = {one.id: one for one in library.own.of_network(network.id, in_use=True)}
    ordered = library.own.measure_set(network)
    return [of_network[one] for one in ordered.measure_ids] if ordered else []


def _known(measure: NetworkMeasure, year: int, titles: Mapping[str, str]) -> KnownMeasure:
    definition = measure.definition_for(year)
    return KnownMeasure(
        id=measure.id,
        definition=definition,
        variable_name=measure.variable_name,
        section=measure.section,
        same_as=_same_as(definition, titles),
        break_years=measure.break_years,
        definitions=measure.definitions,
    )


def _same_as(definition: MeasureDefinition, titles: Mapping[str, str]) -> str | None:
    """The KPI that a definition says that it is: by taking it as it is, by naming it alone as its source, or by its title."""
    if definition.source is not MeasureSource.OWN:
        kpi = definition.expression.strip().upper()  # a formula may be a KPI and nothing else
        return kpi if kpi in titles else None
    named: set[str] = {one for one in _KPI_ID.findall(definition.data_source) if one in titles}
    if len(named) == 1:
        return named.pop()
    name = _folded(definition.name)
    titled: list[str] = [one for one, title in titles.items() if _folded(title) == name]
    return titled[0] if len(titled) == 1 else None


def _kpi_ids(measures: Iterable[KnownMeasure]) -> list[str]:
    return sorted({one.same_as for one in measures if one.same_as})


def _published(library: Library, measure_ids: list[str], members: tuple[str, ...]) -> pd.DataFrame:
    if not measure_ids:
        return pd.DataFrame(columns=list(REPORTED_COLUMNS))
    rows = library.figures.reported_values(
        library.release, measure_ids=measure_ids, municipality_ids=list(members)
    )
    return rows.rename(columns={"municipality_id": "municipality_code"})[list(REPORTED_COLUMNS)]


def _kolada(library: Library, kpi_ids: list[str], members: tuple[str, ...]) -> pd.DataFrame:
    """The published values of some KPIs for the members, every year and gender."""
    if not kpi_ids:
        return pd.DataFrame(columns=list(KOLADA_COLUMNS))
    rows = library.figures.indicator_values(library.release, kpi_ids=kpi_ids, municipality_ids=list(members))
    rows = rows.rename(columns={"municipality_id": "municipality_code"})
    return rows.loc[rows["value"].notna(), list(KOLADA_COLUMNS)].reset_index(drop=True)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
