"""A formula that has been read: its inputs, its unit, and whether it is a ratio."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from domain.dimension import Unit
from domain.errors.formulas import FormulaError
from domain.formula_function import INHABITANTS_ID, PER_INHABITANTS, Function
from metrics.formula import parsing, units
from metrics.formula.printing import SWEDISH, format_node
from metrics.formula.tree import Binary, Call, Input, Negative, Node, Number, Operator, nodes


@dataclass(frozen=True, slots=True)
class Ratio:
    """`factor` × numerator / denominator."""

    factor: float
    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Formula:
    """Equal to another that means the same, however it is spaced and in whichever language."""

    text: str = field(compare=False)
    root: Node

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `FormulaError`, which says where and what."""
        return cls(text, parsing.tree(text))

    def __str__(self) -> str:
        return format_node(self.root)

    def to_text(self, language: str = SWEDISH) -> str:
        """The formula in the names and the decimal sign of a language."""
        return format_node(self.root, language)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that values are needed for, in the order of the text; last the inhabitants that "per inhabitant" means."""
        every = list(nodes(self.root))
        named = [node.name for node in every if isinstance(node, Input)]
        divides_by_all = any(
            isinstance(node, Call) and node.function in PER_INHABITANTS and len(node.arguments) == 1
            for node in every
        )
        return tuple(dict.fromkeys([*named, *([INHABITANTS_ID] if divides_by_all else [])]))

    def unit(self, of: Mapping[str, Unit]) -> Unit:
        """The unit of the result, given those of the inputs. Raises `FormulaError` at an unknown name or a clash."""
        return units.unit_of(self.root, of)

    def unknown_inputs(self, known: Mapping[str, Unit]) -> tuple[FormulaError, ...]:
        """An error for each name that is not known, with the nearest that are."""
        return units.unknown_inputs(self.root, known)

    def break_years(self, of: Mapping[str, Iterable[int]]) -> tuple[int, ...]:
        """The years in which any of the inputs broke, rising: the result breaks there too."""
        return tuple(sorted({year for name in self.inputs for year in of.get(name, ())}))

    @property
    def years_back(self) -> dict[str, int]:
        """For each input how many years before its own a year's value may rest on."""
        years_back = dict.fromkeys(self.inputs, 0)
        for name, back in _years_back(self.root):
            years_back[name] = max(years_back[name], back)
        return years_back

    @property
    def ratio(self) -> Ratio | None:
        """What is divided by what, where the whole formula is one division (perhaps times a number)."""
        return _ratio(self.root)

    def has_amounts_in_ratio(self, of: Mapping[str, Unit]) -> bool:
        """Whether numerator and denominator are both sums (money, persons), so that totals weight members rightly."""
        ratio = self.ratio
        if ratio is None:
            return False
        return all(units.unit_of_part(part, of).is_amount for part in (ratio.numerator, ratio.denominator))


def parse(text: str) -> Formula:
    """Read a formula. Raises `FormulaError`, which says where and what."""
    return Formula.parse(text)


def breaks_within(node: Node, breaks: Mapping[str, Collection[int]]) -> frozenset[int]:
    """The break years of everything that a part of a formula is made of."""
    return frozenset(year for name in Formula("", node).inputs for year in breaks.get(name, ()))


def _years_back(node: Node, back: int = 0) -> Iterator[tuple[str, int]]:
    match node:
        case Input(name):
            yield name, back
        case Negative(operand):
            yield from _years_back(operand, back)
        case Binary(_, left, right):
            yield from _years_back(left, back)
            yield from _years_back(right, back)
        case Call(Function.CHANGE, (changed, *_others)):
            yield from _years_back(changed, back + 1)
        case Call(Function.MOVING_MEAN, (averaged, Number(span))):
            yield from _years_back(averaged, back + int(span) - 1)
        case Call(_, arguments):
            for argument in arguments:
                yield from _years_back(argument, back)
        case Number():
            pass


def _ratio(node: Node, factor: float = 1.0) -> Ratio | None:
    match node:
        case Negative(operand):
            return _ratio(operand, -factor)
        case Binary(Operator.TIMES, Number(value), other) | Binary(Operator.TIMES, other, Number(value)):
            return _ratio(other, factor * value)
        case Binary(Operator.DIVIDED_BY, other, Number(value)):
            return _ratio(other, factor / value) if value else None
        case Binary(Operator.DIVIDED_BY, numerator, denominator):
            return Ratio(factor, numerator, denominator)
        case Call(Function.SHARE, (part, whole)):
            return Ratio(100 * factor, part, whole)
        case Call(function, (counted, *divisor)) if function in PER_INHABITANTS:
            by = divisor[0] if divisor else Input(INHABITANTS_ID, node.position)
            return Ratio(PER_INHABITANTS[function] * factor, counted, by)
        case _:
            return None
