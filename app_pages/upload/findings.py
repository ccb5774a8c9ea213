"""Step 3: what is wrong or odd, cell by cell, what to do about it, and the explanations that stay with the values."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts import address, forms
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.forms import key
from app_pages.parts.words import _, language, ngettext, translator
from app_pages.upload import file, load
from app_pages.upload.choose import Choice, Step, step_link
from app_pages.upload.finding_table import cell_name, heading_names, table
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
ABOUT: Final = {
    FindingLevel.READING: "✕",
    FindingLevel.STRUCTURE: "✕",
    FindingLevel.HISTORY: "!",
    FindingLevel.OTHERS: "!",
}  # always beside the level in words


def parts(choice: Choice, held: AtHand) -> None:
    """The count in a sentence; the workbook to mend; what stops, what wants an explanation; the way on."""
    st.html(f'<p class="lead">{escape(_told(choice, held))}</p>')
    if held.review.findings:
        _mending(choice, held)
    for level in FindingLevel:
        found = [one for one in held.review.findings if one.level is level]
        if found:
            _level(choice, held, level, found)
    _explained_together(choice, held)
    href = escape(step_link(Step.PUBLISH, choice.upload))
    if choice.upload is not None:
        st.html(
            f'<p class="ways-on"><a data-page class="onwards" href="{href}">{escape(_("Vidare till det som publiceras"))}</a></p>'
        )


def _told(choice: Choice, held: AtHand) -> str:
    stops, open_ones = len(held.review.blocking_findings), len(held.unexplained)
    explained = len(held.review.findings_to_explain) - open_ones
    if not held.review.findings and not own_value_count(held):
        text = _(
            "Filen har inga värden för {place} i de mått som rapporteras, så det finns inget att publicera."
        )
        return text.format(place=choice.place)
    if not held.review.findings:
        return _("Vi hittade ingenting att anmärka på.")
    parts = []
    if stops:
        parts.append(
            ngettext(
                "{count} sak måste rättas innan något kan publiceras.",
                "{count} saker måste rättas innan något kan publiceras.",
                stops,
            ).format(count=number(stops, 0, language()))
        )
    if open_ones:
        parts.append(
            ngettext(
                "{count} värde avviker: rätta det eller förklara det. Förklaringen blir en fotnot vid värdet.",
                "{count} värden avviker: rätta dem eller förklara dem. Förklaringen blir en fotnot vid värdet.",
                open_ones,
            ).format(count=number(open_ones, 0, language()))
        )
    if explained:
        parts.append(
            ngettext("{count} är förklarad.", "{count} är förklarade.", explained).format(
                count=number(explained, 0, language())
            )
        )
    return " ".join(parts)


def _mending(choice: Choice, held: AtHand) -> None:
    """The controller's own file with the findings in it, and the mended one back."""
    left, right = st.columns([1, 1.35], gap="large")
    book = held.review.interpreted.workbook.file_name
    with left:
        st.html(
            f'<h2 class="part">{escape(_("Rätta i din egen fil"))}</h2><p class="part">'
            + escape(
                _(
                    "Din fil som den är, med varje anmärkning som färgad cell och kommentar, och ett blad som listar dem "
                    "alla med länkar."
                )
            )
            + "</p>"
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
            st.html(f'<h2 class="part">{escape(_("Lämna den rättade filen"))}</h2>')
            file.field(
                choice,
                told=file.REPLACES if held.upload is not None else "",
            )


def _level(choice: Choice, held: AtHand, level: FindingLevel, found: Sequence[Finding]) -> None:
    """One level: its name and count, and its findings a page at a time."""
    st.html(
        f'<h2 class="part level level-{level.value}"><i aria-hidden="true">{ABOUT[level]}</i> '
        f"{escape(_(LEVEL_NAMES[level]).capitalize())} <small>{number(len(found), 0, language())}</small></h2>"
    )
    explains = level > FindingLevel.STRUCTURE and _may_explain(choice, held)
    page_size = AT_ONCE if explains else A_PAGE
    shown = _page(choice, level, found, page_size)
    if explains:
        _fields(choice, held, shown)
    else:
        has_several = len(held.review.interpreted.workbook.sheets) > 1
        st.html(table(shown, held.explanations, has_several=has_several))


def _may_explain(choice: Choice, held: AtHand) -> bool:
    return held.upload is not None and held.is_draft and choice.may(Action.UPLOAD_RESULTS)


def _page(choice: Choice, level: FindingLevel, found: Sequence[Finding], size: int) -> Sequence[Finding]:
    """The findings of the page that the address names for this level, and the links to the others."""
    pages = -(-len(found) // size)
    if pages == 1:
        return found
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
    return found[(page - 1) * size : page * size]


def _place(held: AtHand, finding: Finding) -> str:
    return cell_name(finding, len(held.review.interpreted.workbook.sheets) > 1)


def _fields(choice: Choice, held: AtHand, found: Sequence[Finding]) -> None:
    """One field a finding, kept as soon as one leaves it, so that nothing written is lost."""
    upload = held.upload
    if upload is None:
        return
    advice = {render(one.advice, _) for one in found}
    shared = advice.pop() if len(advice) == 1 and len(found) > 1 else ""
    if shared:
        st.html(f'<p class="part">{escape(shared)}</p>')
    forms.problem(FORM)
    for one in found:
        field = key(FORM, f"{upload.id}-{one.id}")
        if field not in st.session_state:
            st.session_state[field] = held.explanations.get(one.id, "")
        left, right = st.columns([1.25, 1], gap="medium")
        left.html(_card(held, one, with_advice=not shared))
        is_kept = bool(held.explanations.get(one.id))
        label = _("Förklaring till {cell}, sparad") if is_kept else _("Förklaring till {cell}")
        right.text_area(
            label.format(cell=_place(held, one)),
            key=field,
            max_chars=LONGEST_TEXT,
            height=68,
            placeholder=_(
                "Blir en fotnot vid värdet, till exempel: ny enkät från i år. Sparas när du lämnar fältet."
            ),
            on_change=partial(_save, choice, one, field),
        )


def _card(held: AtHand, finding: Finding, *, with_advice: bool) -> str:
    facts = [(_("Hittat"), render(finding.found, _)), (_("Väntat"), render(finding.expected, _))]
    if with_advice:
        facts.append((_("Gör så här"), render(finding.advice, _)))
    told = "".join(f"<span><b>{escape(name)}</b> {escape(text)}</span>" for name, text in facts if text)
    names = heading_names(finding)
    return (
        f'<div class="finding"><p><b>{escape(_place(held, finding))}</b>'
        f"{f' <small>{escape(names)}</small>' if names else ''}</p>"
        f'<p>{escape(render(finding.message, _))}</p><p class="chart-notes">{told}</p></div>'
    )


def _save(choice: Choice, finding: Finding, field: str) -> None:
    """With the draft as it is now: another field may have been kept since the page was drawn."""
    held: AtHand = st.session_state[load.AT_HAND]
    text = str(st.session_state[field] or "").strip()
    forms.save(FORM, lambda: _keep(choice, held, {finding.id: text}))


def _keep(choice: Choice, held: AtHand, texts: dict[str, str]) -> str:
    load.explain(choice, held, texts)
    count = len(texts)
    if not any(texts.values()):
        return _("Förklaringen är borttagen.")
    return ngettext("Förklaringen är sparad.", "{count} förklaringar är sparade.", count).format(count=count)


def _explained_together(choice: Choice, held: AtHand) -> None:
    """The same explanation for several, such as a reorganisation that moved them all."""
    found = {one.id: one for one in held.unexplained}
    if len(found) < 2 or not _may_explain(choice, held):
        return
    forms.problem(f"{FORM}-together")
    with (
        st.expander(_("Samma förklaring till flera")),
        st.form(f"{FORM}-together", enter_to_submit=False, border=False),
    ):
        st.multiselect(
            _("Värden"),
            list(found)[:MOST_LISTED],
            format_func=lambda one: _label(held, found[one]) if one in found else one,
            key=key(f"{FORM}-together", "findings"),
            placeholder=_("Välj flera, eller alla"),
        )
        st.checkbox(
            ngettext(
                "Alla {count} som saknar förklaring", "Alla {count} som saknar förklaring", len(found)
            ).format(count=number(len(found), 0, language())),
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


def _label(held: AtHand, finding: Finding) -> str:
    names = heading_names(finding)
    return (
        f"{_place(held, finding)} · {names}"
        if names
        else f"{_place(held, finding)} · {render(finding.message, _)}"
    )


def _save_together(choice: Choice, held: AtHand) -> None:
    form = f"{FORM}-together"

    def work() -> str:
        text = forms.needed(form, "text", _("Förklaring"))
        if forms.value(form, "all"):
            wanted = [one.id for one in held.unexplained]
        else:
            wanted = forms.needed(form, "findings", _("Värden"))
        told = _keep(choice, held, dict.fromkeys(wanted, str(text).strip()))
        for one in wanted:  # the fields follow
            st.session_state.pop(key(FORM, f"{held.upload.id if held.upload else ''}-{one}"), None)
        for field in ("findings", "all", "text"):
            st.session_state.pop(key(form, field), None)
        return told

    forms.save(form, work)
