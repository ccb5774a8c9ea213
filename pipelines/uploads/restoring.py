"""Writes published uploads into figures that were made again and have lost them."""

from data.store.writing import FiguresWriter
from data.stores import Stores
from data.workspace.changing import place_name
from data.workspace.uploads import contents_to_fold, uploads
from domain.upload import Upload, UploadState
from pipelines.uploads.changes import difference
from pipelines.uploads.committing import load_figures_rows, prepare_publication, run_id, upload_id_of_run
from pipelines.uploads.evaluations.merging import write_evaluation_results
from pipelines.uploads.resolved_cells import covered_measure_periods, resolve_cells


def restore_published(stores: Stores) -> int:
    """Publish again, in the made-up figures, each published upload that they do not hold. Returns how many were written."""
    published = [
        upload for upload in uploads(stores.workspace, states={UploadState.PUBLISHED}) if upload.is_made_up
    ]
    if not published or stores.lakes.made_up.figures() is None:
        return 0
    written = {upload_id_of_run(run) for run in stores.lakes.made_up.run_ids()}
    lost = sorted(
        (upload for upload in published if upload.id not in written), key=lambda upload: upload.sequence
    )
    return sum(_restore(stores, upload) for upload in lost)


def _restore(stores: Stores, upload: Upload) -> bool:
    """Write what the figures held when this upload was published; false if nothing differs."""
    in_force = [
        (earlier, content)
        for earlier, content in contents_to_fold(stores.workspace, upload.municipality_code, is_made_up=True)
        if earlier.sequence <= upload.sequence
    ]
    published, content = in_force[-1]
    publication = prepare_publication(stores.workspace, published, content)
    groups = covered_measure_periods([content])
    rows = difference(
        reported=load_figures_rows(stores, publication),
        held=resolve_cells(in_force, groups, publication.definition_for),
        groups=groups,
        municipality_code=published.municipality_code,
        definition_for=publication.definition_for,
    ).rows
    if not len(rows) and content.evaluations is None:
        return False

    def write(writer: FiguresWriter) -> None:
        if len(rows):
            writer.merge_reported_values(rows)
        if content.evaluations is not None:
            write_evaluation_results(writer, in_force, published.id, content.evaluations)

    stores.lakes.made_up.write_release(
        write,
        run_id=run_id(published),
        description=f"{place_name(published.municipality_code)}, {published.period}: {published.file_name}",
        is_made_up=True,
        details={"upload_id": published.id, "person": published.published_by},
    )
    return True
