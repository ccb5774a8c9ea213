"""How cases, methods and programmes are read: the article, its facts and what stands beside it, as HTML.

Everything that a person has written is escaped here and nowhere trusted: a tag in a text is shown as text, and only an
address on the web becomes a link.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from app_pages.parts.words import _, language
from domain.case import CASE_STATUS_NAMES, SECTOR_NAMES, AimDirection, Case, Partner, Sector, Step, StudyVisit
from domain.errors import UserError
from domain.measure import Measure
from domain.message import to_translate
from domain.story import NOT_KNOWN_YET, TAG_KIND_NAMES, Link, Picture, Tag, TagKind, TipBox
from domain.success_bank import check_link
from language.numbers import difference_unit, number, with_unit
from language.rendering import render

STYLE: Final = Path(__file__).with_name("story.css")
SECTIONS: Final = {
    "people": to_translate("För vilka"),
    "plan": to_translate("Så var det tänkt"),
    "what_was_done": to_translate("Det här gjorde vi"),
    "steps": to_translate("Steg för steg"),
    "results": to_translate("Vad det gav"),
    "pitfalls": to_translate("Fallgropar"),
    "otherwise": to_translate("Det skulle vi göra annorlunda"),
    "evaluation": to_translate("Utvärdering"),
    "aims": to_translate("Vad vi ville påverka"),
    "cost": to_translate("Kostnad"),
    "staff": to_translate("Personal"),
    "partners": to_translate("Vilka som gjorde det tillsammans"),
    "started_on": to_translate("Start"),
    "ended_on": to_translate("Slut"),
    "study_visit": to_translate("Studiebesök"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a story names that is kept elsewhere.

    place_name: of a code. place_facts: the place in words, label → fact. pictures: checksum → an address for an image.
    measures: by id; one that is not here is named by its id. method_links, programme_link: ready anchors (HTML).
    """

    place_name: Callable[[str], str] = lambda code: code
    place_facts: Sequence[tuple[str, str]] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    method_links: Sequence[str] = ()
    programme_link: str = ""


def style() -> None:
    """What stories look like; once a page."""
    st.html(STYLE)


