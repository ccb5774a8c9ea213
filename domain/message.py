"""Texts that people will read: Swedish in the code, rendered in the reader's language where they are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from typing import Final, Generic, TypeAlias, TypeVar

Key = TypeVar("Key")


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


class _Filled(Generic[Key]):
    """Something with values in it that is equal by content, cannot be changed and is no `str`."""

    __slots__ = ("key", "values")
    key: Key
    values: Mapping[str, "Value"]

    def __init__(self, key: Key, /, **values: "Value") -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is not changed: {name}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Filled):
            return NotImplemented
        return type(self) is type(other) and self.key == other.key and dict(self.values) == dict(other.values)

    def __hash__(self) -> int:
        return hash((type(self), self.key, frozenset(self.values.items())))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}({self.key!r}{values})"

    def __str__(self) -> str:
        raise TypeError(f"this must be rendered in a language, not made a string: {self!r}")

    def __reduce__(self) -> tuple[object, ...]:
        return partial(type(self), self.key, **self.values), ()


class Message(_Filled[str]):
    """A Swedish text with `{named}` places, and the values that fill them. It is no `str`: `language.rendering` makes it one.

    Messages are equal if their text and values are. Values are translated and formatted only when rendered: messages
    among them in the same language, numbers with its separators. A plain `int` is not grouped (a year, a row).
    """

    __slots__ = ()

    @property
    def text(self) -> str:
        """The Swedish text with its named places, which is the key of the translation catalogue."""
        return self.key


class Reason(_Filled[Enum]):
    """The outcome of a computation, as an enum and values, without words. `language.reasons` has the texts."""

    __slots__ = ()

    @property
    def kind(self) -> Enum:
        """The enum that decides the text."""
        return self.key


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in a row. `separator` stands between two of them, `last` before the last; both are translated."""

    items: tuple["Value", ...]
    last: str = ", "
    separator: str = ", "


Value: TypeAlias = str | int | date | Message | Reason | Count | Number | Factor | Listing
Explanation: TypeAlias = Message | Reason
AND: Final = to_translate(" och ")
OR: Final = to_translate(" eller ")


def fill_in(
    value: Value,
    translate: Callable[[str], str],
    format_number: Callable[[Count | Number | Factor], str],
    text_of: Callable[[Enum], str],
) -> str:
    """The value as text: messages and the texts of reasons translated with `translate`, a gettext function, and filled in."""

    def fill(value: Value) -> str:
        if isinstance(value, Message | Reason):
            text = value.text if isinstance(value, Message) else text_of(value.kind)
            return translate(text).format(**{name: fill(item) for name, item in value.values.items()})
        if isinstance(value, Listing):
            *others, last = [fill(item) for item in value.items] or [""]
            return translate(value.last).join(
                [*filter(None, [translate(value.separator).join(others)]), last]
            )
        return format_number(value) if isinstance(value, Count | Number | Factor) else str(value)

    return fill(value)


def source_text(value: Value) -> str:
    """The value in Swedish for logs and tracebacks, numbers as the code writes them and reasons by their names."""
    return fill_in(value, lambda text: text, _plain_number, lambda kind: kind.name)


def _plain_number(value: Count | Number | Factor) -> str:
    if isinstance(value, Count):
        return str(value.count)
    return f"{value.number:.{value.decimals}f}" if isinstance(value, Number) else f"{value.factor:.3g}"
