"""`jamfor demo`: made-up values to look around in, until real ones are fetched."""

from typing import Annotated

import typer

from cli.words import _, language
from data.places import settings
from data.store.figures import open_lake
from domain.wording import to_translate
from language.numbers import number
from pipelines.demonstration import make_demonstration


def demo(
    anew: Annotated[
        bool,
        typer.Option("--anew", help=to_translate("Gör om dem även om de redan finns. De blir likadana.")),
    ] = False,
) -> None:
    """Make the demonstration if it is not there, and say which values are shown."""
    chosen = settings()
    made = make_demonstration(chosen, anew=anew)
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
    typer.echo(
        _("Riktiga värden från Kolada är inlästa och visas i stället för de påhittade.")
        if _are_real_ones_kept()
        else _("De visas tills riktiga värden har lästs in. Läs in dem med: jamfor kolada sync")
    )


def _are_real_ones_kept() -> bool:
    real = open_lake(settings().figures)
    if real is None:
        return False
    with real:
        return bool(real.releases())
