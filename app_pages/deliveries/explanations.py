"""What members have written of their values: published ones to read, others only counted."""

from html import escape

import streamlit as st

from app_pages.parts.charts.wording import GENDER
from app_pages.parts.history_link import history_address
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language, ngettext
from domain.value import Gender
from language.numbers import number
from pipelines.uploads.deliveries import Deliveries, Explanation


def show(found: Deliveries) -> None:
    """A table of what is published; how many more are on their way."""
    st.html(f'<h2 class="part">{escape(_("Förklaringar att läsa"))}</h2>')
    if found.explanations:
        heads = (_("Medlem"), _("Värde"), _("Förklaring"), _("Av"))
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
        rows = "".join(_row(one, heads) for one in found.explanations)
        st.html(
            '<div class="scroll" tabindex="0"><table class="plain-table findings explanations">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    else:
        st.html(f'<p class="part">{escape(_("Ingen förklaring är publicerad för perioden."))}</p>')
    if found.drafts_explained:
        names = dict(found.members)
        told = ", ".join(
            _("{place} ({count})").format(place=names.get(code, code), count=number(count, 0, language()))
            for code, count in found.drafts_explained.items()
        )
        count = sum(found.drafts_explained.values())
        text = ngettext(
            "{count} förklaring till finns i det som ännu inte är publicerat: {places}.",
            "{count} förklaringar till finns i det som ännu inte är publicerat: {places}.",
            count,
        ).format(count=number(count, 0, language()), places=told)
        st.html(f'<p class="chart-notes">{escape(text)}</p>')


def _row(one: Explanation, heads: tuple[str, ...]) -> str:
    parts = [one.measure_name, period_name(one.period)]
    if one.gender is not Gender.TOTAL:
        parts.append(_(GENDER[one.gender]))
    href = escape(history_address(one.measure_id, one.municipality_code, one.period, one.gender))
    moment = f"{one.at.astimezone():%Y-%m-%d}" if one.at else ""
    cells = (
        f'<a data-page href="{href}">{escape(", ".join(parts))}</a>',
        escape(one.text),
        escape(", ".join(part for part in (_(one.by), moment) if part)) or "–",
    )
    return (
        f'<tr><th scope="row">{escape(one.municipality_name)}</th>'
        + "".join(
            f'<td data-label="{escape(head)}">{cell}</td>'
            for head, cell in zip(heads[1:], cells, strict=True)
        )
        + "</tr>"
    )
