"""`jamfor borders import`: real municipal borders for the map."""

from pathlib import Path
from typing import Annotated

import typer

from cli.words import _, language
from data.settings import read_settings
from domain.message import to_translate
from language.numbers import number
from pipelines.borders.keeping import keep_borders

borders_app = typer.Typer(no_args_is_help=True)


@borders_app.callback()
def borders() -> None:
    """A group with one command so far."""


@borders_app.command(
    "import",
    help=to_translate("Läs in kommungränser ur en GeoJSON-fil."),
)
def import_borders(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=to_translate(
                "En FeatureCollection av ytor med kommunkod eller kommunnamn, i longitud och latitud, högst 20 MB."
            ),
        ),
    ],
) -> None:
    """Import the borders and print what was stored."""
    stored_file = keep_borders(file, read_settings().home)
    typer.echo(
        _("{n} kommuners gränser sparades i {file} ({size} kB).").format(
            n=stored_file.n_municipalities,
            file=stored_file.file,
            size=number(stored_file.size_bytes / 1000, 0, language()),
        )
    )
    if stored_file.missing:
        shown = ", ".join(stored_file.missing[:10]) + (" …" if len(stored_file.missing) > 10 else "")
        typer.echo(
            _("Filen saknar {n} kommuner: {names}").format(n=len(stored_file.missing), names=shown), err=True
        )
