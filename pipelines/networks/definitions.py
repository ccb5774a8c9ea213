"""What a measure may be made of: known KPIs, formulas that can be read and computed, and never itself.

Whoever proposes, rewords or redefines a measure comes through here; then the workspace keeps it.
"""

import re
from dataclasses import replace
from typing import Final

from answers.formula_check import check_formula
from answers.library import Library
from data.workspace import measures as kept
from data.workspace.changing import today
from data.workspace.workspace import Workspace
from domain.dimension import Unit
from domain.errors import UnitNotOfFormulaError
from domain.measure_order import order_of_computing
from domain.network import Network
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure, variable_name
from domain.rights import Action, Person, Subject, may
from metrics.formula import parse

_MONEY: Final = re.compile(r"\b(?:t|mn|md)?kr\b")


def propose(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    definition: MeasureDefinition,
    section: str = "",
) -> NetworkMeasure:
    """A new measure, checked and proposed. Raises what `checked` and keeping it raise."""
    right = checked(library, definition, among=_known(workspace, actor, network))
    return kept.propose(workspace, actor, network, right, section)


def amend(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    measure: NetworkMeasure,
    definition: MeasureDefinition,
) -> NetworkMeasure:
    """Another wording of the newest version, checked. Raises what `checked` and keeping it raise."""
    right = checked(library, definition, among=_known(workspace, actor, network), measure=measure)
    return kept.amend(workspace, actor, measure, right)


def redefine(
    workspace: Workspace,
    actor: Person,
    library: Library,
    network: Network,
    measure: NetworkMeasure,
    definition: MeasureDefinition,
) -> NetworkMeasure:
    """A new version from its first year on, checked. Raises what `checked` and keeping it raise."""
    right = checked(library, definition, among=_known(workspace, actor, network), measure=measure)
    return kept.redefine(workspace, actor, measure, right)


def checked(
    library: Library,
    definition: MeasureDefinition,
    *,
    among: tuple[NetworkMeasure, ...] = (),
    measure: NetworkMeasure | None = None,
) -> MeasureDefinition:
    """The definition, if it can be computed; with the unit that follows from the formula where none is given.

    among: measures that are not public yet but may be named. measure: what is defined anew, to find rings through it.
    Another word for the unit is the network's choice, but what is money cannot be called something else.
    Raises `UnknownMeasureError`, `FormulaError`, `MeasureCycleError`, `UnitNotOfFormulaError`.
    """
    if definition.source is MeasureSource.KPI:
        unit = library.catalogue.measure(definition.expression).unit
        return definition if definition.unit else replace(definition, unit=unit)
    if definition.source is MeasureSource.OWN:
        return definition
    own = {
        one.variable_name: (one.definition.name, Unit.read(one.definition.unit, one.definition.name))
        for one in among
    }
    result = check_formula(library, definition.expression, own)
    if result.errors:
        raise result.errors[0]
    if measure is not None:
        everything = {one.id: one for one in (*library.own_measures.snapshot.measures, *among)} | {
            measure.id: measure
        }
        check_no_ring(tuple(everything.values()), measure.id, definition)
    if not definition.unit:
        return replace(definition, unit=str(result.unit))
    stated, computed = str(Unit.read(definition.unit)), str(result.unit)
    if stated != computed and bool(_MONEY.search(stated)) != bool(_MONEY.search(computed)):
        raise UnitNotOfFormulaError(computed=computed or "–", stated=definition.unit)
    return definition


def check_no_ring(
    measures: tuple[NetworkMeasure, ...], measure_id: str, definition: MeasureDefinition
) -> None:
    """Raises `MeasureCycleError` with the names, if the definition makes a measure an input of itself."""
    inputs = {one.variable_name.lower(): _inputs(one.definitions) for one in measures if one.id != measure_id}
    changed = [one for one in measures if one.id == measure_id]
    name = changed[0].variable_name if changed else variable_name(measure_id, definition)
    earlier = changed[0].definitions if changed else ()
    inputs[name.lower()] = _inputs((*earlier, definition))
    order_of_computing(inputs)


def check_readable(definition: MeasureDefinition) -> None:
    """Raises `FormulaError` if the definition has a formula that cannot be read."""
    if definition.source is MeasureSource.FORMULA:
        parse(definition.expression)


def _inputs(definitions: tuple[MeasureDefinition, ...]) -> list[str]:
    formulas = [parse(one.expression) for one in definitions if one.source is MeasureSource.FORMULA]
    return sorted({name.lower() for formula in formulas for name in formula.inputs})


def _known(workspace: Workspace, actor: Person, network: Network) -> tuple[NetworkMeasure, ...]:
    """The network's measures that the actor may see; who may not read is refused where it is written."""
    subject = Subject(network.id, frozenset(network.members_on(today())))
    reads = may(actor, Action.READ_NETWORK, subject)
    return kept.network_measures(workspace, network.id, actor=actor if reads else None)
