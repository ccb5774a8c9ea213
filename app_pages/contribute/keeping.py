"""What is written is kept as it is written: each section by itself, whenever one of its widgets has changed.

What cannot be kept stays in its widgets with the reason beside it. What somebody else has saved meanwhile is taken over
where the writer has not touched the same; where both have, the writer's words stay and the writer chooses.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import streamlit as st

from app_pages.contribute.case_form import CASE_FORM
from app_pages.contribute.form import Chapter, FieldKind, Section
from app_pages.contribute.method_form import METHOD_FORM
from app_pages.contribute.programme_form import PROGRAMME_FORM
from app_pages.parts import person
from app_pages.parts.opening import get_workspace
from data.workspace.stories import draft, save_story
from domain.errors import ChangedMeanwhileError, UserError
from domain.story import StoryKind
from domain.success_bank import Story, kind_of

FORM: Final = "bidra"
OPEN: Final = f"{FORM}-open"
FORMS: Final[Mapping[StoryKind, tuple[Chapter, ...]]] = {
    StoryKind.CASE: CASE_FORM,
    StoryKind.METHOD: METHOD_FORM,
    StoryKind.PROGRAMME: PROGRAMME_FORM,
}
Change = Callable[[Story], Story]


@dataclass(slots=True)
class Open:
    """A story that is being written. `story` is as it was last kept; `rows` the rows of each list, by a number of their own.

    problems: section → why it is not kept. conflicts: section → what somebody else has saved in it meanwhile.
    meanwhile: what others saved that was taken over. round: makes widgets anew that cannot be emptied.
    """

    story: Story
    saved_at: datetime | None = None
    rows: dict[str, list[int]] = field(default_factory=dict)
    problems: dict[str, UserError] = field(default_factory=dict)
    conflicts: dict[str, ChangedMeanwhileError] = field(default_factory=dict)
    meanwhile: UserError | None = None
    next_row: int = 0
    round: int = 0


def sections(kind: StoryKind) -> Iterator[Section]:
    """All sections of a form, in order."""
    for chapter in FORMS[kind]:
        yield from chapter.sections


def section_of(kind: StoryKind, name: str) -> str:
    """The section of a form in which this is answered."""
    return next(section.name for section in sections(kind) if name in (*section.touched, *section.unknowable))


def is_open(story_id: str) -> bool:
    """Whether this story is being written in this session, with its widgets on the page.

    Streamlit forgets widgets that were not drawn, as after another page; then the form is to be filled anew.
    """
    found: Open | None = st.session_state.get(OPEN)
    if found is None or found.story.standing.id != story_id:
        return False
    first = next(sections(kind_of(found.story)))
    return key(first, first.fields[0].name) in st.session_state


def now_open() -> Open:
    """The story that is being written."""
    found: Open = st.session_state[OPEN]
    return found


def begin(story: Story) -> Open:
    """Fill the form from a story, for the widgets that are drawn next."""
    found = Open(story, saved_at=story.standing.saved_at)
    st.session_state[OPEN] = found
    for section in sections(kind_of(story)):
        fill(section)
    return found


# ---- widgets ---------------------------------------------------------------------------------------------------------


def key(section: Section, name: str, row: int | None = None) -> str:
    """The key of a widget."""
    return f"{FORM}-{section.name}-{name}" if row is None else f"{FORM}-{section.name}-{row}-{name}"


def fill(section: Section) -> None:
    """Set a section's widgets from what is kept; to be done before they are drawn."""
    found = now_open()
    values = section.read(found.story)
    if not section.row:
        _set(section, values)
        return
    found.rows[section.name] = []
    for value in values:
        _set(section, value, add_row_number(section))


def add_row_number(section: Section) -> int:
    """A row more, at the end."""
    found = now_open()
    found.next_row += 1
    found.rows.setdefault(section.name, []).append(found.next_row)
    return found.next_row


def _set(section: Section, values: Mapping[str, Any], row: int | None = None) -> None:
    for one in section.fields:
        value = values.get(one.name, one.default)
        if one.kind is FieldKind.CHOICE:
            value = str(value) if value else None
        elif one.kind is FieldKind.MANY:
            value = list(value or ())
        elif one.kind in {FieldKind.LINE, FieldKind.TEXT}:
            value = str(value or "")
        st.session_state[key(section, one.name, row)] = value


