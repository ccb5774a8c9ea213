"""A network: six to ten municipalities (or regions) that choose their measures together, and who belongs to it when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from domain.errors import (
    AlreadyMemberError,
    MembershipEndsBeforeItBeginsError,
    NetworkSizeError,
    NotMemberError,
    RepeatedMemberError,
)
from domain.group import NETWORK_SIZE
from domain.place import PlaceKind

SMALLEST_FORMING: Final = 2  # fewer cannot be compared at all


@dataclass(frozen=True, slots=True)
class Membership:
    """One stay in a network, from its first day to its last; `to_day` is None while it lasts."""

    code: str
    from_day: date
    to_day: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, slots=True)
class Network:
    """One network as it is described now, with every stay of every member there has been.

    `contact` names a function, never a private person. A forming network may be smaller than six until
    `forming_until`. `version` rises with each saved change, so that two who save at once are told. `kolada_group`
    is the source's group that it was taken over from.
    """

    id: str
    name: str
    kind: PlaceKind
    memberships: tuple[Membership, ...]
    aim: str = ""
    area_of_work: str = ""
    contact: str = ""
    period_from: date | None = None
    period_to: date | None = None
    forming_until: date | None = None
    next_meeting: date | None = None
    kolada_group: str | None = None
    version: int = 0

    def members_on(self, day: date) -> tuple[str, ...]:
        """The codes of those who belong to it on a day, in the order in which they joined."""
        return tuple(one.code for one in self.memberships if one.covers(day))

    def is_forming_on(self, day: date) -> bool:
        return self.forming_until is not None and day <= self.forming_until

    def with_member(self, code: str, from_day: date) -> Self:
        """The network with one more. Raises `AlreadyMemberError`; the size is checked when it is saved."""
        latest = [
            one
            for one in self.memberships
            if one.code == code and (one.to_day is None or one.to_day >= from_day)
        ]
        if latest:
            raise AlreadyMemberError(place=code, network=self.name)
        return replace(self, memberships=(*self.memberships, Membership(code, from_day)))

    def without_member(self, code: str, last_day: date) -> Self:
        """The network with a stay that ends. Raises `NotMemberError`, `MembershipEndsBeforeItBeginsError`."""
        if code not in {one.code for one in self.memberships if one.to_day is None}:
            raise NotMemberError(place=code, network=self.name)
        ended = []
        for one in self.memberships:
            if one.code == code and one.to_day is None:
                if last_day < one.from_day:
                    raise MembershipEndsBeforeItBeginsError(place=code, from_day=one.from_day)
                one = replace(one, to_day=last_day)
            ended.append(one)
        return replace(self, memberships=tuple(ended))


def check_size(network: Network, day: date) -> None:
    """Six to ten active members; a forming network may have fewer. Raises `NetworkSizeError`, `RepeatedMemberError`."""
    codes = network.members_on(day)
    check_no_repeats(codes, network.name)
    smallest = SMALLEST_FORMING if network.is_forming_on(day) else NETWORK_SIZE.start
    if not smallest <= len(codes) < NETWORK_SIZE.stop:
        raise NetworkSizeError(
            network=network.name, size=len(codes), smallest=smallest, largest=NETWORK_SIZE.stop - 1
        )


def check_no_repeats(codes: Iterable[str], network: str) -> None:
    """Raises `RepeatedMemberError` for the first code that stands twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise RepeatedMemberError(place=code, group=network)
        seen.add(code)
