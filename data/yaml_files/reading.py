"""Reads YAML into the domain's dataclasses, and says on which line what is wrong.

Only what the dataclass has may stand there, of the types that it has. No other object can come out of a file.
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

from domain.errors import UnreadableDefinitionError
from domain.suggestion import did_you_mean
from domain.wording import Sentence, to_translate

LONGEST_FILE: Final = 2_000_000  # characters; ten members and a hundred measures are a tenth of it
DEEPEST: Final = 50  # fields within fields
_TAG: Final = "tag:yaml.org,2002:"
_FAST_LOADER: Final = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # 30 times as fast, and its reasons say less

Read = TypeVar("Read")


class Reading:
    """One file that is being read; `file` is what errors call it."""

    def __init__(self, file: str, *, longest: int = LONGEST_FILE) -> None:
        self.file = file
        self.longest = longest

    def document(self, text: str) -> yaml.MappingNode:
        """The mapping that the file is. Raises `UnreadableDefinitionError`."""
        if len(text) > self.longest:
            raise self.wrong(1, to_translate("filen har {length} tecken"), length=len(text))
        loader = yaml.SafeLoader if len(text) <= LONGEST_FILE else _FAST_LOADER
        try:
            depth = 0
            for event in yaml.parse(text, Loader=loader):
                line = event.start_mark.line + 1
                if isinstance(event, yaml.AliasEvent):
                    raise self.wrong(line, to_translate("hänvisningar med * kan inte användas"))
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST:
                    raise self.wrong(line, to_translate("det ligger för många fält i varandra"))
            found = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            is_unclosed = "end of stream" in str(error.problem)  # then where it was opened says more
            mark = (error.context_mark if is_unclosed else None) or error.problem_mark
            line = mark.line + 1 if mark else 1
            raise self.wrong(
                line, to_translate("texten är ingen YAML ({reason})"), reason=error.problem
            ) from None
        except (yaml.YAMLError, RecursionError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise self.wrong(1, to_translate("texten är ingen YAML ({reason})"), reason=reason) from None
        if not isinstance(found, yaml.MappingNode):
            line = found.start_mark.line + 1 if found else 1
            raise self.wrong(line, to_translate("här väntades fält med namn, kolon och innehåll"))
        return found

    def entries(self, node: yaml.Node, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """The fields of a mapping, none unknown and none twice. Raises `UnreadableDefinitionError`."""
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(_line(node), to_translate("här väntades fält med namn, kolon och innehåll"))
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                hint = did_you_mean(name, known) or Sentence(
                    to_translate(" Fälten är {fields}."), fields=", ".join(known)
                )
                raise self.wrong(_line(key), to_translate("fältet ”{field}” finns inte"), hint, field=name)
            if name in found:
                raise self.wrong(_line(key), to_translate("fältet ”{field}” står två gånger"), field=name)
            found[name] = value
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list. Raises `UnreadableDefinitionError`."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(_line(node), to_translate("här väntades en lista, där varje rad börjar med -"))
        return list(node.value)

    def dataclass(self, kind: type[Read], node: yaml.Node, *, given: Mapping[str, Any] | None = None) -> Read:
        """One dataclass. `given` holds fields that do not come from the file. Raises `UnreadableDefinitionError`."""
        known = given or {}
        hints = _hints(cast(Any, kind))
        expected = {one.name: one for one in fields(kind) if one.name not in known}  # type: ignore[arg-type]
        found = self.entries(node, tuple(expected))
        for name, field in expected.items():
            if name not in found and _is_needed(field):
                raise self.wrong(_line(node), to_translate("fältet ”{field}” saknas"), field=name)
        values = {name: self.value(hints[name], one) for name, one in found.items()}
        return kind(**known, **values)

    def value(self, hint: Any, node: yaml.Node) -> Any:  # noqa: ANN401 - as the type says
        """A value of the type. Raises `UnreadableDefinitionError`."""
        if get_origin(hint) is tuple:
            of = get_args(hint)
            items = self.items(node)
            if of[-1] is Ellipsis:
                return tuple(self.value(of[0], one) for one in items)
            if len(items) != len(of):
                raise self.wrong(_line(node), to_translate("här väntades {n} värden i följd"), n=len(of))
            return tuple(self.value(each, one) for each, one in zip(of, items, strict=True))
        if get_origin(hint) in {Union, UnionType}:
            if _is_nothing(node):
                return None
            (hint,) = [one for one in get_args(hint) if one is not NoneType]
        if is_dataclass(hint) and isinstance(hint, type):
            return self.dataclass(hint, node)
        if not isinstance(node, yaml.ScalarNode):
            raise self.wrong(_line(node), to_translate("här väntades ett enda värde"))
        return self._scalar(hint, node)

    def wrong(self, line: int, problem: str, hint: str = "", **values: object) -> UnreadableDefinitionError:
        """The error that says where and what."""
        return UnreadableDefinitionError(
            line=line, file=self.file, problem=Sentence(problem, **values), hint=hint
        )

    def _scalar(self, hint: Any, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - as the type says
        tag, text = node.tag.removeprefix(_TAG), str(node.value)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            words = [one.value for one in hint]
            if text not in words:
                told = did_you_mean(text, words) or Sentence(
                    to_translate(" Orden är {words}."), words=", ".join(words)
                )
                raise self.wrong(
                    _line(node), to_translate("”{found}” är inget av orden här"), told, found=text
                )
            return hint(text)
        try:
            if hint is str:
                return self._text(node, tag, text)
            if hint is bytes and tag == "binary":
                return b64decode("".join(text.split()), validate=True)
            if hint is bool and tag == "bool":
                return text.lower() in {"yes", "true", "on"}
            if hint is int and tag == "int":
                return int(text)
            if hint is float and tag in {"int", "float"} and isfinite(float(text)):
                return float(text)
            if hint is datetime:
                return datetime.fromisoformat(text).astimezone()
            if hint is date:
                return date.fromisoformat(text)
        except (ValueError, OverflowError):
            pass
        expected = Sentence(_EXPECTED[hint])
        raise self.wrong(
            _line(node), to_translate("”{found}” är inte {expected}"), found=text[:60], expected=expected
        )

    def _text(self, node: yaml.ScalarNode, tag: str, text: str) -> str:
        if tag == "str":
            return text
        if tag == "null" and not text:
            return ""
        told = Sentence(to_translate(" Sätt det inom citattecken, annars läses det som något annat än text."))
        raise self.wrong(_line(node), to_translate("”{found}” är ingen text"), told, found=text[:60])


_EXPECTED: Final[dict[Any, str]] = {
    bool: to_translate("true eller false"),
    int: to_translate("ett heltal"),
    float: to_translate("ett tal"),
    bytes: to_translate("innehållet i en fil, skrivet i base64 efter !!binary"),
    date: to_translate("en dag som 2026-11-21"),
    datetime: to_translate("en tidpunkt som 2026-11-21T14:05:00+01:00"),
}


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}null"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