def values_of(section: Section) -> Any:  # noqa: ANN401 - a mapping, or one for each row
    """What stands in a section's widgets now."""
    if not section.row:
        return {one.name: st.session_state.get(key(section, one.name)) for one in section.fields}
    return [
        {one.name: st.session_state.get(key(section, one.name, row)) for one in section.fields}
        for row in now_open().rows.get(section.name, [])
    ]


# ---- keeping ---------------------------------------------------------------------------------------------------------


def keep(section: Section) -> None:
    """Keep what stands in a section, for use in `on_change`."""
    values = values_of(section)
    _keep(section, lambda story: section.written(story, values))


def say_unknown(section: Section, name: str, *, is_unknown: bool) -> None:
    """Answer a section by “vet inte ännu”, or take that answer back."""

    def change(story: Story) -> Story:
        others = tuple(one for one in story.not_known if one != name)
        return replace(story, not_known=(*others, name) if is_unknown else others)

    _keep(section, change)


def add_row(section: Section, values: Mapping[str, Any] | None = None) -> None:
    """A row more; it is kept as soon as it has what it needs."""
    row = add_row_number(section)
    _set(section, values or {}, row)
    if values:
        keep(section)


def take_row(section: Section, row: int) -> None:
    """A row less."""
    now_open().rows[section.name].remove(row)
    keep(section)


def raise_row(section: Section, row: int) -> None:
    """A row one step up."""
    listed = now_open().rows[section.name]
    place = listed.index(row)
    if place:
        listed[place - 1], listed[place] = listed[place], listed[place - 1]
        keep(section)


def keep_mine(section: Section) -> None:
    """After a conflict: what the writer has written, on top of what somebody else saved."""
    now_open().conflicts.pop(section.name, None)
    keep(section)


def take_theirs(section: Section) -> None:
    """After a conflict: what somebody else saved."""
    now_open().conflicts.pop(section.name, None)
    fill(section)


def change_story(name: str, change: Change) -> None:
    """Keep a change that no widget holds, such as a file; `name` is the section where a problem is told."""
    found = now_open()
    section = next((section for section in sections(kind_of(found.story)) if section.name == name), None)
    _keep(section, change, name=name)


def _keep(section: Section | None, change: Change, *, name: str = "") -> None:
    found = now_open()
    where = section.name if section is not None else name
    found.meanwhile = None
    try:
        kept = save_story(get_workspace(), person.signed_in(), change(found.story))
    except ChangedMeanwhileError as error:
        _meanwhile(section, change, error, where)
    except UserError as error:
        found.problems[where] = error
    else:
        _kept(found, kept, where)


def _kept(found: Open, kept: Story, where: str) -> None:
    found.story = kept
    found.saved_at = kept.standing.saved_at
    found.problems.pop(where, None)
    found.conflicts.pop(where, None)


def _meanwhile(section: Section | None, change: Change, error: ChangedMeanwhileError, where: str) -> None:
    """Somebody else has saved: take over what they changed, and this change on top unless it is of the same."""
    found = now_open()
    before, actor = found.story, person.signed_in()
    try:
        theirs = draft(get_workspace(), actor, before.standing.id)
    except UserError as problem:
        found.problems[where] = problem
        return
    wanted = change(before)
    mine = {name for name in _names(before) if getattr(wanted, name) != getattr(before, name)}
    changed = {name for name in _names(before) if getattr(theirs, name) != getattr(before, name)}
    found.story = theirs
    is_of_same = bool(mine & changed - {"not_known"})
    for one in sections(kind_of(theirs)):
        if one is not section and set(one.touched) & changed and one.name not in found.problems:
            fill(one)
    if is_of_same:
        found.conflicts[where] = error
        return
    found.meanwhile = error
    try:
        kept = save_story(get_workspace(), actor, change(theirs))
    except ChangedMeanwhileError as again:
        found.conflicts[where] = again  # once more in the same moment: the writer chooses
    except UserError as problem:
        found.problems[where] = problem
    else:
        _kept(found, kept, where)


def _names(story: Story) -> tuple[str, ...]:
    return tuple(one for one in type(story).__dataclass_fields__ if one != "standing")
