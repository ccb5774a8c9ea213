"""Show the cases of the success bank as cards, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app_pages.parts import address, bank, computed_effects, frame, person, story_pictures
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links, show_text
from app_pages.parts.computed_effects import Effects
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
from app_pages.parts.words import _, capitalize_first, ngettext
from app_pages.success_bank.choose import FILTERS, LIKE_MINE, PAGE, Choice
from app_pages.success_bank.load import SearchResults
from domain.case import CASE_STATUS_NAMES, Case
from domain.case_effect import strongest
from domain.effect import EVIDENCE_NAMES, EVIDENCE_STEPS, Evidence
from domain.rights import Action
from domain.story_search import POPULATION_CLASS_NAMES, Piece, StoryHit, population_class
from domain.success_bank import SECTION_NAMES
from language.rendering import render

CARDS_PER_PAGE: Final = 12


@dataclass(frozen=True, slots=True)
class Card:
    """One case in the list.

    picture: empty where the placeholder is shown. passage: where it matches the words, in the section of that name; empty
    where title or question match. evidence: None while the effects are being computed. size: None where no effect is known.
    """

    href: str
    title: str
    question: str
    where: str
    picture: str
    alternative: str
    placeholder: str
    section: str
    passage: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    evidence: EvidenceMark | None
    size: EffectSize | None
    reuses: str


def show_head(choice: Choice) -> None:
    """Show the title with how many cases there are."""
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
    frame.show_head(
        _("Framgångsbanken"),
        line if count else _("Vad andra har prövat, och vad det gav"),
        choice.view,
        welcome=welcome if choice.view.is_first_visit else "",
    )


def show_nothing_yet() -> None:
    """Say what the bank is for and how to begin, while there is no case."""
    frame.show_box(
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
        show_links([(address.link(PageName.CONTRIBUTE), _("Skriv det första exemplet"), "onwards")])


def show_cards(choice: Choice, results: SearchResults) -> None:
    """Show the cases that match, one page of them at a time."""
    if results.is_counting:
        computed_effects.show_progress(choice.view.library, choice.bank, choice.bank.cases.values())
    if not results.hits:
        _show_no_hits(choice, results)
        return
    page_count = -(-len(results.hits) // CARDS_PER_PAGE)
    page = min(choice.page, page_count)
    hits = results.hits[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE]
    pictures = story_pictures.load_picture_addresses(
        [hit.story.pictures[0].checksum for hit in hits if hit.story.pictures],
        width=story_pictures.CARD_WIDTH,
    )
    show_template(
        "success_bank/cards.html",
        count=_describe_count(choice, len(results.hits)),
        cards=[
            _card(choice, hit, hit.story, results.effects.get(hit.story.standing.id), pictures)
            for hit in hits
            if isinstance(hit.story, Case)
        ],
    )
    if page_count > 1:
        pages = {number: _page_href(number) for number in range(1, page_count + 1)}
        show_template("success_bank/paging.html", page=page, pages=pages)


def _describe_count(choice: Choice, count: int) -> str:
    text = ngettext("{count} exempel", "{count} exempel", count).format(count=count)
    if choice.words:
        text = _("{count} för ”{words}”").format(count=text, words=choice.words)
    if choice.order == LIKE_MINE:
        text = _("{found}, platser som {place} först").format(found=text, place=choice.view.municipality.name)
    return f"{text}."


def _show_no_hits(choice: Choice, results: SearchResults) -> None:
    """Say why there is no case, with a link that clears the choices."""
    lines = []
    if choice.words:
        text = _("Inget exempel passar ”{words}”. Pröva ett vanligare ord, eller färre.")
        lines.append(text.format(words=choice.words))
    if any(choice.view.address.text(name) for name in FILTERS):
        lines.append(_("Valen ovanför är kanske för snäva tillsammans."))
    if choice.filters.evidence is not None and results.is_counting:
        lines.append(_("Alla effekter är inte uträknade ännu: fler exempel kan komma till om en stund."))
    frame.show_box(_("Inget exempel passar"), lines or [_("Sidan är tom.")])
    show_links([(address.link(PageName.SUCCESS_BANK), _("Visa alla exempel"))])


def _card(
    choice: Choice, hit: StoryHit, case: Case, effects: Effects | None, pictures: Mapping[str, str]
) -> Card:
    best = strongest(effects) if effects is not None else None
    evidence = None
    if effects is not None:
        evidence = evidence_mark(best.evidence if best is not None else Evidence.DESCRIBED)
    picture = case.pictures[0] if case.pictures else None
    has_passage = bool(
        choice.words
        and hit.section not in {"title", "question"}
        and any(part.is_match for part in hit.passage)
    )
    return Card(
        href=bank.case_link(case.standing.id, from_measure=next(iter(choice.filters.measure_ids), "")),
        title=case.title,
        question=case.question,
        where=_describe_place(choice, case),
        picture=pictures.get(picture.checksum, "") if picture is not None else "",
        alternative=picture.alternative if picture is not None else "",
        placeholder=story_pictures.placeholder(case.tags),
        section=capitalize_first(_(SECTION_NAMES[hit.section])) if hit.section in SECTION_NAMES else "",
        passage=hit.passage if has_passage else (),
        marks=case_marks(case, person.today()),
        evidence=evidence,
        size=effect_size(best) if best is not None else None,
        reuses=capitalize_first(describe_reuse_count(len(choice.bank.reuses_of(case.standing.id)))),
    )


def _describe_place(choice: Choice, case: Case) -> str:
    """The place, what kind of place it is, and how far the work has come."""
    place = choice.view.library.places.by_code.get(case.municipality_code)
    size = population_class(place) if place is not None else None
    parts = [
        place.name if place is not None else case.municipality_code,
        _(POPULATION_CLASS_NAMES[size]) if size is not None else "",
        _(CASE_STATUS_NAMES[case.status]),
    ]
    return " · ".join(filter(None, parts))


def _page_href(number: int) -> str:
    return address.same_page_link(PageName.SUCCESS_BANK, **{PAGE: str(number) if number > 1 else None})


def show_foot(choice: Choice) -> None:
    """Show what the marks mean and the source of the figures."""
    steps = "; ".join(
        f"{step} {_(EVIDENCE_NAMES[evidence])}" for step, evidence in enumerate(EVIDENCE_STEPS, start=1)
    )
    text = _("Rutorna säger hur säkert effekten är känd, inte hur stor den är: {steps}.")
    show_text(text.format(steps=steps), "chart-notes")
    source = render(choice.view.release.source, _)
    frame.show_foot(
        _("Exemplen: kommunernas egna. Effekter: egen beräkning på värden från {source}.").format(
            source=source
        ),
        has_colour=False,
    )
