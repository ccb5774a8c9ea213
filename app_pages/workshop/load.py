"""What the formula gives, kept in the process for each release, state of the workspace and text."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import streamlit as st

from answers.comparison import compare_measure
from answers.formula_check import FormulaCheck, check_formula
from answers.library import Library
from answers.overview import build_overview
from answers.trend import compare_development
from app_pages.workshop.choose import Choice
from domain.comparison import ColourAmong, Comparison
from domain.development import Development
from domain.dimension import Unit
from domain.errors import DefinitionYearError, UserError
from domain.measure import Direction, Measure, MeasureKind
from domain.message import Message
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
)
from domain.overview import Overview

DRAFT: Final = "utkast--"  # no name gives this id
LONGEST_TRIED: Final = 2_000  # characters; a formula may not be longer

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What the form says of how values are shown and which are, and from which year a new definition would hold."""

    decimals: int
    direction: Direction
    kind: MeasureKind
    smallest_basis: int
    first_year: int


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that goes into the formula: how it stands among the members, or why that cannot be said."""

    name: str
    title: Message | str
    unit: str
    comparison: Comparison | None
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft gives. Where `problem` is set there is no result, and it says why.

    `unit` is what the result is counted in. `among_members` is the draft in the members' latest year, coloured among
    them; `development` is all their years.
    """

    check: FormulaCheck | None
    unit: str
    inputs: tuple[Input, ...] = ()
    among_members: Overview | None = None
    development: Development | None = None
    problem: UserError | None = None


def library_of(choice: Choice) -> Library:
    """Everything that whoever acts may name, unpublished measures of the network among it."""
    library = choice.view.library
    if not choice.unpublished:
        return library
    known = {one.id for one in library.own_measures.snapshot.measures}
    more = tuple(one for one in choice.unpublished if one.id not in known)
    return library.with_snapshot(
        replace(library.own_measures.snapshot, measures=(*library.own_measures.snapshot.measures, *more))
    )


def found(choice: Choice) -> tuple[Measure, ...]:
    """The KPIs that fit the words that are searched for."""
    return choice.view.library.catalogue.search(choice.search) if choice.search else ()


def trial(choice: Choice, look: Look) -> Trial | None:
    """What the draft gives among the members; nothing where nothing is written, or where values come from members."""
    if not choice.expression or choice.source is MeasureSource.OWN:
        return None
    key = (
        *choice.view.library.key,
        choice.source,
        choice.expression[: LONGEST_TRIED + 1],
        str(choice.group.reference),
        choice.focus,
        tuple((one.id, one.version) for one in choice.unpublished),
        (choice.changed.id, choice.changed.version) if choice.changed else None,
        look,
    )
    return _trial(choice, look, key)


def _draft(choice: Choice, unit: str, look: Look, moment: datetime) -> NetworkMeasure:
    """The measure as it would be, if what is written were saved: a new one, or a kept one with another definition."""
    kept = choice.changed
    if kept is None:
        network = choice.network.id if choice.network else ""
        proposed = LifeEvent(MeasureState.PROPOSED, moment, "")
        return NetworkMeasure(DRAFT, network, network, (_definition(choice, unit, look),), (proposed,))
    new = _definition(choice, unit, look)
    if not choice.is_redefinition:
        return replace(
            kept, definitions=(*kept.definitions[:-1], replace(new, version=kept.definition.version))
        )
    if look.first_year <= kept.definition.first_year:
        raise DefinitionYearError(
            measure=kept.definition.name, first_year=look.first_year, latest=kept.definition.first_year
        )
    return replace(kept, definitions=(*kept.definitions, replace(new, version=kept.definition.version + 1)))


def _definition(choice: Choice, unit: str, look: Look) -> MeasureDefinition:
    """The least that a definition needs for its values to be worked out."""
    return MeasureDefinition(
        version=1,
        first_year=look.first_year,
        source=choice.source,
        expression=choice.expression,
        name=choice.changed.definition.name if choice.changed else choice.expression,
        resident_sentence="",
        unit=unit,
        decimals=look.decimals,
        direction=look.direction,
        kind=look.kind,
        smallest_basis=look.smallest_basis,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _trial(_choice: Choice, _look: Look, key: Key) -> Trial:
    library = library_of(_choice)
    if _choice.source is MeasureSource.KPI:
        return _of_kpi(library, _choice, _look)
    own = {
        one.variable_name: (one.definition.name, Unit.read(one.definition.unit, one.definition.name))
        for one in _choice.unpublished
    }
    check = check_formula(library, _choice.expression, own)
    if not check.is_right:
        return Trial(check, "", problem=check.errors[0])
    unit = str(check.unit or "")
    inputs = tuple(_input(library, _choice, one.name, one.title, one.unit) for one in check.inputs)
    return _tried(library, _choice, _look, Trial(check, unit, inputs))


def _of_kpi(library: Library, choice: Choice, look: Look) -> Trial:
    try:
        measure = library.catalogue.measure(choice.expression)
    except UserError as error:
        return Trial(None, "", problem=error)
    inputs = (_input(library, choice, measure.id, measure.short_title, measure.unit),)
    by_id = replace(choice, expression=measure.id)
    return _tried(library, by_id, look, Trial(None, measure.unit, inputs))


def _tried(library: Library, choice: Choice, look: Look, so_far: Trial) -> Trial:
    try:
        draft = _draft(choice, so_far.unit, look, library.release.known_at)
        tried = library.with_draft(draft)
        development = compare_development(tried, measure_id=draft.id, group=choice.group, focus=choice.focus)
        among = build_overview(
            tried,
            measure_ids=(draft.id,),
            group=choice.group,
            focus=choice.focus,
            colour_among=ColourAmong.ALL,
            sections={draft.id: ""},
        )
    except UserError as error:
        return replace(so_far, problem=error)
    return replace(so_far, development=development, among_members=among)


def _input(library: Library, choice: Choice, name: str, title: Message | str, unit: str) -> Input:
    """How one input stands among the members in their latest year with a value."""
    own = library.own_measures.snapshot.by_variable_name.get(name.casefold())
    try:
        comparison = compare_measure(
            library, measure_id=own.id if own else name, group=choice.group, focus=choice.focus
        )
    except UserError as error:
        return Input(name, title, unit, None, error)
    return Input(name, title, unit, comparison)
