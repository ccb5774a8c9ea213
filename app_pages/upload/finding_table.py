"""Findings as a table: the cell, what is wrong in it, what was found and expected, and what to do."""

from collections.abc import Mapping, Sequence
from html import escape

from app_pages.parts.words import _
from domain.upload import Finding
from language.rendering import render


def table(found: Sequence[Finding], explanations: Mapping[str, str], *, has_several: bool) -> str:
    """Cell, row and column, what is wrong, what was found, what was expected, what to do.

    has_several: whether the file has several sheets, so that a cell needs its sheet's name.
    """
    headings = [_("Cell"), _("Vad"), _("Hittat"), _("Väntat"), _("Gör så här")]
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    rows = "".join(_row(one, headings, explanations.get(one.id, ""), has_several) for one in found)
    return (
        f'<div class="scroll"><table class="plain-table findings"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(finding: Finding, headings: Sequence[str], explanation: str, has_several: bool) -> str:
    cells = [finding.message, finding.found, finding.expected, finding.advice]
    told = f"<small>{escape(_('Förklaring: {text}').format(text=explanation))}</small>" if explanation else ""
    where = escape(cell_name(finding, has_several))
    names = escape(heading_names(finding))
    return (
        f'<tr><th scope="row"><b>{where}</b>{f"<small>{names}</small>" if names else ""}</th>'
        + "".join(
            f'<td data-label="{escape(heading)}">{escape(render(text, _)) or "–"}{told if text is finding.message else ""}</td>'
            for heading, text in zip(headings[1:], cells, strict=True)
        )
        + "</tr>"
    )


def cell_name(finding: Finding, has_several: bool) -> str:
    """“C14”, with the sheet where the file has several; the whole file where it is no cell."""
    if finding.address is None:
        return _("hela filen")
    one = finding.address
    return f"{one.sheet}!{one.cell}" if has_several else one.cell


def heading_names(finding: Finding) -> str:
    return " · ".join(one for one in (finding.row_name, finding.column_name) if one)
