"""Results of projects, handed in beside the figures: a workbook of their own, kept once nothing in it needs mending."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from app_pages.parts import address, frame
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_stores, get_workspace
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.upload.choose import STEP, UPLOAD, Choice, Step
from app_pages.upload.finding_table import table
from data.workspace.uploads import draft_content
from domain.errors import UserError
from domain.rights import Action
from domain.upload import Upload
from language.numbers import number
from pipelines.uploads import drafts
from pipelines.uploads.annotated import annotate_review
from pipelines.uploads.evaluations.context import load_evaluation_context
from pipelines.uploads.evaluations.review import EvaluationReview, review_evaluations
from pipelines.uploads.evaluations.template import evaluation_template

CHECKED: Final = "upload-projects"
ROUND: Final = "upload-projects-round"
MOST_FINDINGS: Final = 100  # the rest stand in the annotated file


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read for these choices, or why it could not be."""

    key: tuple[str, ...]
    file_name: str
    content: bytes
    review: EvaluationReview | None = None
    error: UserError | None = None


def part(choice: Choice) -> None:
    """Folded, since it is not the yearly reporting: what it is for, template, file, and what must be mended."""
    checked: Checked | None = st.session_state.get(CHECKED)
    checked = checked if checked is not None and checked.key == choice.key else None
    with st.expander(_("Resultat av projekt"), expanded=checked is not None):
        text = _(
            "Projekt som har utvärderats: före och efter, för hur många personer, med vilken metod. De visas vid "
            "måttet, utan att räknas in i kommunens värde."
        )
        st.html(f'<p class="part">{escape(text)}</p>')
        left, right = st.columns([1, 1.35], gap="large")
        translate = translator()
        left.download_button(
            _("Mall för projektresultat"),
            lambda: evaluation_template(choice.view.library.places.by_code[choice.code], translate=translate),
            file_name=f"{_('projektresultat')}-{choice.code}.xlsx",
            mime=EXCEL_TYPE,
            key="project-template",
            on_click="ignore",
        )
        with right:
            given = st.file_uploader(
                _("Släpp filen med projektresultat här, eller välj den"),
                key=f"projects-{st.session_state.setdefault(ROUND, 0)}",
            )
        if given is not None:
            _take(choice, given.name, given.getvalue())
        if checked is not None:
            _told(checked)


def _take(choice: Choice, file_name: str, content: bytes) -> None:
    """Read and check; what needs no mending is kept as a draft, and one goes on to publishing it."""
    st.session_state[ROUND] += 1
    st.session_state.pop(CHECKED, None)
    with st.spinner(_("Läser {file} …").format(file=file_name)):
        try:
            asked = load_evaluation_context(get_stores(), network=choice.network.id, municipality=choice.code)
            review = review_evaluations(content, file_name, asked)
            if review.blocking_findings or not choice.may(Action.UPLOAD_RESULTS):
                st.session_state[CHECKED] = Checked(choice.key, file_name, content, review)
            else:
                upload = drafts.save_draft(
                    get_workspace(), choice.actor, review, content, file_name=file_name
                )
                address.change(**{UPLOAD: upload.id, STEP: Step.PUBLISH})
        except UserError as error:
            st.session_state[CHECKED] = Checked(choice.key, file_name, content, error=error)
    st.rerun()


def _told(checked: Checked) -> None:
    """Why the file was not taken, or what must be mended in it."""
    if checked.error is not None:
        title = _("{file} togs inte emot").format(file=checked.file_name)
        frame.box(title, [explain(checked.error), _("Ingenting av filen är sparat.")])
    if checked.review is None:
        return
    stops, review, content = checked.review.blocking_findings, checked.review, checked.content
    if not stops:
        text = _("Ingenting behöver rättas. Filen är bara kontrollerad, inte sparad.")
        st.html(f'<p class="part">{escape(text)}</p>{results_table(review.results)}')
        return
    text = ngettext(
        "{count} sak måste rättas. Ingenting av filen är sparat.",
        "{count} saker måste rättas. Ingenting av filen är sparat.",
        len(stops),
    ).format(count=number(len(stops), 0, language()))
    has_several = len(review.read.workbook.sheets) > 1
    rows = table(stops[:MOST_FINDINGS], {}, has_several=has_several)
    st.html(f'<p class="part">{escape(text)}</p>{rows}')
    translate = translator()
    st.download_button(
        _("Hämta filen med anmärkningar"),
        lambda: annotate_review(content, review, translate=translate),
        file_name=f"{checked.file_name.rpartition('.')[0] or checked.file_name}-{_('anmarkningar')}.xlsx",
        mime=EXCEL_TYPE,
        key="annotated-projects",
        on_click="ignore",
    )


def kept(choice: Choice, upload: Upload) -> None:
    """The results in an upload, for those who may read it. Raises `NotAllowedError`."""
    _upload, content = draft_content(get_workspace(), choice.actor, upload.id)
    results = content.evaluations if content.evaluations is not None else pd.DataFrame()
    count = len(results)
    text = ngettext(
        "{count} projektresultat för {place}.", "{count} projektresultat för {place}.", count
    ).format(count=number(count, 0, language()), place=choice.place)
    st.html(f'<p class="lead">{escape(text)}</p>{results_table(results)}')


def results_table(results: pd.DataFrame) -> str:
    """Project, measure, before and after, for how many."""
    headings = (_("Projekt"), _("Mått"), _("Före"), _("Efter"), _("Antal personer"))
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    rows = "".join(_row(row, headings) for row in results.to_dict("records"))
    return (
        f'<div class="scroll"><table class="plain-table findings"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: Mapping[Hashable, Any], headings: tuple[str, ...]) -> str:
    cells = (
        str(row["measure_text"]),
        _measured(row["before"], row["unit"], row["before_day"]),
        _measured(row["after"], row["unit"], row["after_day"]),
        "–" if pd.isna(row["person_count"]) else number(float(row["person_count"]), 0, language()),
    )
    told = "".join(
        f'<td data-label="{escape(heading)}">{escape(cell)}</td>'
        for heading, cell in zip(headings[1:], cells, strict=True)
    )
    return f'<tr><th scope="row">{escape(str(row["project"]))}</th>{told}</tr>'


def _measured(value: float, unit: str, day: str) -> str:
    """“61,5 % (2023)”, as the project gave it."""
    if pd.isna(value):
        return "–"
    written = f"{value:.10g}"
    decimals = len(written.partition(".")[2]) if "e" not in written else 0
    parts = [number(value, decimals, language()), unit]
    return " ".join(one for one in (*parts, f"({day})" if day else "") if one)
