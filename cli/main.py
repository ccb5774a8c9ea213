"""`jamfor`: the whole command line. Each subject has its own file; here they become one command."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.bench import bench
from cli.borders import borders_app
from cli.case import case_app
from cli.compare import compare
from cli.demo import demo
from cli.effect import effect
from cli.formula import formula_app
from cli.kolada import kolada_app
from cli.measure import measure_app
from cli.network import network_app
from cli.revisions import revisions
from cli.similar import similar
from cli.status import status
from cli.surface import Surface, leave_quietly, speaking
from cli.template import template
from cli.trend import trend
from cli.upload import upload_app
from domain.wording import to_translate
from language.catalogue import LANGUAGES

app = typer.Typer(
    name="jamfor",
    cls=Surface,
    help=to_translate("Jämför kommuners resultat: hämta värden, jämför dem och se vad som har ändrats."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def everywhere(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="JAMFOR_HOME", help=to_translate("Mappen där allt som sparas ligger.")),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", envvar="JAMFOR_LANGUAGE", help=to_translate("Språk: sv eller en.")),
    ] = None,
) -> None:
    """Options of every command. The home is handed on as JAMFOR_HOME, where the settings read it."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r}: {', '.join(LANGUAGES)}", param_hint="--language")
    if home is not None:
        before = os.environ.get("JAMFOR_HOME")
        os.environ["JAMFOR_HOME"] = str(home)
        context.call_on_close(lambda: _put_back(before))


def _put_back(before: str | None) -> None:
    if before is None:
        os.environ.pop("JAMFOR_HOME", None)
    else:
        os.environ["JAMFOR_HOME"] = before


app.add_typer(kolada_app, name="kolada", help=to_translate("Hämta värden från Kolada."))
app.command(help=to_translate("Visa vad som är sparat och hur färskt det är."))(status)
app.command(help=to_translate("Jämför ett mått ett år i en grupp av kommuner."))(compare)
app.command(help=to_translate("Visa måttets utveckling för varje kommun i en grupp."))(trend)
app.command(help=to_translate("Visa vad den senaste inläsningen ändrade."))(revisions)
app.command(help=to_translate("Skapa påhittade demonstrationsvärden att se sig om i."))(demo)
app.command(help=to_translate("Hitta de kommuner som mest liknar en kommun."))(similar)
app.command(help=to_translate("Uppskatta vad något gav, mot dem som inte gjorde det."))(effect)
app.add_typer(network_app, name="network", help=to_translate("Nätverk och deras medlemmar."))
app.add_typer(measure_app, name="measure", help=to_translate("Nätverkens egna mått."))
app.add_typer(formula_app, name="formula", help=to_translate("Formler för egna mått."))
app.command(help=to_translate("Skriv mallen som en kommun fyller i för en period."))(template)
app.add_typer(
    upload_app, name="upload", help=to_translate("Ladda upp resultat: kontrollera, publicera och ångra.")
)
app.add_typer(case_app, name="case", help=to_translate("Framgångsbanken: exempel, metoder och program."))
app.add_typer(borders_app, name="borders", help=to_translate("Verkliga kommungränser till kartan."))
app.command(help=to_translate("Mät hur snabb produkten är och hur mycket minne den tar."))(bench)
speaking(app)


def run() -> None:
    """The entry point of the installed command."""
    try:
        app()
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            leave_quietly()
