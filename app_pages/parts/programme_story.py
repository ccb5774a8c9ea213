"""Render a programme as an article: the challenge, three steps with gates, projects, criteria and counts.

The markup is in `programme_article.html`. What a picture shows stands beside it as a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from app_pages.parts.story import Surroundings, names_by_sector, render_article
from app_pages.parts.templates import svg_address
from app_pages.parts.words import _, capitalize_first, language
from domain.programme import (
    CRITERION_STATE_NAMES,
    PROGRAMME_STEP_NAMES,
    CriterionState,
    Gate,
    LocalProject,
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


@dataclass(frozen=True, slots=True)
class StepOfProgramme:
    """One of the three steps. `progress` is "past", "now" or "ahead"; the gates are those after the step."""

    name: str
    progress: str
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion as a row of the table. `is_late`: it was stated after the start."""

    text: str
    stated_on: date
    is_late: bool
    state: CriterionState
    state_sign: str
    state_name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ProjectItem:
    """One local project in the list: where, what, and the address and text of its case, None where it has none."""

    where: str
    project: LocalProject
    case_link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class CountFigure:
    """One running count as a picture with a table.

    `total` is the sum on `last_day`, `text` says what the picture shows, each row is day, place and count; the place is
    empty in all rows where no reading has one.
    """

    name: str
    total: str
    last_day: date
    text: str
    picture: str
    has_places: bool
    rows: tuple[tuple[date, str, int], ...]


def render_programme(
    programme: Programme,
    around: Surroundings,
    *,
    case_links: Mapping[str, tuple[str, str]] | None = None,
    is_draft: bool = False,
    has_heading: bool = False,
    project_map: Markup | str = "",
) -> Markup:
    """Render a programme as an article. case_links: address and text by case id. project_map: where the projects are."""
    return render_article(
        "parts/programme_article.html",
        programme,
        around,
        is_draft=is_draft,
        has_heading=has_heading,
        step_name=capitalize_first(_(PROGRAMME_STEP_NAMES[programme.step])),
        steps=list_steps(programme) if programme.gates else [],
        criteria=_criterion_rows(programme),
        criteria_met=describe_criteria(programme),
        projects=_project_items(programme, around, case_links or {}),
        project_map=project_map,
        counts=_count_figures(programme.counts, around),
        partners=names_by_sector(programme.partners),
        width=WIDTH,
        height=HEIGHT,
    )


# ---- steps, criteria and projects ------------------------------------------------------------------------------------


def list_steps(programme: Programme) -> list[StepOfProgramme]:
    """Return the three steps with their gates, and how far the programme has come."""
    current = STEPS.index(programme.step)
    return [
        StepOfProgramme(
            capitalize_first(_(PROGRAMME_STEP_NAMES[step])),
            "past" if position < current else "now" if position == current else "ahead",
            tuple(gate for gate in programme.gates if gate.step is step),
        )
        for position, step in enumerate(STEPS)
    ]


def _criterion_rows(programme: Programme) -> list[CriterionRow]:
    return [
        CriterionRow(
            text=criterion.text,
            stated_on=criterion.stated_on,
            is_late=programme.started_on is not None and criterion.stated_on > programme.started_on,
            state=criterion.state,
            state_sign=STATE_SIGNS[criterion.state],
            state_name=_(CRITERION_STATE_NAMES[criterion.state]),
            evidence=criterion.evidence,
        )
        for criterion in programme.criteria
    ]


def describe_criteria(programme: Programme) -> str:
    """Describe how many of the criteria are met: `2 av 5 kriterier är uppfyllda, 2 delvis.`"""
    states = [criterion.state for criterion in programme.criteria]
    met = _("{met} av {all} kriterier är uppfyllda").format(
        met=states.count(CriterionState.MET), all=len(states)
    )
    partly = states.count(CriterionState.PARTLY)
    return _("{told}, {partly} delvis.").format(told=met, partly=partly) if partly else f"{met}."


def _project_items(
    programme: Programme, around: Surroundings, case_links: Mapping[str, tuple[str, str]]
) -> list[ProjectItem]:
    items = []
    for project in programme.projects:
        place = around.place_name(project.municipality_code) if project.municipality_code else ""
        where = " · ".join(filter(None, [place, _(PROGRAMME_STEP_NAMES[project.step])]))
        items.append(ProjectItem(where, project, case_links.get(project.case_id)))
    return items


# ---- counts ----------------------------------------------------------------------------------------------------------


def running_totals(readings: Sequence[RunningCount]) -> tuple[tuple[date, int], ...]:
    """The total by each day of the readings of one count: a reading holds for its municipality until the next one.

    A running count is a reading of how many there have been so far, not how many there were since the last reading.
    """
    latest: dict[str, int] = {}
    totals: dict[date, int] = {}
    for reading in sorted(readings, key=lambda reading: reading.day):
        latest[reading.municipality_code] = reading.count
        totals[reading.day] = sum(latest.values())
    return tuple(totals.items())


def _count_figures(counts: Sequence[RunningCount], around: Surroundings) -> list[CountFigure]:
    names = dict.fromkeys(count.name for count in counts)
    return [
        _count_figure(name, [reading for reading in counts if reading.name == name], around) for name in names
    ]


def _count_figure(name: str, readings: Sequence[RunningCount], around: Surroundings) -> CountFigure:
    totals = running_totals(readings)
    (first_day, first), (last_day, last) = totals[0], totals[-1]
    total = number(last, 0, language())
    text = _("{name}: {count} till och med {day}, räknat från {first} den {first_day}.").format(
        name=name, count=total, day=last_day, first=number(first, 0, language()), first_day=first_day
    )
    has_places = any(reading.municipality_code for reading in readings)
    rows = (
        tuple(
            (
                reading.day,
                around.place_name(reading.municipality_code) if reading.municipality_code else "–",
                reading.count,
            )
            for reading in sorted(readings, key=lambda reading: (reading.day, reading.municipality_code))
        )
        if has_places
        else tuple((day, "", count) for day, count in totals)
    )
    return CountFigure(name, total, last_day, text, _picture(totals), has_places, rows)


def _picture(totals: Sequence[tuple[date, int]]) -> str:
    """Return the image address of the total over time, from zero; days are spaced to scale."""
    first, last = totals[0][0].toordinal(), totals[-1][0].toordinal()
    highest = max(count for _day, count in totals) or 1
    floor = HEIGHT - 18

    def x(day: date) -> float:
        share = (day.toordinal() - first) / (last - first) if last > first else 1.0
        return MARGIN + (WIDTH - 2 * MARGIN) * share

    def y(count: int) -> float:
        return floor - (floor - MARGIN) * count / highest

    return svg_address(
        "parts/running_count.svg",
        width=WIDTH,
        height=HEIGHT,
        left=MARGIN,
        right=WIDTH - MARGIN,
        floor=floor,
        points=[(f"{x(day):.1f}", f"{y(count):.1f}") for day, count in totals],
        first_year=totals[0][0].year,
        last_year=totals[-1][0].year,
    )
