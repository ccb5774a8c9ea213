"""Cases, methods and programmes together: what must hold before one is kept, and before it is published.

A draft may be full of holes, so that it can be saved while somebody writes; what it does hold must be right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final
from urllib.parse import urlsplit

from domain.case import Case, CaseStatus
from domain.cooperation_method import CooperationMethod
from domain.errors.fields import FieldError
from domain.errors.stories import StoryContentError
from domain.identity_number import holds_identity_number
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT, check_text
from domain.message import Listing, Message, to_translate
from domain.programme import Programme
from domain.story import Link, StoryKind

Story = Case | CooperationMethod | Programme

STORY_CLASSES: Final[Mapping[StoryKind, type[Story]]] = {
    StoryKind.CASE: Case,
    StoryKind.METHOD: CooperationMethod,
    StoryKind.PROGRAMME: Programme,
}
MOST_ITEMS: Final = 200  # of one list: steps, pictures, tags, …; running counts are more
MOST_COUNTS: Final = 2_000
LONGEST_URL: Final = 2_000

SECTION_NAMES: Final = {
    "title": to_translate("rubrik"),
    "written_by": to_translate("skrivet av"),
    "reviewed_by": to_translate("granskat av"),
    "name": to_translate("namn"),
    "question": to_translate("frågan som det svarar på"),
    "municipality_code": to_translate("plats"),
    "status": to_translate("status"),
    "started_on": to_translate("start"),
    "ended_on": to_translate("slut"),
    "people": to_translate("vilka det är till för"),
    "what_was_done": to_translate("vad som gjordes"),
    "steps": to_translate("steg"),
    "cost": to_translate("kostnad"),
    "cost_sek": to_translate("kostnad i kronor"),
    "staff": to_translate("personal"),
    "partners": to_translate("samverkansparter"),
    "plan": to_translate("plan"),
    "pitfalls": to_translate("fallgropar"),
    "otherwise": to_translate("vad som skulle göras annorlunda"),
    "results": to_translate("resultat"),
    "is_failure": to_translate("gav inte det man hoppades"),
    "evaluation": to_translate("utvärdering"),
    "aims": to_translate("mått som det skulle påverka"),
    "study_visit": to_translate("studiebesök"),
    "pictures": to_translate("bilder"),
    "tip_boxes": to_translate("tipsrutor"),
    "links": to_translate("länkar"),
    "tags": to_translate("etiketter"),
    "method_ids": to_translate("metoder"),
    "programme_id": to_translate("program"),
    "also_in": to_translate("andra platser"),
    "not_known": to_translate("vet inte ännu"),
    "kind": to_translate("slag"),
    "purpose": to_translate("vad metoden är till för"),
    "fits_when": to_translate("när den passar"),
    "does_not_fit_when": to_translate("när den inte passar"),
    "how_to": to_translate("så gör man"),
    "preparation": to_translate("förberedelser"),
    "minutes": to_translate("tid i minuter"),
    "people_from": to_translate("antal personer från"),
    "people_to": to_translate("antal personer till"),
    "template": to_translate("mall"),
    "challenge": to_translate("utmaningen"),
    "why_no_single_actor": to_translate("varför ingen klarar den ensam"),
    "step": to_translate("steg i programmet"),
    "gates": to_translate("grindar"),
    "projects": to_translate("lokala projekt"),
    "forums": to_translate("forum"),
    "criteria": to_translate("framgångskriterier"),
    "counts": to_translate("löpande räkning"),
    "helps": to_translate("vad som har hjälpt"),
    "hinders": to_translate("vad som hindrar"),
}
_NEVER_BLANK: Final[Mapping[StoryKind, tuple[str, ...]]] = {
    StoryKind.CASE: ("title", "question", "municipality_code"),
    StoryKind.METHOD: ("name", "purpose"),
    StoryKind.PROGRAMME: ("name", "challenge"),
}  # without these nobody knows what it is about
_ANSWERED: Final[Mapping[StoryKind, tuple[str, ...]]] = {
    StoryKind.CASE: (
        "started_on",
        "ended_on",
        "people",
        "what_was_done",
        "steps",
        "cost",
        "staff",
        "partners",
        "plan",
        "pitfalls",
        "otherwise",
        "results",
        "evaluation",
        "aims",
        "study_visit",
    ),
    StoryKind.METHOD: ("fits_when", "does_not_fit_when", "how_to", "preparation"),
    StoryKind.PROGRAMME: (
        "why_no_single_actor",
        "started_on",
        "gates",
        "projects",
        "partners",
        "forums",
        "criteria",
        "helps",
        "hinders",
    ),
}
_NO_PROSE: Final = frozenset(
    {
        "checksum",
        "url",
        "not_known",
        "method_ids",
        "programme_id",
        "case_id",
        "municipality_code",
        "measure_id",
    }
)  # a run of digits there is no identity number
_YEARS: Final = (1900, 2200)
_AMOUNTS: Final = (0, 10**15)
_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "size": _AMOUNTS,
    "by_year": _YEARS,
    "also_in": _YEARS,
    "cost_sek": _AMOUNTS,
    "minutes": (0, 10**6),
    "people_from": (0, 10**8),
    "people_to": (0, 10**8),
    "count": (0, 10**12),
}
_NAMES: Final = frozenset({"title", "name", "word", "file_name", "when"})


def kind_of(story: Story) -> StoryKind:
    match story:
        case Case():
            return StoryKind.CASE
        case CooperationMethod():
            return StoryKind.METHOD
        case Programme():
            return StoryKind.PROGRAMME


def title_of(story: Story) -> str:
    return story.title if isinstance(story, Case) else story.name


def sections_of(kind: StoryKind) -> tuple[str, ...]:
    """The sections that must be answered before it is published, in the order of the form."""
    return _NEVER_BLANK[kind] + _ANSWERED[kind]


def unanswered(story: Story) -> tuple[str, ...]:
    """The sections that have no answer yet. “Vet inte ännu” is one, as the text or among `not_known`."""
    kind = kind_of(story)
    blank = [name for name in _NEVER_BLANK[kind] if not getattr(story, name).strip()]
    blank += [
        name for name in _ANSWERED[kind] if name not in story.not_known and not _has_answer(story, name)
    ]
    return tuple(blank)


def check_publishable(story: Story) -> None:
    """Raises `StoryContentError`."""
    blank = unanswered(story)
    if blank:
        raise StoryContentError(
            StoryContentError.UNANSWERED,
            sections=Listing(tuple(Message(SECTION_NAMES[section]) for section in blank)),
        )
    for place, picture in enumerate(story.pictures, start=1):
        if not picture.alternative.strip():
            raise StoryContentError(StoryContentError.WITHOUT_ALTERNATIVE, file=picture.caption or place)


def check_keepable(story: Story) -> None:
    """What must hold of a draft too.

    Raises `StoryContentError`,
    `FieldError` and the errors of texts.
    """
    for field in ("id", "written_by", "reviewed_by"):
        text, name = getattr(story.standing, field), SECTION_NAMES.get(field, SECTION_NAMES["title"])
        check_text(text, name, longest=LONGEST_NAME)
        if holds_identity_number(text):
            raise StoryContentError(StoryContentError.IDENTITY_NUMBER, section=Message(name))
    for section in (field.name for field in fields(story) if field.name != "standing"):
        content, name = getattr(story, section), SECTION_NAMES[section]
        most = MOST_COUNTS if section == "counts" else MOST_ITEMS
        if isinstance(content, tuple) and len(content) > most:
            raise StoryContentError(
                StoryContentError.TOO_MANY_ITEMS, section=Message(name), count=len(content), most=most
            )
        for field, value in _values(section, content):
            if isinstance(value, str):
                check_text(value, name, longest=LONGEST_NAME if field in _NAMES else LONGEST_TEXT)
                if field not in _NO_PROSE and holds_identity_number(value):
                    raise StoryContentError(StoryContentError.IDENTITY_NUMBER, section=Message(name))
            elif isinstance(value, int | float) and not isinstance(value, bool):
                low, high = _BOUNDS[field]
                if not low <= value <= high:
                    raise FieldError(
                        FieldError.OUT_OF_RANGE, field=Message(name), number=value, lowest=low, highest=high
                    )
        for link in _links(content):
            check_link(link)
    if not isinstance(story, CooperationMethod):
        starts, ends = story.started_on, story.ended_on
        if starts is not None and ends is not None and ends < starts:
            raise StoryContentError(StoryContentError.ENDS_BEFORE_START, started_on=starts, ended_on=ends)


def check_link(link: Link) -> None:
    """Raises `StoryContentError` for what is not an address on the web. A draft's link may be empty."""
    url = link.url
    if not url:
        return
    try:
        parts = urlsplit(url)
        is_safe = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_safe = False
    is_plain = url.isprintable() and " " not in url and not set(url) & set("<>\"'`\\{}|^")
    if not is_safe or not is_plain or len(url) > LONGEST_URL:
        raise StoryContentError(StoryContentError.UNSAFE_LINK, url=url[:LONGEST_NAME])


