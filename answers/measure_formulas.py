"""How networks' own measures are computed: the formula of each version, and its cells for every year and place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from answers.network_snapshot import NetworkSnapshot
from answers.reported import NOTHING_REPORTED, Explanations, Reported
from disclosure.grid import STATUSES, ShownGrid
from domain.dimension import Unit
from domain.errors import FormulaError, MeasureCycleError
from domain.measure import Basis, CountModel, Measure
from domain.message import Message, to_translate
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure, ReportingInterval
from domain.value import Gender, Status
from metrics.arrays import Booleans, Floats
from metrics.formula import Evaluated, Formula, evaluate, parse
from metrics.formula.evaluation import BY_WEIGHT, codes_from, codes_into
from metrics.formula.units import unit_of_part
from metrics.periods import is_summed

_INTO_CODES: Final = codes_from(STATUSES)
_FROM_CODES: Final = codes_into(STATUSES)
_SUPPRESSED: Final = BY_WEIGHT.index(Status.SUPPRESSED)
_NOT_REPORTED: Final = BY_WEIGHT.index(Status.NOT_REPORTED)

_AS_IT_IS: Final = to_translate("Måttet är nyckeltalet {kpi}, {title}, som det är.")
_REPORTED: Final = to_translate("Måttet är en egen variabel som medlemmarna själva lämnar.")
_WORKED_OUT: Final = to_translate("Måttet räknas ut som {formula}, där {inputs}.")
_IS: Final = to_translate("{name} är {title}")
_AND: Final = to_translate("{one} och {other}")
_VERSION: Final = to_translate(
    "Definition {version} gäller från och med {first_year}. Före dess gällde: {earlier}"
)
_LATER: Final = to_translate("Från och med {first_year} gäller en ny definition: {later}")
_SMALLEST: Final = to_translate("Värden med färre än {n} bakom sig visas inte.")
_SMALLEST_UNKNOWN: Final = to_translate(
    "Det minsta underlaget för att visas är {n}, men antalet bakom värdena är inte känt och har inte kunnat prövas."
)
_SMALLEST_REPORTED: Final = to_translate(
    "Värden med färre än {n} bakom sig visas inte, och inte heller det som de skulle kunna räknas ut ur."
)
_PARTS: Final = {
    ReportingInterval.TERM: to_translate("terminer"),
    ReportingInterval.QUARTERLY: to_translate("kvartal"),
    ReportingInterval.MONTHLY: to_translate("månader"),
}
_SUM_OF_PARTS: Final = to_translate(
    "Årets värde är summan av årets {parts}. Saknas eller döljs någon del av året visas inget årsvärde."
)
_MEAN_OF_PARTS: Final = to_translate(
    "Årets värde är det ovägda medelvärdet av årets {parts}, och bakom det räknas det minsta av delarnas underlag. "
    "Saknas eller döljs någon del av året visas inget årsvärde."
)
REPORTED_BESIDE: Final = ""  # the id of a denominator that is no KPI but reported beside the value
_OF_EVERYBODY: Final = {"%": 100.0, "‰": 1000.0}
_PER: Final = re.compile(r"\bper\s(?P<base>\d[\d\s]*)")


@dataclass(frozen=True, slots=True)
class Version:
    """One definition and its formula; a variable that the members report has none."""

    definition: MeasureDefinition
    formula: Formula | None


@dataclass(frozen=True, slots=True)
class ComputedCells:
    """Cells of one own measure, (years, places). weights: the denominators that weigh members together, NaN where none."""

    cells: Evaluated
    weights: Floats

    def statuses(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """Positions in `STATUSES`."""
        return np.asarray(_FROM_CODES[self.cells.statuses])


class MeasureFormulas:
    """The formulas of every own measure.

    load_snapshot: reads the own measures, which is done when a formula is first asked for. find_kpi: returns a KPI, or
    `None` where the release does not hold it. kpi_break_years: returns the first years of a new level of a KPI.
    """

    def __init__(
        self,
        load_snapshot: Callable[[], NetworkSnapshot],
        find_kpi: Callable[[str], Measure | None],
        kpi_break_years: Callable[[str], tuple[int, ...]],
    ) -> None:
        self._load_snapshot = load_snapshot
        self._find_kpi = find_kpi
        self._kpi_break_years = kpi_break_years
        self._versions: dict[str, tuple[Version, ...]] = {}
        self._kpi_ids: dict[str, tuple[str, ...]] = {}

    def versions(self, measure: NetworkMeasure) -> tuple[Version, ...]:
        """Every version, the first one first. Raises `FormulaError`."""
        if measure.id not in self._versions:
            self._versions[measure.id] = tuple(
                Version(
                    definition,
                    None if definition.source is MeasureSource.OWN else parse(definition.expression),
                )
                for definition in measure.definitions
            )
        return self._versions[measure.id]

    def kpi_ids(self, measure: NetworkMeasure) -> tuple[str, ...]:
        """Every KPI behind any version, and the denominators of those taken as they are. Raises `MeasureCycleError`."""
        if measure.id not in self._kpi_ids:
            self._kpi_ids[measure.id] = tuple(dict.fromkeys(self._walk(measure, ())))
        return self._kpi_ids[measure.id]

    def input_kpi_ids(self, measure: NetworkMeasure) -> frozenset[str]:
        """The KPIs that any version computes with; a denominator that only weighs or guards is none of them."""
        found: set[str] = set()
        for version in self.versions(measure):
            for name in version.formula.inputs if version.formula else ():
                other = self.find_own(name)
                found |= {name} if other is None else self.input_kpi_ids(other)
        return frozenset(found)

    def input_names(self, measure: NetworkMeasure) -> tuple[str, ...]:
        """What the newest version is made of, or the variable's own name."""
        newest = self.versions(measure)[-1]
        return newest.formula.inputs if newest.formula else (newest.definition.expression,)

    def reported_variables(self, measure: NetworkMeasure) -> tuple[str, ...]:
        """The ids of the measures behind any version whose values members report, itself among them."""
        found = [measure.id] if any(version.formula is None for version in self.versions(measure)) else []
        for version in self.versions(measure):
            for other in self._others(version.formula) if version.formula else ():
                found += self.reported_variables(other) if other.id != measure.id else ()
        return tuple(dict.fromkeys(found))

    def explanations(self, measure: NetworkMeasure, gender: Gender, reported: Reported) -> Explanations:
        """What has been written of the values, or, with the variable's name before it, of those they are made of."""
        found: dict[tuple[int, str], list[str]] = {}
        for version in self.versions(measure):
            for (year, code), text in self._explanations_of_version(version, measure, gender, reported):
                if measure.definition_for(year) == version.definition:
                    found.setdefault((year, code), []).append(text)
        return {cell: "; ".join(dict.fromkeys(texts)) for cell, texts in found.items()}

    def _explanations_of_version(
        self, version: Version, measure: NetworkMeasure, gender: Gender, reported: Reported
    ) -> Iterator[tuple[tuple[int, str], str]]:
        if version.formula is None:
            yield from reported.explanations(measure.id, gender).items()
            return
        for name, years_back in version.formula.years_back.items():
            other = self.find_own(name)
            if other is None or other.id == measure.id:
                continue
            for (year, code), text in self.explanations(other, gender, reported).items():
                is_variable = other.definition_for(year).source is MeasureSource.OWN
                for back in range(years_back + 1):
                    when = f" {year}" if back else ""
                    told = f"{other.definition.name}{when}: {text}" if is_variable or back else text
                    yield (year + back, code), told

    def break_years(self, measure: NetworkMeasure) -> tuple[int, ...]:
        """The first year of every version but the first, and the breaks of what each version is made of while it holds."""
        years = set(measure.break_years)
        versions = self.versions(measure)
        ends = [*(version.definition.first_year for version in versions[1:]), np.inf]
        for place, (version, end) in enumerate(zip(versions, ends, strict=True)):
            begins = version.definition.first_year if place else -np.inf
            for name in version.formula.inputs if version.formula else ():
                years |= {year for year in self._break_years_of_input(name) if begins < year < end}
        return tuple(sorted(years))

    def compute(
        self,
        measure: NetworkMeasure,
        kpis: ShownGrid,
        reported: Reported = NOTHING_REPORTED,
        gender: Gender = Gender.TOTAL,
    ) -> ComputedCells:
        """The cells of a measure, from those of the KPIs behind it and from what members have reported of one gender.

        A KPI that is not there was never reported.
        """
        return _Computation(self, kpis, reported, gender).of(measure)

    def describe(self, measure: NetworkMeasure, year: int) -> tuple[Message, ...]:
        """What a reader must know of how it is worked out: the version of the year, those before and after, the basis."""
        versions = self.versions(measure)
        holds = measure.definition_for(year)
        at = next(place for place, one in enumerate(versions) if one.definition == holds)
        said = [self._describe_version(versions[at])]
        if at > 0:
            said.append(
                Message(
                    _VERSION,
                    version=holds.version,
                    first_year=holds.first_year,
                    earlier=self._describe_version(versions[at - 1]),
                )
            )
        if at + 1 < len(versions):
            later = versions[at + 1]
            said.append(
                Message(_LATER, first_year=later.definition.first_year, later=self._describe_version(later))
            )
        is_reported = holds.source is MeasureSource.OWN
        if is_reported and holds.interval in _PARTS:
            text = _SUM_OF_PARTS if is_summed(holds) else _MEAN_OF_PARTS
            said.append(Message(text, parts=Message(_PARTS[holds.interval])))
        if holds.smallest_basis and is_reported:
            said.append(Message(_SMALLEST_REPORTED, n=holds.smallest_basis))
        elif holds.smallest_basis:
            is_known = (
                self.denominator_kpi(versions[at]) is not None
                or self.counted_denominator(versions[at]) is not None
            )
            said.append(Message(_SMALLEST if is_known else _SMALLEST_UNKNOWN, n=holds.smallest_basis))
        return tuple(said)

    # What a version is made of

    def sources_of(self, version: Version) -> frozenset[MeasureSource]:
        """Whether its values come from KPIs, from what members report, or from both."""
        if version.formula is None:
            return frozenset({MeasureSource.OWN})
        found: set[MeasureSource] = set()
        for name in version.formula.inputs:
            other = self.find_own(name)
            if other is None:
                found.add(MeasureSource.KPI)
            else:
                found.update(*(self.sources_of(version) for version in self.versions(other)))
        return frozenset(found)

    def denominator_kpi(self, version: Version) -> str | None:
        """The KPI that is the denominator of a KPI taken as it is."""
        if version.definition.source is not MeasureSource.KPI:
            return None
        kpi = self._find_kpi(version.definition.expression)
        return kpi.basis.denominator_id if kpi is not None and kpi.basis is not None else None

    def counted_denominator(self, version: Version) -> Formula | None:
        """The denominator of a ratio, where it counts persons or things."""
        if version.formula is None or (ratio := version.formula.ratio) is None:
            return None
        try:
            is_count = unit_of_part(ratio.denominator, self._units(version.formula)).is_count
        except (FormulaError, KeyError):
            return None
        return Formula("", ratio.denominator) if is_count else None

    def weighing_denominator(self, version: Version) -> Formula | None:
        """The denominator of a ratio of two sums, which weighs members together rightly."""
        if version.formula is None or (ratio := version.formula.ratio) is None:
            return None
        try:
            are_amounts = version.formula.has_amounts_in_ratio(self._units(version.formula))
        except (FormulaError, KeyError):
            return None
        return Formula("", ratio.denominator) if are_amounts else None

    def find_own(self, name: str) -> NetworkMeasure | None:
        """The own measure that a formula calls by this name."""
        return self._load_snapshot().by_variable_name.get(name.casefold())

    def _others(self, formula: Formula) -> list[NetworkMeasure]:
        return [found for name in formula.inputs if (found := self.find_own(name)) is not None]

    def _break_years_of_input(self, name: str) -> tuple[int, ...]:
        other = self.find_own(name)
        return self._kpi_break_years(name) if other is None else self.break_years(other)

    def input_break_years(self, formula: Formula) -> dict[str, tuple[int, ...]]:
        """The break years of each input."""
        return {name: self._break_years_of_input(name) for name in formula.inputs}

    def _units(self, formula: Formula) -> dict[str, Unit]:
        units = {}
        for name in formula.inputs:
            other = self.find_own(name)
            if other is not None:
                units[name] = Unit.read(other.definition.unit, other.definition.name)
            elif (kpi := self._find_kpi(name)) is not None:
                units[name] = Unit.read(kpi.unit, kpi.title)
        return units

    def _walk(self, measure: NetworkMeasure, above: tuple[str, ...]) -> list[str]:
        if measure.id in above:
            ring = (*above[above.index(measure.id) :], measure.id)
            raise MeasureCycleError(
                ring=" → ".join(self._load_snapshot().by_id[one].definition.name for one in ring)
            )
        found = []
        for version in self.versions(measure):
            for name in version.formula.inputs if version.formula else ():
                other = self.find_own(name)
                found += [name] if other is None else self._walk(other, (*above, measure.id))
            if (basis := self.denominator_kpi(version)) is not None:
                found.append(basis)
        return found

    def _describe_version(self, version: Version) -> Message:
        if version.formula is None:
            return Message(_REPORTED)
        if version.definition.source is MeasureSource.KPI:
            kpi_id = version.definition.expression
            return Message(_AS_IT_IS, kpi=kpi_id, title=self._title(kpi_id))
        inputs = [Message(_IS, name=name, title=self._title(name)) for name in version.formula.inputs]
        told: Message = inputs[0]
        for one in inputs[1:-1]:
            told = Message("{one}, {other}", one=told, other=one)
        if len(inputs) > 1:
            told = Message(_AND, one=told, other=inputs[-1])
        return Message(_WORKED_OUT, formula=str(version.formula), inputs=told)

    def _title(self, name: str) -> Message | str:
        other = self.find_own(name)
        if other is not None:
            return f"”{other.definition.name}”"
        kpi = self._find_kpi(name)
        return f"”{kpi.short_title}”" if kpi is not None else Message(to_translate("inte längre publicerat"))


