"""Municipalities that try another's case, and how it went."""

from dataclasses import fields, replace

from sqlalchemy import select

from data.reference import places
from data.workspace.changing import What, place_name, values_of
from data.workspace.story_rows import published_story
from data.workspace.tables import ReuseRow, StoryRow
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES, SubjectKind
from domain.case import Case, Reuse
from domain.errors.choices import UnknownPlaceError
from domain.errors.stories import OwnCaseTriedError, StoryContentError, UnknownStoryError
from domain.identity_number import holds_identity_number
from domain.kept_text import check_text
from domain.message import Message
from domain.place import PlaceKind
from domain.rights import Action, Person, Subject
from domain.story import StoryKind
from domain.suggestion import suggest_similar

_KEPT = tuple(field.name for field in fields(Reuse))


def reuses(
    workspace: Workspace, case_id: str | None = None, *, municipality_code: str | None = None
) -> tuple[Reuse, ...]:
    """Return the tries of a case, of a municipality, or all: by case, the earliest start first.

    Only of cases that are published.
    """
    question = (
        select(ReuseRow)
        .join(StoryRow, StoryRow.id == ReuseRow.case_id)
        .where(StoryRow.published_version.is_not(None))
        .order_by(
            ReuseRow.case_id, ReuseRow.started_on.is_(None), ReuseRow.started_on, ReuseRow.municipality_code
        )
    )
    if case_id is not None:
        question = question.where(ReuseRow.case_id == case_id)
    if municipality_code is not None:
        question = question.where(ReuseRow.municipality_code == municipality_code)
    with workspace.reading() as session:
        return tuple(_reuse(row) for row in session.scalars(question))


def say_trying(workspace: Workspace, actor: Person, reuse: Reuse) -> Reuse:
    """Save that a municipality tries a published case, or how it goes (`version` is then the one that was read).

    Raises `NotAllowedError`, `UnknownStoryError`, `OwnCaseTriedError`, `UnknownPlaceError`, `ChangedMeanwhileError`,
    `StoryContentError` and the errors of texts.
    """
    subject = Subject(municipality_code=reuse.municipality_code)
    what = What(SubjectKind.REUSE, f"{reuse.case_id}/{reuse.municipality_code}")
    with workspace.changing(actor, Action.TRY_CASE, subject, what) as change:
        key = {"case_id": reuse.case_id, "municipality_code": reuse.municipality_code}
        if reuse.version:
            version = change.claim(ReuseRow, key, reuse.version)
        tried = published_story(change.session, reuse.case_id)
        if not isinstance(tried, Case):
            raise UnknownStoryError(story=reuse.case_id, suggestion="")
        place = places().get(reuse.municipality_code)
        if place is None or place.kind is not PlaceKind.MUNICIPALITY:
            near = suggest_similar(reuse.municipality_code, places())
            raise UnknownPlaceError(place=reuse.municipality_code, suggestion=near)
        if tried.municipality_code == reuse.municipality_code:
            raise OwnCaseTriedError(place=place_name(reuse.municipality_code), title=tried.title)
        check_text(reuse.how_it_went, FIELD_NAMES["how_it_went"])
        if holds_identity_number(reuse.how_it_went):
            raise StoryContentError(
                StoryContentError.IDENTITY_NUMBER, section=Message(FIELD_NAMES["how_it_went"])
            )
        if reuse.own_case_id:
            own = change.session.get(StoryRow, reuse.own_case_id)
            if own is None or own.kind is not StoryKind.CASE:
                raise UnknownStoryError(story=reuse.own_case_id, suggestion="")
        row = change.session.get(ReuseRow, tuple(key.values()), populate_existing=True)
        before = _reuse(row) if row is not None else None
        if row is None:
            saved = replace(reuse, version=1)
            row = ReuseRow(**values_of(saved), saved_at=change.at)
            change.session.add(row)
        elif not reuse.version:
            change.tell_what_changed(0)
        else:
            saved = replace(reuse, version=version)
            for name, value in values_of(saved).items():
                setattr(row, name, value)
            row.saved_at = change.at
        change.session.flush()
        change.note(before and replace(before, version=reuse.version), saved)
        return saved


def _reuse(row: ReuseRow) -> Reuse:
    return Reuse(**{name: getattr(row, name) for name in _KEPT})