def _has_answer(story: Story, section: str) -> bool:
    content = getattr(story, section)
    if isinstance(story, Case):
        if section == "started_on":
            return content is not None or story.status is CaseStatus.IDEA
        if section == "ended_on":
            return content is not None or story.status not in {CaseStatus.ENDED, CaseStatus.STOPPED}
        if section == "evaluation":
            return all(text.strip() for text in (content.who, content.design, content.outcome))
        if section == "study_visit":
            answers = (content.what_one_sees, content.how_to_ask)
            return not content.is_offered or all(text.strip() for text in answers)
    return bool(content.strip()) if isinstance(content, str) else bool(content)


def _values(field: str, content: object) -> Iterator[tuple[str, object]]:
    """Every single value in a section, with the innermost field's name."""
    if isinstance(content, tuple):
        for item in content:
            yield from _values(field, item)
    elif is_dataclass(content):
        for inner in fields(content):
            yield from _values(inner.name, getattr(content, inner.name))
    else:
        yield field, content


def _links(content: object) -> Iterator[Link]:
    if isinstance(content, Link):
        yield content
    elif isinstance(content, tuple):
        for item in content:
            yield from _links(item)
    elif is_dataclass(content):
        for inner in fields(content):
            yield from _links(getattr(content, inner.name))
