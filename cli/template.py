"""`jamfor template`: the workbook or text file that a municipality fills in."""

from pathlib import Path
from typing import Annotated

import typer

from cli.files import write_bytes
from cli.opening import get_stores
from cli.words import _
from data.workspace.changing import today
from domain.message import to_translate
from pipelines.uploads.evaluations.context import load_evaluation_context
from pipelines.uploads.upload_context import load_upload_context


def template(
    network: Annotated[
        str, typer.Option("--network", metavar="NAME", help=to_translate("Nätverkets namn eller beteckning."))
    ],
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help=to_translate("Kommunens kod eller namn."))
    ],
    file: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=to_translate("Filen som skrivs: .xlsx, eller .csv för text."),
        ),
    ],
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=to_translate("Perioden: 2023, 2023-VT, 2023-Q1 eller 2023-05. Utan den: förra året."),
        ),
    ] = "",
    evaluation: Annotated[
        bool, typer.Option("--evaluation", help=to_translate("Mallen för resultat av projekt."))
    ] = False,
) -> None:
    """Write the template."""
    from pipelines.uploads.evaluations.template import (
        evaluation_template,  # what writes workbooks loads slowly
    )
    from pipelines.uploads.template.text_file import template_csv
    from pipelines.uploads.template.workbook import template_workbook

    if evaluation:
        place = load_evaluation_context(get_stores(), network=network, municipality=municipality).place
        write_bytes(file, evaluation_template(place, translate=_))
        typer.echo(
            _("Mallen för projektresultat i {place} är skriven till {file}.").format(
                place=place.name, file=file
            )
        )
        return
    context = load_upload_context(
        get_stores(), network=network, municipality=municipality, period=period or str(today().year - 1)
    )
    is_text = file.suffix.casefold() in {".csv", ".txt"}
    write_bytes(file, template_csv(context) if is_text else template_workbook(context, translate=_))
    typer.echo(
        _("Mallen för {place}, {network}, {period} är skriven till {file}: {count} mått.").format(
            place=context.place.name,
            network=context.network.name,
            period=context.period,
            file=file,
            count=len({measure.id for measure, _period in context.requested}),
        )
    )
