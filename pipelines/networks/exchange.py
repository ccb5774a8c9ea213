"""Networks and measures as YAML files that can be reviewed, moved and read back without loss.

A network's file holds its description, every stay, its measures with all versions and their life, what the members say
of comparability, and the targets. The discussion is the network's own and stays. A measure's file holds one definition.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

import yaml

from data.places import Settings
from data.workspace import exchange as kept
from data.workspace.comparability import statements
from data.workspace.measures import network_measures, targets
from data.workspace.networks import network
from data.yaml_files.reading import Reading
from data.yaml_files.writing import plain_fields, written
from domain.comparability import ComparabilityStatement
from domain.network import Network
from domain.network_measure import MeasureDefinition, NetworkMeasure, Target
from domain.rights import Person
from domain.wording import to_translate
from pipelines.networks.definitions import check_readable

_SECTIONS: Final = ("network", "measures", "statements", "targets")
_BESIDE_DEFINITION: Final = ("section", "measure")


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """What a network's file holds. Versions of rows are not in it: they belong to the database."""

    network: Network
    measures: tuple[NetworkMeasure, ...] = ()
    statements: tuple[ComparabilityStatement, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """One definition, and where it belongs: a section, and the id of the measure that it redefines."""

    definition: MeasureDefinition
    section: str = ""
    measure: str = ""


def network_to_yaml(content: NetworkFile) -> str:
    """The file's text."""
    document = {
        "network": plain_fields(content.network, without=("version",)),
        "measures": [plain_fields(one, without=("version", "network_id")) for one in content.measures],
        "statements": [plain_fields(one, without=("version", "network_id")) for one in content.statements],
        "targets": [plain_fields(one, without=("version", "network_id")) for one in content.targets],
    }
    return written({name: part for name, part in document.items() if part})


def network_from_yaml(text: str, file: str) -> NetworkFile:
    """What a file holds; `file` is what errors call it. Raises `UnreadableDefinitionError` with the line."""
    reading = Reading(file)
    document = reading.document(text)
    parts = reading.entries(document, _SECTIONS)
    if "network" not in parts:
        raise reading.wrong(1, to_translate("fältet ”{field}” saknas"), field="network")
    described = reading.dataclass(Network, parts["network"], given={"version": 0})
    placed = {"network_id": described.id, "version": 0}

    def items(section: str, kind: type[Any]) -> Iterable[Any]:
        nodes = reading.items(parts[section]) if section in parts else []
        return (reading.dataclass(kind, node, given=placed) for node in nodes)

    return NetworkFile(
        network=described,
        measures=tuple(items("measures", NetworkMeasure)),
        statements=tuple(items("statements", ComparabilityStatement)),
        targets=tuple(items("targets", Target)),
    )


def measure_to_yaml(content: MeasureFile) -> str:
    """The file's text: the definition's fields beside the section and the measure."""
    whole = plain_fields(content, without=("definition",))
    return written(whole | plain_fields(content.definition, without=("version",)))


def measure_from_yaml(text: str, file: str) -> MeasureFile:
    """What a file holds. Raises `UnreadableDefinitionError` with the line."""
    reading = Reading(file)
    document = reading.document(text)
    own = tuple(one.name for one in fields(MeasureDefinition) if one.name != "version")
    parts = reading.entries(document, (*_BESIDE_DEFINITION, *own))
    inside = [(key, value) for key, value in document.value if key.value not in _BESIDE_DEFINITION]
    definition = yaml.MappingNode(document.tag, inside, document.start_mark, document.end_mark)
    return MeasureFile(
        reading.dataclass(MeasureDefinition, definition, given={"version": 1}),
        **{name: reading.value(str, parts[name]) for name in _BESIDE_DEFINITION if name in parts},
    )


def exported(settings: Settings, actor: Person | None, id_or_name: str) -> NetworkFile:
    """A network as it stands; without an actor who may read its work, only what is public. Raises `NotAllowedError`."""
    found = network(settings, id_or_name)
    measures = network_measures(settings, found.id, actor=actor)
    shown = {one.id for one in measures}
    return NetworkFile(
        network=replace(found, version=0),
        measures=tuple(replace(one, version=0) for one in measures),
        statements=tuple(
            replace(one, version=0) for one in statements(settings, found.id) if one.measure_id in shown
        ),
        targets=tuple(
            replace(one, version=0) for one in targets(settings, found.id) if one.measure_id in shown
        ),
    )


def imported(settings: Settings, actor: Person, content: NetworkFile, today: date) -> Network:
    """Keep what a file holds, all or nothing. Raises `FormulaError` and what `import_network` raises."""
    for measure in content.measures:
        for definition in measure.definitions:
            check_readable(definition)
    return kept.import_network(
        settings, actor, content.network, content.measures, content.statements, content.targets, today
    )
