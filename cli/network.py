"""`jamfor network`: form networks, see and change their members, take them along as files."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.files import read_text, write_text
from cli.opening import get_workspace, has_real_release, opened_library
from cli.output import write_json, write_table
from cli.person import LOCAL, As, acting
from cli.words import _
from data.workspace.changing import place_name, plain, subject_of, today
from data.workspace.measures import network_measures
from data.workspace.networks import create_network, join, leave, network, networks
from data.workspace.use_counts import unused_measures
from domain.errors import UnreadableChoiceError
from domain.message import to_translate
from domain.network import Membership, Network
from domain.network_measure import STATE_NAMES, NetworkMeasure
from domain.rights import Action, Person, may
from pipelines.networks.exchange import export_network, import_network, network_from_yaml, network_to_yaml
from pipelines.networks.founding import network_from_kolada, network_of, place_named

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
    """Keep the network and show it."""
    actor = acting(person)
    first = _day(from_day) or today()
    if bool(members.strip()) == bool(from_kolada):
        raise UnreadableChoiceError(
            value=members,
            kind=_("medlemmar"),
            hint=_("Ange antingen --members med koder eller --from-kolada med en grupp."),
        )
    if from_kolada:
        with opened_library() as library:
            made = network_from_kolada(library, from_kolada, first, name)
    else:
        made = network_of(name, members.split(","), first)
    made = replace(
        made, forming_until=_day(forming_until), aim=aim, area_of_work=area_of_work, contact=contact
    )
    _show(create_network(get_workspace(), actor, made, today()), as_json)


@network_app.command("list", help=to_translate("Visa alla nätverk."))
def list_all(as_json: AsJson = False) -> None:
    """One row a network."""
    every = networks(get_workspace())
    if any(one.is_made_up for one in every) and has_real_release():
        every = tuple(one for one in every if not one.is_made_up)
    if as_json:
        write_json({"networks": [_as_json(one) for one in every]})
        return
    rows = [[one.id, one.name, str(len(one.members_on(today()))), one.area_of_work] for one in every]
    write_table(
        [_("Beteckning"), _("Namn"), _("Medlemmar"), _("Verksamhetsområde")], rows, right_aligned=(2,)
    )


@network_app.command(help=to_translate("Visa ett nätverk."))
def show(name: Name, as_json: AsJson = False) -> None:
    """Description and members."""
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
    """Change if asked to, then show every stay. One who leaves makes room for one who joins."""
    found = network(get_workspace(), name)
    if joins and leaves:
        raise UnreadableChoiceError(
            value=f"--join {joins} --leave {leaves}",
            kind=_("ändring"),
            hint=_("Gör en ändring i taget."),
        )
    if leaves:
        code = place_named(leaves).code
        found = leave(get_workspace(), acting(person), found, code, _day(last_day) or today(), today())
    elif joins:
        code = place_named(joins).code
        found = join(get_workspace(), acting(person), found, code, _day(from_day) or today(), today())
    if as_json:
        write_json({"network": found.id, "members": _stays(found)})
        return
    _show_stays(found)


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
    """All measures for who may read the network's work, else the public ones."""
    found = network(get_workspace(), name)
    listed = (
        unused_measures(get_workspace(), found.id, today())
        if unused
        else network_measures(get_workspace(), found.id, actor=_reader(acting(person), found))
    )
    if as_json:
        write_json({"network": found.id, "measures": [measure_as_json(one) for one in listed]})
        return
    if not listed:
        typer.echo(_("Det finns inga sådana mått i {network}.").format(network=found.name))
        return
    rows = [
        [one.id, one.definition.name, one.definition.unit, _(STATE_NAMES[one.state]), one.section]
        for one in listed
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
    """Everything that is not discussion; of proposals only for who may read them."""
    found = network(get_workspace(), name)
    text = network_to_yaml(export_network(get_workspace(), _reader(acting(person), found), found.id))
    if file is None:
        typer.echo(text, nl=False)
        return
    write_text(file, text)
    typer.echo(_("{network} är skrivet till {file}.").format(network=found.name, file=file))


@network_app.command("import", help=to_translate("Läs in ett nätverk med dess mått ur en YAML-fil."))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=to_translate("Filen."))],
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """All of the file or nothing."""
    content = network_from_yaml(read_text(file), file.name)
    _show(import_network(get_workspace(), acting(person), content, today()), as_json)


def measure_as_json(measure: NetworkMeasure) -> dict[str, Any]:
    """A measure in plain types, with its state in front."""
    whole: dict[str, Any] = plain(measure)
    return {
        "id": whole.pop("id"),
        "state": measure.state.value,
        "variable_name": measure.variable_name,
        "break_years": list(measure.break_years),
        **whole,
    }


def _reader(actor: Person, network: Network) -> Person | None:
    """The actor, if it may read what is not public in the network."""
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
    _show_stays(network)


def _show_stays(network: Network) -> None:
    rows = [
        [one.code, place_name(one.code), str(one.from_day), str(one.to_day or "")]
        for one in network.memberships
    ]
    write_table([_("Kod"), _("Medlem"), _("Från"), _("Till")], rows, right_aligned=())


def _as_json(network: Network) -> dict[str, Any]:
    described: dict[str, Any] = plain(network)
    del described["memberships"]
    return {**described, "members": _stays(network)}


def _stays(network: Network) -> list[dict[str, Any]]:
    return [{"code": one.code, "name": place_name(one.code), **_days(one)} for one in network.memberships]


def _days(stay: Membership) -> dict[str, Any]:
    return {"from_day": plain(stay.from_day), "to_day": plain(stay.to_day)}


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
