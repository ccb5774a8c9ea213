"""Checks the definition of a network's measure before the workspace stores it.

A definition may use known KPIs, own variables and formulas that can be parsed and computed, and never the measure itself.
"""

import re
from dataclasses import replace
from typing import Final

from answers.formula_check import check_formula
from answers.library import Library
from data.workspace import measures as stored_measures
from data.workspace.changing import today
from data.workspace.workspace import Workspace
from domain.dimension import Unit
from domain.errors.measures import MeasureDefinitionError
from domain.measure_order import order_of_computing
from domain.network import Network
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure, variable_name
from domain.rights import Action, Person, Subject, may
from metrics.formula import parse

_MONEY: Final = re.compile(r"\b(?:t|mn|md)?kr\b")


def propose_measure(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    definition: MeasureDefinition,
    section: str = "",
) -> NetworkMeasure:
    """Check and propose a new measure. Raises what `check_definition` and storing it raise."""
    checked = check_definition(library, definition, unpublished=_readable_measures(workspace, actor, network))
    return stored_measures.propose(workspace, actor, network, checked, section)


def amend_measure(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    measure: NetworkMeasure,
    definition: MeasureDefinition,
) -> NetworkMeasure:
    """Check and store another wording of the newest version. Raises what `check_definition` and storing it raise."""
    checked = check_definition(
        library, definition, unpublished=_readable_measures(workspace, actor, network), measure=measure
    )
    return stored_measures.amend(workspace, actor, measure, checked)


def redefine_measure(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    measure: NetworkMeasure,
    definition: MeasureDefinition,
) -> NetworkMeasure:
    """Check and store a new version, in force from its first year. Raises what `check_definition` and storing it raise."""
    checked = check_definition(
        library, definition, unpublished=_readable_measures(workspace, actor, network), measure=measure
    )
    return stored_measures.redefine(workspace, actor, measure, checked)


def check_definition(
    library: Library,
    definition: MeasureDefinition,
    *,
    unpublished: tuple[NetworkMeasure, ...] = (),
    measure: NetworkMeasure | None = None,
) -> MeasureDefinition:
    """Return the definition, with the formula's unit where none is stated.

    unpublished: measures that are not public but may be named. measure: the one that is redefined, to find cycles through it.
    A network may word the unit as it likes, but may not call an amount of money something else.
    Raises `UnknownMeasureError`, `FormulaError`, `MeasureCycleError`, `MeasureDefinitionError`.
    """
    if definition.source is MeasureSource.KPI:
        unit = library.catalogue.measure(definition.expression).unit
        return definition if definition.unit else replace(definition, unit=unit)
    if definition.source is MeasureSource.OWN:
        return definition
    own = {
        other.variable_name: (other.definition.name, Unit.read(other.definition.unit, other.definition.name))
        for other in unpublished
    }
    result = check_formula(library, definition.expression, own)
    if result.errors:
        raise result.errors[0]
    if measure is not None:
        others = (*library.own_measures.snapshot.measures, *unpublished)
        by_id = {other.id: other for other in others} | {measure.id: measure}
        check_no_cycle(tuple(by_id.values()), measure.id, definition)
    if not definition.unit:
        return replace(definition, unit=str(result.unit))
    stated, computed = str(Unit.read(definition.unit)), str(result.unit)
    if stated != computed and bool(_MONEY.search(stated)) != bool(_MONEY.search(computed)):
        raise MeasureDefinitionError(
            MeasureDefinitionError.UNIT, computed=computed or "–", stated=definition.unit
        )
    return definition


def check_no_cycle(
    measures: tuple[NetworkMeasure, ...], measure_id: str, definition: MeasureDefinition
) -> None:
    """Raise `MeasureCycleError` if the definition makes the measure an input of itself, directly or through others."""
    inputs = {
        measure.variable_name.lower(): _inputs(measure.definitions)
        for measure in measures
        if measure.id != measure_id
    }
    changed = [measure for measure in measures if measure.id == measure_id]
    name = changed[0].variable_name if changed else variable_name(measure_id, definition)
    earlier = changed[0].definitions if changed else ()
    inputs[name.lower()] = _inputs((*earlier, definition))
    order_of_computing(inputs)


def check_readable(definition: MeasureDefinition) -> None:
    """Raise `FormulaError` if the definition has a formula that cannot be parsed."""
    if definition.source is MeasureSource.FORMULA:
        parse(definition.expression)


def _inputs(definitions: tuple[MeasureDefinition, ...]) -> list[str]:
    formulas = [
        parse(definition.expression)
        for definition in definitions
        if definition.source is MeasureSource.FORMULA
    ]
    return sorted({name.lower() for formula in formulas for name in formula.inputs})


def _readable_measures(workspace: Workspace, actor: Person, network: Network) -> tuple[NetworkMeasure, ...]:
    """Return the network's measures that the actor may read. Whether the actor may write is checked when storing."""
    subject = Subject(network.id, frozenset(network.members_on(today())))
    reads = may(actor, Action.READ_NETWORK, subject)
    return stored_measures.network_measures(workspace, network.id, actor=actor if reads else None)
