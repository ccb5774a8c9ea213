"""The values that a file and the earlier publications hold together, as arrays over places and periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from domain.dimension import Unit
from domain.measure import MeasureKind
from domain.network_measure import MeasureDefinition
from domain.period import Period
from domain.value import Gender
from metrics.arrays import Booleans, Floats, Integers
from pipelines.uploads.known import Known, KnownMeasure
from pipelines.uploads.understood import Understood

GENDERS: Final = tuple(Gender)
_MONEY: Final = frozenset({"kr", "tkr", "mnkr", "mdkr"})
_KEYS: Final = ("measure_id", "municipality_code", "period", "gender")


@dataclass(frozen=True)
class Panel:
    """One measure and gender. values: (places, periods), those of the file before those published, NaN where there is none.

    own: the municipality's place. checked: the periods for which the file says something new of it, rising; cells: the
    rows of `Understood.values` that say it. basis: (periods,) of the municipality.
    """

    measure: KnownMeasure
    gender: Gender
    places: Sequence[str]
    periods: Sequence[Period]
    values: Floats
    basis: Floats
    own: int
    checked: Integers
    cells: Integers

    @property
    def now(self) -> Floats:
        """The municipality's new values. (checked,)."""
        return np.asarray(self.values[self.own, self.checked], dtype=np.float64)

    @property
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

    @property
    def earlier(self) -> Floats:
        """The municipality's earlier values, NaN for the other periods. (checked, periods)."""
        return np.where(self.is_earlier, self.values[self.own], np.nan)

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
        return np.array([positions.get(one.year_before, -1) for one in self.periods], dtype=np.int64)

    @cached_property
    def _years(self) -> Integers:
        return np.array([one.year for one in self.periods], dtype=np.int64)

    @cached_property
    def _parts(self) -> Integers:
        parts = sorted({one.part for one in self.periods})
        return np.array([parts.index(one.part) for one in self.periods], dtype=np.int64)

    @cached_property
    def _levels(self) -> Integers:
        """How many breaks lie before each period: another count is another level."""
        return np.searchsorted(
            np.array(sorted(self.measure.break_years), dtype=np.int64), self._years, side="right"
        )


def grows_with_size(definition: MeasureDefinition) -> bool:
    """Whether a large municipality has more of it than a small one: a number, a sum of money; never a share or a cost a head."""
    unit = Unit.read(definition.unit, definition.name)
    return unit.is_count or str(unit) in _MONEY or definition.kind is MeasureKind.VOLUME


def panels(understood: Understood, known: Known) -> Iterator[Panel]:
    """One panel for each reported measure and gender of which the file says something new for the municipality."""
    ids = pd.Index([one.id for one in known.reported])
    file = _numbers(understood.values, ids)
    published = _numbers(known.published, ids)
    own_rows = file[file["municipality_code"] == known.place.code]
    if own_rows.empty:
        return
    new = _those_that_differ(own_rows, published)
    for measure in (one for one in known.reported if (new["measure_id"] == one.id).any()):
        of_measure = pd.concat(
            [
                rows.loc[rows["measure_id"] == measure.id, [*_KEYS[1:], "value", "basis"]]
                for rows in (published, file)
            ],
            ignore_index=True,
        )
        yield from _of_measure(measure, of_measure, new[new["measure_id"] == measure.id], known.place.code)


def _numbers(rows: pd.DataFrame, ids: "pd.Index[Any]") -> pd.DataFrame:
    """The rows that hold a number of a reported measure for a known place and period; `cell` is their place."""
    value = rows["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    is_said = np.isfinite(value) & _among(rows["measure_id"], ids)
    for name in ("municipality_code", "period"):
        is_said &= (rows[name] != "").to_numpy(dtype=np.bool_)
    is_said &= _among(rows["gender"], pd.Index([str(one) for one in GENDERS]))
    found: pd.DataFrame = rows.loc[is_said, [*_KEYS, "basis"]].reset_index(drop=True)
    basis = found["basis"].to_numpy(dtype=np.float64, na_value=np.nan)
    return found.assign(value=value[is_said], basis=basis, cell=np.flatnonzero(is_said))


def _among(column: "pd.Series[Any]", words: "pd.Index[Any]") -> Booleans:
    return np.asarray(column.isin(words), dtype=np.bool_)


def _those_that_differ(own: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """The municipality's rows that say another number than what is published, each key once, as it is said last."""
    texts = dict.fromkeys(_KEYS, "str")
    own = own.astype(texts).drop_duplicates(list(_KEYS), keep="last")
    was = published.astype(texts).drop_duplicates(list(_KEYS), keep="last").set_index(list(_KEYS))["value"]
    before = was.reindex(pd.MultiIndex.from_frame(own[list(_KEYS)])).to_numpy(dtype=np.float64)
    is_the_same = np.isclose(own["value"], before, rtol=1e-12, atol=0)
    return own[~is_the_same]


def _of_measure(
    measure: KnownMeasure, rows: pd.DataFrame, new: pd.DataFrame, own_code: str
) -> Iterator[Panel]:
    place, codes = pd.factorize(rows["municipality_code"].astype("str"))
    texts = rows["period"].astype("str")
    spoken, distinct = pd.factorize(texts)
    periods = sorted(map(Period.read, distinct))
    at = np.array([periods.index(Period.read(text)) for text in distinct], dtype=np.int64)[spoken]
    gender = pd.Index([str(one) for one in GENDERS]).get_indexer(pd.Index(rows["gender"].astype("str")))
    values = np.full((len(GENDERS), len(codes), len(periods)), np.nan)
    basis = values.copy()
    values[gender, place, at] = rows["value"]  # of several the last stands: the file before what is published
    basis[gender, place, at] = rows["basis"]
    own = list(codes).index(own_code)
    for number, one in enumerate(GENDERS):
        its = new[new["gender"] == str(one)]
        if its.empty:
            continue
        checked = np.array([periods.index(Period.read(text)) for text in its["period"]], dtype=np.int64)
        order = np.argsort(checked, kind="stable")
        yield Panel(
            measure=measure,
            gender=one,
            places=list(codes),
            periods=periods,
            values=values[number],
            basis=basis[number, own],
            own=own,
            checked=checked[order],
            cells=its["cell"].to_numpy(dtype=np.int64)[order],
        )
