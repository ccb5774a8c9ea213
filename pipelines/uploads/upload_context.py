"""What is needed to read and check one file: who reports what for which period, and what has been published before."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from answers.library import Library, build_library
from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from disclosure.reported import disclose_reported
from disclosure.values import disclose_numbers
from domain.errors.uploads import NotAMemberForUploadError, NothingToReportError
from domain.network import Network
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure
from domain.period import Period, periods_of
from domain.place import Place
from spreadsheets.normalised_text import normalise_text

REPORTED_COLUMNS: Final = ("measure_id", "municipality_code", "period", "gender", "value", "reason", "basis")
KOLADA_COLUMNS: Final = ("kpi_id", "municipality_code", "year", "gender", "value")
_KPI_ID: Final = re.compile(r"\b[A-Z]\d{5}\b", re.ASCII)


@dataclass(frozen=True)
class UploadMeasure:
    """One measure that a file may hold, as its definition for the year of the period has it.

    same_as: the KPI that publishes the same thing, if any. sections and order are the network's. definitions: every version,
    rising; empty where only the one is known.
    """

    id: str
    definition: MeasureDefinition
    variable_name: str = ""
    section: str = ""
    same_as: str | None = None
    break_years: tuple[int, ...] = ()
    definitions: tuple[MeasureDefinition, ...] = ()

    def definition_for(self, year: int) -> MeasureDefinition:
        """The version that holds for a year; the first one reaches back for ever."""
        versions = self.definitions or (self.definition,)
        return next((version for version in reversed(versions) if version.first_year <= year), versions[0])

    @property
    def is_reported(self) -> bool:
        """Whether members report it; anything else is read only to be compared with what is published."""
        return self.definition.source is MeasureSource.OWN


@dataclass(frozen=True)
class UploadContext:
    """Everything that reading and checking one file needs, so that neither asks a database.

    measures: the network's, in its order. titles: of every KPI in the catalogue by id, to recognise what the network does not use.
    published: what the members have published of reported measures in every period, columns `REPORTED_COLUMNS`, periods as
    text, `basis` NaN where unknown. kolada: published values of `same_as` and of the network's KPIs, columns kpi_id,
    municipality_code, year, gender, value. is_made_up: whether these are the demonstration's figures.
    """

    network: Network
    place: Place
    period: Period
    members: tuple[str, ...]
    measures: tuple[UploadMeasure, ...]
    places: Mapping[str, Place]
    titles: Mapping[str, str] = field(default_factory=dict)
    published: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(REPORTED_COLUMNS)))
    kolada: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["kpi_id", "municipality_code", "year", "gender", "value"]
        )
    )
    is_made_up: bool = False

    @property
    def reported(self) -> tuple[UploadMeasure, ...]:
        """The measures that members report."""
        return tuple(measure for measure in self.measures if measure.is_reported)

    @cached_property
    def requested(self) -> tuple[tuple[UploadMeasure, Period], ...]:
        """What the municipality is to deliver: every reported measure with each of its periods in the reporting period.

        A year asks for all parts of it; a part asks for the measures that are reported for such parts.
        """
        return tuple(
            (measure, period)
            for measure in self.reported
            for period in periods_of(self.period.year, measure.definition.interval)
            if self.period in {period, Period(period.year)}
        )

    @cached_property
    def by_id(self) -> Mapping[str, UploadMeasure]:
        return {measure.id: measure for measure in self.measures}


def load_upload_context(
    stores: Stores, *, network: str, municipality: str, period: str, is_to_report: bool = True
) -> UploadContext:
    """What is known now of one municipality's reporting; network and municipality by id, code or name.

    Who only wants to see how a file is read (`is_to_report` is false) is not refused where nothing is asked for. Raises `UnreadablePeriodError`, `UnknownNetworkError`, `UnknownPlaceError`, `NotAMemberForUploadError`,
    `NothingToReportError`, `NothingKeptError` and what opening the figures and the workspace raises.
    """
    figures = stores.lakes.figures()
    library = build_library(
        figures, figures.latest_release(), lambda: load_network_snapshot(stores.workspace)
    )
    return build_upload_context(
        library, network=network, municipality=municipality, period=period, is_to_report=is_to_report
    )


def build_upload_context(
    library: Library, *, network: str, municipality: str, period: str, is_to_report: bool = True
) -> UploadContext:
    """The same from a library that is open already, as known at its moment. Raises as `load_upload_context`."""
    asked_period = Period.read(period)
    own = library.own_measures.snapshot
    chosen = own.network(network)
    place = library.places.find(municipality)
    members = own.members(chosen)
    if place.code not in members:
        raise NotAMemberForUploadError(place=place.name, network=chosen.name)
    titles = dict(library.figures.kpis(library.release)[["id", "title"]].itertuples(index=False, name=None))
    measures = tuple(
        _to_upload_measure(network_measure, asked_period.year, titles)
        for network_measure in _in_order(library, chosen)
    )
    context = UploadContext(
        network=chosen,
        place=place,
        period=asked_period,
        members=members,
        measures=measures,
        places=library.places.by_code,
        titles=titles,
        published=_published(library, [measure.id for measure in measures if measure.is_reported], members),
        kolada=_kolada(library, _kpi_ids(measures), members),
        is_made_up=library.release.is_made_up,
    )
    if is_to_report and not context.requested:
        raise NothingToReportError(network=chosen.name, period=asked_period.in_words)
    return context


def _in_order(library: Library, network: Network) -> list[NetworkMeasure]:
    """The measures in use, in the order in which the network shows them."""
    of_network = {
        measure.id: measure for measure in library.own_measures.snapshot.of_network(network.id, in_use=True)
    }
    ordered = library.own_measures.snapshot.measure_set(network)
    return [of_network[measure_id] for measure_id in ordered.measure_ids] if ordered else []


def _to_upload_measure(measure: NetworkMeasure, year: int, titles: Mapping[str, str]) -> UploadMeasure:
    definition = measure.definition_for(year)
    return UploadMeasure(
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
    named: set[str] = {kpi_id for kpi_id in _KPI_ID.findall(definition.data_source) if kpi_id in titles}
    if len(named) == 1:
        return named.pop()
    name = normalise_text(definition.name)
    titled: list[str] = [kpi_id for kpi_id, title in titles.items() if normalise_text(title) == name]
    return titled[0] if len(titled) == 1 else None


def _kpi_ids(measures: Iterable[UploadMeasure]) -> list[str]:
    return sorted({measure.same_as for measure in measures if measure.same_as})


def _published(library: Library, measure_ids: list[str], members: tuple[str, ...]) -> pd.DataFrame:
    if not measure_ids:
        return pd.DataFrame(columns=list(REPORTED_COLUMNS))
    shown = disclose_reported(
        library.figures.reported_values(
            library.release, measure_ids=measure_ids, municipality_ids=list(members)
        )
    )
    return shown.table.rename(columns={"municipality_id": "municipality_code"})[list(REPORTED_COLUMNS)]


def _kolada(library: Library, kpi_ids: list[str], members: tuple[str, ...]) -> pd.DataFrame:
    """The published values of some KPIs for the members, every year and gender, that may be shown."""
    if not kpi_ids:
        return pd.DataFrame(columns=list(KOLADA_COLUMNS))
    rows = disclose_numbers(
        library.figures.indicator_values(library.release, kpi_ids=kpi_ids, municipality_ids=list(members))
    )
    return rows.rename(columns={"municipality_id": "municipality_code"})[list(KOLADA_COLUMNS)]
