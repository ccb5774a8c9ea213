"""`jamfor upload`: check a results file, publish it, see what has been published, and take it back."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cli.files import read_bytes, write_bytes
from cli.network import DAY_FORMATS, AsJson, Day
from cli.opening import get_stores, get_workspace
from cli.output import write_json, write_sentences, write_table
from cli.person import LOCAL, As, acting
from cli.words import _, language, ngettext
from data.workspace.changing import place_name, subject_of, today
from data.workspace.measures import measure as kept_measure
from data.workspace.networks import network as kept_network
from data.workspace.networks import networks
from data.workspace.uploads import uploads
from domain.errors import (
    FileTooLargeError,
    FindingsStopError,
    UnexplainedFindingsError,
    UnknownFindingError,
    UnreadableChoiceError,
    UserError,
)
from domain.message import to_translate
from domain.network_measure import MeasureDefinition
from domain.period import Period
from domain.rights import Action, Person, may
from domain.suggestion import did_you_mean
from domain.upload import (
    CELL_CHANGE_NAMES,
    LEVEL_NAMES,
    STATE_NAMES,
    UNPUBLISHED,
    CellChange,
    Finding,
    Level,
    Note,
    Upload,
)
from domain.value import Gender, Reason
from language.numbers import number, with_unit
from language.rendering import render
from pipelines.networks.founding import place_named
from pipelines.uploads import drafts, publishing, undoing
from pipelines.uploads.changes import ChangedCell, Changes
from pipelines.uploads.evaluations import drafts as evaluation_drafts
from pipelines.uploads.evaluations.review import EvaluationReview, annotated_evaluations, review_evaluations
from pipelines.uploads.history import CellEvent, Said, cell_history, upload_history
from pipelines.uploads.likely_period import guess_period, read_template_id
from pipelines.uploads.reconciling import reconcile
from pipelines.uploads.review import Review
from pipelines.uploads.upload_context import load_upload_context
from spreadsheets import read_file
from spreadsheets.limits import MEGABYTE, MOST_BYTES

upload_app = typer.Typer(no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help=to_translate("Kalkylark eller textfil med resultat."))
]
InNetwork = Annotated[
    str,
    typer.Option(
        "--network",
        metavar="NAME",
        help=to_translate("Nätverkets namn eller beteckning. Utan det: det som mallen är gjord för."),
    ),
]
OfMunicipality = Annotated[
    str,
    typer.Option(
        "--municipality",
        metavar="CODE",
        help=to_translate("Kommunens kod eller namn. Utan det: den som mallen är gjord för."),
    ),
]
ForPeriod = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help=to_translate(
            "Perioden: 2023, 2023-VT, 2023-Q1 eller 2023-05. Utan den: mallens, eller filens senaste år."
        ),
    ),
]
Evaluation = Annotated[
    bool, typer.Option("--evaluation", help=to_translate("Filen innehåller resultat av projekt."))
]
Id = Annotated[str, typer.Argument(metavar="ID", help=to_translate("Uppladdningens beteckning."))]

REASON_WORDS: Final = {
    Reason.MISSING: to_translate("saknas"),
    Reason.NOT_APPLICABLE: to_translate("ej tillämplig"),
    Reason.SUPPRESSED: to_translate("för litet underlag"),
}
NO_REASON: Final = to_translate("ingen orsak angiven")
MOST_SHOWN: Final = 200  # in words; JSON has them all


@dataclass(frozen=True)
class Handed:
    """A file that has been read and checked, whichever kind of results it holds."""

    content: bytes
    file_name: str
    review: Review | EvaluationReview

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.review.findings

    @property
    def notes(self) -> tuple[Note, ...]:
        if isinstance(self.review, EvaluationReview):
            return self.review.read.notes
        return self.review.interpreted.notes

    @property
    def read_count(self) -> int:
        """How many values the file holds of whatever measure and place, or results of projects."""
        if isinstance(self.review, EvaluationReview):
            return len(self.review.results)
        table = self.review.interpreted.values
        return int((table["value"].notna() | table["reason"].notna()).sum())

    @property
    def value_count(self) -> int:
        """How many of the municipality's own values, or results of projects, the file holds."""
        if isinstance(self.review, EvaluationReview):
            return len(self.review.results)
        known_ = self.review.context
        table = self.review.interpreted.values
        is_own = table["municipality_code"] == known_.place.code
        return int((is_own & table["measure_id"].isin([one.id for one in known_.reported])).sum())


