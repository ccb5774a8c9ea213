"""Whom one compares with, written as one word: `codes:0126,0127`, `kolada:G96274`, `network:Södertörn`, `all` …"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from domain.errors.choices import UnknownGroupError
from domain.message import Message

NETWORK_SIZE: Final = range(6, 11)  # a network has six to ten members


class GroupKind(StrEnum):
    CODES = "codes"
    NETWORK = "network"
    KOLADA = "kolada"
    COUNTY = "county"
    SKR = "skr"
    SIMILAR = "similar"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class GroupReference:
    """What a person wrote: a kind and the key within it. Resolved to members elsewhere."""

    kind: GroupKind
    key: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `kind:key` or `all`. Raises `UnknownGroupError`."""
        kind, _, key = text.strip().partition(":")
        try:
            group_kind = GroupKind(kind.strip().lower())
        except ValueError:
            raise UnknownGroupError(group=text, suggestion="") from None
        if (group_kind is GroupKind.ALL) == bool(key.strip()):
            raise UnknownGroupError(group=text, suggestion="")
        return cls(group_kind, key.strip())

    def __str__(self) -> str:
        return self.kind if self.kind is GroupKind.ALL else f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """A reference and the municipalities that it stood for, in the order in which they are listed.

    `forming_until` is set for a network that may still be smaller than six. `notes` say who is in it.
    """

    reference: GroupReference
    name: Message | str
    codes: tuple[str, ...]
    forming_until: date | None = None
    notes: tuple[Message, ...] = ()

    @property
    def network_id(self) -> str | None:
        """The network that it is, if it is one of our own."""
        return self.reference.key if self.reference.kind is GroupKind.NETWORK else None

    @property
    def is_outside_network_size(self) -> bool:
        return len(self.codes) not in NETWORK_SIZE
