"""The KPIs of one release: what the source says of each, together with what people have decided about it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import pandas as pd

from data.reference import curated_measures, measure_sets
from data.store.figures import Figures
from domain.measure import Basis, CountModel, CuratedMeasure, Direction, Measure, MeasureSet
from domain.release import Release
from domain.unit import read_title

_NOT_IN_CATALOGUE: Final = {
    "unit": "",
    "description": "",
    "is_divided_by_gender": True,
    "operating_area": "",
    "publication_date": None,
}
_PER: Final = re.compile(r"\bper\s(?P<base>\d[\d\s]*)")


class Kpis:
    """The KPIs and the ready-made sets of one release.

    translate: a gettext function for short titles, units, sentences for residents and the names of sets. What the source
    has written (titles, descriptions) stays as it is.
    """

    def __init__(self, figures: Figures, release: Release, translate: Callable[[str], str] = str) -> None:
        self._figures = figures
        self._release = release
        self._translate_text = translate
        self._measures: dict[str, Measure] = {}

    def __contains__(self, kpi_id: str) -> bool:
        return kpi_id in self._rows

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids in the order of the source's catalogue."""
        return iter(self._rows)

    def measure(self, kpi_id: str) -> Measure:
        """Return the KPI with this id. Raises `KeyError` where the release has no such KPI."""
        if kpi_id not in self._measures:
            self._measures[kpi_id] = self._as_measure(self._rows[kpi_id])
        return self._measures[kpi_id]

    def find(self, kpi_id: str) -> Measure | None:
        """Return the KPI with this id, or `None`."""
        return self.measure(kpi_id) if kpi_id in self._rows else None

    def placeholder(self, kpi_id: str) -> Measure:
        """Return a measure without a title, for a KPI that the source has removed from its catalogue."""
        return self._as_measure({**_NOT_IN_CATALOGUE, "id": kpi_id, "title": kpi_id})

    def id_by_short_title(self, short_title: str) -> str | None:
        """Return the id of the curated KPI with this short title, in Swedish or translated, whatever its case."""
        return self._ids_by_short_title.get(short_title.upper())

    @cached_property
    def curated_ids(self) -> list[str]:
        """The curated KPIs that the release holds."""
        return [kpi_id for kpi_id in curated_measures() if kpi_id in self._rows]

    @cached_property
    def short_titles(self) -> list[str]:
        """The translated short titles of `curated_ids`."""
        return [self._translate(curated_measures()[kpi_id].short_title) for kpi_id in self.curated_ids]

    @cached_property
    def sets(self) -> tuple[MeasureSet, ...]:
        """The ready-made sets with those of their KPIs that the release holds."""
        in_release = (measure_set.restricted_to(self.__contains__) for measure_set in measure_sets())
        return tuple(
            replace(
                measure_set,
                name=self._translate(measure_set.name),
                sections=tuple((self._translate(str(name)), ids) for name, ids in measure_set.sections),
            )
            for measure_set in in_release
            if measure_set.sections
        )

    def break_years(self, kpi_id: str) -> tuple[int, ...]:
        """Return the first years of a new level, ascending."""
        return tuple(sorted({year for year, _ in self._breaks.get(kpi_id, ()) if year is not None}))

    def rescaling_factors(self, kpi_id: str) -> tuple[float, ...]:
        """Return the factors by which the source has multiplied the KPI's whole history under the same id."""
        return tuple(factor for year, factor in self._breaks.get(kpi_id, ()) if year is None)

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Any]]:
        table = self._figures.kpis(self._release)
        names = table.columns.tolist()
        rows = zip(*(table[name].tolist() for name in names), strict=True)
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows}

    @cached_property
    def _breaks(self) -> Mapping[str, list[tuple[int | None, float]]]:
        """Every known jump in level: its first year (`None` where the whole history was moved) and factor."""
        breaks: dict[str, list[tuple[int | None, float]]] = {}
        table = self._figures.level_breaks(self._release)
        for kpi_id, year, factor in table[["kpi_id", "first_year", "factor"]].itertuples(index=False):
            breaks.setdefault(kpi_id, []).append((None if pd.isna(year) else int(year), float(factor)))
        return breaks

    @cached_property
    def _ids_by_short_title(self) -> Mapping[str, str]:
        return {
            title.upper(): curated.kpi_id
            for curated in curated_measures().values()
            for title in (curated.short_title, self._translate(curated.short_title))
        }

    @cached_property
    def _set_ids(self) -> Mapping[str, tuple[str, ...]]:
        set_ids: dict[str, tuple[str, ...]] = {}
        for measure_set in measure_sets():
            for kpi_id in measure_set.measure_ids:
                set_ids[kpi_id] = (*set_ids.get(kpi_id, ()), measure_set.id)
        return set_ids

    def _as_measure(self, row: Mapping[str, Any]) -> Measure:
        curated = curated_measures().get(str(row["id"]))
        set_ids = self._set_ids.get(str(row["id"]), ()) if row["id"] in self._rows else ()
        measure = _measure(row, curated, set_ids)
        return replace(
            measure,
            short_title=self._translate(measure.short_title),
            unit=self._translate(measure.unit),
            resident_sentence=self._translate(measure.resident_sentence),
        )

    def _translate(self, text: str) -> str:
        """Return the translated text; gettext would answer the empty text with its header."""
        return self._translate_text(text) if text else ""


def _measure(row: Mapping[str, Any], curated: CuratedMeasure | None, set_ids: tuple[str, ...]) -> Measure:
    """Return the source's row together with what people have decided about the KPI."""
    title = read_title(str(row["title"]))
    unit = str(row["unit"] or title.unit)
    return Measure(
        id=str(row["id"]),
        title=title.title,
        short_title=curated.short_title if curated else title.title,
        kind=curated.kind if curated else None,
        unit=unit,
        decimals=curated.decimals if curated else title.decimals,
        direction=curated.direction if curated else Direction.NEUTRAL,
        description=str(row["description"] or ""),
        resident_sentence=curated.resident_sentence if curated else "",
        is_divided_by_gender=bool(row["is_divided_by_gender"]),
        operating_area=str(row["operating_area"] or ""),
        next_publication=None if pd.isna(row["publication_date"]) else str(row["publication_date"])[:10],
        basis=_basis_in(unit, curated.basis) if curated and curated.basis else None,
        set_ids=set_ids,
    )


def _basis_in(unit: str, basis: Basis) -> Basis:
    """Return the basis with the multiplier that the unit names: the same id is per 1 000 one year, per 100 000 another."""
    match = _PER.search(unit)
    if basis.model is not CountModel.RATE or match is None:
        return basis
    return replace(basis, multiplier=float("".join(match["base"].split())))