class _Computation:
    """One road through the recipes, over one gender's cells; nothing is worked out twice."""

    def __init__(
        self, formulas: MeasureFormulas, kpis: ShownGrid, reported: Reported, gender: Gender
    ) -> None:
        self._formulas = formulas
        self._kpis = kpis
        self._reported = reported
        self._gender = gender
        self._shape = kpis.numbers.shape[1:]
        self._rows = {one: row for row, one in enumerate(kpis.measure_ids)}
        self._done: dict[str, ComputedCells] = {}

    def of(self, measure: NetworkMeasure) -> ComputedCells:
        if measure.id not in self._done:
            self._done[measure.id] = self._of(measure)
        return self._done[measure.id]

    def _of(self, measure: NetworkMeasure) -> ComputedCells:
        numbers, weights = np.full(self._shape, np.nan), np.full(self._shape, np.nan)
        statuses = np.full(self._shape, _NOT_REPORTED, dtype=np.uint8)
        for version in self._formulas.versions(measure):
            holds = np.array([measure.definition_for(y) == version.definition for y in self._kpis.years])
            if version.formula is None:
                own = self._reported.cells(
                    measure, self._gender, self._kpis.years, tuple(self._kpis.positions)
                )
                numbers[holds], statuses[holds] = own.cells.numbers[holds], own.cells.statuses[holds]
                if reported_basis(version.definition) is not None:
                    weights[holds] = own.bases[holds]
                continue
            found = self._evaluated(version.formula)
            is_hidden = self._is_too_small(version, found)
            numbers[holds] = np.where(is_hidden, np.nan, found.numbers)[holds]
            statuses[holds] = np.where(is_hidden, _SUPPRESSED, found.statuses)[holds]
            if (denominator := self._formulas.weighing_denominator(version)) is not None:
                weights[holds] = self._evaluated(denominator).numbers[holds]
        return ComputedCells(Evaluated(numbers, statuses), weights)

    def _evaluated(self, formula: Formula) -> Evaluated:
        inputs = {name: self._input(name) for name in formula.inputs}
        return evaluate(formula, inputs, self._kpis.years, self._formulas.input_break_years(formula))

    def _input(self, name: str) -> Evaluated:
        other = self._formulas.find_own(name)
        if other is not None:
            return self.of(other).cells
        if name not in self._rows:
            return Evaluated(
                np.full(self._shape, np.nan), np.full(self._shape, _NOT_REPORTED, dtype=np.uint8)
            )
        row = self._rows[name]
        return Evaluated(self._kpis.numbers[row], _INTO_CODES[self._kpis.status_indexes[row]])

    def _is_too_small(self, version: Version, found: Evaluated) -> Booleans:
        """Where fewer stand behind a number than the definition lets show."""
        least = version.definition.smallest_basis
        counted = self._formulas.counted_denominator(version)
        basis = self._formulas.denominator_kpi(version)
        if not least or (counted is None and basis is None):
            return np.zeros(self._shape, dtype=np.bool_)
        behind = self._evaluated(counted) if counted is not None else self._input(basis or "")
        return np.asarray(found.has_number & (behind.numbers < least))


def reported_basis(definition: MeasureDefinition) -> Basis | None:
    """How the number that a member reports beside a share or a rate stands behind it; nothing for any other unit.

    The basis of a share is whom it is a share of, that of a rate who is counted per so many.
    """
    unit = definition.unit.strip()
    if unit in _OF_EVERYBODY:
        return Basis(REPORTED_BESIDE, _OF_EVERYBODY[unit], CountModel.PROPORTION)
    if (named := _PER.match(unit)) is not None:
        return Basis(REPORTED_BESIDE, float("".join(named["base"].split())), CountModel.RATE)
    return None
