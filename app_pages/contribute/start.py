"""Show the first page: begin a story, continue a draft, review what others have sent, or change what is published."""

from dataclasses import dataclass

import streamlit as st

from app_pages.contribute.choose import STORY, Choice, Owner
from app_pages.parts import address, forms, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_folded
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import render_template, show_template
from app_pages.parts.words import _
from data.workspace.stories import drafts, may_review, may_write, save_story
from domain.case import Case, CaseStatus
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.errors.fields import FieldError
from domain.kept_text import LONGEST_NAME
from domain.message import to_translate
from domain.programme import Programme
from domain.story import STORY_KIND_NAMES, STORY_STATE_NAMES, StoryKind, StoryState
from domain.success_bank import Story, kind_of, title_of, unanswered

NEW = "new-story"
FORM_WIDTH = 736  # pixels: as wide as a line is read
KINDS = {
    StoryKind.CASE: to_translate("Ett exempel: något ni har prövat"),
    StoryKind.METHOD: to_translate("En metod: ett sätt att arbeta"),
    StoryKind.PROGRAMME: to_translate("Ett program: en utmaning som ingen klarar ensam"),
}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A story that is being written, as a row. missing: the number of sections without an answer."""

    href: str
    title: str
    kind: str
    state: str
    missing: int
    saved_at: str


def show_head(choice: Choice) -> None:
    """Show the title of the page, or of the story with its kind and state."""
    if choice.story is None:
        line = _("Skriv om det ni har prövat, också det som inte gick. Det sparas medan du skriver.")
        frame.show_head(_("Bidra"), line, choice.view)
        return
    kind, state = kind_of(choice.story), choice.story.standing.state
    line = " · ".join([_(STORY_KIND_NAMES[kind]), _(STORY_STATE_NAMES[state])])
    frame.show_head(title_of(choice.story) or _("Utan rubrik"), line, choice.view)


def show_start(choice: Choice) -> None:
    """Show what the user may begin, continue and review; or who may write, to those who may not."""
    if not choice.owners and not choice.reviews:
        _show_who_may_write()
        return
    if choice.owners:
        _show_new_story_form(choice)
    workspace, actor = get_workspace(), choice.actor
    visible = [
        story
        for story in drafts(workspace, actor)
        if choice.view.release.is_made_up or not story.standing.is_made_up
    ]
    waiting = [
        story
        for story in visible
        if story.standing.state is not StoryState.DRAFT and may_review(workspace, actor, story)
    ]
    writing = [story for story in visible if story not in waiting and may_write(workspace, actor, story)]
    _show_drafts(_("Väntar på granskning"), waiting)
    _show_drafts(_("Under arbete"), writing)
    _show_published(choice)


def _show_who_may_write() -> None:
    sentences = [
        _("Exempel, metoder och program skrivs av dem som arbetar för en kommun eller leder ett nätverk.")
    ]
    if person.people_on_offer():
        sentences.append(_("Du väljer vem du är högst upp på sidan."))
    frame.show_box(_("Här skriver den som har något att dela"), sentences)


def _show_new_story_form(choice: Choice) -> None:
    """Show the form that begins a story, for which a title is enough."""
    forms.show_problem(NEW)
    forms.open_form(NEW, choice.owners, {"title": "", "kind": StoryKind.CASE.value, "owner": 0})
    with st.form(NEW, enter_to_submit=True, width=FORM_WIDTH):
        st.markdown(f"**{_('Börja skriva')}**")
        st.radio(
            _("Vad vill du dela?"),
            [kind.value for kind in KINDS],
            format_func=lambda kind: _(KINDS[StoryKind(kind)]),
            key=key(NEW, "kind"),
        )
        st.text_input(
            _("Rubrik eller namn"),
            key=key(NEW, "title"),
            max_chars=LONGEST_NAME,
            placeholder=_("till exempel: Läxhjälp på biblioteket"),
        )
        if len(choice.owners) > 1:
            names = [owner.name or _("hela landet") for owner in choice.owners]
            st.selectbox(
                _("För"), range(len(names)), format_func=lambda index: names[index], key=key(NEW, "owner")
            )
        st.form_submit_button(_("Börja skriva"), key="begin-story", type="primary", on_click=_save_new_story)


def _save_new_story() -> None:
    def work() -> str:
        title = forms.text(NEW, "title")
        if not title:
            raise FieldError(FieldError.EMPTY, field=_("Rubrik eller namn"))
        owners: tuple[Owner, ...] = forms.subject(NEW)
        owner = owners[int(forms.value(NEW, "owner") or 0)]
        story = _make_story(StoryKind(forms.value(NEW, "kind")), title, owner)
        saved = save_story(get_workspace(), person.current_user(), story)
        address.change(**{STORY: saved.standing.id})
        return _("”{title}” är sparat som utkast. Skriv vidare, det sparas efter hand.").format(title=title)

    forms.save(NEW, work)


def _make_story(kind: StoryKind, title: str, owner: Owner) -> Case | CooperationMethod | Programme:
    match kind:
        case StoryKind.CASE:
            return Case(owner.standing(), title, "", owner.municipality_code or "", CaseStatus.RUNNING)
        case StoryKind.METHOD:
            return CooperationMethod(owner.standing(), title, MethodKind.TOOL, "")
        case StoryKind.PROGRAMME:
            return Programme(owner.standing(), title, "")


def _show_drafts(title: str, stories: list[Story]) -> None:
    """Show stories as a table; nothing where there are none."""
    if stories:
        show_template("contribute/drafts.html", title=title, drafts=[_draft_row(story) for story in stories])


def _draft_row(story: Story) -> DraftRow:
    standing = story.standing
    return DraftRow(
        href=_story_href(story),
        title=title_of(story) or "–",
        kind=_(STORY_KIND_NAMES[kind_of(story)]),
        state=_(STORY_STATE_NAMES[standing.state]),
        missing=len(unanswered(story)),
        saved_at=standing.saved_at.astimezone().strftime("%Y-%m-%d %H:%M") if standing.saved_at else "–",
    )


def _show_published(choice: Choice) -> None:
    """Show what is published and may be changed: a change becomes a draft, and the published version stays meanwhile."""
    municipalities = {owner.municipality_code for owner in choice.owners} - {None}
    networks = {owner.network_id for owner in choice.owners} - {None}
    writes_all = any(owner.municipality_code is None and owner.network_id is None for owner in choice.owners)
    stories = [
        (_story_href(story), title_of(story), _(STORY_KIND_NAMES[kind_of(story)]))
        for story in choice.bank.stories
        if writes_all
        or story.standing.owner_municipality in municipalities
        or story.standing.owner_network in networks
    ]
    if stories:
        summary = _("Ändra något som är publicerat ({count})").format(count=len(stories))
        show_folded(summary, render_template("contribute/published.html", stories=stories))


def _story_href(story: Story) -> str:
    return address.link(PageName.CONTRIBUTE, **{STORY: story.standing.id})
