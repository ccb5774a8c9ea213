"""What a formula is made of once it is read. `position` is where it stands in the text, from 1; it makes no difference."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from domain.formula_function import Function


class Operator(StrEnum):
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written out; never negative, since the sign is a `Negative` around it."""

    value: float
    position: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Input:
    """A KPI id in capitals, or the small letters of an own variable's or another measure's name."""

    name: str
    position: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Node"
    position: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    operator: Operator
    left: "Node"
    right: "Node"
    position: int = field(default=1, compare=False)  # of the operator


@dataclass(frozen=True, slots=True)
class Call:
    function: Function
    arguments: tuple["Node", ...]
    position: int = field(default=1, compare=False)


Node = Number | Input | Negative | Binary | Call


def nodes(root: Node) -> Iterator[Node]:
    """Every node, each before those that it is made of, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Negative(operand):
                waiting.append(operand)
            case Binary(_, left, right):
                waiting += [right, left]
            case Call(_, arguments):
                waiting += reversed(arguments)
            case Number() | Input():
                pass
