"""How a trial looks: what is wrong and where, or the unit, the members' last years, what lacks, and the colours."""

import unicodedata
from html import escape
from re import match
from typing import Final

import streamlit as st

from answers.comparison import source_lines
from app_pages.parts import frame
from app_pages.parts.charts.wording import status_words
from app_pages.parts.choices import group_name
from app_pages.parts.comparison_table import show_comparison_notes, show_comparison_table
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.workshop.choose import Choice
from app_pages.workshop.load import Input, Trial, library_of
from domain.comparison import Comparison
from domain.development import Development
from domain.errors import FormulaError
from domain.network_measure import MeasureSource
from domain.value import Status
from language.numbers import day, number
from language.rendering import render

YEARS_SHOWN: Final = 6
MOST_NAMED: Final = 5


def head(choice: Choice) -> None:
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
    frame.head(title, f"{line} · {when}", choice.view)


def said_of(choice: Choice, trial: Trial | None) -> None:
    """Right under the editor: what is wrong and where, or how the formula is read and what it gives."""
    if trial is None:
        _first_time(choice)
        return
    if trial.problem is not None:
        _wrong(choice, trial)
        return
    facts = []
    formula = trial.check.formula if trial.check is not None else None
    read = formula.written(language()) if formula is not None else choice.expression
    if read != choice.expression:
        facts.append((_("Läses som"), read))
    facts.append((_("Enhet"), trial.unit or _("tal utan enhet")))
    if formula is not None and formula.ratio is not None:
        facts.append((_("Gruppens värde"), _("summan av täljarna genom summan av nämnarna")))
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    st.html(f'<dl class="facts trial" role="status">{items}</dl>')


def _first_time(choice: Choice) -> None:
    told = {
        MeasureSource.FORMULA: _(
            "Skriv en formel av nyckeltal och egna variabler. Sök nyckeltal här bredvid och klicka för att lägga till dem."
        ),
        MeasureSource.KPI: _("Sök ett nyckeltal här bredvid och klicka på det, eller skriv dess beteckning."),
        MeasureSource.OWN: _(
            "En egen variabel är något som medlemmarna själva räknar och lämnar. Den har inga värden förrän de har gjort det."
        ),
    }
    st.html(f'<p class="chart-notes">{escape(told[choice.source])}</p>')


def _wrong(choice: Choice, trial: Trial) -> None:
    errors = trial.check.errors if trial.check is not None and trial.check.errors else (trial.problem,)
    sentences = "".join(f"<p>{escape(render(one.message, _))}</p>" for one in errors if one is not None)
    places = [
        int(str(one.values["position"]))
        for one in errors
        if isinstance(one, FormulaError) and "position" in one.values
    ]
    shown = marked(choice.expression, places) if places else ""
    st.html(f'<div class="box formula-wrong" role="alert">{shown}{sentences}</div>')


def marked(text: str, positions: list[int]) -> str:
    """The formula with the word or sign at each position (from 1) marked; after its end where it stops too early."""
    composed = unicodedata.normalize("NFC", text)
    parts, done = [], 0
    for position in sorted(set(positions)):
        begin = min(max(position - 1, done), len(composed))
        word = match(r"\w+|\S", composed[begin:])
        end = begin + (word.end() if word else 0)
        shown = escape(composed[begin:end]) or "&nbsp;"
        parts.append(f"{escape(composed[done:begin])}<mark>{shown}</mark>")
        done = end
    return f'<pre class="formula-marked"><code>{"".join(parts)}{escape(composed[done:])}</code></pre>'


def result(choice: Choice, trial: Trial) -> None:
    """The members' last years, and what lacks in what goes in."""
    if trial.development is None or trial.among_members is None:
        return
    st.html(f'<div class="chart-head"><h2>{escape(_("Resultatet"))}</h2></div>')
    if trial.among_members.rows:
        st.html(f'<p class="lead">{escape(told(trial.among_members.rows[0].comparison))}</p>')
    st.html(years(trial.development, choice.focus))
    st.html(inputs(trial.inputs))


