"""Show one measure: the answer in a sentence, then one part at a time."""

from collections.abc import Callable, Hashable
from typing import Final, TypeVar

import streamlit as st

from answers.comparison import source_line
from app_pages.measure import choose, draw, load
from app_pages.measure.choose import Choice
from app_pages.parts import evaluations, frame
from app_pages.parts.blocks import (
    show_chart_heading,
    show_facts,
    show_figures,
    show_lead,
    show_notes,
    show_text,
)
from app_pages.parts.charts import on_page
from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.wording import colour_words, difference_words, unit_words
from app_pages.parts.choices import group_name
from app_pages.parts.history_link import show_history_links
from app_pages.parts.learn_link import show_learn_link
from app_pages.parts.measure_words import delivered_words
from app_pages.parts.revised import counts_sentence, notes_sentence, revised_table
from app_pages.parts.templates import show_template
from app_pages.parts.theme import SIGN
from app_pages.parts.words import _, language, translator
from domain.comparison import Colour, Comparison, Trend
from domain.development import Development
from domain.measure import Direction
from domain.message import Message
from domain.revision import RevisionReport
from domain.value import Gender, Status
from language import sentences
from language.enum_words import DIRECTION_WORDS, TREND_WORDS
from language.numbers import day, with_unit
from language.rendering import render

Question = TypeVar("Question", bound=Hashable)
STEPS: Final = {Direction.NEUTRAL: (Colour.LIGHT, Colour.MEDIUM, Colour.DARK)}
STEPS_OF_DIRECTION: Final = (Colour.GREEN, Colour.YELLOW, Colour.RED)


def show_head(choice: Choice) -> None:
    """Show which measure, who and among whom; how recent and as known when."""
    view = choice.view
    title = _("{measure}: {place} bland {group}").format(
        measure=choice.measure.short_title, place=view.municipality.name, group=group_name(view.group)
    )
    when = _("senaste år med värde") if choice.year is None else str(choice.year)
    parts = [when, _("läget så som det var känt {day}").format(day=day(view.release.known_at))]
    if choice.gender is not Gender.TOTAL:
        parts.insert(1, _("kvinnor") if choice.gender is Gender.WOMEN else _("män"))
    frame.show_head(title, " · ".join(parts), view)
    if choice.is_gender_ignored:
        frame.show_box(_("Måttet är inte uppdelat på kön"), [_("Totalen visas i stället.")])


def show_answer(comparison: Comparison) -> None:
    """Show the answer in a sentence or two, and for residents what the measure means."""
    measure = comparison.measure
    show_lead(
        sentences.describe_standing(comparison, translator(), language()),
        _(measure.resident_sentence) if measure.resident_sentence else "",
    )
    show_notes(comparison.notes)
    show_learn_link(measure)


def show_parts(choice: Choice, comparison: Comparison) -> None:
    """Show the parts of the page; only the open one is loaded."""
    names = [_("Läge och utveckling"), _("Hela landet"), _("Om måttet")]
    if choice.measure.is_divided_by_gender:
        names.insert(1, _("Kvinnor och män"))
    for tab, name in zip(st.tabs(names, key="del", bind="query-params"), names, strict=True):
        if tab.open:
            with tab:
                if name == names[0]:
                    standing_and_development(choice, comparison)
                elif name == names[-1]:
                    about(choice, comparison)
                elif name == names[-2]:
                    whole_country(choice)
                else:
                    women_and_men(choice)


def standing_and_development(choice: Choice, comparison: Comparison) -> None:
    """Show the members' values in one year, and how they developed."""
    question = load.question_of(choice)
    left, right = st.columns(2, gap="large")
    with left:
        _chart(
            choice,
            draw.draw_bars,
            question,
            _("Läget {year}").format(year=comparison.year),
            comparison.method,
        )
    with right:
        development = load.load_development(question)
        _chart(
            choice,
            draw.draw_lines,
            draw.LinesQuestion(question, choice.lifted),
            _("Utvecklingen"),
            development.method,
            beside=lambda: choose.lifted_control(choice),
        )
    _show_trends(development)
    _history(choice, comparison)
    evaluations.show(load.load_evaluations(question))


def _history(choice: Choice, comparison: Comparison) -> None:
    """Show links from values that members report themselves to their history."""
    places = [
        (member.code, member.name)
        for member in comparison.members
        if member.status is not Status.NOT_REPORTED
    ]
    show_history_links(choice.view.library, choice.measure, comparison.year, choice.gender, places)


def _show_trends(development: Development) -> None:
    """Show the trend of the focus municipality, and who has improved most: where there may be something to learn."""
    measure = development.measure
    sentences_of_it = []
    for member in development.members:
        if member.series.code == development.focus and member.trend is not Trend.CANNOT_BE_CALCULATED:
            text = _("Trenden för {place} de senaste åren: {trend}.")
            sentences_of_it.append(text.format(place=member.series.name, trend=_(TREND_WORDS[member.trend])))
    sentences = []
    for code in development.largest_improvers:
        member = development.member(code)
        if member.change_over_series is not None:
            change = with_unit(
                member.change_over_series,
                measure.decimals,
                difference_words(measure, _),
                language(),
                signed=True,
            )
            sentences.append(f"{member.series.name} ({change} {_('sedan')} {member.changed_from})")
    if sentences:
        sentences_of_it.append(_("Mest förbättrade i gruppen: {names}.").format(names=", ".join(sentences)))
    if sentences_of_it:
        show_text(" ".join(sentences_of_it), "chart-notes")


