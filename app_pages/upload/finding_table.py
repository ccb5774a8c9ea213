"""Findings as a table: the cell, what is wrong in it, the value and what was expected, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app_pages.parts.templates import render_template
from app_pages.parts.words import _
from domain.upload import Finding
from language.rendering import render


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. names: the headings of its row and column; texts: message, value, what was expected and advice."""

    cell: str
    names: str
    texts: tuple[str, ...]
    explanation: str


def render_finding_table(
    findings: Sequence[Finding], explanations: Mapping[str, str], *, has_several: bool
) -> Markup:
    """Return the findings as a table, each with its explanation, by finding id.

    has_several: whether the file has several sheets, so that a cell needs its sheet's name.
    """
    return render_template(
        "upload/finding_table.html",
        columns=(_("Cell"), _("Vad"), _("Hittat"), _("Väntat"), _("Gör så här")),
        rows=[
            _finding_row(finding, explanations.get(finding.id, ""), has_several=has_several)
            for finding in findings
        ],
    )


def _finding_row(finding: Finding, explanation: str, *, has_several: bool) -> FindingRow:
    texts = (finding.message, finding.found, finding.expected, finding.advice)
    return FindingRow(
        cell=cell_name(finding, has_several),
        names=heading_names(finding),
        texts=tuple(render(text, _) for text in texts),
        explanation=explanation,
    )


def cell_name(finding: Finding, has_several: bool) -> str:
    """“C14”, with the sheet where the file has several; “hela filen” where the finding has no cell."""
    if finding.address is None:
        return _("hela filen")
    cell = finding.address.cell
    return f"{finding.address.sheet}!{cell}" if has_several else cell


def heading_names(finding: Finding) -> str:
    """The headings of the row and column of a finding."""
    return " · ".join(name for name in (finding.row_name, finding.column_name) if name)
