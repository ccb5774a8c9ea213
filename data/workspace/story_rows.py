"""Stories within a transaction: their checks, rows and log entries."""

import re
from datetime import date
from typing import Any, Final, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.reference import places
from data.workspace.changing import Change, What, subject_of
from data.workspace.networks import find_network
from data.workspace.story_body import from_body, to_body
from data.workspace.tables import AttachmentRow, PictureRow, StoryRow, StoryVersionRow
from domain.audit import SubjectKind, describe_changes, differences
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors.choices import UnknownPlaceError
from domain.errors.networks import NameTakenError
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.stories import PictureError, UnknownStoryError
from domain.identity_number import holds_identity_number
from domain.naming import check_id
from domain.place import PlaceKind
from domain.programme import Programme
from domain.rights import Subject
from domain.story import Standing, StoryState
from domain.success_bank import Story, check_keepable, kind_of
from domain.suggestion import suggest_similar

OneStory = TypeVar("OneStory", bound=Story)

_CHECKSUM: Final = re.compile(r"[0-9a-f]{64}")
LONGEST_IN_LOG: Final = 300  # characters of a text; the versions keep it whole


def published_story(session: Session, story_id: str, version: int | None = None) -> Story:
    """Return the newest published version, or an earlier one. Raises `UnknownStoryError`."""
    row = session.get(StoryRow, story_id)
    if row is None or row.published_version is None:
        raise unknown_story(session, story_id)
    content = session.get(StoryVersionRow, (story_id, version or row.published_version))
    if content is None or content.state is not StoryState.PUBLISHED:
        raise unknown_story(session, story_id)
    return as_story(row, content)


def subject_of_standing(session: Session, standing: Standing) -> Subject:
    """Return whose story it is, as the rights see it. Raises `UnknownNetworkError`."""
    return subject_of_owner(session, standing.owner_municipality, standing.owner_network)


def write_changed_story(change: Change, row: StoryRow, content: StoryVersionRow, story: Story) -> Story:
    """Write a new draft version, unless nothing has changed."""
    body, revisit_on = to_body(story), story.standing.revisit_on
    if (body, revisit_on) == (content.body, content.revisit_on):
        return as_story(row, content)
    after = write_version(
        change, row, body, StoryState.DRAFT, reviewed_by="", revisit_on=revisit_on, is_written=True
    )
    note_story(change, content, after)
    return as_story(row, after)


def write_new_story(
    change: Change, story: OneStory, state: StoryState = StoryState.DRAFT, *, is_brought: bool = False
) -> OneStory:
    """Write a new story; with its whole standing where it is imported."""
    standing = story.standing
    check_id(standing.id)
    check_story(change, story)
    if change.session.get(StoryRow, standing.id) is not None:
        raise NameTakenError(name=standing.id)
    is_published = state is StoryState.PUBLISHED
    row = StoryRow(
        id=standing.id,
        kind=kind_of(story),
        state=state,
        published_version=1 if is_published else None,
        published_at=(standing.published_at or change.at) if is_published else None,
        owner_municipality=standing.owner_municipality,
        owner_network=standing.owner_network and find_network(change.session, standing.owner_network).id,
        written_by=(is_brought and standing.written_by) or change.actor.name,
        is_made_up=standing.is_made_up,
        created_at=change.at,
        version=0,
    )
    change.session.add(row)
    change.session.flush()
    content = write_version(
        change,
        row,
        to_body(story),
        state,
        reviewed_by=standing.reviewed_by if is_brought else "",
        revisit_on=standing.revisit_on,
        is_written=True,
    )
    note_story(change, None, content)
    return cast(OneStory, as_story(row, content))


def write_version(
    change: Change,
    row: StoryRow,
    body: dict[str, Any],
    state: StoryState,
    *,
    reviewed_by: str,
    revisit_on: date | None,
    is_written: bool,
) -> StoryVersionRow:
    row.version += 1
    row.state = state
    content = StoryVersionRow(
        story_id=row.id,
        version=row.version,
        state=state,
        saved_at=change.at,
        person_id=change.actor.id,
        person_name=change.actor.name,
        is_written=is_written,
        reviewed_by=reviewed_by,
        revisit_on=revisit_on,
        body=body,
    )
    change.session.add(content)
    change.session.flush()
    return content


def claim_story(change: Change, story_id: str, version: int) -> tuple[StoryRow, StoryVersionRow]:
    """Lock a story and return it with its newest version, which must be the one that was read."""
    if not change.hold(StoryRow, {"id": story_id}):
        raise unknown_story(change.session, story_id)
    row = change.session.get_one(StoryRow, story_id, populate_existing=True)
    content = change.session.get_one(StoryVersionRow, (story_id, row.version))
    if row.version == version:
        return row, content
    read = change.session.get(StoryVersionRow, (story_id, version))
    since = change.session.execute(
        select(StoryVersionRow.person_name)
        .where(StoryVersionRow.story_id == story_id, StoryVersionRow.version > version)
        .order_by(StoryVersionRow.version)
    )
    changes = differences(_describe_version(read) if read else {}, _describe_version(content))
    raise ChangedMeanwhileError(
        who=" + ".join(dict.fromkeys(since.scalars())) or content.person_name,
        when=content.saved_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        what=describe_changes(changes),
        changes=changes,
    )


