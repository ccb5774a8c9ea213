"""Read from the address which cases are shown: words, filters and order; and show the controls for them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import streamlit as st

from app_pages.parts import address, bank, choices, first_start
from app_pages.parts.address import Name
from app_pages.parts.bank import Bank
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.words import _, capitalize_first
from domain.case import CASE_STATUS_NAMES, CaseStatus
from domain.effect import EVIDENCE_NAMES, EVIDENCE_STEPS, Evidence
from domain.place import alphabetical
from domain.story import StoryKind, TagKind
from domain.story_search import (
    COST_CLASS_NAMES,
    POPULATION_CLASS_NAMES,
    CostClass,
    PopulationClass,
    StoryFilters,
    cost_class,
    population_class,
)

WORDS: Final = "sok"
SUBJECT: Final = "omrade"
MEASURE: Final = "paverkar"  # `matt` goes along from page to page; this choice is this page's own
PLACE_KIND: Final = "plats"
EVIDENCE: Final = "evidens"
COST: Final = "kostnad"
STATUS: Final = "lage"
OUTCOME: Final = "utfall"
VISIT: Final = "studiebesok"
ORDER: Final = "ordning"
PAGE: Final = "sida"
FILTERS: Final = (SUBJECT, MEASURE, PLACE_KIND, EVIDENCE, COST, STATUS, OUTCOME, VISIT)
BEHIND: Final = (PLACE_KIND, COST, STATUS, OUTCOME, VISIT)  # in the menu with more
ANYTHING: Final = "alla"
YES: Final = "ja"
FAILED: Final = "gav-inte"
WORKED: Final = "gav"
LIKE_MINE: Final = "som-min"
BEST_KNOWN: Final = "sakrast"
NEWEST: Final = "nyast"
BEST_MATCH: Final = "traff"
COUNTY: Final = "lan"
SKR: Final = "skr"
POPULATION: Final = "inv"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """`order` is one of the words for orders above. `page` counts from 1."""

    view: View
    bank: Bank
    words: str
    filters: StoryFilters
    order: str
    page: int


def load_choice() -> Choice:
    """Read the choice from the address."""
    view = choices.view()
    first_start.wait()
    open_bank = bank.load_bank(view)
    words = view.address
    typed = words.text(WORDS)
    county, skr, population = _place_kind(view)
    outcome = _read(view, OUTCOME, {FAILED: True, WORKED: False}, _("utfall"))
    return Choice(
        view=view,
        bank=open_bank,
        words=typed,
        filters=StoryFilters(
            kind=StoryKind.CASE,
            subject=words.text(SUBJECT),
            measure_ids=frozenset(filter(None, [words.text(MEASURE)])),
            county_code=county,
            skr_group=skr,
            population=population,
            evidence=_read(
                view, EVIDENCE, {str(evidence): evidence for evidence in Evidence}, _("evidensgrad")
            ),
            cost=_read(view, COST, {str(cost): cost for cost in CostClass}, _("kostnad")),
            status=_read(view, STATUS, {str(status): status for status in CaseStatus}, _("läge")),
            is_failure=outcome,
            has_study_visit=words.text(VISIT) == YES,
        ),
        order=words.text(ORDER) if words.text(ORDER) in _orders(typed) else next(iter(_orders(typed))),
        page=max(1, words.read(PAGE, int, 1, kind=_("sida"))),
    )


def _read(view: View, name: str, choices_by_word: Mapping[str, T], kind: str) -> T | None:
    word = view.address.text(name)
    if not word or word == ANYTHING:
        return None
    return view.address.read(
        name,
        choices_by_word.__getitem__,
        None,
        kind=kind,
        hint=_("Möjliga ord: {words}.").format(words=", ".join(choices_by_word)),
    )


def _place_kind(view: View) -> tuple[str, str, PopulationClass | None]:
    """County code, SKR's group and population class: one choice in the address is for any of the three."""
    kind, _colon, key = view.address.text(PLACE_KIND).partition(":")
    if kind == COUNTY:
        return key, "", None
    if kind == SKR:
        return "", key, None
    if kind == POPULATION:
        classes = {str(size): size for size in PopulationClass}
        return (
            "",
            "",
            view.address.read(
                PLACE_KIND, lambda word: classes[word.partition(":")[2]], None, kind=_("slag av plats")
            ),
        )
    return "", "", None


def _orders(words: str) -> dict[str, str]:
    names = {BEST_MATCH: _("Bästa träff först")} if words else {}
    return {
        **names,
        LIKE_MINE: _("Platser som min först"),
        BEST_KNOWN: _("Säkrast kunskap först"),
        NEWEST: _("Nyast först"),
    }


# ---- the controls ----------------------------------------------------------------------------------------------------


def show_controls(choice: Choice) -> None:
    """Show the search box, the most used choices, and a menu with the others."""
    with st.container(horizontal=True, key="bank-search", vertical_alignment="bottom", gap="small"):
        _show_search_box(choice)
        _show_municipality(choice)
        _show_select(ORDER, _("Ordning"), _orders(choice.words), choice.order)
    with st.container(horizontal=True, key="bank-filters", vertical_alignment="bottom", gap="small"):
        _show_select(SUBJECT, _("Område"), _subjects(choice), choice.filters.subject)
        _show_select(
            MEASURE,
            _("Mått som skulle påverkas"),
            _measures(choice),
            next(iter(choice.filters.measure_ids), ""),
        )
        _show_select(EVIDENCE, _("Hur säkert vet vi?"), _evidence(), choice.filters.evidence or "")
        set_behind = sum(choice.view.address.text(name) not in {"", ANYTHING} for name in BEHIND)
        label = _("Fler val ({count})").format(count=set_behind) if set_behind else _("Fler val")
        with st.popover(label, key="bank-more"):
            _show_select(
                PLACE_KIND, _("Slags plats"), _place_kinds(choice), choice.view.address.text(PLACE_KIND)
            )
            _show_select(COST, _("Kostnad"), _costs(choice), choice.filters.cost or "")
            _show_select(STATUS, _("Läge"), _statuses(choice), choice.filters.status or "")
            _show_select(OUTCOME, _("Hur det gick"), _outcomes(), choice.view.address.text(OUTCOME))
            _show_visit(choice)