@upload_app.command(help=to_translate("Kontrollera en fil utan att spara något."))
def check(
    file: File,
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    period: ForPeriod = "",
    annotated_file: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="OUT.xlsx",
            help=to_translate("Skriv filen med anmärkningarna i cellerna hit."),
        ),
    ] = None,
    evaluation: Evaluation = False,
    as_json: AsJson = False,
) -> None:
    """Exit code 1 if anything must be mended before it can be published."""
    try:
        handed = _handed(file, network, municipality, period, evaluation=evaluation, is_to_report=False)
    except UserError as error:
        if as_json and _is_about_the_file(error):
            write_json(_unreadable(file, error))
            raise typer.Exit(1) from None
        raise
    if annotated_file is not None:
        write_bytes(annotated_file, _annotated(handed))
    if as_json:
        write_json(_as_json(handed))
    else:
        _show(handed)
        if annotated_file is not None:
            typer.echo(_("Filen med anmärkningar är skriven till {file}.").format(file=annotated_file))
    if handed.review.stops:
        raise typer.Exit(1)


@upload_app.command(help=to_translate("Kontrollera en fil, spara den och publicera dess värden."))
def publish(
    file: File,
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    period: ForPeriod = "",
    explain: Annotated[
        list[str] | None,
        typer.Option(
            "--explain",
            metavar="FINDING=TEXT",
            help=to_translate("Förklaring till en anmärkning. Den blir en fotnot vid värdet."),
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=to_translate("Varför det publiceras."))
    ] = "",
    on: Annotated[
        Day | None,
        typer.Option(
            "--on", formats=DAY_FORMATS, help=to_translate("Första dagen det får synas. Utan den: nu.")
        ),
    ] = None,
    evaluation: Evaluation = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """All of it or nothing: what cannot be published is not kept either."""
    actor = acting(person)
    told = _explanations(explain or [])
    handed = _handed(file, network, municipality, period, evaluation=evaluation)
    _check_explained(handed, told)
    if isinstance(handed.review, EvaluationReview):
        draft = evaluation_drafts.keep_evaluations(
            get_workspace(), actor, handed.review, handed.content, file_name=handed.file_name
        )
    else:
        draft = drafts.keep_draft(
            get_workspace(), actor, handed.review, handed.content, file_name=handed.file_name
        )
    try:
        if told:
            drafts.explain(get_workspace(), actor, draft.id, told)
        changes = publishing.changes(get_stores(), actor, draft.id)
        published = publishing.publish(
            get_stores(),
            actor,
            draft.id,
            state_key=changes.state_key,
            reason=reason,
            publish_on=on.date() if on else None,
            today=today(),
        )
    except UserError:
        with suppress(UserError):  # what went wrong first is what the person should know
            drafts.discard(get_workspace(), actor, draft.id)
        raise
    if as_json:
        write_json({**_upload(published), **_changes(changes)})
        return
    if isinstance(handed.review, EvaluationReview):
        _show(handed)
    else:
        _show_changes(changes)
    _show_upload(published)


@upload_app.command("list", help=to_translate("Visa uppladdningar, den senaste först."))
def list_all(
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """What is published, and what waits for those who may know of it."""
    listed = _listed(acting(person), network, municipality)
    if as_json:
        write_json({"uploads": [_upload(one) for one in listed]})
        return
    if not listed:
        typer.echo(_("Det finns inga uppladdningar."))
        return
    rows = [
        [
            one.id,
            _(STATE_NAMES[one.state]),
            place_name(one.municipality_code),
            one.period,
            one.file_name,
            one.person_name,
            _when(one.created_at),
        ]
        for one in listed
    ]
    headings = [_("Beteckning"), _("Läge"), _("Kommun"), _("Period"), _("Fil"), _("Av"), _("När")]
    write_table(headings, rows, right_aligned=())


@upload_app.command(help=to_translate("Ångra en publicering: det som stod före visas igen."))
def undo(
    upload: Id,
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help=to_translate("Varför den ångras."))
    ] = "",
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """What later files say stays."""
    actor = acting(person)
    changes = undoing.preview_undo(get_stores(), upload)
    undone = undoing.undo(get_stores(), actor, upload, because.strip() or NO_REASON)
    if as_json:
        write_json({**_upload(undone), **_changes(changes)})
        return
    _show_changes(changes)
    _show_upload(undone)


@upload_app.command(
    help=to_translate("Visa allt som har gjorts med ett värde, eller med alla filer, det senaste först.")
)
def history(
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="ID",
            help=to_translate("Måttets beteckning. Utan det: vad som har gjorts med filerna."),
        ),
    ] = "",
    network: InNetwork = "",
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help=to_translate("Kommunens kod eller namn."))
    ] = "",
    period: Annotated[
        str,
        typer.Option(
            "--period", metavar="PERIOD", help=to_translate("Perioden: 2023, 2023-VT, 2023-Q1 eller 2023-05.")
        ),
    ] = "",
    gender: Annotated[
        Gender, typer.Option("--gender", help=to_translate("T för alla, K för kvinnor, M för män."))
    ] = Gender.TOTAL,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Who, when, from which file and why; undoings are part of it."""
    if not measure:
        _history_of_files(acting(person), network, municipality, period, as_json=as_json)
        return
    if not municipality or not period:
        raise UnreadableChoiceError(
            value=measure,
            kind=_("värde"),
            hint=_("Ange också --municipality och --period, eller ingetdera och inget mått."),
        )
    reconcile(get_stores())
    actor = acting(person)
    found = kept_measure(get_workspace(), measure, actor=actor)
    asked, code = Period.read(period), place_named(municipality).code
    events = cell_history(
        get_stores(), actor, measure_id=found.id, municipality_code=code, period=str(asked), gender=gender
    )
    if as_json:
        about = {"measure": found.id, "municipality": code, "period": str(asked), "gender": gender.value}
        write_json({**about, "events": [_event(event) for event in events]})
        return
    if not events:
        typer.echo(_("Ingenting har rapporterats för det värdet."))
        return
    definition = found.definition_for(asked.year)
    headings = [_("När"), _("Av"), _("Ändring"), _("Före"), _("Efter"), _("Fil"), _("Varför"), _("Fotnot")]
    rows = [
        [
            _when(event.at),
            event.person,
            _("ångrat") if event.is_undo else _(CELL_CHANGE_NAMES[event.change]),
            _said(event.before, definition),
            _said(event.after, definition),
            event.file_name,
            event.why,
            event.footnote,
        ]
        for event in events
    ]
    write_table(headings, rows, right_aligned=(3, 4))


@upload_app.command("sign-off", help=to_translate("Godkänn någon annans resultat så att de publiceras."))
def sign_off(upload: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """The second person's word, where the network wants it."""
    _done(publishing.sign_off(get_stores(), acting(person), upload, today()), as_json)


