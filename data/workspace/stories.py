"""Cases, methods and programmes in the workspace: drafts, what is published, and every version between.

Each save is a version of its own and is kept whole. Readers see the newest published one, also while a newer draft is
written, until the story is withdrawn. Nobody reviews what they have written themselves.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.places import Settings
from data.reference import places
from data.workspace.actors import acting
from data.workspace.changing import Change, What, changing, require_noted, subject_of, today
from data.workspace.database import workspace
from data.workspace.networks import found_network
from data.workspace.story_body import from_body, to_body
from data.workspace.tables import AttachmentRow, PictureRow, ReuseRow, StoryRow, StoryVersionRow
from domain.audit import SubjectKind, described, differences
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors import (
    ChangedMeanwhileError,
    NameTakenError,
    OwnReviewError,
    StoryStateError,
    UnknownPictureError,
    UnknownPlaceError,
    UnknownStoryError,
    UnusableNameError,
)
from domain.naming import check_id, slug
from domain.place import PlaceKind
from domain.programme import Programme
from domain.rights import Action, Person, Subject, may
from domain.story import NEXT_STORY_STATES, STORY_STATE_NAMES, Standing, StoryKind, StoryState
from domain.success_bank import Story, check_keepable, check_publishable, kind_of, title_of
from domain.suggestion import did_you_mean
from domain.wording import Sentence, to_translate

OneStory = TypeVar("OneStory", Case, CooperationMethod, Programme)

REVISIT_AFTER: Final = timedelta(days=2 * 365)  # where nobody has said when to look again
MOST_ATTEMPTS: Final = 3  # at an id that nobody else takes in the same moment
LONGEST_IN_LOG: Final = 300  # characters of a text; the versions keep it whole
_STEP_NAMES: Final = {
    StoryState.DRAFT: to_translate("göra det till utkast"),
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
    settings: Settings, *, kind: StoryKind | None = None, ids: Collection[str] | None = None
) -> tuple[Story, ...]:
    """What is published, the newest publication first. Each as its newest published version."""
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
    with workspace(settings) as session:
        return tuple(_story(row, kept) for row, kept in session.execute(question))


def cases(settings: Settings, *, ids: Collection[str] | None = None) -> tuple[Case, ...]:
    """The published cases, the newest first."""
    return cast(tuple[Case, ...], stories(settings, kind=StoryKind.CASE, ids=ids))


def methods(settings: Settings, *, ids: Collection[str] | None = None) -> tuple[CooperationMethod, ...]:
    """The published methods, the newest first."""
    return cast(tuple[CooperationMethod, ...], stories(settings, kind=StoryKind.METHOD, ids=ids))


def programmes(settings: Settings, *, ids: Collection[str] | None = None) -> tuple[Programme, ...]:
    """The published programmes, the newest first."""
    return cast(tuple[Programme, ...], stories(settings, kind=StoryKind.PROGRAMME, ids=ids))


def story(settings: Settings, story_id: str) -> Story:
    """The newest published version. Raises `UnknownStoryError`, also for what is not published."""
    with workspace(settings) as session:
        return published_story(session, story_id)


def state_number(settings: Settings) -> int:
    """A number that rises with every change of a story or a reuse: what is worked out from them is as old as it says."""
    with workspace(settings) as session:
        saved = session.scalar(select(func.count()).select_from(StoryVersionRow))
        tried = session.scalar(select(func.coalesce(func.sum(ReuseRow.version), 0)))
    return int(saved or 0) + int(tried or 0)


def versions(settings: Settings, story_id: str, *, actor: Person | None = None) -> tuple[StoryVersion, ...]:
    """The saved versions, the newest first: all of them for who may read its drafts, else the published ones.

    Raises `UnknownStoryError` for who may not even know that there is one.
    """
    with workspace(settings) as session:
        row = _found(session, story_id)
        reads_all = actor is not None and _reads_drafts(session, acting(session, actor), row)
        if row.published_version is None and not reads_all:
            raise _unknown(session, story_id)
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
        found = [StoryVersion(*one) for one in rows]
    return tuple(one for one in found if reads_all or one.state is StoryState.PUBLISHED)


# Reading what is not


def draft(settings: Settings, actor: Person, story_id: str, *, version: int | None = None) -> Story:
    """The newest version in whatever state, or a certain one. Raises `UnknownStoryError`, `NotAllowedError`."""
    with workspace(settings) as session:
        row = _found(session, story_id)
        subject = _subject(session, row.owner_municipality, row.owner_network)
    require_noted(settings, actor, Action.READ_STORY_DRAFT, subject, What(SubjectKind.STORY, story_id))
    with workspace(settings) as session:
        row = _found(session, story_id)
        kept = session.get(StoryVersionRow, (story_id, version or row.version))
        if kept is None:
            raise _unknown(session, story_id)
        return _story(row, kept)


def drafts(
    settings: Settings,
    actor: Person,
    *,
    kind: StoryKind | None = None,
    states: Collection[StoryState] = (StoryState.DRAFT, StoryState.REVIEWED),
) -> tuple[Story, ...]:
    """The newest versions that are in these states and that the actor may read, the latest saved first."""
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
    with workspace(settings) as session:
        who = acting(session, actor)
        found = session.execute(question).all()
        return tuple(_story(row, kept) for row, kept in found if _reads_drafts(session, who, row))


def may_write(settings: Settings, actor: Person, story: Story) -> bool:
    """Whether the actor may save this story."""
    return _may(settings, actor, Action.WRITE_STORY, story)


def may_review(settings: Settings, actor: Person, story: Story) -> bool:
    """Whether the actor may review, publish and withdraw this story, as far as the role goes.

    The one who has written it may not review it, which `step` tells.
    """
    return _may(settings, actor, Action.REVIEW_STORY, story)


# Changing


def save_story(settings: Settings, actor: Person, story: OneStory) -> OneStory:
    """Keep what is written as a new version: a draft, however much is missing. What is as it was makes no version.

    `story.standing.version` is the version that was read, 0 for a new one, which gets an id of its title if it has none.
    Whose it is and whether it is made up is said once, when it is new.

    Raises `NotAllowedError`, `ChangedMeanwhileError`, `NameTakenError`, `UnknownPlaceError`, `UnknownPictureError`,
    `UnknownNetworkError` and what `check_keepable` raises.
    """
    if story.standing.version:
        return _save_changed(settings, actor, story)
    _require_place(settings, actor, story, story.standing.owner_municipality)
    given = story.standing.id
    for attempt in range(MOST_ATTEMPTS):
        chosen = replace(
            story, standing=replace(story.standing, id=given or _new_id(settings, story, attempt))
        )
        try:
            with workspace(settings) as session:
                subject = subject_of_standing(session, chosen.standing)
            with changing(settings, actor, Action.WRITE_STORY, subject, _what(chosen)) as change:
                return _write_new(change, chosen)
        except IntegrityError:
            continue  # somebody took the id in the same moment
    raise NameTakenError(name=given or title_of(story))


def step(settings: Settings, actor: Person, story_id: str, state: StoryState, version: int) -> Story:
    """Take the version that was read to another state: reviewed, published, withdrawn or back to a draft.

    Raises `NotAllowedError`, `OwnReviewError`, `StoryStateError`, `ChangedMeanwhileError`, `UnknownStoryError` and what
    `check_publishable` raises.
    """
    with workspace(settings) as session:
        row = _found(session, story_id)
        subject = _subject(session, row.owner_municipality, row.owner_network)
        action = _action(acting(session, actor), row, state, subject)
    what = What(SubjectKind.STORY, story_id, wanted={"state": state})
    with changing(settings, actor, action, subject, what) as change:
        row, kept = _claimed(change, story_id, version)
        before = _story(row, kept)
        if state not in NEXT_STORY_STATES[row.state]:
            raise StoryStateError(
                title=title_of(before),
                state=Sentence(STORY_STATE_NAMES[row.state]),
                wanted=Sentence(_STEP_NAMES[state]),
            )
        reviewed_by = kept.reviewed_by
        revisit_on = kept.revisit_on
        if state is StoryState.DRAFT:
            reviewed_by = ""
        if state in {StoryState.REVIEWED, StoryState.PUBLISHED}:
            check_publishable(before)
        if state is StoryState.REVIEWED:
            if change.actor.id in _writers(change.session, row):
                raise OwnReviewError(person=change.actor.name, title=title_of(before))
            reviewed_by = change.actor.name
        if state is StoryState.PUBLISHED:
            revisit_on = revisit_on or today() + REVISIT_AFTER
            row.published_version, row.published_at = row.version + 1, change.at
        if state is StoryState.WITHDRAWN:
            row.published_version = row.published_at = None
        after = _write_version(
            change, row, kept.body, state, reviewed_by=reviewed_by, revisit_on=revisit_on, is_written=False
        )
        change.note(
            {"state": before.standing.state, "version": version},
            {"state": state, "version": after.version},
        )
        return _story(row, after)


def import_stories(
    settings: Settings, actor: Person, brought: Iterable[Story], *, replaces: bool = False
) -> tuple[Story, ...]:
    """Keep stories that come from elsewhere, all of them or none.

    Who may both write and review everywhere keeps their standing (also published); for others they are drafts. One that is here
    already with another content is refused with `NameTakenError`, or gets a new version with `replaces`.

    Raises what `save_story` and `check_publishable` raise.
    """
    listed = list(brought)
    with workspace(settings) as session:
        who = acting(session, actor)
    keeps_standing = all(may(who, action) for action in (Action.WRITE_STORY, Action.REVIEW_STORY))
    for one in listed:  # all rights before anything is written, so that a refusal is noted
        with workspace(settings) as session:
            row = session.get(StoryRow, one.standing.id)
            subject = _subject_of(session, one, row)
        _require_place(settings, actor, one, subject.municipality_code)
        require_noted(settings, actor, Action.WRITE_STORY, subject, _what(one))
    kept: list[Story] = []
    with workspace(settings) as session:
        for one in listed:
            change = Change(session, who, Action.WRITE_STORY, _what(one), datetime.now(UTC))
            kept.append(_brought(change, one, keeps_standing=keeps_standing, replaces=replaces))
    return tuple(kept)


# Within a transaction


def published_story(session: Session, story_id: str) -> Story:
    """The newest published version. Raises `UnknownStoryError`."""
    row = session.get(StoryRow, story_id)
    if row is None or row.published_version is None:
        raise _unknown(session, story_id)
    return _story(row, session.get_one(StoryVersionRow, (story_id, row.published_version)))


def subject_of_standing(session: Session, standing: Standing) -> Subject:
    """Whose a story is, as rights see it. Raises `UnknownNetworkError`."""
    return _subject(session, standing.owner_municipality, standing.owner_network)


def _save_changed(settings: Settings, actor: Person, story: OneStory) -> OneStory:
    with workspace(settings) as session:
        row = _found(session, story.standing.id)
        subject = _subject(session, row.owner_municipality, row.owner_network)
        owner_municipality = row.owner_municipality
    _require_place(settings, actor, story, owner_municipality)
    what = What(SubjectKind.STORY, story.standing.id)
    with changing(settings, actor, Action.WRITE_STORY, subject, what) as change:
        row, kept = _claimed(change, story.standing.id, story.standing.version)
        if kind_of(story) is not row.kind:
            raise _unknown(change.session, story.standing.id)
        _check(change, story)
        return cast(OneStory, _write_changed(change, row, kept, story))


def _write_changed(change: Change, row: StoryRow, kept: StoryVersionRow, story: Story) -> Story:
    """A new version, a draft, unless nothing is changed."""
    body, revisit_on = to_body(story), story.standing.revisit_on
    if (body, revisit_on) == (kept.body, kept.revisit_on):
        return _story(row, kept)
    after = _write_version(
        change, row, body, StoryState.DRAFT, reviewed_by="", revisit_on=revisit_on, is_written=True
    )
    _note(change, kept, after)
    return _story(row, after)


def _write_new(
    change: Change, story: OneStory, state: StoryState = StoryState.DRAFT, *, is_brought: bool = False
) -> OneStory:
    """A story that is not here yet; with its whole standing where it is brought from elsewhere."""
    standing = story.standing
    check_id(standing.id)
    _check(change, story)
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
        owner_network=standing.owner_network,
        written_by=(is_brought and standing.written_by) or change.actor.name,
        is_made_up=standing.is_made_up,
        created_at=change.at,
        version=0,
    )
    change.session.add(row)
    change.session.flush()
    kept = _write_version(
        change,
        row,
        to_body(story),
        state,
        reviewed_by=standing.reviewed_by if is_brought else "",
        revisit_on=standing.revisit_on,
        is_written=True,
    )
    _note(change, None, kept)
    return cast(OneStory, _story(row, kept))


def _brought(change: Change, story: Any, *, keeps_standing: bool, replaces: bool) -> Story:  # noqa: ANN401 - any kind
    """One story from elsewhere, in the state that it has there if the actor's word is enough for that."""
    state = story.standing.state if keeps_standing else StoryState.DRAFT
    if state in {StoryState.REVIEWED, StoryState.PUBLISHED}:
        check_publishable(story)
    row = change.session.get(StoryRow, story.standing.id)
    if row is None:
        return _write_new(change, story, state, is_brought=keeps_standing)  # type: ignore[no-any-return]
    kept = change.session.get_one(StoryVersionRow, (row.id, row.version))
    is_same = row.kind is kind_of(story) and to_body(story) == kept.body
    if is_same and (row.state is state or not keeps_standing):
        return _story(row, kept)
    if not replaces or row.kind is not kind_of(story):
        raise NameTakenError(name=story.standing.id)
    row, kept = _claimed(change, row.id, row.version)
    _check(change, story)
    if state is StoryState.PUBLISHED:
        row.published_version = row.version + 1
        row.published_at = story.standing.published_at or change.at
    if state is StoryState.WITHDRAWN:
        row.published_version = row.published_at = None
    after = _write_version(
        change,
        row,
        to_body(story),
        state,
        reviewed_by=story.standing.reviewed_by if keeps_standing else "",
        revisit_on=story.standing.revisit_on,
        is_written=not is_same,
    )
    _note(change, kept, after)
    return _story(row, after)


