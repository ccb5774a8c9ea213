"""Results of projects: a workbook of their own, which is saved once nothing in it has to be corrected."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from app_pages.parts import address, blocks, frame
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_stores, get_workspace
from app_pages.parts.templates import render_template, show_template
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.upload.choose import STEP, UPLOAD, Choice, Step
from app_pages.upload.finding_table import render_finding_table
from data.workspace.uploads import draft_content
from domain.errors.user_error import UserError
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
MOST_FINDINGS: Final = 100  # the rest are in the annotated file


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read for these choices, or why it could not be."""

    key: tuple[str, ...]
    file_name: str
    content: bytes
    review: EvaluationReview | None = None
    error: UserError | None = None


def show_part(choice: Choice) -> None:
    """Show the part, folded since it is not the yearly reporting: purpose, template, file, and what must be corrected."""
    checked: Checked | None = st.session_state.get(CHECKED)
    checked = checked if checked is not None and checked.key == choice.key else None
    with st.expander(_("Resultat av projekt"), expanded=checked is not None):
        text = _(
            "Projekt som har utvärderats: före och efter, för hur många personer, med vilken metod. De visas vid "
            "måttet, utan att räknas in i kommunens värde."
        )
        blocks.show_text(text)
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
            _show_checked(checked)


def _take(choice: Choice, file_name: str, content: bytes) -> None:
    """Read and check the file; one without errors is saved as a draft, and the page goes on to publishing it."""
    st.session_state[ROUND] += 1
    st.session_state.pop(CHECKED, None)
    with st.spinner(_("Läser {file} …").format(file=file_name)):
        try:
            context = load_evaluation_context(
                get_stores(), network=choice.network.id, municipality=choice.code
            )
            review = review_evaluations(content, file_name, context)
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


def _show_checked(checked: Checked) -> None:
    """Show why the file was not accepted, or what must be corrected in it."""
    if checked.error is not None:
        title = _("{file} togs inte emot").format(file=checked.file_name)
        frame.show_box(title, [explain(checked.error), _("Ingenting av filen är sparat.")])
    if checked.review is None:
        return
    errors, review, content = checked.review.blocking_findings, checked.review, checked.content
    if not errors:
        text = _("Ingenting behöver rättas. Filen är bara kontrollerad, inte sparad.")
        _show_table(text, _results_table(review.results))
        return
    text = ngettext(
        "{count} sak måste rättas. Ingenting av filen är sparat.",
        "{count} saker måste rättas. Ingenting av filen är sparat.",
        len(errors),
    ).format(count=number(len(errors), 0, language()))
    has_several = len(review.workbook.sheets) > 1
    _show_table(text, render_finding_table(errors[:MOST_FINDINGS], {}, has_several=has_several))
    translate = translator()
    st.download_button(
        _("Hämta filen med anmärkningar"),
        lambda: annotate_review(content, review, translate=translate),
        file_name=f"{checked.file_name.rpartition('.')[0] or checked.file_name}-{_('anmarkningar')}.xlsx",
        mime=EXCEL_TYPE,
        key="annotated-projects",
        on_click="ignore",
    )


def show_results(choice: Choice, upload: Upload) -> None:
    """Show the results in an upload, for those who may read it. Raises `NotAllowedError`."""
    _upload, content = draft_content(get_workspace(), choice.actor, upload.id)
    results = content.evaluations if content.evaluations is not None else pd.DataFrame()
    count = len(results)
    text = ngettext(
        "{count} projektresultat för {place}.", "{count} projektresultat för {place}.", count
    ).format(count=number(count, 0, language()), place=choice.place)
    _show_table(text, _results_table(results), "lead")


def _show_table(text: str, table: Markup, kind: str = "part") -> None:
    show_template("upload/text_and_table.html", text=text, table=table, kind=kind)


def _results_table(results: pd.DataFrame) -> Markup:
    """Return project, measure, before and after, and for how many."""
    return render_template(
        "upload/results_table.html",
        columns=(_("Projekt"), _("Mått"), _("Före"), _("Efter"), _("Antal personer")),
        rows=[(row["project"], _result_texts(row)) for row in results.to_dict("records")],
    )


def _result_texts(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    return (
        str(row["measure_text"]),
        _measured(row["before"], row["unit"], row["before_day"]),
        _measured(row["after"], row["unit"], row["after_day"]),
        "–" if pd.isna(row["person_count"]) else number(float(row["person_count"]), 0, language()),
    )


def _measured(value: float, unit: str, day: str) -> str:
    """“61,5 % (2023)”, as the project gave it."""
    if pd.isna(value):
        return "–"
    digits = f"{value:.10g}"
    decimals = len(digits.partition(".")[2]) if "e" not in digits else 0
    parts = [number(value, decimals, language()), unit]
    return " ".join(part for part in (*parts, f"({day})" if day else "") if part)
