"""Load the answers that the page shows."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers import distribution, revisions, trend, women_and_men
from answers.comparison import compare_measure
from answers.evaluations import find_evaluations
from app_pages.measure.choose import Choice
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from data.settings import read_settings
from domain.comparison import ColourAmong, Comparison
from domain.development import Development
from domain.evaluation import EvaluationResult
from domain.group import Group
from domain.revision import RevisionReport
from domain.value import Gender
from domain.women_and_men import WomenAndMen


@dataclass(frozen=True, slots=True)
class MeasureQuestion:
    """How does one municipality stand in a group, in one measure? `year` is `None` for the latest with a value."""

    library: LibraryKey
    measure_id: str
    group: Group
    year: int | None
    gender: Gender
    focus: str
    colour_among: ColourAmong


def question_of(choice: Choice) -> MeasureQuestion:
    """Return the question that the choices ask."""
    view = choice.view
    return MeasureQuestion(
        library=library_key(view.library),
        measure_id=choice.measure.id,
        group=view.group,
        year=choice.year,
        gender=choice.gender,
        focus=view.municipality.code,
        colour_among=view.colour_among,
    )


@cached_answer(max_entries=256)
def load_comparison(question: MeasureQuestion) -> Comparison:
    """Load the measure in the group. Raises `UserError`."""
    return compare_measure(
        find_library(question.library),
        measure_id=question.measure_id,
        group=question.group,
        year=question.year,
        gender=question.gender,
        focus=question.focus,
        colour_among=question.colour_among,
    )


@cached_answer(max_entries=64)
def load_everybody(question: MeasureQuestion) -> Comparison:
    """Load the measure among all places of the same kind, in the same year."""
    return distribution.compare_everybody(
        find_library(question.library),
        measure_id=question.measure_id,
        group=question.group,
        year=question.year,
        gender=question.gender,
        focus=question.focus,
    )


@cached_answer(max_entries=64)
def load_development(question: MeasureQuestion) -> Development:
    """Load the measure over all years."""
    return trend.compare_development(
        find_library(question.library),
        measure_id=question.measure_id,
        group=question.group,
        year=question.year,
        gender=question.gender,
        focus=question.focus,
    )


@cached_answer(max_entries=64)
def load_women_and_men(question: MeasureQuestion) -> WomenAndMen:
    """Load the measure for women and for men."""
    return women_and_men.compare_women_and_men(
        find_library(question.library),
        measure_id=question.measure_id,
        group=question.group,
        year=question.year,
        focus=question.focus,
    )


@cached_answer(max_entries=64)
def load_evaluations(question: MeasureQuestion) -> tuple[EvaluationResult, ...]:
    """Load what projects have measured before and after."""
    return find_evaluations(find_library(question.library), question.measure_id)


@cached_answer(max_entries=64)
def load_revisions(question: MeasureQuestion) -> RevisionReport:
    """Load what the release changed in this measure."""
    library = find_library(question.library)
    return revisions.find_revisions(library, measure_id=question.measure_id, most=None)


@dataclass(frozen=True, slots=True)
class BordersFile:
    """The file with the real borders; `changed_at` distinguishes one import from the next."""

    path: str
    changed_at: int


def find_borders() -> BordersFile | None:
    """Return the real borders, if an administrator has imported them."""
    file = read_settings().home / "borders.geojson"
    return BordersFile(str(file), file.stat().st_mtime_ns) if file.exists() else None


@cached_answer(max_entries=1)
def load_borders(file: BordersFile) -> dict[str, Any]:
    """Load the real borders as GeoJSON."""
    areas: dict[str, Any] = json.loads(Path(file.path).read_text(encoding="utf-8"))
    return areas
