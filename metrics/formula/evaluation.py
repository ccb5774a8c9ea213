"""The values of a formula for every year and place at once, each with its status.

A cell without a number makes everything that is computed from it a cell without a number. Of several reasons the one that
binds hardest is given: suppressed (must never look like something that can be asked for), then missing (somebody can mend
it), then not applicable (nobody can), then not reported (nobody has said anything yet).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from domain.formula_function import INHABITANTS_ID, PER_INHABITANTS, Function
from domain.value import Status
from metrics.arrays import Floats
from metrics.formula.formula import Formula, breaks_within
from metrics.formula.tree import Binary, Call, Input, Negative, Node, Number, Operator

Scalar = TypeVar("Scalar", bound=np.generic)
Codes = NDArray[np.uint8]  # positions in BY_WEIGHT

# Rising weight: of two reasons the later one is given, so that combining is taking the larger code.
BY_WEIGHT: Final = (Status.OK, Status.NOT_REPORTED, Status.NOT_APPLICABLE, Status.MISSING, Status.SUPPRESSED)
_OK, _NOT_REPORTED, _NOT_APPLICABLE, _MISSING, _SUPPRESSED = (np.uint8(code) for code in range(5))


@dataclass(frozen=True, slots=True)
class Evaluated:
    """numbers: (years, places), NaN exactly where statuses, positions in `BY_WEIGHT` of the same shape, are not OK.

    What a formula needs and what it gives have the same form, so that one formula can build on another.
    """

    numbers: Floats
    statuses: Codes

    @property
    def has_number(self) -> NDArray[np.bool_]:
        """(years, places)."""
        return np.asarray(self.statuses == _OK)


def codes_from(order: Sequence[Status]) -> Codes:
    """For each position in another order of statuses its position in `BY_WEIGHT`: index it with an array to translate."""
    return np.array([BY_WEIGHT.index(status) for status in order], dtype=np.uint8)


def codes_into(order: Sequence[Status]) -> NDArray[np.int64]:
    """The other way: for each position in `BY_WEIGHT` its position in another order of statuses."""
    return np.array([order.index(status) for status in BY_WEIGHT], dtype=np.int64)


def evaluate(
    formula: Formula,
    inputs: Mapping[str, Evaluated],
    years: Sequence[int],
    breaks: Mapping[str, Collection[int]],
) -> Evaluated:
    """Every year and place of a formula.

    inputs: for each of `formula.inputs` arrays of (years, places). years: consecutive, rising. breaks: for each input the
    first years of a new level or definition; a change or a moving mean that reaches over one is not applicable.
    """
    if any(later - earlier != 1 for earlier, later in pairwise(years)):
        raise ValueError(f"the years must follow each other: {list(years)}")
    shape = np.broadcast_shapes(*(operand.numbers.shape for operand in inputs.values()))
    settled = {
        name: _align_numbers_and_statuses(inputs[name].numbers, inputs[name].statuses)
        for name in formula.inputs
    }
    with np.errstate(all="ignore"):
        result = _Evaluation(settled, tuple(years), breaks).of(formula.root)
    return Evaluated(
        np.ascontiguousarray(np.broadcast_to(result.numbers, shape)),
        np.ascontiguousarray(np.broadcast_to(result.statuses, shape)),
    )


def _align_numbers_and_statuses(numbers: Floats, statuses: Codes) -> Evaluated:
    """No number without the status OK and the other way round; what cannot be computed is missing."""
    has_number = np.isfinite(numbers)
    if (has_number == (statuses == _OK)).all():
        return Evaluated(numbers, statuses)
    statuses = np.where(has_number | (statuses != _OK), statuses, _MISSING)
    return Evaluated(np.where(statuses == _OK, numbers, np.nan), statuses)


@dataclass(frozen=True, slots=True)
class _Evaluation:
    inputs: Mapping[str, Evaluated]
    years: tuple[int, ...]
    breaks: Mapping[str, Collection[int]]

    def of(self, node: Node) -> Evaluated:
        match node:
            case Number(value):
                return Evaluated(np.float64(value), _OK)  # type: ignore[arg-type]  # one number for every cell
            case Input(name):
                return self.inputs[name]
            case Negative(operand):
                result = self.of(operand)
                return Evaluated(-result.numbers, result.statuses)
            case Binary(operator, left, right):
                return _combine(_OPERATIONS[operator], self.of(left), self.of(right))
            case Call():
                return self._call(node)

    def _call(self, node: Call) -> Evaluated:
        function = node.function
        if function is Function.CHANGE:
            return self._over_years(node.arguments[0], 2, lambda recent: recent[-1] - recent[0])
        if function is Function.MOVING_MEAN:
            return self._moving_mean(node)
        first, *others = (self.of(argument) for argument in node.arguments)
        if function is Function.ABS:
            return Evaluated(np.abs(first.numbers), first.statuses)
        if function is Function.FIRST_AVAILABLE:
            return reduce(_take_first_available, others, first)
        if function is Function.SHARE:
            return _multiply(100.0, _combine(np.divide, first, others[0]))
        if function in PER_INHABITANTS:
            divisor = others[0] if others else self.inputs[INHABITANTS_ID]
            return _multiply(float(PER_INHABITANTS[function]), _combine(np.divide, first, divisor))
        if function is Function.MEAN:
            total = reduce(lambda sum_so_far, other: _combine(np.add, sum_so_far, other), others, first)
            return Evaluated(total.numbers / len(node.arguments), total.statuses)
        return reduce(lambda folded, other: _combine(_FOLDED[function], folded, other), others, first)

    def _moving_mean(self, node: Call) -> Evaluated:
        averaged, span = node.arguments
        assert isinstance(span, Number)  # noqa: S101  # the parser lets nothing else through
        n = int(span.value)
        return self._over_years(averaged, n, lambda recent: reduce(np.add, recent) / n)

    def _over_years(self, node: Node, n: int, combine: Callable[[list[Floats]], Floats]) -> Evaluated:
        """What the last n years of a part give, the present year last; before the first year nothing was reported."""
        result = self.of(node)
        shape = (len(self.years), *np.shape(result.numbers)[1:])
        numbers, statuses = np.broadcast_to(result.numbers, shape), np.broadcast_to(result.statuses, shape)
        recent = [_shift_years(numbers, back, np.nan) for back in reversed(range(n))]
        heaviest = reduce(np.maximum, (_shift_years(statuses, back, _NOT_REPORTED) for back in range(n)))
        first_years = breaks_within(node, self.breaks)
        reaches_over = np.array(
            [any(year - n + 1 < first_year <= year for first_year in first_years) for year in self.years]
        )
        column = reaches_over.reshape(-1, *(1,) * (len(shape) - 1))
        return _align_numbers_and_statuses(
            np.where(column, np.nan, combine(recent)),
            np.where(column, np.maximum(heaviest, _NOT_APPLICABLE), heaviest),
        )


def _shift_years(cells: NDArray[Scalar], back: int, before: object) -> NDArray[Scalar]:
    """The cells of so many years before, each in the place of its later year."""
    if back == 0:
        return cells
    shifted = np.full_like(cells, before)
    shifted[back:] = cells[:-back]
    return shifted


def _combine(operation: np.ufunc, left: Evaluated, right: Evaluated) -> Evaluated:
    return _align_numbers_and_statuses(
        operation(left.numbers, right.numbers), np.maximum(left.statuses, right.statuses)
    )


def _multiply(factor: float, operand: Evaluated) -> Evaluated:
    return operand if factor == 1 else _align_numbers_and_statuses(operand.numbers * factor, operand.statuses)


def _take_first_available(first: Evaluated, second: Evaluated) -> Evaluated:
    """The second where the first has no number, whatever the reason; the heavier reason where neither has."""
    takes_second = (first.statuses != _OK) & (second.statuses == _OK)
    heavier = np.where(first.statuses == _OK, _OK, np.maximum(first.statuses, second.statuses))
    return Evaluated(
        np.where(takes_second, second.numbers, first.numbers), np.where(takes_second, _OK, heavier)
    )


_OPERATIONS: Final = {
    Operator.PLUS: np.add,
    Operator.MINUS: np.subtract,
    Operator.TIMES: np.multiply,
    Operator.DIVIDED_BY: np.divide,
}
_FOLDED: Final = {Function.MIN: np.minimum, Function.MAX: np.maximum, Function.SUM: np.add}
