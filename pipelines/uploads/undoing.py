"""Undoing a publication: the figures become what they would be without the file, and the history says so."""

from dataclasses import replace

from data.stores import Stores
from data.workspace.changing import place_name
from data.workspace.upload_states import set_state
from data.workspace.uploads import contents_to_fold
from data.workspace.uploads import upload as kept_upload
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.uploads import PublishedMeanwhileError, UploadStateError
from domain.kept_text import check_text
from domain.message import Message, to_translate
from domain.rights import Person
from domain.upload import STATE_NAMES, Upload, UploadState
from pipelines.uploads.changes import Changes
from pipelines.uploads.committing import (
    Publication,
    commit,
    load_figures_rows,
    plan_changes,
    prepare_publication,
)
from pipelines.uploads.publishing import MOST_ATTEMPTS, colour_changes
from pipelines.uploads.reconciling import reconcile


def preview_undo(stores: Stores, upload_id: str, *, with_colours: bool = False) -> Changes:
    """What undoing a publication would do, as everybody may read it. Raises `UnknownUploadError`, `UploadStateError`."""
    reconcile(stores)
    with stores.workspace.reading():
        work = _work(stores.workspace, upload_id)
        changes = plan_changes(stores, work, load_figures_rows(stores, work), is_undoing=True)
        return (
            replace(changes, colour_changes=colour_changes(stores, work.upload, changes))
            if with_colours
            else changes
        )


def undo(stores: Stores, actor: Person, upload_id: str, because: str) -> Upload:
    """Take a publication back. What later files say stays; what earlier files said shows again where nothing later does.

    Raises `NotAllowedError`, `UploadStateError`, `UnknownUploadError`, `FieldError`.
    """
    check_text(because, FIELD_NAMES["undone_because"], is_needed=True)
    reconcile(stores)
    for attempts_left in reversed(range(MOST_ATTEMPTS)):
        work = _work(stores.workspace, upload_id)
        plan = plan_changes(stores, work, load_figures_rows(stores, work), is_undoing=True)
        begun = set_state(
            stores.workspace, actor, work.upload, UploadState.UNDOING, undone_because=because.strip()
        )
        try:
            commit(
                stores,
                begun,
                work,
                actor=actor,
                state_key=plan.state_key,
                description=_description(begun),
            )
        except (
            ChangedMeanwhileError,
            PublishedMeanwhileError,
        ):  # something came between: it is computed again
            if not attempts_left:
                raise
        else:
            break
    return kept_upload(stores.workspace, upload_id)


def _work(workspace: Workspace, upload_id: str) -> Publication:
    upload = kept_upload(workspace, upload_id)
    if upload.state is not UploadState.PUBLISHED:
        raise UploadStateError(
            state=Message(STATE_NAMES[upload.state]), wanted=Message(to_translate("ångra den"))
        )
    in_force = contents_to_fold(workspace, upload.municipality_code, is_made_up=upload.is_made_up)
    content = next(content for upload, content in in_force if upload.id == upload_id)
    return prepare_publication(workspace, upload, content)


def _description(upload: Upload) -> str:
    """The commit message, kept as it is."""
    place = place_name(upload.municipality_code)
    return f"{place}, {upload.period}: {upload.file_name} ångrad av {upload.undone_by} ({upload.id})"
