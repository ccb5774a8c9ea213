"""Imports stories with their pictures and files in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from data.workspace.actors import acting
from data.workspace.changing import Change
from data.workspace.pictures import write_attachment, write_picture
from data.workspace.stories import require_place
from data.workspace.story_body import to_body
from data.workspace.story_rows import (
    as_story,
    check_story,
    claim_story,
    note_story,
    subject_of_story,
    what_of,
    write_new_story,
    write_version,
)
from data.workspace.tables import StoryRow, StoryVersionRow
from data.workspace.workspace import Workspace
from domain.cooperation_method import Attachment, CooperationMethod
from domain.errors.networks import NameTakenError
from domain.rights import Action, Person, may
from domain.story import StoryState
from domain.success_bank import Story, check_publishable, kind_of


def import_stories(
    workspace: Workspace,
    actor: Person,
    brought: Iterable[Story],
    *,
    pictures: Mapping[str, bytes] | None = None,
    attachments: Mapping[str, bytes] | None = None,
    replaces: bool = False,
) -> tuple[Story, ...]:
    """Import stories with the pictures and files that they name by checksum, as far as those are included.

    For an actor who may both write and review everywhere they keep their standing, also published; for others they become
    drafts. One that is here already is left as it is if nothing differs; else it is refused with `NameTakenError`, or gets a
    new version with `replaces`. Raises what `save_story`, `keep_picture`, `keep_attachment` and `check_publishable` raise.
    """
    listed = list(brought)
    with workspace.reading() as session:
        who = acting(session, actor)
    for item in listed:  # all rights before anything is written, so that a refusal is noted
        with workspace.reading() as session:
            row = session.get(StoryRow, item.standing.id)
            subject = subject_of_story(session, item, row)
        workspace.require_right(actor, Action.WRITE_STORY, subject, what_of(item))
        require_place(workspace, actor, item, subject.municipality_code)
    imported: list[Story] = []
    try:
        with workspace.transaction() as session:
            for item in listed:
                change = Change(session, who, Action.WRITE_STORY, what_of(item), datetime.now(UTC))
                carried = _with_its_files(change, item, pictures or {}, attachments or {})
                imported.append(_brought(change, carried, replaces=replaces))
    except IntegrityError:  # somebody took an id in the same moment
        raise NameTakenError(name=", ".join(item.standing.id for item in listed)) from None
    return tuple(imported)


def _brought(change: Change, story: Any, *, replaces: bool) -> Story:  # noqa: ANN401 - any kind
    """Import one story, in its own state if the actor may publish it, else as a draft."""
    keeps_standing = all(may(change.actor, action) for action in (Action.WRITE_STORY, Action.REVIEW_STORY))
    state = story.standing.state if keeps_standing else StoryState.DRAFT
    if state in {StoryState.SENT, StoryState.REVIEWED, StoryState.PUBLISHED}:
        check_publishable(story)
    row = change.session.get(StoryRow, story.standing.id)
    if row is None:
        return write_new_story(change, story, state, is_brought=keeps_standing)  # type: ignore[no-any-return]
    content = change.session.get_one(StoryVersionRow, (row.id, row.version))
    is_same = row.kind is kind_of(story) and to_body(story) == content.body
    if is_same and (row.state is state or not keeps_standing):
        return as_story(row, content)
    if not replaces or row.kind is not kind_of(story):
        raise NameTakenError(name=story.standing.id)
    row, content = claim_story(change, row.id, row.version)
    check_story(change, story)
    if state is StoryState.PUBLISHED:
        row.published_version = row.version + 1
        row.published_at = story.standing.published_at or change.at
    if state is StoryState.WITHDRAWN:
        row.published_version = row.published_at = None
    after = write_version(
        change,
        row,
        to_body(story),
        state,
        reviewed_by=story.standing.reviewed_by if keeps_standing else "",
        revisit_on=story.standing.revisit_on,
        is_written=not is_same,
    )
    note_story(change, content, after)
    return as_story(row, after)


def _with_its_files(
    change: Change, story: Story, pictures: Mapping[str, bytes], attachments: Mapping[str, bytes]
) -> Story:
    """Return the story with its files stored; a picture that was drawn again has a new checksum."""
    placed = tuple(
        replace(
            picture,
            checksum=write_picture(
                change, pictures[picture.checksum], picture.caption or picture.checksum
            ).checksum,
        )
        if picture.checksum in pictures
        else picture
        for picture in story.pictures
    )
    if isinstance(story, CooperationMethod):
        template = story.template
        if template is not None and template.checksum in attachments:
            content = attachments[template.checksum]
            template = Attachment(write_attachment(change, content, template.file_name), template.file_name)
        return replace(story, pictures=placed, template=template)
    return replace(story, pictures=placed)
