"""`jamfor kolada sync`: fetch figures from Kolada into the store."""

import json
import sys
from typing import Annotated, Final

import typer

from cli.opening import get_stores
from cli.words import _
from domain.message import to_translate
from language.rendering import render
from pipelines.kolada.progress import Progress
from pipelines.kolada.source_address import DEFAULT_URL
from pipelines.kolada.sync import sync as run_sync
from pipelines.kolada.sync_choice import ALL, AUTO, SyncChoice
from pipelines.kolada.sync_report import SyncReport

IDS_SHOWN: Final = 10

kolada_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@kolada_app.callback()
def kolada() -> None:
    """A group for one command, so that `sync` has to be named."""


@kolada_app.command(help=to_translate("Hämta nyckeltal från Kolada och spara dem med sin historik."))
def sync(
    url: Annotated[
        str,
        typer.Option("--url", envvar="JAMFOR_KOLADA_URL", help=to_translate("Adressen till Koladas API.")),
    ] = DEFAULT_URL,
    kpi: Annotated[
        str | None,
        typer.Option(
            "--kpi",
            help=to_translate(
                "Nyckeltal: id med komma emellan, set:NAMN eller all. Utan val: måttsamlingarna och allt som redan är sparat."
            ),
        ),
    ] = None,
    municipality: Annotated[
        str,
        typer.Option(
            "--municipality", help=to_translate("Kommuner och regioner: koder med komma emellan, eller all.")
        ),
    ] = ALL,
    years: Annotated[
        str | None,
        typer.Option("--years", help=to_translate("År: 2010-2024 eller 2022. Utan val: från 2000.")),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            help=to_translate(
                "auto: det som ändrats sedan förra gången, med stickprov. never: allt. En dag: det som ändrats sedan dess."
            ),
        ),
    ] = AUTO,
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv utfallet som JSON."))] = False,
) -> None:
    """Fetch; progress is written to standard error, the outcome to standard output."""
    choice = SyncChoice(url=url, kpi=kpi, municipality=municipality, years=years, since=since)
    line = ProgressLine()
    try:
        report = run_sync(get_stores(), choice, report_progress=line.show)
    finally:
        line.end()
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else _in_words(report))
    if not as_json:
        for warning in report.warnings:
            typer.echo(render(warning, _), err=True)


class ProgressLine:
    """One line on standard error that is overwritten; where that is not a terminal, one line per step."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._last_stage = ""
        self._width = 0

    def show(self, progress: Progress) -> None:
        text = render(progress.message, _)
        if self._is_terminal:
            print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
            self._width = len(text)
        elif progress.stage != self._last_stage:
            print(text, file=sys.stderr, flush=True)
        self._last_stage = progress.stage

    def end(self) -> None:
        if self._is_terminal and self._width:
            print(file=sys.stderr)


def _in_words(report: SyncReport) -> str:
    counts = report.counts
    lines = [
        _(
            "Klart på {seconds} s: {kpis} nyckeltal, {pages} sidor, {requests} frågor ({retries} omtag)."
        ).format(
            seconds=round(report.seconds),
            kpis=len(report.kpi_ids),
            pages=report.pages,
            requests=report.requests,
            retries=report.retries,
        ),
        _("{new} nya värden, {changed} ändrade, {withdrawn} indragna, {unchanged} oförändrade.").format(
            new=counts.new, changed=counts.changed, withdrawn=counts.withdrawn, unchanged=counts.unchanged
        ),
    ]
    if report.redefined:
        ids = ", ".join(redefinition.kpi_id for redefinition in report.redefined)
        lines.append(_("Omdefinierade nyckeltal: {ids}.").format(ids=ids))
    if report.corrections:
        lines.append(_("Rättade celler: {count}.").format(count=sum(report.corrections.values())))
    if report.without_values:
        shown = ", ".join(report.without_values[:IDS_SHOWN]) + (
            " …" if len(report.without_values) > IDS_SHOWN else ""
        )
        lines.append(
            _("{count} nyckeltal gav inga värden: {ids}").format(count=len(report.without_values), ids=shown)
        )
    return "\n".join(lines)
