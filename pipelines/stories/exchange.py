"""Cases, methods and programmes as one YAML file that can be reviewed, moved and read back without loss.

Pictures and files to download are in it, by checksum, in base64. Versions and when they were saved belong to the database.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from data.places import Settings
from data.workspace import story_import
from data.workspace.pictures import attachment, pictures
from data.workspace.stories import draft, stories
from data.yaml_files.reading import Reading
from data.yaml_files.writing import plain_fields, written
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors import UnknownStoryError
from domain.programme import Programme
from domain.rights import Person
from domain.story import StoryKind
from domain.success_bank import STORY_CLASSES, Story, kind_of
from domain.wording import to_translate

LONGEST_FILE: Final = 100_000_000  # characters; some hundred stories with their pictures
_SECTIONS: Final = {"cases": StoryKind.CASE, "methods": StoryKind.METHOD, "programmes": StoryKind.PROGRAMME}
_PICTURES, _ATTACHMENTS = "pictures", "attachments"
_OF_THE_DATABASE: Final = ("version", "saved_at")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """What a file holds. pictures and attachments: bytes by checksum (SHA-256 in hexadecimal)."""

    stories: tuple[Story, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    """A picture or a file as it stands in the document."""

    checksum: str
    content: bytes


def stories_to_yaml(content: StoryFile) -> str:
    """The file's text."""
    document: dict[str, Any] = {
        section: [_plain(one) for one in content.stories if kind_of(one) is kind]
        for section, kind in _SECTIONS.items()
    }
    for section, files in ((_PICTURES, content.pictures), (_ATTACHMENTS, content.attachments)):
        document[section] = [plain_fields(_File(*one)) for one in files.items()]
    return written({name: part for name, part in document.items() if part})


def stories_from_yaml(text: str, file: str) -> StoryFile:
    """What a file holds; `file` is what errors call it. Raises `UnreadableDefinitionError` with the line."""
    reading = Reading(file, longest=LONGEST_FILE)
    parts = reading.entries(reading.document(text), (*_SECTIONS, _PICTURES, _ATTACHMENTS))
    found = tuple(
        _read_story(reading, kind, node)
        for section, kind in _SECTIONS.items()
        for node in (reading.items(parts[section]) if section in parts else ())
    )
    return StoryFile(found, _read_files(reading, parts, _PICTURES), _read_files(reading, parts, _ATTACHMENTS))


def exported(
    settings: Settings, actor: Person | None, *, ids: Collection[str] = (), kind: StoryKind | None = None
) -> StoryFile:
    """What is published, all of it or the named ones; of a named one that is not, its draft if the actor may read it.

    Raises `UnknownStoryError`, `NotAllowedError`.
    """
    found = {one.standing.id: one for one in stories(settings, kind=kind, ids=ids or None)}
    for one in ids:
        if one not in found and actor is None:
            raise UnknownStoryError(story=one, suggestion="")
        if one not in found and actor is not None:
            found[one] = draft(settings, actor, one)
    listed = tuple(found[one] for one in ids) if ids else tuple(found.values())
    shown = dict.fromkeys(picture.checksum for one in listed for picture in one.pictures)
    kept = pictures(settings, list(shown))
    templates = dict.fromkeys(
        one.template.checksum for one in listed if isinstance(one, CooperationMethod) and one.template
    )
    return StoryFile(
        listed,
        {checksum: kept[checksum].content for checksum in shown if checksum in kept},
        {checksum: attachment(settings, checksum) for checksum in templates},
    )


def imported(
    settings: Settings, actor: Person, content: StoryFile, *, replaces: bool = False
) -> tuple[Story, ...]:
    """Keep what a file holds, all or nothing. Raises what `import_stories` raises."""
    return story_import.import_stories(
        settings,
        actor,
        content.stories,
        pictures=content.pictures,
        attachments=content.attachments,
        replaces=replaces,
    )


def _plain(story: Story) -> dict[str, Any]:
    """The story's fields with its standing first."""
    return {
        "standing": plain_fields(story.standing, without=_OF_THE_DATABASE),
        **plain_fields(story, without=("standing",)),
    }


def _read_story(reading: Reading, kind: StoryKind, node: yaml.Node) -> Story:
    told: Case | CooperationMethod | Programme = reading.dataclass(STORY_CLASSES[kind], node)
    return replace(told, standing=replace(told.standing, version=0, saved_at=None))


def _read_files(reading: Reading, parts: Mapping[str, yaml.Node], section: str) -> dict[str, bytes]:
    """The files of a section by checksum, which must be that of their content."""
    read: dict[str, bytes] = {}
    for node in reading.items(parts[section]) if section in parts else ():
        one = reading.dataclass(_File, node)
        if hashlib.sha256(one.content).hexdigest() != one.checksum:
            line = node.start_mark.line + 1
            raise reading.wrong(
                line,
                to_translate("innehållet hör inte till kontrollsumman {checksum}"),
                checksum=one.checksum[:64],
            )
        read[one.checksum] = one.content
    return read
