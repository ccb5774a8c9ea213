"""How networks' own measures are computed: the formula of each version, and its cells for every year and place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from answers.network_snapshot import NetworkSnapshot
from answers.reported import NOTHING_REPORTED, Explanations, Reported
from disclosure.grid import STATUSES, ShownGrid
from disclosure.smallest_basis import is_known_too_small
from domain.dimension import Unit
from domain.errors.formulas import FormulaError
from domain.errors.measures import MeasureCycleError
from domain.measure import Basis, CountModel, Measure
from domain.message import Message
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure
from domain.value import Gender, Status
from language import own_measure_texts as texts
from metrics.arrays import Booleans, Floats
from metrics.formula import Evaluated, Formula, evaluate, parse
from metrics.formula.evaluation import BY_WEIGHT, codes_from, codes_into
from metrics.formula.units import unit_of_part
from metrics.periods import is_summed

_INTO_CODES: Final = codes_from(STATUSES)
_FROM_CODES: Final = codes_into(STATUSES)
_SUPPRESSED: Final = BY_WEIGHT.index(Status.SUPPRESSED)
_NOT_REPORTED: Final = BY_WEIGHT.index(Status.NOT_REPORTED)

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
    """The cells of one own measure, (years, places). weights: the denominators that weigh members together, else NaN."""

    cells: Evaluated
    weights: Floats

    def statuses(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """Return positions in `STATUSES`."""
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
        """Return every version, the first one first. Raises `FormulaError`."""
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
        """Return the KPIs behind any version, and the denominators of unchanged KPIs. Raises `MeasureCycleError`."""
        if measure.id not in self._kpi_ids:
            self._kpi_ids[measure.id] = tuple(dict.fromkeys(self._walk(measure, ())))
        return self._kpi_ids[measure.id]

    def input_kpi_ids(self, measure: NetworkMeasure) -> frozenset[str]:
        """Return the KPIs that any version computes with, without denominators that only weigh or protect."""
        kpi_ids: set[str] = set()
        for version in self.versions(measure):
            for name in version.formula.inputs if version.formula else ():
                other = self.find_own(name)
                kpi_ids |= {name} if other is None else self.input_kpi_ids(other)
        return frozenset(kpi_ids)

    def input_names(self, measure: NetworkMeasure) -> tuple[str, ...]:
        """Return the inputs of the newest version, or the variable's own name."""
        newest = self.versions(measure)[-1]
        return newest.formula.inputs if newest.formula else (newest.definition.expression,)

    def reported_variables(self, measure: NetworkMeasure) -> tuple[str, ...]:
        """Return the ids of the measures behind any version whose values members report, itself included."""
        measure_ids = (
            [measure.id] if any(version.formula is None for version in self.versions(measure)) else []
        )
        for version in self.versions(measure):
            for other in self._others(version.formula) if version.formula else ():
                measure_ids += self.reported_variables(other) if other.id != measure.id else ()
        return tuple(dict.fromkeys(measure_ids))

    def explanations(self, measure: NetworkMeasure, gender: Gender, reported: Reported) -> Explanations:
        """Return the explanations of the values, or of the reported values they are computed from, with the variable's name."""
        explanations: dict[tuple[int, str], list[str]] = {}
        for version in self.versions(measure):
            for (year, code), text in self._explanations_of_version(version, measure, gender, reported):
                if measure.definition_for(year) == version.definition:
                    explanations.setdefault((year, code), []).append(text)
        return {cell: "; ".join(dict.fromkeys(texts)) for cell, texts in explanations.items()}

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
                    year_text = f" {year}" if back else ""
                    explanation = (
                        f"{other.definition.name}{year_text}: {text}" if is_variable or back else text
                    )
                    yield (year + back, code), explanation

    def break_years(self, measure: NetworkMeasure) -> tuple[int, ...]:
        """Return the first year of each version but the first, and the breaks of its inputs while each version is in force."""
        years = set(measure.break_years)
        versions = self.versions(measure)
        ends = [*(version.definition.first_year for version in versions[1:]), np.inf]
        for position, (version, end) in enumerate(zip(versions, ends, strict=True)):
            start = version.definition.first_year if position else -np.inf
            for name in version.formula.inputs if version.formula else ():
                years |= {year for year in self._break_years_of_input(name) if start < year < end}
        return tuple(sorted(years))

    def compute(
        self,
        measure: NetworkMeasure,
        kpis: ShownGrid,
        reported: Reported = NOTHING_REPORTED,
        gender: Gender = Gender.TOTAL,
    ) -> ComputedCells:
        """Compute the cells of a measure from the KPIs behind it and from the reported values of one gender.

        A KPI that is not in the grid counts as not reported.
        """
        return _Computation(self, kpis, reported, gender).compute(measure)

    def describe(self, measure: NetworkMeasure, year: int) -> tuple[Message, ...]:
        """Describe how a measure is computed: the version of the year, those before and after, and the smallest basis."""
        versions = self.versions(measure)
        definition = measure.definition_for(year)
        position = next(
            position for position, version in enumerate(versions) if version.definition == definition
        )
        sentences = [self._describe_version(versions[position])]
        if position > 0:
            sentences.append(
                Message(
                    texts.VERSION,
                    version=definition.version,
                    first_year=definition.first_year,
                    earlier=self._describe_version(versions[position - 1]),
                )
            )
        if position + 1 < len(versions):
            later = versions[position + 1]
            sentences.append(
                Message(
                    texts.LATER, first_year=later.definition.first_year, later=self._describe_version(later)
                )
            )
        is_reported = definition.source is MeasureSource.OWN
        if is_reported and definition.interval in texts.PARTS:
            text = texts.SUM_OF_PARTS if is_summed(definition) else texts.MEAN_OF_PARTS
            sentences.append(Message(text, parts=Message(texts.PARTS[definition.interval])))
        if definition.smallest_basis and is_reported:
            sentences.append(Message(texts.SMALLEST_REPORTED, n=definition.smallest_basis))
        elif definition.smallest_basis:
            is_known = (
                self.denominator_kpi(versions[position]) is not None
                or self.counted_denominator(versions[position]) is not None
            )
            sentences.append(
                Message(texts.SMALLEST if is_known else texts.SMALLEST_UNKNOWN, n=definition.smallest_basis)
            )
        return tuple(sentences)

    # What a version is made of

    def sources_of(self, version: Version) -> frozenset[MeasureSource]:
        """Return whether a version's values come from KPIs, from what members report, or from both."""
        if version.formula is None:
            return frozenset({MeasureSource.OWN})
        sources: set[MeasureSource] = set()
        for name in version.formula.inputs:
            other = self.find_own(name)
            if other is None:
                sources.add(MeasureSource.KPI)
            else:
                sources.update(*(self.sources_of(version) for version in self.versions(other)))
        return frozenset(sources)

    def denominator_kpi(self, version: Version) -> str | None:
        """Return the denominator of an unchanged KPI, or `None`."""
        if version.definition.source is not MeasureSource.KPI:
            return None
        kpi = self._find_kpi(version.definition.expression)
        return kpi.basis.denominator_id if kpi is not None and kpi.basis is not None else None

    def counted_denominator(self, version: Version) -> Formula | None:
        """Return the denominator of a ratio if it counts persons or things, else `None`."""
        if version.formula is None or (ratio := version.formula.ratio) is None:
            return None
        try:
            is_count = unit_of_part(ratio.denominator, self._units(version.formula)).is_count
        except (FormulaError, KeyError):
            return None
        return Formula("", ratio.denominator) if is_count else None

    def weighing_denominator(self, version: Version) -> Formula | None:
        """Return the denominator of a ratio of two sums, by which members are weighed together, else `None`."""
        if version.formula is None or (ratio := version.formula.ratio) is None:
            return None
        try:
            are_amounts = version.formula.has_amounts_in_ratio(self._units(version.formula))
        except (FormulaError, KeyError):
            return None
        return Formula("", ratio.denominator) if are_amounts else None

    def find_own(self, name: str) -> NetworkMeasure | None:
        """Return the own measure that formulas call by this name, or `None`."""
        return self._load_snapshot().by_variable_name.get(name.casefold())

    def _others(self, formula: Formula) -> list[NetworkMeasure]:
        return [own for name in formula.inputs if (own := self.find_own(name)) is not None]

    def _break_years_of_input(self, name: str) -> tuple[int, ...]:
        other = self.find_own(name)
        return self._kpi_break_years(name) if other is None else self.break_years(other)

    def input_break_years(self, formula: Formula) -> dict[str, tuple[int, ...]]:
        """Return the break years of each input."""
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

    def _walk(self, measure: NetworkMeasure, ancestors: tuple[str, ...]) -> list[str]:
        if measure.id in ancestors:
            ring = (*ancestors[ancestors.index(measure.id) :], measure.id)
            raise MeasureCycleError(
                ring=" → ".join(
                    self._load_snapshot().by_id[measure_id].definition.name for measure_id in ring
                )
            )
        kpi_ids = []
        for version in self.versions(measure):
            for name in version.formula.inputs if version.formula else ():
                other = self.find_own(name)
                kpi_ids += [name] if other is None else self._walk(other, (*ancestors, measure.id))
            if (denominator := self.denominator_kpi(version)) is not None:
                kpi_ids.append(denominator)
        return kpi_ids

    def _describe_version(self, version: Version) -> Message:
        if version.formula is None:
            return Message(texts.REPORTED)
        if version.definition.source is MeasureSource.KPI:
            kpi_id = version.definition.expression
            return Message(texts.AS_IT_IS, kpi=kpi_id, title=self._title(kpi_id))
        inputs = [Message(texts.IS, name=name, title=self._title(name)) for name in version.formula.inputs]
        listed: Message = inputs[0]
        for other in inputs[1:-1]:
            listed = Message("{one}, {other}", one=listed, other=other)
        if len(inputs) > 1:
            listed = Message(texts.AND, one=listed, other=inputs[-1])
        return Message(texts.WORKED_OUT, formula=str(version.formula), inputs=listed)

    def _title(self, name: str) -> Message | str:
        other = self.find_own(name)
        if other is not None:
            return f"”{other.definition.name}”"
        kpi = self._find_kpi(name)
        return f"”{kpi.short_title}”" if kpi is not None else Message(texts.NO_LONGER_PUBLISHED)


