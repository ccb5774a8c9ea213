"""What is known before a file is read: who reports what for which period, and what was reported and published before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from domain.network import Network
from domain.network_measure import MeasureDefinition, MeasureSource
from domain.period import Period, periods_of
from domain.place import Place


@dataclass(frozen=True)
class KnownMeasure:
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
        return next((one for one in reversed(versions) if one.first_year <= year), versions[0])

    @property
    def is_reported(self) -> bool:
        """Whether members report it; anything else is read only to be held against what is published."""
        return self.definition.source is MeasureSource.OWN


REPORTED_COLUMNS = ("measure_id", "municipality_code", "period", "gender", "value", "reason", "basis")


@dataclass(frozen=True)
class Known:
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
    measures: tuple[KnownMeasure, ...]
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
    def reported(self) -> tuple[KnownMeasure, ...]:
        """The measures that members report."""
        return tuple(one for one in self.measures if one.is_reported)

    @cached_property
    def asked(self) -> tuple[tuple[KnownMeasure, Period], ...]:
        """What the municipality is to deliver: every reported measure with each of its periods in the reporting period.

        A year asks for all parts of it; a part asks for the measures that are reported for such parts.
        """
        return tuple(
            (one, period)
            for one in self.reported
            for period in periods_of(self.period.year, one.definition.interval)
            if self.period in {period, Period(period.year)}
        )

    @cached_property
    def by_id(self) -> Mapping[str, KnownMeasure]:
        return {one.id: one for one in self.measures}
