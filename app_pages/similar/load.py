"""Load the answer that the page shows."""

from dataclasses import dataclass

from answers.similar import find_similar_places
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.similar.choose import Choice
from domain.errors.user_error import UserError
from domain.similarity import SimilarPlaces


@dataclass(frozen=True, slots=True)
class SimilarQuestion:
    """Which places are most similar to one, by these variables with these weights?"""

    library: LibraryKey
    place_code: str
    variables: tuple[str, ...]
    weights: tuple[float, ...]


def load_similar_places(choice: Choice) -> SimilarPlaces | UserError:
    """Load the most similar places, or the error that says why they cannot be found."""
    question = SimilarQuestion(
        library=library_key(choice.view.library),
        place_code=choice.view.municipality.code,
        variables=choice.variables,
        weights=choice.weights,
    )
    try:
        return answer_similar_places(question)
    except UserError as error:
        return error


@cached_answer(max_entries=64)
def answer_similar_places(question: SimilarQuestion) -> SimilarPlaces:
    """Find the nearest places. Raises `UserError`."""
    return find_similar_places(
        find_library(question.library),
        question.place_code,
        variables=question.variables,
        weights=question.weights,
    )
