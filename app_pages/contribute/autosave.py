"""Save a story while it is being written: each section by itself, whenever one of its widgets has changed.

What cannot be saved stays in its widgets with the reason beside it. What somebody else has saved meanwhile is taken over
where the writer has not changed the same section; where both have, the writer's words stay and the writer chooses.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.user_error import UserError
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
class OpenStory:
    """A story that is being written. `story` is as it was last saved; `rows` are the rows of each list, each by a number.

    problems: section → why it is not saved. conflicts: section → what somebody else has saved in it meanwhile.
    meanwhile: what others saved that was taken over. round: part of the key of widgets that cannot be emptied, so that a
    new round draws them empty.
    """

    story: Story
    saved_at: datetime | None = None
    rows: dict[str, list[int]] = dataclasses.field(default_factory=dict)
    problems: dict[str, UserError] = dataclasses.field(default_factory=dict)
    conflicts: dict[str, ChangedMeanwhileError] = dataclasses.field(default_factory=dict)
    meanwhile: UserError | None = None
    next_row: int = 0
    round: int = 0


def sections(kind: StoryKind) -> Iterator[Section]:
    """All sections of a form, in order."""
    for chapter in FORMS[kind]:
        yield from chapter.sections


def section_of(kind: StoryKind, name: str) -> str:
    """The name of the section in which a field of the story is answered."""
    return next(section.name for section in sections(kind) if name in (*section.touched, *section.unknowable))


def is_open(story_id: str) -> bool:
    """Whether this story is being written in this session, with its widgets on the page.

    Streamlit forgets widgets that were not drawn, as after a visit to another page; then the form has to be filled again.
    """
    opened: OpenStory | None = st.session_state.get(OPEN)
    if opened is None or opened.story.standing.id != story_id:
        return False
    first = next(sections(kind_of(opened.story)))
    return key(first, first.fields[0].name) in st.session_state


def current_story() -> OpenStory:
    """The story that is being written."""
    opened: OpenStory = st.session_state[OPEN]
    return opened


def open_story(story: Story) -> OpenStory:
    """Open a story for writing and fill the widgets that are drawn next."""
    opened = OpenStory(story, saved_at=story.standing.saved_at)
    st.session_state[OPEN] = opened
    for section in sections(kind_of(story)):
        fill(section)
    return opened


# ---- widgets ---------------------------------------------------------------------------------------------------------


def key(section: Section, name: str, row: int | None = None) -> str:
    """The key of a widget."""
    return f"{FORM}-{section.name}-{name}" if row is None else f"{FORM}-{section.name}-{row}-{name}"


def fill(section: Section) -> None:
    """Set a section's widgets from what is saved; to be called before they are drawn."""
    opened = current_story()
    values = section.read(opened.story)
    if not section.row:
        _set_widgets(section, values)
        return
    opened.rows[section.name] = []
    for row_values in values:
        _set_widgets(section, row_values, add_row_number(section))


def add_row_number(section: Section) -> int:
    """Add one row at the end and return its number."""
    opened = current_story()
    opened.next_row += 1
    opened.rows.setdefault(section.name, []).append(opened.next_row)
    return opened.next_row


def _set_widgets(section: Section, values: Mapping[str, Any], row: int | None = None) -> None:
    for field in section.fields:
        value = values.get(field.name, field.default)
        if field.kind is FieldKind.CHOICE:
            value = str(value) if value else None
        elif field.kind is FieldKind.MANY:
            value = list(value or ())
        elif field.kind in {FieldKind.LINE, FieldKind.TEXT}:
            value = str(value or "")
        st.session_state[key(section, field.name, row)] = value


def values_of(section: Section) -> Any:  # noqa: ANN401 - a mapping, or one for each row
    """What is in a section's widgets now."""
    if not section.row:
        return {field.name: st.session_state.get(key(section, field.name)) for field in section.fields}
    return [
        {field.name: st.session_state.get(key(section, field.name, row)) for field in section.fields}
        for row in current_story().rows.get(section.name, [])
    ]


