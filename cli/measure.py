"""`jamfor measure`: define a network's measures in files, and take them from proposal to retirement."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from cli.files import read_text
from cli.network import DAY_FORMATS, AsJson, Day, measure_as_json
from cli.opening import get_workspace, opened_library
from cli.output import write_json, write_table
from cli.person import LOCAL, As, find_actor
from cli.words import _
from data.workspace import discussion
from data.workspace import measures as stored_measures
from data.workspace.changing import place_name, plain, subject_of
from data.workspace.comparability import state as keep_statement
from data.workspace.comparability import statements
from data.workspace.networks import network
from domain.audit import FIELD_NAMES
from domain.comparability import COMPARABILITY_NAMES, Comparability, ComparabilityStatement
from domain.message import to_translate
from domain.network_measure import (
    INTERVAL_NAMES,
    SOURCE_NAMES,
    STATE_NAMES,
    LifeEvent,
    MeasureDefinition,
    MeasureState,
    NetworkMeasure,
    tally,
)
from domain.rights import Action, Person, may
from pipelines.networks import definitions
from pipelines.networks.exchange import measure_from_yaml
from pipelines.networks.founding import find_place

measure_app = typer.Typer(no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help=to_translate("En YAML-fil med måttets definition."))
]
Id = Annotated[str, typer.Argument(metavar="ID", help=to_translate("Måttets beteckning."))]
InNetwork = Annotated[
    str | None,
    typer.Option(
        "--network", metavar="NAME", help=to_translate("I vilket nätverk. Utan det: det som äger måttet.")
    ),
]
_SHOWN: Final = (
    "resident_sentence",
    "expression",
    "unit",
    "decimals",
    "first_year",
    "included",
    "not_included",
    "service_and_overheads",
    "numerator",
    "denominator",
    "data_source",
    "responsible",
    "smallest_basis",
    "not_to_be_used_for",
    "changed_because",
)


@measure_app.command(
    help=to_translate("Föreslå ett mått ur en fil, eller ge ett mått som filen namnger en ny definition.")
)
def define(
    file: File,
    in_network: Annotated[
        str, typer.Option("--network", metavar="NAME", help=to_translate("Nätverket som föreslår måttet."))
    ],
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Propose the file's measure. One that the file names is reworded, or redefined if it is already decided."""
    actor = find_actor(person)
    chosen = network(get_workspace(), in_network)
    content = measure_from_yaml(read_text(file), file.name)
    with opened_library() as library:
        if not content.measure:
            stored = definitions.propose_measure(
                get_workspace(), actor, library, chosen, content.definition, content.section
            )
        else:
            earlier = stored_measures.measure(
                get_workspace(), content.measure, network_id=chosen.id, actor=actor
            )
            change = (
                definitions.amend_measure
                if earlier.state in stored_measures.BEFORE_DECISION
                else definitions.redefine_measure
            )
            stored = change(get_workspace(), actor, library, chosen, earlier, content.definition)
    _show(stored, as_json)


@measure_app.command(help=to_translate("Kontrollera en fil utan att spara något."))
def check(file: File, as_json: AsJson = False) -> None:
    """Check the definition; exit code 1 if anything is wrong."""
    content = measure_from_yaml(read_text(file), file.name)
    with opened_library() as library:
        checked = definitions.check_definition(library, content.definition)
    if as_json:
        write_json({"is_right": True, "section": content.section, "definition": plain(checked)})
        return
    typer.echo(
        _("{file} är rätt. Måttet {name} räknas i {unit}.").format(
            file=file, name=checked.name, unit=checked.unit
        )
    )


