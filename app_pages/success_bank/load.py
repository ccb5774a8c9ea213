"""Load the cases that match, in the chosen order, with what is known of their effects so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from answers.library import Library
from answers.search.stories import search_stories
from answers.similar import find_similar_places
from app_pages.parts import computed_effects
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.computed_effects import Effects
from app_pages.success_bank.choose import BEST_KNOWN, BEST_MATCH, LIKE_MINE, Choice
from domain.effect import EVIDENCE_STEPS
from domain.errors.user_error import UserError
from domain.place import Place
from domain.story_search import StoryHit


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The hits in order. effects: by case id, of the cases whose effects are computed; `is_counting` while some are not."""

    hits: tuple[StoryHit, ...]
    effects: Mapping[str, Effects]
    is_counting: bool


def load_results(choice: Choice) -> SearchResults:
    """Load the cases that match the words and the choices."""
    cases = list(choice.bank.cases.values())
    effects = computed_effects.load_ready_effects(choice.view.library, choice.bank, cases)
    evidence = computed_effects.evidence_of(effects)
    hits = search_stories(
        choice.bank.index,
        choice.words,
        choice.filters,
        evidence=evidence,
        nearest=codes_of_similar_places(choice.view.library, choice.view.municipality)
        if choice.order == LIKE_MINE
        else (),
    )
    if choice.order == BEST_KNOWN:
        levels = {case_id: EVIDENCE_STEPS.index(step) for case_id, step in evidence.items()}
        hits = tuple(sorted(hits, key=lambda hit: -levels.get(hit.story.standing.id, 0)))
    elif choice.order not in {LIKE_MINE, BEST_MATCH}:
        hits = tuple(sorted(hits, key=_published_at, reverse=True))
    return SearchResults(hits, effects, is_counting=len(effects) < len(cases))


def _published_at(hit: StoryHit) -> float:
    published_at = hit.story.standing.published_at
    return published_at.timestamp() if published_at is not None else 0.0


def codes_of_similar_places(library: Library, place: Place) -> tuple[str, ...]:
    """Return the codes of the places of the same kind, the place itself first, then the most similar; else empty."""
    return _load_codes(SimilarCodesQuestion(library_key(library), place.code))


@dataclass(frozen=True, slots=True)
class SimilarCodesQuestion:
    """Which places are of the same kind as one, the most similar first?"""

    library: LibraryKey
    code: str


@cached_answer(max_entries=512)
def _load_codes(question: SimilarCodesQuestion) -> tuple[str, ...]:
    try:
        similar = find_similar_places(find_library(question.library), question.code)
    except UserError:
        return ()
    return (question.code, *(neighbour.place.code for neighbour in similar.ordered))