@upload_app.command(help=to_translate("Kasta ett utkast, med filen."))
def discard(upload: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Nothing of it is kept."""
    _done(drafts.discard(get_workspace(), acting(person), upload), as_json)


@upload_app.command(help=to_translate("Publicera det vars publiceringsdag har kommit."))
def due(as_json: AsJson = False) -> None:
    """To be run by a clock; the app does the same when it is opened."""
    reconcile(get_stores())
    published = publishing.publish_due(get_stores(), today())
    if as_json:
        write_json({"uploads": [_upload(one) for one in published]})
        return
    for one in published:
        _show_upload(one)
    if not published:
        typer.echo(_("Ingenting väntar på att publiceras i dag."))


# Reading


def _handed(
    file: Path,
    network: str,
    municipality: str,
    period: str,
    *,
    evaluation: bool,
    is_to_report: bool = True,
) -> Handed:
    """The file, read and checked for whom the options name, else for whom the template was made."""
    content, name = _content(file), file.name
    if not network or not municipality:
        template = read_template_id(read_file(content, name))
        if template is None:
            raise UnreadableChoiceError(
                value=f"{network} {municipality}".strip(),
                kind=_("mottagare"),
                hint=_("Ange --network och --municipality. Bara mallen vet själv vem den är gjord för."),
            )
        network, municipality = network or template.network_id, municipality or template.municipality_code
    if evaluation:
        asked_for = evaluation_drafts.load_evaluation_context(
            get_stores(), network=network, municipality=municipality
        )
        return Handed(content, name, review_evaluations(content, name, asked_for))
    period = period or guess_period(
        get_stores(), content, name, network=network, municipality=municipality, today=today()
    )
    asked = load_upload_context(
        get_stores(),
        network=network,
        municipality=municipality,
        period=period,
        is_to_report=is_to_report,
    )
    return Handed(content, name, drafts.review_as_remembered(get_workspace(), content, name, asked))


def _content(file: Path) -> bytes:
    """The bytes, unless there are more than would be read."""
    if file.is_file() and file.stat().st_size > MOST_BYTES:
        raise FileTooLargeError(
            file=file.name, size=-(-file.stat().st_size // MEGABYTE), largest=MOST_BYTES // MEGABYTE
        )
    return read_bytes(file)


def _annotated(handed: Handed) -> bytes:
    from pipelines.uploads.annotated import annotated  # what opens formatted workbooks loads slowly

    if isinstance(handed.review, EvaluationReview):
        return annotated_evaluations(handed.content, handed.review, translate=_)
    return annotated(handed.content, handed.review, translate=_)


def _explanations(written: list[str]) -> dict[str, str]:
    """By finding id. Ids hold no `=`."""
    told: dict[str, str] = {}
    for one in written:
        finding, sign, text = one.partition("=")
        if not sign or not text.strip():
            raise UnreadableChoiceError(
                value=one, kind=_("förklaring"), hint=_("Skriv --explain BETECKNING=TEXT.")
            )
        told[finding.strip()] = text.strip()
    return told


def _check_explained(handed: Handed, told: dict[str, str]) -> None:
    """Raises what publishing would, before anything is kept."""
    ids = [finding.id for finding in handed.findings]
    for finding in told:
        if finding not in ids:
            raise UnknownFindingError(finding=finding, suggestion=did_you_mean(finding, ids))
    if stops := handed.review.stops:
        raise FindingsStopError(count=len(stops), first=stops[0].message)
    if silent := [finding for finding in handed.findings if finding.id not in told]:
        raise UnexplainedFindingsError(count=len(silent), first=silent[0].message, finding=silent[0].id)


def _is_about_the_file(error: UserError) -> bool:
    return "file" in error.values


def _visible(actor: Person, listed: tuple[Upload, ...]) -> list[Upload]:
    subjects = {network.id: subject_of(network) for network in networks(get_workspace())}
    return [
        one
        for one in listed
        if one.state not in UNPUBLISHED
        or (one.network_id in subjects and may(actor, Action.READ_DELIVERIES, subjects[one.network_id]))
    ]


# Showing


def _show(handed: Handed) -> None:
    review = handed.review
    told = {
        "place": review.context.place.name,
        "network": review.context.network.name,
        "file": handed.file_name,
    }
    count = number(handed.value_count, 0, language())
    if isinstance(review, EvaluationReview):
        typer.echo(_("{place}, {network}: {count} projektresultat i {file}.").format(count=count, **told))
    else:
        typer.echo(
            _("{place}, {network}, {period}: {count} egna värden i {file}.").format(
                count=count, period=review.context.period, **told
            )
        )
    for one in handed.findings[:MOST_SHOWN]:
        where = f"{one.address.sheet}!{one.address.cell}".lstrip("!") if one.address else handed.file_name
        typer.echo("")
        typer.echo(f"{where}  [{_(LEVEL_NAMES[one.level])}]  {render(one.message, _)}")
        for heading, text in ((_("Väntat"), one.expected), (_("Att göra"), one.advice)):
            if text:
                typer.echo(f"    {heading}: {render(text, _)}")
        typer.echo(f"    {_('Beteckning')}: {one.id}")
    if len(handed.findings) > MOST_SHOWN:
        more = len(handed.findings) - MOST_SHOWN
        typer.echo(_("… och {count} anmärkningar till.").format(count=number(more, 0, language())))
    if handed.notes:
        typer.echo("")
        write_sentences(*(note.message for note in handed.notes[:MOST_SHOWN]))
    typer.echo("")
    stops, others = len(review.stops), len(handed.findings) - len(review.stops)
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
    if not handed.findings:
        typer.echo(_("Inga anmärkningar."))


def _show_changes(changes: Changes) -> None:
    shown = [cell for cell in changes.cells if cell.change is not CellChange.UNCHANGED]
    rows = [
        [
            _(CELL_CHANGE_NAMES[one.change]),
            one.measure_name[:50],
            one.period,
            one.gender.value,
            _written(one, one.old_value, one.old_reason),
            _written(one, one.new_value, one.new_reason),
        ]
        for one in shown[:MOST_SHOWN]
    ]
    if rows:
        headings = [_("Ändring"), _("Mått"), _("Period"), _("Kön"), _("Före"), _("Efter")]
        write_table(headings, rows, right_aligned=(4, 5))
    counted = (
        f"{number(count, 0, language())} {_(CELL_CHANGE_NAMES[one])}" for one, count in changes.counts.items()
    )
    typer.echo(", ".join(counted))


def _said(one: Said, definition: MeasureDefinition) -> str:
    return _value(one.value, one.reason, definition.decimals, definition.unit)


def _written(cell: ChangedCell, value: float | None, reason: Reason | None) -> str:
    return _value(value, reason, cell.decimals, cell.unit)


def _value(value: float | None, reason: Reason | None, decimals: int, unit: str) -> str:
    if value is not None:
        return with_unit(value, decimals, unit, language())
    return _(REASON_WORDS[reason]) if reason else "–"


def _done(upload: Upload, as_json: bool) -> None:
    if as_json:
        write_json(_upload(upload))
    else:
        _show_upload(upload)


def _show_upload(upload: Upload) -> None:
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


# JSON


def _as_json(handed: Handed) -> dict[str, Any]:
    review = handed.review
    return {
        "file": handed.file_name,
        "network": review.context.network.id,
        "municipality": review.context.place.code,
        "period": None if isinstance(review, EvaluationReview) else str(review.context.period),
        "is_made_up": review.context.is_made_up,
        "is_template": isinstance(review, Review) and review.interpreted.mapping.is_template,
        "values": handed.value_count,
        "values_read": handed.read_count,
        "stops": len(review.stops),
        "to_explain": len(handed.findings) - len(review.stops),
        "findings": [_finding(finding) for finding in handed.findings],
        "notes": [_note(note) for note in handed.notes],
    }


def _finding(finding: Finding) -> dict[str, Any]:
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


def _note(note: Note) -> dict[str, Any]:
    return {
        "rule": note.rule,
        "message": render(note.message, _),
        "sheet": note.address.sheet if note.address else None,
        "cell": note.address.cell if note.address else None,
    }


def _unreadable(file: Path, error: UserError) -> dict[str, Any]:
    """What is wrong with the file as a whole, in the form of any other finding."""
    rule = re.sub(
        r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type(error).__name__.removesuffix("Error")
    ).casefold()
    finding = Finding(rule, Level.READING, rule, error.message)
    return {"file": file.name, "stops": 1, "to_explain": 0, "findings": [_finding(finding)], "notes": []}


def _upload(upload: Upload) -> dict[str, Any]:
    return {
        "upload": upload.id,
        "state": upload.state.value,
        "network": upload.network_id,
        "municipality": upload.municipality_code,
        "period": upload.period,
        "file": upload.file_name,
        "checksum": upload.checksum,
        "person": upload.person_name,
        "created_at": _moment(upload.created_at),
        "is_made_up": upload.is_made_up,
        "counts": dict(upload.counts),
        "explanations": dict(upload.explanations),
        "reason": upload.reason,
        "publish_on": upload.publish_on.isoformat() if upload.publish_on else None,
        "signed_by": upload.signed_by or None,
        "published_at": _moment(upload.published_at),
        "published_by": upload.published_by or None,
        "undone_at": _moment(upload.undone_at),
        "undone_by": upload.undone_by or None,
        "undone_because": upload.undone_because or None,
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "changes": {one.value: count for one, count in changes.counts.items()},
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
                "hidden_because": cell.hiding.value if cell.hiding else None,
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


def _event(event: CellEvent) -> dict[str, Any]:
    return {
        "at": _moment(event.at),
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


def _listed(actor: Person, network: str, municipality: str) -> list[Upload]:
    """The uploads of a network, a municipality or all, as far as the person may know of them; newest first."""
    reconcile(get_stores())
    found = uploads(
        get_workspace(),
        network_id=kept_network(get_workspace(), network).id if network else None,
        municipality_code=place_named(municipality).code if municipality else None,
    )
    return _visible(actor, found)


def _history_of_files(actor: Person, network: str, municipality: str, period: str, *, as_json: bool) -> None:
    """Every step of the files' lives, newest first."""
    asked = str(Period.read(period)) if period else ""
    steps = [
        (event, upload)
        for upload in _listed(actor, network, municipality)
        if asked in {"", upload.period}
        for event in upload_history(upload)
    ]
    steps.sort(key=lambda step: step[0].at, reverse=True)
    if as_json:
        told = [
            {
                "at": _moment(event.at),
                "person": event.by,
                "state": event.state.value,
                "why": event.why,
                "upload": upload.id,
                "file": upload.file_name,
                "municipality": upload.municipality_code,
                "period": upload.period,
            }
            for event, upload in steps
        ]
        write_json({"events": told})
        return
    if not steps:
        typer.echo(_("Det finns inga uppladdningar."))
        return
    headings = [_("När"), _("Av"), _("Läge"), _("Kommun"), _("Period"), _("Fil"), _("Varför")]
    rows = [
        [
            _when(event.at),
            event.by,
            _(STATE_NAMES[event.state]),
            place_name(upload.municipality_code),
            upload.period,
            upload.file_name,
            event.why,
        ]
        for event, upload in steps
    ]
    write_table(headings, rows, right_aligned=())


def _when(moment: datetime) -> str:
    """The time here, for people."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone().isoformat(timespec="seconds") if moment else None
