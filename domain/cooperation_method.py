"""A method: a way to get co-operation going or to involve residents, rather than a finished solution."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.message import to_translate
from domain.story import Link, Picture, Standing, Tag, TipBox


class MethodKind(StrEnum):
    TOOL = "tool"
    COOPERATION = "cooperation"
    RESIDENTS = "residents"


METHOD_KIND_NAMES: Final = {
    MethodKind.TOOL: to_translate("verktyg"),
    MethodKind.COOPERATION: to_translate("få igång samverkan"),
    MethodKind.RESIDENTS: to_translate("involvera invånare"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A template to download, stored by its checksum."""

    checksum: str
    file_name: str


@dataclass(frozen=True, slots=True)
class CooperationMethod:
    """One method. minutes and people_from–people_to say what it takes; None where it varies."""

    standing: Standing
    name: str
    kind: MethodKind
    purpose: str
    fits_when: str = ""
    does_not_fit_when: str = ""
    how_to: tuple[str, ...] = ()
    preparation: str = ""
    minutes: int | None = None
    people_from: int | None = None
    people_to: int | None = None
    template: Attachment | None = None
    pictures: tuple[Picture, ...] = ()
    tip_boxes: tuple[TipBox, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    not_known: tuple[str, ...] = ()  # sections that are answered by “vet inte ännu”
