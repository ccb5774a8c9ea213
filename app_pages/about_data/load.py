"""Load what is stored and where it comes from."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from answers.library import Library
from app_pages.about_data.choose import Choice
from app_pages.parts import kept
from app_pages.parts.choices import View
from app_pages.parts.opening import get_stores
from data.reference import corrections as tracked_corrections
from data.workspace.run_log import PipelineRun
from data.workspace.run_log import runs as logged_runs
from domain.correction import Correction
from domain.errors.choices import UnknownMeasureError
from domain.measure import Measure

MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class KeptMeasure:
    """One measure of the catalogue and the years of its stored values; `None` where none are stored."""

    measure: Measure
    first_year: int | None
    last_year: int | None


def matching_measures(choice: Choice) -> tuple[KeptMeasure, ...]:
    """Return the measures that match the words, best first; without words, those of the ready-made sets first."""
    library = choice.view.library
    table = kept.kpis(choice.view)
    with_values = table[table["value_count"] > 0]
    rows = with_values[["kpi_id", "first_year", "last_year"]].itertuples(index=False)
    years = {str(kpi_id): (int(first), int(last)) for kpi_id, first, last in rows}
    if choice.words:
        measures = library.catalogue.search(choice.words)
    else:
        in_sets = dict.fromkeys(
            measure_id for group in library.catalogue.ready_made_sets() for measure_id in group.measure_ids
        )
        if choice.is_whole_catalogue:
            rest = [
                measure for measure in library.catalogue.published_measures() if measure.id not in in_sets
            ]
        else:
            rest = [measure for measure in _known(library, sorted(years)) if measure.id not in in_sets]
        measures = (*(library.catalogue.measure(measure_id) for measure_id in in_sets), *rest)
    return tuple(
        KeptMeasure(measure, *years.get(measure.id, (None, None)))
        for measure in measures
        if choice.is_whole_catalogue or measure.id in years
    )


def _known(library: Library, measure_ids: list[str]) -> Iterator[Measure]:
    """Return the measures that are still in the catalogue: the source may have removed one whose values are stored."""
    for measure_id in measure_ids:
        with suppress(UnknownMeasureError):
            yield library.catalogue.measure(measure_id)


def level_breaks(view: View) -> pd.DataFrame:
    """Return the measures with a redefined level: kpi_id, first_year (null: all history), factor, share_of_places."""
    return view.library.figures.level_breaks(view.release)


def runs() -> list[PipelineRun]:
    """Return the pipeline runs, newest first."""
    return logged_runs(get_stores(), most=MOST_RUNS)


def corrections() -> tuple[Correction, ...]:
    """Return the known errors of the source and how each is corrected."""
    return tracked_corrections()
