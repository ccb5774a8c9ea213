"""Drafts new networks, from named places or from one of Kolada's groups."""

from collections.abc import Sequence
from datetime import date

from answers.library import Library
from data.reference import places
from domain.errors.choices import UnknownPlaceError
from domain.group import GroupKind, GroupReference
from domain.network import Membership, Network
from domain.place import Place, PlaceKind
from domain.suggestion import suggest_similar


def find_place(code_or_name: str) -> Place:
    """Return the place with this code or name. Raises `UnknownPlaceError` with similar names."""
    word = code_or_name.strip()
    by_name = {place.name.casefold(): place for place in places().values()}
    place = places().get(word) or by_name.get(word.casefold())
    if place is None:
        suggestion = suggest_similar(word, [*(known.name for known in places().values()), *places()])
        raise UnknownPlaceError(place=word, suggestion=suggestion)
    return place


def draft_network(name: str, codes_or_names: Sequence[str], from_day: date) -> Network:
    """Return an unsaved network of these places, of regions if the first is one. Raises `UnknownPlaceError`."""
    members = [find_place(word) for word in codes_or_names if word.strip()]
    return Network(
        id="",
        name=name,
        kind=members[0].kind if members else PlaceKind.MUNICIPALITY,
        memberships=tuple(Membership(member.code, from_day) for member in members),
    )


def draft_network_from_kolada(library: Library, group: str, from_day: date, name: str = "") -> Network:
    """Return an unsaved network of the members of a Kolada group, which is named by its id or title.

    Its name is the group's unless `name` is given. Raises `UnknownGroupError` and what resolving a group raises.
    """
    resolved = library.groups.resolve(GroupReference(GroupKind.KOLADA, group))
    return Network(
        id="",
        name=name or str(resolved.name),
        kind=library.places.by_code[resolved.codes[0]].kind,
        memberships=tuple(Membership(code, from_day) for code in resolved.codes),
        kolada_group=resolved.reference.key,
    )
