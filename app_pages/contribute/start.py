"""The first page: what one can contribute, what one has begun, and what waits for somebody to review it."""

from html import escape

import streamlit as st

from app_pages.contribute.choose import STORY, Choice, Owner
from app_pages.parts import address, forms, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import page_anchor
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.stories import drafts, may_review, may_write, save_story
from domain.case import Case, CaseStatus
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.errors import TextMissingError
from domain.kept_text import LONGEST_NAME
from domain.message import to_translate
from domain.programme import Programme
from domain.rights import Person
from domain.story import STORY_KIND_NAMES, STORY_STATE_NAMES, StoryKind, StoryState
from domain.success_bank import Story, kind_of, title_of, unanswered

NEW = "new-story"
FORM_WIDTH = 736  # pixels: as wide as a line is read
KINDS = {
    StoryKind.CASE: to_translate("Ett exempel: något ni har prövat"),
    StoryKind.METHOD: to_translate("En metod: ett sätt att arbeta"),
    StoryKind.PROGRAMME: to_translate("Ett program: en utmaning som ingen klarar ensam"),
}


def head(choice: Choice) -> None:
    if choice.story is None:
        line = _("Skriv om det ni har prövat, också det som inte gick. Det sparas medan du skriver.")
        frame.head(_("Bidra"), line, choice.view)
        return
    kind, state = kind_of(choice.story), choice.story.standing.state
    line = " · ".join([_(STORY_KIND_NAMES[kind]), _(STORY_STATE_NAMES[state])])
    frame.head(title_of(choice.story) or _("Utan rubrik"), line, choice.view)


def first_page(choice: Choice) -> None:
    """For who may write: begin, go on, review. Others are told who can."""
    if not choice.owners and not choice.reviews:
        _not_yours(choice.actor)
        return
    if choice.owners:
        _begin(choice)
    known = drafts(get_workspace(), choice.actor)
    shown = [one for one in known if choice.view.release.is_made_up or not one.standing.is_made_up]
    waiting = [
        one
        for one in shown
        if one.standing.state is not StoryState.DRAFT and may_review(get_workspace(), choice.actor, one)
    ]
    writing = [one for one in shown if one not in waiting and may_write(get_workspace(), choice.actor, one)]
    _table(_("Väntar på granskning"), waiting)
    _table(_("Under arbete"), writing)
    _published(choice)


def _not_yours(actor: Person) -> None:
    sentences = [
        _("Exempel, metoder och program skrivs av dem som arbetar för en kommun eller leder ett nätverk.")
    ]
    if person.offered():
        sentences.append(_("Du väljer vem du är högst upp på sidan."))
    frame.box(_("Här skriver den som har något att dela"), sentences)


def _begin(choice: Choice) -> None:
    """A title is enough to begin with."""
    forms.problem(NEW)
    forms.opened(NEW, choice.owners, {"title": "", "kind": StoryKind.CASE.value, "owner": 0})
    with st.form(NEW, enter_to_submit=True, width=FORM_WIDTH):
        st.markdown(f"**{_('Börja skriva')}**")
        st.radio(
            _("Vad vill du dela?"),
            [kind.value for kind in KINDS],
            format_func=lambda one: _(KINDS[StoryKind(one)]),
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
                _("För"), range(len(names)), format_func=lambda place: names[place], key=key(NEW, "owner")
            )
        st.form_submit_button(_("Börja skriva"), key="begin-story", type="primary", on_click=_save_new)


def _save_new() -> None:
    def work() -> str:
        title = forms.text(NEW, "title")
        if not title:
            raise TextMissingError(field=_("Rubrik eller namn"))
        owners: tuple[Owner, ...] = forms.subject(NEW)
        owner = owners[int(forms.value(NEW, "owner") or 0)]
        story = _empty(StoryKind(forms.value(NEW, "kind")), title, owner)
        kept = save_story(get_workspace(), person.signed_in(), story)
        address.change(**{STORY: kept.standing.id})
        return _("”{title}” är sparat som utkast. Skriv vidare, det sparas efter hand.").format(title=title)

    forms.save(NEW, work)


def _empty(kind: StoryKind, title: str, owner: Owner) -> Case | CooperationMethod | Programme:
    match kind:
        case StoryKind.CASE:
            return Case(owner.standing(), title, "", owner.municipality_code or "", CaseStatus.RUNNING)
        case StoryKind.METHOD:
            return CooperationMethod(owner.standing(), title, MethodKind.TOOL, "")
        case StoryKind.PROGRAMME:
            return Programme(owner.standing(), title, "")


def _table(title: str, stories: list[Story]) -> None:
    if not stories:
        return
    heads = (_("Rubrik"), _("Slag"), _("Läge"), _("Saknar svar"), _("Senast sparat"))
    header = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    rows = "".join(_row(story) for story in stories)
    st.html(
        f'<table class="plain-table drafts"><caption>{escape(title)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(story: Story) -> str:
    standing = story.standing
    link = page_anchor(address.link(PageName.CONTRIBUTE, **{STORY: standing.id}), title_of(story) or "–")
    when = standing.saved_at.astimezone().strftime("%Y-%m-%d %H:%M") if standing.saved_at else "–"
    count = len(unanswered(story))
    return (
        f'<tr><th scope="row">{link}</th><td>{escape(_(STORY_KIND_NAMES[kind_of(story)]))}</td>'
        f"<td>{escape(_(STORY_STATE_NAMES[standing.state]))}</td>"
        f"<td>{escape(_('{count} delar').format(count=count)) if count else escape(_('inget'))}</td>"
        f"<td>{when}</td></tr>"
    )


def _published(choice: Choice) -> None:
    """What is published and may be written on: a change becomes a draft, and what is published stands meanwhile."""
    own = {owner.municipality_code for owner in choice.owners}, {owner.network_id for owner in choice.owners}
    writes_all = any(owner.municipality_code is None and owner.network_id is None for owner in choice.owners)
    mine = [
        story
        for story in choice.bank.stories
        if writes_all
        or (story.standing.owner_municipality and story.standing.owner_municipality in own[0])
        or (story.standing.owner_network and story.standing.owner_network in own[1])
    ]
    if not mine:
        return
    items = "".join(
        f"<li>{page_anchor(address.link(PageName.CONTRIBUTE, **{STORY: one.standing.id}), title_of(one))} "
        f"<small>{escape(_(STORY_KIND_NAMES[kind_of(one)]))}</small></li>"
        for one in mine
    )
    st.html(
        f'<details class="figures"><summary>{escape(_("Ändra något som är publicerat ({count})").format(count=len(mine)))}'
        f"</summary><ul>{items}</ul></details>"
    )