@measure_app.command(help=to_translate("Visa ett mått: definition, läge och vad medlemmarna säger."))
def show(measure: Id, in_network: InNetwork = None, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Write the newest definition, the life events, the statements, and the votes if the person may see them."""
    actor = find_actor(person)
    loaded = _load_measure(measure, in_network, actor)
    if as_json:
        _show(loaded, as_json=True)
        return
    _show(loaded, as_json=False)
    its_network = network(get_workspace(), loaded.network_id)
    subject = subject_of(its_network)
    if may(actor, Action.READ_NETWORK, subject):
        counted = tally(
            discussion.votes(get_workspace(), actor, its_network.id, loaded.id),
            (code for code in sorted(subject.member_codes)),
        )
        typer.echo(
            _("Röster: {in_favour} för, {against} emot, {silent} har inte röstat.").format(
                in_favour=len(counted.in_favour), against=len(counted.against), silent=len(counted.silent)
            )
        )
    for statement in statements(get_workspace(), its_network.id, loaded.id):
        flag = _(COMPARABILITY_NAMES[statement.flag])
        typer.echo(f"{place_name(statement.municipality_code)}: {flag}. {statement.text}".rstrip())


@measure_app.command(help=to_translate("Visa måttets definitioner sida vid sida."))
def versions(measure: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Write every version with what differs from the version before."""
    loaded = _load_measure(measure, None, find_actor(person))
    if as_json:
        write_json({"measure": loaded.id, "versions": plain(loaded.definitions)})
        return
    before: MeasureDefinition | None = None
    for definition in loaded.definitions:
        typer.echo(
            _("Version {version}, från {year}").format(version=definition.version, year=definition.first_year)
        )
        for name in ("name", *_SHOWN):
            now, then = getattr(definition, name), getattr(before, name) if before else None
            if now != then and now not in {"", 0}:
                typer.echo(f"  {_(FIELD_NAMES[name])}: {now}")
        before = definition


@measure_app.command(help=to_translate("Öppna diskussionen om ett föreslaget mått."))
def discuss(measure: Id, in_network: InNetwork = None, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the measure from proposed to discussed."""
    _take_step(measure, in_network, person, as_json, _make_event(MeasureState.DISCUSSED))


@measure_app.command(help=to_translate("Anteckna att ett mått är beslutat."))
def decide(
    measure: Id,
    on: Annotated[
        Day | None, typer.Option("--on", formats=DAY_FORMATS, help=to_translate("Dagen för beslutet."))
    ] = None,
    minutes: Annotated[str, typer.Option("--minutes", help=to_translate("Protokoll och paragraf."))] = "",
    in_network: InNetwork = None,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Take the measure from discussed to decided."""
    event = _make_event(MeasureState.DECIDED, decided_on=on.date() if on else None, minutes=minutes)
    _take_step(measure, in_network, person, as_json, event)


@measure_app.command(help=to_translate("Ta ett beslutat mått i bruk."))
def use(measure: Id, in_network: InNetwork = None, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the measure from decided to in use."""
    _take_step(measure, in_network, person, as_json, _make_event(MeasureState.IN_USE))


@measure_app.command(help=to_translate("Avveckla ett mått."))
def retire(
    measure: Id,
    reason: Annotated[str, typer.Option("--reason", help=to_translate("Varför det avvecklas."))] = "",
    in_network: InNetwork = None,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Retire the measure, whatever its state."""
    _take_step(measure, in_network, person, as_json, _make_event(MeasureState.RETIRED, reason=reason))


@measure_app.command("take-over", help=to_translate("Föreslå ett annat nätverks mått i det egna."))
def take_over(
    measure: Id,
    in_network: Annotated[
        str, typer.Option("--network", metavar="NAME", help=to_translate("Nätverket som tar över måttet."))
    ],
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Propose it in the other network; it keeps following its owner's definition."""
    chosen = network(get_workspace(), in_network)
    _show(stored_measures.take_over(get_workspace(), find_actor(person), chosen, measure), as_json)


@measure_app.command(help=to_translate("Säg något i diskussionen om ett mått."))
def comment(
    measure: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=to_translate("Vad du vill säga."))],
    in_network: InNetwork = None,
    person: As = LOCAL,
) -> None:
    """Store a comment with the person's name, for members only."""
    actor = find_actor(person)
    loaded = _load_measure(measure, in_network, actor)
    discussion.comment(get_workspace(), actor, loaded, text)
    typer.echo(_("Din kommentar till {measure} är sparad.").format(measure=loaded.definition.name))


@measure_app.command(help=to_translate("Rösta för en kommun om ett mått under diskussion."))
def vote(
    measure: Id,
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help=to_translate("Kommunens kod eller namn."))
    ],
    is_for: Annotated[bool, typer.Option("--for/--against", help=to_translate("För eller emot."))],
    in_network: InNetwork = None,
    person: As = LOCAL,
) -> None:
    """Store the municipality's vote, which replaces an earlier one."""
    actor = find_actor(person)
    loaded = _load_measure(measure, in_network, actor)
    place = find_place(municipality)
    discussion.vote(get_workspace(), actor, loaded, place.code, is_for=is_for)
    text = _("{place} har röstat för {measure}.") if is_for else _("{place} har röstat mot {measure}.")
    typer.echo(text.format(place=place.name, measure=loaded.definition.name))


