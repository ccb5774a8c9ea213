"""Show what has been done: uploads, the events of a value and of files."""

from typing import Annotated

import typer

from cli.network import AsJson
from cli.opening import get_stores, get_workspace
from cli.output import write_json, write_table
from cli.person import LOCAL, As, find_actor
from cli.upload.options import InNetwork, OfMunicipality
from cli.upload.output import event_to_json, format_moment, format_reported, moment_to_json, upload_to_json
from cli.words import _
from data.workspace.changing import place_name, subject_of
from data.workspace.measures import measure as kept_measure
from data.workspace.networks import network as kept_network
from data.workspace.networks import networks
from data.workspace.uploads import uploads
from domain.errors.choices import UnreadableChoiceError
from domain.message import to_translate
from domain.period import Period
from domain.rights import Action, Person, may
from domain.upload import CELL_CHANGE_NAMES, STATE_NAMES, UNPUBLISHED, Upload
from domain.value import Gender
from pipelines.networks.founding import find_place
from pipelines.uploads.history import cell_history, upload_history
from pipelines.uploads.reconciling import reconcile


def list_all(
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Write what is published, and unpublished uploads for those who may see them."""
    listed = _visible_uploads(find_actor(person), network, municipality)
    if as_json:
        write_json({"uploads": [upload_to_json(upload) for upload in listed]})
        return
    if not listed:
        typer.echo(_("Det finns inga uppladdningar."))
        return
    rows = [
        [
            upload.id,
            _(STATE_NAMES[upload.state]),
            place_name(upload.municipality_code),
            upload.period,
            upload.file_name,
            upload.person_name,
            format_moment(upload.created_at),
        ]
        for upload in listed
    ]
    headings = [_("Beteckning"), _("Läge"), _("Kommun"), _("Period"), _("Fil"), _("Av"), _("När")]
    write_table(headings, rows, right_aligned=())


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
    """Write who, when, from which file and why; undos are included."""
    if not measure:
        _write_file_history(find_actor(person), network, municipality, period, as_json=as_json)
        return
    if not municipality or not period:
        raise UnreadableChoiceError(
            value=measure,
            kind=_("värde"),
            hint=_("Ange också --municipality och --period, eller ingetdera och inget mått."),
        )
    reconcile(get_stores())
    actor = find_actor(person)
    measure_revision = kept_measure(get_workspace(), measure, actor=actor)
    asked_period, code = Period.read(period), find_place(municipality).code
    events = cell_history(
        get_stores(),
        actor,
        measure_id=measure_revision.id,
        municipality_code=code,
        period=str(asked_period),
        gender=gender,
    )
    if as_json:
        about = {
            "measure": measure_revision.id,
            "municipality": code,
            "period": str(asked_period),
            "gender": gender.value,
        }
        write_json({**about, "events": [event_to_json(event) for event in events]})
        return
    if not events:
        typer.echo(_("Ingenting har rapporterats för det värdet."))
        return
    definition = measure_revision.definition_for(asked_period.year)
    headings = [_("När"), _("Av"), _("Ändring"), _("Före"), _("Efter"), _("Fil"), _("Varför"), _("Fotnot")]
    rows = [
        [
            format_moment(event.at),
            event.person,
            _("ångrat") if event.is_undo else _(CELL_CHANGE_NAMES[event.change]),
            format_reported(event.before, definition),
            format_reported(event.after, definition),
            event.file_name,
            event.why,
            event.footnote,
        ]
        for event in events
    ]
    write_table(headings, rows, right_aligned=(3, 4))


def _write_file_history(
    actor: Person, network: str, municipality: str, period: str, *, as_json: bool
) -> None:
    """Write every event of the files, newest first."""
    asked_period = str(Period.read(period)) if period else ""
    steps = [
        (event, upload)
        for upload in _visible_uploads(actor, network, municipality)
        if asked_period in {"", upload.period}
        for event in upload_history(upload)
    ]
    steps.sort(key=lambda step: step[0].at, reverse=True)
    if as_json:
        events = [
            {
                "at": moment_to_json(event.at),
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
        write_json({"events": events})
        return
    if not steps:
        typer.echo(_("Det finns inga uppladdningar."))
        return
    headings = [_("När"), _("Av"), _("Läge"), _("Kommun"), _("Period"), _("Fil"), _("Varför")]
    rows = [
        [
            format_moment(event.at),
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


def _visible_uploads(actor: Person, network: str, municipality: str) -> list[Upload]:
    """Return the uploads of a network, a municipality or all that the person may see, newest first."""
    reconcile(get_stores())
    matches = uploads(
        get_workspace(),
        network_id=kept_network(get_workspace(), network).id if network else None,
        municipality_code=find_place(municipality).code if municipality else None,
    )
    return _filter_visible(actor, matches)


def _filter_visible(actor: Person, listed: tuple[Upload, ...]) -> list[Upload]:
    subjects = {network.id: subject_of(network) for network in networks(get_workspace())}
    return [
        upload
        for upload in listed
        if upload.state not in UNPUBLISHED
        or (upload.network_id in subjects and may(actor, Action.READ_DELIVERIES, subjects[upload.network_id]))
    ]