def coloured(trial: Trial) -> None:
    """How the row would look in the overview, colours and all."""
    among = trial.among_members
    if among is None or not among.rows:
        return
    st.html(f'<div class="chart-head"><h2>{escape(_("Så skulle raden se ut i översikten"))}</h2></div>')
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


def told(comparison: Comparison) -> str:
    """How many have a value, and who has none and why."""
    n = comparison.n_with_value
    sentences = [
        ngettext("{n} av {all} har värde {year}.", "{n} av {all} har värde {year}.", n).format(
            n=n, all=comparison.n, year=comparison.year
        )
    ]
    without = [one for one in comparison.members if one.value is None]
    sentences += [f"{one.name}: {status_words(one.status, translator())}." for one in without[:MOST_NAMED]]
    if len(without) > MOST_NAMED:
        sentences.append(_("Ytterligare {count} saknar värde.").format(count=len(without) - MOST_NAMED))
    return " ".join(sentences)


def years(development: Development, focus: str) -> str:
    """One row a member, one column a year: the value, or why there is none. A break stands between its years."""
    measure = development.measure
    shown = [one.year for one in development.group_years][-YEARS_SHOWN:]
    breaks = {
        *development.break_years,
        *(year for one in development.members for year in one.series.break_years),
    }
    heads = "".join(
        f'<th scope="col" class="number{" after-break" if year in breaks else ""}">{year}</th>'
        for year in shown
    )
    rows = []
    for one in sorted(development.members, key=lambda member: member.series.code != focus):
        by_year = {point.year: point for point in one.series.points}
        cells = []
        for year in shown:
            point = by_year.get(year)
            kind = " after-break" if year in breaks else ""
            if point is not None and point.value is not None:
                text = number(point.value, measure.decimals, language())
                cells.append(f'<td class="number{kind}">{text}{_opened(one.series.explanation(year))}</td>')
            else:
                reason = status_words(point.status if point else Status.NOT_REPORTED, translator())
                told = _opened(one.series.explanation(year))
                cells.append(f'<td class="number zero{kind}">{escape(reason)}{told}</td>')
        is_mine = ' class="mine"' if one.series.code == focus else ""
        rows.append(f'<tr{is_mine}><th scope="row">{escape(one.series.name)}</th>{"".join(cells)}</tr>')
    caption = _("De senaste åren, {unit}.").format(unit=measure.unit or _("tal utan enhet"))
    if breaks & set(shown):
        listed = ", ".join(str(year) for year in sorted(breaks & set(shown)))
        caption += " " + _("Serien bryts {years}: strecket i tabellen.").format(years=listed)
    return (
        f'<div class="figures"><div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption>{escape(caption)}</caption><thead><tr><th scope="col">{escape(_("Kommun"))}</th>{heads}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div></div>"
    )


def _opened(explanation: str) -> str:
    """A raised sign that opens what the member has written of the value; nothing where nothing is."""
    if not explanation:
        return ""
    words = escape(explanation)
    return f' <sup><span role="note" tabindex="0" title="{words}" aria-label="{words}">*</span></sup>'


def inputs(found: tuple[Input, ...]) -> str:
    """What goes into the formula: its unit, its latest year, and what lacks."""
    rows = "".join(
        f'<tr><th scope="row"><b>{escape(one.name)}</b> {escape(render(one.title, _))}</th><td>{escape(one.unit)}</td>'
        f"<td>{escape(_state(one))}</td></tr>"
        for one in found
    )
    caption = _("Det som ingår och vad som saknas.")
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in (_("Ingår"), _("Enhet"), _("Värden")))
    return (
        f'<div class="figures"><div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _state(one: Input) -> str:
    if one.comparison is None:
        return render(one.problem.message, _) if one.problem is not None else ""
    return told(one.comparison)


def foot(choice: Choice, trial: Trial | None) -> None:
    """Where the values that go into the formula come from, members' own among them."""
    inputs = trial.inputs if trial is not None else ()
    measures = [one.comparison.measure for one in inputs if one.comparison is not None]
    source = "; ".join(render(one, _) for one in source_lines(library_of(choice), measures))
    frame.foot(f"{_('Värden')}: {source}. {_('Det som formeln ger är egen beräkning.')}", has_colour=True)
