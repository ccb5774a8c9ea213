"""How `jamfor case` writes cases, methods and programmes, as text and for JSON."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Final

import typer

from cli.output import write_table
from cli.words import _
from data.workspace.changing import place_name, today
from domain.case import CASE_STATUS_NAMES, SECTOR_NAMES, AimDirection, Case
from domain.message import to_translate
from domain.programme import CRITERION_STATE_NAMES, PROGRAMME_STEP_NAMES
from domain.story import NOT_KNOWN_YET, STORY_KIND_NAMES, STORY_STATE_NAMES
from domain.success_bank import SECTION_NAMES, Story, kind_of, sections_of, title_of, unanswered

_WORDS: Final = {
    AimDirection.INCREASE.value: to_translate("ska öka"),
    AimDirection.DECREASE.value: to_translate("ska minska"),
    **{word.value: name for word, name in SECTOR_NAMES.items()},
    **{word.value: name for word, name in PROGRAMME_STEP_NAMES.items()},
    **{word.value: name for word, name in CRITERION_STATE_NAMES.items()},
}


def summarize_story(story: Story) -> dict[str, Any]:
    """Return the facts that lists show, for JSON."""
    standing = story.standing
    about = (
        {"municipality_code": story.municipality_code, "status": story.status.value}
        if isinstance(story, Case)
        else {}
    )
    return {
        "id": standing.id,
        "kind": kind_of(story).value,
        "title": title_of(story),
        "state": standing.state.value,
        "version": standing.version,
        "is_made_up": standing.is_made_up,
        **about,
    }


def write_story_list(stories: Sequence[Story]) -> None:
    """Write a table with one row per story."""
    if not stories:
        typer.echo(_("Det finns inga sådana."))
        return
    rows = [
        [
            story.standing.id,
            _(STORY_KIND_NAMES[kind_of(story)]),
            _made_up_mark(story) + title_of(story),
            place_name(story.municipality_code) if isinstance(story, Case) else "",
            _(CASE_STATUS_NAMES[story.status]) if isinstance(story, Case) else "",
            _(STORY_STATE_NAMES[story.standing.state]),
        ]
        for story in stories
    ]
    headings = [_("Beteckning"), _("Slag"), _("Namn"), _("Plats"), _("Status"), _("Läge")]
    write_table(headings, rows, right_aligned=())


def write_story(story: Story) -> None:
    """Write the title, the facts, each answered section, and the names of the unanswered ones."""
    state = _(STORY_STATE_NAMES[story.standing.state])
    typer.echo(f"{_made_up_mark(story)}{title_of(story)} ({story.standing.id}, {state})")
    if story.standing.is_stale_on(today()):
        typer.echo(_("Skulle ha setts över {day}.").format(day=story.standing.revisit_on))
    if isinstance(story, Case):
        typer.echo(f"{place_name(story.municipality_code)}, {_(CASE_STATUS_NAMES[story.status])}")
        if story.is_failure:
            typer.echo(_("Gav inte det man hoppades."))
    for section in sections_of(kind_of(story)):
        text = _(NOT_KNOWN_YET) if section in story.not_known else _format_content(getattr(story, section))
        if text and section not in {"title", "name", "municipality_code"}:
            typer.echo(f"\n{_(SECTION_NAMES[section]).capitalize()}")
            typer.echo(text)
    blank = unanswered(story)
    if blank:
        typer.echo(
            "\n"
            + _("Saknar svar: {sections}.").format(
                sections=", ".join(_(SECTION_NAMES[name]) for name in blank)
            )
        )


def _format_content(content: object) -> str:
    """Return a section's content as lines of text."""
    if content is None or isinstance(content, bool):
        return ""
    if isinstance(content, tuple):
        return "\n".join(f"- {_format_content(item)}" for item in content)
    if isinstance(content, StrEnum):
        return _(_WORDS.get(content.value, content.value))
    if is_dataclass(content):
        parts = (_format_content(getattr(content, field.name)) for field in fields(content))
        return ", ".join(part for part in parts if part)
    return str(content)


def _made_up_mark(story: Story) -> str:
    return _("[påhittat] ") if story.standing.is_made_up else ""