def _write_version(
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
    kept = StoryVersionRow(
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
    change.session.add(kept)
    change.session.flush()
    return kept


def _claimed(change: Change, story_id: str, version: int) -> tuple[StoryRow, StoryVersionRow]:
    """The story with its newest version, which must be the one that was read; others wait until this change is done."""
    if not change.hold(StoryRow, {"id": story_id}):
        raise _unknown(change.session, story_id)
    row = change.session.get_one(StoryRow, story_id, populate_existing=True)
    kept = change.session.get_one(StoryVersionRow, (story_id, row.version))
    if row.version == version:
        return row, kept
    read = change.session.get(StoryVersionRow, (story_id, version))
    since = change.session.execute(
        select(StoryVersionRow.person_name)
        .where(StoryVersionRow.story_id == story_id, StoryVersionRow.version > version)
        .order_by(StoryVersionRow.version)
    )
    changes = differences(_told(read) if read else {}, _told(kept))
    raise ChangedMeanwhileError(
        who=" + ".join(dict.fromkeys(since.scalars())) or kept.person_name,
        when=kept.saved_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        what=described(changes),
        changes=changes,
    )


def _check(change: Change, story: Story) -> None:
    """What must hold of a story that is kept, beside the rules that need nothing but the words."""
    check_keepable(story)
    for code in _codes(story):
        place = places().get(code)
        if place is None or place.kind is not PlaceKind.MUNICIPALITY:
            names = [one.name for one in places().values() if one.kind is PlaceKind.MUNICIPALITY]
            raise UnknownPlaceError(place=code, suggestion=did_you_mean(code, [*places(), *names]))
    wanted = {picture.checksum for picture in story.pictures}
    _check_kept(change.session, PictureRow, wanted)
    if isinstance(story, CooperationMethod) and story.template is not None:
        _check_kept(change.session, AttachmentRow, {story.template.checksum})


def _check_kept(session: Session, table: type[PictureRow | AttachmentRow], wanted: set[str]) -> None:
    kept = set(session.scalars(select(table.checksum).where(table.checksum.in_(wanted)))) if wanted else set()
    for checksum in sorted(wanted - kept):
        raise UnknownPictureError(checksum=checksum[:64])


def _require_place(settings: Settings, actor: Person, story: Story, owner_municipality: str | None) -> None:
    """What a municipality writes is about itself; only who writes for everybody writes about another.

    Raises `NotAllowedError` (and notes it).
    """
    if (
        isinstance(story, Case)
        and owner_municipality
        and story.municipality_code not in {"", owner_municipality}
    ):
        place = Subject(municipality_code=story.municipality_code)
        require_noted(settings, actor, Action.WRITE_STORY, place, _what(story))


def _codes(story: Story) -> list[str]:
    """Every municipality that a story names."""
    named: list[str] = []
    if isinstance(story, Case):
        named = [story.municipality_code, *(code for code, _ in story.also_in)]
    if isinstance(story, Programme):
        named = [one.municipality_code for one in story.projects]
        named += [one.municipality_code for one in story.counts]
    return [code for code in named if code]


def _action(who: Person, row: StoryRow, wanted: StoryState, subject: Subject) -> Action:
    """What a step takes the right to do: either side takes back what is not published."""
    is_either = wanted is StoryState.DRAFT or (
        wanted is StoryState.WITHDRAWN and row.published_version is None
    )
    return Action.WRITE_STORY if is_either and may(who, Action.WRITE_STORY, subject) else Action.REVIEW_STORY


def _writers(session: Session, row: StoryRow) -> set[str]:
    """Who has written anything of what is not published yet."""
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
    return may(who, Action.READ_STORY_DRAFT, _subject(session, row.owner_municipality, row.owner_network))


def _may(settings: Settings, actor: Person, action: Action, story: Story) -> bool:
    with workspace(settings) as session:
        row = session.get(StoryRow, story.standing.id)
        return may(acting(session, actor), action, _subject_of(session, story, row))


def _subject_of(session: Session, story: Story, row: StoryRow | None) -> Subject:
    """Whose a story is: as it is kept, else as it says."""
    if row is not None:
        return _subject(session, row.owner_municipality, row.owner_network)
    return subject_of_standing(session, story.standing)


def _subject(session: Session, municipality_code: str | None, network_id: str | None) -> Subject:
    if network_id is None:
        return Subject(municipality_code=municipality_code)
    return subject_of(found_network(session, network_id), municipality_code)


def _what(story: Story) -> What:
    """As a refusal notes it: none of its words, which may be what must not be kept."""
    return What(SubjectKind.STORY, story.standing.id or kind_of(story))


def _new_id(settings: Settings, story: Story, attempt: int) -> str:
    """A free id of the title, or of chance where the title gives none."""
    try:
        wanted = slug(title_of(story))
    except UnusableNameError:
        wanted = ""
    if not wanted or attempt:
        return f"{kind_of(story)}-{secrets.token_hex(4)}"
    with workspace(settings) as session:
        taken = set(
            session.scalars(select(StoryRow.id).where(StoryRow.id.startswith(wanted, autoescape=True)))
        )
    chosen, count = wanted, 1
    while chosen in taken:
        count += 1
        chosen = f"{wanted}-{count}"
    return chosen


def _note(change: Change, before: StoryVersionRow | None, after: StoryVersionRow) -> None:
    """A line with what differs; the versions keep the whole."""
    old, new = (_told(before) if before else {}), _told(after)
    changed = [name for name in new if name == "version" or new[name] != old.get(name)]
    change.note(
        {name: _shortened(old.get(name)) for name in changed} if before else None,
        {name: _shortened(new[name]) for name in changed},
    )


def _told(kept: StoryVersionRow) -> dict[str, Any]:
    """A version in plain types: its content with its state."""
    return {"version": kept.version, "state": kept.state.value, "revisit_on": kept.revisit_on, **kept.body}


def _shortened(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str) and len(value) > LONGEST_IN_LOG:
        return value[: LONGEST_IN_LOG - 1] + "…"
    return f"({len(value)})" if isinstance(value, list | dict) else value


def _found(session: Session, story_id: str) -> StoryRow:
    row = session.get(StoryRow, story_id)
    if row is None:
        raise _unknown(session, story_id)
    return row


def _unknown(session: Session, story_id: str) -> UnknownStoryError:
    """Suggests only what is published: of a draft not even the name is told."""
    known = session.scalars(select(StoryRow.id).where(StoryRow.published_version.is_not(None))).all()
    near = did_you_mean(story_id, [one for one in known if one != story_id])
    return UnknownStoryError(story=story_id[:80], suggestion=near)


def _story(row: StoryRow, kept: StoryVersionRow) -> Story:
    return from_body(
        row.kind,
        kept.body,
        Standing(
            id=row.id,
            state=kept.state,
            owner_municipality=row.owner_municipality,
            owner_network=row.owner_network,
            written_by=row.written_by,
            reviewed_by=kept.reviewed_by,
            saved_at=kept.saved_at,
            published_at=row.published_at,
            revisit_on=kept.revisit_on,
            is_made_up=row.is_made_up,
            version=kept.version,
        ),
    )
