"""The values of one release: cells of measures, and the rows they are made of."""

from collections.abc import Callable, Sequence
from typing import Final

from answers.cells import Cells, as_cells
from answers.own_measures import OwnMeasures
from answers.places import Places
from data.store.figures import Figures
from data.store.guarded import GuardedValues
from domain.measure import Measure
from domain.release import Release
from domain.value import Gender

CACHED_QUESTIONS: Final = 24  # a page asks for a handful of measures; one takes some 100 kB


class CellCache:
    """The cells of the latest questions, by measure ids and gender."""

    def __init__(self) -> None:
        self._cells: dict[tuple[tuple[str, ...], Gender], Cells] = {}

    def get(self, measures: Sequence[Measure], gender: Gender, load: Callable[[], Cells]) -> Cells:
        """Return the cells of some measures; `load` is called where they are not cached."""
        key = (tuple(measure.id for measure in measures), gender)
        if key not in self._cells:
            while len(self._cells) >= CACHED_QUESTIONS:
                self._cells.pop(next(iter(self._cells)), None)
            self._cells[key] = load()
        return self._cells[key]


class Values:
    """The values of KPIs and own measures.

    kpi_cells: the cache of questions on KPIs alone, whose answers are the same whatever the networks have of their own.
    """

    def __init__(
        self,
        figures: Figures,
        release: Release,
        places: Places,
        own_measures: OwnMeasures,
        kpi_cells: CellCache,
    ) -> None:
        self._figures = figures
        self._release = release
        self._places = places
        self._own = own_measures
        self._kpi_cells = kpi_cells
        self._own_cells = CellCache()

    def cells(self, measures: tuple[Measure, ...], gender: Gender) -> Cells:
        """Return the cells of some measures for every place and year, with their denominators."""
        cache = self._own_cells if any(measure.is_own for measure in measures) else self._kpi_cells
        return cache.get(
            measures,
            gender,
            lambda: self.cells_from_rows(self.rows(self._own.kpi_ids(measures), gender), measures, gender),
        )

    def cells_from_rows(
        self,
        rows: GuardedValues,
        measures: Sequence[Measure],
        gender: Gender,
        codes: Sequence[str] | None = None,
    ) -> Cells:
        """Return the cells of some rows for some places or all; own measures are computed."""
        by_code = self._places.by_code
        return as_cells(
            rows,
            measures=measures,
            kpi_ids=self._own.kpi_ids(measures),
            gender=gender,
            places=by_code if codes is None else {code: by_code[code] for code in codes},
            formulas=self._own.formulas,
            own=lambda measure_id: self._own.snapshot.by_id[measure_id],
            reported=lambda: self._own.reported,
        )

    def rows(
        self,
        kpi_ids: Sequence[str],
        gender: Gender,
        *,
        years: Sequence[int] | None = None,
        codes: Sequence[str] | None = None,
        years_of_all_places: Sequence[int] = (),
    ) -> GuardedValues:
        """Return the rows that cells of one gender are made of; `None` means every year, every place.

        years_of_all_places: the years in which every place is returned, not only those of `codes`.
        """
        genders = [gender] if gender is Gender.TOTAL else list(Gender)
        return self._figures.indicator_values(
            self._release,
            kpi_ids=kpi_ids,
            years=years,
            municipality_ids=codes,
            genders=genders,
            years_of_all_places=years_of_all_places,
        )

    def latest_years(self, kpi_ids: Sequence[str], gender: Gender) -> frozenset[int]:
        """Return the years that are the latest with a value, anywhere, of any of the KPIs."""
        return frozenset(self._figures.latest_years(self._release, kpi_ids, gender).values())

    def years_with_values(self, measure: Measure) -> tuple[int, ...]:
        """Return the years in which any place has a number, ascending."""
        if not measure.is_own:
            return tuple(self._figures.years_with_values(self._release, measure.id))
        grid = self.cells((measure,), Gender.TOTAL).grid
        return grid.years_with_values(0, grid.at(list(self._places.by_code)))
