"""Write reviews, uploads, changes and events as text for people and as JSON."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typer

from cli.output import write_sentences, write_table
from cli.words import _, language, ngettext
from data.workspace.changing import place_name
from domain.errors.user_error import UserError
from domain.message import to_translate
from domain.network_measure import MeasureDefinition
from domain.upload import (
    CELL_CHANGE_NAMES,
    LEVEL_NAMES,
    STATE_NAMES,
    CellChange,
    Finding,
    FindingLevel,
    Note,
    Upload,
)
from domain.value import NoValueReason
from language.numbers import number, with_unit
from language.rendering import render
from pipelines.uploads.changes import ChangedCell, Changes
from pipelines.uploads.history import CellEvent, ReportedState
from pipelines.uploads.review import FileReview

REASON_WORDS: Final = {
    NoValueReason.MISSING: to_translate("saknas"),
    NoValueReason.NOT_APPLICABLE: to_translate("ej tillämplig"),
    NoValueReason.SUPPRESSED: to_translate("för litet underlag"),
}
MOST_SHOWN: Final = 200  # in words; JSON has them all


def show_review(review: FileReview) -> None:
    """Write what a file holds, its findings and notes, and what prevents its publication."""
    lines = {
        "place": review.place.name,
        "network": review.network.name,
        "file": review.workbook.file_name,
    }
    count = number(review.own_count, 0, language())
    if review.period is None:
        typer.echo(_("{place}, {network}: {count} projektresultat i {file}.").format(count=count, **lines))
    else:
        typer.echo(
            _("{place}, {network}, {period}: {count} egna värden i {file}.").format(
                count=count, period=review.period, **lines
            )
        )
    for finding in review.findings[:MOST_SHOWN]:
        where = (
            f"{finding.address.sheet}!{finding.address.cell}".lstrip("!")
            if finding.address
            else review.workbook.file_name
        )
        typer.echo("")
        typer.echo(f"{where}  [{_(LEVEL_NAMES[finding.level])}]  {render(finding.message, _)}")
        for heading, text in ((_("Väntat"), finding.expected), (_("Att göra"), finding.advice)):
            if text:
                typer.echo(f"    {heading}: {render(text, _)}")
        typer.echo(f"    {_('Beteckning')}: {finding.id}")
    if len(review.findings) > MOST_SHOWN:
        more = len(review.findings) - MOST_SHOWN
        typer.echo(_("… och {count} anmärkningar till.").format(count=number(more, 0, language())))
    if review.notes:
        typer.echo("")
        write_sentences(*(note.message for note in review.notes[:MOST_SHOWN]))
    typer.echo("")
    stops, others = len(review.blocking_findings), len(review.findings) - len(review.blocking_findings)
    if stops:
        text = ngettext(
            "{count} anmärkning måste rättas innan något kan publiceras.",
            "{count} anmärkningar måste rättas innan något kan publiceras.",
            stops,
        )
        typer.echo(text.format(count=number(stops, 0, language())))
    if others:
        text = ngettext(
            "{count} värde avviker och behöver en skriven förklaring.",
            "{count} värden avviker och behöver en skriven förklaring.",
            others,
        )
        typer.echo(text.format(count=number(others, 0, language())))
    if not review.findings:
        typer.echo(_("Inga anmärkningar."))


def show_changes(changes: Changes) -> None:
    shown = [cell for cell in changes.cells if cell.change is not CellChange.UNCHANGED]
    rows = [
        [
            _(CELL_CHANGE_NAMES[change.change]),
            change.measure_name[:50],
            change.period,
            change.gender.value,
            _format_cell(change, change.old_value, change.old_reason),
            _format_cell(change, change.new_value, change.new_reason),
        ]
        for change in shown[:MOST_SHOWN]
    ]
    if rows:
        headings = [_("Ändring"), _("Mått"), _("Period"), _("Kön"), _("Före"), _("Efter")]
        write_table(headings, rows, right_aligned=(4, 5))
    counted = (
        f"{number(count, 0, language())} {_(CELL_CHANGE_NAMES[change])}"
        for change, count in changes.counts.items()
    )
    typer.echo(", ".join(counted))


def show_upload(upload: Upload) -> None:
    typer.echo(
        _("{upload}: {file} för {place}, {period} är {state}.").format(
            upload=upload.id,
            file=upload.file_name,
            place=place_name(upload.municipality_code),
            period=upload.period,
            state=_(STATE_NAMES[upload.state]),
        )
    )
    if upload.publish_on:
        typer.echo(_("Publiceras {day}.").format(day=upload.publish_on))


def format_reported(state: ReportedState, definition: MeasureDefinition) -> str:
    return _format_value(state.value, state.reason, definition.decimals, definition.unit)


def _format_cell(cell: ChangedCell, value: float | None, reason: NoValueReason | None) -> str:
    return _format_value(value, reason, cell.decimals, cell.unit)


def _format_value(value: float | None, reason: NoValueReason | None, decimals: int, unit: str) -> str:
    if value is not None:
        return with_unit(value, decimals, unit, language())
    return _(REASON_WORDS[reason]) if reason else "–"


def review_to_json(review: FileReview) -> dict[str, Any]:
    return {
        "file": review.workbook.file_name,
        "network": review.network.id,
        "municipality": review.place.code,
        "period": None if review.period is None else str(review.period),
        "is_made_up": review.is_made_up,
        "is_template": review.is_template,
        "values": review.own_count,
        "values_read": review.read_count,
        "stops": len(review.blocking_findings),
        "to_explain": len(review.findings) - len(review.blocking_findings),
        "findings": [finding_to_json(finding) for finding in review.findings],
        "notes": [_note_to_json(note) for note in review.notes],
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "level": int(finding.level),
        "sheet": finding.address.sheet if finding.address else None,
        "cell": finding.address.cell if finding.address else None,
        "rule": finding.rule,
        "found": render(finding.found, _),
        "expected": render(finding.expected, _),
        "message": render(finding.message, _),
        "advice": render(finding.advice, _),
        "row": finding.row_name,
        "column": finding.column_name,
        "measure": finding.measure_id or None,
        "municipality": finding.municipality_code or None,
        "period": finding.period or None,
        "gender": finding.gender.value,
    }


def _note_to_json(note: Note) -> dict[str, Any]:
    return {
        "rule": note.rule,
        "message": render(note.message, _),
        "sheet": note.address.sheet if note.address else None,
        "cell": note.address.cell if note.address else None,
    }


def unreadable_file_to_json(file: Path, error: UserError) -> dict[str, Any]:
    """Return what is wrong with the file as a whole, in the form of any other finding."""
    rule = re.sub(
        r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type(error).__name__.removesuffix("Error")
    ).casefold()
    finding = Finding(rule, FindingLevel.READING, rule, error.message)
    return {
        "file": file.name,
        "stops": 1,
        "to_explain": 0,
        "findings": [finding_to_json(finding)],
        "notes": [],
    }


def upload_to_json(upload: Upload) -> dict[str, Any]:
    return {
        "upload": upload.id,
        "state": upload.state.value,
        "network": upload.network_id,
        "municipality": upload.municipality_code,
        "period": upload.period,
        "file": upload.file_name,
        "checksum": upload.checksum,
        "person": upload.person_name,
        "created_at": moment_to_json(upload.created_at),
        "is_made_up": upload.is_made_up,
        "counts": dict(upload.counts),
        "explanations": dict(upload.explanations),
        "reason": upload.reason,
        "publish_on": upload.publish_on.isoformat() if upload.publish_on else None,
        "signed_by": upload.signed_by or None,
        "published_at": moment_to_json(upload.published_at),
        "published_by": upload.published_by or None,
        "undone_at": moment_to_json(upload.undone_at),
        "undone_by": upload.undone_by or None,
        "undone_because": upload.undone_because or None,
    }


def changes_to_json(changes: Changes) -> dict[str, Any]:
    return {
        "changes": {change.value: count for change, count in changes.counts.items()},
        "cells": [
            {
                "measure": cell.measure_id,
                "period": cell.period,
                "gender": cell.gender.value,
                "change": cell.change.value,
                "old_value": cell.old_value,
                "old_reason": cell.old_reason.value if cell.old_reason else None,
                "new_value": cell.new_value,
                "new_reason": cell.new_reason.value if cell.new_reason else None,
                "hidden_because": cell.ground.value if cell.ground else None,
                "footnote": cell.footnote,
            }
            for cell in changes.cells
        ],
        "colours": [
            {
                "measure": colour_change.measure_id,
                "year": colour_change.year,
                "gender": colour_change.gender.value,
                "municipality": colour_change.municipality_code,
                "before": colour_change.before.value,
                "after": colour_change.after.value,
            }
            for colour_change in changes.colour_changes
        ],
    }


def event_to_json(event: CellEvent) -> dict[str, Any]:
    return {
        "at": moment_to_json(event.at),
        "person": event.person,
        "file": event.file_name,
        "upload": event.upload_id or None,
        "change": event.change.value,
        "is_undo": event.is_undo,
        "before": {"value": event.before.value, "reason": event.before.reason},
        "after": {"value": event.after.value, "reason": event.after.reason},
        "why": event.why,
        "footnote": event.footnote,
    }


def format_moment(moment: datetime) -> str:
    """Format a time for people, in the local time zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def moment_to_json(moment: datetime | None) -> str | None:
    return moment.astimezone().isoformat(timespec="seconds") if moment else None
