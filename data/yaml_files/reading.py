"""Reads YAML into the domain's dataclasses and reports errors with their line.

A file may hold only the fields of the dataclass, with values of their types. No other kind of object is ever created.
"""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from domain.errors.fields import UnreadableDefinitionError
from domain.message import Message, Value, to_translate
from domain.suggestion import suggest_similar

MAX_LENGTH: Final = (
    2_000_000  # characters; a network of ten members and a hundred measures takes a tenth of it
)
MAX_DEPTH: Final = 50  # mappings and lists nested in each other
_TAG_PREFIX: Final = "tag:yaml.org,2002:"
_FAST_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # written in C: 30 times as fast

DataClass = TypeVar("DataClass")


class YamlReader:
    """Reads one file. `file` is its name in error messages; a text of more than `max_length` characters is refused."""

    def __init__(self, file: str, *, max_length: int = MAX_LENGTH) -> None:
        self.file = file
        self.max_length = max_length

    def parse(self, text: str) -> yaml.MappingNode:
        """Return the file's top-level mapping. Raises `UnreadableDefinitionError`."""
        if len(text) > self.max_length:
            raise self.error(1, to_translate("filen har {length} tecken"), length=len(text))
        try:
            document = self._compose(text, _FAST_LOADER)
        except (yaml.YAMLError, UnicodeError) as error:  # UnicodeError: a lone surrogate
            document = self._explain_syntax_error(text, error)
        if not isinstance(document, yaml.MappingNode):
            line = document.start_mark.line + 1 if document else 1
            raise self.error(line, to_translate("här väntades fält med namn, kolon och innehåll"))
        return document

    def read_mapping(self, node: yaml.Node, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return the nodes of a mapping by field name. Raises `UnreadableDefinitionError` for unknown and repeated fields."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(_line(node), to_translate("här väntades fält med namn, kolon och innehåll"))
        nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                hint = suggest_similar(name, known) or Message(
                    to_translate(" Fälten är {fields}."), fields=", ".join(known)
                )
                raise self.error(_line(key), to_translate("fältet ”{field}” finns inte"), hint, field=name)
            if name in nodes:
                raise self.error(_line(key), to_translate("fältet ”{field}” står två gånger"), field=name)
            nodes[name] = value
        return nodes

    def read_list(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the nodes of a list. Raises `UnreadableDefinitionError`."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(_line(node), to_translate("här väntades en lista, där varje rad börjar med -"))
        return list(node.value)

    def read_dataclass(
        self, kind: type[DataClass], node: yaml.Node, *, given: Mapping[str, Any] | None = None
    ) -> DataClass:
        """Return an instance of `kind`. `given`: fields that do not come from the file. Raises `UnreadableDefinitionError`."""
        given = given or {}
        types = _field_types(cast(Any, kind))
        expected = {field.name: field for field in fields(kind) if field.name not in given}  # type: ignore[arg-type]
        nodes = self.read_mapping(node, tuple(expected))
        for name, field in expected.items():
            if name not in nodes and _is_required(field):
                raise self.error(_line(node), to_translate("fältet ”{field}” saknas"), field=name)
        values = {name: self.read_value(types[name], value) for name, value in nodes.items()}
        return kind(**given, **values)

    def read_value(self, type_: Any, node: yaml.Node) -> Any:  # noqa: ANN401 - any type of a dataclass's field
        """Return the node's value as `type_`. Raises `UnreadableDefinitionError`."""
        if get_origin(type_) is tuple:
            return self._read_tuple(get_args(type_), node)
        if get_origin(type_) in {Union, UnionType}:
            if _is_null(node):
                return None
            (type_,) = [option for option in get_args(type_) if option is not NoneType]
        if is_dataclass(type_) and isinstance(type_, type):
            return self.read_dataclass(type_, node)
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(_line(node), to_translate("här väntades ett enda värde"))
        return self._read_scalar(type_, node)

    def error(
        self, line: int, problem: str, hint: Message | str = "", **values: Value
    ) -> UnreadableDefinitionError:
        """Return the error for a problem on a line."""
        return UnreadableDefinitionError(
            line=line, file=self.file, problem=Message(problem, **values), hint=hint
        )

    def _compose(self, text: str, loader: Any) -> yaml.Node | None:  # noqa: ANN401 - PyYAML has no types
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent):
                raise self.error(line, to_translate("hänvisningar med * kan inte användas"))
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise self.error(line, to_translate("det ligger för många fält i varandra"))
        document: yaml.Node | None = yaml.compose(text, Loader=loader)
        return document

    def _explain_syntax_error(self, text: str, error: Exception) -> yaml.Node | None:
        """Parse again with the slow loader, whose errors say more, if the text is short enough for it.

        Raises `UnreadableDefinitionError` unless the slow loader accepts the text.
        """
        try:
            if len(text) > MAX_LENGTH:
                raise error
            return self._compose(text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as marked:
            is_unclosed = "end of stream" in str(
                marked.problem
            )  # then the line where it was opened says more
            mark = (marked.context_mark if is_unclosed else None) or marked.problem_mark
            line = mark.line + 1 if mark else 1
            raise self.error(
                line, to_translate("texten är ingen YAML ({reason})"), reason=marked.problem
            ) from None
        except (yaml.YAMLError, UnicodeError, RecursionError) as other:
            reason = str(other).splitlines()[0] if str(other) else type(other).__name__
            raise self.error(1, to_translate("texten är ingen YAML ({reason})"), reason=reason) from None

    def _read_tuple(self, types: tuple[Any, ...], node: yaml.Node) -> tuple[Any, ...]:
        items = self.read_list(node)
        if types[-1] is Ellipsis:
            return tuple(self.read_value(types[0], item) for item in items)
        if len(items) != len(types):
            raise self.error(_line(node), to_translate("här väntades {n} värden i följd"), n=len(types))
        return tuple(self.read_value(type_, item) for type_, item in zip(types, items, strict=True))

    def _read_scalar(self, type_: Any, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - as the type says
        tag, text = node.tag.removeprefix(_TAG_PREFIX), str(node.value)
        if isinstance(type_, type) and issubclass(type_, StrEnum):
            return self._read_word(type_, text, _line(node))
        try:
            if type_ is str:
                return self._read_text(node, tag, text)
            if type_ is bytes and tag == "binary":
                return b64decode("".join(text.split()), validate=True)
            if type_ is bool and tag == "bool":
                return text.lower() in {"yes", "true", "on"}
            if type_ is int and tag == "int":
                return int(text)
            if type_ is float and tag in {"int", "float"} and isfinite(float(text)):
                return float(text)
            if type_ is datetime:
                return datetime.fromisoformat(text).astimezone()
            if type_ is date:
                return date.fromisoformat(text)
        except (ValueError, OverflowError):
            pass
        expected = Message(_EXPECTED[type_])
        raise self.error(
            _line(node), to_translate("”{found}” är inte {expected}"), found=text[:60], expected=expected
        )

    def _read_word(self, words: type[StrEnum], text: str, line: int) -> StrEnum:
        known = [word.value for word in words]
        if text not in known:
            hint = suggest_similar(text, known) or Message(
                to_translate(" Orden är {words}."), words=", ".join(known)
            )
            raise self.error(line, to_translate("”{found}” är inget av orden här"), hint, found=text)
        return words(text)

    def _read_text(self, node: yaml.ScalarNode, tag: str, text: str) -> str:
        if tag == "str":
            return text
        if tag == "null" and not text:
            return ""
        hint = Message(to_translate(" Sätt det inom citattecken, annars läses det som något annat än text."))
        raise self.error(_line(node), to_translate("”{found}” är ingen text"), hint, found=text[:60])


_EXPECTED: Final[dict[Any, str]] = {
    bool: to_translate("true eller false"),
    int: to_translate("ett heltal"),
    float: to_translate("ett tal"),
    bytes: to_translate("innehållet i en fil, skrivet i base64 efter !!binary"),
    date: to_translate("en dag som 2026-11-21"),
    datetime: to_translate("en tidpunkt som 2026-11-21T14:05:00+01:00"),
}


@cache
def _field_types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG_PREFIX}null"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
