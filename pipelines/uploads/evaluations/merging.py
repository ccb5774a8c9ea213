"""What the figures should hold of projects' results: of each result what the last file in force says."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.store.writing import FiguresWriter
from data.workspace.upload_content import UploadContent
from domain.upload import Upload


def write_evaluation_results(
    writer: FiguresWriter,
    in_force: Sequence[tuple[Upload, UploadContent]],
    upload_id: str,
    results: pd.DataFrame,
) -> None:
    """Make the figures hold, of an upload's results, what the files in force say; the last to say a result has it.

    in_force: in the order of publication, with or without the upload itself. What its publication had put in the place of
    an earlier file's results comes back once it is undone.
    """
    owned = latest_results_by_upload([(upload.id, content.evaluations) for upload, content in in_force])
    touched = set(results["result_id"])
    writer.withdraw_evaluation_results(upload_id)
    for owner, rows in owned.items():
        if owner == upload_id or touched & set(rows["result_id"]):
            writer.merge_evaluation_results(rows, owner)


def latest_results_by_upload(files: Sequence[tuple[str, pd.DataFrame | None]]) -> Mapping[str, pd.DataFrame]:
    """By upload the results that it is the last to say."""
    tables = [table.assign(upload_id=upload_id) for upload_id, table in files if table is not None]
    if not tables:
        return {}
    last = pd.concat(tables).drop_duplicates("result_id", keep="last")
    return {
        str(upload_id): rows.drop(columns="upload_id").reset_index(drop=True)
        for upload_id, rows in last.groupby("upload_id", sort=False)
    }