def _show_search_box(choice: Choice) -> None:
    key = f"choice-{WORDS}"
    if (
        st.session_state.get(key) != choice.words
    ):  # otherwise what is being typed would be lost when effects arrive
        st.session_state[key] = choice.words
    st.text_input(
        _("Sök i framgångsbanken"),
        key=key,
        on_change=lambda: address.change(**{WORDS: st.session_state[key], PAGE: None, ORDER: None}),
        placeholder=_("till exempel: ensamma äldre, frånvaro i skolan, hemtjänstpersonal"),
        max_chars=200,
    )


def _show_municipality(choice: Choice) -> None:
    names = choices.municipality_names(choice.view.library)
    names.setdefault(choice.view.municipality.code, choice.view.municipality.name)
    select(Name.MUNICIPALITY, _("Min kommun"), names, choice.view.municipality.code, also=_first_page)


def _show_select(name: str, label: str, options: dict[str, str], chosen: str) -> None:
    """Show a choice that goes back to the first page. A chosen word that is not offered here stays, so that it can be undone."""
    if chosen and chosen not in options:
        options[chosen] = chosen
    select(name, label, options, chosen or next(iter(options)), also=lambda word: _first_page(word, name))


def _first_page(word: str, name: str = "") -> dict[str, str | None]:
    return {PAGE: None, **({name: None} if name and word == ANYTHING else {})}


def _show_visit(choice: Choice) -> None:
    key = f"choice-{VISIT}"
    st.session_state[key] = choice.filters.has_study_visit
    st.checkbox(
        _("Bara de som tar emot studiebesök"),
        key=key,
        on_change=lambda: address.change(**{VISIT: YES if st.session_state[key] else None, PAGE: None}),
    )


def _subjects(choice: Choice) -> dict[str, str]:
    words = Counter(
        tag.word for case in choice.bank.cases.values() for tag in case.tags if tag.kind is TagKind.SUBJECT
    )
    listed = {word: f"{capitalize_first(word)} ({words[word]})" for word in sorted(words, key=alphabetical)}
    return {ANYTHING: _("Alla områden"), **listed}


def _measures(choice: Choice) -> dict[str, str]:
    """Return the measures that a case aims at."""
    ids = Counter(
        measure_id
        for case in choice.bank.cases.values()
        for measure_id in dict.fromkeys(aim.measure_id for aim in case.aims)
    )
    names = {measure_id: measure_name(choice, measure_id) for measure_id in ids}
    in_order = sorted(names, key=lambda measure_id: alphabetical(names[measure_id]))
    listed = {measure_id: f"{names[measure_id]} ({ids[measure_id]})" for measure_id in in_order}
    return {ANYTHING: _("Alla mått"), **listed}


def measure_name(choice: Choice, measure_id: str) -> str:
    """Return the short title of a measure, or its id where this release does not have it."""
    measure = bank.find_measure(choice.view.library, measure_id)
    return measure.short_title if measure is not None else measure_id


def _evidence() -> dict[str, str]:
    least = {
        str(level): _("Minst: {level}").format(level=_(EVIDENCE_NAMES[level])) for level in EVIDENCE_STEPS[1:]
    }
    return {ANYTHING: _("Alla grader"), **least}


def _place_kinds(choice: Choice) -> dict[str, str]:
    """Return the counties, SKR groups and population classes of the places that have a case."""
    by_code = choice.view.library.places.by_code
    places = [
        by_code[code] for case in choice.bank.cases.values() if (code := case.municipality_code) in by_code
    ]
    sizes = {population_class(place) for place in places}
    groups = sorted({place.skr_group for place in places if place.skr_group}, key=alphabetical)
    counties = {place.county_code: place.county_name for place in places if place.county_code}
    return {
        ANYTHING: _("Alla slags platser"),
        **{
            f"{POPULATION}:{size}": _(POPULATION_CLASS_NAMES[size])
            for size in PopulationClass
            if size in sizes
        },
        **{f"{SKR}:{group}": group for group in groups},
        **{f"{COUNTY}:{code}": counties[code] for code in sorted(counties)},
    }


def _costs(choice: Choice) -> dict[str, str]:
    classes = {cost_class(case) for case in choice.bank.cases.values()}
    return {
        ANYTHING: _("Alla kostnader"),
        **{str(cost): _(COST_CLASS_NAMES[cost]) for cost in CostClass if cost in classes},
    }


def _statuses(choice: Choice) -> dict[str, str]:
    statuses = {case.status for case in choice.bank.cases.values()}
    return {
        ANYTHING: _("Alla lägen"),
        **{str(status): _(CASE_STATUS_NAMES[status]) for status in CaseStatus if status in statuses},
    }


def _outcomes() -> dict[str, str]:
    return {
        ANYTHING: _("Både lyckat och misslyckat"),
        FAILED: _("Gav inte det man hoppades"),
        WORKED: _("Utan de misslyckade"),
    }
