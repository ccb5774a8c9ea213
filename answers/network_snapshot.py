"""The networks at one moment: their members, measures, statements on comparability, and targets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from domain.comparability import ComparabilityStatement
from domain.errors.networks import UnknownNetworkError
from domain.measure import MeasureKind, MeasureSet
from domain.message import Message
from domain.network import Network
from domain.network_measure import MeasureState, NetworkMeasure, Target
from domain.suggestion import suggest_similar
from language import own_measure_texts as texts

if TYPE_CHECKING:  # SQLAlchemy takes long to import, and figures alone are read without it
    from data.workspace.workspace import Workspace

SET_PREFIX: Final = "natverk:"  # stands in addresses
_COST_BESIDE_QUALITY: Final = (
    MeasureKind.COST,
    MeasureKind.QUALITY,
    MeasureKind.SATISFACTION,
    MeasureKind.VOLUME,
    MeasureKind.CONDITIONS,
)


@dataclass(frozen=True)
class NetworkSnapshot:
    """Every network at one moment. day: decides who is a member. state: differs whenever anything else differs.

    measures: those that have been decided on, once for each network that uses them.
    """

    networks: tuple[Network, ...] = ()
    measures: tuple[NetworkMeasure, ...] = ()
    statements: tuple[ComparabilityStatement, ...] = ()
    targets: tuple[Target, ...] = ()
    day: date = field(default_factory=date.today)
    state: int = 0

    def without_made_up_networks(self) -> "NetworkSnapshot":
        """Return the snapshot without the demonstration's networks, which are not shown beside real values."""
        made_up = {network.id for network in self.networks if network.is_made_up}
        if not made_up:
            return self
        return replace(
            self,
            networks=tuple(network for network in self.networks if network.id not in made_up),
            measures=tuple(measure for measure in self.measures if measure.network_id not in made_up),
            statements=tuple(
                statement for statement in self.statements if statement.network_id not in made_up
            ),
            targets=tuple(target for target in self.targets if target.network_id not in made_up),
        )

    def network(self, id_or_name: str) -> Network:
        """Return the network with this id or name. Raises `UnknownNetworkError`, which suggests the nearest names."""
        word = " ".join(id_or_name.casefold().split())
        network = self._networks_by_word.get(word)
        if network is None:
            known = [word for each in self.networks for word in (each.name, each.id)]
            raise UnknownNetworkError(network=id_or_name, suggestion=suggest_similar(id_or_name, known))
        return network

    def networks_with(self, code: str) -> tuple[Network, ...]:
        """Return the networks that a place is a member of."""
        return tuple(network for network in self.networks if code in self.members(network))

    def day_for(self, network: Network) -> date:
        """Return the day whose members are compared: the snapshot's, or the network's first where it did not exist yet."""
        first = min((membership.from_day for membership in network.memberships), default=self.day)
        return max(self.day, first)

    def members(self, network: Network) -> tuple[str, ...]:
        """Return the codes of the members on `day_for` the network."""
        return network.members_on(self.day_for(network))

    def of_network(self, network_id: str, *, in_use: bool = False) -> tuple[NetworkMeasure, ...]:
        """Return the measures of one network, or only those in use."""
        return tuple(
            measure
            for measure in self.measures
            if measure.network_id == network_id and (not in_use or measure.state is MeasureState.IN_USE)
        )

    def measure_set(self, network: Network) -> MeasureSet | None:
        """Return the network's measures in use by section, cost beside quality; `None` where there are none."""
        sections: dict[str, list[NetworkMeasure]] = {}
        for measure in self.of_network(network.id, in_use=True):
            sections.setdefault(measure.section, []).append(measure)
        if not sections:
            return None
        return MeasureSet(
            id=SET_PREFIX + network.id,
            name=network.name,
            sections=tuple(
                (
                    name or Message(texts.WITHOUT_SECTION),
                    tuple(measure.id for measure in sorted(measures, key=_by_kind)),
                )
                for name, measures in sections.items()
            ),
        )

    @cached_property
    def by_id(self) -> Mapping[str, NetworkMeasure]:
        """Each measure in its owner's version, or else in that of the first network that has copied it."""
        first = {measure.id: measure for measure in reversed(self.measures)}
        return first | {
            measure.id: measure for measure in self.measures if measure.network_id == measure.owner_network
        }

    @cached_property
    def by_variable_name(self) -> Mapping[str, NetworkMeasure]:
        """Each measure by its name in formulas, in lower case."""
        return {measure.variable_name.casefold(): measure for measure in self.by_id.values()}

    @cached_property
    def _networks_by_word(self) -> Mapping[str, Network]:
        by_name = {" ".join(network.name.casefold().split()): network for network in self.networks}
        return by_name | {network.id: network for network in self.networks}


NO_NETWORKS: Final = NetworkSnapshot(day=date.min)


def _by_kind(measure: NetworkMeasure) -> int:
    return _COST_BESIDE_QUALITY.index(measure.definition.kind)


def load_network_snapshot(workspace: "Workspace", *, as_of: datetime | None = None) -> NetworkSnapshot:
    """Load the networks as they are now, or were known at a moment. A network's earliest version is used before its time.

    Raises what opening the workspace raises.
    """
    from data.workspace.audit import last_number
    from data.workspace.comparability import statements
    from data.workspace.measures import network_measures
    from data.workspace.networks import networks
    from data.workspace.targets import targets

    with workspace.reading():  # everything as of one moment
        known = networks(workspace, as_of=as_of)
        return NetworkSnapshot(
            networks=known,
            measures=network_measures(workspace, as_of=as_of),
            statements=tuple(
                statement for network in known for statement in statements(workspace, network.id, as_of=as_of)
            ),
            targets=tuple(
                target for network in known for target in targets(workspace, network.id, as_of=as_of)
            ),
            day=(as_of or datetime.now(UTC)).astimezone().date(),
            state=last_number(workspace),
        )
