"""Read from the address what all pages share: the municipality, the group, the measures, and how they are shown.

A page calls `view` to read the address, shows its title, and then calls `choice_row.show_choices`.
"""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import streamlit as st

from answers.library import Library
from answers.network_snapshot import SET_PREFIX
from app_pages.parts import address, open_library
from app_pages.parts.address import Address, Name
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.words import _, ngettext
from domain.comparison import ColourAmong
from domain.errors.choices import UnknownSetError, UnusableGroupError
from domain.errors.storage import NothingKeptError
from domain.errors.user_error import UserError
from domain.group import NETWORK_SIZE, Group, GroupKind, GroupReference
from domain.measure import MeasureSet
from domain.place import Place, PlaceKind
from domain.release import Release
from domain.suggestion import suggest_similar
from domain.value import Gender
from language.rendering import render

T = TypeVar("T")

DEFAULT_MUNICIPALITY: Final = "0127"  # Botkyrka, whose network (Södertörn) has eight members
FETCHED_SET: Final = "hamtade"
MOST_ROWS: Final = 60  # nobody reads a longer table
GENDER_WORDS: Final = {"totalt": Gender.TOTAL, "kvinnor": Gender.WOMEN, "man": Gender.MEN}
COLOUR_WORDS: Final = {"alla": ColourAmong.ALL, "gruppen": ColourAmong.GROUP}


@dataclass(frozen=True, slots=True)
class View:
    """Everything that pages share of what is chosen, resolved to what it stands for.

    `is_first_visit` is true where the address names no municipality. `address` holds the words of the page
    itself and what could not be read.
    """

    address: Address
    library: Library
    release: Release
    releases: tuple[Release, ...]
    municipality: Place
    group: Group
    measure_set: MeasureSet
    gender: Gender
    colour_among: ColourAmong
    is_first_visit: bool
    problems: list[UserError] = field(default_factory=list)

    @property
    def is_latest(self) -> bool:
        """Whether this is what is known today, and not at an earlier time."""
        return self.release == self.releases[-1]


@dataclass(frozen=True, slots=True)
class GroupsQuestion:
    """Which groups can a municipality be compared with?"""

    library: LibraryKey
    place: Place


def view() -> View:
    """Read the choices from the address. Raises `UserError` only where there is nothing at all to show."""
    words = address.here()
    first = _("Första starten: skapar påhittade värden att visa. Det tar några sekunder.")
    with st.spinner(first if open_library.is_first_start() else _("Öppnar värdena …")):
        releases = open_library.releases()
        library = _library(words, releases)
    municipality = words.read(
        Name.MUNICIPALITY, library.places.find, library.places.find(DEFAULT_MUNICIPALITY), kind=_("kommun")
    )
    if municipality.kind is PlaceKind.NATION:
        municipality = library.places.find(DEFAULT_MUNICIPALITY)
    if (problem := open_library.workspace_problem()) is not None:
        words.problems.append(problem)
    group = _group(words, library, municipality)
    return View(
        address=words,
        library=library,
        release=library.release,
        releases=releases,
        municipality=municipality,
        group=group,
        measure_set=words.read(
            Name.MEASURE_SET,
            lambda word: _known_set(word, library),
            default_set(library, municipality, group),
            kind=_("måttsamling"),
        ),
        gender=words.read(
            Name.GENDER, GENDER_WORDS.__getitem__, Gender.TOTAL, kind=_("kön"), hint=_listed(GENDER_WORDS)
        ),
        colour_among=words.read(
            Name.COLOUR_AMONG,
            COLOUR_WORDS.__getitem__,
            ColourAmong.ALL,
            kind=_("färgval"),
            hint=_listed(COLOUR_WORDS),
        ),
        is_first_visit=not words.text(Name.MUNICIPALITY),
        problems=words.problems,
    )


def _library(words: Address, releases: tuple[Release, ...]) -> Library:
    """The library as known when the address says; a time before everything is told."""
    latest = releases[-1]
    return words.read(
        Name.KNOWN,
        lambda word: open_library.library_as_of(word, latest),
        open_library.library_at(latest, latest),
        kind=_("tidpunkt"),
    )


def measure_sets(library: Library) -> tuple[MeasureSet, ...]:
    """Return the ready-made sets and, where few enough to read, one of everything that has been fetched."""
    fetched = sorted(_measures_with_values(library_key(library)))
    every = MeasureSet(FETCHED_SET, _("Alla hämtade mått"), (("", tuple(fetched)),))
    return (
        (*library.catalogue.ready_made_sets(), every)
        if 0 < len(fetched) <= MOST_ROWS
        else library.catalogue.ready_made_sets()
    )


def default_set(library: Library, municipality: Place, group: Group) -> MeasureSet:
    """What the network measures that is compared with, else another of the municipality's, else a ready-made set.

    Of the ready-made ones the first of which anything has been fetched. Raises `NothingKeptError`.
    """
    mine = {measure_set.id: measure_set for measure_set in library.catalogue.network_sets(municipality.code)}
    of_group = mine.get(f"{SET_PREFIX}{group.network_id}")
    real = [
        measure_set
        for measure_set in mine.values()
        if not _is_made_up(library, measure_set.id.removeprefix(SET_PREFIX))
    ]
    if of_group or real:
        return of_group or real[0]
    ready = measure_sets(library)
    if not ready:
        raise NothingKeptError
    fetched = _measures_with_values(library_key(library))
    return next(
        (measure_set for measure_set in ready if not fetched.isdisjoint(measure_set.measure_ids)), ready[0]
    )


