"""What cases, methods and programmes share: how they come to be published, pictures, boxes, links and tags."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.message import to_translate

NOT_KNOWN_YET: Final = "vet inte ännu"  # an answer, unlike an empty section


class StoryKind(StrEnum):
    CASE = "case"
    METHOD = "method"
    PROGRAMME = "programme"


class StoryState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"  # the writers are done and ask for somebody to review it
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STORY_KIND_NAMES: Final = {
    StoryKind.CASE: to_translate("exempel"),
    StoryKind.METHOD: to_translate("metod"),
    StoryKind.PROGRAMME: to_translate("program"),
}
STORY_STATE_NAMES: Final = {
    StoryState.DRAFT: to_translate("utkast"),
    StoryState.SENT: to_translate("skickat till granskning"),
    StoryState.REVIEWED: to_translate("granskat"),
    StoryState.PUBLISHED: to_translate("publicerat"),
    StoryState.WITHDRAWN: to_translate("tillbakadraget"),
}
NEXT_STORY_STATES: Final = {
    StoryState.DRAFT: {StoryState.SENT, StoryState.REVIEWED, StoryState.WITHDRAWN},
    StoryState.SENT: {StoryState.DRAFT, StoryState.REVIEWED, StoryState.WITHDRAWN},
    StoryState.REVIEWED: {StoryState.DRAFT, StoryState.PUBLISHED, StoryState.WITHDRAWN},
    StoryState.PUBLISHED: {StoryState.DRAFT, StoryState.WITHDRAWN},
    StoryState.WITHDRAWN: {StoryState.DRAFT},
}


class TagKind(StrEnum):
    SUBJECT = "subject"  # area of work: school, care, …
    AGENDA_2030 = "agenda_2030"  # a target: 17.17
    TREND = "trend"  # one of SKR's ten
    REGIONAL_GOAL = "regional_goal"
    OWN = "own"


TAG_KIND_NAMES: Final = {
    TagKind.SUBJECT: to_translate("område"),
    TagKind.AGENDA_2030: to_translate("Agenda 2030"),
    TagKind.TREND: to_translate("SKR:s trender"),
    TagKind.REGIONAL_GOAL: to_translate("regionalt mål"),
    TagKind.OWN: to_translate("egen"),
}


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    kind: TagKind
    word: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture stored by its checksum (SHA-256 in hexadecimal). `alternative` says what it shows, for screen readers."""

    checksum: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TipBox:
    """A box beside the story."""

    title: str
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case, method or programme stands: its state, whose it is and when it wants another look.

    `version` rises with each save. owner: the municipality (or network) that may change it.
    """

    id: str
    state: StoryState = StoryState.DRAFT
    owner_municipality: str | None = None
    owner_network: str | None = None
    written_by: str = ""
    reviewed_by: str = ""
    saved_at: datetime | None = None
    published_at: datetime | None = None
    revisit_on: date | None = None
    is_made_up: bool = False
    version: int = 0

    def is_stale_on(self, day: date) -> bool:
        return self.revisit_on is not None and day > self.revisit_on
