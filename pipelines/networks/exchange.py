"""Exports networks and measures to YAML files that can be reviewed and moved, and imports them without loss.

A network's file holds its description, all memberships, its measures with every version and life event, the members'
statements of comparability, and the targets. Discussions are not exported. A measure's file holds one definition.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

import yaml

from data.workspace.comparability import statements
from data.workspace.exchange import import_network as store_network
from data.workspace.measures import network_measures
from data.workspace.networks import network
from data.workspace.targets import targets
from data.workspace.workspace import Workspace
from data.yaml_files.reading import YamlReader
from data.yaml_files.writing import to_plain_fields, to_yaml
from domain.comparability import ComparabilityStatement
from domain.message import to_translate
from domain.network import Network
from domain.network_measure import MeasureDefinition, NetworkMeasure, Target
from domain.rights import Person
from pipelines.networks.definitions import check_readable

_SECTIONS: Final = ("network", "measures", "statements", "targets")
_FIELDS_BESIDE_DEFINITION: Final = ("section", "measure")


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """The content of a network's file, without the version numbers, which belong to the database."""

    network: Network
    measures: tuple[NetworkMeasure, ...] = ()
    statements: tuple[ComparabilityStatement, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """One definition, the section that it belongs to, and the id of the measure that it redefines, if any."""

    definition: MeasureDefinition
    section: str = ""
    measure: str = ""


def network_to_yaml(content: NetworkFile) -> str:
    """Return the text of a network's file."""
    document: dict[str, Any] = {"network": to_plain_fields(content.network, without=("version",))}
    for section in _SECTIONS[1:]:
        items = getattr(content, section)
        if items:
            document[section] = [to_plain_fields(item, without=("version", "network_id")) for item in items]
    return to_yaml(document)


def network_from_yaml(text: str, file: str) -> NetworkFile:
    """Read the text of a network's file. `file`: its name in errors. Raises `UnreadableDefinitionError` with the line."""
    reader = YamlReader(file)
    nodes = reader.read_mapping(reader.parse(text), _SECTIONS)
    if "network" not in nodes:
        raise reader.error(1, to_translate("fältet ”{field}” saknas"), field="network")
    network = reader.read_dataclass(Network, nodes["network"], given={"version": 0})
    given = {"network_id": network.id, "version": 0}

    def read_items(section: str, kind: type[Any]) -> tuple[Any, ...]:
        items = reader.read_list(nodes[section]) if section in nodes else []
        return tuple(reader.read_dataclass(kind, item, given=given) for item in items)

    return NetworkFile(
        network=network,
        measures=read_items("measures", NetworkMeasure),
        statements=read_items("statements", ComparabilityStatement),
        targets=read_items("targets", Target),
    )


def measure_to_yaml(content: MeasureFile) -> str:
    """Return the text of a measure's file: the definition's fields beside the section and the measure."""
    beside = to_plain_fields(content, without=("definition",))
    return to_yaml(beside | to_plain_fields(content.definition, without=("version",)))


def measure_from_yaml(text: str, file: str) -> MeasureFile:
    """Read the text of a measure's file. `file`: its name in errors. Raises `UnreadableDefinitionError` with the line."""
    reader = YamlReader(file)
    document = reader.parse(text)
    definition_fields = tuple(field.name for field in fields(MeasureDefinition) if field.name != "version")
    nodes = reader.read_mapping(document, (*_FIELDS_BESIDE_DEFINITION, *definition_fields))
    items = [(key, value) for key, value in document.value if key.value not in _FIELDS_BESIDE_DEFINITION]
    definition = yaml.MappingNode(document.tag, items, document.start_mark, document.end_mark)
    return MeasureFile(
        reader.read_dataclass(MeasureDefinition, definition, given={"version": 1}),
        **{name: reader.read_value(str, nodes[name]) for name in _FIELDS_BESIDE_DEFINITION if name in nodes},
    )


def export_network(workspace: Workspace, actor: Person | None, id_or_name: str) -> NetworkFile:
    """Return a network as it is now; only what is public unless `actor` may read its work. Raises `NotAllowedError`."""
    with workspace.reading():
        exported = network(workspace, id_or_name)
        measures = network_measures(workspace, exported.id, actor=actor)
        measure_ids = {measure.id for measure in measures}
        return NetworkFile(
            network=replace(exported, version=0),
            measures=tuple(replace(measure, version=0) for measure in measures),
            statements=tuple(
                replace(statement, version=0)
                for statement in statements(workspace, exported.id)
                if statement.measure_id in measure_ids
            ),
            targets=tuple(
                replace(target, version=0)
                for target in targets(workspace, exported.id)
                if target.measure_id in measure_ids
            ),
        )


def import_network(workspace: Workspace, actor: Person, content: NetworkFile, today: date) -> Network:
    """Store the content of a file, all or nothing. Raises `FormulaError` and what storing a network raises."""
    for measure in content.measures:
        for definition in measure.definitions:
            check_readable(definition)
    return store_network(
        workspace, actor, content.network, content.measures, content.statements, content.targets, today
    )
