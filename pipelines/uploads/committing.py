"""How two databases that share no transaction come to agree: the workspace says what is begun, the figures say what is done.

1. The workspace notes that the upload is under way (`publishing`, `undoing`).
2. While the workspace holds every publication, the figures are written in one transaction whose commit names the attempt.
3. The workspace notes that it is done, and lets go.

Whoever dies before the commit of 2 leaves the figures as they were, whoever dies after it leaves them as they should be; the
upload is then still under way, and `pipelines.uploads.reconciling` asks the figures which of the two it was.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.store.lake import Lake
from data.store.writing import FiguresWriter
from data.stores import Stores
from data.workspace.measures import network_measures
from data.workspace.upload_content import UploadContent
from data.workspace.upload_states import finishing, settle
from data.workspace.uploads import contents_to_fold, uploads
from data.workspace.uploads import upload as kept_upload
from data.workspace.workspace import Workspace
from disclosure.publication import Cell, DefinitionFor
from disclosure.reader import EVERYBODY, Reader
from disclosure.writing import stored_rows
from domain.errors.uploads import PublishedMeanwhileError, UploadStateError
from domain.message import Message, to_translate
from domain.network_measure import MeasureDefinition
from domain.rights import Person
from domain.upload import Upload, UploadState
from pipelines.uploads.changes import Changes, difference
from pipelines.uploads.evaluations.merging import write_evaluation_results
from pipelines.uploads.resolved_cells import CELL, FIGURES_COLUMNS, covered_measure_periods, resolve_cells

UNDER_WAY: Final = frozenset({UploadState.PUBLISHING, UploadState.UNDOING})
DONE: Final = {UploadState.PUBLISHING: UploadState.PUBLISHED, UploadState.UNDOING: UploadState.UNDONE}


@dataclass(frozen=True)
class Publication:
    """An upload and its content with what is needed to say what the figures should hold of it."""

    upload: Upload
    content: UploadContent
    definition_for: DefinitionFor

    @property
    def in_file(self) -> frozenset[Cell]:
        """The cells that the file says something of."""
        table: pd.DataFrame = self.content.values
        return frozenset((str(a), str(b), str(c)) for a, b, c in table[CELL].itertuples(index=False))


def prepare_publication(workspace: Workspace, upload: Upload, content: UploadContent) -> Publication:
    """With the definitions as they are now."""
    by_id = {network_measure.id: network_measure for network_measure in network_measures(workspace)}

    def definition_for(measure_id: str, year: int) -> MeasureDefinition:
        return by_id[measure_id].definition_for(year)

    return Publication(upload, content, definition_for)


def lake_of(stores: Stores, upload: Upload) -> Lake:
    """Where an upload is published: beside the made-up values if it was made while only they were there."""
    return stores.lakes.of(is_made_up=upload.is_made_up)


def run_id(upload: Upload) -> str:
    """What the commit of this attempt is called; the version tells attempts apart."""
    return f"{upload.id}-{upload.version}"


def upload_id_of_run(run: str) -> str:
    """The upload whose attempt a commit is called after."""
    return run.rpartition("-")[0]


def load_committed_run_ids(stores: Stores, upload: Upload) -> set[str]:
    """The runs that the figures of an upload know."""
    return lake_of(stores, upload).run_ids()


def load_figures_rows(stores: Stores, work: Publication) -> pd.DataFrame:
    """What the figures hold now of the upload's municipality and measures, columns `FIGURES_COLUMNS`."""
    figures = lake_of(stores, work.upload).figures()
    if figures is None:
        return pd.DataFrame(columns=list(FIGURES_COLUMNS))
    return stored_rows(
        figures.reported_values(
            figures.latest_release(),
            measure_ids=_measure_ids(work),
            municipality_ids=[work.upload.municipality_code],
        )
    )


def plan_changes(stores: Stores, work: Publication, reported: pd.DataFrame, *, is_undoing: bool) -> Changes:
    """What publishing the upload, or undoing it, makes of the figures as they are."""
    groups = covered_measure_periods([work.content])
    held = resolve_cells(_in_force(stores, work.upload, is_undoing=is_undoing), groups, work.definition_for)
    return difference(
        reported=reported,
        held=held,
        groups=groups,
        municipality_code=work.upload.municipality_code,
        definition_for=work.definition_for,
        in_file=work.in_file,
        reader=EVERYBODY if is_undoing else Reader(work.upload.municipality_code),
    )


