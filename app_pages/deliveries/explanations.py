"""The members' explanations of their values: those that are published in a table, the others as a count."""

from dataclasses import dataclass

from app_pages.parts import blocks
from app_pages.parts.history_link import history_address
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext
from domain.value import Gender
from language.enum_words import GENDER_WORDS
from language.numbers import number
from pipelines.uploads.deliveries import Deliveries, Explanation


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """One explanation; `href` leads to the history of the cell, which is named by measure, period and gender."""

    member: str
    href: str
    cell: str
    text: str
    by: str


def show(deliveries: Deliveries) -> None:
    """Show a table of the published explanations, and how many more are in drafts."""
    blocks.show_heading(_("Förklaringar att läsa"))
    if deliveries.explanations:
        show_template(
            "deliveries/explanations.html",
            columns=(_("Medlem"), _("Värde"), _("Förklaring"), _("Av")),
            rows=[_explanation_row(explanation) for explanation in deliveries.explanations],
        )
    else:
        blocks.show_text(_("Ingen förklaring är publicerad för perioden."))
    if deliveries.drafts_explained:
        names = dict(deliveries.members)
        places = ", ".join(
            _("{place} ({count})").format(place=names.get(code, code), count=number(count, 0, language()))
            for code, count in deliveries.drafts_explained.items()
        )
        count = sum(deliveries.drafts_explained.values())
        text = ngettext(
            "{count} förklaring till finns i det som ännu inte är publicerat: {places}.",
            "{count} förklaringar till finns i det som ännu inte är publicerat: {places}.",
            count,
        ).format(count=number(count, 0, language()), places=places)
        blocks.show_text(text, "chart-notes")


def _explanation_row(explanation: Explanation) -> ExplanationRow:
    cell = [explanation.measure_name, period_name(explanation.period)]
    if explanation.gender is not Gender.TOTAL:
        cell.append(_(GENDER_WORDS[explanation.gender]))
    moment = f"{explanation.at.astimezone():%Y-%m-%d}" if explanation.at else ""
    return ExplanationRow(
        member=explanation.municipality_name,
        href=history_address(
            explanation.measure_id, explanation.municipality_code, explanation.period, explanation.gender
        ),
        cell=", ".join(cell),
        text=explanation.text,
        by=", ".join(part for part in (_(explanation.by), moment) if part),
    )
