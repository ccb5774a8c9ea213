"""A network: six to ten municipalities (or regions) that choose their measures together, and who belongs to it when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Self

from domain.errors.choices import UnusableGroupError
from domain.errors.networks import (
    AlreadyMemberError,
    BackwardPeriodError,
    MembershipEndsBeforeItBeginsError,
    NetworkSizeError,
    NotMemberError,
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
        return self.from_day <= day and self.ends_on_or_after(day)

    def ends_on_or_after(self, day: date) -> bool:
        return self.to_day is None or day <= self.to_day


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
    wants_sign_off: bool = False  # a second person approves what members publish
    is_made_up: bool = False  # part of the demonstration; shown only beside made-up values
    version: int = 0

    def members_on(self, day: date) -> tuple[str, ...]:
        """The codes of those who belong to it on a day, in the order in which they joined."""
        return tuple(membership.code for membership in self.memberships if membership.covers(day))

    def is_forming_on(self, day: date) -> bool:
        return self.forming_until is not None and day <= self.forming_until

    def with_member(self, code: str, from_day: date) -> Self:
        """The network with one more. Raises `AlreadyMemberError`; the size is checked when it is saved."""
        if any(
            membership.code == code and membership.ends_on_or_after(from_day)
            for membership in self.memberships
        ):
            raise AlreadyMemberError(place=code, network=self.name)
        return replace(self, memberships=(*self.memberships, Membership(code, from_day)))

    def without_member(self, code: str, last_day: date) -> Self:
        """The network with a stay that ends. Raises `NotMemberError`, `MembershipEndsBeforeItBeginsError`."""
        if code not in {membership.code for membership in self.memberships if membership.to_day is None}:
            raise NotMemberError(place=code, network=self.name)
        ended = []
        for membership in self.memberships:
            if membership.code == code and membership.to_day is None:
                if last_day < membership.from_day:
                    raise MembershipEndsBeforeItBeginsError(place=code, from_day=membership.from_day)
                membership = replace(membership, to_day=last_day)
            ended.append(membership)
        return replace(self, memberships=tuple(ended))


def check_size(network: Network, day: date) -> None:
    """Six to ten active members; a forming network may have fewer. Raises `NetworkSizeError`, `UnusableGroupError`."""
    codes = network.members_on(day)
    check_no_repeats(codes, network.name)
    smallest = SMALLEST_FORMING if network.is_forming_on(day) else NETWORK_SIZE.start
    if not smallest <= len(codes) < NETWORK_SIZE.stop:
        raise NetworkSizeError(
            network=network.name, size=len(codes), smallest=smallest, largest=NETWORK_SIZE.stop - 1
        )


def check_stays(network: Network) -> None:
    """Every stay ends after it begins and no member is in twice on any day; the period runs forward.

    Raises `MembershipEndsBeforeItBeginsError`, `UnusableGroupError`, `BackwardPeriodError`.
    """
    if network.period_from and network.period_to and network.period_to < network.period_from:
        raise BackwardPeriodError(from_day=network.period_from, to_day=network.period_to)
    last: dict[str, Membership] = {}
    for stay in sorted(network.memberships, key=lambda membership: (membership.code, membership.from_day)):
        if stay.to_day is not None and stay.to_day < stay.from_day:
            raise MembershipEndsBeforeItBeginsError(place=stay.code, from_day=stay.from_day)
        if stay.code in last and last[stay.code].ends_on_or_after(stay.from_day):
            raise UnusableGroupError(UnusableGroupError.REPEATED_MEMBER, place=stay.code, group=network.name)
        last[stay.code] = stay


def days_of_change(network: Network, since: date) -> tuple[date, ...]:
    """The day itself and every later day on which the members become others, rising."""
    days = {membership.from_day for membership in network.memberships}
    days |= {
        membership.to_day + timedelta(days=1)
        for membership in network.memberships
        if membership.to_day not in {None, date.max}
    }
    return (since, *sorted(day for day in days if day > since))


def check_no_repeats(codes: Iterable[str], network: str) -> None:
    """Raises `UnusableGroupError` for the first code that stands twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise UnusableGroupError(UnusableGroupError.REPEATED_MEMBER, place=code, group=network)
        seen.add(code)
