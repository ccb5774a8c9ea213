"""`jamfor bench`: speed and memory of the product compared with plain tools, recorded in docs/benchmarks.md."""

from datetime import datetime
from typing import Annotated

import typer

from benchmarks.run import REPORT, VALUES, report, run
from cli.words import _
from domain.message import to_translate


def bench(
    values: Annotated[
        int, typer.Option("--values", min=1_000_000, help=to_translate("Hur många värden som skapas."))
    ] = VALUES,
) -> None:
    """Measure, print the table and, for the full number of values, record it."""
    rows = run(values, lambda step: typer.echo(step, err=True))
    text = report(rows, datetime.now().astimezone().date())
    typer.echo(text)
    if values == VALUES:
        REPORT.write_text(text, encoding="utf-8")
    if not all(row.holds for row in rows):
        typer.echo(_("Minst en siffra når inte målet."), err=True)
        raise typer.Exit(1)
