"""How a case looks: what it is, what is known in short, the article, what is like it, and its versions."""

from html import escape

import streamlit as st

from app_pages.case import load, trying
from app_pages.case.choose import Choice
from app_pages.case.measured import ID as FIGURES
from app_pages.parts import address, bank, frame, person, story, story_marks
from app_pages.parts.address import PageName
from app_pages.parts.kept_effects import Effects
from app_pages.parts.words import _
from domain.case import CASE_STATUS_NAMES
from domain.case_effect import AIM_OUTCOME_NAMES, strongest
from domain.effect import Evidence
from domain.story import STORY_STATE_NAMES
from language.numbers import day
from language.rendering import render


def nothing_chosen() -> None:
    """The address names no case."""
    frame.head(_("Exempel"), _("Inget exempel är valt"))
    bank.ways(PageName.CASE)
    frame.box(_("Inget exempel är valt"), [_("Sök i framgångsbanken och öppna ett därifrån.")])
    href = address.link(PageName.SUCCESS_BANK)
    st.html(
        f'<p class="ways-on"><a class="onwards" data-page href="{escape(href)}">{escape(_("Till framgångsbanken"))}</a></p>'
    )


def head(choice: Choice) -> None:
    """Title, place and state; then the question, and what must not be missed."""
    case, standing = choice.case, choice.case.standing
    facts = [choice.place_name(case.municipality_code), _(CASE_STATUS_NAMES[case.status])]
    if case.started_on is not None:
        facts.append(_("sedan {day}").format(day=case.started_on.year))
    if standing.published_at is not None:
        facts.append(_("publicerat {day}").format(day=day(standing.published_at.astimezone())))
    frame.head(case.title, " · ".join(facts), choice.view)
    marks = (
        story_marks.made_up_mark(case)
        + story_marks.failure_mark(case)
        + story_marks.visit_mark(case)
        + story_marks.stale_mark(case, person.today())
    )
    below = f'<p class="marks">{marks}</p>' if marks else ""
    st.html(f'{below}<p class="question-asked">{escape(case.question)}</p>')


def in_short(choice: Choice, effects: Effects | None) -> str:
    """Four boxes: how well it is known, apart from that how large it is, the aims, and who else tries it."""
    boxes = [
        (_("Så säkert vet vi"), _level(effects)),
        (_("Vad hände med siffrorna?"), _size(effects)),
        (_("Målet, sagt i förväg"), _outcomes(effects)),
        (_("Andra som provar"), _tries(choice)),
    ]
    told = "".join(f"<div><h2>{escape(title)}</h2>{content}</div>" for title, content in boxes)
    return f'<section class="in-short" aria-label="{escape(_("Kort sagt"))}">{told}</section>'


def _level(effects: Effects | None) -> str:
    if effects is None:
        return f"<p>{escape(_('Räknas ut …'))}</p>"
    best = strongest(effects)
    if best is None:
        return f"<p>{story_marks.evidence_mark(Evidence.DESCRIBED)}</p>"
    return f"<p>{story_marks.evidence_mark(best.evidence)}<small>{escape(render(best.evidence_why, _))}</small></p>"


def _size(effects: Effects | None) -> str:
    if effects is None:
        return f"<p>{escape(_('Räknas ut …'))}</p>"
    best = strongest(effects)
    if best is None:
        return f"<p>{escape(_('Exemplet anger inget mått.'))}</p>"
    told, with_it = story_marks.size_words(best)
    return (
        f'<p class="size"><span>{escape(best.measure.short_title)}</span><b>{escape(told)}</b>'
        f'<small>{escape(with_it)}</small></p><p><a href="#{FIGURES}">{escape(_("Se serien"))}</a></p>'
    )


def _outcomes(effects: Effects | None) -> str:
    if effects is None:
        return f"<p>{escape(_('Räknas ut …'))}</p>"
    told = "".join(
        f"<p>{escape(effect.measure.short_title)}: <b>{escape(_(AIM_OUTCOME_NAMES[effect.outcome]))}</b></p>"
        for effect in effects
    )
    return told or f"<p>{escape(_('Inget mål är angivet.'))}</p>"


def _tries(choice: Choice) -> str:
    told = trying.counted(choice.bank.tried(choice.case.standing.id))
    visit = ""
    if choice.case.study_visit.is_offered:
        visit = f'<p><a href="#studiebesok">{escape(_("Fråga om studiebesök"))}</a></p>'
    return f'<p>{escape(told)} <a href="#{trying.ID}">{escape(_("Vi provar"))}</a></p>{visit}'


def article(choice: Choice) -> None:
    """The story with its facts beside it. The aims stand with the figures, where they are held against what happened."""
    st.html(story.case_article(choice.case, load.surroundings(choice), with_aims=False))


def more(choice: Choice) -> None:
    """Cases like this one, and the versions."""
    items = ""
    for one in load.alike(choice):
        href = bank.case_link(one.case.standing.id)
        where = choice.place_name(one.case.municipality_code)
        items += (
            f'<li><a data-page href="{escape(href)}">{escape(one.case.title)}</a> <small>{escape(where)}. '
            f"{escape(one.why)}.</small></li>"
        )
    alike = f"<h2>{escape(_('Liknande exempel'))}</h2><ul>{items}</ul>" if items else ""
    st.html(f'<section class="more">{alike}</section>')
    _versions(choice)


def _versions(choice: Choice) -> None:
    """When it was published and when it wants another look; every version for who may read drafts."""
    standing = choice.case.standing
    rows = "".join(
        f"<li>{escape(_('Version {number}').format(number=story_version.version))} "
        f"<small>{day(story_version.saved_at.astimezone())}, {escape(_(STORY_STATE_NAMES[story_version.state]))}, {escape(story_version.person_name)}</small></li>"
        for story_version in load.story_versions(choice)
    )
    sentences = []
    if standing.reviewed_by:
        sentences.append(_("Granskat av {person}.").format(person=_(standing.reviewed_by)))
    if standing.revisit_on is not None:
        text = (
            _("Skulle ha setts över {day}.") if standing.is_stale_on(person.today()) else _("Ses över {day}.")
        )
        sentences.append(text.format(day=standing.revisit_on))
    st.html(
        f'<section class="more"><p><small>{escape(" ".join(sentences))}</small></p>'
        f'<details class="figures"><summary>{escape(_("Versioner"))}</summary><ul>{rows}</ul></details></section>'
    )
    frame.share_button()


def foot(choice: Choice) -> None:
    source = render(choice.view.release.source, _)
    frame.foot(
        _("Berättelsen: {place}. Effekter: egen beräkning på värden från {source}.").format(
            place=choice.place_name(choice.case.municipality_code), source=source
        ),
        has_colour=False,
    )