@measure_app.command(help=to_translate("Ange hur en medlems värden får jämföras."))
def comparability(
    measure: Id,
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help=to_translate("Kommunens kod eller namn."))
    ],
    flag: Annotated[
        Comparability,
        typer.Option("--flag", help=to_translate("Jämförbar, med förbehåll eller inte jämförbar.")),
    ],
    included: Annotated[str, typer.Option("--included", help=to_translate("Vad som ingår."))] = "",
    overhead: Annotated[str, typer.Option("--overhead", help=to_translate("Gemensamma kostnader."))] = "",
    operator: Annotated[str, typer.Option("--operator", help=to_translate("Egen regi eller köpt."))] = "",
    counting: Annotated[str, typer.Option("--counting", help=to_translate("Hur det räknas."))] = "",
    in_network: InNetwork = None,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Store a member's statement, which is shown on the bar, in the table and in every export."""
    actor = find_actor(person)
    loaded = _load_measure(measure, in_network, actor)
    code = find_place(municipality).code
    earlier = {
        statement.municipality_code: statement
        for statement in statements(get_workspace(), loaded.network_id, loaded.id)
    }
    stored = keep_statement(
        get_workspace(),
        actor,
        ComparabilityStatement(
            loaded.network_id,
            loaded.id,
            code,
            flag,
            included,
            overhead,
            operator,
            counting,
            version=earlier[code].version if code in earlier else 0,
        ),
    )
    if as_json:
        write_json(plain(stored))
        return
    typer.echo(
        _("{place} är {flag} i {measure}.").format(
            place=place_name(code), flag=_(COMPARABILITY_NAMES[flag]), measure=loaded.definition.name
        )
    )


def _make_event(
    state: MeasureState, *, decided_on: date | None = None, minutes: str = "", reason: str = ""
) -> LifeEvent:
    """Return a life event; its person and time are set when it is stored."""
    return LifeEvent(state, datetime.now(UTC), "", decided_on, minutes, reason)


def _take_step(measure: str, in_network: str | None, person: str, as_json: bool, event: LifeEvent) -> None:
    actor = find_actor(person)
    _show(
        stored_measures.change_measure_state(
            get_workspace(), actor, _load_measure(measure, in_network, actor), event
        ),
        as_json,
    )


def _load_measure(measure: str, in_network: str | None, actor: Person) -> NetworkMeasure:
    network_id = network(get_workspace(), in_network).id if in_network else None
    return stored_measures.measure(get_workspace(), measure, network_id=network_id, actor=actor)


def _show(measure: NetworkMeasure, as_json: bool) -> None:
    if as_json:
        write_json(measure_as_json(measure))
        return
    now = measure.definition
    typer.echo(f"{now.name} ({measure.id}), {_(STATE_NAMES[measure.state])}")
    typer.echo(f"{_(SOURCE_NAMES[now.source])}, {_(INTERVAL_NAMES[now.interval])}")
    for name in _SHOWN:
        content = getattr(now, name)
        if content not in {"", 0} or name == "decimals":
            typer.echo(f"{_(FIELD_NAMES[name])}: {content}")
    typer.echo("")
    rows = [_life_row(event) for event in measure.life]
    write_table([_("Läge"), _("När"), _("Vem"), _("Grund")], rows, right_aligned=())


def _life_row(event: LifeEvent) -> list[str]:
    grounds = [str(event.decided_on or ""), event.minutes_reference, event.reason]
    return [
        _(STATE_NAMES[event.state]),
        event.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        event.person_id,
        ", ".join(ground for ground in grounds if ground),
    ]
