"""The groups of municipalities that Kolada publishes, at one release."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from data.store.figures import Figures
from domain.release import Release

OVERALL: Final = "övergripande"  # the area of a list of places that are similar in everything
_UNWEIGHTED: Final = re.compile(r"\s*\(ovägt medel\)\s*$")
_SIMILAR: Final = re.compile(r"^Liknande (?:kommuner|regioner)\b")
_SIMILAR_TITLE: Final = re.compile(
    r"^Liknande (?:kommuner|regioner),? (?P<area>.+), (?P<name>[^,]+), (?P<year>\d{4})$"
)


@dataclass(frozen=True, slots=True)
class KoladaGroup:
    """One group. title: without the words on how its mean is computed. member_count: as Kolada lists them."""

    id: str
    title: str
    member_count: int
    is_similar_list: bool


@dataclass(frozen=True, slots=True)
class SimilarList:
    """Kolada's list for one year of the places that are similar to one place within an area of work."""

    group_id: str
    area: str
    year: int


class KoladaGroups:
    """Kolada's groups and their members. Titles are parsed once; members are read when they are first asked for."""

    def __init__(self, figures: Figures, release: Release) -> None:
        self._figures = figures
        self._release = release
        self._members: dict[str, tuple[str, ...]] = {}

    @cached_property
    def by_id(self) -> Mapping[str, KoladaGroup]:
        """Every group by its id."""
        return {
            group_id: KoladaGroup(
                group_id, _clean_title(title), int(member_count), _SIMILAR.match(title) is not None
            )
            for group_id, title, member_count in self._rows
        }

    def find(self, id_or_title: str) -> KoladaGroup | None:
        """Return the group with this id or title, or `None`."""
        group_id = (
            id_or_title
            if id_or_title in self.by_id
            else self._ids_by_title.get(_clean_title(id_or_title).casefold())
            or self._ids_by_folded_id.get(id_or_title.casefold())
        )
        return None if group_id is None else self.by_id[group_id]

    def members(self, group_id: str) -> tuple[str, ...]:
        """Return the codes of a group's members, as Kolada lists them."""
        if group_id not in self._members:
            self._members[group_id] = self._figures.group_members(self._release, group_id)
        return self._members[group_id]

    def ids_containing(self, code: str) -> tuple[str, ...]:
        """Return the ids of the groups that a place is a member of, except lists of similar places."""
        rows = self._figures.groups_with_place(self._release, code)
        group_ids = []
        for group_id, members in rows.groupby("group_id", sort=False)["municipality_id"]:
            self._members[str(group_id)] = tuple(members)
            if not self.by_id[str(group_id)].is_similar_list:
                group_ids.append(str(group_id))
        return tuple(group_ids)

    def similar_lists(self, place_name: str) -> tuple[SimilarList, ...]:
        """Return the lists of places that are similar to the place with this name, for every area and year."""
        return self._similar_lists.get(place_name, ())

    @cached_property
    def _rows(self) -> list[tuple[str, str, int]]:
        table = self._figures.municipality_groups(self._release)[["group_id", "title", "member_count"]]
        return list(table.itertuples(index=False, name=None))

    @cached_property
    def _ids_by_title(self) -> Mapping[str, str]:
        return {group.title.casefold(): group.id for group in self.by_id.values()}

    @cached_property
    def _ids_by_folded_id(self) -> Mapping[str, str]:
        return {group_id.casefold(): group_id for group_id in reversed(list(self.by_id))}

    @cached_property
    def _similar_lists(self) -> Mapping[str, tuple[SimilarList, ...]]:
        lists: dict[str, tuple[SimilarList, ...]] = {}
        for group_id, title, _ in self._rows:
            match = _SIMILAR_TITLE.match(" ".join(title.split()))
            if match is not None:
                similar = SimilarList(group_id, match["area"], int(match["year"]))
                lists[match["name"]] = (*lists.get(match["name"], ()), similar)
        return lists


def _clean_title(title: str) -> str:
    """Return a title on one line, without the words on how the group's mean is computed."""
    return _UNWEIGHTED.sub("", " ".join(title.split()))
