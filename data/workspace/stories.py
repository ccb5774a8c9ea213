"""Cases, methods and programmes in the workspace: drafts, what is published, and every version between.

Each save is a version of its own and is kept whole. Readers see the newest published one, also while a newer draft is
written, until the story is withdrawn. Nobody reviews what they have written themselves.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.workspace.actors import acting
from data.workspace.changing import What, today
from data.workspace.story_rows import (
    OneStory,
    as_story,
    check_story,
    claim_story,
    find_story,
    published_story,
    subject_of_owner,
    subject_of_standing,
    subject_of_story,
    unknown_story,
    what_of,
    write_changed_story,
    write_new_story,
    write_version,
)
from data.workspace.tables import ReuseRow, StoryRow, StoryVersionRow
from data.workspace.workspace import Workspace
from domain.audit import SubjectKind
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors.fields import UnusableNameError
from domain.errors.networks import NameTakenError
from domain.errors.stories import OwnReviewError, StoryStateError
from domain.message import Message, to_translate
from domain.naming import slug
from domain.programme import Programme
from domain.rights import Action, Person, Subject, may
from domain.story import NEXT_STORY_STATES, STORY_STATE_NAMES, StoryKind, StoryState
from domain.success_bank import Story, check_publishable, kind_of, title_of

REVISIT_AFTER: Final = timedelta(days=2 * 365)  # where nobody has said when to look again
MOST_ATTEMPTS: Final = 3  # at an id that nobody else takes in the same moment
_STEP_NAMES: Final = {
    StoryState.DRAFT: to_translate("göra det till utkast"),
    StoryState.SENT: to_translate("skicka det till granskning"),
    StoryState.REVIEWED: to_translate("godkänna det"),
    StoryState.PUBLISHED: to_translate("publicera det"),
    StoryState.WITHDRAWN: to_translate("dra tillbaka det"),
}


@dataclass(frozen=True, slots=True)
class StoryVersion:
    """One saved version, without its content. is_written: its content differs from the version before."""

    version: int
    state: StoryState
    saved_at: datetime
    person_name: str
    is_written: bool


# Reading what is published


def stories(
    workspace: Workspace, *, kind: StoryKind | None = None, ids: Collection[str] | None = None
) -> tuple[Story, ...]:
    """Return the published stories, latest publication first, each in its newest published version."""
    question = (
        select(StoryRow, StoryVersionRow)
        .join(
            StoryVersionRow,
            (StoryVersionRow.story_id == StoryRow.id)
            & (StoryVersionRow.version == StoryRow.published_version),
        )
        .order_by(StoryRow.published_at.desc(), StoryRow.id)
    )
    if kind is not None:
        question = question.where(StoryRow.kind == kind)
    if ids is not None:
        question = question.where(StoryRow.id.in_(list(ids)))
    with workspace.reading() as session:
        return tuple(as_story(row, content) for row, content in session.execute(question))


def cases(workspace: Workspace, *, ids: Collection[str] | None = None) -> tuple[Case, ...]:
    """Return the published cases, newest first."""
    return cast(tuple[Case, ...], stories(workspace, kind=StoryKind.CASE, ids=ids))


def methods(workspace: Workspace, *, ids: Collection[str] | None = None) -> tuple[CooperationMethod, ...]:
    """Return the published methods, newest first."""
    return cast(tuple[CooperationMethod, ...], stories(workspace, kind=StoryKind.METHOD, ids=ids))


def programmes(workspace: Workspace, *, ids: Collection[str] | None = None) -> tuple[Programme, ...]:
    """Return the published programmes, newest first."""
    return cast(tuple[Programme, ...], stories(workspace, kind=StoryKind.PROGRAMME, ids=ids))


def story(workspace: Workspace, story_id: str, *, version: int | None = None) -> Story:
    """Return the newest published version, or an earlier one that was published too.

    Raises `UnknownStoryError`, also for what is not published.
    """
    with workspace.reading() as session:
        return published_story(session, story_id, version)


def state_number(workspace: Workspace) -> int:
    """Return a number that rises with every change of a story or reuse, as a key for what is computed from them."""
    with workspace.reading() as session:
        saved = session.scalar(select(func.count()).select_from(StoryVersionRow))
        tried = session.scalar(select(func.coalesce(func.sum(ReuseRow.version), 0)))
    return int(saved or 0) + int(tried or 0)


def versions(workspace: Workspace, story_id: str, *, actor: Person | None = None) -> tuple[StoryVersion, ...]:
    """Return the saved versions, newest first: all for those who may read the drafts, else the published ones.

    Raises `UnknownStoryError` for those who may not know that it exists.
    """
    with workspace.reading() as session:
        row = find_story(session, story_id)
        reads_all = actor is not None and _reads_drafts(session, acting(session, actor), row)
        if row.published_version is None and not reads_all:
            raise unknown_story(session, story_id)
        rows = session.execute(
            select(
                StoryVersionRow.version,
                StoryVersionRow.state,
                StoryVersionRow.saved_at,
                StoryVersionRow.person_name,
                StoryVersionRow.is_written,
            )
            .where(StoryVersionRow.story_id == story_id)
            .order_by(StoryVersionRow.version.desc())
        )
        versions = [StoryVersion(*row) for row in rows]
    return tuple(version for version in versions if reads_all or version.state is StoryState.PUBLISHED)


# Reading what is not


def draft(workspace: Workspace, actor: Person, story_id: str, *, version: int | None = None) -> Story:
    """Return the newest version in any state, or the given one. Raises `UnknownStoryError`, `NotAllowedError`."""
    with workspace.reading() as session:
        row = find_story(session, story_id)
        subject = subject_of_owner(session, row.owner_municipality, row.owner_network)
    workspace.require_right(actor, Action.READ_STORY_DRAFT, subject, What(SubjectKind.STORY, story_id))
    with workspace.reading() as session:
        row = find_story(session, story_id)
        content = session.get(StoryVersionRow, (story_id, version or row.version))
        if content is None:
            raise unknown_story(session, story_id)
        return as_story(row, content)


def drafts(
    workspace: Workspace,
    actor: Person,
    *,
    kind: StoryKind | None = None,
    states: Collection[StoryState] = (StoryState.DRAFT, StoryState.SENT, StoryState.REVIEWED),
) -> tuple[Story, ...]:
    """Return the newest versions that are in these states and that the actor may read, latest saved first."""
    question = (
        select(StoryRow, StoryVersionRow)
        .join(
            StoryVersionRow,
            (StoryVersionRow.story_id == StoryRow.id) & (StoryVersionRow.version == StoryRow.version),
        )
        .where(StoryRow.state.in_(list(states)))
        .order_by(StoryVersionRow.saved_at.desc(), StoryRow.id)
    )
    if kind is not None:
        question = question.where(StoryRow.kind == kind)
    with workspace.reading() as session:
        who = acting(session, actor)
        rows = session.execute(question).all()
        return tuple(as_story(row, content) for row, content in rows if _reads_drafts(session, who, row))


def may_write(workspace: Workspace, actor: Person, story: Story) -> bool:
    """Return whether the actor may save this story."""
    return _may(workspace, actor, Action.WRITE_STORY, story)


def may_review(workspace: Workspace, actor: Person, story: Story) -> bool:
    """Return whether the actor's role lets it review, publish and withdraw this story.

    The one who has written it may not review it, which `step` tells.
    """
    return _may(workspace, actor, Action.REVIEW_STORY, story)


# Changing


def save_story(workspace: Workspace, actor: Person, story: OneStory) -> OneStory:
    """Save a story as a new draft version, however much is missing. An unchanged story makes no version.

    `story.standing.version` is the version that was read, 0 for a new one, which gets an id of its title if it has none.
    Whose it is and whether it is made up is said once, when it is new.

    Raises `NotAllowedError`, `ChangedMeanwhileError`, `NameTakenError`, `UnknownPlaceError`, `PictureError`,
    `UnknownNetworkError` and what `check_keepable` raises.
    """
    if story.standing.version:
        return _save_changed(workspace, actor, story)
    require_place(workspace, actor, story, story.standing.owner_municipality)
    given = story.standing.id
    for attempt in range(MOST_ATTEMPTS):
        chosen = replace(
            story, standing=replace(story.standing, id=given or _new_id(workspace, story, attempt))
        )
        try:
            with workspace.reading() as session:
                subject = subject_of_standing(session, chosen.standing)
            with workspace.changing(actor, Action.WRITE_STORY, subject, what_of(chosen)) as change:
                return write_new_story(change, chosen)
        except IntegrityError:
            continue  # somebody took the id in the same moment
    raise NameTakenError(name=given or title_of(story))


def change_story_state(
    workspace: Workspace, actor: Person, story_id: str, state: StoryState, version: int
) -> Story:
    """Take the version that was read to another state: reviewed, published, withdrawn or back to a draft.

    Raises `NotAllowedError`, `OwnReviewError`, `StoryStateError`, `ChangedMeanwhileError`, `UnknownStoryError` and what
    `check_publishable` raises.
    """
    with workspace.reading() as session:
        row = find_story(session, story_id)
        subject = subject_of_owner(session, row.owner_municipality, row.owner_network)
        action = _action(acting(session, actor), row, state, subject)
    what = What(SubjectKind.STORY, story_id, requested={"state": state})
    with workspace.changing(actor, action, subject, what) as change:
        row, content = claim_story(change, story_id, version)
        before = as_story(row, content)
        if state not in NEXT_STORY_STATES[row.state]:
            raise StoryStateError(
                title=title_of(before),
                state=Message(STORY_STATE_NAMES[row.state]),
                wanted=Message(_STEP_NAMES[state]),
            )
        reviewed_by = content.reviewed_by
        revisit_on = content.revisit_on
        if state is StoryState.DRAFT:
            reviewed_by = ""
        if state in {StoryState.SENT, StoryState.REVIEWED, StoryState.PUBLISHED}:
            check_publishable(before)
        if state is StoryState.REVIEWED:
            if change.actor.id in _writers(change.session, row):
                raise OwnReviewError(person=change.actor.name, title=title_of(before))
            reviewed_by = change.actor.name
        if state is StoryState.PUBLISHED:
            has_passed = revisit_on is not None and revisit_on <= today()  # it was for what stood before
            if revisit_on is None or has_passed:
                revisit_on = today() + REVISIT_AFTER
            row.published_version, row.published_at = row.version + 1, change.at
        if state is StoryState.WITHDRAWN:
            row.published_version = row.published_at = None
        after = write_version(
            change, row, content.body, state, reviewed_by=reviewed_by, revisit_on=revisit_on, is_written=False
        )
        change.note(
            {"state": before.standing.state, "version": version},
            {"state": state, "version": after.version},
        )
        return as_story(row, after)


def _save_changed(workspace: Workspace, actor: Person, story: OneStory) -> OneStory:
    with workspace.reading() as session:
        row = find_story(session, story.standing.id)
        subject = subject_of_owner(session, row.owner_municipality, row.owner_network)
        owner_municipality = row.owner_municipality
    require_place(workspace, actor, story, owner_municipality)
    what = What(SubjectKind.STORY, story.standing.id)
    with workspace.changing(actor, Action.WRITE_STORY, subject, what) as change:
        row, content = claim_story(change, story.standing.id, story.standing.version)
        if kind_of(story) is not row.kind:
            raise unknown_story(change.session, story.standing.id)
        check_story(change, story)
        return cast(OneStory, write_changed_story(change, row, content, story))


def require_place(workspace: Workspace, actor: Person, story: Story, owner_municipality: str | None) -> None:
    """Require that a municipality writes about itself, unless the actor may write for everybody.

    Raises `NotAllowedError` (and notes it).
    """
    if (
        isinstance(story, Case)
        and owner_municipality
        and story.municipality_code not in {"", owner_municipality}
    ):
        place = Subject(municipality_code=story.municipality_code)
        workspace.require_right(actor, Action.WRITE_STORY, place, what_of(story))


def _action(who: Person, row: StoryRow, state: StoryState, subject: Subject) -> Action:
    """Return the right that a step requires. Writers and reviewers may both send to review and take back what is unpublished."""
    is_either = state in {StoryState.DRAFT, StoryState.SENT} or (
        state is StoryState.WITHDRAWN and row.published_version is None
    )
    return Action.WRITE_STORY if is_either and may(who, Action.WRITE_STORY, subject) else Action.REVIEW_STORY


def _writers(session: Session, row: StoryRow) -> set[str]:
    """Return who has written any of the unpublished versions."""
    return set(
        session.scalars(
            select(StoryVersionRow.person_id).where(
                StoryVersionRow.story_id == row.id,
                StoryVersionRow.is_written,
                StoryVersionRow.version > (row.published_version or 0),
            )
        )
    )


def _reads_drafts(session: Session, who: Person, row: StoryRow) -> bool:
    return may(
        who, Action.READ_STORY_DRAFT, subject_of_owner(session, row.owner_municipality, row.owner_network)
    )


def _may(workspace: Workspace, actor: Person, action: Action, story: Story) -> bool:
    with workspace.reading() as session:
        row = session.get(StoryRow, story.standing.id)
        return may(acting(session, actor), action, subject_of_story(session, story, row))


def _new_id(workspace: Workspace, story: Story, attempt: int) -> str:
    """Return a free id made from the title, or a random one where the title gives none."""
    try:
        proposed = slug(title_of(story))
    except UnusableNameError:
        proposed = ""
    if not proposed or attempt:
        return f"{kind_of(story)}-{secrets.token_hex(4)}"
    with workspace.reading() as session:
        taken = set(
            session.scalars(select(StoryRow.id).where(StoryRow.id.startswith(proposed, autoescape=True)))
        )
    chosen, count = proposed, 1
    while chosen in taken:
        count += 1
        chosen = f"{proposed}-{count}"
    return chosen
