"""The log of changes and refusals: who, when, what, before and after. It can only be read."""

import json
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.administration import before_after
from app_pages.administration.choose import BEFORE, Choice, log_controls
from app_pages.parts import address, downloads, person
from app_pages.parts.address import PageName
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, language, ngettext, translator
from data.workspace.audit import audit_log
from data.workspace.changing import place_name
from data.workspace.people import person_names
from domain.audit import OUTCOME_NAMES, SUBJECT_NAMES, AuditEntry, Outcome, SubjectKind
from domain.rights import ACTION_NAMES
from language.numbers import number

A_PAGE: Final = 50
MOST_ALONG: Final = 10_000  # lines in a file


def show(choice: Choice) -> None:
    """The choices, the lines, the way to older ones, and the files."""
    with st.container(horizontal=True, key="log-choices", gap="small"):
        log_controls(choice, dict(person_names(get_workspace())))
    found = _lines(choice, A_PAGE + 1)
    if not found:
        st.html(f'<p class="chart-notes">{escape(_("Inga sådana rader."))}</p>')
        return
    st.html(table(choice, found[:A_PAGE], has_older=len(found) > A_PAGE))
    with st.container(horizontal=True, key="log-take-along", vertical_alignment="center", gap="small"):
        _turning(choice, found)
        downloads.menu(lambda: _export(choice), key="log", file_name="andringslogg")
    told = _("Loggen skrivs av varje ändring och varje nekat försök. Den går inte att ändra eller ta bort.")
    st.html(f'<p class="chart-notes">{escape(told)}</p>')


def _lines(choice: Choice, most: int, *, before: int | None = None) -> tuple[AuditEntry, ...]:
    return audit_log(
        get_workspace(),
        person.signed_in(),
        network_id=choice.network_id,
        person_id=choice.who,
        subject_kind=choice.kind,
        outcome=choice.outcome,
        before_number=choice.before if before is None else before,
        most=most,
    )


def table(choice: Choice, found: tuple[AuditEntry, ...], *, has_older: bool) -> str:
    """One row a line, the newest first; what changed is folded away."""
    heads = "".join(
        f'<th scope="col">{escape(one)}</th>' for one in (_("När"), _("Vem"), _("Vad"), _("Utfall"))
    )
    count = ngettext("{count} rad, den nyaste först.", "{count} rader, den nyaste först.", len(found))
    caption = count.format(count=number(len(found), 0, language()))
    if has_older:
        caption += " " + _("Det finns äldre.")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(_("Ändringslogg"))}">'
        f'<table class="plain-table log"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_row(one) for one in found)}</tbody></table></div>"
    )


def _row(entry: AuditEntry) -> str:
    is_refused = entry.outcome is Outcome.REFUSED
    outcome = f"{'✕ ' if is_refused else ''}{_(OUTCOME_NAMES[entry.outcome])}"
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(before) or "–"}</td><td>{escape(after) or "–"}</td></tr>'
        for name, before, after in before_after.rows(entry, translator())
    )
    last = _("Ville spara") if is_refused else _("Efter")
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in (_("Fält"), _("Före"), last))
    details = (
        f"<details><summary>{escape(_('Före och efter'))}</summary><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
        if rows
        else ""
    )
    kind = ' class="refused"' if is_refused else ""
    return (
        f'<tr{kind}><td class="when">{entry.at.astimezone():%Y-%m-%d %H:%M:%S}</td><td>{escape(entry.person_name)}</td>'
        f'<th scope="row">{escape(what(entry))}{details}</th><td class="when">{escape(outcome)}</td></tr>'
    )


def what(entry: AuditEntry) -> str:
    """“bilda nätverk: nätverk sodertorn”."""
    subject = " ".join(part for part in (_(SUBJECT_NAMES[entry.subject_kind]), _subject(entry)) if part)
    place = (
        f" ({entry.network_id})"
        if entry.network_id and entry.subject_kind not in {SubjectKind.NETWORK, SubjectKind.AUDIT}
        else ""
    )
    return f"{_(ACTION_NAMES[entry.action])}: {subject}{place}"


def _subject(entry: AuditEntry) -> str:
    return " / ".join(place_name(part) for part in entry.subject_id.split("/"))


def _turning(choice: Choice, found: tuple[AuditEntry, ...]) -> None:
    """Links to older lines and back to the newest."""
    links = []
    if choice.before is not None:
        links.append((address.same_page_link(PageName.ADMINISTRATION, **{BEFORE: None}), _("Nyaste")))
    if len(found) > A_PAGE:
        oldest = str(found[A_PAGE - 1].number)
        links.append((address.same_page_link(PageName.ADMINISTRATION, **{BEFORE: oldest}), _("Äldre")))
    if links:
        anchors = " · ".join(f'<a data-page href="{escape(href)}">{escape(text)}</a>' for href, text in links)
        st.html(f'<p class="chart-notes">{anchors}</p>', width="content")


def _export(choice: Choice) -> downloads.Export:
    found = _lines(choice, MOST_ALONG)
    cells = [
        {
            _("Nummer"): one.number,
            _("När"): one.at.isoformat(),
            _("Vem"): one.person_name,
            _("Person"): one.person_id,
            _("Vad"): what(one),
            _("Utfall"): _(OUTCOME_NAMES[one.outcome]),
            _("Nätverk"): one.network_id or "",
        }
        for one in found
    ]
    full = [
        {**cell, _("Före"): _json(one.before), _("Efter"): _json(one.after)}
        for cell, one in zip(cells, found, strict=True)
    ]
    title = _("Ändringslogg")
    return downloads.Export(
        file_name="andringslogg",
        title=title,
        shown=pd.DataFrame(cells),
        full=pd.DataFrame(full),
        about=((_("Titel"), title), (_("Källa"), _("Jämförelsebankens ändringslogg"))),
        is_made_up=False,
        decimals=0,
    )


def _json(state: object) -> str:
    return "" if state is None else json.dumps(state, ensure_ascii=False)
