"""Which unit a formula's result has, or where in it kronor were added to persons."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce

from domain.dimension import INHABITANTS, WRITTEN_NUMBER, Unit
from domain.errors.formulas import FormulaError, UnitError
from domain.formula_function import INHABITANTS_ID, PER_INHABITANTS, Function
from domain.message import Message, to_translate
from domain.suggestion import suggest_similar
from metrics.formula.tree import Binary, Call, Input, Negative, Node, Number, Operator, nodes

_UNKNOWN_INPUT = to_translate("Det finns inget nyckeltal, eget värde eller mått som heter ”{name}”.")
_NO_INPUT = to_translate("Formeln är bara tal. Den behöver minst ett nyckeltal eller eget värde.")


def unknown_inputs(root: Node, known: Mapping[str, Unit]) -> tuple[FormulaError, ...]:
    """One error for each name that is not known, in the order of the text, with the nearest known names."""
    inputs = [node for node in nodes(root) if isinstance(node, Input)]
    return tuple(
        FormulaError(
            position=node.position,
            problem=Message(_UNKNOWN_INPUT, name=node.name),
            suggestion=suggest_similar(node.name, known),
        )
        for node in inputs
        if node.name not in known
    )


def unit_of(root: Node, units: Mapping[str, Unit]) -> Unit:
    """The unit of the whole. Raises `FormulaError` at the first unknown name or at the sign where units clash."""
    for error in unknown_inputs(root, units):
        raise error
    if not any(isinstance(node, Input) for node in nodes(root)):
        raise FormulaError(position=1, problem=Message(_NO_INPUT), suggestion="")
    return _unit(root, units)


def unit_of_part(node: Node, units: Mapping[str, Unit]) -> Unit:
    """The unit of one part of a formula whose names are all known. Raises `FormulaError`."""
    return _unit(node, units)


def _unit(node: Node, units: Mapping[str, Unit]) -> Unit:
    match node:
        case Number():
            return WRITTEN_NUMBER
        case Input(name):
            return units[name]
        case Negative(operand):
            return _unit(operand, units)
        case Binary():
            return _at(node.position, lambda: _of_binary(node, units))
        case Call():
            return _at(node.position, lambda: _of_call(node, units))


def _of_binary(node: Binary, units: Mapping[str, Unit]) -> Unit:
    left, right = _unit(node.left, units), _unit(node.right, units)
    match node.operator:
        case Operator.PLUS:
            return left.together_with(right)
        case Operator.MINUS:
            return left.less(right)
        case Operator.TIMES if isinstance(node.right, Number):
            return left.multiplied_by(node.right.value)
        case Operator.TIMES if isinstance(node.left, Number):
            return right.multiplied_by(node.left.value)
        case Operator.TIMES:
            return left.times(right)
        case Operator.DIVIDED_BY if isinstance(node.right, Number) and node.right.value:
            return left.multiplied_by(1 / Fraction(node.right.value))
        case Operator.DIVIDED_BY:
            return left.over(right)


def _of_call(node: Call, units: Mapping[str, Unit]) -> Unit:
    first, *others = (_unit(argument, units) for argument in node.arguments)
    match node.function:
        case Function.SHARE:
            return first.share_of(others[0])
        case Function.CHANGE:
            return first.changed
        case Function.ABS | Function.MOVING_MEAN:
            return first
        case Function.PER_INHABITANT | Function.PER_1000_INHABITANTS | Function.PER_100000_INHABITANTS:
            counted = others[0] if others else units.get(INHABITANTS_ID, INHABITANTS)
            return first.per(counted, PER_INHABITANTS[node.function])
        case Function.MIN | Function.MAX | Function.MEAN | Function.SUM | Function.FIRST_AVAILABLE:
            return reduce(Unit.together_with, others, first)


def _at(position: int, work: Callable[[], Unit]) -> Unit:
    """The unit error, with its position in the formula."""
    try:
        return work()
    except UnitError as error:
        raise FormulaError(position=position, problem=error.message, suggestion="") from None
