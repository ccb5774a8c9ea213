"""Keeps a file with results of projects as a draft, which is then published and undone as any other upload."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd

from data.places import Settings
from data.store.figures import open_figures
from data.store.writing import FiguresWriter
from data.workspace import uploads as kept
from data.workspace.changing import today
from data.workspace.upload_content import UploadContent
from domain.errors import FindingsStopError, NotAMemberForUploadError
from domain.rights import Person
from domain.upload import Upload, UploadState
from pipelines.answers.library import Library
from pipelines.answers.own import own_measures
from pipelines.evaluations.review import EvaluationReview, EvaluationsKnown
from pipelines.uploads.folding import KEPT_COLUMNS


def known(settings: Settings, *, network: str, municipality: str) -> EvaluationsKnown:
    """What is known before the file is read; network and municipality by id, code or name.

    Raises `UnknownNetworkError`, `UnknownPlaceError`, `NotAMemberForUploadError`, `NothingKeptError`.
    """
    with open_figures(settings) as figures:
        library = Library(figures, figures.latest_release(), own_measures(settings))
        chosen = library.own.network(network)
        place = library.place(municipality)
        if place.code not in library.own.members(chosen):
            raise NotAMemberForUploadError(place=place.name, network=chosen.name)
        measures = {one.id: one.definition.name for one in library.own.of_network(chosen.id)}
        titles = figures.kpis(library.release)[["id", "title"]].itertuples(index=False, name=None)
        return EvaluationsKnown(
            network=chosen,
            place=place,
            places=library.all_places,
            measures={**measures, **dict(titles)},
            is_made_up=library.release.is_made_up,
        )


def keep_evaluations(
    settings: Settings, actor: Person, review: EvaluationReview, content: bytes, *, file_name: str
) -> Upload:
    """Keep the file and its results. Raises `FindingsStopError`, `NotAllowedError`, `NotAMemberForUploadError`."""
    if review.stops:
        raise FindingsStopError(count=len(review.stops), first=review.stops[0].message)
    new = Upload(
        id="",
        network_id=review.known.network.id,
        municipality_code=review.known.place.code,
        period=_year(review.results),
        file_name=file_name,
        checksum="",
        person_id=actor.id,
        person_name=actor.name,
        created_at=datetime.now(UTC),
        state=UploadState.DRAFT,
        is_made_up=review.known.is_made_up,
        counts={"evaluations": len(review.results)},
    )
    parts = UploadContent(
        values=pd.DataFrame(columns=list(KEPT_COLUMNS)).astype(dict.fromkeys(("value", "basis"), "float64")),
        mapping=review.mapping,
        findings=review.findings,
        notes=review.read.notes,
        evaluations=review.results,
    )
    return kept.keep_draft(settings, actor, new, content, parts)


def write_evaluations(
    writer: FiguresWriter,
    in_force: Sequence[tuple[Upload, UploadContent]],
    upload_id: str,
    results: pd.DataFrame,
) -> None:
    """Make the figures hold, of an upload's results, what the files in force say; the last to say a result has it.

    in_force: in the order of publication, with or without the upload itself. What its publication had put in the place of
    an earlier file's results comes back once it is undone.
    """
    owned = owned_results([(upload.id, content.evaluations) for upload, content in in_force])
    touched = set(results["result_id"])
    writer.withdraw_evaluation_results(upload_id)
    for owner, rows in owned.items():
        if owner == upload_id or touched & set(rows["result_id"]):
            writer.merge_evaluation_results(rows, owner)


def owned_results(files: Sequence[tuple[str, pd.DataFrame | None]]) -> Mapping[str, pd.DataFrame]:
    """By upload the results that it is the last to say."""
    tables = [table.assign(upload_id=upload_id) for upload_id, table in files if table is not None]
    if not tables:
        return {}
    last = pd.concat(tables).drop_duplicates("result_id", keep="last")
    return {
        str(upload_id): rows.drop(columns="upload_id").reset_index(drop=True)
        for upload_id, rows in last.groupby("upload_id", sort=False)
    }


def _year(results: pd.DataFrame) -> str:
    """The reporting year that the file stands under in lists: when the last of it was measured."""
    years = [int(day[:4]) for day in (*results["after_day"], *results["before_day"]) if day]
    return str(min(max(years, default=today().year), today().year))
