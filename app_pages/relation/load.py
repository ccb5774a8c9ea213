"""Load the answer that the page shows."""

from dataclasses import dataclass

from answers.relation import relate_measures
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.relation.choose import Choice
from domain.group import Group
from domain.relation import TwoMeasures


@dataclass(frozen=True, slots=True)
class RelationQuestion:
    """How are two measures related in a group? `peers` are the codes that stand out among its members."""

    library: LibraryKey
    measure_ids: tuple[str, str]
    years: tuple[int | None, int | None]
    group: Group
    focus: str
    peers: tuple[str, ...]


def question_of(choice: Choice) -> RelationQuestion:
    """Return the question that the choices ask."""
    return RelationQuestion(
        library=library_key(choice.view.library),
        measure_ids=(choice.first.id, choice.second.id),
        years=(choice.first_year, choice.second_year),
        group=choice.group,
        focus=choice.view.municipality.code,
        peers=choice.view.group.codes,
    )


@cached_answer(max_entries=64)
def relate(question: RelationQuestion) -> TwoMeasures:
    """Relate the two measures. Raises `UserError`."""
    return relate_measures(
        find_library(question.library),
        measure_ids=question.measure_ids,
        years=question.years,
        group=question.group,
        focus=question.focus,
    )
