"""Commands that change what is published: publish, undo, sign off, discard, publish what is due."""

from contextlib import suppress
from typing import Annotated, Final

import typer

from cli.network import DAY_FORMATS, AsJson, Day
from cli.opening import get_stores, get_workspace
from cli.output import write_json
from cli.person import LOCAL, As, find_actor
from cli.upload.check import review_file
from cli.upload.options import Evaluation, File, ForPeriod, Id, InNetwork, OfMunicipality
from cli.upload.output import changes_to_json, show_changes, show_review, show_upload, upload_to_json
from cli.words import _
from data.workspace.changing import today
from domain.errors.choices import UnreadableChoiceError
from domain.errors.uploads import FindingsStopError, UnexplainedFindingsError, UnknownFindingError
from domain.errors.user_error import UserError
from domain.message import to_translate
from domain.suggestion import suggest_similar
from domain.upload import Upload
from pipelines.uploads import drafts, publishing, undoing
from pipelines.uploads.reconciling import reconcile
from pipelines.uploads.review import FileReview

NO_REASON: Final = to_translate("ingen orsak angiven")


def publish(
    file: File,
    network: InNetwork = "",
    municipality: OfMunicipality = "",
    period: ForPeriod = "",
    explain: Annotated[
        list[str] | None,
        typer.Option(
            "--explain",
            metavar="FINDING=TEXT",
            help=to_translate("Förklaring till en anmärkning. Den blir en fotnot vid värdet."),
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=to_translate("Varför det publiceras."))
    ] = "",
    on: Annotated[
        Day | None,
        typer.Option(
            "--on", formats=DAY_FORMATS, help=to_translate("Första dagen det får synas. Utan den: nu.")
        ),
    ] = None,
    evaluation: Evaluation = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Publish all of the file or nothing: a file that cannot be published is not stored either."""
    actor = find_actor(person)
    explanations = _parse_explanations(explain or [])
    content, review = review_file(file, network, municipality, period, evaluation=evaluation)
    _require_explained(review, explanations)
    draft = drafts.save_draft(get_workspace(), actor, review, content, file_name=file.name)
    try:
        if explanations:
            drafts.explain(get_workspace(), actor, draft.id, explanations)
        changes = publishing.changes(get_stores(), actor, draft.id)
        published = publishing.publish(
            get_stores(),
            actor,
            draft.id,
            state_key=changes.state_key,
            reason=reason,
            publish_on=on.date() if on else None,
            today=today(),
        )
    except UserError:
        with suppress(UserError):  # what went wrong first is what the person should know
            drafts.discard(get_workspace(), actor, draft.id)
        raise
    if as_json:
        write_json({**upload_to_json(published), **changes_to_json(changes)})
        return
    if review.period is None:  # evaluation results change no cells of the figures
        show_review(review)
    else:
        show_changes(changes)
    show_upload(published)


def undo(
    upload: Id,
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help=to_translate("Varför den ångras."))
    ] = "",
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Undo a publication; values from later files remain."""
    actor = find_actor(person)
    changes = undoing.preview_undo(get_stores(), upload)
    undone = undoing.undo(get_stores(), actor, upload, because.strip() or NO_REASON)
    if as_json:
        write_json({**upload_to_json(undone), **changes_to_json(changes)})
        return
    show_changes(changes)
    show_upload(undone)


def sign_off(upload: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Sign off as the second person, where the network requires one."""
    _write_upload(publishing.sign_off(get_stores(), find_actor(person), upload, today()), as_json)


def discard(upload: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Discard a draft; nothing of it is kept."""
    _write_upload(drafts.discard(get_workspace(), find_actor(person), upload), as_json)


def due(as_json: AsJson = False) -> None:
    """Publish what is due. To be run by a scheduler; the app does the same when it is opened."""
    reconcile(get_stores())
    published = publishing.publish_due(get_stores(), today())
    if as_json:
        write_json({"uploads": [upload_to_json(upload) for upload in published]})
        return
    for upload in published:
        show_upload(upload)
    if not published:
        typer.echo(_("Ingenting väntar på att publiceras i dag."))


def _parse_explanations(written: list[str]) -> dict[str, str]:
    """Return the explanations by finding id; an id holds no `=`. Raises `UnreadableChoiceError`."""
    explanations: dict[str, str] = {}
    for path in written:
        finding, sign, text = path.partition("=")
        if not sign or not text.strip():
            raise UnreadableChoiceError(
                value=path, kind=_("förklaring"), hint=_("Skriv --explain BETECKNING=TEXT.")
            )
        explanations[finding.strip()] = text.strip()
    return explanations


def _require_explained(review: FileReview, explanations: dict[str, str]) -> None:
    """Raise what publishing would, before anything is stored."""
    ids = [finding.id for finding in review.findings]
    for finding in explanations:
        if finding not in ids:
            raise UnknownFindingError(finding=finding, suggestion=suggest_similar(finding, ids))
    if stops := review.blocking_findings:
        raise FindingsStopError(count=len(stops), first=stops[0].message)
    if silent := [finding for finding in review.findings if finding.id not in explanations]:
        raise UnexplainedFindingsError(count=len(silent), first=silent[0].message, finding=silent[0].id)


def _write_upload(upload: Upload, as_json: bool) -> None:
    if as_json:
        write_json(upload_to_json(upload))
    else:
        show_upload(upload)
