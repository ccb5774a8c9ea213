"""Reads the made-up stories from their files, gives them their pictures and templates, and keeps them as published ones."""

import csv
import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final

from data.places import Settings
from data.store.figures import open_lake
from data.workspace.people import ensure_people
from data.workspace.reuses import reuses, say_trying
from data.workspace.stories import drafts
from domain.case import Reuse, ReuseState
from domain.cooperation_method import Attachment, CooperationMethod
from domain.rights import Person
from domain.story import Picture, StoryState
from domain.success_bank import Story
from pipelines.demonstration.make import when_alone
from pipelines.demonstration.stories.pictures import OF_METHODS, SCENES, Scene
from pipelines.stories.exchange import StoryFile, imported, stories_from_yaml

FILES: Final = ("cases.yml", "methods.yml", "programmes.yml")
REUSES_FILE: Final = "reuses.csv"
TEMPLATES: Final = {
    "pahittad-folj-en-dag": "foljdagbok.csv",
    "pahittad-provkor-smatt": "provkorning.txt",
    "pahittad-vem-gor-vad-kartan": "vem-gor-vad.csv",
    "pahittad-en-sida": "avtalet-pa-en-sida.txt",
    "pahittad-fjorton-bord": "bordskort.txt",
}
WRITTEN_BY: Final = "Påhittad skribent"
REVIEWED_BY: Final = "Påhittad granskare"
_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A finished picture and how a story names it."""

    content: bytes
    picture: Picture


def ensure_demonstration_stories(settings: Settings) -> bool:
    """Keep those made-up stories that are not there, as long as no real figures are; true if any was kept now.

    One that somebody has changed or withdrawn is left as it is. Two processes may start at once: one keeps them, the other
    waits. Raises what opening the figures and the workspace raises.
    """
    if _are_real_ones_kept(settings):
        return False
    administrator = ensure_people(settings)[0]
    if not _missing(settings, administrator):
        return False
    return when_alone(settings, lambda: _keep(settings, administrator))


@cache
def demonstration_stories() -> tuple[Story, ...]:
    """Every made-up story as its file tells it, without pictures and templates."""
    return tuple(
        one
        for name in FILES
        for one in stories_from_yaml((_HERE / name).read_text(encoding="utf-8"), name).stories
    )


def demonstration_reuses() -> tuple[Reuse, ...]:
    """Who has tried the made-up cases."""
    rows = csv.DictReader(StringIO((_HERE / REUSES_FILE).read_text(encoding="utf-8")), delimiter=";")
    return tuple(
        Reuse(
            case_id=row["case_id"],
            municipality_code=row["municipality_code"],
            state=ReuseState(row["state"]),
            started_on=date.fromisoformat(row["started_on"]) if row["started_on"] else None,
            how_it_went=row["how_it_went"],
        )
        for row in rows
    )


def _are_real_ones_kept(settings: Settings) -> bool:
    real = open_lake(settings.figures)
    if real is None:
        return False
    with real:
        return bool(real.releases())


def _missing(settings: Settings, administrator: Person) -> tuple[Story, ...]:
    kept = {one.standing.id for one in drafts(settings, administrator, states=tuple(StoryState))}
    return tuple(one for one in demonstration_stories() if one.standing.id not in kept)


def _keep(settings: Settings, administrator: Person) -> bool:
    missing = _missing(settings, administrator)
    if not missing:
        return False
    imported(settings, administrator, _whole(missing))
    new = {one.standing.id for one in missing}
    said = {(one.case_id, one.municipality_code) for one in reuses(settings)}
    for reuse in demonstration_reuses():
        if reuse.case_id in new and (reuse.case_id, reuse.municipality_code) not in said:
            say_trying(settings, administrator, reuse)
    return True


def _whole(told: tuple[Story, ...]) -> StoryFile:
    """The stories with who is said to have written them, their pictures and the templates to download."""
    pictures: dict[str, bytes] = {}
    attachments: dict[str, bytes] = {}
    whole: list[Story] = []
    for one in told:
        standing = replace(one.standing, written_by=WRITTEN_BY, reviewed_by=REVIEWED_BY)
        scene = OF_METHODS[one.kind] if isinstance(one, CooperationMethod) else SCENES[one.standing.id]
        drawn = _drawn(scene)
        pictures[drawn.picture.checksum] = drawn.content
        story = replace(one, standing=standing, pictures=(drawn.picture,))
        if isinstance(story, CooperationMethod) and one.standing.id in TEMPLATES:
            file_name = TEMPLATES[one.standing.id]
            content = (_HERE / "templates" / file_name).read_bytes()
            checksum = hashlib.sha256(content).hexdigest()
            attachments[checksum] = content
            story = replace(story, template=Attachment(checksum, file_name))
        whole.append(story)
    return StoryFile(tuple(whole), pictures, attachments)


@cache
def _drawn(scene: Scene) -> _Drawn:
    content = scene.draw().png()
    return _Drawn(content, Picture(hashlib.sha256(content).hexdigest(), scene.alternative))
