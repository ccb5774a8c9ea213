"""New networks: from places that a person names, or taken over from the source's own groups."""

from collections.abc import Sequence
from datetime import date

from answers.library import Library
from data.reference import places
from domain.errors import UnknownPlaceError
from domain.group import GroupKind, GroupReference
from domain.network import Membership, Network
from domain.place import Place, PlaceKind
from domain.suggestion import did_you_mean


def place_named(code_or_name: str) -> Place:
    """The place with this code or name. Raises `UnknownPlaceError` with the nearest."""
    word = code_or_name.strip()
    named = {one.name.casefold(): one for one in places().values()}
    found = places().get(word) or named.get(word.casefold())
    if found is None:
        near = did_you_mean(word, [*(one.name for one in places().values()), *places()])
        raise UnknownPlaceError(place=word, suggestion=near)
    return found


def network_of(name: str, codes_or_names: Sequence[str], from_day: date) -> Network:
    """A network, not yet kept, of these places; of regions if the first is one. Raises `UnknownPlaceError`."""
    members = [place_named(one) for one in codes_or_names if one.strip()]
    return Network(
        id="",
        name=name,
        kind=members[0].kind if members else PlaceKind.MUNICIPALITY,
        memberships=tuple(Membership(one.code, from_day) for one in members),
    )


def network_from_kolada(library: Library, group: str, from_day: date, name: str = "") -> Network:
    """A network, not yet kept, of the members of one of the source's groups, by its id or title.

    It has the group's name unless told. Raises `UnknownGroupError` and what resolving a group raises.
    """
    found = library.groups.resolve(GroupReference(GroupKind.KOLADA, group))
    return Network(
        id="",
        name=name or str(found.name),
        kind=library.places.by_code[found.codes[0]].kind,
        memberships=tuple(Membership(code, from_day) for code in found.codes),
        kolada_group=found.reference.key,
    )
