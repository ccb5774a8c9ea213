"""Show what is still missing, and the steps: sent to review, approved or sent back, published, withdrawn."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from app_pages.contribute import autosave
from app_pages.contribute.autosave import FORM
from app_pages.contribute.choose import Choice
from app_pages.parts import bank, forms, person
from app_pages.parts.blocks import show_heading, show_links, show_text
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, capitalize_first, ngettext
from data.workspace.stories import change_story_state
from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.message import to_translate
from domain.story import StoryState
from domain.success_bank import SECTION_NAMES, Story, kind_of, title_of, unanswered

STEPS: Final = "story-steps"
_DONE: Final = {
    StoryState.DRAFT: to_translate("”{title}” är ett utkast igen."),
    StoryState.SENT: to_translate(
        "”{title}” är skickat. En nätverksledare eller administratör granskar det."
    ),
    StoryState.REVIEWED: to_translate("”{title}” är godkänt och kan publiceras."),
    StoryState.PUBLISHED: to_translate("”{title}” är publicerat."),
    StoryState.WITHDRAWN: to_translate(
        "”{title}” är tillbakadraget. Det finns kvar och går att ta fram igen."
    ),
}


def show_steps(choice: Choice, story: Story, *, problem_count: int = 0) -> None:
    """Show what is missing, then the buttons for what this person may do now."""
    show_heading(_("Klart?"), "chapter")
    forms.show_problem(STEPS)
    is_complete = _show_missing(story) and not problem_count
    standing = story.standing
    with st.container(horizontal=True, key="story-steps", gap="small"):
        if choice.may_write and standing.state is StoryState.DRAFT:
            _show_button(
                story, StoryState.SENT, _("Skicka till granskning"), is_main=True, is_ready=is_complete
            )
        if choice.may_review and standing.state in {StoryState.DRAFT, StoryState.SENT}:
            _show_button(
                story,
                StoryState.REVIEWED,
                _("Godkänn"),
                is_main=standing.state is StoryState.SENT,
                is_ready=is_complete,
            )
        if choice.may_review and standing.state is StoryState.REVIEWED:
            _show_button(story, StoryState.PUBLISHED, _("Publicera"), is_main=True, is_ready=is_complete)
        if choice.may_review and standing.state in {StoryState.SENT, StoryState.REVIEWED}:
            _show_button(story, StoryState.DRAFT, _("Skicka tillbaka"))
        elif choice.may_write and standing.state in {StoryState.SENT, StoryState.WITHDRAWN}:
            _show_button(story, StoryState.DRAFT, _("Gör till utkast igen"))
        is_published = standing.published_at is not None
        if (
            choice.may_review if is_published else choice.may_write
        ) and standing.state is not StoryState.WITHDRAWN:
            label = _("Dra tillbaka det publicerade") if is_published else _("Släng utkastet")
            _show_button(story, StoryState.WITHDRAWN, label)
    _show_what_follows(choice, story)


def _show_missing(story: Story) -> bool:
    """Show each part without an answer as a link to its section in the form; return whether nothing is missing."""
    missing = unanswered(story)
    links = [
        (
            f"#del-{autosave.section_of(kind_of(story), name)}",
            capitalize_first(_(SECTION_NAMES[name])),
        )
        for name in missing
    ]
    undescribed = sum(not picture.alternative.strip() for picture in story.pictures)
    if undescribed:
        text = ngettext("{count} bild saknar beskrivning", "{count} bilder saknar beskrivning", undescribed)
        links.append(("#del-pictures", text.format(count=undescribed)))
    if not links:
        show_text(_("Alla delar har ett svar."), "saved")
        return True
    show_template("contribute/missing.html", count=len(missing), links=links)
    return False


def _show_button(
    story: Story, state: StoryState, label: str, *, is_main: bool = False, is_ready: bool = True
) -> None:
    st.button(
        label,
        key=f"{FORM}-to-{state}",
        type="primary" if is_main else "secondary",
        disabled=not is_ready,
        on_click=forms.save,
        args=(STEPS, _take_step(story, state)),
    )


def _take_step(story: Story, state: StoryState) -> Callable[[], str]:
    def work() -> str:
        changed = change_story_state(
            get_workspace(), person.current_user(), story.standing.id, state, story.standing.version
        )
        if autosave.is_open(story.standing.id):
            autosave.current_story().story = changed
        return _(_DONE[state]).format(title=title_of(changed))

    return work


def _show_what_follows(choice: Choice, story: Story) -> None:
    """Show what happens next, and the way to the published version."""
    standing = story.standing
    sentences = []
    if standing.state is StoryState.SENT:
        sentences.append(
            _("Ändras något blir det ett utkast igen. Den som har skrivit granskar inte sitt eget.")
        )
    if standing.state is StoryState.REVIEWED:
        sentences.append(_("Granskat av {person}.").format(person=_(standing.reviewed_by)))
    if not choice.may_write and not choice.may_review:
        sentences.append(_("Du kan läsa utkastet men inte ändra det."))
    if sentences:
        show_text(" ".join(sentences), "saved")
    if standing.published_at is not None:
        show_links([(_published_href(story), _("Läs det som är publicerat"))])


def _published_href(story: Story) -> str:
    if isinstance(story, Case):
        return bank.case_link(story.standing.id)
    if isinstance(story, CooperationMethod):
        return bank.method_link(story.standing.id)
    return bank.programme_link(story.standing.id)
