"""Converts cases, methods and programmes to and from JSON of their fields, without their standing.

What a field may hold follows from the dataclass. A body that was kept before a field existed gets the field's default.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from domain.story import Standing, StoryKind
from domain.success_bank import STORY_CLASSES, Story

Reader = Callable[[Any], Any]
STANDING: Final = "standing"


def to_body(story: Story) -> dict[str, Any]:
    """Convert a story to JSON types."""
    return {
        field.name: _plain(getattr(story, field.name)) for field in fields(story) if field.name != STANDING
    }


def from_body(kind: StoryKind, body: Mapping[str, Any], standing: Standing) -> Story:
    """Return the story that `to_body` converted."""
    chosen: Any = STORY_CLASSES[kind]
    return chosen(standing=standing, **_values(chosen, body))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a story's field
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _values(kind: type, body: Mapping[str, Any]) -> dict[str, Any]:
    readers = _readers(kind)
    return {name: readers[name](value) for name, value in body.items() if name in readers}


@cache
def _readers(kind: type) -> Mapping[str, Reader]:
    """Return a reader for each field of a dataclass."""
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind) if field.name != STANDING}


def _reader(hint: Any) -> Reader:  # noqa: ANN401 - any type of a story's field
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (_reader(member_type) for member_type in get_args(hint) if member_type is not NoneType)
        return lambda value: None if value is None else inner(value)
    if get_origin(hint) is tuple:
        inners = [_reader(member_type) for member_type in get_args(hint) if member_type is not Ellipsis]
        if Ellipsis in get_args(hint):
            (each,) = inners
            return lambda value: tuple(map(each, value))
        return lambda value: tuple(read(part) for read, part in zip(inners, value, strict=True))
    if is_dataclass(hint):
        made: Any = hint
        return lambda value: made(**_values(made, value))
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum | float):
        return hint
    return lambda value: value
