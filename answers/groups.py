"""From what a person wrote (`kolada:G96274`, `similar:Botkyrka` …) to the municipalities that it stands for."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from answers.kolada_groups import OVERALL, KoladaGroups
from answers.network_snapshot import NetworkSnapshot
from answers.places import Places
from domain.errors.choices import UnknownGroupError, UnusableGroupError
from domain.group import Group, GroupKind, GroupReference
from domain.message import Message
from domain.place import Place, PlaceKind, alphabetical
from domain.suggestion import suggest_similar
from language import group_texts as texts

NEAREST: Final = 7  # as many as Kolada's own lists of similar municipalities hold
SMALLEST_GROUP: Final = 2


class Groups:
    """The groups that can be compared at one release: networks, Kolada's groups, counties, lists of codes and others.

    load_snapshot: reads the networks, which is done when one is first asked for.
    """

    def __init__(
        self, places: Places, kolada_groups: KoladaGroups, load_snapshot: Callable[[], NetworkSnapshot]
    ) -> None:
        self.kolada = kolada_groups
        self._places = places
        self._load_snapshot = load_snapshot
        self._resolved: dict[GroupReference, Group] = {}

    def resolve(self, reference: GroupReference) -> Group:
        """Return the group that a reference stands for.

        Raises `UnknownGroupError`, `UnknownNetworkError`, `UnknownPlaceError`, `UnusableGroupError`.
        """
        if reference not in self._resolved:
            resolve_kind: dict[GroupKind, Callable[[str], Group]] = {
                GroupKind.CODES: self._listed_codes,
                GroupKind.NETWORK: self._network,
                GroupKind.KOLADA: self._kolada_group,
                GroupKind.COUNTY: self._county,
                GroupKind.SKR: self._skr_group,
                GroupKind.SIMILAR: self._similar,
                GroupKind.ALL: self._all_municipalities,
            }
            group = resolve_kind[reference.kind](reference.key)
            self._check_comparable(group)
            self._resolved[reference] = group
        return self._resolved[reference]

    def kolada_groups_with(self, code: str) -> tuple[Group, ...]:
        """Return Kolada's groups that a place is a member of, the smallest first, without lists of similar places."""
        groups = [
            self.resolve(GroupReference(GroupKind.KOLADA, group_id))
            for group_id in self.kolada.ids_containing(code)
            if len(self.kolada.members(group_id)) >= SMALLEST_GROUP
        ]
        return tuple(sorted(groups, key=lambda group: (len(group.codes), alphabetical(str(group.name)))))

    def networks_with(self, code: str) -> tuple[Group, ...]:
        """Return the networks that a place is a member of, except those with no other member."""
        snapshot = self._load_snapshot()
        return tuple(
            self.resolve(GroupReference(GroupKind.NETWORK, network.id))
            for network in snapshot.networks_with(code)
            if len(snapshot.members(network)) >= SMALLEST_GROUP
        )

    def find_focus(self, group: Group, code_or_name: str) -> str:
        """Return the code of the member that a comparison is read from.

        Raises `UnknownPlaceError`, and `UnusableGroupError` where the place is no member.
        """
        place = self._places.find(code_or_name)
        if place.code not in group.codes:
            raise UnusableGroupError(UnusableGroupError.WITHOUT_FOCUS, place=place.name, group=group.name)
        return place.code

    def _listed_codes(self, key: str) -> Group:
        places = [self._places.find(word) for word in key.split(",") if word.strip()]
        text = texts.OWN_GROUP_OF_MUNICIPALITIES
        if places and places[0].kind is PlaceKind.REGION:
            text = texts.OWN_GROUP_OF_REGIONS
        codes = tuple(place.code for place in places)
        return Group(GroupReference(GroupKind.CODES, ",".join(codes)), Message(text, size=len(codes)), codes)

    def _network(self, key: str) -> Group:
        """Return a network with its members on the day of the snapshot."""
        snapshot = self._load_snapshot()
        network = snapshot.network(key)
        day = snapshot.day_for(network)
        before_founding = texts.BEFORE_FOUNDING
        is_before_founding = day > snapshot.day
        return Group(
            GroupReference(GroupKind.NETWORK, network.id),
            network.name,
            self._sorted_by_name(snapshot.members(network)),
            forming_until=network.forming_until if network.is_forming_on(day) else None,
            notes=(Message(before_founding, network=network.name, day=day),) if is_before_founding else (),
        )

    def _kolada_group(self, key: str) -> Group:
        kolada_group = self.kolada.find(key)
        if kolada_group is None:
            titles = (group.title for group in self.kolada.by_id.values())
            suggestion = suggest_similar(key, [*self.kolada.by_id, *titles])
            raise UnknownGroupError(group=GroupReference(GroupKind.KOLADA, key), suggestion=suggestion)
        return Group(
            GroupReference(GroupKind.KOLADA, kolada_group.id),
            kolada_group.title,
            self._sorted_by_name(self.kolada.members(kolada_group.id)),
        )

    def _county(self, key: str) -> Group:
        counties = {
            place.county_code: place.county_name
            for place in self._places.municipalities()
            if place.county_code
        }
        by_name = {name.casefold(): code for code, name in counties.items()}
        code = key.zfill(2) if key.isdigit() else by_name.get(key.casefold(), "")
        if code not in counties:
            suggestion = suggest_similar(key, [*counties, *counties.values()])
            raise UnknownGroupError(group=GroupReference(GroupKind.COUNTY, key), suggestion=suggestion)
        codes = tuple(place.code for place in self._places.municipalities() if place.county_code == code)
        return Group(GroupReference(GroupKind.COUNTY, code), counties[code], codes)

    def _skr_group(self, key: str) -> Group:
        municipalities = self._places.municipalities()
        names = {place.skr_group.casefold(): place.skr_group for place in municipalities if place.skr_group}
        name = names.get(" ".join(key.casefold().split()))
        if name is None:
            suggestion = suggest_similar(key, names.values())
            raise UnknownGroupError(group=GroupReference(GroupKind.SKR, key), suggestion=suggestion)
        codes = tuple(place.code for place in municipalities if place.skr_group == name)
        return Group(GroupReference(GroupKind.SKR, name), name, codes)

    def _similar(self, key: str) -> Group:
        """Return a place and those most like it: Kolada's newest list, else the nearest by inhabitants of its kind."""
        place = self._places.find(key)
        overall = [
            similar_list
            for similar_list in self.kolada.similar_lists(place.name)
            if similar_list.area == OVERALL
        ]
        if overall:
            newest = max(overall, key=lambda similar: (similar.year, similar.group_id))
            peers = [code for code in self.kolada.members(newest.group_id) if code != place.code]
            name = Message(
                texts.SIMILAR_BY_LIST,
                place=place.name,
                year=newest.year,
            )
        else:
            peers = self._nearest_by_inhabitants(place)
            name = Message(
                texts.SIMILAR_BY_INHABITANTS,
                place=place.name,
                skr_group=place.skr_group or Message(texts.SAME_KIND),
            )
        codes = (place.code, *self._sorted_by_name(peers))
        return Group(GroupReference(GroupKind.SIMILAR, place.code), name, codes)

    def _nearest_by_inhabitants(self, place: Place) -> list[str]:
        """Return the codes of the places of the same kind and SKR group whose inhabitants differ least in logarithm."""

        def log_inhabitants(place: Place) -> float:
            return math.log(place.population[-1][1]) if place.population else math.nan

        others = [
            other
            for other in self._places.by_code.values()
            if other.kind is place.kind
            and other.skr_group == place.skr_group
            and other.code != place.code
            and other.population
        ]
        others.sort(key=lambda other: (abs(log_inhabitants(other) - log_inhabitants(place)), other.code))
        return [other.code for other in others[:NEAREST]]

    def _all_municipalities(self, key: str) -> Group:
        codes = tuple(place.code for place in self._places.municipalities())
        return Group(GroupReference(GroupKind.ALL, key), Message(texts.ALL_MUNICIPALITIES), codes)

    def _check_comparable(self, group: Group) -> None:
        """Raise an error unless the group has two or more members of one kind, none of them twice."""
        by_code = self._places.by_code
        repeated = [code for code, count in Counter(group.codes).items() if count > 1]
        if repeated:
            raise UnusableGroupError(
                UnusableGroupError.REPEATED_MEMBER, place=by_code[repeated[0]].name, group=group.reference
            )
        kinds = {by_code[code].kind for code in group.codes}
        if PlaceKind.NATION in kinds:
            raise UnusableGroupError(UnusableGroupError.NATION)
        if len(kinds) > 1:
            regions = [by_code[code].name for code in group.codes if by_code[code].kind is PlaceKind.REGION]
            raise UnusableGroupError(
                UnusableGroupError.MIXED, group=group.reference, places=", ".join(regions)
            )
        if len(group.codes) < SMALLEST_GROUP:
            raise UnusableGroupError(
                UnusableGroupError.TOO_SMALL, group=group.reference, size=len(group.codes)
            )

    def _sorted_by_name(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of known places, sorted by name in Swedish order."""
        by_code = self._places.by_code
        known = (code for code in codes if code in by_code)
        return tuple(sorted(known, key=lambda code: alphabetical(by_code[code].name)))


def group_notes(group: Group) -> tuple[Message, ...]:
    """Return what a reader should know of the group: it is still forming, or outside the six to ten of a network."""
    if group.forming_until is not None:
        forming = texts.FORMING
        few = texts.FORMING_AND_FEW
        text = few if group.is_outside_network_size else forming
        return (
            *group.notes,
            Message(text, network=group.name, day=group.forming_until, size=len(group.codes)),
        )
    is_network = group.reference.kind in (GroupKind.CODES, GroupKind.KOLADA, GroupKind.NETWORK)
    if not (is_network and group.is_outside_network_size):
        return group.notes
    text = texts.OUTSIDE_NETWORK_SIZE
    return (*group.notes, Message(text, size=len(group.codes)))
