"""The log of changes and refusals: who, when, what, before and after. It can only be read."""

import json
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.administration import before_after
from app_pages.administration.choose import BEFORE, Choice, log_controls
from app_pages.parts import address, blocks, downloads, person
from app_pages.parts.address import PageName
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext, translator
from data.workspace.audit import audit_log
from data.workspace.changing import place_name
from data.workspace.people import person_names
from domain.audit import OUTCOME_NAMES, SUBJECT_NAMES, AuditEntry, Outcome, SubjectKind
from domain.rights import ACTION_NAMES
from language.numbers import number

A_PAGE: Final = 50
MOST_ALONG: Final = 10_000  # lines in a file


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log. changes: field, before and after."""

    when: str
    who: str
    what: str
    outcome: str
    is_refused: bool
    changes: tuple[tuple[str, str, str], ...]


def show(choice: Choice) -> None:
    """Show the filters, the entries, the link to older ones, and the files to download."""
    with st.container(horizontal=True, key="log-choices", gap="small"):
        log_controls(choice, dict(person_names(get_workspace())))
    entries = _entries(choice, A_PAGE + 1)
    if not entries:
        blocks.show_text(_("Inga sådana rader."), "chart-notes")
        return
    _show_lines(entries[:A_PAGE], has_older=len(entries) > A_PAGE)
    with st.container(horizontal=True, key="log-take-along", vertical_alignment="center", gap="small"):
        _show_links(choice, entries)
        downloads.menu(lambda: _export(choice), key="log", file_name="andringslogg")
    blocks.show_text(
        _("Loggen skrivs av varje ändring och varje nekat försök. Den går inte att ändra eller ta bort."),
        "chart-notes",
    )


def _entries(choice: Choice, most: int, *, before: int | None = None) -> tuple[AuditEntry, ...]:
    return audit_log(
        get_workspace(),
        person.current_user(),
        network_id=choice.network_id,
        person_id=choice.who,
        subject_kind=choice.kind,
        outcome=choice.outcome,
        before_number=choice.before if before is None else before,
        most=most,
    )


def _show_lines(entries: tuple[AuditEntry, ...], *, has_older: bool) -> None:
    count = ngettext("{count} rad, den nyaste först.", "{count} rader, den nyaste först.", len(entries))
    caption = count.format(count=number(len(entries), 0, language()))
    if has_older:
        caption += " " + _("Det finns äldre.")
    show_template("administration/log.html", caption=caption, lines=[_log_line(entry) for entry in entries])


def _log_line(entry: AuditEntry) -> LogLine:
    return LogLine(
        when=f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
        who=entry.person_name,
        what=what(entry),
        outcome=_(OUTCOME_NAMES[entry.outcome]),
        is_refused=entry.outcome is Outcome.REFUSED,
        changes=tuple(before_after.rows(entry, translator())),
    )


def what(entry: AuditEntry) -> str:
    """Describe what was done: “bilda nätverk: nätverk sodertorn”."""
    subject = " ".join(part for part in (_(SUBJECT_NAMES[entry.subject_kind]), _subject(entry)) if part)
    place = (
        f" ({entry.network_id})"
        if entry.network_id and entry.subject_kind not in {SubjectKind.NETWORK, SubjectKind.AUDIT}
        else ""
    )
    return f"{_(ACTION_NAMES[entry.action])}: {subject}{place}"


def _subject(entry: AuditEntry) -> str:
    return " / ".join(place_name(part) for part in entry.subject_id.split("/"))


def _show_links(choice: Choice, entries: tuple[AuditEntry, ...]) -> None:
    """Show links to older lines and back to the newest."""
    links = []
    if choice.before is not None:
        links.append((address.same_page_link(PageName.ADMINISTRATION, **{BEFORE: None}), _("Nyaste")))
    if len(entries) > A_PAGE:
        oldest = str(entries[A_PAGE - 1].number)
        links.append((address.same_page_link(PageName.ADMINISTRATION, **{BEFORE: oldest}), _("Äldre")))
    blocks.show_links(links, kind="chart-notes", width="content")


def _export(choice: Choice) -> downloads.Export:
    entries = _entries(choice, MOST_ALONG)
    cells = [
        {
            _("Nummer"): entry.number,
            _("När"): entry.at.isoformat(),
            _("Vem"): entry.person_name,
            _("Person"): entry.person_id,
            _("Vad"): what(entry),
            _("Utfall"): _(OUTCOME_NAMES[entry.outcome]),
            _("Nätverk"): entry.network_id or "",
        }
        for entry in entries
    ]
    full = [
        {**cell, _("Före"): _json(entry.before), _("Efter"): _json(entry.after)}
        for cell, entry in zip(cells, entries, strict=True)
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
