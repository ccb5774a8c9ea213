"""From what a person wrote (`kolada:G96274`, `similar:Botkyrka` …) to the municipalities that it stands for."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import pandas as pd

from answers.own import OwnMeasures
from domain.errors import (
    FocusOutsideGroupError,
    GroupTooSmallError,
    MixedGroupError,
    NationInGroupError,
    RepeatedMemberError,
    UnknownGroupError,
)
from domain.group import Group, GroupKind, GroupReference
from domain.place import Place, PlaceKind, alphabetical
from domain.suggestion import did_you_mean
from domain.wording import Sentence, to_translate

NEAREST: Final = 7  # as many as Kolada's own lists of similar municipalities hold
SMALLEST_GROUP: Final = 2
_UNWEIGHTED: Final = re.compile(r"\s*\(ovägt medel\)\s*$")
_SIMILAR_TITLE: Final = re.compile(
    r"^Liknande (?:kommuner|regioner), övergripande, (?P<name>.+), (?P<year>\d{4})$"
)
_LIKE_SOMEONE: Final = re.compile(r"^Liknande (?:kommuner|regioner)\b")


class Places(Protocol):
    """What resolving needs to know: every place, and the source's own groups."""

    @property
    def all_places(self) -> Mapping[str, Place]: ...
    @property
    def listed_groups(self) -> pd.DataFrame: ...
    def place(self, code_or_name: str) -> Place: ...
    def listed_members(self, group_id: str) -> tuple[str, ...]: ...
    @property
    def own(self) -> OwnMeasures: ...


def resolved(places: Places, reference: GroupReference) -> Group:
    """The group that a reference stands for.

    Raises `UnknownGroupError`, `UnknownNetworkError`, `UnknownPlaceError`, `RepeatedMemberError`, `MixedGroupError`,
    `NationInGroupError` and `GroupTooSmallError`.
    """
    ways: dict[GroupKind, Callable[[Places, GroupReference], Group]] = {
        GroupKind.CODES: _written_out,
        GroupKind.NETWORK: _network,
        GroupKind.KOLADA: _listed,
        GroupKind.COUNTY: _county,
        GroupKind.SKR: _skr_group,
        GroupKind.SIMILAR: _similar,
        GroupKind.ALL: _everybody,
    }
    return _checked(places, ways[reference.kind](places, reference))


def with_focus(places: Places, group: Group, focus: str | None) -> str | None:
    """The code of the focus, which must be a member. Raises `UnknownPlaceError`, `FocusOutsideGroupError`."""
    if focus is None:
        return None
    place = places.place(focus)
    if place.code not in group.codes:
        raise FocusOutsideGroupError(place=place.name, group=group.name)
    return place.code


def notes_on(group: Group) -> tuple[str, ...]:
    """What a reader should know of the group itself: a network has six to ten members, or is forming."""
    if group.forming_until is not None:
        forming = to_translate("{network} är under bildande till och med {day} och har {size} medlemmar.")
        few = to_translate(
            "{network} är under bildande till och med {day} och har {size} medlemmar. Med färre än sex säger plats och "
            "färg lite."
        )
        text = few if group.is_outside_network_size else forming
        return (
            *group.notes,
            Sentence(text, network=group.name, day=group.forming_until, size=len(group.codes)),
        )
    is_network = group.reference.kind in (GroupKind.CODES, GroupKind.KOLADA, GroupKind.NETWORK)
    if not (is_network and group.is_outside_network_size):
        return group.notes
    text = to_translate(
        "Gruppen har {size} medlemmar. Ett nätverk har sex till tio; med färre säger plats och färg lite, "
        "med fler är det svårt att lära av var och en."
    )
    return (*group.notes, Sentence(text, size=len(group.codes)))


def is_like_someone(title: str) -> bool:
    """Whether a listed group is one of the source's lists of places similar to one of them."""
    return _LIKE_SOMEONE.match(title) is not None


def tidy_title(title: str) -> str:
    """A listed group's title without the words that say how its mean is made."""
    return _UNWEIGHTED.sub("", " ".join(title.split()))


def _written_out(places: Places, reference: GroupReference) -> Group:
    codes = [places.place(word).code for word in reference.key.split(",") if word.strip()]
    text = to_translate("Egen grupp med {size} kommuner")
    if codes and places.all_places[codes[0]].kind is PlaceKind.REGION:
        text = to_translate("Egen grupp med {size} regioner")
    return Group(
        GroupReference(GroupKind.CODES, ",".join(codes)), Sentence(text, size=len(codes)), tuple(codes)
    )


def _network(places: Places, reference: GroupReference) -> Group:
    """One of our own networks with those who belong to it on the day of what is known."""
    network = places.own.network(reference.key)
    codes = [code for code in places.own.members(network) if code in places.all_places]
    day = places.own.day_for(network)
    is_forming = network.is_forming_on(day)
    younger = to_translate(
        "{network} bildades {day}. Jämförelsen gäller en tid dessförinnan och visar de första medlemmarna."
    )
    return Group(
        GroupReference(GroupKind.NETWORK, network.id),
        network.name,
        _by_name(places, codes),
        forming_until=network.forming_until if is_forming else None,
        notes=(Sentence(younger, network=network.name, day=day),) if day > places.own.day else (),
    )


