"""`jamfor`: the whole command line. Each subject has its own file, imported only when it is used."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from cli.surface import CommandSource, Surface, leave_quietly
from domain.message import to_translate
from language.catalogue import LANGUAGES


class Jamfor(Surface):
    """Every command with its help; a command's file is imported when the command runs."""

    sources: ClassVar[Mapping[str, CommandSource]] = {
        "status": CommandSource(
            to_translate("Visa vad som är sparat och hur färskt det är."), "cli.status", "status"
        ),
        "compare": CommandSource(
            to_translate("Jämför ett mått ett år i en grupp av kommuner."), "cli.compare", "compare"
        ),
        "trend": CommandSource(
            to_translate("Visa måttets utveckling för varje kommun i en grupp."), "cli.trend", "trend"
        ),
        "revisions": CommandSource(
            to_translate("Visa vad den senaste inläsningen ändrade."), "cli.revisions", "revisions"
        ),
        "demo": CommandSource(
            to_translate("Skapa påhittade demonstrationsvärden att se sig om i."), "cli.demo", "demo"
        ),
        "similar": CommandSource(
            to_translate("Hitta de kommuner som mest liknar en kommun."), "cli.similar", "similar"
        ),
        "effect": CommandSource(
            to_translate("Uppskatta vad något gav, mot dem som inte gjorde det."), "cli.effect", "effect"
        ),
        "template": CommandSource(
            to_translate("Skriv mallen som en kommun fyller i för en period."), "cli.template", "template"
        ),
        "bench": CommandSource(
            to_translate("Mät hur snabb produkten är och hur mycket minne den tar."), "cli.bench", "bench"
        ),
        "kolada": CommandSource(to_translate("Hämta värden från Kolada."), "cli.kolada", "kolada_app"),
        "network": CommandSource(to_translate("Nätverk och deras medlemmar."), "cli.network", "network_app"),
        "measure": CommandSource(to_translate("Nätverkens egna mått."), "cli.measure", "measure_app"),
        "formula": CommandSource(to_translate("Formler för egna mått."), "cli.formula", "formula_app"),
        "upload": CommandSource(
            to_translate("Ladda upp resultat: kontrollera, publicera och ångra."), "cli.upload", "upload_app"
        ),
        "case": CommandSource(
            to_translate("Framgångsbanken: exempel, metoder och program."), "cli.case", "case_app"
        ),
        "borders": CommandSource(
            to_translate("Verkliga kommungränser till kartan."), "cli.borders", "borders_app"
        ),
    }


app = typer.Typer(
    name="jamfor",
    cls=Jamfor,
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
    """Options of every command. The home is passed on as JAMFOR_HOME, where the settings read it."""
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


def run() -> None:
    """The entry point of the installed command."""
    try:
        app()
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            leave_quietly()
