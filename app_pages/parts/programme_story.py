"""How a programme is read: the challenge, its three steps with gates, projects, criteria and counts, as HTML.

Every text is escaped. What a picture shows stands beside it as a table.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote

from app_pages.parts import story
from app_pages.parts.story import Surroundings
from app_pages.parts.theme import BAND, EDGE, MINE, QUIET
from app_pages.parts.words import _, language
from domain.programme import (
    CRITERION_STATE_NAMES,
    PROGRAMME_STEP_NAMES,
    CriterionState,
    Gate,
    Programme,
    ProgrammeStep,
    RunningCount,
)
from language.numbers import number

STEPS: Final = tuple(ProgrammeStep)
STATE_SIGNS: Final = {
    CriterionState.MET: "✓",
    CriterionState.PARTLY: "◐",
    CriterionState.NOT_YET: "○",
    CriterionState.NOT_MET: "✗",
}
WIDTH, HEIGHT, MARGIN = 260, 90, 8  # of the picture of a count, in pixels


def programme_article(
    programme: Programme,
    around: Surroundings,
    *,
    case_links: Mapping[str, str] | None = None,
    is_draft: bool = False,
    heading: bool = False,
    map_of_projects: str = "",
) -> str:
    """A programme as an article. `case_links`: case id → a ready anchor (HTML); `map_of_projects` an image (HTML)."""
    top = ""
    if heading:
        top = f"<header><h2>{escape(programme.name) or escape(_('Utan namn'))}</h2></header>"

    def part(title: str, name: str, content: str, kind: str = "") -> str:
        return story.section(title, story.answer(programme, name, content, is_draft=is_draft), kind=kind)

    projects = _projects(programme, around, case_links or {})
    told = (
        story.figures(programme.pictures[:1], around.pictures)
        + part(_("Utmaningen"), "challenge", story.paragraphs(programme.challenge))
        + part(
            _("Därför klarar ingen den ensam"),
            "why_no_single_actor",
            story.paragraphs(programme.why_no_single_actor),
            "lesson otherwise",
        )
        + part(_("Tre steg, med en grind efter varje"), "gates", _steps(programme))
        + part(_("Så vet vi om det lyckas"), "criteria", _criteria(programme))
        + part(_("Lokala projekt"), "projects", _beside_map(projects, map_of_projects))
        + story.section(_("Räknat hittills"), counts(programme.counts, around))
        + part(_("Det som har hjälpt"), "helps", story.paragraphs(programme.helps), "lesson otherwise")
        + part(_("Det som har hindrat"), "hinders", story.paragraphs(programme.hinders), "lesson pitfalls")
        + story.figures(programme.pictures[1:], around.pictures)
    )
    return (
        f'<article class="story programme">{top}<div class="told">{told}</div>'
        f'<aside aria-label="{escape(_("Fakta och tips"))}">{_facts(programme, is_draft)}'
        f"{story.tip_boxes(programme.tip_boxes)}{story.links(programme.links)}</aside></article>"
    )


# ---- steps and gates -------------------------------------------------------------------------------------------------


def step_line(programme: Programme) -> str:
    """Where it stands among the three steps, as one line."""
    here = STEPS.index(programme.step)
    current = ' aria-current="step"'
    items = "".join(
        f'<li class="{_past_or_ahead(place, here)}"{current if place == here else ""}>'
        f"{escape(_capital(_(PROGRAMME_STEP_NAMES[one])))}</li>"
        for place, one in enumerate(STEPS)
    )
    return f'<ol class="programme-steps" aria-label="{escape(_("Steg"))}">{items}</ol>'


def _steps(programme: Programme) -> str:
    if not programme.gates:
        return ""
    by_step: dict[ProgrammeStep, list[Gate]] = defaultdict(list)
    for one in programme.gates:
        by_step[one.step].append(one)
    here = STEPS.index(programme.step)
    items = ""
    for place, step in enumerate(STEPS):
        kind = _past_or_ahead(place, here)
        said = _("här är programmet nu") if place == here else ""
        gates = "".join(_gate(gate) for gate in by_step[step])
        items += (
            f'<li class="{kind}"><b>{escape(_capital(_(PROGRAMME_STEP_NAMES[step])))}</b>'
            f"{f' <small>{escape(said)}</small>' if said else ''}{gates}</li>"
        )
    return f'<ol class="gated">{items}</ol>'


def _past_or_ahead(place: int, here: int) -> str:
    return "past" if place < here else "now" if place == here else "ahead"


def _gate(gate: Gate) -> str:
    passed = (
        _("Grinden passerades {day}").format(day=gate.passed_on)
        if gate.passed_on is not None
        else _("Grinden är inte passerad")
    )
    evidence = (
        f"<dd>{escape(_('Underlag: {evidence}').format(evidence=gate.evidence))}</dd>"
        if gate.evidence.strip()
        else ""
    )
    kind, sign = ("passed", "✓") if gate.passed_on is not None else ("waiting", "○")
    return (
        f'<dl class="gate {kind}"><dt>{escape(gate.condition)}</dt>'
        f'<dd><span aria-hidden="true">{sign}</span> {escape(passed)}</dd>{evidence}</dl>'
    )


# ---- criteria --------------------------------------------------------------------------------------------------------


def _criteria(programme: Programme) -> str:
    if not programme.criteria:
        return ""
    heads = (_("Kriterium"), _("Sagt"), _("Läge"), _("Underlag"))
    rows = "".join(
        f'<tr><th scope="row">{escape(one.text)}</th>'
        f'<td data-label="{escape(heads[1])}">{_stated(one.stated_on, programme.started_on)}</td>'
        f'<td data-label="{escape(heads[2])}" class="state {one.state}">'
        f'<span aria-hidden="true">{STATE_SIGNS[one.state]}</span> {escape(_(CRITERION_STATE_NAMES[one.state]))}</td>'
        f'<td data-label="{escape(heads[3])}">{escape(one.evidence) or "–"}</td></tr>'
        for one in programme.criteria
    )
    header = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    caption = escape(criteria_words(programme))
    return (
        f'<table class="plain-table criteria"><caption>{caption}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _stated(day: date, started_on: date | None) -> str:
    """The day that it was said, with what a reader must know of it: that it was after the start."""
    late = (
        "" if started_on is None or day <= started_on else f" <small>({escape(_('efter starten'))})</small>"
    )
    return f'<span class="day">{day}</span>{late}'


def criteria_words(programme: Programme) -> str:
    """How many of the criteria are met: `2 av 5 kriterier är uppfyllda, 2 delvis.`"""
    states = [one.state for one in programme.criteria]
    told = _("{met} av {all} kriterier är uppfyllda").format(
        met=states.count(CriterionState.MET), all=len(states)
    )
    partly = states.count(CriterionState.PARTLY)
    return _("{told}, {partly} delvis.").format(told=told, partly=partly) if partly else f"{told}."


# ---- projects and partners -------------------------------------------------------------------------------------------


def _beside_map(projects: str, map_of_projects: str) -> str:
    if not projects or not map_of_projects:
        return projects
    return f'<div class="project-places">{map_of_projects}{projects}</div>'


def _projects(programme: Programme, around: Surroundings, case_links: Mapping[str, str]) -> str:
    items = ""
    for project in programme.projects:
        place = around.place_name(project.municipality_code) if project.municipality_code else ""
        where = " · ".join(filter(None, [place, _(PROGRAMME_STEP_NAMES[project.step])]))
        link = case_links.get(project.case_id, "")
        items += (
            f'<li><p class="where">{escape(where)}</p><b>{escape(project.name)}</b>{story.paragraphs(project.challenge)}'
            f"{f'<p>{link}</p>' if link else ''}</li>"
        )
    return f'<ul class="local-projects">{items}</ul>' if items else ""


def _facts(programme: Programme, is_draft: bool) -> str:
    started = str(programme.started_on) if programme.started_on is not None else ""
    rows = [
        (_("Steg"), escape(_capital(_(PROGRAMME_STEP_NAMES[programme.step])))),
        (_("Start"), story.answer(programme, "started_on", started, is_draft=is_draft)),
        (_("Slut"), str(programme.ended_on) if programme.ended_on is not None else ""),
    ]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{content}</dd>" for name, content in rows if content)
    together = story.section(
        _("Vilka som är med"),
        story.answer(programme, "partners", story.partners_by_sector(programme.partners), is_draft=is_draft),
        level=3,
    )
    listed = "".join(f"<li>{escape(forum)}</li>" for forum in programme.forums)
    forums = story.section(
        _("Där man möts"),
        story.answer(programme, "forums", f"<ul>{listed}</ul>" if listed else "", is_draft=is_draft),
        level=3,
    )
    tags = story.tag_list(programme.tags)
    return (
        f'<section class="story-facts"><h3>{escape(_("Fakta"))}</h3><dl>{told}</dl>{together}{forums}'
        f"{f'<dl>{tags}</dl>' if tags else ''}</section>"
    )


# ---- counts ----------------------------------------------------------------------------------------------------------


def running_totals(counts_of_one: Sequence[RunningCount]) -> tuple[tuple[date, int], ...]:
    """What had been counted by each day: a reading holds for its municipality until the next one.

    A running count is a reading of how many there have been so far, not how many there were since the last.
    """
    latest: dict[str, int] = {}
    totals: dict[date, int] = {}
    for one in sorted(counts_of_one, key=lambda count: count.day):
        latest[one.municipality_code] = one.count
        totals[one.day] = sum(latest.values())
    return tuple(totals.items())


def counts(listed: Sequence[RunningCount], around: Surroundings) -> str:
    """Each count as a small picture that begins at zero, with the same figures as a table."""
    by_name: dict[str, list[RunningCount]] = defaultdict(list)
    for one in listed:
        by_name[one.name].append(one)
    drawn = "".join(_count(name, found, around) for name, found in by_name.items())
    return f'<div class="counts">{drawn}</div>' if drawn else ""


def _count(name: str, found: Sequence[RunningCount], around: Surroundings) -> str:
    totals = running_totals(found)
    last_day, last = totals[-1]
    written = number(last, 0, language())
    text = _("{name}: {count} till och med {day}, räknat från {first} den {first_day}.").format(
        name=name,
        count=written,
        day=last_day,
        first=number(totals[0][1], 0, language()),
        first_day=totals[0][0],
    )
    places = {one.municipality_code for one in found if one.municipality_code}
    heads = (_("Dag"), *((_("Plats"),) if places else ()), _("Hittills"))
    rows = ""
    if places:
        for one in sorted(found, key=lambda count: (count.day, count.municipality_code)):
            place = around.place_name(one.municipality_code) if one.municipality_code else "–"
            rows += (
                f'<tr><th scope="row">{one.day}</th><td>{escape(place)}</td>'
                f'<td class="number">{number(one.count, 0, language())}</td></tr>'
            )
    else:
        rows = "".join(
            f'<tr><th scope="row">{day}</th><td class="number">{number(count, 0, language())}</td></tr>'
            for day, count in totals
        )
    header = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return (
        f"<figure><figcaption><b>{escape(name)}</b> {written} <small>({last_day})</small></figcaption>"
        f"{_picture(totals, text)}<details><summary>{escape(_('Visa som tabell'))}</summary>"
        f'<table class="plain-table"><caption class="unseen">{escape(text)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
    )


def _picture(totals: Sequence[tuple[date, int]], text: str) -> str:
    """The total over time, from zero; days lie as far apart as they are."""
    first, last = totals[0][0].toordinal(), totals[-1][0].toordinal()
    most = max(count for _day, count in totals) or 1
    floor = HEIGHT - 18

    def x(day: date) -> float:
        share = (day.toordinal() - first) / (last - first) if last > first else 1.0
        return MARGIN + (WIDTH - 2 * MARGIN) * share

    def y(count: int) -> float:
        return floor - (floor - MARGIN) * count / most

    line = " ".join(f"{x(day):.1f} {y(count):.1f}" for day, count in totals)
    years = (
        f"<text x='{MARGIN}' y='{HEIGHT - 4}'>{totals[0][0].year}</text>"
        f"<text x='{WIDTH - MARGIN}' y='{HEIGHT - 4}' text-anchor='end'>{totals[-1][0].year}</text>"
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<path d='M{x(totals[0][0]):.1f} {floor}L{line}V{floor}Z' fill='{BAND}'/>"
        f"<path d='M{line}h.01' fill='none' stroke='{MINE}' stroke-width='2' stroke-linejoin='round'/>"
        f"<path d='M{MARGIN} {floor}H{WIDTH - MARGIN}' stroke='{EDGE}' stroke-width='1'/>"
        f"<circle cx='{x(totals[-1][0]):.1f}' cy='{y(totals[-1][1]):.1f}' r='3.2' fill='{MINE}'/>"
        f"<g font-family='sans-serif' font-size='11' fill='{QUIET}'>{years}</g></svg>"
    )
    source = "data:image/svg+xml," + quote(svg, safe=" ='/:.<>")
    return f'<img alt="{escape(text)}" src="{escape(source)}" width="{WIDTH}" height="{HEIGHT}">'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
