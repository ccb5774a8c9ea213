"""Networks: their descriptions, and their members over time. Every version stays readable."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.reference import places
from data.workspace.changing import Change, What, place_name, subject_of
from data.workspace.people import write_person
from data.workspace.tables import MembershipRow, NetworkRow, NetworkVersionRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.errors.choices import UnknownPlaceError, UnusableGroupError
from domain.errors.networks import NameTakenError, UnknownNetworkError
from domain.kept_text import LONGEST_NAME, check_text, check_texts
from domain.naming import check_id, slug
from domain.network import Membership, Network, check_size, check_stays, days_of_change
from domain.place import PlaceKind, alphabetical
from domain.rights import ANYTHING, Action, HeldRole, Person, Role, may
from domain.suggestion import suggest_similar

_DESCRIBED = tuple(
    field.name for field in fields(Network) if field.name not in {"id", "memberships", "version"}
)


def networks(workspace: Workspace, *, as_of: datetime | None = None) -> tuple[Network, ...]:
    """Return all networks in alphabetical order, as of now or of a moment.

    One that nobody had written down then is given in its first version, for there is nothing older.
    """
    with workspace.reading() as session:
        return tuple(
            sorted(
                read_networks(session, as_of=as_of),
                key=lambda read_network: (alphabetical(read_network.name), read_network.id),
            )
        )


def network(workspace: Workspace, id_or_name: str, *, as_of: datetime | None = None) -> Network:
    """Return the network with this id or name. Raises `UnknownNetworkError` with the nearest names."""
    with workspace.reading() as session:
        return find_network(session, id_or_name, as_of=as_of)


def create_network(workspace: Workspace, actor: Person, network: Network, today: date) -> Network:
    """Create a network; an empty id is made from the name. Its creator becomes its coordinator.

    Raises `NotAllowedError`, `NameTakenError`, `NetworkSizeError`, `UnusableGroupError` and the errors of texts,
    stays and places.
    """
    check_text(network.name, FIELD_NAMES["name"], longest=LONGEST_NAME, is_needed=True)
    chosen = replace(network, id=network.id or slug(network.name), version=0)
    what = What(SubjectKind.NETWORK, chosen.id, requested=chosen, network_id=chosen.id)
    try:
        with workspace.changing(actor, Action.CREATE_NETWORK, ANYTHING, what) as change:
            return write_new_network(change, chosen, today)
    except IntegrityError:
        raise NameTakenError(name=network.name) from None


def save_network(workspace: Workspace, actor: Person, network: Network, today: date) -> Network:
    """Save a changed description or changed memberships of the network that was read.

    Raises `NotAllowedError`, `ChangedMeanwhileError`, and what `create_network` raises.
    """
    with workspace.reading() as session:
        stored = find_network(session, network.id)
    what = What(SubjectKind.NETWORK, stored.id, requested=network, network_id=stored.id)
    try:
        with workspace.changing(actor, Action.CHANGE_NETWORK, subject_of(stored, day=today), what) as change:
            version = change.claim(NetworkRow, {"id": network.id}, network.version)
            before = find_network(change.session, network.id, version=network.version)
            saved = replace(network, version=version)
            _check(saved, today, before)
            change.session.get_one(NetworkRow, network.id).name_key = _name_key(network.name)
            _write_version(change, saved)
            change.note(before, saved)
            return saved
    except IntegrityError:
        raise NameTakenError(name=network.name) from None


def join(
    workspace: Workspace, actor: Person, network: Network, code: str, from_day: date, today: date
) -> Network:
    """Add a member from a day on. Raises `AlreadyMemberError` and what `save_network` raises."""
    return save_network(workspace, actor, network.with_member(code, from_day), today)


def leave(
    workspace: Workspace, actor: Person, network: Network, code: str, last_day: date, today: date
) -> Network:
    """Set a member's last day. Raises `NotMemberError`, `MembershipEndsBeforeItBeginsError` and what `save_network` raises."""
    return save_network(workspace, actor, network.without_member(code, last_day), today)


# Within a transaction


def write_new_network(change: Change, network: Network, today: date) -> Network:
    """Write a new network and its log entry within a change, and make its creator its coordinator."""
    check_id(network.id)
    stored = replace(network, version=1)
    _check(stored, today, before=None)
    change.session.add(
        NetworkRow(id=stored.id, name_key=_name_key(stored.name), version=1, created_at=change.at)
    )
    change.session.flush()
    _write_version(change, stored)
    change.note(None, stored, What(SubjectKind.NETWORK, stored.id, network_id=stored.id))
    creator = change.actor
    if creator.version and not may(creator, Action.CHANGE_NETWORK, subject_of(stored)):
        role = HeldRole(Role.COORDINATOR, stored.id)
        others = tuple(held for held in creator.roles if held != HeldRole(Role.COORDINATOR))
        write_person(change, replace(creator, roles=(*others, role)))
    return stored


