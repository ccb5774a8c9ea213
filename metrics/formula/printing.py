"""From tree to text, with no more parentheses than are needed. What is written out reads back as the same tree."""

from decimal import Decimal
from typing import Final

from domain.formula_function import SWEDISH_NAMES, Function
from metrics.formula.tree import Binary, Call, Input, Negative, Node, Number, Operator

SWEDISH: Final = "sv"
_SUMS: Final = (Operator.PLUS, Operator.MINUS)


def format_node(node: Node, language: str = SWEDISH) -> str:
    """The formula with Swedish names and decimal comma, or with English ones and a point."""
    match node:
        case Number(value):
            text = format(Decimal(repr(value)).normalize(), "f")
            return text.replace(".", ",") if language == SWEDISH else text
        case Input(name):
            return name
        case Negative(operand):
            return f"-{_within(operand, isinstance(operand, Binary), language)}"
        case Binary(operator, left, right):
            is_product = operator not in _SUMS
            before = is_product and isinstance(left, Binary) and left.operator in _SUMS
            after = isinstance(right, Binary) and (is_product or right.operator in _SUMS)
            return f"{_within(left, before, language)} {operator} {_within(right, after, language)}"
        case Call(function, arguments):
            return f"{function_name(function, language)}({'; '.join(format_node(argument, language) for argument in arguments)})"


def function_name(function: Function, language: str = SWEDISH) -> str:
    return SWEDISH_NAMES[function][0] if language == SWEDISH else function.value


def _within(node: Node, needs_parentheses: bool, language: str) -> str:
    text = format_node(node, language)
    return f"({text})" if needs_parentheses else text