@cached_answer(max_entries=8)
def _measures_with_values(key: LibraryKey) -> frozenset[str]:
    library = find_library(key)
    stored_kpis = library.figures.stored_kpis(library.release)
    return frozenset(stored_kpis.loc[stored_kpis["value_count"] > 0, "kpi_id"].tolist())


def _known_set(word: str, library: Library) -> MeasureSet:
    sets = {
        measure_set.id: measure_set
        for measure_set in (*library.catalogue.network_sets(), *measure_sets(library))
    }
    if word not in sets:
        raise UnknownSetError(name=word, suggestion=suggest_similar(word, sets))
    return sets[word]


def offered_sets(library: Library, municipality: Place) -> tuple[MeasureSet, ...]:
    """Return the sets of the municipality's networks, then the ready-made ones."""
    return (*library.catalogue.network_sets(municipality.code), *measure_sets(library))


def _listed(words: dict[str, T]) -> str:
    return _("Möjliga ord: {words}.").format(words=", ".join(words))


def _group(words: Address, library: Library, municipality: Place) -> Group:
    """Return the group in the address, or the municipality's own network; it must contain the municipality."""

    def parse(word: str) -> Group:
        group = library.groups.resolve(GroupReference.parse(word))
        if municipality.code not in group.codes:
            raise UnusableGroupError(
                UnusableGroupError.WITHOUT_FOCUS, place=municipality.name, group=group.name
            )
        return group

    named = words.read(Name.GROUP, parse, None, kind=_("grupp")) if words.text(Name.GROUP) else None
    return named or library.groups.resolve(default_group(library, municipality))


def default_group(library: Library, municipality: Place) -> GroupReference:
    """Return the own network, else a Kolada group of six to ten (nearest to eight), else similar ones, else any."""
    offered = offered_groups(library, municipality)
    for group in offered:
        if group.reference.kind is GroupKind.NETWORK and not _is_made_up(library, group.network_id):
            return group.reference
    networks = [
        group
        for group in offered
        if group.reference.kind is GroupKind.KOLADA and len(group.codes) in NETWORK_SIZE
    ]
    if networks:
        return min(networks, key=lambda network: abs(len(network.codes) - 8)).reference
    like_me = [group.reference for group in offered if group.reference.kind is GroupKind.SIMILAR]
    return next(iter([*like_me, *(group.reference for group in offered)]), GroupReference(GroupKind.ALL, ""))


def _is_made_up(library: Library, network_id: str | None) -> bool:
    """Whether a network is part of the demonstration: it can be chosen but is never the default."""
    return any(
        network.id == network_id and network.is_made_up for network in library.own_measures.snapshot.networks
    )


def group_name(group: Group) -> str:
    """Return the title after “bland”: “Botkyrka bland Södertörnskommunerna”."""
    name = render(group.name, _)
    lowered = name[:1].lower() + name[1:]
    match group.reference.kind:
        case GroupKind.ALL:
            return _("alla kommuner")
        case GroupKind.SIMILAR:
            return _("liknande kommuner")
        case GroupKind.COUNTY:
            return _("kommunerna i {county}").format(county=name)
        case GroupKind.SKR:
            return _("kommuner av slaget {kind}").format(kind=lowered)
        case GroupKind.CODES:
            count = len(group.codes)
            return ngettext("{count} vald kommun", "{count} valda kommuner", count).format(count=count)
        case GroupKind.NETWORK:
            return _("medlemmarna i {network}").format(network=name)
    if name.startswith(("Kommuner", "Alla ", "Liknande ")):
        return lowered
    return name if name.endswith("kommunerna") else _("kommunerna i {county}").format(county=name)


def municipality_names(library: Library) -> dict[str, str]:
    """Return the name of every municipality by code, sorted by name."""
    return {place.code: place.name for place in library.places.municipalities()}


def offered_groups(library: Library, place: Place) -> list[Group]:
    """Return our own networks, the source's groups, then the general ones; the same members only once."""
    return _offered_groups(GroupsQuestion(library_key(library), place))


@cached_answer(max_entries=1024)
def _offered_groups(question: GroupsQuestion) -> list[Group]:
    library, place = find_library(question.library), question.place
    references = [GroupReference(GroupKind.SIMILAR, place.code)]
    if place.county_code:
        references.append(GroupReference(GroupKind.COUNTY, place.county_code))
    if place.skr_group:
        references.append(GroupReference(GroupKind.SKR, place.skr_group))
    references.append(GroupReference(GroupKind.ALL, ""))
    resolved = (_resolved(library, reference) for reference in references)
    for_everybody = [group for group in resolved if group and place.code in group.codes]
    known = {frozenset(group.codes) for group in for_everybody}
    own = [group for group in library.groups.networks_with(place.code) if place.code in group.codes]
    known |= {frozenset(group.codes) for group in own}
    networks = [
        group
        for group in library.groups.kolada_groups_with(place.code)
        if frozenset(group.codes) not in known
    ]
    return [*own, *networks, *for_everybody]


def _resolved(library: Library, reference: GroupReference) -> Group | None:
    """Return the group, or None where the place has none of that kind: Gotland is alone in its county."""
    try:
        return library.groups.resolve(reference)
    except UserError:
        return None
