"""Texts that people will read: Swedish in the code, rendered in the reader's language where they are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias


def to_translate(text: str) -> str:
    """The same text, marked so that the translation catalogue finds it."""
    return text


@dataclass(frozen=True, slots=True)
class Count:
    """A count of something, grouped by thousands when rendered: `3 479`."""

    count: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is rendered with a fixed count of decimals: `−12 345,6`."""

    number: float
    decimals: int


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor that is rendered with three significant digits: `0,01`."""

    factor: float


class Message:
    """A Swedish text with `{named}` places, and the values that fill them. It is no `str`: `language.rendering` makes it one.

    Messages are equal if their text and values are. Values are translated and formatted only when rendered: messages
    among them in the same language, numbers with its separators. A plain `int` is not grouped (a year, a row).
    """

    __slots__ = ("text", "values")
    text: str
    values: Mapping[str, "Value"]

    def __init__(self, text: str, /, **values: "Value") -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a message is not changed: {name}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.text == other.text and dict(self.values) == dict(other.values)

    def __hash__(self) -> int:
        return hash((self.text, frozenset(self.values.items())))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Message({self.text!r}{values})"

    def __str__(self) -> str:
        raise TypeError(f"a message must be rendered in a language, not made a string: {self!r}")

    def __reduce__(self) -> tuple[object, ...]:
        return _make_message, (self.text, self.values)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in a row. `separator` stands between two of them, `last` before the last; both are translated."""

    items: tuple["Value", ...]
    last: str = ", "
    separator: str = ", "


Value: TypeAlias = str | int | date | Message | Count | Number | Factor | Listing
AND: Final = to_translate(" och ")
OR: Final = to_translate(" eller ")


def fill_in(
    value: Value, translate: Callable[[str], str], format_number: Callable[[Count | Number | Factor], str]
) -> str:
    """The value as text: messages translated with `translate`, a gettext function, and filled in."""
    if isinstance(value, Message):
        filled = {name: fill_in(item, translate, format_number) for name, item in value.values.items()}
        return translate(value.text).format(**filled)
    if isinstance(value, Listing):
        *others, last = [fill_in(item, translate, format_number) for item in value.items] or [""]
        return translate(value.last).join([*filter(None, [translate(value.separator).join(others)]), last])
    if isinstance(value, Count | Number | Factor):
        return format_number(value)
    return str(value)


def source_text(value: Value) -> str:
    """The value in Swedish for logs and tracebacks, numbers as the code writes them."""
    return fill_in(value, lambda text: text, _plain_number)


def _plain_number(value: Count | Number | Factor) -> str:
    if isinstance(value, Count):
        return str(value.count)
    return f"{value.number:.{value.decimals}f}" if isinstance(value, Number) else f"{value.factor:.3g}"


def _make_message(text: str, values: Mapping[str, Value]) -> Message:
    return Message(text, **values)
