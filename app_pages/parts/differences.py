"""What a publication or an undoing would change: cells before and after, what stays hidden and why, which colours move."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts.charts.wording import COLOUR, GENDER
from app_pages.parts.period_words import period_name
from app_pages.parts.theme import SIGN
from app_pages.parts.words import _, language, ngettext
from domain.comparison import Colour
from domain.upload import CELL_CHANGE_NAMES, CellChange
from domain.value import Gender, Reason, Status
from domain.wording import to_translate
from language.numbers import number, with_unit
from language.sentences import STATUS_WORDS
from pipelines.uploads.changes import ChangedCell, Changes, ColourChange
from pipelines.uploads.resolved_cells import Hiding

MOST_SHOWN: Final = 200  # more is not read; the rest is counted
NOTHING: Final = ' class="none"'  # left out where the table is a list of cards
MOST_OPEN: Final = 12  # colours; more are folded, so that the values and the button stay in sight
MARKS: Final = {
    CellChange.NEW: "+",
    CellChange.CHANGED: "→",
    CellChange.WITHDRAWN: "−",
    CellChange.UNCHANGED: "=",
}  # always beside the word
WHY_HIDDEN: Final = {
    Hiding.SAID: to_translate("visas inte: filen säger sekretess"),
    Hiding.PRIMARY: to_translate("visas inte: för litet underlag"),
    Hiding.COMPLEMENTARY: to_translate("visas inte: annars går ett dolt värde att räkna ut"),
}


def told(place: str, changes: Changes) -> str:
    """The whole difference in one sentence: new, changed, withdrawn, unchanged, hidden."""
    counts = changes.counts
    parts = [
        text.format(count=number(counts[change], 0, language()))
        for change, text in (
            (CellChange.NEW, ngettext("{count} nytt värde", "{count} nya värden", counts[CellChange.NEW])),
            (CellChange.CHANGED, ngettext("{count} ändrat", "{count} ändrade", counts[CellChange.CHANGED])),
            (
                CellChange.WITHDRAWN,
                ngettext("{count} borttaget", "{count} borttagna", counts[CellChange.WITHDRAWN]),
            ),
            (
                CellChange.UNCHANGED,
                ngettext("{count} oförändrat", "{count} oförändrade", counts[CellChange.UNCHANGED]),
            ),
        )
        if counts[change]
    ]
    if not parts:
        return f'<p class="lead">{escape(_("Ingenting ändras."))}</p>'
    text = _("För {place}: {what}.").format(place=place, what=", ".join(parts))
    if hidden := len(changes.hidden):
        text += " " + ngettext(
            "{count} värde visas inte för andra, se varför i tabellen.",
            "{count} värden visas inte för andra, se varför i tabellen.",
            hidden,
        ).format(count=number(hidden, 0, language()))
    return f'<p class="lead">{escape(text)}</p>'


def colours(changes: Changes) -> None:
    """Which comparisons in the network get another colour, with their signs."""
    found = changes.colour_changes
    if not found:
        text = _("Ingen jämförelse i nätverket byter färg.")
        st.html(f'<p class="part">{escape(text)}</p>')
        return
    summary = ngettext(
        "{count} jämförelse i nätverket byter färg", "{count} jämförelser i nätverket byter färg", len(found)
    ).format(count=number(len(found), 0, language()))
    rows = "".join(_colour_row(one) for one in found[:MOST_SHOWN])
    headings = (_("Mått"), _("Kommun"), _("Före"), _("Efter"))
    listed = f"{_table(headings, rows)}{_rest(len(found))}"
    if len(found) > MOST_OPEN:
        st.html(f'<details class="figures"><summary>{escape(summary)}</summary>{listed}</details>')
    else:
        st.html(f'<h2 class="part">{escape(summary)}</h2>{listed}')


def _colour_row(one: ColourChange) -> str:
    measure = _named(one.measure_name, str(one.year), one.gender)
    cells = (one.municipality_name, _colour(one.before), _colour(one.after))
    labels = (_("Kommun"), _("Före"), _("Efter"))
    tints = ("", one.before.value, one.after.value)
    told_cells = "".join(
        f'<td data-label="{escape(label)}"><span class="{tint}">{escape(text)}</span></td>'
        for label, text, tint in zip(labels, cells, tints, strict=True)
    )
    return f'<tr><th scope="row">{escape(measure)}</th>{told_cells}</tr>'


def _colour(colour: Colour) -> str:
    """“▲ bästa 25 %”; never the colour alone."""
    text = _(COLOUR[colour]) if COLOUR[colour] else _("ingen färg")
    return f"{SIGN[colour]} {text}".strip()


def cells(changes: Changes, measure_ids: Sequence[str]) -> None:
    """The cells that change, then, folded, those that stay as they are; measures in the order in which they are given."""
    order = {one: position for position, one in enumerate(measure_ids)}
    genders = list(Gender)
    listed = sorted(
        changes.cells,
        key=lambda one: (order.get(one.measure_id, len(order)), one.period, genders.index(one.gender)),
    )
    changed = [one for one in listed if one.change is not CellChange.UNCHANGED]
    unchanged = [one for one in listed if one.change is CellChange.UNCHANGED]
    if changed:
        st.html(f'<h2 class="part">{escape(_("Det som ändras"))}</h2>{_cells(changed)}')
    if unchanged:
        summary = ngettext(
            "{count} värde är oförändrat", "{count} värden är oförändrade", len(unchanged)
        ).format(count=number(len(unchanged), 0, language()))
        st.html(f'<details class="figures"><summary>{escape(summary)}</summary>{_cells(unchanged)}</details>')


def _cells(found: Sequence[ChangedCell]) -> str:
    headings = (_("Mått"), _("Ändring"), _("Publicerat nu"), _("Blir"), _("Fotnot"))
    rows = "".join(_cell_row(one, headings) for one in found[:MOST_SHOWN])
    return _table(headings, rows) + _rest(len(found))


def _cell_row(one: ChangedCell, headings: Sequence[str]) -> str:
    sign = f'<i aria-hidden="true">{MARKS[one.change]}</i> {escape(_(CELL_CHANGE_NAMES[one.change]))}'
    after = escape(_value(one.new_value, one.new_reason, one))
    if one.hiding is not None:
        if one.said_value is not None:
            in_file = with_unit(one.said_value, one.decimals, one.unit, language())
            after = escape(_("{value} i filen").format(value=in_file))
        after += f"<small>{escape(_(WHY_HIDDEN[one.hiding]))}</small>"
    footnote = one.footnote or ("–" if not one.old_footnote else _("tas bort"))
    contents = (sign, escape(_value(one.old_value, one.old_reason, one)), after, escape(footnote))
    told_cells = "".join(
        f'<td{NOTHING if content == "–" else ""} data-label="{escape(heading)}">{content}</td>'
        for heading, content in zip(headings[1:], contents, strict=True)
    )
    name = escape(_named(one.measure_name, one.period, one.gender))
    return f'<tr><th scope="row">{name}</th>{told_cells}</tr>'


def _value(value: float | None, reason: Reason | None, one: ChangedCell) -> str:
    """A number with its unit, a reason in words, or that nothing is reported: five different things."""
    if value is not None:
        return with_unit(value, one.decimals, one.unit, language())
    return _(STATUS_WORDS[Status(reason.value) if reason is not None else Status.NOT_REPORTED])


def _named(measure: str, period: str, gender: Gender) -> str:
    """“Trygga elever, 2023, kvinnor”."""
    parts = [measure, period_name(period)]
    if gender is not Gender.TOTAL:
        parts.append(_(GENDER[gender]))
    return ", ".join(parts)


def _table(headings: Sequence[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    return (
        f'<div class="scroll"><table class="plain-table findings difference"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _rest(count: int) -> str:
    if count <= MOST_SHOWN:
        return ""
    text = _("… och {count} till.").format(count=number(count - MOST_SHOWN, 0, language()))
    return f'<p class="chart-notes">{escape(text)}</p>'
