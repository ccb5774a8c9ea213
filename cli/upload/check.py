"""`jamfor upload check`, and reviewing a file for the other commands."""

from pathlib import Path
from typing import Annotated

import typer

from cli.files import read_bytes, write_bytes
from cli.network import AsJson
from cli.opening import get_stores, get_workspace
from cli.output import write_json
from cli.upload.options import Evaluation, File, ForPeriod, InNetwork, OfMunicipality
from cli.upload.output import review_to_json, show_review, unreadable_file_to_json
from cli.words import _
from data.workspace.changing import today
from domain.errors.choices import UnreadableChoiceError
from domain.errors.files import FileTooLargeError
from domain.errors.user_error import UserError
from domain.message import to_translate
from pipelines.uploads import drafts
from pipelines.uploads.evaluations.context import load_evaluation_context
from pipelines.uploads.evaluations.review import review_evaluations
from pipelines.uploads.likely_period import guess_period
from pipelines.uploads.review import FileReview
from pipelines.uploads.template_id import read_template_id
from pipelines.uploads.upload_context import load_upload_context
from spreadsheets import read_file
from spreadsheets.limits import MEGABYTE, MOST_BYTES


def check(
    file: File,
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    period: ForPeriod = "",
    annotated_file: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="OUT.xlsx",
            help=to_translate("Skriv filen med anmärkningarna i cellerna hit."),
        ),
    ] = None,
    evaluation: Evaluation = False,
    as_json: AsJson = False,
) -> None:
    """Check the file; exit code 1 if anything must be corrected before it can be published."""
    try:
        content, review = review_file(
            file, network, municipality, period, evaluation=evaluation, is_to_report=False
        )
    except UserError as error:
        if as_json and _is_about_file(error):
            write_json(unreadable_file_to_json(file, error))
            raise typer.Exit(1) from None
        raise
    if annotated_file is not None:
        from pipelines.uploads.annotated import annotate_review  # what opens formatted workbooks loads slowly

        write_bytes(annotated_file, annotate_review(content, review, translate=_))
    if as_json:
        write_json(review_to_json(review))
    else:
        show_review(review)
        if annotated_file is not None:
            typer.echo(_("Filen med anmärkningar är skriven till {file}.").format(file=annotated_file))
    if review.blocking_findings:
        raise typer.Exit(1)


def review_file(
    file: Path,
    network: str,
    municipality: str,
    period: str,
    *,
    evaluation: bool,
    is_to_report: bool = True,
) -> tuple[bytes, FileReview]:
    """Return a file's bytes and its review, for the named municipality or else the one its template is for.

    Raises `UnreadableChoiceError` where neither names one, and what reading and checking the file raises.
    """
    content, name = _read_content(file), file.name
    if not network or not municipality:
        template = read_template_id(read_file(content, name))
        if template is None:
            raise UnreadableChoiceError(
                value=f"{network} {municipality}".strip(),
                kind=_("mottagare"),
                hint=_("Ange --network och --municipality. Bara mallen vet själv vem den är gjord för."),
            )
        network, municipality = network or template.network_id, municipality or template.municipality_code
    if evaluation:
        evaluation_context = load_evaluation_context(get_stores(), network=network, municipality=municipality)
        return content, review_evaluations(content, name, evaluation_context)
    period = period or guess_period(
        get_stores(), content, name, network=network, municipality=municipality, today=today()
    )
    context = load_upload_context(
        get_stores(), network=network, municipality=municipality, period=period, is_to_report=is_to_report
    )
    return content, drafts.review_as_remembered(get_workspace(), content, name, context)


def _read_content(file: Path) -> bytes:
    """Return the bytes of a file. Raises `FileTooLargeError` before a too large one is read."""
    if file.is_file() and file.stat().st_size > MOST_BYTES:
        raise FileTooLargeError(
            file=file.name, size=-(-file.stat().st_size // MEGABYTE), largest=MOST_BYTES // MEGABYTE
        )
    return read_bytes(file)


def _is_about_file(error: UserError) -> bool:
    """Return whether the error is about the file, unlike about the network or municipality."""
    return "file" in error.values