def women_and_men(choice: Choice) -> None:
    """Show women and men beside each other."""
    question = load.question_of(choice)
    both = load.load_women_and_men(question)
    _chart(
        choice,
        draw.draw_women_and_men,
        question,
        _("Kvinnor och män {year}").format(year=both.women.year),
        both.method,
    )


def whole_country(choice: Choice) -> None:
    """Show the measure for the whole country: on the map, and as a distribution. Regions have no map."""
    question = load.question_of(choice)
    everybody = load.load_everybody(question)
    if not set(everybody.group.codes) & set(choice.view.library.places.tile_positions()):
        _spread(choice, everybody)
        return
    borders = load.find_borders()
    _legend(everybody)
    left, right = st.columns(2, gap="large")
    with left:
        _chart(choice, draw.draw_tiles, question, _("Alla kommuner på kartan"), everybody.method)
    with right:
        if borders is None:
            _spread(choice, everybody)
        else:
            _chart(
                choice,
                draw.draw_borders,
                draw.BordersQuestion(question, borders),
                _("Med verkliga gränser"),
                everybody.method,
            )
    if borders is not None:
        _spread(choice, everybody)


def _spread(choice: Choice, everybody: Comparison) -> None:
    _chart(
        choice,
        draw.draw_distribution,
        load.question_of(choice),
        _("{group} efter värde").format(group=render(everybody.group.name, _)),
        everybody.method,
    )


def _legend(comparison: Comparison) -> None:
    steps = STEPS.get(comparison.measure.direction, STEPS_OF_DIRECTION)
    signs = [(colour, SIGN[colour], colour_words(colour, _)) for colour in steps]
    show_template("parts/colour_legend.html", label=_("Färgerna"), signs=signs)


def _chart(
    choice: Choice,
    draw_chart: Callable[[Question], Chart],
    question: Question,
    heading: str,
    method: tuple[Message, ...],
    beside: Callable[[], None] | None = None,
) -> None:
    on_page.show_chart(
        draw_chart,
        question,
        heading=heading,
        release=choice.view.release,
        source=source_line(choice.view.library, choice.measure),
        method=method,
        decimals=choice.measure.decimals,
        mine=choice.view.municipality.name,
        file_name=choice.measure.id.lower(),
        beside=beside,
    )


def about(choice: Choice, comparison: Comparison) -> None:
    """Show what the measure is, how its figures were made, and what the last release changed."""
    measure, release = choice.measure, choice.view.release
    facts = [
        (_("Fullständigt namn"), measure.title),
        (_("I korthet"), _(measure.resident_sentence) if measure.resident_sentence else ""),
        (_("Beskrivning"), "" if measure.is_own else measure.description),
        *((_(heading), text) for heading, text in measure.facts),
        (_("Enhet"), unit_words(measure, _)),
        (_("Riktning"), _(DIRECTION_WORDS[measure.direction])),
        (_("Område"), measure.operating_area),
        (_("Beteckning"), measure.id),
        (_("Källa"), _after_colon(render(comparison.source, _))),
        (_("År med värden"), _years(choice.years)),
        (
            _("Rapporterat av medlemmarna"),
            delivered_words(choice.view.library, measure, choice.view.group, comparison.year),
        ),
        (_("Känt"), day(release.known_at)),
        (_("Nästa publicering"), measure.next_publication or _("inte angiven")),
        (_("Så är det räknat"), " ".join(render(message, _) for message in comparison.method)),
    ]
    # The publisher's own words, whatever the language of the page.
    show_facts(facts, in_swedish=(measure.title, measure.description, measure.operating_area))
    show_chart_heading(_("Ändrat i det senaste uttaget"))
    report = load.load_revisions(load.question_of(choice))
    _revised(choice, report)


def _after_colon(text: str) -> str:
    """Return what follows the colon: “Kolada” of “Källa: Kolada”, in any language."""
    return text.partition(": ")[2] or text


def _years(years: tuple[int, ...]) -> str:
    if not years:
        return ""
    return f"{years[0]}–{years[-1]}" if len(years) == years[-1] - years[0] + 1 else ", ".join(map(str, years))


def _revised(choice: Choice, report: RevisionReport) -> None:
    """Show the counts in a sentence, then the changes for the compared municipalities."""
    counts = counts_sentence(report, translator(), language())
    show_text(f"{counts} {notes_sentence(report, translator())}", "chart-notes")
    within = [revision for revision in report.revisions if revision.place_code in choice.view.group.codes]
    if within:
        frame_of_changes = revised_table(within, choice.view.library, translator(), language())
        caption = _("Ändrade värden bland {group}.").format(group=group_name(choice.view.group))
        markup = on_page.table(frame_of_changes, caption=caption, decimals=choice.measure.decimals)
        show_figures(markup, caption)


def show_foot(choice: Choice) -> None:
    source = source_line(choice.view.library, choice.measure)
    frame.show_foot(on_page.source_words(source, translator()), has_colour=False)
