"""Show a case: what it is, a summary of what is known, the article, similar cases, and its versions."""

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from app_pages.case import load, trying
from app_pages.case.choose import Choice
from app_pages.case.measured import ID as FIGURES
from app_pages.parts import address, bank, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.computed_effects import Effects
from app_pages.parts.story import render_case
from app_pages.parts.story_marks import EffectSize, EvidenceMark, case_marks, effect_size, evidence_mark
from app_pages.parts.templates import render_template, show_template
from app_pages.parts.words import _
from domain.case import CASE_STATUS_NAMES
from domain.case_effect import AIM_OUTCOME_NAMES, strongest
from domain.effect import Evidence
from domain.message import Explanation
from domain.story import STORY_STATE_NAMES
from language.numbers import day
from language.rendering import render


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a case when its effects are computed.

    evidence_why and size are None where no measure is aimed at; outcomes are pairs of measure and outcome.
    """

    evidence: EvidenceMark
    evidence_why: Explanation | None
    size: EffectSize | None
    outcomes: tuple[tuple[str, str], ...]


def show_nothing_chosen() -> None:
    """Say that the address names no case, and where to find one."""
    frame.show_head(_("Exempel"), _("Inget exempel är valt"))
    bank.show_bank_navigation(PageName.CASE)
    frame.show_box(_("Inget exempel är valt"), [_("Sök i framgångsbanken och öppna ett därifrån.")])
    show_links([(address.link(PageName.SUCCESS_BANK), _("Till framgångsbanken"), "onwards")])


def show_head(choice: Choice) -> None:
    """Show title, place and state, then the question and what must not be missed."""
    case, standing = choice.case, choice.case.standing
    facts = [choice.place_name(case.municipality_code), _(CASE_STATUS_NAMES[case.status])]
    if case.started_on is not None:
        facts.append(_("sedan {day}").format(day=case.started_on.year))
    if standing.published_at is not None:
        facts.append(_("publicerat {day}").format(day=day(standing.published_at.astimezone())))
    frame.show_head(case.title, " · ".join(facts), choice.view)
    show_template("case/question.html", marks=case_marks(case, person.today()), question=case.question)


def render_summary(choice: Choice, effects: Effects | None) -> Markup:
    """Render four boxes: how well it is known, how large it is, the aims, and who else tries it.

    effects: None while they are being computed.
    """
    return render_template(
        "case/summary.html",
        summary=_summarize(effects) if effects is not None else None,
        figures_id=FIGURES,
        trying_id=trying.ID,
        tries=trying.describe_reuses(choice.bank.reuses_of(choice.case.standing.id)),
        has_visit=choice.case.study_visit.is_offered,
    )


def _summarize(effects: Effects) -> Summary:
    best = strongest(effects)
    return Summary(
        evidence=evidence_mark(best.evidence if best is not None else Evidence.DESCRIBED),
        evidence_why=best.evidence_why if best is not None else None,
        size=effect_size(best) if best is not None else None,
        outcomes=tuple(
            (effect.measure.short_title, _(AIM_OUTCOME_NAMES[effect.outcome])) for effect in effects
        ),
    )


def show_article(choice: Choice) -> None:
    """Show the story with its facts beside it. The aims are with the figures, where they are compared with what happened."""
    st.html(render_case(choice.case, load.load_case_surroundings(choice), has_aims=False))


def show_similar_cases(choice: Choice) -> None:
    """Show cases like this one, with what they have in common with it."""
    cases = [
        (
            bank.case_link(similar.case.standing.id),
            similar.case.title,
            choice.place_name(similar.case.municipality_code),
            similar.why,
        )
        for similar in load.load_similar_cases(choice)
    ]
    show_template("case/similar.html", cases=cases)


def show_versions(choice: Choice) -> None:
    """Show who reviewed the case, when it is to be looked at again, and the versions that the reader may see."""
    standing = choice.case.standing
    sentences = []
    if standing.reviewed_by:
        sentences.append(_("Granskat av {person}.").format(person=_(standing.reviewed_by)))
    if standing.revisit_on is not None:
        text = (
            _("Skulle ha setts över {day}.") if standing.is_stale_on(person.today()) else _("Ses över {day}.")
        )
        sentences.append(text.format(day=standing.revisit_on))
    versions = [
        (
            version.version,
            version.saved_at.astimezone(),
            _(STORY_STATE_NAMES[version.state]),
            version.person_name,
        )
        for version in load.load_versions(choice)
    ]
    show_template("case/versions.html", sentences=sentences, versions=versions)
    frame.share_button()


def show_foot(choice: Choice) -> None:
    """Show whose story it is, and the source of the figures."""
    source = render(choice.view.release.source, _)
    frame.show_foot(
        _("Berättelsen: {place}. Effekter: egen beräkning på värden från {source}.").format(
            place=choice.place_name(choice.case.municipality_code), source=source
        ),
        has_colour=False,
    )
