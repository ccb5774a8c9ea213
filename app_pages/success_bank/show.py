"""How the bank looks: its title, the cards, and what is said where there is nothing."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts import address, bank, frame, kept_effects, person, story_marks, story_pictures
from app_pages.parts.address import PageName
from app_pages.parts.kept_effects import Effects
from app_pages.parts.words import _, ngettext
from app_pages.success_bank.choose import FILTERS, LIKE_MINE, PAGE, Choice
from app_pages.success_bank.load import Found
from domain.case import CASE_STATUS_NAMES, Case
from domain.case_effect import strongest
from domain.effect import EVIDENCE_NAMES, EVIDENCE_STEPS, Evidence
from domain.rights import Action
from domain.story_search import POPULATION_CLASS_NAMES, StoryHit, population_class
from domain.success_bank import SECTION_NAMES
from language.rendering import render

A_PAGE: Final = 12


def head(choice: Choice) -> None:
    """What this is, and how much there is of it."""
    cases = choice.bank.cases.values()
    count, failed = len(cases), sum(case.is_failure for case in cases)
    visits = sum(case.study_visit.is_offered for case in cases)
    facts = [
        ngettext("{count} exempel", "{count} exempel", count).format(count=count),
        _("{count} som inte gav det man hoppades").format(count=failed) if failed else "",
        _("{count} att besöka").format(count=visits) if visits else "",
    ]
    line = " · ".join(filter(None, facts))
    welcome = _(
        "Frågor som kommuner har ställt sig, vad de gjorde, och vad som hände med siffrorna sedan, räknat på deras egna serier."
    )
    frame.head(
        _("Framgångsbanken"),
        line if count else _("Vad andra har prövat, och vad det gav"),
        choice.view,
        welcome=welcome if choice.view.is_first_visit else "",
    )


def nothing_yet(choice: Choice) -> None:
    """The first time: what the bank is for, and the one thing to do."""
    frame.box(
        _("Här finns inga exempel ännu"),
        [
            _(
                "Framgångsbanken samlar vad kommuner har prövat, vad det kostade och vad det gav. Även det som inte gick."
            ),
            _(
                "Ett exempel behöver en fråga, vad ni gjorde och när det började. Resten kan vara ”vet inte ännu”."
            ),
        ],
    )
    if person.may_here(Action.WRITE_STORY) or person.own_codes():
        href = address.link(PageName.CONTRIBUTE)
        st.html(
            f'<p class="ways-on"><a class="onwards" data-page href="{escape(href)}">{escape(_("Skriv det första exemplet"))}</a></p>'
        )


def cards(choice: Choice, found: Found) -> None:
    """The cases that fit, a page of them at a time."""
    if found.is_counting:
        kept_effects.pending(choice.view.library, choice.bank, choice.bank.cases.values())
    if not found.hits:
        _no_hits(choice, found)
        return
    pages = -(-len(found.hits) // A_PAGE)
    page = min(choice.page, pages)
    shown = found.hits[(page - 1) * A_PAGE : page * A_PAGE]
    pictures = story_pictures.sources(
        [hit.story.pictures[0].checksum for hit in shown if hit.story.pictures],
        width=story_pictures.CARD_WIDTH,
    )
    drawn = "".join(
        _card(choice, hit, hit.story, found.effects.get(hit.story.standing.id), pictures)
        for hit in shown
        if isinstance(hit.story, Case)
    )
    st.html(
        f'<p class="found" role="status">{escape(_counted(choice, len(found.hits)))}</p>'
        f'<ul class="cards" aria-label="{escape(_("Exempel"))}">{drawn}</ul>'
    )
    _paging(page, pages)


def _counted(choice: Choice, count: int) -> str:
    told = ngettext("{count} exempel", "{count} exempel", count).format(count=count)
    if choice.words:
        told = _("{count} för ”{words}”").format(count=told, words=choice.words)
    if choice.order == LIKE_MINE:
        told = _("{found}, platser som {place} först").format(found=told, place=choice.view.municipality.name)
    return f"{told}."


def _no_hits(choice: Choice, found: Found) -> None:
    """Why it is empty, and the way out of it."""
    chosen = [one for one in FILTERS if choice.view.address.text(one)]
    lines = []
    if choice.words:
        lines.append(
            _("Inget exempel passar ”{words}”. Pröva ett vanligare ord, eller färre.").format(
                words=choice.words
            )
        )
    if chosen:
        lines.append(_("Valen ovanför är kanske för snäva tillsammans."))
    if choice.filters.evidence is not None and found.is_counting:
        lines.append(_("Alla effekter är inte uträknade ännu: fler exempel kan komma till om en stund."))
    frame.box(_("Inget exempel passar"), lines or [_("Sidan är tom.")])
    href = address.link(PageName.SUCCESS_BANK)
    st.html(f'<p class="ways-on"><a data-page href="{escape(href)}">{escape(_("Visa alla exempel"))}</a></p>')


def _card(
    choice: Choice, hit: StoryHit, case: Case, effects: Effects | None, pictures: Mapping[str, str]
) -> str:
    """One case: what it is about first, then how well its effect is known, and apart from that how large it is."""
    href = bank.case_link(case.standing.id, from_measure=next(iter(choice.filters.measure_ids), ""))
    marks = "".join(_marks(case))
    below = f'<p class="marks">{marks}</p>' if marks else ""
    return (
        f'<li class="card">{_picture(case, pictures)}<div class="words">'
        f'<p class="where">{escape(_where(choice, case))}</p>'
        f'<h2><a data-page href="{escape(href)}">{escape(case.title)}</a></h2>'
        f'<p class="question">{escape(case.question)}</p>{_passage(choice, hit)}'
        f"{below}</div>"
        f"{_known(choice, case, effects)}</li>"
    )


def _marks(case: Case) -> Iterator[str]:
    yield story_marks.made_up_mark(case)
    yield story_marks.failure_mark(case)
    yield story_marks.visit_mark(case)
    yield story_marks.stale_mark(case, person.today())


def _picture(case: Case, pictures: Mapping[str, str]) -> str:
    """The first picture, or a drawing that says nothing and is read as nothing."""
    first = case.pictures[0] if case.pictures else None
    source = pictures.get(first.checksum) if first is not None else None
    if first is None or source is None:
        return f'<img class="drawn" alt="" src="{escape(story_pictures.placeholder(case.tags))}">'
    return f'<img alt="{escape(first.alternative)}" src="{escape(source)}">'


def _where(choice: Choice, case: Case) -> str:
    """The place, what kind of place it is, and how far the work has come."""
    place = choice.view.library.places.by_code.get(case.municipality_code)
    size = population_class(place) if place is not None else None
    parts = [
        place.name if place is not None else case.municipality_code,
        _(POPULATION_CLASS_NAMES[size]) if size is not None else "",
        _(CASE_STATUS_NAMES[case.status]),
    ]
    return " · ".join(filter(None, parts))


def _passage(choice: Choice, hit: StoryHit) -> str:
    """Where it was found, with the words that it was found by."""
    if (
        not choice.words
        or hit.section in {"title", "question"}
        or not any(one.is_match for one in hit.passage)
    ):
        return ""
    text = "".join(
        f"<mark>{escape(one.text)}</mark>" if one.is_match else escape(one.text) for one in hit.passage
    )
    name = _(SECTION_NAMES[hit.section]) if hit.section in SECTION_NAMES else ""
    heading = f"<b>{escape(_capital(name))}:</b> " if name else ""
    return f'<p class="passage">{heading}{text}</p>'


def _known(choice: Choice, case: Case, effects: Effects | None) -> str:
    tried = story_marks.tried_words(len(choice.bank.tried(case.standing.id)))
    if effects is None:
        effect = f'<p class="size"><small>{escape(_("Effekten räknas ut …"))}</small></p>'
        return f'<div class="known">{effect}<p class="tried">{escape(_capital(tried))}</p></div>'
    best = strongest(effects)
    level = best.evidence if best is not None else Evidence.DESCRIBED
    size = ""
    if best is not None:
        told, with_it = story_marks.size_words(best)
        size = (
            f'<p class="size"><span>{escape(best.measure.short_title)}</span><b>{escape(told)}</b>'
            f"<small>{escape(with_it)}</small></p>"
        )
    return f'<div class="known">{story_marks.evidence_mark(level)}{size}<p class="tried">{escape(_capital(tried))}</p></div>'


def _paging(page: int, pages: int) -> None:
    """The pages of a long list as links, so that each can be shared."""
    if pages == 1:
        return

    def one(number: int, text: str, kind: str = "") -> str:
        href = address.same_page_link(PageName.SUCCESS_BANK, **{PAGE: str(number) if number > 1 else None})
        current = ' aria-current="page"' if number == page and not kind else ""
        return f'<a data-page{kind}{current} href="{escape(href)}">{escape(text)}</a>'

    before = one(page - 1, _("Föregående"), ' rel="prev"') if page > 1 else ""
    after = one(page + 1, _("Nästa"), ' rel="next"') if page < pages else ""
    numbers = "".join(one(at, str(at)) for at in range(1, pages + 1))
    st.html(
        f'<nav class="paging" aria-label="{escape(_("Sidor med exempel"))}">{before}{numbers}{after}</nav>'
    )


def foot(choice: Choice) -> None:
    """What the marks mean and where the figures come from."""
    steps = "; ".join(f"{at} {_(EVIDENCE_NAMES[one])}" for at, one in enumerate(EVIDENCE_STEPS, start=1))
    told = _("Rutorna säger hur säkert effekten är känd, inte hur stor den är: {steps}.").format(steps=steps)
    st.html(f'<p class="chart-notes">{escape(told)}</p>')
    source = render(choice.view.release.source, _)
    frame.foot(
        _("Exemplen: kommunernas egna. Effekter: egen beräkning på värden från {source}.").format(
            source=source
        ),
        has_colour=False,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