def _listed(places: Places, reference: GroupReference) -> Group:
    groups = places.listed_groups
    titles = {tidy_title(title).casefold(): group_id for group_id, title in _pairs(groups)}
    by_id = dict(_pairs(groups))
    group_id = reference.key if reference.key in by_id else titles.get(tidy_title(reference.key).casefold())
    group_id = group_id or next((one for one in by_id if one.casefold() == reference.key.casefold()), None)
    if group_id is None:
        near = did_you_mean(reference.key, [*by_id, *(tidy_title(title) for title in by_id.values())])
        raise UnknownGroupError(group=reference, suggestion=near)
    codes = [code for code in places.listed_members(group_id) if code in places.all_places]
    name = tidy_title(by_id[group_id])
    return Group(GroupReference(GroupKind.KOLADA, group_id), name, _by_name(places, codes))


def _county(places: Places, reference: GroupReference) -> Group:
    counties = {
        one.county_code: one.county_name
        for one in places.all_places.values()
        if one.kind is PlaceKind.MUNICIPALITY and one.county_code
    }
    by_name = {name.casefold(): code for code, name in counties.items()}
    code = reference.key.zfill(2) if reference.key.isdigit() else by_name.get(reference.key.casefold(), "")
    if code not in counties:
        raise UnknownGroupError(
            group=reference, suggestion=did_you_mean(reference.key, [*counties, *counties.values()])
        )
    codes = [one.code for one in _municipalities(places) if one.county_code == code]
    return Group(GroupReference(GroupKind.COUNTY, code), counties[code], _by_name(places, codes))


def _skr_group(places: Places, reference: GroupReference) -> Group:
    names = {one.skr_group.casefold(): one.skr_group for one in _municipalities(places) if one.skr_group}
    name = names.get(" ".join(reference.key.casefold().split()))
    if name is None:
        raise UnknownGroupError(group=reference, suggestion=did_you_mean(reference.key, names.values()))
    codes = [one.code for one in _municipalities(places) if one.skr_group == name]
    return Group(GroupReference(GroupKind.SKR, name), name, _by_name(places, codes))


def _similar(places: Places, reference: GroupReference) -> Group:
    """The place and those most like it: the source's newest list, else the nearest by inhabitants of its kind."""
    place = places.place(reference.key)
    own_reference = GroupReference(GroupKind.SIMILAR, place.code)
    year, group_id = max(_similar_lists(places, place), default=(0, ""))
    if group_id:
        peers = [
            code
            for code in places.listed_members(group_id)
            if code in places.all_places and code != place.code
        ]
        name = Sentence(
            to_translate("{place} och liknande kommuner ({year} års lista)"), place=place.name, year=year
        )
    else:
        peers = _nearest_by_inhabitants(places, place)
        name = Sentence(
            to_translate("{place} och de närmaste i folkmängd inom {skr_group}"),
            place=place.name,
            skr_group=place.skr_group or Sentence(to_translate("samma slag")),
        )
    return Group(own_reference, name, (place.code, *_by_name(places, peers)))


def _similar_lists(places: Places, place: Place) -> list[tuple[int, str]]:
    found = (
        (_SIMILAR_TITLE.match(" ".join(title.split())), group_id)
        for group_id, title in _pairs(places.listed_groups)
    )
    return [
        (int(title["year"]), group_id) for title, group_id in found if title and title["name"] == place.name
    ]


def _nearest_by_inhabitants(places: Places, place: Place) -> list[str]:
    def inhabitants(one: Place) -> float:
        return math.log(one.population[-1][1]) if one.population else math.nan

    others = [
        one
        for one in places.all_places.values()
        if one.kind is place.kind
        and one.skr_group == place.skr_group
        and one.code != place.code
        and one.population
    ]
    here = inhabitants(place)
    others.sort(key=lambda one: (abs(inhabitants(one) - here), one.code))
    return [one.code for one in others[:NEAREST]]


def _everybody(places: Places, reference: GroupReference) -> Group:
    codes = [one.code for one in _municipalities(places)]
    return Group(reference, Sentence(to_translate("Alla kommuner")), _by_name(places, codes))


def _checked(places: Places, group: Group) -> Group:
    """The group, if its members can be compared with each other."""
    repeated = [code for code, times in Counter(group.codes).items() if times > 1]
    if repeated:
        raise RepeatedMemberError(place=places.all_places[repeated[0]].name, group=group.reference)
    kinds = {places.all_places[code].kind for code in group.codes}
    if PlaceKind.NATION in kinds:
        raise NationInGroupError
    if len(kinds) > 1:
        regions = [one.name for one in map(places.place, group.codes) if one.kind is PlaceKind.REGION]
        raise MixedGroupError(group=group.reference, places=", ".join(regions))
    if len(group.codes) < SMALLEST_GROUP:
        raise GroupTooSmallError(group=group.reference, size=len(group.codes))
    return group


def _municipalities(places: Places) -> list[Place]:
    return [one for one in places.all_places.values() if one.kind is PlaceKind.MUNICIPALITY]


def _by_name(places: Places, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: alphabetical(places.all_places[code].name)))


def _pairs(groups: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(groups["group_id"].tolist(), groups["title"].tolist(), strict=True))
