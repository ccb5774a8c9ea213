"""`jamfor network`: create networks, show and change their members, export and import them."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.files import read_text, write_text
from cli.opening import get_workspace, has_real_release, opened_library
from cli.output import write_json, write_table
from cli.person import LOCAL, As, find_actor
from cli.words import _
from data.workspace.changing import place_name, plain, subject_of, today
from data.workspace.measures import network_measures
from data.workspace.networks import create_network, join, leave, network, networks
from data.workspace.use_counts import unused_measures
from domain.errors.choices import UnreadableChoiceError
from domain.message import to_translate
from domain.network import Membership, Network
from domain.network_measure import STATE_NAMES, NetworkMeasure
from domain.rights import Action, Person, may
from pipelines.networks.exchange import export_network, import_network, network_from_yaml, network_to_yaml
from pipelines.networks.founding import draft_network, draft_network_from_kolada, find_place

network_app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help=to_translate("Nätverkets namn eller beteckning."))]
AsJson = Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))]
Day = datetime  # as typer reads a date
DAY_FORMATS = ["%Y-%m-%d"]


@network_app.command(help=to_translate("Bilda ett nätverk av kommuner, eller av en grupp i Kolada."))
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help=to_translate("Nätverkets namn."))] = "",
    members: Annotated[
        str,
        typer.Option(
            "--members",
            metavar="CODES",
            help=to_translate("Medlemmarnas koder eller namn med komma emellan: 0127,0136,…"),
        ),
    ] = "",
    from_kolada: Annotated[
        str,
        typer.Option(
            "--from-kolada",
            metavar="GROUP",
            help=to_translate("Ta medlemmarna från en grupp i Kolada: G96274."),
        ),
    ] = "",
    from_day: Annotated[
        Day | None,
        typer.Option(
            "--from", formats=DAY_FORMATS, help=to_translate("Medlemmarnas första dag. Utan den: i dag.")
        ),
    ] = None,
    forming_until: Annotated[
        Day | None,
        typer.Option(
            "--forming-until",
            formats=DAY_FORMATS,
            help=to_translate(
                "Till vilken dag nätverket är under bildande och får ha färre än sex medlemmar."
            ),
        ),
    ] = None,
    aim: Annotated[str, typer.Option("--aim", help=to_translate("Nätverkets syfte."))] = "",
    area_of_work: Annotated[str, typer.Option("--area", help=to_translate("Verksamhetsområde."))] = "",
    contact: Annotated[
        str, typer.Option("--contact", help=to_translate("Kontakt: en funktion, ingen privatperson."))
    ] = "",
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Create the network and show it."""
    actor = find_actor(person)
    first = _day(from_day) or today()
    if bool(members.strip()) == bool(from_kolada):
        raise UnreadableChoiceError(
            value=members,
            kind=_("medlemmar"),
            hint=_("Ange antingen --members med koder eller --from-kolada med en grupp."),
        )
    if from_kolada:
        with opened_library() as library:
            new = draft_network_from_kolada(library, from_kolada, first, name)
    else:
        new = draft_network(name, members.split(","), first)
    new = replace(new, forming_until=_day(forming_until), aim=aim, area_of_work=area_of_work, contact=contact)
    _show(create_network(get_workspace(), actor, new, today()), as_json)


@network_app.command("list", help=to_translate("Visa alla nätverk."))
def list_all(as_json: AsJson = False) -> None:
    """Write one row per network."""
    listed = networks(get_workspace())
    if any(network.is_made_up for network in listed) and has_real_release():
        listed = tuple(network for network in listed if not network.is_made_up)
    if as_json:
        write_json({"networks": [_as_json(network) for network in listed]})
        return
    rows = [
        [network.id, network.name, str(len(network.members_on(today()))), network.area_of_work]
        for network in listed
    ]
    write_table(
        [_("Beteckning"), _("Namn"), _("Medlemmar"), _("Verksamhetsområde")], rows, right_aligned=(2,)
    )


@network_app.command(help=to_translate("Visa ett nätverk."))
def show(name: Name, as_json: AsJson = False) -> None:
    """Write the description and the members."""
    _show(network(get_workspace(), name), as_json)


