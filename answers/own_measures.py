"""Networks' own measures at one release: definitions, formulas, reported values, statements and targets."""

from collections.abc import Callable, Mapping, Sequence

from answers.kpis import Kpis
from answers.measure_formulas import REPORTED_BESIDE, MeasureFormulas, reported_basis
from answers.network_snapshot import SET_PREFIX, NetworkSnapshot
from answers.reported import Reported
from domain.comparability import ComparabilityStatement
from domain.errors.user_error import UserError
from domain.group import Group
from domain.measure import Basis, Measure, MeasureSet
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure, Target
from language import own_measure_texts as texts


class OwnMeasures:
    """The own measures of every network, and what networks and members say of a measure.

    load_snapshot and load_reported are called when something is first asked for that needs the networks or the values
    that members report, so that a question on KPIs alone reads neither.
    """

    def __init__(
        self, kpis: Kpis, load_snapshot: Callable[[], NetworkSnapshot], load_reported: Callable[[], Reported]
    ) -> None:
        self._kpis = kpis
        self._load_snapshot = load_snapshot
        self._load_reported = load_reported
        self.formulas = MeasureFormulas(load_snapshot, kpis.find, kpis.break_years)

    @property
    def snapshot(self) -> NetworkSnapshot:
        """The networks as known at this moment."""
        return self._load_snapshot()

    @property
    def reported(self) -> Reported:
        """What members have reported themselves; what is suppressed today is suppressed at every release."""
        return self._load_reported()

    def as_measure(self, own: NetworkMeasure, definition: MeasureDefinition) -> Measure:
        """Return one definition of an own measure in the form that every measure has. Raises as `kpi_ids`."""
        inputs = [self._kpis.find(kpi_id) for kpi_id in self.formulas.kpi_ids(own)]
        variables = self.formulas.reported_variables(own)
        bases = {self._basis_of(version) for version in own.definitions}
        return Measure(
            id=own.id,
            title=definition.name,
            short_title=definition.name,
            unit=definition.unit,
            decimals=definition.decimals,
            direction=definition.direction,
            description=definition.included,
            resident_sentence=definition.resident_sentence,
            is_divided_by_gender=all(kpi is not None and kpi.is_divided_by_gender for kpi in inputs)
            and all(self.reported.is_divided_by_gender(variable) for variable in variables),
            basis=bases.pop() if len(bases) == 1 else None,
            set_ids=tuple(
                SET_PREFIX + measure.network_id for measure in self.snapshot.measures if measure.id == own.id
            ),
            kind=definition.kind,
            owner_network=own.owner_network,
            version=definition.version,
            facts=facts_of(definition),
        )

    def kpi_ids(self, measures: Sequence[Measure]) -> list[str]:
        """Return the KPIs to read for some measures: themselves or what they are computed from, and the denominators.

        Raises `FormulaError` and `MeasureCycleError`.
        """
        ids: list[str] = []
        for measure in measures:
            ids += self.formulas.kpi_ids(self.snapshot.by_id[measure.id]) if measure.is_own else [measure.id]
        ids += [measure.basis.denominator_id for measure in measures if measure.basis is not None]
        return [kpi_id for kpi_id in dict.fromkeys(ids) if kpi_id != REPORTED_BESIDE]

    def is_computable(self, measure_id: str) -> bool:
        """Return whether the formulas of an own measure can be read and do not run in a circle."""
        try:
            self.formulas.kpi_ids(self.snapshot.by_id[measure_id])
        except UserError:
            return False
        return True

    def measure_sets(self, code: str | None = None) -> tuple[MeasureSet, ...]:
        """Return the measures in use of every network, or of those that a place is a member of, as sets.

        A measure that cannot be computed is left out, so that it does not take the others with it; asked for by itself it
        says what is wrong.
        """
        networks = self.snapshot.networks if code is None else self.snapshot.networks_with(code)
        sets = (self.snapshot.measure_set(network) for network in networks)
        computable = (
            measure_set.restricted_to(self.is_computable) for measure_set in sets if measure_set is not None
        )
        return tuple(measure_set for measure_set in computable if measure_set.sections)

    def statements(self, measure: Measure, group: Group, year: int) -> Mapping[str, ComparabilityStatement]:
        """Return by code what each member says of how its values may be compared.

        A network's own word goes before that of the measure's owner, and that before any other's. A KPI that is shown
        as it is has the statements of the group's network on the measures that are that KPI.
        """
        if not (measure.is_own or group.network_id):
            return {}
        measure_ids = self._ids_in_networks(measure, group, year)
        precedence = (group.network_id, measure.owner_network)

        def rank(statement: ComparabilityStatement) -> tuple[int, str]:
            network_id = statement.network_id
            is_preferred = network_id in precedence
            return precedence.index(network_id) if is_preferred else len(precedence), network_id

        statements = [
            statement for statement in self.snapshot.statements if statement.measure_id in measure_ids
        ]
        lowest_first = sorted(statements, key=rank, reverse=True)
        return {statement.municipality_code: statement for statement in lowest_first}

    def targets(self, measure: Measure, group: Group, year: int) -> tuple[Target, ...]:
        """Return the targets of the group's network and its members; without a network, those of the measure's owner."""
        if not (measure.is_own or group.network_id):
            return ()
        network_id = group.network_id or measure.owner_network
        measure_ids = self._ids_in_networks(measure, group, year)
        return tuple(
            target
            for target in self.snapshot.targets
            if target.measure_id in measure_ids and target.network_id == network_id
        )

    def _ids_in_networks(self, measure: Measure, group: Group, year: int) -> set[str]:
        """Return the ids under which networks speak of a measure."""
        if measure.is_own:
            return {measure.id}
        return {
            own.id
            for own in self.snapshot.of_network(group.network_id or "")
            if (definition := own.definition_for(year)).source is MeasureSource.KPI
            and definition.expression == measure.id
        }

    def _basis_of(self, definition: MeasureDefinition) -> Basis | None:
        """Return what the values of one definition are based on."""
        if definition.source is MeasureSource.OWN:
            return reported_basis(definition)
        kpi = self._kpis.find(definition.expression) if definition.source is MeasureSource.KPI else None
        return kpi.basis if kpi is not None else None


def facts_of(definition: MeasureDefinition) -> tuple[tuple[str, str], ...]:
    """Return the filled-in facts of a definition as heading and text."""
    return tuple(
        (name, text) for field, name in texts.FACT_NAMES.items() if (text := getattr(definition, field))
    )