# ---- small parts ---------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> str:
    """Plain text as paragraphs: a blank line parts them, a single line break stays one."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def not_known_yet() -> str:
    """An answer, and shown as one."""
    return f'<p class="not-known">{escape(_("Vet inte ännu"))}</p>'


def unanswered() -> str:
    """A section that a draft has no answer to yet."""
    return f'<p class="unanswered">{escape(_("Har inget svar ännu"))}</p>'


def is_not_known(story: object, section: str, text: str = "") -> bool:
    """Whether the answer is that nobody knows yet."""
    named: Sequence[str] = getattr(story, "not_known", ())
    return section in named or text.strip().rstrip(".").casefold() == NOT_KNOWN_YET


def answer(story: object, section: str, content: str, *, is_draft: bool = False) -> str:
    """What stands in a section: `content` (HTML), that it is not known yet, or in a draft that an answer is wanting."""
    text = getattr(story, section, "")
    if is_not_known(story, section, text if isinstance(text, str) else ""):
        return not_known_yet()
    return content or (unanswered() if is_draft else "")


def section(title: str, content: str, *, kind: str = "", level: int = 2) -> str:
    """A heading with what stands under it; nothing where there is nothing. `kind` is a class for the style sheet."""
    if not content:
        return ""
    return f'<section class="{kind}"><h{level}>{escape(title)}</h{level}>{content}</section>'


def anchor(link: Link) -> str:
    """A link out on the web; an address that cannot be one is shown as the text that it is."""
    title = link.title.strip() or link.url
    try:
        check_link(link)
    except UserError:
        return f"{escape(title)} ({escape(link.url)})"
    if not link.url:
        return escape(title)
    return (
        f'<a href="{escape(link.url)}" target="_blank" rel="noopener noreferrer nofollow">{escape(title)}</a>'
    )


def figure(picture: Picture, source: str) -> str:
    """A picture with its alternative text and caption; the alternative alone where the picture is not to be had."""
    shown = (
        f'<img alt="{escape(picture.alternative)}" src="{escape(source)}">'
        if source
        else f'<p class="no-picture">{escape(picture.alternative)}</p>'
    )
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption.strip() else ""
    return f"<figure>{shown}{caption}</figure>"


def figures(pictures: Iterable[Picture], sources: Mapping[str, str]) -> str:
    return "".join(figure(picture, sources.get(picture.checksum, "")) for picture in pictures)


def tip_boxes(boxes: Iterable[TipBox]) -> str:
    """The boxes beside a story."""
    return "".join(
        f'<section class="tip"><h3>{escape(box.title)}</h3>{paragraphs(box.text)}'
        f"{f'<p>{anchor(box.link)}</p>' if box.link is not None and box.link.url else ''}</section>"
        for box in boxes
    )


def links(listed: Iterable[Link]) -> str:
    """Links beside a story, under a heading."""
    items = "".join(f"<li>{anchor(one)}</li>" for one in listed if one.url or one.title)
    return (
        f'<section class="links"><h3>{escape(_("Läs vidare"))}</h3><ul>{items}</ul></section>'
        if items
        else ""
    )


def tag_list(tags: Iterable[Tag]) -> str:
    """Tags by kind, one line a kind."""
    by_kind: dict[TagKind, list[str]] = {}
    for tag in tags:
        by_kind.setdefault(tag.kind, []).append(tag.word)
    return "".join(
        f"<dt>{escape(_capital(_(TAG_KIND_NAMES[kind])))}</dt>"
        f'<dd class="tags">{"".join(f"<span>{escape(word)}</span>" for word in by_kind[kind])}</dd>'
        for kind in TagKind
        if kind in by_kind
    )


def partners_by_sector(partners: Iterable[Partner]) -> str:
    """Who worked together, by sector, as a definition list."""
    by_sector: dict[Sector, list[str]] = {}
    for partner in partners:
        by_sector.setdefault(partner.sector, []).append(partner.name)
    items = "".join(
        f"<dt>{escape(_capital(_(SECTOR_NAMES[sector])))}</dt><dd>{escape(', '.join(by_sector[sector]))}</dd>"
        for sector in Sector
        if sector in by_sector
    )
    return f"<dl>{items}</dl>" if items else ""


def timeline(steps: Iterable[Step]) -> str:
    """What was done in order, each step with when."""
    items = "".join(f"<li><b>{escape(step.when)}</b>{paragraphs(step.what)}</li>" for step in steps)
    return f'<ol class="timeline">{items}</ol>' if items else ""


def aim_sentence(
    direction: AimDirection, size: float | None, by_year: int | None, measure: Measure | None, name: str
) -> str:
    """What was wanted of a measure: “Höja Behöriga lärare med 3,0 procentenheter till 2025”."""
    how = _("Höja {measure}") if direction is AimDirection.INCREASE else _("Sänka {measure}")
    told = how.format(measure=name)
    if size is not None:
        unit = _(difference_unit(measure.unit)) if measure is not None else ""
        amount = with_unit(size, measure.decimals if measure is not None else 1, unit, language())
        told = _("{aim} med {amount}").format(aim=told, amount=amount)
    return _("{aim} till {year}").format(aim=told, year=by_year) if by_year is not None else told


# ---- the article of a case -------------------------------------------------------------------------------------------


def case_article(
    case: Case, around: Surroundings, *, is_draft: bool = False, with_aims: bool = True, heading: bool = False
) -> str:
    """A case as an article with its facts beside it.

    is_draft: say where an answer is wanting. with_aims: tell what it was meant to move, where nothing else on the page
    does. heading: title and question too, where nothing else on the page has them.
    """
    top = ""
    if heading:
        title = escape(case.title) or escape(_("Utan rubrik"))
        top = f"<header><h2>{title}</h2>{paragraphs(case.question)}</header>"
    return (
        f'<article class="story">{top}<div class="told">{_told(case, around, is_draft, with_aims)}</div>'
        f'<aside aria-label="{escape(_("Fakta och tips"))}">{_facts(case, around, is_draft)}'
        f"{study_visit(case.study_visit, case, is_draft=is_draft)}{tip_boxes(case.tip_boxes)}{links(case.links)}</aside></article>"
    )


def _told(case: Case, around: Surroundings, is_draft: bool, with_aims: bool) -> str:
    def part(name: str, content: str, kind: str = "") -> str:
        return section(_(SECTIONS[name]), answer(case, name, content, is_draft=is_draft), kind=kind)

    first, rest = case.pictures[:1], case.pictures[1:]
    return (
        figures(first, around.pictures)
        + part("people", paragraphs(case.people))
        + part("plan", paragraphs(case.plan))
        + part("what_was_done", paragraphs(case.what_was_done))
        + part("steps", timeline(case.steps))
        + figures(rest, around.pictures)
        + part("results", paragraphs(case.results))
        + part("pitfalls", paragraphs(case.pitfalls), "lesson pitfalls")
        + part("otherwise", paragraphs(case.otherwise), "lesson otherwise")
        + part("evaluation", _evaluation(case))
        + (part("aims", _aims(case, around)) if with_aims else "")
    )


def _evaluation(case: Case) -> str:
    found = case.evaluation
    rows = [
        (_("Vem"), escape(found.who)),
        (_("Hur"), escape(found.design)),
        (_("Vad de kom fram till"), escape(found.outcome)),
        (_("Rapport"), anchor(found.link) if found.link is not None and found.link.url else ""),
    ]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in rows if text)
    return f'<dl class="evaluation">{told}</dl>' if told else ""


def _aims(case: Case, around: Surroundings) -> str:
    items = ""
    for aim in case.aims:
        measure = around.measures.get(aim.measure_id)
        name = measure.short_title if measure is not None else aim.measure_id
        told = aim_sentence(aim.direction, aim.size, aim.by_year, measure, name)
        stated = _("sagt {day}").format(day=aim.stated_on)
        items += f"<li>{escape(told)} <small>({escape(stated)})</small></li>"
    return f"<ul>{items}</ul>" if items else ""


def _facts(case: Case, around: Surroundings, is_draft: bool) -> str:
    """The box beside the story."""
    rows = [(_("Plats"), escape(around.place_name(case.municipality_code)) if case.municipality_code else "")]
    rows += [(label, escape(fact)) for label, fact in around.place_facts]
    rows.append((_("Läge"), escape(_capital(_(CASE_STATUS_NAMES[case.status])))))
    for name in ("started_on", "ended_on"):
        day = getattr(case, name)
        if day is not None or is_not_known(case, name):
            rows.append((_(SECTIONS[name]), str(day) if day is not None else not_known_yet()))
    rows.append((_(SECTIONS["cost"]), answer(case, "cost", _cost(case), is_draft=is_draft)))
    rows.append((_(SECTIONS["staff"]), answer(case, "staff", paragraphs(case.staff), is_draft=is_draft)))
    if case.also_in:
        places = ", ".join(f"{around.place_name(code)} ({year})" for code, year in case.also_in)
        rows.append((_("Startade också i"), escape(places)))
    if around.method_links:
        rows.append((_("Metoder"), "<br>".join(around.method_links)))
    if around.programme_link:
        rows.append((_("Program"), around.programme_link))
    told = "".join(f"<dt>{escape(name)}</dt><dd>{content}</dd>" for name, content in rows if content)
    together = section(
        _(SECTIONS["partners"]),
        answer(case, "partners", partners_by_sector(case.partners), is_draft=is_draft),
        level=3,
    )
    tags = tag_list(case.tags)
    return (
        f'<section class="story-facts"><h3>{escape(_("Fakta"))}</h3><dl>{told}</dl>{together}'
        f"{f'<dl>{tags}</dl>' if tags else ''}</section>"
    )


def _cost(case: Case) -> str:
    told = paragraphs(case.cost)
    if case.cost_sek is None:
        return told
    amount = _("{amount} kr i allt").format(amount=number(case.cost_sek, 0, language()))
    return f"<p><b>{escape(amount)}</b></p>{told}"


def study_visit(visit: StudyVisit, story: object, *, is_draft: bool = False) -> str:
    """Whether one can come and look, what one sees then, and how to ask."""
    if is_not_known(story, "study_visit"):
        content = not_known_yet()
    elif not visit.is_offered:
        content = f"<p>{escape(_('Tar inte emot studiebesök.'))}</p>"
    else:
        see = answer(visit, "what_one_sees", paragraphs(visit.what_one_sees), is_draft=is_draft)
        ask = answer(visit, "how_to_ask", paragraphs(visit.how_to_ask), is_draft=is_draft)
        content = (
            f"<p><b>{escape(_('Det går bra att komma och titta.'))}</b></p>"
            f"{section(_('Det här får man se'), see, level=4)}{section(_('Så frågar man'), ask, level=4)}"
        )
    return f'<section class="visit" id="studiebesok"><h3>{escape(_("Studiebesök"))}</h3>{content}</section>'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def place_in_words(facts: Sequence[tuple[str, str]]) -> str:
    """The facts of a place on one line."""
    return " · ".join(render(fact, _) for _label, fact in facts)