def read_networks(
    session: Session, *, ids: Iterable[str] | None = None, as_of: datetime | None = None
) -> list[Network]:
    """Return networks as of now or of a moment."""
    question = select(NetworkRow.id, NetworkRow.version)
    if ids is not None:
        question = question.where(NetworkRow.id.in_(list(ids)))
    version_by_network = dict(session.execute(question).all())
    if as_of is not None:
        known = select(NetworkVersionRow.network_id, func.max(NetworkVersionRow.version))
        known = known.where(NetworkVersionRow.saved_at <= as_of).group_by(NetworkVersionRow.network_id)
        then = dict(session.execute(known).all())
        version_by_network = {network_id: then.get(network_id, 1) for network_id in version_by_network}
    return _read_versions(session, list(version_by_network.items()))


def find_network(
    session: Session, id_or_name: str, *, as_of: datetime | None = None, version: int | None = None
) -> Network:
    """Return the network with this id or name. Raises `UnknownNetworkError`."""
    key = _name_key(id_or_name)
    network_id = session.scalar(
        select(NetworkRow.id)
        .where((NetworkRow.id == id_or_name) | (NetworkRow.name_key == key) | (NetworkRow.id == key))
        .order_by(NetworkRow.id != id_or_name)
        .limit(1)
    )
    if network_id is None:
        known = read_networks(session)
        near = suggest_similar(
            id_or_name, [*(network.name for network in known), *(network.id for network in known)]
        )
        raise UnknownNetworkError(network=id_or_name, suggestion=near)
    if version is not None:
        return _read_versions(session, [(network_id, version)])[0]
    return read_networks(session, ids=[network_id], as_of=as_of)[0]


def _read_versions(session: Session, versions: Sequence[tuple[str, int]]) -> list[Network]:
    """Return networks, each in the given version."""
    stays: dict[str, list[Membership]] = {}
    rows = session.scalars(
        select(MembershipRow)
        .where(tuple_(MembershipRow.network_id, MembershipRow.version).in_(versions))
        .order_by(MembershipRow.network_id, MembershipRow.position)
    )
    for row in rows:
        stays.setdefault(row.network_id, []).append(Membership(row.code, row.from_day, row.to_day))
    described = session.scalars(
        select(NetworkVersionRow)
        .where(tuple_(NetworkVersionRow.network_id, NetworkVersionRow.version).in_(versions))
        .order_by(NetworkVersionRow.network_id)
    )
    return [
        Network(
            id=row.network_id,
            memberships=tuple(stays.get(row.network_id, ())),
            version=row.version,
            **{name: getattr(row, name) for name in _DESCRIBED},
        )
        for row in described
    ]


def _write_version(change: Change, network: Network) -> None:
    change.session.add(
        NetworkVersionRow(
            network_id=network.id,
            version=network.version,
            saved_at=change.at,
            **{name: getattr(network, name) for name in _DESCRIBED},
        )
    )
    change.session.flush()
    change.session.add_all(
        MembershipRow(
            network_id=network.id,
            version=network.version,
            position=position,
            code=membership.code,
            from_day=membership.from_day,
            to_day=membership.to_day,
        )
        for position, membership in enumerate(network.memberships)
    )


def _check(network: Network, today: date, before: Network | None) -> None:
    """Check a network before it is saved; its size only where the members change."""
    check_texts({name: getattr(network, name) for name in _DESCRIBED}, FIELD_NAMES)
    for stay in network.memberships:
        place = places().get(stay.code)
        if place is None:
            near = suggest_similar(stay.code, [*places(), *(place.name for place in places().values())])
            raise UnknownPlaceError(place=stay.code, suggestion=near)
        if place.kind is PlaceKind.NATION:
            raise UnusableGroupError(UnusableGroupError.NATION)
        if place.kind is not network.kind:
            raise UnusableGroupError(UnusableGroupError.MIXED, group=network.name, places=place.name)
    named = replace(
        network,
        memberships=tuple(
            replace(membership, code=place_name(membership.code)) for membership in network.memberships
        ),
    )  # so that an error says the name
    check_stays(named)
    is_resized = before is None or (before.memberships, before.forming_until) != (
        network.memberships,
        network.forming_until,
    )
    if is_resized:
        for day in days_of_change(network, today):
            check_size(named, day)


def _name_key(name: str) -> str:
    """Return the key by which two names are the same."""
    return " ".join(name.casefold().split())[:255]
