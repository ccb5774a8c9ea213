"""What is stored of each measure at a release."""

from dataclasses import dataclass

import pandas as pd

from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.choices import View
from domain.measure import Measure


@dataclass(frozen=True, slots=True)
class YearsQuestion:
    """In which years has anybody a value of a measure?"""

    library: LibraryKey
    measure_id: str


def years(view: View, measure: Measure) -> tuple[int, ...]:
    """Return the years in which any place has a value, ascending."""
    return _years(YearsQuestion(library_key(view.library), measure.id))


def kpis(view: View) -> pd.DataFrame:
    """Return kpi_id, first_year, last_year, row_count, value_count. Not to be changed: it is shared."""
    return _kpis(library_key(view.library))


@cached_answer(max_entries=1024)
def _years(question: YearsQuestion) -> tuple[int, ...]:
    library = find_library(question.library)
    return library.values.years_with_values(library.catalogue.measure(question.measure_id))


@cached_answer(max_entries=4)
def _kpis(key: LibraryKey) -> pd.DataFrame:
    library = find_library(key)
    return library.figures.stored_kpis(library.release)
