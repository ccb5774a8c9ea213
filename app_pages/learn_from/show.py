"""Show the way from a measure to others in five steps, each item with the reason why it is there and a link onwards."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from app_pages.learn_from.choose import Choice
from app_pages.parts import address, bank, frame, person
from app_pages.parts.address import LIFTED, Name, PageName
from app_pages.parts.blocks import show_notes
from app_pages.parts.charts import on_page
from app_pages.parts.error_advice import explain
from app_pages.parts.story_marks import (
    EffectSize,
    EvidenceMark,
    Mark,
    case_marks,
    describe_reuse_count,
    effect_size,
    evidence_mark,
)
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext, translator
from domain.case import StudyVisit
from domain.cooperation_method import METHOD_KIND_NAMES, CooperationMethod
from domain.effect import Evidence
from domain.errors.user_error import UserError
from domain.group import GroupKind
from domain.learning import CaseToLearnFrom, Closeness, Learning, PeerToLearnFrom, Position
from domain.measure import Direction
from domain.message import Message
from language.numbers import day, difference_unit, with_unit

STYLE: Final = Path(__file__).with_name("road.css")


@dataclass(frozen=True, slots=True)
class PeerItem:
    """A similar place. `change` is how much it has improved, `cases` how many it has; both empty where there is nothing to say."""

    href: str
    name: str
    value: str
    is_better: bool
    change: str
    cases: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case with how well its effect is known.

    evidence: None while the effect is being computed. size: None where no effect is known; `is_of_other_measure`: the
    size is one on another measure than the page's.
    """

    href: str
    place: str
    title: str
    question: str
    marks: tuple[Mark, ...]
    evidence: EvidenceMark | None
    size: EffectSize | None
    is_of_other_measure: bool
    reuses: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class MethodItem:
    """A method that the cases have used."""

    href: str
    method: CooperationMethod
    kind: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class VisitItem:
    """A place that takes visitors."""

    href: str
    place: str
    visit: StudyVisit
    why: tuple[Message, ...]


def show_style() -> None:
    """Write the style sheet of the five steps; once per page."""
    st.html(STYLE)


def show_head(choice: Choice) -> None:
    """Show which measure, for which municipality, as known when."""
    view = choice.view
    title = _("Lär av andra: {measure}").format(measure=choice.measure.short_title)
    when = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    frame.show_head(title, f"{_('vägen för {place}').format(place=view.municipality.name)} · {when}", view)


def show_error(error: UserError) -> None:
    """Say why there is no way from this measure, and to choose another one."""
    frame.show_box(
        _("Det går inte att visa en väg från det här måttet"),
        [explain(error), _("Välj ett annat mått.")],
    )


def show_steps(choice: Choice, learning: Learning) -> None:
    """Show the steps in order, as one list that is read aloud as such, then what others went on to read."""
    near = [hit for hit in learning.cases if hit.closeness is not Closeness.SAME_SUBJECT]
    far = [hit for hit in learning.cases if hit.closeness is Closeness.SAME_SUBJECT]
    show_template(
        "learn_from/steps.html",
        focus=learning.focus,
        position_why=learning.position_why,
        measure_href=address.link(
            PageName.MEASURE, **{Name.MEASURE: learning.measure.id, Name.GROUP: _similar_group(learning)}
        ),
        peers_heading=_peers_heading(learning),
        peers=[_peer_item(learning, peer) for peer in learning.peers],
        why_no_peers=_why_no_peers(learning),
        notes=learning.notes,
        near_cases=[_case_item(choice, learning, hit) for hit in near],
        far_cases=[_case_item(choice, learning, hit) for hit in far],
        methods=[
            MethodItem(
                bank.method_link(hit.method.standing.id),
                hit.method,
                _(METHOD_KIND_NAMES[hit.method.kind]),
                hit.why,
            )
            for hit in learning.methods
        ],
        visits=[
            VisitItem(
                _case_href(learning, hit.case.standing.id), hit.place.name, hit.case.study_visit, hit.why
            )
            for hit in learning.visits
        ],
        read_by_others=[
            (
                _case_href(learning, case.standing.id),
                case.title,
                ngettext("{count} gång", "{count} gånger", times).format(count=times),
            )
            for case, times in learning.read_by_others
        ],
    )


def _similar_group(learning: Learning) -> str:
    return f"{GroupKind.SIMILAR}:{learning.focus.code}"


def _case_href(learning: Learning, case_id: str) -> str:
    return bank.case_link(case_id, from_measure=learning.measure.id)


def _peers_heading(learning: Learning) -> str:
    if learning.measure.direction is Direction.NEUTRAL:
        return _("Vem liknar oss?")
    return _("Vem liknar oss och är bättre, eller har förbättrats mer?")


def _why_no_peers(learning: Learning) -> str:
    if learning.measure.direction is Direction.NEUTRAL:
        return _("Måttet har ingen riktning, så ingen är bättre än någon annan.")
    if learning.position is Position.CANNOT_BE_SAID:
        return _("Utan ett eget värde att jämföra går det inte att säga vem som är bättre.")
    return _("Ingen av dem som mest liknar {place} är bättre eller har förbättrats mer.").format(
        place=learning.focus.name
    )


def _peer_item(learning: Learning, peer: PeerToLearnFrom) -> PeerItem:
    measure = learning.measure
    unit = _(measure.unit) if measure.unit else ""
    change = ""
    if peer.has_improved_most and peer.change is not None:
        unit_of_change = _(difference_unit(measure.unit)) if measure.unit else ""
        size = with_unit(peer.change, measure.decimals, unit_of_change, language(), signed=True)
        change = _("{change} sedan {year}").format(change=size, year=peer.changed_from)
    count = sum(case.place.code == peer.place.code for case in learning.cases)
    return PeerItem(
        href=address.link(
            PageName.MEASURE,
            **{
                Name.MEASURE: measure.id,
                Name.GROUP: _similar_group(learning),
                LIFTED: peer.place.code,
            },
        ),
        name=peer.place.name,
        value=with_unit(peer.value, measure.decimals, unit, language()),
        is_better=peer.is_better,
        change=change,
        cases=ngettext("{count} exempel", "{count} exempel", count).format(count=count) if count else "",
        why=peer.why,
    )


def _case_item(choice: Choice, learning: Learning, hit: CaseToLearnFrom) -> CaseItem:
    case, effect = hit.case, hit.effect
    evidence: EvidenceMark | None = None
    if effect is not None:
        evidence = evidence_mark(effect.evidence)
    elif not case.aims:
        evidence = evidence_mark(Evidence.DESCRIBED)
    return CaseItem(
        href=_case_href(learning, case.standing.id),
        place=hit.place.name,
        title=case.title,
        question=case.question,
        marks=case_marks(case, person.today()),
        evidence=evidence,
        size=effect_size(effect) if effect is not None else None,
        is_of_other_measure=hit.closeness is not Closeness.SAME_MEASURE,
        reuses=describe_reuse_count(len(choice.bank.reuses_of(case.standing.id))),
        why=hit.why,
    )


def show_foot(learning: Learning) -> None:
    """Show how it was put together, and the source of the figures."""
    show_notes(learning.method)
    frame.show_foot(on_page.source_words(learning.comparison.source, translator()), has_colour=False)
