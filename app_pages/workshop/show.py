"""Show a trial: the errors and their positions, or the unit, the members' last years, what is missing, and the colours."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from re import match
from typing import Final

from answers.comparison import source_lines
from app_pages.parts import frame
from app_pages.parts.blocks import show_chart_heading, show_text
from app_pages.parts.charts.wording import status_words
from app_pages.parts.choices import group_name
from app_pages.parts.comparison_table import show_comparison_notes, show_comparison_table
from app_pages.parts.error_advice import explain
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.workshop.choose import Choice
from app_pages.workshop.load import Input, Trial, library_with
from domain.comparison import Comparison
from domain.development import Development
from domain.errors.formulas import FormulaError
from domain.network_measure import MeasureSource
from domain.series import Series
from domain.value import Status
from language.numbers import day
from language.rendering import render

YEARS_SHOWN: Final = 6
MOST_NAMED: Final = 5


def show_head(choice: Choice) -> None:
    title = _("Mätverkstad: gör ett eget mått")
    if choice.changed is not None:
        text = (
            _("Mätverkstad: ny definition av {measure}")
            if choice.is_redefinition
            else _("Mätverkstad: ändra förslaget {measure}")
        )
        title = text.format(measure=choice.changed.definition.name)
    among = choice.network.name if choice.network else group_name(choice.group)
    when = _("läget så som det var känt {day}").format(day=day(choice.view.release.known_at))
    line = _("resultatet visas genast för {group}").format(group=among)
    frame.show_head(title, f"{line} · {when}", choice.view)


def show_reading(choice: Choice, trial: Trial | None) -> None:
    """Show right under the editor the errors and their positions, or how the formula is read and its unit."""
    if trial is None:
        _show_first_steps(choice)
        return
    if trial.problem is not None:
        _show_errors(choice, trial)
        return
    facts = []
    formula = trial.check.formula if trial.check is not None else None
    read = formula.to_text(language()) if formula is not None else choice.expression
    if read != choice.expression:
        facts.append((_("Läses som"), read))
    facts.append((_("Enhet"), trial.unit or _("tal utan enhet")))
    if formula is not None and formula.ratio is not None:
        facts.append((_("Gruppens värde"), _("summan av täljarna genom summan av nämnarna")))
    show_template("workshop/reading.html", facts=facts)


def _show_first_steps(choice: Choice) -> None:
    texts = {
        MeasureSource.FORMULA: _(
            "Skriv en formel av nyckeltal och egna variabler. Sök nyckeltal här bredvid och klicka för att lägga till dem."
        ),
        MeasureSource.KPI: _("Sök ett nyckeltal här bredvid och klicka på det, eller skriv dess beteckning."),
        MeasureSource.OWN: _(
            "En egen variabel är något som medlemmarna själva räknar och lämnar. Den har inga värden förrän de har gjort det."
        ),
    }
    show_text(texts[choice.source], "chart-notes")


def _show_errors(choice: Choice, trial: Trial) -> None:
    checked = trial.check.errors if trial.check is not None and trial.check.errors else (trial.problem,)
    errors = [error for error in checked if error is not None]
    positions = [
        int(str(error.values["position"]))
        for error in errors
        if isinstance(error, FormulaError) and "position" in error.values
    ]
    show_template(
        "workshop/errors.html",
        pieces=mark_positions(choice.expression, positions) if positions else [],
        sentences=[error.message for error in errors],
    )


def mark_positions(formula: str, positions: list[int]) -> list[tuple[str, bool]]:
    """Split a formula into pieces and whether each is marked: the word or sign at each position (from 1).

    A marked piece is empty where the position is after the end.
    """
    composed = unicodedata.normalize("NFC", formula)
    pieces, done = [], 0
    for position in sorted(set(positions)):
        begin = min(max(position - 1, done), len(composed))
        word = match(r"\w+|\S", composed[begin:])
        end = begin + (word.end() if word else 0)
        pieces += [(composed[done:begin], False), (composed[begin:end], True)]
        done = end
    return [*pieces, (composed[done:], False)]


def show_result(choice: Choice, trial: Trial) -> None:
    """Show the members' last years, and what is missing in the inputs."""
    if trial.development is None or trial.among_members is None:
        return
    show_chart_heading(_("Resultatet"))
    if trial.among_members.rows:
        show_text(_describe_coverage(trial.among_members.rows[0].comparison), "lead")
    _show_years(trial.development, choice.focus)
    show_template("workshop/inputs.html", inputs=[(entry, _state(entry)) for entry in trial.inputs])


