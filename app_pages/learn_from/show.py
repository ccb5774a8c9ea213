"""How the road looks: five steps, each with the reason why something stands on it, and the next thing to do."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from app_pages.learn_from.choose import Choice
from app_pages.parts import address, bank, frame, person, story_marks
from app_pages.parts.address import LIFTED, Name, PageName
from app_pages.parts.charts import on_page
from app_pages.parts.words import _, language, ngettext, translator
from domain.cooperation_method import METHOD_KIND_NAMES
from domain.effect import Evidence
from domain.errors import UserError
from domain.group import GroupKind
from domain.learning import CaseToLearnFrom, Closeness, Learning, PeerToLearnFrom, Position
from domain.measure import Direction
from domain.message import Message
from language.numbers import day, difference_unit, with_unit
from language.rendering import render

STYLE: Final = Path(__file__).with_name("road.css")
BETTER_SIGN: Final = "▲"  # as everywhere: never colour alone
IMPROVED_SIGN: Final = "↗"


def style() -> None:
    """What the road looks like; once a page."""
    st.html(STYLE)


def head(choice: Choice) -> None:
    """Which measure, through whose eyes, as known when."""
    view = choice.view
    title = _("Lär av andra: {measure}").format(measure=choice.measure.short_title)
    when = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    frame.head(title, f"{_('vägen för {place}').format(place=view.municipality.name)} · {when}", view)


def nothing(error: UserError) -> None:
    frame.box(
        _("Det går inte att visa en väg från det här måttet"),
        [render(error.message, _), _("Välj ett annat mått.")],
    )


def road(choice: Choice, found: Learning) -> None:
    """The steps in order, as one list that is read aloud as such."""
    steps = [
        (_("Hur ligger vi till?"), _standing(found)),
        (_peers_heading(found), _peers(choice, found)),
        (_("Vad har de gjort?"), _cases(choice, found)),
        (_("Med vilka metoder?"), _methods(found)),
        (_("Vart kan vi åka och titta?"), _visits(found)),
    ]
    items = "".join(
        f"<li><section><h2>{escape(heading)}</h2>{content}</section></li>" for heading, content in steps
    )
    st.html(f'<ol class="learning">{items}</ol>{_read_by_others(found)}')


def _standing(found: Learning) -> str:
    similar = f"{GroupKind.SIMILAR}:{found.focus.code}"
    href = address.link(PageName.MEASURE, **{Name.MEASURE: found.measure.id, Name.GROUP: similar})
    first, *rest = [render(one, _) for one in found.position_why]
    return f'<p class="told"><b>{escape(first)}</b> {escape(" ".join(rest))}</p>' + _way(
        href, _("Se måttet bland dem som liknar {place}").format(place=found.focus.name)
    )


def _peers_heading(found: Learning) -> str:
    if found.measure.direction is Direction.NEUTRAL:
        return _("Vem liknar oss?")
    return _("Vem liknar oss och är bättre, eller har förbättrats mer?")


def _peers(choice: Choice, found: Learning) -> str:
    similar = address.link(PageName.SIMILAR)
    other_ways = _way(similar, _("Välj själv vad kommuner ska likna varandra i"))
    if not found.peers:
        return f'<p class="quiet">{escape(_no_peers(found))}</p>{other_ways}'
    items = "".join(_peer(found, peer) for peer in found.peers)
    notes = "".join(f"<p>{escape(render(note, _))}</p>" for note in found.notes)
    return f'<ul class="peers">{items}</ul><div class="quiet">{notes}</div>{other_ways}'


def _no_peers(found: Learning) -> str:
    if found.measure.direction is Direction.NEUTRAL:
        return _("Måttet har ingen riktning, så ingen är bättre än någon annan.")
    if found.position is Position.CANNOT_BE_SAID:
        return _("Utan ett eget värde att jämföra går det inte att säga vem som är bättre.")
    return _("Ingen av dem som mest liknar {place} är bättre eller har förbättrats mer.").format(
        place=found.focus.name
    )


def _peer(found: Learning, peer: PeerToLearnFrom) -> str:
    measure = found.measure
    href = address.link(
        PageName.MEASURE,
        **{
            Name.MEASURE: measure.id,
            Name.GROUP: f"{GroupKind.SIMILAR}:{found.focus.code}",
            LIFTED: peer.place.code,
        },
    )
    value = with_unit(peer.value, measure.decimals, _(measure.unit) if measure.unit else "", language())
    marks = []
    if peer.is_better:
        marks.append(
            f'<span class="mark better"><i aria-hidden="true">{BETTER_SIGN}</i> {escape(_("bättre"))}</span>'
        )
    if peer.has_improved_most and peer.change is not None:
        unit = _(difference_unit(measure.unit)) if measure.unit else ""
        change = with_unit(peer.change, measure.decimals, unit, language(), signed=True)
        told = _("{change} sedan {year}").format(change=change, year=peer.changed_from)
        marks.append(f'<span class="mark"><i aria-hidden="true">{IMPROVED_SIGN}</i> {escape(told)}</span>')
    theirs = sum(1 for case in found.cases if case.place.code == peer.place.code)
    if theirs:
        told = ngettext("{count} exempel", "{count} exempel", theirs).format(count=theirs)
        marks.append(f'<span class="mark visit-mark">{escape(told)}</span>')
    return (
        f'<li><h3><a data-page href="{escape(href)}">{escape(peer.place.name)}</a> <b>{escape(value)}</b></h3>'
        f'<p class="marks">{"".join(marks)}</p>{_whys(peer.why)}</li>'
    )


def _cases(choice: Choice, found: Learning) -> str:
    """The cases that aim at the measure; those that only are about the same subject stand apart."""
    bank_link = _way(address.link(PageName.SUCCESS_BANK), _("Sök i hela Framgångsbanken"))
    if not found.cases:
        text = _("Ingen har ännu berättat om något som skulle påverka måttet, eller om samma område.")
        write = _way(address.link(PageName.CONTRIBUTE), _("Berätta vad ni har gjort"))
        return f'<p class="quiet">{escape(text)}</p>{bank_link}{write}'
    near = [case for case in found.cases if case.closeness is not Closeness.SAME_SUBJECT]
    far = [case for case in found.cases if case.closeness is Closeness.SAME_SUBJECT]
    parts = []
    if near:
        parts.append(f'<ul class="found-cases">{"".join(_case(choice, found, one) for one in near)}</ul>')
    else:
        text = _("Ingen annan har ännu berättat om något som skulle påverka just det här måttet.")
        parts.append(f'<p class="quiet">{escape(text)}</p>')
    if far:
        heading = _("Om samma område")
        items = "".join(_case(choice, found, one) for one in far)
        parts.append(f'<h3 class="apart">{escape(heading)}</h3><ul class="found-cases">{items}</ul>')
    return "".join(parts) + bank_link


def _case(choice: Choice, found: Learning, hit: CaseToLearnFrom) -> str:
    case = hit.case
    href = bank.case_link(case.standing.id, from_measure=found.measure.id)
    marks = (
        story_marks.made_up_mark(case),
        story_marks.failure_mark(case),
        story_marks.visit_mark(case),
        story_marks.stale_mark(case, person.today()),
    )
    return (
        f'<li><p class="where">{escape(hit.place.name)}</p>'
        f'<h3><a data-page href="{escape(href)}">{escape(case.title)}</a></h3>'
        f'<p class="question">{escape(case.question)}</p><p class="marks">{"".join(marks)}</p>'
        f"{_known(choice, hit)}{_whys(hit.why)}</li>"
    )


def _known(choice: Choice, hit: CaseToLearnFrom) -> str:
    """How well the effect is known, and apart from that how large it is."""
    tried = story_marks.tried_words(len(choice.bank.tried(hit.case.standing.id)))
    if hit.effect is None:
        level, size = Evidence.DESCRIBED, ""
        if hit.case.aims:
            return f'<p class="known">{escape(_("Effekten räknas ut …"))} <small>{escape(tried)}</small></p>'
    else:
        told, with_it = story_marks.size_words(hit.effect)
        level = hit.effect.evidence
        size = f"<span><b>{escape(told)}</b> <small>{escape(with_it)}</small></span>"
        if hit.closeness is not Closeness.SAME_MEASURE:
            size = f"<span>{escape(hit.effect.measure.short_title)}:</span> {size}"
    return f'<p class="known">{story_marks.evidence_mark(level)} {size} <small>{escape(tried)}</small></p>'


def _methods(found: Learning) -> str:
    every = _way(address.link(PageName.METHODS), _("Alla metoder"))
    if not found.methods:
        return f'<p class="quiet">{escape(_("Exemplen nämner ingen metod."))}</p>{every}'
    items = "".join(
        f'<li><h3><a data-page href="{escape(bank.method_link(one.method.standing.id))}">{escape(one.method.name)}</a>'
        f" <small>{escape(_(METHOD_KIND_NAMES[one.method.kind]))}</small></h3>"
        f"<p>{escape(one.method.purpose)}</p>{_whys(one.why)}</li>"
        for one in found.methods
    )
    return f'<ul class="peers">{items}</ul>{every}'


def _visits(found: Learning) -> str:
    every = _way(address.link(PageName.STUDY_VISITS), _("Alla studiebesök på karta"))
    if not found.visits:
        return f'<p class="quiet">{escape(_("Inget av exemplen tar emot studiebesök."))}</p>{every}'
    items = "".join(
        f'<li><h3><a data-page href="{escape(bank.case_link(visit.case.standing.id, from_measure=found.measure.id))}">'
        f"{escape(visit.place.name)}</a></h3><p>{escape(visit.case.study_visit.what_one_sees)}</p>"
        f"<p><b>{escape(_('Fråga'))}:</b> {escape(visit.case.study_visit.how_to_ask)}</p>{_whys(visit.why)}</li>"
        for visit in found.visits
    )
    return f'<ul class="peers">{items}</ul>{every}'


def _read_by_others(found: Learning) -> str:
    if not found.read_by_others:
        return ""
    items = "".join(
        f'<li><a data-page href="{escape(bank.case_link(case.standing.id, from_measure=found.measure.id))}">'
        f"{escape(case.title)}</a> <small>{escape(_times(times))}</small></li>"
        for case, times in found.read_by_others
    )
    heading = _("Det här läste andra som tittade på måttet")
    return f'<section class="also-read"><h2>{escape(heading)}</h2><ul>{items}</ul></section>'


def _times(times: int) -> str:
    return ngettext("{count} gång", "{count} gånger", times).format(count=times)


def _whys(whys: Iterable[Message]) -> str:
    """Why it stands here."""
    items = "".join(f"<li>{escape(render(why, _))}</li>" for why in whys)
    return f'<ul class="why" aria-label="{escape(_("Därför står det här"))}">{items}</ul>'


def _way(href: str, text: str) -> str:
    return f'<p class="ways-on"><a data-page href="{escape(href)}">{escape(text)}</a></p>'


def foot(choice: Choice, found: Learning) -> None:
    """How it was put together, and whose figures they are."""
    method = " ".join(f"<span>{escape(render(one, _))}</span>" for one in found.method)
    st.html(f'<p class="chart-notes">{method}</p>')
    frame.foot(on_page.source_words(found.comparison.source, translator()), has_colour=False)
