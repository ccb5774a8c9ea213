"""Compute what the formula gives."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from answers.comparison import compare_measure
from answers.formula_check import FormulaCheck, check_formula
from answers.library import Library
from answers.overview import build_overview
from answers.trend import compare_development
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.workshop.choose import Choice
from domain.comparison import ColourAmong, Comparison
from domain.development import Development
from domain.dimension import Unit
from domain.errors.measures import MeasureDefinitionError
from domain.errors.user_error import UserError
from domain.group import Group
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


@dataclass(frozen=True, slots=True)
class Look:
    """What the form says of how values are shown and which are, and from which year a new definition would hold."""

    decimals: int
    direction: Direction
    kind: MeasureKind
    smallest_basis: int
    first_year: int


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """What does a draft give among the members of a group? `changed` is the measure that gets a new definition."""

    library: LibraryKey
    source: MeasureSource
    expression: str
    group: Group
    focus: str
    unpublished: tuple[NetworkMeasure, ...]
    changed: NetworkMeasure | None
    is_redefinition: bool
    network_id: str
    look: Look


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


def library_with(library: Library, unpublished: tuple[NetworkMeasure, ...]) -> Library:
    """Return the library with the network's measures that are not public yet."""
    snapshot = library.own_measures.snapshot
    known = {measure.id for measure in snapshot.measures}
    more = tuple(measure for measure in unpublished if measure.id not in known)
    if not more:
        return library
    return library.with_snapshot(replace(snapshot, measures=(*snapshot.measures, *more)))


def matching_measures(choice: Choice) -> tuple[Measure, ...]:
    """Return the KPIs that match the search words."""
    return choice.view.library.catalogue.search(choice.search) if choice.search else ()


def trial(choice: Choice, look: Look) -> Trial | None:
    """Return the result of the draft among the members; None without a formula, or where members report the values."""
    if not choice.expression or choice.source is MeasureSource.OWN:
        return None
    return answer_trial(
        TrialQuestion(
            library=library_key(choice.view.library),
            source=choice.source,
            expression=choice.expression,
            group=choice.group,
            focus=choice.focus,
            unpublished=choice.unpublished,
            changed=choice.changed,
            is_redefinition=choice.is_redefinition,
            network_id=choice.network.id if choice.network else "",
            look=look,
        )
    )


def _draft(question: TrialQuestion, unit: str, moment: datetime) -> NetworkMeasure:
    """Return the measure as it would be saved: a new one, or an existing one with another definition."""
    stored = question.changed
    if stored is None:
        network = question.network_id
        proposed = LifeEvent(MeasureState.PROPOSED, moment, "")
        return NetworkMeasure(DRAFT, network, network, (_definition(question, unit),), (proposed,))
    new = _definition(question, unit)
    if not question.is_redefinition:
        return replace(
            stored, definitions=(*stored.definitions[:-1], replace(new, version=stored.definition.version))
        )
    if question.look.first_year <= stored.definition.first_year:
        raise MeasureDefinitionError(
            MeasureDefinitionError.FIRST_YEAR,
            measure=stored.definition.name,
            first_year=question.look.first_year,
            latest=stored.definition.first_year,
        )
    return replace(
        stored, definitions=(*stored.definitions, replace(new, version=stored.definition.version + 1))
    )


def _definition(question: TrialQuestion, unit: str) -> MeasureDefinition:
    """Return the smallest definition with which values can be computed."""
    return MeasureDefinition(
        version=1,
        first_year=question.look.first_year,
        source=question.source,
        expression=question.expression,
        name=question.changed.definition.name if question.changed else question.expression,
        resident_sentence="",
        unit=unit,
        decimals=question.look.decimals,
        direction=question.look.direction,
        kind=question.look.kind,
        smallest_basis=question.look.smallest_basis,
    )


@cached_answer(max_entries=64)
def answer_trial(question: TrialQuestion) -> Trial:
    """Try a draft; what is wrong with it is part of the answer."""
    library = library_with(find_library(question.library), question.unpublished)
    if question.source is MeasureSource.KPI:
        return _of_kpi(library, question)
    own = {
        measure.variable_name: (
            measure.definition.name,
            Unit.read(measure.definition.unit, measure.definition.name),
        )
        for measure in question.unpublished
    }
    check = check_formula(library, question.expression, own)
    if not check.is_right:
        return Trial(check, "", problem=check.errors[0])
    unit = str(check.unit or "")
    inputs = tuple(_input(library, question, entry.name, entry.title, entry.unit) for entry in check.inputs)
    return _tried(library, question, Trial(check, unit, inputs))


def _of_kpi(library: Library, question: TrialQuestion) -> Trial:
    try:
        measure = library.catalogue.measure(question.expression)
    except UserError as error:
        return Trial(None, "", problem=error)
    inputs = (_input(library, question, measure.id, measure.short_title, measure.unit),)
    by_id = replace(question, expression=measure.id)
    return _tried(library, by_id, Trial(None, measure.unit, inputs))


def _tried(library: Library, question: TrialQuestion, so_far: Trial) -> Trial:
    try:
        draft = _draft(question, so_far.unit, library.release.known_at)
        tried = library.with_draft(draft)
        development = compare_development(
            tried, measure_id=draft.id, group=question.group, focus=question.focus
        )
        among = build_overview(
            tried,
            measure_ids=(draft.id,),
            group=question.group,
            focus=question.focus,
            colour_among=ColourAmong.ALL,
            sections={draft.id: ""},
        )
    except UserError as error:
        return replace(so_far, problem=error)
    return replace(so_far, development=development, among_members=among)


def _input(library: Library, question: TrialQuestion, name: str, title: Message | str, unit: str) -> Input:
    """Return where one input puts the members in their latest year with a value."""
    own = library.own_measures.snapshot.by_variable_name.get(name.casefold())
    try:
        comparison = compare_measure(
            library, measure_id=own.id if own else name, group=question.group, focus=question.focus
        )
    except UserError as error:
        return Input(name, title, unit, None, error)
    return Input(name, title, unit, comparison)
