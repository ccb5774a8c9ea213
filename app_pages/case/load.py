"""Load what the page shows beside the story: effects, facts about the place, similar cases, versions."""

from dataclasses import dataclass

import streamlit as st

from answers.library import Library
from answers.place_facts import PlaceFacts, load_place_facts
from app_pages.case.choose import Choice
from app_pages.parts import bank, computed_effects, person
from app_pages.parts.bank_pages import load_surroundings
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.computed_effects import Effects
from app_pages.parts.opening import get_workspace
from app_pages.parts.story import Surroundings
from app_pages.parts.words import _, language
from data.workspace.stories import StoryVersion, versions
from domain.case import Case, Reuse
from domain.errors.user_error import UserError
from domain.story import TagKind
from language.numbers import number

MOST_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """Another case, and in words what it has in common with this one."""

    case: Case
    why: str


def load_effects(choice: Choice) -> Effects:
    """Load what the figures say of each aim, with a spinner while they are computed."""
    with st.spinner(_("Räknar på kommunernas egna serier …")):
        return computed_effects.load_effects(choice.view.library, choice.bank, choice.case)


def load_reuse_effects(choice: Choice, reuse: Reuse) -> Effects:
    """Load the same where another municipality tries it."""
    with st.spinner(_("Räknar på kommunens egen serie …")):
        return computed_effects.load_reuse_effects(choice.view.library, choice.bank, choice.case, reuse)


def load_case_surroundings(choice: Choice) -> Surroundings:
    """Load what the story refers to, with facts about its place."""
    library = choice.view.library
    facts = describe_place(library, choice.case.municipality_code)
    return load_surroundings(library, choice.case, choice.bank, place_facts=facts)


def describe_place(library: Library, code: str) -> tuple[tuple[str, str], ...]:
    """Describe the kind of place, from the reference and the figures; empty for a place that is unknown here."""
    facts = _load_facts(PlaceFactsQuestion(library_key(library), code))
    if facts is None:
        return ()
    rows = [(_("Slags plats"), facts.skr_group), (_("Län"), facts.county_name)]
    if facts.inhabitants is not None:
        text = _("{count} ({year})").format(
            count=number(facts.inhabitants, 0, language()), year=facts.inhabitants_year
        )
        rows.append((_("Invånare"), text))
    if facts.density is not None:
        decimals = 0 if facts.density >= 10 else 1
        text = _("{density} invånare per km² ({year})").format(
            density=number(facts.density, decimals, language()), year=facts.density_year
        )
        rows.append((_("Täthet"), text))
    return tuple((label, text) for label, text in rows if text)


@dataclass(frozen=True, slots=True)
class PlaceFactsQuestion:
    """What kind of place is this?"""

    library: LibraryKey
    code: str


@cached_answer(max_entries=512)
def _load_facts(question: PlaceFactsQuestion) -> PlaceFacts | None:
    try:
        return load_place_facts(find_library(question.library), question.code)
    except UserError:
        return None


def load_similar_cases(choice: Choice) -> tuple[SimilarCase, ...]:
    """Cases on the same measure, then on the same subject, then with the same method."""
    similar = []
    for other in choice.bank.cases.values():
        likeness = _likeness(choice, other) if other.standing.id != choice.case.standing.id else None
        if likeness is not None:
            weight, why = likeness
            similar.append((weight, SimilarCase(other, why)))
    similar.sort(key=lambda weighted: -weighted[0])
    return tuple(case for _weight, case in similar[:MOST_SIMILAR])


def _likeness(choice: Choice, other: Case) -> tuple[int, str] | None:
    """Return how much another case has in common with this one and what; None where it has nothing in common."""
    case = choice.case
    measures = [aim.measure_id for aim in case.aims]
    for measure_id in measures:
        if any(aim.measure_id == measure_id for aim in other.aims):
            measure = bank.find_measure(choice.view.library, measure_id)
            name = measure.short_title if measure is not None else measure_id
            return 3, _("Ville också påverka {measure}").format(measure=name)
    subjects = {tag.word for tag in other.tags if tag.kind is TagKind.SUBJECT}
    for tag in case.tags:
        if tag.kind is TagKind.SUBJECT and tag.word in subjects:
            return 2, _("Samma område: {subject}").format(subject=tag.word)
    for method_id in case.method_ids:
        if method_id in other.method_ids and method_id in choice.bank.methods:
            return 1, _("Samma metod: {method}").format(method=choice.bank.methods[method_id].name)
    return None


def load_versions(choice: Choice) -> tuple[StoryVersion, ...]:
    """Load every version that the reader may see, newest first."""
    return versions(get_workspace(), choice.case.standing.id, actor=person.current_user())
