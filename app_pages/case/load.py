"""What the page tells beside the story: effects, facts of the place, other cases like it, versions."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from answers.library import Library
from answers.place_facts import PlaceFacts, load_place_facts
from app_pages.case.choose import Choice
from app_pages.parts import bank, kept_effects, person, story_pictures
from app_pages.parts.kept_effects import Effects
from app_pages.parts.opening import get_workspace
from app_pages.parts.story import Surroundings
from app_pages.parts.words import _, language
from data.workspace.stories import StoryVersion, versions
from domain.case import Case, Reuse
from domain.errors import UserError
from domain.story import TagKind
from language.numbers import number

MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case, and in words what it has in common with this one."""

    case: Case
    why: str


def effects(choice: Choice) -> Effects:
    """What the figures say of each aim; what takes a while is said."""
    with st.spinner(_("Räknar på kommunernas egna serier …")):
        return kept_effects.of(choice.view.library, choice.bank, choice.case)


def reuse_effects(choice: Choice, reuse: Reuse) -> Effects:
    """The same where another municipality tries it."""
    with st.spinner(_("Räknar på kommunens egen serie …")):
        return kept_effects.of_reuse(choice.view.library, choice.bank, choice.case, reuse)


def surroundings(choice: Choice) -> Surroundings:
    """What the story names that is kept elsewhere."""
    library, case = choice.view.library, choice.case
    measures = {aim.measure_id: bank.measure_of(library, aim.measure_id) for aim in case.aims}
    methods = choice.bank.methods
    programme = choice.bank.programmes.get(case.programme_id)
    return Surroundings(
        place_name=choice.place_name,
        place_facts=facts_of_place(library, case.municipality_code),
        pictures=story_pictures.sources(picture.checksum for picture in case.pictures),
        measures={one: found for one, found in measures.items() if found is not None},
        method_links=tuple(
            _anchor(bank.method_link(method_id), methods[method_id].name)
            for method_id in case.method_ids
            if method_id in methods
        ),
        programme_link=_anchor(bank.programme_link(case.programme_id), programme.name) if programme else "",
    )


def facts_of_place(library: Library, code: str) -> tuple[tuple[str, str], ...]:
    """The kind of place in words, from the reference and the figures; nothing of a place that is not known."""
    found = _facts(library, code, (*library.release_key, str(library.figures.location), code))
    if found is None:
        return ()
    rows = [(_("Slags plats"), found.skr_group), (_("Län"), found.county_name)]
    if found.inhabitants is not None:
        told = _("{count} ({year})").format(
            count=number(found.inhabitants, 0, language()), year=found.inhabitants_year
        )
        rows.append((_("Invånare"), told))
    if found.density is not None:
        decimals = 0 if found.density >= 10 else 1
        told = _("{density} invånare per km² ({year})").format(
            density=number(found.density, decimals, language()), year=found.density_year
        )
        rows.append((_("Täthet"), told))
    return tuple((label, fact) for label, fact in rows if fact)


@st.cache_resource(show_spinner=False, max_entries=512)
def _facts(_library: Library, code: str, key: tuple[object, ...]) -> PlaceFacts | None:
    try:
        return load_place_facts(_library, code)
    except UserError:
        return None


def alike(choice: Choice) -> tuple[Alike, ...]:
    """Cases on the same measure, then on the same subject, then with the same method."""
    found = []
    for other in choice.bank.cases.values():
        shared = _shared(choice, other) if other.standing.id != choice.case.standing.id else None
        if shared is not None:
            found.append((shared[0], other, shared[1]))
    found.sort(key=lambda one: -one[0])
    return tuple(Alike(other, why) for _weight, other, why in found[:MOST_ALIKE])


def _shared(choice: Choice, other: Case) -> tuple[int, str] | None:
    case = choice.case
    measures = [aim.measure_id for aim in case.aims]
    for measure_id in measures:
        if any(aim.measure_id == measure_id for aim in other.aims):
            measure = bank.measure_of(choice.view.library, measure_id)
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


def story_versions(choice: Choice) -> tuple[StoryVersion, ...]:
    """Every version that the reader may know of, the newest first."""
    return versions(get_workspace(), choice.case.standing.id, actor=person.signed_in())


def _anchor(href: str, text: str) -> str:
    return f'<a data-page href="{escape(href)}">{escape(text)}</a>'