@network_app.command(help=to_translate("Visa medlemmarna, eller låt någon gå med eller lämna."))
def members(
    name: Name,
    joins: Annotated[
        str | None,
        typer.Option("--join", metavar="CODE", help=to_translate("Den som går med: kod eller namn.")),
    ] = None,
    from_day: Annotated[
        Day | None,
        typer.Option("--from", formats=DAY_FORMATS, help=to_translate("Första dagen. Utan den: i dag.")),
    ] = None,
    leaves: Annotated[
        str | None,
        typer.Option("--leave", metavar="CODE", help=to_translate("Den som lämnar: kod eller namn.")),
    ] = None,
    last_day: Annotated[
        Day | None,
        typer.Option("--last-day", formats=DAY_FORMATS, help=to_translate("Sista dagen. Utan den: i dag.")),
    ] = None,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Let a member join or leave, if asked to, and write every membership."""
    chosen = network(get_workspace(), name)
    if joins and leaves:
        raise UnreadableChoiceError(
            value=f"--join {joins} --leave {leaves}",
            kind=_("ändring"),
            hint=_("Gör en ändring i taget."),
        )
    if leaves:
        code = find_place(leaves).code
        chosen = leave(get_workspace(), find_actor(person), chosen, code, _day(last_day) or today(), today())
    elif joins:
        code = find_place(joins).code
        chosen = join(get_workspace(), find_actor(person), chosen, code, _day(from_day) or today(), today())
    if as_json:
        write_json({"network": chosen.id, "members": _memberships_as_json(chosen)})
        return
    _show_memberships(chosen)


@network_app.command(help=to_translate("Visa nätverkets mått och i vilket läge de är."))
def measures(
    name: Name,
    unused: Annotated[
        bool,
        typer.Option(
            "--unused", help=to_translate("Bara de som är i bruk men som ingen har tittat på på ett år.")
        ),
    ] = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Write all measures for those who may read the network's work, for others the public ones."""
    chosen = network(get_workspace(), name)
    listed = (
        unused_measures(get_workspace(), chosen.id, today())
        if unused
        else network_measures(get_workspace(), chosen.id, actor=_as_reader(find_actor(person), chosen))
    )
    if as_json:
        write_json({"network": chosen.id, "measures": [measure_as_json(measure) for measure in listed]})
        return
    if not listed:
        typer.echo(_("Det finns inga sådana mått i {network}.").format(network=chosen.name))
        return
    rows = [
        [
            measure.id,
            measure.definition.name,
            measure.definition.unit,
            _(STATE_NAMES[measure.state]),
            measure.section,
        ]
        for measure in listed
    ]
    write_table([_("Beteckning"), _("Namn"), _("Enhet"), _("Läge"), _("Avsnitt")], rows, right_aligned=())


@network_app.command("export", help=to_translate("Skriv nätverket och dess mått till en YAML-fil."))
def export_file(
    name: Name,
    file: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=to_translate("Filen. Utan den: på skärmen.")),
    ] = None,
    person: As = LOCAL,
) -> None:
    """Export everything but discussions; proposals only for those who may read them."""
    chosen = network(get_workspace(), name)
    text = network_to_yaml(export_network(get_workspace(), _as_reader(find_actor(person), chosen), chosen.id))
    if file is None:
        typer.echo(text, nl=False)
        return
    write_text(file, text)
    typer.echo(_("{network} är skrivet till {file}.").format(network=chosen.name, file=file))


@network_app.command("import", help=to_translate("Läs in ett nätverk med dess mått ur en YAML-fil."))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=to_translate("Filen."))],
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Import all of the file or nothing."""
    content = network_from_yaml(read_text(file), file.name)
    _show(import_network(get_workspace(), find_actor(person), content, today()), as_json)


def measure_as_json(measure: NetworkMeasure) -> dict[str, Any]:
    """Return a measure for JSON, its id and state first."""
    whole: dict[str, Any] = plain(measure)
    return {
        "id": whole.pop("id"),
        "state": measure.state.value,
        "variable_name": measure.variable_name,
        "break_years": list(measure.break_years),
        **whole,
    }


def _as_reader(actor: Person, network: Network) -> Person | None:
    """Return the actor if it may read what is not public in the network, else None."""
    return actor if may(actor, Action.READ_NETWORK, subject_of(network)) else None


def _show(network: Network, as_json: bool) -> None:
    if as_json:
        write_json(_as_json(network))
        return
    typer.echo(f"{network.name} ({network.id})")
    period = f"{network.period_from or ''}–{network.period_to or ''}"
    for heading, content in (
        (_("Syfte"), network.aim),
        (_("Verksamhetsområde"), network.area_of_work),
        (_("Kontakt"), network.contact),
        (_("Period"), period if period != "–" else ""),
        (_("Under bildande till"), network.forming_until),
        (_("Nästa möte"), network.next_meeting),
        (_("Grupp i Kolada"), network.kolada_group),
        (
            _("Publicering"),
            _("en andra person godkänner det som medlemmarna publicerar") if network.wants_sign_off else "",
        ),
    ):
        if content:
            typer.echo(f"{heading}: {content}")
    typer.echo("")
    _show_memberships(network)


def _show_memberships(network: Network) -> None:
    rows = [
        [membership.code, place_name(membership.code), str(membership.from_day), str(membership.to_day or "")]
        for membership in network.memberships
    ]
    write_table([_("Kod"), _("Medlem"), _("Från"), _("Till")], rows, right_aligned=())


def _as_json(network: Network) -> dict[str, Any]:
    described: dict[str, Any] = plain(network)
    del described["memberships"]
    return {**described, "members": _memberships_as_json(network)}


def _memberships_as_json(network: Network) -> list[dict[str, Any]]:
    return [
        {"code": membership.code, "name": place_name(membership.code), **_days(membership)}
        for membership in network.memberships
    ]


def _days(stay: Membership) -> dict[str, Any]:
    return {"from_day": plain(stay.from_day), "to_day": plain(stay.to_day)}


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
