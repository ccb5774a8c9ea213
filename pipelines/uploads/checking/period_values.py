"""The values that a file and the earlier publications hold together, as arrays over places and periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from data.contracts.reported import LARGEST
from domain.dimension import Unit
from domain.measure import MeasureKind
from domain.network_measure import MeasureDefinition
from domain.period import Period
from domain.value import Gender
from metrics.arrays import Booleans, Floats, Integers
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext, UploadMeasure

GENDERS: Final = tuple(Gender)
_MONEY: Final = frozenset({"kr", "tkr", "mnkr", "mdkr"})


@dataclass(frozen=True)
class PeriodValues:
    """One measure and gender. values: (places, periods), those of the file before those published, NaN where there is none.

    own: the municipality's place. members: the places of the network's members. checked: the periods for which the file says something new of it, rising; cells: the
    rows of `InterpretedFile.values` that say it. basis: (periods,) of the municipality.
    """

    measure: UploadMeasure
    gender: Gender
    places: Sequence[str]
    periods: Sequence[Period]
    values: Floats
    basis: Floats
    own: int
    members: Integers
    checked: Integers
    cells: Integers

    @cached_property
    def now(self) -> Floats:
        """The municipality's new values. (checked,)."""
        return np.asarray(self.values[self.own, self.checked], dtype=np.float64)

    @cached_property
    def before(self) -> Floats:
        """Those of the same part of the year before, on the same level. (checked,)."""
        return self.all_before[:, self.own]

    @cached_property
    def all_now(self) -> Floats:
        """Everybody's values of the checked periods. (checked, places)."""
        return np.ascontiguousarray(self.values[:, self.checked].T)

    @cached_property
    def all_before(self) -> Floats:
        """Everybody's values of the year before those, NaN where the level broke between. (checked, places)."""
        return self._one_year_before(self.checked)

    @cached_property
    def is_earlier(self) -> Booleans:
        """Which periods are of an earlier year, the same part and the same level as each checked one. (checked, periods)."""
        at = self.checked[:, np.newaxis]
        return np.asarray(
            (self._years < self._years[at])
            & (self._parts == self._parts[at])
            & (self._levels == self._levels[at]),
            dtype=np.bool_,
        )

    @cached_property
    def earlier(self) -> Floats:
        """The municipality's earlier values, NaN for the other periods. (checked, periods)."""
        return np.where(self.is_earlier, self.values[self.own], np.nan)

    @cached_property
    def other_members(self) -> Integers:
        """The places of the members, without the municipality itself."""
        return np.setdiff1d(self.members, self.own)

    @cached_property
    def is_same_year(self) -> Booleans:
        """Which periods are of the same year as each checked one. (checked, periods)."""
        return np.asarray(self._years == self._years[self.checked][:, np.newaxis], dtype=np.bool_)

    @cached_property
    def year_before_all(self) -> Floats:
        """Everybody's value of the year before each period, NaN across a break. (places, periods)."""
        return self._one_year_before(np.arange(len(self.periods))).T

    @cached_property
    def on_the_level(self) -> Booleans:
        """Which periods are on the same level as each checked one and not later. (checked, periods)."""
        at = self.checked[:, np.newaxis]
        return np.asarray(
            (self._levels == self._levels[at]) & (self._years <= self._years[at]), dtype=np.bool_
        )

    @cached_property
    def basis_before(self) -> Floats:
        """The municipality's basis of the year before each checked period. (checked,)."""
        at = self._year_before[self.checked]
        return np.where(at >= 0, self.basis[at], np.nan)

    def definition(self, period: Period) -> MeasureDefinition:
        return self.measure.definition_for(period.year)

    def _one_year_before(self, periods: Integers) -> Floats:
        at = self._year_before[periods]
        is_usable = (at >= 0) & (self._levels[at] == self._levels[periods])
        return np.where(is_usable[:, np.newaxis], self.values[:, at].T, np.nan)

    @cached_property
    def _year_before(self) -> Integers:
        """The position of the same part of the year before, −1 where nothing is known of it."""
        positions = {period: place for place, period in enumerate(self.periods)}
        return np.array([positions.get(period.year_before, -1) for period in self.periods], dtype=np.int64)

    @cached_property
    def _years(self) -> Integers:
        return np.array([period.year for period in self.periods], dtype=np.int64)

    @cached_property
    def _parts(self) -> Integers:
        parts = sorted({period.part for period in self.periods})
        return np.array([parts.index(period.part) for period in self.periods], dtype=np.int64)

    @cached_property
    def _levels(self) -> Integers:
        """How many breaks lie before each period: another count is another level."""
        return np.searchsorted(
            np.array(sorted(self.measure.break_years), dtype=np.int64), self._years, side="right"
        )