class _Computation:
    """The computation of own measures from one gender's cells; each measure is computed once."""

    def __init__(
        self, formulas: MeasureFormulas, kpis: ShownGrid, reported: Reported, gender: Gender
    ) -> None:
        self._formulas = formulas
        self._kpis = kpis
        self._reported = reported
        self._gender = gender
        self._shape = kpis.numbers.shape[1:]
        self._rows = {kpi_id: row for row, kpi_id in enumerate(kpis.measure_ids)}
        self._computed: dict[str, ComputedCells] = {}

    def compute(self, measure: NetworkMeasure) -> ComputedCells:
        if measure.id not in self._computed:
            self._computed[measure.id] = self._compute(measure)
        return self._computed[measure.id]

    def _compute(self, measure: NetworkMeasure) -> ComputedCells:
        numbers, weights = np.full(self._shape, np.nan), np.full(self._shape, np.nan)
        statuses = np.full(self._shape, _NOT_REPORTED, dtype=np.uint8)
        for version in self._formulas.versions(measure):
            is_in_force = np.array(
                [measure.definition_for(y) == version.definition for y in self._kpis.years]
            )
            if version.formula is None:
                own = self._reported.cells(
                    measure, self._gender, self._kpis.years, tuple(self._kpis.positions)
                )
                numbers[is_in_force], statuses[is_in_force] = (
                    own.cells.numbers[is_in_force],
                    own.cells.statuses[is_in_force],
                )
                if reported_basis(version.definition) is not None:
                    weights[is_in_force] = own.bases[is_in_force]
                continue
            evaluated = self._evaluate(version.formula)
            is_suppressed = self._is_too_small(version, evaluated)
            numbers[is_in_force] = np.where(is_suppressed, np.nan, evaluated.numbers)[is_in_force]
            statuses[is_in_force] = np.where(is_suppressed, _SUPPRESSED, evaluated.statuses)[is_in_force]
            if (denominator := self._formulas.weighing_denominator(version)) is not None:
                weights[is_in_force] = self._evaluate(denominator).numbers[is_in_force]
        return ComputedCells(Evaluated(numbers, statuses), weights)

    def _evaluate(self, formula: Formula) -> Evaluated:
        inputs = {name: self._input(name) for name in formula.inputs}
        return evaluate(formula, inputs, self._kpis.years, self._formulas.input_break_years(formula))

    def _input(self, name: str) -> Evaluated:
        other = self._formulas.find_own(name)
        if other is not None:
            return self.compute(other).cells
        if name not in self._rows:
            return Evaluated(
                np.full(self._shape, np.nan), np.full(self._shape, _NOT_REPORTED, dtype=np.uint8)
            )
        row = self._rows[name]
        return Evaluated(self._kpis.numbers[row], _INTO_CODES[self._kpis.status_indexes[row]])

    def _is_too_small(self, version: Version, evaluated: Evaluated) -> Booleans:
        """Return where a number has a smaller basis than the definition allows to show."""
        smallest = version.definition.smallest_basis
        counted = self._formulas.counted_denominator(version)
        basis = self._formulas.denominator_kpi(version)
        if not smallest or (counted is None and basis is None):
            return np.zeros(self._shape, dtype=np.bool_)
        behind = self._evaluate(counted) if counted is not None else self._input(basis or "")
        return evaluated.has_number & is_known_too_small(behind.numbers, smallest)


def reported_basis(definition: MeasureDefinition) -> Basis | None:
    """Return the basis that a member reports beside a share or a rate; `None` for any other unit.

    The basis of a share is the number of those it is a share of, that of a rate the number it is counted per.
    """
    unit = definition.unit.strip()
    if unit in _OF_EVERYBODY:
        return Basis(REPORTED_BESIDE, _OF_EVERYBODY[unit], CountModel.PROPORTION)
    if (named := _PER.match(unit)) is not None:
        return Basis(REPORTED_BESIDE, float("".join(named["base"].split())), CountModel.RATE)
    return None
