"""Exports cases, methods and programmes to a YAML file that can be reviewed and moved, and imports it without loss.

Stories name their pictures and attachments by checksum. Each stands in the file in base64, or as a file of its own beside
it, by name. Version numbers and times of saving are not exported: they belong to the database.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from data.workspace.pictures import attachment, pictures
from data.workspace.stories import draft, stories
from data.workspace.story_import import import_stories as store_stories
from data.workspace.workspace import Workspace
from data.yaml_files.reading import YamlReader
from data.yaml_files.writing import to_plain_fields, to_yaml
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors.stories import UnknownStoryError
from domain.message import to_translate
from domain.programme import Programme
from domain.rights import Person
from domain.story import StoryKind
from domain.success_bank import STORY_CLASSES, Story, kind_of

MAX_LENGTH: Final = 100_000_000  # characters; some hundred stories with their pictures
_SECTIONS: Final = {"cases": StoryKind.CASE, "methods": StoryKind.METHOD, "programmes": StoryKind.PROGRAMME}
_PICTURES, _ATTACHMENTS = "pictures", "attachments"
_DATABASE_FIELDS: Final = ("version", "saved_at")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """The content of a file. pictures and attachments: bytes by checksum (SHA-256 in hexadecimal)."""

    stories: tuple[Story, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Enclosure:
    """A picture or an attachment in the YAML: its content, or the name of the file that holds it."""

    checksum: str
    content: bytes | None = None
    file: str = ""


def stories_to_yaml(content: StoryFile) -> str:
    """Return the text of a file, with pictures and attachments in it."""
    document: dict[str, Any] = {
        section: [_to_plain(story) for story in content.stories if kind_of(story) is kind]
        for section, kind in _SECTIONS.items()
    }
    for section, enclosures in ((_PICTURES, content.pictures), (_ATTACHMENTS, content.attachments)):
        document[section] = [to_plain_fields(_Enclosure(*item)) for item in enclosures.items()]
    return to_yaml({name: items for name, items in document.items() if items})


def stories_from_yaml(text: str, file: str, read_beside: Callable[[str], bytes] | None = None) -> StoryFile:
    """Read the text of a file. Raises `UnreadableDefinitionError` with the line.

    file: its name in errors. read_beside: returns the bytes of a file that the text names; without it such names are refused.
    """
    reader = YamlReader(file, max_length=MAX_LENGTH)
    nodes = reader.read_mapping(reader.parse(text), (*_SECTIONS, _PICTURES, _ATTACHMENTS))
    read = tuple(
        _read_story(reader, kind, node)
        for section, kind in _SECTIONS.items()
        for node in (reader.read_list(nodes[section]) if section in nodes else ())
    )
    enclosures = {
        section: _read_enclosures(reader, reader.read_list(nodes[section]), read_beside)
        for section in (_PICTURES, _ATTACHMENTS)
        if section in nodes
    }
    return StoryFile(read, **enclosures)


def export_stories(
    workspace: Workspace, actor: Person | None, *, ids: Collection[str] = (), kind: StoryKind | None = None
) -> StoryFile:
    """Return the published stories, all or those in `ids`; for an unpublished one its draft, if `actor` may read it.

    Raises `UnknownStoryError`, `NotAllowedError`.
    """
    by_id = {story.standing.id: story for story in stories(workspace, kind=kind, ids=ids or None)}
    for story_id in ids:
        if story_id not in by_id and actor is None:
            raise UnknownStoryError(story=story_id, suggestion="")
        if story_id not in by_id and actor is not None:
            by_id[story_id] = draft(workspace, actor, story_id)
    exported = tuple(by_id[story_id] for story_id in ids) if ids else tuple(by_id.values())
    checksums = dict.fromkeys(picture.checksum for story in exported for picture in story.pictures)
    stored = pictures(workspace, list(checksums))
    templates = dict.fromkeys(
        story.template.checksum
        for story in exported
        if isinstance(story, CooperationMethod) and story.template
    )
    return StoryFile(
        exported,
        {checksum: stored[checksum].content for checksum in checksums if checksum in stored},
        {checksum: attachment(workspace, checksum) for checksum in templates},
    )


def import_stories(
    workspace: Workspace, actor: Person, content: StoryFile, *, replaces: bool = False
) -> tuple[Story, ...]:
    """Store the content of a file, all or nothing. Raises what `data.workspace.story_import.import_stories` raises."""
    return store_stories(
        workspace,
        actor,
        content.stories,
        pictures=content.pictures,
        attachments=content.attachments,
        replaces=replaces,
    )


def _to_plain(story: Story) -> dict[str, Any]:
    """Return the story's fields, its standing first."""
    return {
        "standing": to_plain_fields(story.standing, without=_DATABASE_FIELDS),
        **to_plain_fields(story, without=("standing",)),
    }


def _read_story(reader: YamlReader, kind: StoryKind, node: yaml.Node) -> Story:
    story: Case | CooperationMethod | Programme = reader.read_dataclass(STORY_CLASSES[kind], node)
    return replace(story, standing=replace(story.standing, version=0, saved_at=None))


def _read_enclosures(
    reader: YamlReader, nodes: list[yaml.Node], read_beside: Callable[[str], bytes] | None
) -> dict[str, bytes]:
    """Return the pictures or attachments by checksum, each verified against its content."""
    contents: dict[str, bytes] = {}
    for node in nodes:
        enclosure = reader.read_dataclass(_Enclosure, node)
        line = node.start_mark.line + 1
        content = read_beside(enclosure.file) if enclosure.file and read_beside else enclosure.content
        if content is None:
            raise reader.error(line, to_translate("fältet ”{field}” saknas"), field="content")
        if hashlib.sha256(content).hexdigest() != enclosure.checksum:
            raise reader.error(
                line,
                to_translate("innehållet hör inte till kontrollsumman {checksum}"),
                checksum=enclosure.checksum[:64],
            )
        contents[enclosure.checksum] = content
    return contents