def grows_with_size(definition: MeasureDefinition) -> bool:
    """Whether a large municipality has more of it than a small one: a number, a sum of money; never a share or a cost a head."""
    return _is_count_or_money(definition.unit, definition.name) or definition.kind is MeasureKind.VOLUME


@lru_cache(maxsize=4096)
def _is_count_or_money(unit_text: str, measure_name: str) -> bool:
    unit = Unit.read(unit_text, measure_name)
    return unit.is_count or str(unit) in _MONEY


def build_period_values(interpreted: InterpretedFile, context: UploadContext) -> Iterator[PeriodValues]:
    """One panel for each reported measure and gender of which the file says something new for the municipality."""
    values = interpreted.values
    names = _Names.of((values, context.published), context)
    file, published = names.numbers(values), names.numbers(context.published)
    new = _those_that_differ(file.only(file.place == names.own), published, names).by_measure()
    published_by_measure, file_by_measure = published.by_measure(), file.by_measure()
    for position, measure in enumerate(context.reported):
        new_of_measure = new.of_measure(position)
        if len(new_of_measure.cell):
            rows = [published_by_measure.of_measure(position), file_by_measure.of_measure(position)]
            yield from _of_measure(measure, rows, new_of_measure, names)


@dataclass(frozen=True)
class _Numbers:
    """Rows that hold a number, as positions in `_Names`; cell: their place in the frame that they are from."""

    measure: Integers
    place: Integers
    period: Integers
    gender: Integers
    value: Floats
    basis: Floats
    cell: Integers

    def only(self, rows: "Booleans | Integers | slice") -> "_Numbers":
        return _Numbers(*(getattr(self, field.name)[rows] for field in fields(self)))

    def by_measure(self) -> "_Numbers":
        """The same rows, those of a measure together and otherwise in their order."""
        return self.only(np.argsort(self.measure, kind="stable"))

    def of_measure(self, position: int) -> "_Numbers":
        """The rows of one measure, of rows that are ordered by it."""
        first, last = np.searchsorted(self.measure, [position, position + 1])
        return self.only(slice(first, last))

    def keys(self, names: "_Names") -> Integers:
        """A number for each measure, place, period and gender."""
        key = self.measure * len(names.places) + self.place
        return (key * len(names.periods) + self.period) * len(GENDERS) + self.gender


