"""Step 3: the findings cell by cell, what to do about them, and the explanations that stay with the values."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from app_pages.parts import address, blocks, forms
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.forms import key
from app_pages.parts.templates import render_template, show_template
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.upload import file, load
from app_pages.upload.choose import Choice, Step, step_link
from app_pages.upload.finding_table import cell_name, heading_names, render_finding_table
from app_pages.upload.load import AtHand
from app_pages.upload.step_bar import own_value_count
from domain.kept_text import LONGEST_TEXT
from domain.rights import Action
from domain.upload import LEVEL_NAMES, Finding, FindingLevel
from language.numbers import number
from language.rendering import render
from pipelines.uploads.annotated import annotate_review

PAGE_OF: Final = "sida"
A_PAGE: Final = 40  # findings that stand in a table at once
AT_ONCE: Final = 10  # findings that are explained at once
MOST_LISTED: Final = 300  # in one list of choices; “all” takes the rest too
FORM: Final = "explain"
SIGNS: Final = {
    FindingLevel.READING: "✕",
    FindingLevel.STRUCTURE: "✕",
    FindingLevel.HISTORY: "!",
    FindingLevel.OTHERS: "!",
}  # always beside the level in words


def show(choice: Choice, held: AtHand) -> None:
    """Show the count in a sentence, the file to correct, the findings by level, and the link to the next step."""
    blocks.show_lead(_summary(choice, held))
    if held.review.findings:
        _show_corrections(choice, held)
    for level in FindingLevel:
        findings = [finding for finding in held.review.findings if finding.level is level]
        if findings:
            _show_level(choice, held, level, findings)
    _show_shared_explanation(choice, held)
    if choice.upload is not None:
        blocks.show_links(
            [(step_link(Step.PUBLISH, choice.upload), _("Vidare till det som publiceras"), "onwards")]
        )


def _summary(choice: Choice, held: AtHand) -> str:
    errors, unexplained = len(held.review.blocking_findings), len(held.unexplained)
    explained = len(held.review.findings_to_explain) - unexplained
    if not held.review.findings and not own_value_count(held):
        text = _(
            "Filen har inga värden för {place} i de mått som rapporteras, så det finns inget att publicera."
        )
        return text.format(place=choice.place)
    if not held.review.findings:
        return _("Vi hittade ingenting att anmärka på.")
    parts = []
    if errors:
        parts.append(
            ngettext(
                "{count} sak måste rättas innan något kan publiceras.",
                "{count} saker måste rättas innan något kan publiceras.",
                errors,
            ).format(count=number(errors, 0, language()))
        )
    if unexplained:
        parts.append(
            ngettext(
                "{count} värde avviker: rätta det eller förklara det. Förklaringen blir en fotnot vid värdet.",
                "{count} värden avviker: rätta dem eller förklara dem. Förklaringen blir en fotnot vid värdet.",
                unexplained,
            ).format(count=number(unexplained, 0, language()))
        )
    if explained:
        parts.append(
            ngettext("{count} är förklarad.", "{count} är förklarade.", explained).format(
                count=number(explained, 0, language())
            )
        )
    return " ".join(parts)


def _show_corrections(choice: Choice, held: AtHand) -> None:
    """Show the file with the findings in it to download, and the field for the corrected file."""
    left, right = st.columns([1, 1.35], gap="large")
    book = held.review.workbook.file_name
    with left:
        show_template(
            "upload/heading_and_text.html",
            heading=_("Rätta i din egen fil"),
            text=_(
                "Din fil som den är, med varje anmärkning som färgad cell och kommentar, och ett blad som listar dem "
                "alla med länkar."
            ),
        )
        content, review, translate = held.content, held.review, translator()
        st.download_button(
            _("Hämta filen med anmärkningar"),
            lambda: annotate_review(content, review, translate=translate),
            file_name=f"{book.rpartition('.')[0] or book}-{_('anmarkningar')}.xlsx",
            mime=EXCEL_TYPE,
            key="annotated",
            on_click="ignore",
            type="primary" if held.review.blocking_findings else "secondary",
        )
    with right:
        if held.upload is None or (held.is_draft and choice.may(Action.UPLOAD_RESULTS)):
            blocks.show_heading(_("Lämna den rättade filen"))
            file.show_upload_field(choice, consequence=file.REPLACES if held.upload is not None else "")


def _show_level(choice: Choice, held: AtHand, level: FindingLevel, findings: Sequence[Finding]) -> None:
    """Show the name and count of a level, and its findings a page at a time."""
    show_template(
        "upload/level_heading.html",
        level=level.value,
        sign=SIGNS[level],
        name=_(LEVEL_NAMES[level]).capitalize(),
        count=len(findings),
    )
    explains = level > FindingLevel.STRUCTURE and _may_explain(choice, held)
    page_size = AT_ONCE if explains else A_PAGE
    shown = _show_page(choice, level, findings, page_size)
    if explains:
        _show_fields(choice, held, shown)
    else:
        has_several = len(held.review.workbook.sheets) > 1
        st.html(render_finding_table(shown, held.explanations, has_several=has_several))


def _may_explain(choice: Choice, held: AtHand) -> bool:
    return held.upload is not None and held.is_draft and choice.may(Action.UPLOAD_RESULTS)


def _show_page(
    choice: Choice, level: FindingLevel, findings: Sequence[Finding], size: int
) -> Sequence[Finding]:
    """Show the choice of page of a level; return the findings of the page that the address names."""
    pages = -(-len(findings) // size)
    if pages == 1:
        return findings
    name = f"{PAGE_OF}{level.value}"
    word = choice.view.address.text(name)
    page = min(max(int(word), 1), pages) if word.isascii() and word.isdigit() else 1
    st.session_state[f"choice-{name}"] = page

    def write() -> None:
        address.change(**{name: str(st.session_state[f"choice-{name}"])})

    with st.container(horizontal=True, key=f"pages-{level.value}", vertical_alignment="bottom"):
        st.number_input(
            _("Sida av {pages}").format(pages=number(pages, 0, language())),
            min_value=1,
            max_value=pages,
            step=1,
            key=f"choice-{name}",
            on_change=write,
            width=180,
        )
    return findings[(page - 1) * size : page * size]


def _cell_name(held: AtHand, finding: Finding) -> str:
    return cell_name(finding, len(held.review.workbook.sheets) > 1)


def _show_fields(choice: Choice, held: AtHand, findings: Sequence[Finding]) -> None:
    """Show one field per finding, saved when it loses focus, so that no text is lost."""
    upload = held.upload
    if upload is None:
        return
    advice = {render(finding.advice, _) for finding in findings}
    shared = advice.pop() if len(advice) == 1 and len(findings) > 1 else ""
    if shared:
        blocks.show_text(shared)
    forms.show_problem(FORM)
    for finding in findings:
        field = key(FORM, f"{upload.id}-{finding.id}")
        if field not in st.session_state:
            st.session_state[field] = held.explanations.get(finding.id, "")
        left, right = st.columns([1.25, 1], gap="medium")
        left.html(_finding_card(held, finding, with_advice=not shared))
        is_saved = bool(held.explanations.get(finding.id))
        label = _("Förklaring till {cell}, sparad") if is_saved else _("Förklaring till {cell}")
        right.text_area(
            label.format(cell=_cell_name(held, finding)),
            key=field,
            max_chars=LONGEST_TEXT,
            height=68,
            placeholder=_(
                "Blir en fotnot vid värdet, till exempel: ny enkät från i år. Sparas när du lämnar fältet."
            ),
            on_change=partial(_save, choice, finding, field),
        )


def _finding_card(held: AtHand, finding: Finding, *, with_advice: bool) -> Markup:
    facts = [(_("Hittat"), render(finding.found, _)), (_("Väntat"), render(finding.expected, _))]
    if with_advice:
        facts.append((_("Gör så här"), render(finding.advice, _)))
    return render_template(
        "upload/finding_card.html",
        cell=_cell_name(held, finding),
        names=heading_names(finding),
        message=finding.message,
        facts=[(name, text) for name, text in facts if text],
    )


def _save(choice: Choice, finding: Finding, field: str) -> None:
    """Save with the draft as it is now: another field may have been saved since the page was drawn."""
    held: AtHand = st.session_state[load.AT_HAND]
    text = str(st.session_state[field] or "").strip()
    forms.save(FORM, lambda: _save_explanations(choice, held, {finding.id: text}))


def _save_explanations(choice: Choice, held: AtHand, texts: dict[str, str]) -> str:
    load.explain(choice, held, texts)
    count = len(texts)
    if not any(texts.values()):
        return _("Förklaringen är borttagen.")
    return ngettext("Förklaringen är sparad.", "{count} förklaringar är sparade.", count).format(count=count)


def _show_shared_explanation(choice: Choice, held: AtHand) -> None:
    """Show the form for one explanation of several values, such as a reorganisation that moved them all."""
    unexplained = {finding.id: finding for finding in held.unexplained}
    if len(unexplained) < 2 or not _may_explain(choice, held):
        return
    forms.show_problem(f"{FORM}-together")
    with (
        st.expander(_("Samma förklaring till flera")),
        st.form(f"{FORM}-together", enter_to_submit=False, border=False),
    ):
        st.multiselect(
            _("Värden"),
            list(unexplained)[:MOST_LISTED],
            format_func=lambda finding_id: (
                _finding_label(held, unexplained[finding_id]) if finding_id in unexplained else finding_id
            ),
            key=key(f"{FORM}-together", "findings"),
            placeholder=_("Välj flera, eller alla"),
        )
        st.checkbox(
            ngettext(
                "Alla {count} som saknar förklaring", "Alla {count} som saknar förklaring", len(unexplained)
            ).format(count=number(len(unexplained), 0, language())),
            key=key(f"{FORM}-together", "all"),
        )
        st.text_area(
            _("Förklaring"),
            key=key(f"{FORM}-together", "text"),
            max_chars=LONGEST_TEXT,
            height=80,
            placeholder=_("Förklaringen blir en fotnot vid vart och ett av värdena"),
        )
        st.form_submit_button(
            _("Spara förklaringen"), key="save-together", on_click=partial(_save_together, choice, held)
        )


def _finding_label(held: AtHand, finding: Finding) -> str:
    names = heading_names(finding)
    return (
        f"{_cell_name(held, finding)} · {names}"
        if names
        else f"{_cell_name(held, finding)} · {render(finding.message, _)}"
    )


def _save_together(choice: Choice, held: AtHand) -> None:
    form = f"{FORM}-together"

    def work() -> str:
        text = forms.required_value(form, "text", _("Förklaring"))
        if forms.value(form, "all"):
            finding_ids = [finding.id for finding in held.unexplained]
        else:
            finding_ids = forms.required_value(form, "findings", _("Värden"))
        done = _save_explanations(choice, held, dict.fromkeys(finding_ids, str(text).strip()))
        for finding_id in finding_ids:  # the fields follow
            st.session_state.pop(key(FORM, f"{held.upload.id if held.upload else ''}-{finding_id}"), None)
        for field in ("findings", "all", "text"):
            st.session_state.pop(key(form, field), None)
        return done

    forms.save(form, work)
