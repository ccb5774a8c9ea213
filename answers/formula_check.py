"""What is known of a formula before anything is computed: its unit, its inputs, and its errors with their positions."""

from collections.abc import Mapping
from dataclasses import dataclass

from answers.library import Library
from domain.dimension import INHABITANTS, Unit
from domain.errors.choices import UnknownMeasureError
from domain.errors.formulas import FormulaError
from domain.formula_function import INHABITANTS_ID, KPI_ID
from domain.message import Message
from language import own_measure_texts as texts
from metrics.formula import Formula, parse


@dataclass(frozen=True, slots=True)
class FormulaInput:
    """One name in a formula. title, unit: empty where the name is unknown."""

    name: str
    title: Message | str
    unit: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class FormulaCheck:
    """formula: `None` if it cannot be parsed. unit: `None` unless the whole formula is valid."""

    text: str
    formula: Formula | None
    unit: Unit | None
    inputs: tuple[FormulaInput, ...]
    errors: tuple[FormulaError, ...]

    @property
    def is_right(self) -> bool:
        return not self.errors


def check_formula(
    library: Library, text: str, own: Mapping[str, tuple[Message | str, Unit]] | None = None
) -> FormulaCheck:
    """Parse a formula and look up its names among KPIs and the networks' own measures.

    own: further variables that may be named, with their titles and units. Nothing is raised: `errors` holds what is wrong,
    every unknown name at once.
    """
    try:
        formula = parse(text)
    except FormulaError as error:
        return FormulaCheck(text, None, None, (), (error,))
    known = _own_names(library) | {name.lower(): variable for name, variable in (own or {}).items()}
    known |= {name: kpi for name in formula.inputs if name not in known and (kpi := _kpi(library, name))}
    inputs = tuple(_input(name, known) for name in formula.inputs)
    units = {name: unit for name, (_, unit) in known.items()}
    if not all(named.is_known for named in inputs):
        nameable = (
            dict.fromkeys((measure.id for measure in library.catalogue.published_measures()), Unit()) | units
        )
        return FormulaCheck(text, formula, None, inputs, formula.unknown_inputs(nameable))
    try:
        unit = formula.unit(units)
    except FormulaError as error:
        return FormulaCheck(text, formula, None, inputs, (error,))
    return FormulaCheck(text, formula, unit, inputs, ())


def _own_names(library: Library) -> dict[str, tuple[Message | str, Unit]]:
    return {
        name: (own.definition.name, Unit.read(own.definition.unit, own.definition.name))
        for name, own in library.own_measures.snapshot.by_variable_name.items()
    }


def _kpi(library: Library, name: str) -> tuple[Message | str, Unit] | None:
    """Return the title and unit of a KPI; inhabitants are known even where the release does not hold them."""
    if not KPI_ID.fullmatch(name):
        return None
    try:
        measure = library.catalogue.measure(name)
    except UnknownMeasureError:
        return (Message(texts.ALL_INHABITANTS), INHABITANTS) if name == INHABITANTS_ID else None
    return measure.title, Unit.read(measure.unit, measure.title)


def _input(name: str, known: Mapping[str, tuple[Message | str, Unit]]) -> FormulaInput:
    if name not in known:
        return FormulaInput(name, "", "", is_known=False)
    title, unit = known[name]
    return FormulaInput(name, title, str(unit), is_known=True)