def show_coloured(trial: Trial) -> None:
    """Show the row as it would look in the overview, colours included."""
    among = trial.among_members
    if among is None or not among.rows:
        return
    show_chart_heading(_("Så skulle raden se ut i översikten"))
    caption = _("Raden i översikten: måttet för varje medlem, med färg bland alla kommuner.")
    show_comparison_table(
        among,
        among.rows,
        caption=caption,
        has_sections=False,
        measure_href=lambda _measure: "#",
        learn_href=lambda _measure: "",
    )
    show_comparison_notes(among.rows, _("Färg bland alla kommuner."))


def _describe_coverage(comparison: Comparison) -> str:
    """Describe how many have a value, and who has none and why."""
    n = comparison.n_with_value
    sentences = [
        ngettext("{n} av {all} har värde {year}.", "{n} av {all} har värde {year}.", n).format(
            n=n, all=comparison.n, year=comparison.year
        )
    ]
    without = [member for member in comparison.members if member.value is None]
    sentences += [
        f"{member.name}: {status_words(member.status, translator())}." for member in without[:MOST_NAMED]
    ]
    if len(without) > MOST_NAMED:
        sentences.append(_("Ytterligare {count} saknar värde.").format(count=len(without) - MOST_NAMED))
    return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class _YearCell:
    """A value or the reason why there is none, with what the member has written about it."""

    value: float | None
    reason: str
    explanation: str
    is_after_break: bool


@dataclass(frozen=True, slots=True)
class _YearRow:
    """One member's years."""

    name: str
    is_mine: bool
    cells: tuple[_YearCell, ...]


def _show_years(development: Development, focus: str) -> None:
    """Show one row per member and one column per year."""
    measure = development.measure
    years = [year.year for year in development.group_years][-YEARS_SHOWN:]
    breaks = {
        *development.break_years,
        *(year for member in development.members for year in member.series.break_years),
    }
    caption = _("De senaste åren, {unit}.").format(unit=measure.unit or _("tal utan enhet"))
    if breaks & set(years):
        listed = ", ".join(str(year) for year in sorted(breaks & set(years)))
        caption += " " + _("Serien bryts {years}: strecket i tabellen.").format(years=listed)
    members = sorted(development.members, key=lambda member: member.series.code != focus)
    show_template(
        "workshop/years.html",
        caption=caption,
        years=years,
        breaks=breaks,
        decimals=measure.decimals,
        rows=[
            _YearRow(
                member.series.name,
                member.series.code == focus,
                tuple(_year_cell(member.series, year, breaks) for year in years),
            )
            for member in members
        ],
    )


def _year_cell(series: Series, year: int, breaks: Collection[int]) -> _YearCell:
    point = next((point for point in series.points if point.year == year), None)
    return _YearCell(
        value=point.value if point is not None else None,
        reason=status_words(point.status if point is not None else Status.NOT_REPORTED, translator()),
        explanation=series.explanation(year),
        is_after_break=year in breaks,
    )


def _state(formula_input: Input) -> str:
    if formula_input.comparison is None:
        return explain(formula_input.problem) if formula_input.problem is not None else ""
    return _describe_coverage(formula_input.comparison)


def show_foot(choice: Choice, trial: Trial | None) -> None:
    """Show the sources of the values in the formula, the members' own among them."""
    inputs = trial.inputs if trial is not None else ()
    measures = [
        formula_input.comparison.measure for formula_input in inputs if formula_input.comparison is not None
    ]
    library = library_with(choice.view.library, choice.unpublished)
    source = "; ".join(render(source_line, _) for source_line in source_lines(library, measures))
    frame.show_foot(
        f"{_('Värden')}: {source}. {_('Det som formeln ger är egen beräkning.')}", has_colour=True
    )