def commit(
    stores: Stores,
    begun: Upload,
    work: Publication,
    *,
    actor: Person | None,
    state_key: str,
    description: str,
) -> None:
    """Write the figures of an upload that is under way, and say so in the workspace. All of it is done, or nothing.

    Raises `PublishedMeanwhileError` if something else would be done than what `state_key` stands for,
    `ChangedMeanwhileError` if the upload has been taken back since it was begun, and what writing the figures raises.
    """
    is_undoing = begun.state is UploadState.UNDOING

    def write(writer: FiguresWriter) -> None:
        reported = stored_rows(writer.reported_values(begun.municipality_code))
        changes = plan_changes(
            stores, Publication(begun, work.content, work.definition_for), reported, is_undoing=is_undoing
        )
        if changes.state_key != state_key:
            raise published_meanwhile(stores.workspace, begun)
        if is_undoing:
            writer.record_undone_upload(begun.id)
        if len(changes.rows):
            writer.merge_reported_values(changes.rows)
        if work.content.evaluations is not None:
            in_force = _in_force(stores, begun, is_undoing=is_undoing)
            write_evaluation_results(writer, in_force, begun.id, work.content.evaluations)

    person = begun.undone_by if is_undoing else begun.published_by
    try:
        with finishing(stores.workspace, begun, DONE[begun.state], actor=actor):
            lake_of(stores, begun).write_release(
                write,
                run_id=run_id(begun),
                description=description,
                is_made_up=begun.is_made_up,
                details={"upload_id": begun.id, "person": person},
            )
    except Exception:
        settle_by_figures(stores, begun)
        if kept_upload(stores.workspace, begun.id).state is not DONE[begun.state]:
            raise


def settle_by_figures(stores: Stores, upload: Upload) -> UploadState | None:
    """Take an upload that is under way to where the figures say it is; None if somebody else has done so already."""

    def truth(upload: Upload) -> UploadState:
        is_done = run_id(upload) in load_committed_run_ids(stores, upload)
        return DONE[upload.state] if is_done else _before(upload)

    with suppress(UploadStateError):
        return settle(stores.workspace, upload.id, truth).state
    return None


def published_meanwhile(workspace: Workspace, upload: Upload) -> PublishedMeanwhileError:
    """Names whoever last published or undid anything of the municipality."""
    others = [
        other
        for other in uploads(workspace, municipality_code=upload.municipality_code)
        if other.id != upload.id and other.published_at is not None
    ]
    if not others:
        nobody = Message(to_translate("Någon"))
        return PublishedMeanwhileError(who=nobody, when="–")
    moments = [
        (other.undone_at or other.published_at, other.undone_by or other.published_by) for other in others
    ]
    when, who = max((moment, name) for moment, name in moments if moment is not None)
    return PublishedMeanwhileError(who=who, when=f"{when.astimezone():%Y-%m-%d %H:%M}")


def _in_force(stores: Stores, upload: Upload, *, is_undoing: bool) -> Sequence[tuple[Upload, UploadContent]]:
    """Every file that counts, in the order of publication: what is published, and what is to be or not to be.

    Of what else is under way the figures know whether it counts: it waits for its turn, or was cut off.
    """
    others = [
        other
        for other in uploads(stores.workspace, municipality_code=upload.municipality_code, states=UNDER_WAY)
        if other.id != upload.id and other.is_made_up == upload.is_made_up
    ]
    runs = load_committed_run_ids(stores, upload) if others else set()
    counts = {
        other.id for other in others if (other.state is UploadState.PUBLISHING) == (run_id(other) in runs)
    }
    also = counts if is_undoing else {*counts, upload.id}
    contents = contents_to_fold(
        stores.workspace, upload.municipality_code, is_made_up=upload.is_made_up, also=also
    )
    return [content for content in contents if not (is_undoing and content[0].id == upload.id)]


def _measure_ids(work: Publication) -> list[str]:
    return sorted({measure_id for measure_id, _ in covered_measure_periods([work.content])})


def _before(upload: Upload) -> UploadState:
    """Where an upload came from that did not come through."""
    if upload.state is UploadState.UNDOING:
        return UploadState.PUBLISHED
    if upload.publish_on is not None:
        return UploadState.AWAITING_DATE
    return UploadState.AWAITING_SIGN_OFF if upload.signed_by else UploadState.DRAFT
