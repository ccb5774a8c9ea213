"""Render a case as an article with its facts beside it, and what the articles of methods and programmes share.

The markup is in `case_article.html` and `story_macros.html`. What a person has written is never trusted: a tag is shown
as text, and only an address on the web becomes a link.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from app_pages.parts.templates import render_template
from app_pages.parts.words import _, capitalize_first, language
from domain.case import CASE_STATUS_NAMES, SECTOR_NAMES, Aim, AimDirection, Case, Partner, Sector, StudyVisit
from domain.errors.user_error import UserError
from domain.measure import Measure
from domain.story import NOT_KNOWN_YET, TAG_KIND_NAMES, Link, Tag, TagKind
from domain.success_bank import Story, check_link
from language.numbers import difference_unit, with_unit

STYLE: Final = Path(__file__).with_name("story.css")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a story refers to that is stored elsewhere.

    place_name: the name for a municipality code. place_facts: the place in words, pairs of label and fact. pictures:
    image address by checksum. measures: by id; a measure that is missing here is named by its id. method_links,
    programme_link: address and text.
    """

    place_name: Callable[[str], str] = lambda code: code
    place_facts: Sequence[tuple[str, str]] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    method_links: Sequence[tuple[str, str]] = ()
    programme_link: tuple[str, str] | None = None


def show_story_style() -> None:
    """Write the style sheet of stories; once per page."""
    st.html(STYLE)


def render_article(
    template: str, story: Story, around: Surroundings, *, is_draft: bool, **context: object
) -> Markup:
    """Render a story with the template of its kind. `is_draft`: mark the sections that have no answer yet."""
    return render_template(
        template,
        story=story,
        around=around,
        is_draft=is_draft,
        unknown=unknown_sections(story),
        tags=words_by_kind(story.tags),
        is_web_link=is_web_link,
        **context,
    )


def render_case(
    case: Case,
    around: Surroundings,
    *,
    is_draft: bool = False,
    has_aims: bool = True,
    has_heading: bool = False,
) -> Markup:
    """Render a case as an article with its facts beside it.

    is_draft: mark the sections that have no answer yet. has_aims: include the aims, where nothing else on the page shows
    them. has_heading: include title and question, where nothing else on the page shows them.
    """
    return render_article(
        "parts/case_article.html",
        case,
        around,
        is_draft=is_draft,
        has_heading=has_heading,
        has_aims=has_aims,
        aims=[(describe_aim(aim, around.measures.get(aim.measure_id)), aim.stated_on) for aim in case.aims],
        status=capitalize_first(_(CASE_STATUS_NAMES[case.status])),
        partners=names_by_sector(case.partners),
        unknown_of_visit=unknown_sections(case.study_visit),
    )


def unknown_sections(story: Story | StudyVisit) -> frozenset[str]:
    """Return the names of the sections answered by “vet inte ännu”, whether by the button or in writing."""
    texts = {part.name: getattr(story, part.name) for part in fields(story)}
    written_so = {
        name
        for name, text in texts.items()
        if isinstance(text, str) and text.strip().rstrip(".").casefold() == NOT_KNOWN_YET
    }
    return frozenset(getattr(story, "not_known", ())) | written_so


def is_web_link(link: Link) -> bool:
    """Whether the address of a link is one on the web, or empty as in a draft."""
    try:
        check_link(link)
    except UserError:
        return False
    return True


def words_by_kind(tags: Iterable[Tag]) -> list[tuple[str, list[str]]]:
    """Return the words of the tags by the name of their kind."""
    words: dict[TagKind, list[str]] = {}
    for tag in tags:
        words.setdefault(tag.kind, []).append(tag.word)
    return [(capitalize_first(_(TAG_KIND_NAMES[kind])), words[kind]) for kind in TagKind if kind in words]


def names_by_sector(partners: Iterable[Partner]) -> list[tuple[str, str]]:
    """Return the names of the partners, separated by commas, by the name of their sector."""
    names: dict[Sector, list[str]] = {}
    for partner in partners:
        names.setdefault(partner.sector, []).append(partner.name)
    return [
        (capitalize_first(_(SECTOR_NAMES[sector])), ", ".join(names[sector]))
        for sector in Sector
        if sector in names
    ]


def describe_aim(aim: Aim, measure: Measure | None) -> str:
    """Describe an aim on a measure: “Höja Behöriga lärare med 3,0 procentenheter till 2025”."""
    name = measure.short_title if measure is not None else aim.measure_id
    direction = _("Höja {measure}") if aim.direction is AimDirection.INCREASE else _("Sänka {measure}")
    sentence = direction.format(measure=name)
    if aim.size is not None:
        unit = _(difference_unit(measure.unit)) if measure is not None else ""
        amount = with_unit(aim.size, measure.decimals if measure is not None else 1, unit, language())
        sentence = _("{aim} med {amount}").format(aim=sentence, amount=amount)
    if aim.by_year is None:
        return sentence
    return _("{aim} till {year}").format(aim=sentence, year=aim.by_year)
