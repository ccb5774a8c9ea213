"""One value: what has been done to it, when, by whom, from which file and why."""

from html import escape

import streamlit as st

from app_pages.history.choose import Choice
from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts.wording import GENDER
from app_pages.parts.differences import MARKS
from app_pages.parts.opening import get_stores
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language
from domain.network_measure import MeasureDefinition
from domain.upload import CELL_CHANGE_NAMES
from domain.value import Gender, Status
from language.numbers import with_unit
from language.sentences import STATUS_WORDS
from pipelines.uploads.history import CellEvent, ReportedState, cell_history


def show(choice: Choice) -> None:
    """What it is now, and everything that led there."""
    if choice.measure is None:
        text = _("{network} har inga egna variabler i bruk, så det finns inga rapporterade värden.").format(
            network=choice.network.name
        )
        st.html(f'<p class="part">{escape(text)}</p>')
        return
    definition = choice.measure.definition_for(choice.period.year)
    named = [definition.name, choice.place, period_name(choice.period)]
    if choice.view.gender is not Gender.TOTAL:
        named.append(_(GENDER[choice.view.gender]))
    st.html(f'<h2 class="part">{escape(", ".join(named))}</h2>')
    found = cell_history(
        get_stores(),
        choice.actor,
        measure_id=choice.measure.id,
        municipality_code=choice.code,
        period=str(choice.period),
        gender=choice.view.gender,
    )
    if not found:
        text = _("Ingenting är rapporterat för det här värdet, och ingenting har ångrats.")
        st.html(f'<p class="part">{escape(text)}</p>')
        return
    st.html(
        f'<p class="lead">{escape(_("Nu: {value}.").format(value=_value(found[0].after, definition)))}</p>'
    )
    heads = (_("När"), _("Vad"), _("Före"), _("Efter"), _("Av"), _("Fil"), _("Varför"), _("Fotnot"))
    rows = "".join(_row(one, definition, heads) for one in found)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    st.html(
        '<div class="scroll" tabindex="0"><table class="plain-table findings history">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    href = address.link(
        PageName.MEASURE,
        **{
            Name.MEASURE: choice.measure.id,
            Name.MUNICIPALITY: choice.code,
            Name.GROUP: f"network:{choice.network.id}",
            Name.YEAR: str(choice.period.year),
        },
    )
    st.html(
        f'<p class="ways-on"><a data-page href="{escape(href)}">{escape(_("Se måttet i nätverket"))}</a></p>'
    )


def _row(one: CellEvent, definition: MeasureDefinition, heads: tuple[str, ...]) -> str:
    mark = "↩" if one.is_undo else MARKS[one.change]
    what = _("ångrat") if one.is_undo else _(CELL_CHANGE_NAMES[one.change])
    cells = (
        f'<i aria-hidden="true">{mark}</i> {escape(what)}',
        escape(_value(one.before, definition)),
        escape(_value(one.after, definition)),
        escape(_(one.person)),
        escape(one.file_name),
        escape(one.why),
        escape(one.footnote),
    )
    return (
        f'<tr><th scope="row">{one.at.astimezone():%Y-%m-%d %H:%M}</th>'
        + "".join(
            f'<td data-label="{escape(head)}">{cell or "–"}</td>'
            for head, cell in zip(heads[1:], cells, strict=True)
        )
        + "</tr>"
    )


def _value(one: ReportedState, definition: MeasureDefinition) -> str:
    """A number with its unit, a reason in words, or that nothing is reported."""
    if one.value is not None:
        return with_unit(one.value, definition.decimals, definition.unit, language())
    return _(STATUS_WORDS[Status(one.reason.value) if one.reason is not None else Status.NOT_REPORTED])