def check_story(change: Change, story: Story) -> None:
    """Check a story against what is stored, beside the rules of its own words."""
    check_keepable(story)
    for code in _codes(story):
        place = places().get(code)
        if place is None or place.kind is not PlaceKind.MUNICIPALITY:
            names = [place.name for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]
            raise UnknownPlaceError(place=code, suggestion=suggest_similar(code, [*places(), *names]))
    checksums = {picture.checksum for picture in story.pictures}
    _check_kept(change.session, PictureRow, checksums)
    if isinstance(story, CooperationMethod) and story.template is not None:
        _check_kept(change.session, AttachmentRow, {story.template.checksum})


def _check_kept(session: Session, table: type[PictureRow | AttachmentRow], checksums: set[str]) -> None:
    """Raise `PictureError` for a checksum that is not stored, or is not a checksum."""
    valid = {checksum for checksum in checksums if _CHECKSUM.fullmatch(checksum)}
    stored = set(session.scalars(select(table.checksum).where(table.checksum.in_(valid)))) if valid else set()
    for checksum in sorted(checksums - stored):
        raise PictureError(PictureError.UNKNOWN, checksum=checksum[:64])


def _codes(story: Story) -> list[str]:
    """Every municipality that a story names."""
    named = [story.standing.owner_municipality or ""]
    if isinstance(story, Case):
        named += [story.municipality_code, *(code for code, _ in story.also_in)]
    if isinstance(story, Programme):
        named += [project.municipality_code for project in story.projects]
        named += [count.municipality_code for count in story.counts]
    return [code for code in named if code]


def subject_of_story(session: Session, story: Story, row: StoryRow | None) -> Subject:
    """Whose a story is: as it is kept, else as it says."""
    if row is not None:
        return subject_of_owner(session, row.owner_municipality, row.owner_network)
    return subject_of_standing(session, story.standing)


def subject_of_owner(session: Session, municipality_code: str | None, network_id: str | None) -> Subject:
    if network_id is None:
        return Subject(municipality_code=municipality_code)
    return subject_of(find_network(session, network_id), municipality_code)


def what_of(story: Story) -> What:
    """As a refusal notes it: none of its words, which may be what must not be kept."""
    id_ = story.standing.id
    return What(SubjectKind.STORY, kind_of(story) if not id_ or holds_identity_number(id_) else id_)


def note_story(change: Change, before: StoryVersionRow | None, after: StoryVersionRow) -> None:
    """A line with what differs; the versions keep the whole."""
    old, new = (_describe_version(before) if before else {}), _describe_version(after)
    changed = [name for name in new if name == "version" or new[name] != old.get(name)]
    change.note(
        {name: _shortened(old.get(name)) for name in changed} if before else None,
        {name: _shortened(new[name]) for name in changed},
    )


def _describe_version(content: StoryVersionRow) -> dict[str, Any]:
    """A version in plain types: its content with its state."""
    return {
        "version": content.version,
        "state": content.state.value,
        "revisit_on": content.revisit_on,
        **content.body,
    }


def _shortened(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str) and len(value) > LONGEST_IN_LOG:
        return value[: LONGEST_IN_LOG - 1] + "…"
    return f"({len(value)})" if isinstance(value, list | dict) else value


def find_story(session: Session, story_id: str) -> StoryRow:
    row = session.get(StoryRow, story_id)
    if row is None:
        raise unknown_story(session, story_id)
    return row


def unknown_story(session: Session, story_id: str) -> UnknownStoryError:
    """Suggests only what is published: of a draft not even the name is told."""
    known = session.scalars(select(StoryRow.id).where(StoryRow.published_version.is_not(None))).all()
    near = suggest_similar(story_id, [other_id for other_id in known if other_id != story_id])
    return UnknownStoryError(story=story_id[:80], suggestion=near)


def as_story(row: StoryRow, content: StoryVersionRow) -> Story:
    return from_body(
        row.kind,
        content.body,
        Standing(
            id=row.id,
            state=content.state,
            owner_municipality=row.owner_municipality,
            owner_network=row.owner_network,
            written_by=row.written_by,
            reviewed_by=content.reviewed_by,
            saved_at=content.saved_at,
            published_at=row.published_at,
            revisit_on=content.revisit_on,
            is_made_up=row.is_made_up,
            version=content.version,
        ),
    )
