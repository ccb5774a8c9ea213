"""What findings are made of in words: a value with its unit, and which value it is about."""

from math import isfinite
from typing import Final

from domain.message import Message, Number, Value, to_translate
from domain.network_measure import MeasureDefinition
from domain.period import Period
from domain.value import Gender

_NO_NUMBER: Final = "–"
_MOST_DECIMALS: Final = 6
_EXACT: Final = 1e-9  # what binary numbers cannot hold
_WITH_UNIT: Final = "{number}\u00a0{unit}"
_WHAT: Final = {
    Gender.TOTAL: "{measure} {period}",
    Gender.WOMEN: to_translate("{measure} {period}, kvinnor"),
    Gender.MEN: to_translate("{measure} {period}, män"),
}
_BETWEEN: Final = to_translate("{low} till {high}")


def format_value(
    value: float, definition: MeasureDefinition, *, decimals: int | None = None
) -> Message | Number:
    """A value with its unit: `66,6 %`, `12 345 kr/inv`; a plain count without."""
    number = Number(value, definition.decimals if decimals is None else decimals)
    has_unit = definition.unit not in {"", "antal"}
    return Message(_WITH_UNIT, number=number, unit=definition.unit) if has_unit else number


def format_value_exactly(value: float, definition: MeasureDefinition) -> Value:
    """The same with all decimals that the value has, where it has more than the measure: 0,61 % is not 0,6 %."""
    if not isfinite(value):
        return _NO_NUMBER
    return format_value(value, definition, decimals=max(definition.decimals, _decimals(value)))


def format_number_exactly(number: float) -> Number | str:
    """A number with the decimals that it has."""
    return Number(number, _decimals(number)) if isfinite(number) else _NO_NUMBER


def _decimals(number: float) -> int:
    return next(
        (count for count in range(_MOST_DECIMALS) if abs(number - round(number, count)) < _EXACT),
        _MOST_DECIMALS,
    )


def format_found(text: object, value: float, definition: MeasureDefinition | None) -> Value:
    """What a cell holds: its own text, or its number where the text is not kept."""
    if text or definition is None or not isfinite(value):
        return str(text)
    return format_value_exactly(value, definition)


def format_range(low: float, high: float, definition: MeasureDefinition) -> Message:
    """Between which values something was expected, within what the unit allows."""
    low = max(low, 0.0) if definition.unit == "%" else low
    high = min(high, 100.0) if definition.unit == "%" else high
    return Message(_BETWEEN, low=Number(low, definition.decimals), high=format_value(high, definition))


def format_subject(measure_name: str, period: str, gender: Gender) -> Message | str:
    """Which value: the measure, the period in words, and whom it is about."""
    if not period:
        return measure_name
    period_text = Period.read(period).in_words
    return Message(_WHAT[gender], measure=measure_name, period=period_text)
