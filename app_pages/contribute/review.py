"""What is still wanting, and the steps: sent to review, approved or sent back, published, withdrawn."""

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from app_pages.contribute import keeping
from app_pages.contribute.choose import Choice
from app_pages.contribute.keeping import FORM
from app_pages.parts import bank, forms, person
from app_pages.parts.bank_pages import page_anchor
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, ngettext
from data.workspace.stories import step
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


def steps(choice: Choice, story: Story, *, problems: int = 0) -> None:
    """The list of what is wanting, then the buttons for what this person may do now."""
    st.html(f'<h2 class="chapter">{escape(_("Klart?"))}</h2>')
    forms.problem(STEPS)
    is_complete = _checks(story) and not problems
    standing = story.standing
    with st.container(horizontal=True, key="story-steps", gap="small"):
        if choice.may_write and standing.state is StoryState.DRAFT:
            _button(story, StoryState.SENT, _("Skicka till granskning"), is_main=True, is_ready=is_complete)
        if choice.may_review and standing.state in {StoryState.DRAFT, StoryState.SENT}:
            _button(
                story,
                StoryState.REVIEWED,
                _("Godkänn"),
                is_main=standing.state is StoryState.SENT,
                is_ready=is_complete,
            )
        if choice.may_review and standing.state is StoryState.REVIEWED:
            _button(story, StoryState.PUBLISHED, _("Publicera"), is_main=True, is_ready=is_complete)
        if choice.may_review and standing.state in {StoryState.SENT, StoryState.REVIEWED}:
            _button(story, StoryState.DRAFT, _("Skicka tillbaka"))
        elif choice.may_write and standing.state in {StoryState.SENT, StoryState.WITHDRAWN}:
            _button(story, StoryState.DRAFT, _("Gör till utkast igen"))
        is_published = standing.published_at is not None
        if (
            choice.may_review if is_published else choice.may_write
        ) and standing.state is not StoryState.WITHDRAWN:
            label = _("Dra tillbaka det publicerade") if is_published else _("Släng utkastet")
            _button(story, StoryState.WITHDRAWN, label)
    _told(choice, story)


def _checks(story: Story) -> bool:
    """Each part without an answer as a link to its place in the form; whether there is none."""
    wanting = unanswered(story)
    undescribed = sum(1 for picture in story.pictures if not picture.alternative.strip())
    lines = [
        f'<li><a href="#del-{keeping.section_of(kind_of(story), one)}">{escape(_capital(_(SECTION_NAMES[one])))}</a></li>'
        for one in wanting
    ]
    if undescribed:
        told = ngettext(
            "{count} bild saknar beskrivning", "{count} bilder saknar beskrivning", undescribed
        ).format(count=undescribed)
        lines.append(f'<li><a href="#del-pictures">{escape(told)}</a></li>')
    if not lines:
        st.html(f'<p class="saved">{escape(_("Alla delar har ett svar."))}</p>')
        return True
    count = len(wanting)
    told = ngettext("{count} del saknar svar:", "{count} delar saknar svar:", count).format(count=count)
    also = _("”Vet inte ännu” är också ett svar.") if count else ""
    heading = f"{told} {also}" if count else _("Innan det kan granskas:")
    st.html(f'<p class="saved">{escape(heading)}</p><ul class="checks">{"".join(lines)}</ul>')
    return False


def _button(
    story: Story, state: StoryState, label: str, *, is_main: bool = False, is_ready: bool = True
) -> None:
    st.button(
        label,
        key=f"{FORM}-to-{state}",
        type="primary" if is_main else "secondary",
        disabled=not is_ready,
        on_click=forms.save,
        args=(STEPS, _step(story, state)),
    )


def _step(story: Story, state: StoryState) -> Callable[[], str]:
    def work() -> str:
        after = step(get_workspace(), person.signed_in(), story.standing.id, state, story.standing.version)
        if keeping.is_open(story.standing.id):
            keeping.now_open().story = after
        return _(_DONE[state]).format(title=title_of(after))

    return work


def _told(choice: Choice, story: Story) -> None:
    """What follows, and the way to the published one."""
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
        st.html(f'<p class="saved">{escape(" ".join(sentences))}</p>')
    if standing.published_at is not None:
        st.html(f'<p class="ways-on">{page_anchor(_page_of(story), _("Läs det som är publicerat"))}</p>')


def _page_of(story: Story) -> str:
    if isinstance(story, Case):
        return bank.case_link(story.standing.id)
    if isinstance(story, CooperationMethod):
        return bank.method_link(story.standing.id)
    return bank.programme_link(story.standing.id)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
