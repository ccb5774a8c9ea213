"""Imports a network with its measures in one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.exc import IntegrityError

from data.workspace.changing import What
from data.workspace.comparability import write_statement
from data.workspace.measure_rows import read_measures, write_measure_in_network, write_new_measure
from data.workspace.networks import write_new_network
from data.workspace.tables import MeasureRow, NetworkRow
from data.workspace.targets import write_target
from data.workspace.workspace import Workspace
from domain.audit import SubjectKind
from domain.comparability import ComparabilityStatement
from domain.errors.choices import UnknownMeasureError
from domain.errors.networks import NameTakenError
from domain.naming import slug
from domain.network import Network
from domain.network_measure import NetworkMeasure, Target, check_history, check_target
from domain.rights import ANYTHING, Action, Person


def import_network(
    workspace: Workspace,
    actor: Person,
    network: Network,
    measures: Iterable[NetworkMeasure],
    statements: Iterable[ComparabilityStatement],
    targets: Iterable[Target],
    today: date,
) -> Network:
    """Import a network. A measure that another network owns must be stored already.

    Raises `NotAllowedError`, `NameTakenError`, `UnknownMeasureError` and everything that keeping the parts raises.
    """
    chosen = replace(network, id=network.id or slug(network.name))
    what = What(SubjectKind.NETWORK, chosen.id, requested=chosen, network_id=chosen.id)
    try:
        with workspace.changing(actor, Action.CREATE_NETWORK, ANYTHING, what) as change:
            if change.session.get(NetworkRow, chosen.id) is not None:
                raise NameTakenError(name=chosen.name)
            new_network = write_new_network(change, chosen, today)
            brought = list(measures)
            for measure in brought:
                check_history(measure)
                placed = replace(measure, network_id=chosen.id, version=1)
                if measure.owner_network == chosen.id:
                    if change.session.get(MeasureRow, measure.id) is not None:
                        raise NameTakenError(name=measure.id)
                    write_new_measure(change, placed)
                else:
                    owned = read_measures(
                        change.session, network_id=measure.owner_network, measure_ids=[measure.id]
                    )
                    if not owned:
                        raise UnknownMeasureError(measure=measure.id, suggestion="")
                    write_measure_in_network(change, replace(placed, definitions=owned[0].definitions))
            known = {measure.id for measure in brought}
            for statement in statements:
                _check_known(statement.measure_id, known)
                stored_statement = write_statement(
                    change, replace(statement, network_id=chosen.id, version=0)
                )
                what_said = f"{stored_statement.measure_id}/{stored_statement.municipality_code}"
                change.note(
                    None, stored_statement, What(SubjectKind.STATEMENT, what_said, network_id=chosen.id)
                )
            for target in targets:
                _check_known(target.measure_id, known)
                check_target(target)
                aimed = write_target(change, replace(target, network_id=chosen.id, version=0))
                holder = aimed.municipality_code or "network"
                what_aimed = f"{aimed.measure_id}/{holder}/{aimed.year}"
                change.note(None, aimed, What(SubjectKind.TARGET, what_aimed, network_id=chosen.id))
            return new_network
    except IntegrityError:
        raise NameTakenError(name=network.name) from None


def _check_known(measure_id: str, known: set[str]) -> None:
    if measure_id not in known:
        raise UnknownMeasureError(measure=measure_id, suggestion="")
