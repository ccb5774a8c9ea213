"""`jamfor demo`: made-up values to explore until real ones are fetched."""

from typing import Annotated

import typer

from cli.opening import get_stores
from cli.words import _, language
from domain.message import to_translate
from language.numbers import number
from pipelines.demonstration.lake import make_values
from pipelines.whole_demonstration import (
    demonstration_network,
    demonstration_stories,
    ensure_demonstration_network,
    ensure_demonstration_stories,
)


def demo(
    anew: Annotated[
        bool,
        typer.Option("--anew", help=to_translate("Gör om dem även om de redan finns. De blir likadana.")),
    ] = False,
) -> None:
    """Make the demonstration if it is missing, and report which values are shown."""
    stores = get_stores()
    made = make_values(stores.lakes.made_up, again=anew)
    has_new_stories = ensure_demonstration_stories(stores)
    has_new_network = ensure_demonstration_network(stores)
    typer.echo(
        _("Påhittade demonstrationsvärden är skapade.")
        if made.is_new
        else _("Påhittade demonstrationsvärden finns redan.")
    )
    typer.echo(
        _(
            "{values} värden för {measures} mått i {municipalities} kommuner, {first_year}–{last_year}."
        ).format(
            values=number(made.value_count, 0, language()),
            measures=made.measure_count,
            municipalities=made.municipality_count,
            first_year=made.first_year,
            last_year=made.last_year,
        )
    )
    if has_new_stories:
        typer.echo(
            _("{count} påhittade exempel, metoder och program finns i framgångsbanken.").format(
                count=len(demonstration_stories().stories)
            )
        )
    if has_new_network:
        name = demonstration_network().network.name
        typer.echo(_("Ett påhittat nätverk att pröva i är skapat: {network}.").format(network=name))
    typer.echo(
        _("Riktiga värden från Kolada är inlästa och visas i stället för de påhittade.")
        if stores.lakes.real.has_release()
        else _("De visas tills riktiga värden har lästs in. Läs in dem med: jamfor kolada sync")
    )