@dataclass(frozen=True)
class _Names:
    """What the positions mean. own: the municipality's position among the places; members: those of the network's members."""

    measures: "pd.Index[Any]"
    places: "pd.Index[Any]"
    periods: "pd.Index[Any]"
    parsed_periods: Sequence[Period]
    own: int
    members: Integers

    @classmethod
    def of(cls, frames: Sequence[pd.DataFrame], context: UploadContext) -> "_Names":
        places = {
            context.place.code,
            *(code for frame in frames for code in _distinct(frame["municipality_code"])),
        }
        periods = {text for frame in frames for text in _distinct(frame["period"])}
        ordered = sorted(places - {""})
        in_time = sorted(Period.read(text) for text in periods - {""})
        return cls(
            pd.Index([measure.id for measure in context.reported], dtype=object),
            pd.Index(ordered, dtype=object),
            pd.Index([str(period) for period in in_time], dtype=object),
            in_time,
            ordered.index(context.place.code),
            np.flatnonzero(np.isin(np.array(ordered), np.array(context.members, dtype=str))),
        )

    def numbers(self, rows: pd.DataFrame) -> _Numbers:
        """The rows that hold a number of a reported measure for a known place, period and gender."""
        value, basis = (rows[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("value", "basis"))
        genders = pd.Index([str(gender) for gender in GENDERS], dtype=object)
        measure = _positions(rows["measure_id"], self.measures)
        place = _positions(rows["municipality_code"], self.places)
        period = _positions(rows["period"], self.periods)
        gender = _positions(rows["gender"], genders)
        is_said = (np.abs(value) <= LARGEST) & (measure >= 0) & (place >= 0) & (period >= 0) & (gender >= 0)
        cell = np.arange(len(value), dtype=np.int64)
        return _Numbers(measure, place, period, gender, value, basis, cell).only(is_said)


def _distinct(column: "pd.Series[Any]") -> list[str]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [str(category) for category in column.cat.categories]
    return [str(value) for value in column.unique()]


def _positions(column: "pd.Series[Any]", words: "pd.Index[Any]") -> Integers:
    """Each text's position among some words, −1 where it is none. A column of categories is read once a category."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        of_category = words.get_indexer(pd.Index(column.cat.categories, dtype=object))
        return np.append(of_category, -1).astype(np.int64)[column.cat.codes.to_numpy()]
    return words.get_indexer(pd.Index(column, dtype=object)).astype(np.int64)


def _those_that_differ(own: _Numbers, published: _Numbers, names: "_Names") -> _Numbers:
    """The municipality's rows that say another number than what is published, each key once, as it is said last."""
    keys, was = own.keys(names), published.keys(names)
    last = len(keys) - 1 - np.unique(keys[::-1], return_index=True)[1]
    own, keys = own.only(np.isin(np.arange(len(keys)), last)), keys[np.sort(last)]
    order = np.argsort(was, kind="stable")
    at = np.searchsorted(was[order], keys, side="right") - 1
    before = np.full(len(keys), np.nan)
    if len(was):
        place = order[np.maximum(at, 0)]
        before = np.where(was[place] == keys, published.value[place], np.nan)
    return own.only(~np.isclose(own.value, before, rtol=1e-12, atol=0))


def _of_measure(
    measure: UploadMeasure, rows: Sequence[_Numbers], new: _Numbers, names: _Names
) -> Iterator[PeriodValues]:
    """The panels of one measure, over the places and periods that it has values for. rows: published, then the file's."""
    places = np.unique(np.concatenate([row.place for row in rows]))
    periods = np.unique(np.concatenate([row.period for row in rows]))
    values = np.full((len(GENDERS), len(places), len(periods)), np.nan)
    basis = values.copy()
    for (
        row_set
    ) in rows:  # of several that say the same cell the last stands: the file before what is published
        at = (
            row_set.gender,
            np.searchsorted(places, row_set.place),
            np.searchsorted(periods, row_set.period),
        )
        values[at], basis[at] = row_set.value, row_set.basis
    own = int(np.searchsorted(places, names.own))
    codes = [str(place) for place in names.places[places]]
    in_time = [names.parsed_periods[period] for period in periods]
    members = np.flatnonzero(np.isin(places, names.members))
    for number, gender in enumerate(GENDERS):
        its = new.only(new.gender == number)
        order = np.argsort(its.period, kind="stable")
        if len(order):
            yield PeriodValues(
                measure=measure,
                gender=gender,
                places=codes,
                periods=in_time,
                values=values[number],
                basis=basis[number, own],
                own=own,
                members=members,
                checked=np.searchsorted(periods, its.period[order]),
                cells=its.cell[order],
            )