# ---- saving ----------------------------------------------------------------------------------------------------------


def save_section(section: Section) -> None:
    """Save what is in a section's widgets, for use in `on_change`."""
    values = values_of(section)
    _save(section, lambda story: section.change(story, values))


def mark_unknown(section: Section, name: str, *, is_unknown: bool) -> None:
    """Answer a field by “vet inte ännu”, or withdraw that answer."""

    def change(story: Story) -> Story:
        others = tuple(other for other in story.not_known if other != name)
        return replace(story, not_known=(*others, name) if is_unknown else others)

    _save(section, change)


def add_row(section: Section, values: Mapping[str, Any] | None = None) -> None:
    """Add a row; it is saved as soon as it has what it needs."""
    row = add_row_number(section)
    _set_widgets(section, values or {}, row)
    if values:
        save_section(section)


def remove_row(section: Section, row: int) -> None:
    """Remove a row."""
    current_story().rows[section.name].remove(row)
    save_section(section)


def move_row_up(section: Section, row: int) -> None:
    """Move a row one position up."""
    rows = current_story().rows[section.name]
    position = rows.index(row)
    if position:
        rows[position - 1], rows[position] = rows[position], rows[position - 1]
        save_section(section)


def save_mine(section: Section) -> None:
    """After a conflict, save what the writer has written on top of what somebody else saved."""
    current_story().conflicts.pop(section.name, None)
    save_section(section)


def take_theirs(section: Section) -> None:
    """After a conflict, fill the section with what somebody else saved."""
    current_story().conflicts.pop(section.name, None)
    fill(section)


def change_story(name: str, change: Change) -> None:
    """Save a change that no widget holds, such as a file; `name` is the section where a problem is shown."""
    opened = current_story()
    section = next((part for part in sections(kind_of(opened.story)) if part.name == name), None)
    _save(section, change, name=name)


def _save(section: Section | None, change: Change, *, name: str = "") -> None:
    opened = current_story()
    section_name = section.name if section is not None else name
    opened.meanwhile = None
    try:
        saved = save_story(get_workspace(), person.current_user(), change(opened.story))
    except ChangedMeanwhileError as error:
        _merge(section, change, error, section_name)
    except UserError as error:
        opened.problems[section_name] = error
    else:
        _note_saved(opened, saved, section_name)


def _note_saved(opened: OpenStory, saved: Story, section_name: str) -> None:
    opened.story = saved
    opened.saved_at = saved.standing.saved_at
    opened.problems.pop(section_name, None)
    opened.conflicts.pop(section_name, None)


def _merge(section: Section | None, change: Change, error: ChangedMeanwhileError, section_name: str) -> None:
    """Adopt what somebody else has saved, and save this change on top unless both changed the same section."""
    opened = current_story()
    before, actor = opened.story, person.current_user()
    try:
        theirs = draft(get_workspace(), actor, before.standing.id)
    except UserError as problem:
        opened.problems[section_name] = problem
        return
    mine = change(before)
    changed_by_me = {name for name in _names(before) if getattr(mine, name) != getattr(before, name)}
    changed_by_them = {name for name in _names(before) if getattr(theirs, name) != getattr(before, name)}
    opened.story = theirs
    for other in sections(kind_of(theirs)):
        if (
            other is not section
            and set(other.touched) & changed_by_them
            and other.name not in opened.problems
        ):
            fill(other)
    if changed_by_me & changed_by_them - {"not_known"}:
        opened.conflicts[section_name] = error
        return
    opened.meanwhile = error
    try:
        saved = save_story(get_workspace(), actor, change(theirs))
    except ChangedMeanwhileError as second_error:
        opened.conflicts[section_name] = second_error  # again in the same moment: the writer chooses
    except UserError as problem:
        opened.problems[section_name] = problem
    else:
        _note_saved(opened, saved, section_name)


def _names(story: Story) -> tuple[str, ...]:
    return tuple(name for name in type(story).__dataclass_fields__ if name != "standing")
